package db

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"
)

const (
	recipeNames     = `SELECT recipe.name FROM recipe WHERE recipe.scope = ?1 ORDER BY recipe.id`
	recipeRevisions = `SELECT ` + recipeColumns + ` FROM recipe CROSS JOIN recipe_revision ON recipe_revision.recipe = recipe.id
	WHERE recipe.scope = ?1 AND recipe.key = ?4 ORDER BY recipe_revision.revision`
)

// RecipeNames lists the names of all recipes of a scope, the one that was made first before.
func (s *Store) RecipeNames(ctx context.Context, scope string) ([]string, error) {
	names, err := scanAll(ctx, s.read, scanText, recipeNames, text(scope))
	return names, wrap(err, "list the names of recipes")
}

// RecipeRevisions is the whole of a recipe, every revision, the oldest first; none when there is no such recipe.
func (s *Store) RecipeRevisions(ctx context.Context, scope, name string) ([]Recipe, error) {
	list, err := s.recipes(ctx, recipeRevisions, View{Scope: scope}, recipeKey(name))
	return list, wrap(err, "read all of recipe %q", name)
}

// importRecipe brings a recipe with its revisions. One that is here already with the same revisions is known; another
// one of that name stands in its way. One that is known is mended by an Own load, and proved by the cards that came with
// it. Its cards are those that became of the numbers it came with, as far as everyone sees them.
func importRecipe(ctx context.Context, tx *sql.Tx, scope string, revisions []Recipe, numbers *numbering) (reason string, known, mended bool, err error) {
	key, revisions, reason := arrivingRecipe(scope, revisions)
	if reason != "" {
		return reason, false, false, nil
	}
	first, newest := revisions[0], revisions[len(revisions)-1]
	is, err := scanAll(ctx, tx, scanRecipe, recipeRevisions, first.Scope, "", nil, key)
	switch {
	case err != nil:
		return "", false, false, err
	case len(is) > 0 && slices.EqualFunc(is, revisions, sameRevision):
		if numbers.own {
			mended, err = mendRecipe(ctx, tx, key, is, revisions, numbers)
		}
		return "", true, mended, err
	case len(is) > 0:
		return "A recipe of this name with another history is here already. Rename one of the two.", false, false, nil
	}
	newest.Name = first.Name
	made, err := momentOfItsOwn(ctx, tx, first.Scope, first.Updated)
	if err != nil {
		return "", false, false, err
	}
	result, err := tx.ExecContext(ctx, insertRecipe, first.Scope, first.Name, key, len(revisions), first.Standard, max(first.Uses, 0),
		ms(made), newest.folded())
	if err != nil {
		return "", false, false, err
	}
	id, err := result.LastInsertId()
	if err != nil {
		return "", false, false, err
	}
	for _, r := range revisions {
		proofs := r.Cards
		r.Cards = nil
		if err := insertRecipeRevision(ctx, tx, id, r, r.Updated); err != nil {
			return "", false, false, err
		}
		for place, came := range proofs {
			if _, err := tx.ExecContext(ctx, insertRecipeCard, id, r.Revision, place, first.Scope, numbers.given[came]); err != nil {
				return "", false, false, err
			}
		}
	}
	return "", false, false, nil
}

// arrivingRecipe is a recipe as it may be kept here, and what it is found by, or the reason why it may not.
func arrivingRecipe(scope string, came []Recipe) (key string, revisions []Recipe, reason string) {
	if len(came) == 0 {
		return "", nil, "It has no revision."
	}
	name, key, err := normalName(came[0].Name)
	if err != nil {
		return "", nil, err.Error()
	}
	now := time.Now()
	for i, r := range came {
		if r, err = r.normal(); err != nil {
			return "", nil, fmt.Sprintf("Revision %d: %s", i+1, err)
		}
		r.Scope, r.Name, r.Revision = text(scope), name, i+1
		if r.Updated.IsZero() || r.Updated.After(now) {
			r.Updated = now
		}
		revisions = append(revisions, r)
	}
	return key, revisions, ""
}

// sameRevision tells whether two revisions say the same, whatever cards prove them.
func sameRevision(a, b Recipe) bool {
	a.Cards, b.Cards = nil, nil
	return a.same(b)
}
