package commands

import (
	"context"
	"fmt"
	"strconv"
	"sync"

	"seedbank/bot"
	"seedbank/db"
	"seedbank/prompt"
)

// useRecipe gives the paste-ready prompt, or first asks for what belongs into its blanks.
// revision is 0 for the newest.
func (c *counter) useRecipe(ctx context.Context, i *bot.Interaction, name string, revision int) error {
	r, err := c.recipeNamed(ctx, i, name, revision)
	if err != nil {
		return err
	}
	blanks := blanksOf(r.Prompt)
	if len(blanks) == 0 || len(blanks) > maxBlanks { // more than a form has fields for: from an import, perhaps
		return c.giveRecipe(ctx, i, r, recipeLine(r))
	}
	last := c.fillings.of(fillingKey(i, r.Name))
	form := bot.Modal{
		ID:    bot.ID(verbRecipeFill, revisionText(r.Revision), recipeID(r)),
		Title: shortened(textFillTitle(r.Name), maxFormTitle),
	}
	for n, blank := range blanks {
		form.Fields = append(form.Fields, bot.Field{
			ID: strconv.Itoa(n), Label: shortened(blank, maxFormTitle), Placeholder: shortened(last[blank], maxPlaceholder), Max: maxBlankValue,
		})
	}
	return c.showForm(ctx, i, form)
}

// Bounds of a form's words.
const (
	maxFormTitle   = 45
	maxPlaceholder = 100
)

// openRecipeFill shows the form of verbRecipeFill.
func (c *counter) openRecipeFill(ctx context.Context, i *bot.Interaction, of bot.CustomID) error {
	return c.useRecipe(ctx, i, of.Arg(1), int(numberIn(of.Arg(0))))
}

// useRecipeButton is useRecipe for a button, which stands below a certain revision.
func (c *counter) useRecipeButton(ctx context.Context, i *bot.Interaction) error {
	return c.useRecipe(ctx, i, i.CustomID.Arg(0), int(numberIn(i.CustomID.Arg(1))))
}

// fillRecipe takes the form of useRecipe. It fills the revision that the form was made of.
func (c *counter) fillRecipe(ctx context.Context, i *bot.Interaction) error {
	r, err := c.recipeNamed(ctx, i, i.CustomID.Arg(1), int(numberIn(i.CustomID.Arg(0))))
	if err != nil {
		return err
	}
	values := map[string]string{}
	for n, blank := range blanksOf(r.Prompt) {
		if value, given := i.Fields[strconv.Itoa(n)]; given {
			values[blank] = plain(value)
		}
	}
	c.fillings.remember(fillingKey(i, r.Name), values)
	r.Prompt = fillBlanks(r.Prompt, values)
	return c.giveRecipe(ctx, i, r, recipeLine(r))
}

// giveRecipe counts a use and says the line, with a button to run it where that is allowed.
func (c *counter) giveRecipe(ctx context.Context, i *bot.Interaction, r db.Recipe, line string) error {
	v, err := c.eyes(ctx, i)
	if err != nil {
		return err
	}
	short, cancel := context.WithTimeout(ctx, lookupTime)
	defer cancel()
	if err := c.history.UseRecipe(short, i.Scope(), r.Name); err != nil && !db.DiskTrouble(err) { // the line takes no room
		return fmt.Errorf("use recipe %q: %w", r.Name, err)
	}
	var parent db.Card
	for _, number := range r.Cards {
		if card, err := c.history.Card(short, v, number); err == nil {
			parent = card // without one, a picture made of it has no parent
			break
		}
	}
	return tellLine(ctx, i, line, c.runItRow(ctx, i, parent, line)...)
}

// fillings remembers what members last put into a recipe's blanks, to remind them in the form. It is a convenience,
// so it is kept in memory alone, for those who came last. Its zero value is ready.
type fillings struct {
	mu    sync.Mutex
	last  map[string]map[string]string
	order []string // keys, oldest first
}

// maxFillings bounds how many are remembered: some hundred kilobytes.
const maxFillings = 500

func fillingKey(i *bot.Interaction, recipe string) string {
	return i.Scope() + "/" + i.User.ID + "/" + recipe
}

func (f *fillings) of(key string) map[string]string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.last[key]
}

// remember keeps values, which are not changed afterwards.
func (f *fillings) remember(key string, values map[string]string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.last == nil {
		f.last = map[string]map[string]string{}
	}
	if _, there := f.last[key]; !there {
		f.order = append(f.order, key)
	}
	f.last[key] = values
	if len(f.order) > maxFillings {
		delete(f.last, f.order[0])
		f.order = f.order[1:]
	}
}

// isOnePicture tells whether a line asks for one job: no blanks, no alternatives.
func isOnePicture(line string) bool {
	return len(blanksOf(line)) == 0 && !prompt.Parse(line).Permutations()
}
