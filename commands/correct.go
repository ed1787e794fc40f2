package commands

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
	"seedbank/db"
	"seedbank/exchange"
)

// otherSeed is a card that holds a job already, with another seed than the one that a member brings.
type otherSeed struct{ card db.Card }

func (o *otherSeed) Error() string {
	return textOtherSeedHere(o.card.Number, o.card.Seed, addedBy(o.card))
}

// otherSeedMessage says so. Whoever added that card by hand may have mistyped it, and can correct it there.
func otherSeedMessage(card db.Card, seed uint32, member string) bot.Message {
	if !mayCorrect(card, member) {
		return framed(blue, text(textOtherSeedHere(card.Number, card.Seed, addedBy(card))))
	}
	number := strconv.FormatInt(card.Number, 10)
	return framed(amber, text(textOwnSeedHere(card.Number, card.Seed, seed)), row(
		button(discordgo.PrimaryButton, "", labelUseSeed(seed), bot.ID(verbCorrect, number, digitsOf(seed))),
		openButton(card.Number),
	))
}

// addedBy is the member whose word the seed of a card is; "" for nobody's.
func addedBy(card db.Card) string {
	if card.Source != db.Pasted {
		return ""
	}
	return card.Asker
}

// mayCorrect tells whether it is this member's.
func mayCorrect(card db.Card, member string) bool {
	return card.Source == db.Pasted && card.Asker == member
}

// correctSeed puts the seed of a button in place of the one that a card was added with, and shows it wherever the card
// stands. Both numbers come from outside.
func (c *counter) correctSeed(ctx context.Context, i *bot.Interaction) error {
	card, err := c.cardOfButton(ctx, i)
	if err != nil {
		return err
	}
	seed, err := strconv.ParseUint(i.CustomID.Arg(1), 10, 32)
	if err != nil {
		return bot.Refuse(textNoChoice)
	}
	now, err := c.corrected(ctx, i, card, uint32(seed))
	if err != nil {
		return err
	}
	if err := i.Update(ctx, framed(green, text(textSeedCorrected(now.Number, now.Seed)), row(openButton(now.Number)))); err != nil {
		return err
	}
	c.reshowElsewhere(ctx, i, card) // known by the seed that they still show
	return nil
}

// askSeed opens the form with the seed that the card has.
func (c *counter) askSeed(ctx context.Context, i *bot.Interaction, card db.Card) error {
	if !mayCorrect(card, i.User.ID) {
		return bot.Refuse(textCannotCorrect(card.Number, addedBy(card)))
	}
	return c.showForm(ctx, i, bot.Modal{ID: cardID(verbCorrectTo, card.Number), Title: formCorrect, Fields: []bot.Field{
		{ID: fieldAddSeed, Label: formSeed, Hint: formCorrectHint, Value: digitsOf(card.Seed), Max: maxSeedField},
	}})
}

// correctTo puts the seed of the form in place of the card's, and shows it on the card.
func (c *counter) correctTo(ctx context.Context, i *bot.Interaction) error {
	card, err := c.cardOfButton(ctx, i)
	if err != nil {
		return err
	}
	typed := strings.TrimSpace(i.Fields[fieldAddSeed])
	seed, err := strconv.ParseUint(typed, 10, 32)
	if err != nil {
		return mistake(textCorrectBadSeed(wrongSeedWords(typed)))
	}
	now, err := c.corrected(ctx, i, card, uint32(seed))
	if err != nil {
		return err
	}
	switch done, err := c.renew(ctx, i, card, now); {
	case err != nil:
		return err
	case !done:
		if err := i.Respond(ctx, framed(green, text(textSeedCorrected(now.Number, now.Seed)), row(openButton(now.Number))), true); err != nil {
			return err
		}
	}
	c.reshowElsewhere(ctx, i, card)
	return nil
}

// wrongSeedWords say what is wrong with a seed that a member typed.
func wrongSeedWords(typed string) string { return fileProblemWords(exchange.WrongSeed(typed)) }

// corrected is the card with another seed, for whoever added it by hand. One that says the same already is not made twice.
func (c *counter) corrected(ctx context.Context, i *bot.Interaction, card db.Card, seed uint32) (db.Card, error) {
	if !mayCorrect(card, i.User.ID) {
		return db.Card{}, bot.Refuse(textCannotCorrect(card.Number, addedBy(card)))
	}
	v, err := c.eyes(ctx, i)
	if err != nil {
		return db.Card{}, err
	}
	as := card
	as.Seed = seed
	short, cancel := context.WithTimeout(ctx, lookupTime)
	defer cancel()
	switch same, err := c.sameHere(short, v, as); {
	case err != nil:
		return db.Card{}, err
	case same.Number != 0 && same.Number != card.Number:
		return db.Card{}, mistake(textCorrectedAlready(same.Number, card.Number))
	}
	now, err := c.history.CorrectSeed(ctx, hands(i), card.Number, seed)
	switch {
	case errors.Is(err, db.ErrUnchanged):
		return db.Card{}, bot.Refuse(textCannotCorrect(card.Number, addedBy(card)))
	case err != nil:
		return db.Card{}, fmt.Errorf("correct the seed of card %d: %w", card.Number, err)
	}
	return now, nil
}
