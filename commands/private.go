package commands

import (
	"context"
	"errors"
	"fmt"

	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
	"seedbank/db"
)

// makePrivate takes a card from everyone but the member who asked for it. The messages that showed it say so instead. Recipes
// are for everyone, so the member is told which of them still tell what the card does.
func (c *counter) makePrivate(ctx context.Context, i *bot.Interaction, card db.Card) error {
	switch {
	case isConversation(card.Scope):
		return bot.Refuse(textServerOnly)
	case card.Asker == "":
		return bot.Refuse(textPrivateNeedsAsker)
	}
	if err := c.mayUse(ctx, i, card, actionPrivate); err != nil {
		return err
	}
	places := c.elsewhere(ctx, i, card.Number, mostWithdrawn) // afterwards a moderator no longer sees the card
	recipes, err := c.history.RecipesOfCard(ctx, hands(i), card.Number, mostToldRecipes)
	if err != nil {
		return fmt.Errorf("look up the recipes of card %d: %w", card.Number, err)
	}
	_, err = c.history.SetPrivate(ctx, hands(i), card.Number, true)
	switch {
	case errors.Is(err, db.ErrExists):
		return bot.Refuse(textPrivateAlready)
	case err != nil:
		return fmt.Errorf("make card %d private: %w", card.Number, err)
	}
	recorded := c.record(ctx, i, auditPrivate, cardNumber(card.Number), "") // the card is hidden all the same
	card.Private = true
	instead := framed(grey, text(textMadePrivate(card.Number, i.User.ID, card.Asker)))
	if err := c.hide(ctx, i, card, instead); err != nil {
		return err
	}
	c.withdraw(ctx, places, instead)
	return errors.Join(recorded, c.tellRecipes(ctx, i, card.Number, recipes))
}

// mostToldRecipes is of how many recipes a member is told that they still tell what a card does.
const mostToldRecipes = 5

// tellRecipes tells the member who made a card private of each recipe of it, and offers to delete those that are theirs
// to delete.
func (c *counter) tellRecipes(ctx context.Context, i *bot.Interaction, number int64, recipes []db.Recipe) error {
	for _, r := range recipes {
		parts := []discordgo.MessageComponent{text(textRecipeStillTells(r.Name, number))}
		err := c.mayChangeRecipe(ctx, i, r)
		refusal, mayNot := errors.AsType[*bot.UserError](err)
		switch {
		case mayNot:
			parts = append(parts, text(refusal.Text))
		case err != nil:
			return err
		default:
			parts = append(parts, row(
				button(discordgo.DangerButton, "", labelDeleteRecipe, bot.ID(verbRecipeDrop, recipeID(r))),
				button(discordgo.SecondaryButton, "", labelKeepRecipe, bot.ID(verbDismiss)),
			))
		}
		if _, err := i.Follow(ctx, framed(amber, parts...), true); err != nil {
			return err
		}
	}
	return nil
}

// hide answers a press that takes the card from those who see its message. A message that only the asker sees goes
// on showing it.
func (c *counter) hide(ctx context.Context, i *bot.Interaction, card db.Card, instead bot.Message) error {
	switch {
	case !showsCard(i.Message, card):
		return i.Respond(ctx, instead, true)
	case isPrivate(i.Message) && i.User.ID == card.Asker:
		done, err := c.reshow(ctx, i, card)
		if err == nil && !done {
			err = i.Respond(ctx, instead, true)
		}
		return err
	}
	return i.Update(ctx, instead)
}

// makePublic lets everyone find a private card. It posts nothing.
func (c *counter) makePublic(ctx context.Context, i *bot.Interaction, card db.Card) error {
	public, already, err := c.publish(ctx, i, card)
	if err != nil {
		return err
	}
	if already {
		return i.Respond(ctx, framed(blue, text(textPublicAlready(public.Number)), row(openButton(public.Number))), true)
	}
	done, err := c.reshow(ctx, i, public)
	switch {
	case err != nil:
		return err
	case !done:
		return i.Respond(ctx, framed(green, text(textMadePublic(public.Number))), true)
	}
	_, err = i.Follow(ctx, framed(green, text(textMadePublic(public.Number))), true)
	return err
}

// showEveryone posts the card of a private answer in the channel, for everyone, and makes it public. That is Make public and
// /seeds show in one, and takes no more rights than these: to share is to post elsewhere.
func (c *counter) showEveryone(ctx context.Context, i *bot.Interaction) error {
	card, err := c.cardOfButton(ctx, i)
	if err != nil {
		return err
	}
	if err := mayAnswer(i); err != nil {
		return err
	}
	if card.Private {
		if card, _, err = c.publish(ctx, i, card); err != nil {
			return err
		}
	}
	return c.begin(ctx, i, aim{card: card.Number}, false)
}

// publish makes a card public. When the job has a public card already that one is returned, and already is true.
func (c *counter) publish(ctx context.Context, i *bot.Interaction, card db.Card) (public db.Card, already bool, err error) {
	if isConversation(card.Scope) {
		return db.Card{}, false, bot.Refuse(textServerOnly)
	}
	if err := c.mayUse(ctx, i, card, actionPublic); err != nil {
		return db.Card{}, false, err
	}
	v, err := c.eyes(ctx, i)
	if err != nil {
		return db.Card{}, false, err
	}
	public, err = c.history.SetPrivate(ctx, v, card.Number, false)
	switch {
	case errors.Is(err, db.ErrExists):
		return public, true, nil
	case err != nil:
		return db.Card{}, false, fmt.Errorf("make card %d public: %w", card.Number, err)
	}
	return public, false, c.record(ctx, i, auditPublic, cardNumber(card.Number), "")
}
