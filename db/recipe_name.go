package db

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

const (
	// The recipe that has a name, else the one that had it before.
	recipeKnownAs = `SELECT coalesce((SELECT recipe.key FROM recipe WHERE recipe.scope = ?1 AND recipe.key = ?2),
	(SELECT recipe.key FROM recipe_former CROSS JOIN recipe ON recipe.id = recipe_former.recipe
	WHERE recipe_former.scope = ?1 AND recipe_former.key = ?2), '')`
	recipeMadeAt = `SELECT recipe.key FROM recipe WHERE recipe.scope = ?1 AND recipe.created = ?2 LIMIT 1`

	formerName = `INSERT INTO recipe_former (scope, key, recipe) VALUES (?1, ?2, ?3)
	ON CONFLICT (scope, key) DO UPDATE SET recipe = excluded.recipe`
	dropFormer = `DELETE FROM recipe_former WHERE scope = ?1 AND key = ?2 AND recipe = ?3`
)

// Recipe is a revision of a recipe, the newest for 0, or ErrNotFound. The case of the name does not matter, here and
// below; here alone, a name that a recipe had before finds it too, as long as no other has it.
func (s *Store) Recipe(ctx context.Context, v View, name string, revision int) (Recipe, error) {
	var key string
	err := s.read.QueryRowContext(ctx, recipeKnownAs, text(v.Scope), recipeKey(name)).Scan(&key)
	if err != nil {
		return Recipe{}, wrap(err, "read recipe %q", name)
	}
	r, err := s.recipeOfKey(ctx, v, key, revision)
	return r, wrap(err, "read recipe %q", name)
}

// RecipeMade is Recipe by when the recipe was made, Recipe.Created: no two of a scope were made at once, and that stays
// when a name is changed or the history moves.
func (s *Store) RecipeMade(ctx context.Context, v View, at time.Time, revision int) (Recipe, error) {
	var key string
	err := s.read.QueryRowContext(ctx, recipeMadeAt, text(v.Scope), ms(at)).Scan(&key)
	if err != nil {
		return Recipe{}, wrap(err, "read the recipe made at %s", at)
	}
	r, err := s.recipeOfKey(ctx, v, key, revision)
	return r, wrap(err, "read the recipe made at %s", at)
}

func (s *Store) recipeOfKey(ctx context.Context, v View, key string, revision int) (Recipe, error) {
	e, err := s.eyes(ctx, v)
	if err != nil {
		return Recipe{}, err
	}
	return scanRecipe(s.read.QueryRowContext(ctx, recipeOfRevision, e.args(key, revision)...))
}

// momentOfItsOwn is a time, or the next at which no recipe of the scope was made.
func momentOfItsOwn(ctx context.Context, tx *sql.Tx, scope string, at time.Time) (time.Time, error) {
	for ; ; at = at.Add(time.Millisecond) {
		var key string
		err := tx.QueryRowContext(ctx, recipeMadeAt, scope, ms(at)).Scan(&key)
		if errors.Is(err, sql.ErrNoRows) {
			return at, nil
		}
		if err != nil {
			return time.Time{}, err
		}
	}
}

// keepFormerName lets the name that a recipe had lead to it; the one that it has now needs no such help.
func keepFormerName(ctx context.Context, tx *sql.Tx, scope string, id int64, was, is string) error {
	if was == is {
		return nil
	}
	if _, err := tx.ExecContext(ctx, formerName, scope, was, id); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, dropFormer, scope, is, id)
	return err
}
