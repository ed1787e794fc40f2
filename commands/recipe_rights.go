package commands

import (
	"context"

	"seedbank/bot"
	"seedbank/db"
)

// mayChangeRecipe tells whether the member may edit, rename or delete a recipe: nil, or a *bot.UserError that names who
// may. One's own takes the right to save; what others made, and every team standard, the right to curate.
func (c *counter) mayChangeRecipe(ctx context.Context, i *bot.Interaction, r db.Recipe) error {
	switch {
	case r.Standard:
		return c.mayCurate(ctx, i, func(curators []string) string { return textChangesStandard(r, curators) })
	case i.Guild == "" || r.Maker == i.User.ID:
		return c.may(ctx, i, rightSave)
	}
	return c.mayCurate(ctx, i, func(curators []string) string { return textNotYourRecipe(r.Maker, curators) })
}

// mayKeepStandards tells whether the member may mark a recipe as a team standard.
func (c *counter) mayKeepStandards(ctx context.Context, i *bot.Interaction) error {
	return c.mayCurate(ctx, i, textKeepsStandards)
}

// mayCurate is may for the right to curate, with words of its own.
func (c *counter) mayCurate(ctx context.Context, i *bot.Interaction, otherwise func(curators []string) string) error {
	set, err := c.settings(ctx, i)
	switch {
	case err != nil:
		return err
	case i.Guild == "" || hasRight(i, set, rightCurate):
		return nil
	}
	return bot.Refuse(otherwise(set.Roles[string(rightCurate)]))
}
