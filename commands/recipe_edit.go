package commands

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
	"seedbank/db"
)

// editRecipe is /recipe edit: with a card it adds that as a proof, without one it opens the form.
func (c *counter) editRecipe(ctx context.Context, i *bot.Interaction) error {
	name := namedRecipe(i.Text(nameOption))
	if number := i.Text(cardOption); number != "" {
		return c.proveRecipe(ctx, i, name, number)
	}
	return c.editForm(ctx, i, name, 0)
}

func (c *counter) editRecipeButton(ctx context.Context, i *bot.Interaction) error {
	return c.editForm(ctx, i, i.CustomID.Arg(0), 0)
}

// editForm opens the form with the newest revision. What it changes is the revision base, or for 0 the newest too.
func (c *counter) editForm(ctx context.Context, i *bot.Interaction, name string, base int) error {
	r, err := c.recipeNamed(ctx, i, name, 0)
	if err != nil {
		return err
	}
	if err := c.mayChangeRecipe(ctx, i, r); err != nil {
		return err
	}
	if units(r.Prompt) > maxFormText {
		return bot.Refuse(textRecipeTooLong)
	}
	seed := ""
	if r.Seed != nil {
		seed = digitsOf(*r.Seed)
	}
	return c.showForm(ctx, i, bot.Modal{
		ID: bot.ID(verbRecipeChange, revisionText(cmp.Or(base, r.Revision)), recipeID(r)), Title: shortened(textEditTitle(r.Name), maxFormTitle),
		Fields: []bot.Field{
			{ID: fieldPrompt, Label: formRecipePrompt, Hint: formRecipePromptHint, Value: r.Prompt, Long: true, Max: maxFormText},
			{ID: fieldSeed, Label: formRecipeSeed, Hint: formRecipeSeedHint, Value: seed, Optional: true, Max: maxSeedField},
			{ID: fieldTags, Label: formRecipeTags, Hint: formRecipeTagsHint, Value: strings.Join(r.Tags, ", "), Optional: true, Max: maxTagsText},
			{ID: fieldNote, Label: formRecipeNote, Value: cutRunes(r.Note, maxRecipeNote), Optional: true, Long: true, Max: maxRecipeNote},
		},
	})
}

// openRecipeChange shows the form of verbRecipeChange.
func (c *counter) openRecipeChange(ctx context.Context, i *bot.Interaction, of bot.CustomID) error {
	return c.editForm(ctx, i, of.Arg(1), int(numberIn(of.Arg(0))))
}

// changeRecipe takes the form of editForm. It belongs to the revision that was read: when somebody else was faster,
// nothing is overwritten, and the member gets their words back.
func (c *counter) changeRecipe(ctx context.Context, i *bot.Interaction) error {
	base, name := int(numberIn(i.CustomID.Arg(0))), i.CustomID.Arg(1)
	now, err := c.recipeNamed(ctx, i, name, 0)
	if err != nil {
		return err
	}
	if err := c.mayChangeRecipe(ctx, i, now); err != nil {
		return err
	}
	line, own, err := readRecipePrompt(i.Fields[fieldPrompt])
	if err != nil {
		return err
	}
	seed, err := readRecipeSeed(i.Fields[fieldSeed])
	if err != nil {
		return err
	}
	if own != nil {
		seed = own
	}
	change := now
	change.Prompt, change.Seed, change.By = line, seed, i.User.ID
	change.Tags, change.Note = readTags(i.Fields[fieldTags]), cutRunes(i.Fields[fieldNote], maxRecipeNote)
	if !change.AsksTheSame(now) { // what proves the old prompt stays with the old revision
		change.Cards = nil
	}
	return c.revise(ctx, i, now, base, change)
}

// revise makes a new revision and shows it. What changes nothing makes none.
func (c *counter) revise(ctx context.Context, i *bot.Interaction, now db.Recipe, base int, change db.Recipe) error {
	v, err := c.eyes(ctx, i)
	if err != nil {
		return err
	}
	short, cancel := context.WithTimeout(ctx, lookupTime)
	defer cancel()
	r, err := c.history.EditRecipe(short, v, now.Name, base, change)
	switch {
	case errors.Is(err, db.ErrConflict):
		return c.giveBack(ctx, i, now, recipeLine(change))
	case errors.Is(err, db.ErrUnchanged):
		return c.tellRecipe(ctx, i, now, textRecipeUnchanged, true)
	case errors.Is(err, db.ErrNotFound):
		return bot.Refuse(textNoRecipe(now.Name))
	case err != nil:
		return refuseInput(fmt.Errorf("edit recipe %q: %w", now.Name, err))
	}
	if err := c.record(short, i, auditRecipeEdited, r.Name, textRevision(r.Revision)); err != nil {
		return err
	}
	done := textRecipeEdited(r.Revision)
	if len(now.Cards) > 0 && len(r.Cards) == 0 {
		done = textRecipeUnproved(r.Revision)
	}
	return c.tellRecipe(ctx, i, r, done, true)
}

// giveBack says that a recipe became another one before the change to it was saved, and returns what the member wrote: as
// a file, and in the form, which then changes what the recipe is now.
func (c *counter) giveBack(ctx context.Context, i *bot.Interaction, now db.Recipe, words string) error {
	m := bot.Message{Text: textConflict(now)}
	if i.Kind == bot.KindModal {
		m.Rows = c.keepTyped(i, bot.CustomID{Verb: verbRecipeChange, Args: []string{revisionText(now.Revision), recipeID(now)}}, labelRetype)
	}
	return withTextFile(words, func(f bot.File) error {
		m.Files = []bot.File{f}
		return i.Respond(ctx, m, true)
	})
}

// renameRecipe is /recipe rename.
func (c *counter) renameRecipe(ctx context.Context, i *bot.Interaction) error {
	r, err := c.recipeNamed(ctx, i, namedRecipe(i.Text(nameOption)), 0)
	if err != nil {
		return err
	}
	if err := c.mayChangeRecipe(ctx, i, r); err != nil {
		return err
	}
	to, err := readRecipeName(i.Text(toOption))
	if err != nil {
		return err
	}
	short, cancel := context.WithTimeout(ctx, lookupTime)
	defer cancel()
	switch err := c.history.RenameRecipe(short, i.Scope(), r.Name, to); {
	case errors.Is(err, db.ErrExists):
		return bot.Refuse(textRecipeExists(to))
	case errors.Is(err, db.ErrNotFound):
		return bot.Refuse(textNoRecipe(r.Name))
	case err != nil:
		return refuseInput(fmt.Errorf("rename recipe %q: %w", r.Name, err))
	}
	if err := c.record(short, i, auditRecipeRenamed, to, r.Name); err != nil {
		return err
	}
	return i.Respond(ctx, framed(green, text(textRecipeRenamed(r.Name, to))), true)
}

// deleteRecipe asks once more before a recipe is gone for good.
func (c *counter) deleteRecipe(ctx context.Context, i *bot.Interaction) error {
	r, err := c.recipeNamed(ctx, i, namedRecipe(i.Text(nameOption)), 0)
	if err != nil {
		return err
	}
	if err := c.mayChangeRecipe(ctx, i, r); err != nil {
		return err
	}
	return i.Respond(ctx, framed(red, text(textDeleteRecipe(r)), row(
		button(discordgo.DangerButton, "", labelDeleteRecipe, bot.ID(verbRecipeDrop, recipeID(r))),
		button(discordgo.SecondaryButton, "", labelCancel, bot.ID(verbDismiss)),
	)), true)
}

// dropRecipe deletes a recipe with all its revisions. Its cards stay.
func (c *counter) dropRecipe(ctx context.Context, i *bot.Interaction) error {
	r, err := c.recipeNamed(ctx, i, i.CustomID.Arg(0), 0)
	if err != nil {
		return err
	}
	if err := c.mayChangeRecipe(ctx, i, r); err != nil {
		return err
	}
	short, cancel := context.WithTimeout(ctx, lookupTime)
	defer cancel()
	switch err := c.history.DeleteRecipe(short, i.Scope(), r.Name); {
	case errors.Is(err, db.ErrNotFound):
		return bot.Refuse(textNoRecipe(r.Name))
	case err != nil:
		return fmt.Errorf("delete recipe %q: %w", r.Name, err)
	}
	if err := c.record(short, i, auditRecipeDeleted, r.Name, textRevision(r.Revision)); err != nil {
		return err
	}
	return i.Update(ctx, framed(grey, text(textRecipeDeleted(r.Name))))
}

// dismiss takes back a question.
func (c *counter) dismiss(ctx context.Context, i *bot.Interaction) error {
	return i.Update(ctx, framed(grey, text(textDismissed)))
}

// markRecipe is /recipe standard.
func (c *counter) markRecipe(ctx context.Context, i *bot.Interaction) error {
	if err := c.mayKeepStandards(ctx, i); err != nil {
		return err
	}
	r, err := c.recipeNamed(ctx, i, namedRecipe(i.Text(nameOption)), 0)
	if err != nil {
		return err
	}
	on := i.Text(markOption) == valueOn
	short, cancel := context.WithTimeout(ctx, lookupTime)
	defer cancel()
	switch err := c.history.SetRecipeStandard(short, i.Scope(), r.Name, on); {
	case errors.Is(err, db.ErrNotFound):
		return bot.Refuse(textNoRecipe(r.Name))
	case err != nil:
		return fmt.Errorf("mark recipe %q: %w", r.Name, err)
	}
	if err := c.record(short, i, auditRecipeMarked, r.Name, i.Text(markOption)); err != nil {
		return err
	}
	r.Standard = on
	return c.tellRecipe(ctx, i, r, textRecipeMarked(on), true)
}
