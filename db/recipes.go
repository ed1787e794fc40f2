package db

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strings"
)

// RecipeFilter narrows a list of recipes down. Its zero value lets all through.
type RecipeFilter struct {
	Tag  string
	By   string // who made it, or wrote the newest revision
	Text string // parts of words that are all in the name, the prompt, the note or the tags
}

const (
	recipePlace = `SELECT standard, uses, key FROM recipe WHERE scope = ?1 AND key = ?2`

	// Takes the eyes, the place after which to go on (a standard of 2 comes before all), the tag, the member, the words
	// as JSON, and how many.
	recipesAfter = `SELECT ` + recipeColumns + ` FROM recipe INDEXED BY recipe_rank CROSS JOIN recipe_revision
	ON recipe_revision.recipe = recipe.id AND recipe_revision.revision = recipe.revision
	WHERE recipe.scope = ?1
	AND (recipe.standard < ?4 OR recipe.standard = ?4 AND (recipe.uses < ?5 OR recipe.uses = ?5 AND recipe.key > ?6))
	AND (?7 = '' OR instr(' ' || recipe_revision.tags || ' ', ' ' || ?7 || ' '))
	AND (?8 = '' OR recipe_revision.member = ?8 OR EXISTS (SELECT 1 FROM recipe_revision AS first
	WHERE first.recipe = recipe.id AND first.revision = 1 AND first.member = ?8))
	AND NOT EXISTS (SELECT 1 FROM json_each(?9) AS word WHERE NOT instr(recipe.folded, word.value))
	ORDER BY recipe.standard DESC, recipe.uses DESC, recipe.key LIMIT ?10`

	// Takes the eyes, the number of a card, and how many.
	recipesOfCard = `SELECT ` + recipeColumns + ` FROM recipe CROSS JOIN recipe_revision
	ON recipe_revision.recipe = recipe.id AND recipe_revision.revision = recipe.revision
	WHERE recipe.scope = ?1 AND recipe.id IN (SELECT recipe_card.recipe FROM card CROSS JOIN recipe_card ON recipe_card.card = card.id
	WHERE card.scope = ?1 AND` + visible + `AND card.number = ?4)
	ORDER BY recipe.key LIMIT ?5`
)

// Recipes lists the newest revisions of the recipes of a view's scope: the team's standards first, then the most used. after is the
// name of the last one of the page before, or ""; one that is gone begins the list again.
func (s *Store) Recipes(ctx context.Context, v View, f RecipeFilter, after string, limit int) ([]Recipe, error) {
	standard, uses, key := 2, 0, ""
	if after != "" {
		err := s.read.QueryRowContext(ctx, recipePlace, text(v.Scope), recipeKey(after)).Scan(&standard, &uses, &key)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return nil, wrap(err, "list the recipes")
		}
	}
	tag := ""
	if f.Tag != "" {
		var err error
		if tag, err = NormalTag(f.Tag); err != nil {
			return nil, wrap(err, "list the recipes")
		}
	}
	words := strings.Fields(fold(f.Text))
	list, err := json.Marshal(words[:min(len(words), maxWords)])
	if err != nil {
		return nil, wrap(err, "list the recipes")
	}
	recipes, err := s.recipes(ctx, recipesAfter, v, standard, uses, key, tag, text(f.By), string(list),
		min(or(limit, defaultPage), maxPage))
	return recipes, wrap(err, "list the recipes")
}

// RecipesOfCard lists the newest revisions of the recipes that a card proves, or proved at an earlier revision, by name. A
// card that the view cannot see proves none.
func (s *Store) RecipesOfCard(ctx context.Context, v View, number int64, limit int) ([]Recipe, error) {
	recipes, err := s.recipes(ctx, recipesOfCard, v, number, min(or(limit, defaultPage), maxPage))
	return recipes, wrap(err, "list the recipes of card %d", number)
}

func (s *Store) recipes(ctx context.Context, query string, v View, of ...any) ([]Recipe, error) {
	return allSeen(ctx, s, v, scanRecipe, query, of...)
}
