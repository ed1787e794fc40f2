package commands

import (
	"context"
	"errors"
	"fmt"

	"seedbank/bot"
	"seedbank/db"
)

// fieldName is the field of a form that only recipes have.
const fieldName = "name"

// saveRecipe is /recipe save: the prompt and seed of a card under a name.
func (c *counter) saveRecipe(ctx context.Context, i *bot.Interaction) error {
	if err := c.may(ctx, i, rightSave); err != nil {
		return err
	}
	card, err := c.cardForRecipe(ctx, i, i.Text(cardOption))
	if err != nil {
		return err
	}
	return c.keepRecipe(ctx, i, card, i.Text(nameOption), card.Prompt, i.Text(tagsOption), "")
}

// saveRecipeButton opens the form for a recipe of the card whose button was pressed.
func (c *counter) saveRecipeButton(ctx context.Context, i *bot.Interaction) error {
	return c.openSaveRecipe(ctx, i, i.CustomID)
}

// openSaveRecipe shows the form of verbRecipeKeep.
func (c *counter) openSaveRecipe(ctx context.Context, i *bot.Interaction, of bot.CustomID) error {
	if err := c.may(ctx, i, rightSave); err != nil {
		return err
	}
	card, err := c.cardForRecipe(ctx, i, of.Arg(0))
	if err != nil {
		return err
	}
	line, _, err := readRecipePrompt(card.Prompt)
	if err != nil {
		return err
	}
	if units(line) > maxFormText {
		return bot.Refuse(textRecipeTooLong)
	}
	return c.showForm(ctx, i, bot.Modal{
		ID: cardID(verbRecipeKeep, card.Number), Title: formSaveRecipe,
		Fields: []bot.Field{
			{ID: fieldName, Label: formRecipeName, Hint: formRecipeNameHint, Min: minRecipeName, Max: maxRecipeName},
			{ID: fieldPrompt, Label: formRecipePrompt, Hint: formRecipePromptHint, Value: line, Long: true, Max: maxFormText},
			{ID: fieldTags, Label: formRecipeTags, Hint: formRecipeTagsHint, Optional: true, Max: maxTagsText},
			{ID: fieldNote, Label: formRecipeNote, Optional: true, Long: true, Max: maxRecipeNote},
		},
	})
}

// savedRecipeForm takes the form of openSaveRecipe.
func (c *counter) savedRecipeForm(ctx context.Context, i *bot.Interaction) error {
	if err := c.may(ctx, i, rightSave); err != nil {
		return err
	}
	card, err := c.cardForRecipe(ctx, i, i.CustomID.Arg(0))
	if err != nil {
		return err
	}
	return c.keepRecipe(ctx, i, card, i.Fields[fieldName], i.Fields[fieldPrompt], i.Fields[fieldTags], i.Fields[fieldNote])
}

// keepRecipe saves a new recipe and shows it to its maker. The seed is the card's unless the prompt names one itself.
func (c *counter) keepRecipe(ctx context.Context, i *bot.Interaction, card db.Card, name, words, tags, note string) error {
	name, err := readRecipeName(name)
	if err != nil {
		return err
	}
	line, seed, err := readRecipePrompt(words)
	if err != nil {
		return err
	}
	if seed == nil || words == card.Prompt {
		seed = &card.Seed
	}
	proofs := []int64{card.Number}
	if card.Private { // in a conversation, where it proves nothing to anybody else
		proofs = nil
	}
	short, cancel := context.WithTimeout(ctx, lookupTime)
	defer cancel()
	r, err := c.history.SaveRecipe(short, i.Scope(), db.Recipe{
		Name: name, Prompt: line, Seed: seed, Cards: proofs, Tags: readTags(tags), Note: cutRunes(note, maxRecipeNote), By: i.User.ID,
	})
	switch {
	case errors.Is(err, db.ErrExists):
		return mistake(textRecipeExists(name))
	case errors.Is(err, db.ErrNotFound): // it was deleted or made private meanwhile
		return bot.Refuse(textNoCard(card.Number))
	case err != nil:
		return refuseInput(fmt.Errorf("save recipe %q: %w", name, err))
	}
	if err := c.record(short, i, auditRecipeSaved, r.Name, cardNumber(card.Number)); err != nil {
		return err
	}
	return c.tellRecipe(ctx, i, r, textRecipeSaved, true)
}
