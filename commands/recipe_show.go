package commands

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
	"seedbank/db"
	"seedbank/prompt"
)

// Bounds of what a message shows of recipes, in UTF-16 units as sent.
const (
	recipeRoom     = 2600 // for the prompt
	maxRowName     = 120  // of a name in a list
	maxRowWords    = 90   // of a prompt in a list
	maxShownNote   = 600
	maxShownTags   = 350
	maxShownCards  = 10
	maxShownBlanks = 200
	maxLogRows     = 20
	maxFilterText  = 60
)

// showRecipe shows a recipe at a revision, 0 for its newest.
func (c *counter) showRecipe(ctx context.Context, i *bot.Interaction, name string, revision int, private bool) error {
	r, err := c.recipeNamed(ctx, i, name, max(revision, 0))
	if err != nil {
		return err
	}
	return c.tellRecipe(ctx, i, r, "", private)
}

// tellRecipe answers with a recipe and its proofs, under words of what was just done, if anything was. A question of ours
// that was answered gives way to it.
func (c *counter) tellRecipe(ctx context.Context, i *bot.Interaction, r db.Recipe, done string, private bool) error {
	v, err := c.eyes(ctx, i)
	if err != nil {
		return err
	}
	short, cancel := context.WithTimeout(ctx, lookupTime)
	defer cancel()
	var proofs []db.Card
	for _, n := range r.Cards[:min(len(r.Cards), maxShownCards)] {
		card, there, err := cardIfThere(c.history.Card(short, v, n))
		if err != nil {
			return err
		}
		if there { // it was not deleted or made private meanwhile
			proofs = append(proofs, card)
		}
	}
	if i.CustomID.Verb == verbRecipeProve {
		return i.Update(ctx, recipeMessage(r, done, proofs...))
	}
	return i.Respond(ctx, recipeMessage(r, done, proofs...), private)
}

// openRecipe shows what was chosen in a list, of recipes or of revisions, to the one who chose.
func (c *counter) openRecipe(ctx context.Context, i *bot.Interaction) error {
	if len(i.Values) != 1 {
		return bot.Refuse(textNoChoice)
	}
	if name := i.CustomID.Arg(0); name != "" {
		return c.showRecipe(ctx, i, name, int(numberIn(i.Values[0])), true)
	}
	return c.showRecipe(ctx, i, i.Values[0], 0, true)
}

// recipeMessage is a recipe with all that is known of it and the cards that prove it, under words of what was just done.
func recipeMessage(r db.Recipe, done string, proofs ...db.Card) bot.Message {
	name, _ := quoted(r.Name, maxRowName)
	var parts []discordgo.MessageComponent
	if done != "" {
		parts = append(parts, text(done))
	}
	parts = append(parts, text(textRecipeHeading(name, r.Standard)))
	parts = append(parts, promptWithin(r.Prompt, recipeRoom)...)
	blanks, _ := quoted(strings.Join(blanksOf(r.Prompt), ", "), maxShownBlanks)
	note, _ := quoted(r.Note, maxShownNote)
	tags, _ := quoted(strings.Join(r.Tags, ", "), maxShownTags)
	cards := r.Cards[:min(len(r.Cards), maxShownCards)]
	parts = append(parts, text(textRecipeFacts(r, blanks, note, tags, cards)), row(
		button(discordgo.PrimaryButton, "📋", labelUseRecipe, bot.ID(verbRecipeUse, recipeID(r), revisionText(r.Revision))),
		button(discordgo.SecondaryButton, "✏️", labelEditRecipe, bot.ID(verbRecipeEdit, recipeID(r))),
		button(discordgo.SecondaryButton, "🕘", labelLogRecipe, bot.ID(verbRecipeLog, recipeID(r))),
	))
	if len(proofs) > 0 {
		options := make([]discordgo.SelectMenuOption, 0, len(proofs))
		for _, card := range proofs {
			options = append(options, cardOptionRow(card))
		}
		parts = append(parts, row(menu(bot.ID(verbOpen), menuOpenCard, options)))
	}
	return framed(blue, parts...)
}

// listRecipes is /recipe list.
func (c *counter) listRecipes(ctx context.Context, i *bot.Interaction) error {
	tag := ""
	if tags := readTags(i.Text(tagOption)); len(tags) > 0 {
		tag = tags[0]
	}
	m, err := c.recipePage(ctx, i, 0, i.Text(byOption), tag)
	if err != nil {
		return err
	}
	return i.Respond(ctx, m, true)
}

// turnRecipes turns the page of a list. Its arguments may be forged, so the filter is read again.
func (c *counter) turnRecipes(ctx context.Context, i *bot.Interaction) error {
	page := int(min(numberIn(i.CustomID.Arg(0)), maxRecipePages))
	m, err := c.recipePage(ctx, i, page, i.CustomID.Arg(1), i.CustomID.Arg(2))
	if err != nil {
		return err
	}
	return i.Update(ctx, m)
}

// maxRecipePages bounds how far a list is leafed through: a thousand recipes.
const maxRecipePages = 99

// recipePage is a page of the recipes, counted from 0. Standards come first, then those that are used most.
func (c *counter) recipePage(ctx context.Context, i *bot.Interaction, page int, by, tag string) (bot.Message, error) {
	v, err := c.eyes(ctx, i)
	if err != nil {
		return bot.Message{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, lookupTime)
	defer cancel()
	recipes, err := c.history.Recipes(ctx, v, db.RecipeFilter{By: by, Tag: tag}, "", (page+1)*pageRows+1)
	if err != nil {
		return bot.Message{}, fmt.Errorf("list the recipes: %w", err)
	}
	if page*pageRows >= len(recipes) {
		page = max(0, (len(recipes)-1)/pageRows) // that page is gone: the last is not
	}
	shown := recipes[page*pageRows : min((page+1)*pageRows, len(recipes))]
	if len(shown) == 0 {
		return framed(blue, text(textNoRecipes(by != "" || tag != ""))), nil
	}
	rows := make([]string, 0, len(shown))
	options := make([]discordgo.SelectMenuOption, 0, len(shown))
	for _, r := range shown {
		name, _ := quoted(r.Name, maxRowName)
		words, _ := quoted(promptWords(r.Prompt), maxRowWords)
		rows = append(rows, textRecipeRow(r, name, words))
		options = append(options, option(suggestRecipe(r), promptText(r.Prompt), r.Name))
	}
	shownTag, _ := quoted(tag, maxFilterText)
	parts := []discordgo.MessageComponent{
		text(textRecipesHead(page+1, by, shownTag)),
		text(strings.Join(rows, "\n")),
		row(menu(bot.ID(verbRecipeShow), menuOpenRecipe, options)),
	}
	if more := len(recipes) > (page+1)*pageRows; page > 0 || more {
		turn := func(label string, to int, enabled bool) discordgo.Button {
			b := button(discordgo.SecondaryButton, "", label, bot.ID(verbRecipePage, strconv.Itoa(to), by, tag))
			b.Disabled = !enabled
			return b
		}
		parts = append(parts, row(turn(labelBack, max(page-1, 0), page > 0), turn(labelOn, page+1, more)))
	}
	return framed(blue, parts...), nil
}

// logRecipe lists the revisions of a recipe and what each changed.
func (c *counter) logRecipe(ctx context.Context, i *bot.Interaction, name string) error {
	r, err := c.recipeNamed(ctx, i, name, 0)
	if err != nil {
		return err
	}
	v, err := c.eyes(ctx, i)
	if err != nil {
		return err
	}
	short, cancel := context.WithTimeout(ctx, lookupTime)
	defer cancel()
	revisions, err := c.history.RecipeLog(short, v, r.Name, maxLogRows+1)
	if err != nil {
		return fmt.Errorf("read the log of recipe %q: %w", r.Name, err)
	}
	slices.SortFunc(revisions, func(a, b db.Recipe) int { return b.Revision - a.Revision })
	var rows []string
	var options []discordgo.SelectMenuOption
	for n, one := range revisions[:min(len(revisions), maxLogRows)] {
		changed := textFirstRevision
		if n+1 < len(revisions) {
			changed = textChanges(changesBetween(revisions[n+1], one))
		}
		rows = append(rows, textLogRow(one, changed))
		options = append(options, option(textRevision(one.Revision), promptText(one.Prompt), revisionText(one.Revision)))
	}
	quotedName, _ := quoted(r.Name, maxRowName)
	return i.Respond(ctx, framed(blue,
		text(textLogHead(quotedName)), text(strings.Join(rows, "\n")),
		row(menu(bot.ID(verbRecipeShow, recipeID(r)), menuOpenRevision, options)),
	), true)
}

func (c *counter) logRecipeButton(ctx context.Context, i *bot.Interaction) error {
	return c.logRecipe(ctx, i, i.CustomID.Arg(0))
}

// changesBetween names what tells two revisions of a recipe apart.
func changesBetween(before, after db.Recipe) []string {
	var subjects []string
	for _, d := range prompt.Diff(prompt.Parse(before.Prompt), prompt.Parse(after.Prompt)).Differences {
		subjects = append(subjects, d.Subject)
	}
	if (before.Seed == nil) != (after.Seed == nil) || before.Seed != nil && *before.Seed != *after.Seed {
		subjects = append(subjects, fieldSeed)
	}
	if !slices.Equal(before.Tags, after.Tags) {
		subjects = append(subjects, fieldTags)
	}
	if before.Note != after.Note {
		subjects = append(subjects, fieldNote)
	}
	if !slices.Equal(before.Cards, after.Cards) {
		subjects = append(subjects, "cards")
	}
	return subjects
}
