package commands

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
	"seedbank/db"
	"seedbank/prompt"
)

// proveRecipe adds a card to those that prove the newest revision of a recipe. One that was made of something else is
// asked about first.
func (c *counter) proveRecipe(ctx context.Context, i *bot.Interaction, name, number string) error {
	r, card, err := c.proofOf(ctx, i, name, number)
	if err != nil {
		return err
	}
	if others := provesOther(r, card); len(others) > 0 {
		return i.Respond(ctx, framed(amber, text(textProvesOther(r, card.Number, others)), row(
			button(discordgo.PrimaryButton, "", labelProveAnyway, bot.ID(verbRecipeProve, recipeID(r), revisionText(r.Revision), revisionText(int(card.Number)))),
			button(discordgo.SecondaryButton, "", labelCancel, bot.ID(verbDismiss)),
		)), true)
	}
	return c.addProof(ctx, i, r, r.Revision, card)
}

// proveRecipeAnyway takes the answer to the question of proveRecipe.
func (c *counter) proveRecipeAnyway(ctx context.Context, i *bot.Interaction) error {
	r, card, err := c.proofOf(ctx, i, i.CustomID.Arg(0), i.CustomID.Arg(2))
	if err != nil {
		return err
	}
	return c.addProof(ctx, i, r, int(numberIn(i.CustomID.Arg(1))), card)
}

// proofOf is a recipe that the member may change, and a card that may prove it and does not yet.
func (c *counter) proofOf(ctx context.Context, i *bot.Interaction, name, number string) (db.Recipe, db.Card, error) {
	r, err := c.recipeNamed(ctx, i, name, 0)
	if err != nil {
		return db.Recipe{}, db.Card{}, err
	}
	if err := c.mayChangeRecipe(ctx, i, r); err != nil {
		return db.Recipe{}, db.Card{}, err
	}
	card, err := c.cardForRecipe(ctx, i, number)
	if err == nil && slices.Contains(r.Cards, card.Number) {
		err = bot.Refuse(textProvedAlready(r.Name, card.Number))
	}
	return r, card, err
}

func (c *counter) addProof(ctx context.Context, i *bot.Interaction, r db.Recipe, base int, card db.Card) error {
	change := r
	change.Cards, change.By = append(slices.Clone(r.Cards), card.Number), i.User.ID
	return c.revise(ctx, i, r, base, change)
}

// provesOther names in what a card is not of the recipe: its words, parameters or seed.
func provesOther(r db.Recipe, card db.Card) []string {
	of, is := prompt.Parse(r.Prompt), prompt.Parse(prompt.Parse(card.Prompt).WithoutSeed())
	var others []string
	for _, d := range prompt.Diff(of, is).Differences {
		blank := len(blanksOf(d.A.Value)) > 0 && d.Subject != prompt.SubjectWords
		if d.Effect == prompt.NoEffect || blank || d.Subject == prompt.SubjectWords && fills(of.Text, is.Text) {
			continue
		}
		others = append(others, d.Subject)
	}
	if r.Seed != nil && *r.Seed != card.Seed {
		others = append(others, fieldSeed)
	}
	return others
}

// fills tells whether words are those of a prompt with something put into its blanks.
func fills(of, words string) bool {
	parts := blankPattern.Split(strings.Join(strings.Fields(of), " "), -1)
	for n := range parts {
		parts[n] = regexp.QuoteMeta(parts[n])
	}
	pattern, err := regexp.Compile(`(?s)^` + strings.Join(parts, ".+") + `$`)
	return err == nil && pattern.MatchString(strings.Join(strings.Fields(words), " "))
}
