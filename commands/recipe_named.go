package commands

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"seedbank/bot"
	"seedbank/db"
)

// recipeMark begins what custom IDs call a recipe: no name does.
const recipeMark = "#"

// recipeID is what custom IDs call a recipe, whatever its name becomes: when it was made. Older messages hold the name.
func recipeID(r db.Recipe) string { return recipeMark + strconv.FormatInt(r.Created.UnixMilli(), 36) }

// recipeNamed is the recipe of a name or of recipeID, at a revision or, for 0, at its newest; a refusal when there is none.
// A name that it had before finds it, too.
func (c *counter) recipeNamed(ctx context.Context, i *bot.Interaction, name string, revision int) (db.Recipe, error) {
	v, err := c.eyes(ctx, i)
	if err != nil {
		return db.Recipe{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, lookupTime)
	defer cancel()
	if made, is := strings.CutPrefix(name, recipeMark); is {
		at, _ := strconv.ParseInt(made, 36, 64)
		r, err := c.history.RecipeMade(ctx, v, time.UnixMilli(at), revision)
		return recipeOr(textRecipeGone)(r, err)
	}
	r, err := c.history.Recipe(ctx, v, name, revision)
	if revision > 0 {
		return recipeOr(textNoRevision(name, revision))(r, err)
	}
	return recipeOr(textNoRecipe(name))(r, err)
}

// recipeOr turns a recipe that is not there into a refusal.
func recipeOr(otherwise string) func(db.Recipe, error) (db.Recipe, error) {
	return func(r db.Recipe, err error) (db.Recipe, error) {
		switch {
		case errors.Is(err, db.ErrNotFound):
			return db.Recipe{}, bot.Refuse(otherwise)
		case err != nil:
			return db.Recipe{}, fmt.Errorf("look up a recipe: %w", err)
		}
		return r, nil
	}
}
