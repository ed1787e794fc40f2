package commands

import (
	"context"

	"seedbank/bot"
	"seedbank/db"
)

// mayChangeRecipe tells whether the member may edit, rename or delete a recipe: nil, or a *bot.UserError that names who
// may. One's own takes the right to save; what others made, and every team standard, the right to curate.
func (c *counter) mayChangeRecipe(ctx context.Context, i *bot.Interaction, r db.Recipe) error {
	if r.Standard {
		return c.may(ctx, i, rightCurate)
	}
	first, err := c.recipeNamed(ctx, i, r.Name, 1)
	switch {
	case err != nil:
		return err
	case i.Guild == "" || first.By == i.User.ID:
		return c.may(ctx, i, rightSave)
	}
	set, err := c.settings(ctx, i)
	switch {
	case err != nil:
		return err
	case hasRight(i, set, rightCurate):
		return nil
	}
	return bot.Refuse(textNotYourRecipe(first.By, set.Roles[string(rightCurate)]))
}
