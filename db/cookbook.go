package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

const (
	recipeID     = `SELECT id, revision FROM recipe WHERE scope = ?1 AND key = ?2`
	insertRecipe = `INSERT INTO recipe (scope, name, key, revision, standard, uses, created, folded) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`
	editRecipe   = `UPDATE recipe SET revision = ?2, folded = ?3 WHERE id = ?1`

	insertRevision = `INSERT INTO recipe_revision (recipe, revision, prompt, seed, tags, note, member, at)
	VALUES (?, ?, ?, ?, ?, ?, ?, ?)`
	insertRecipeCard = `INSERT INTO recipe_card (recipe, revision, place, card)
	SELECT ?1, ?2, ?3, card.id FROM card WHERE card.scope = ?4 AND card.number = ?5 AND card.owner = ''`

	// Takes the recipe, who writes the revision and the audiences that they see, its number and that of the one before, and
	// the place from which on it has no cards of its own: what the writer does not see stays.
	keepRecipeCards = `INSERT INTO recipe_card (recipe, revision, place, card)
	SELECT recipe_card.recipe, ?4, recipe_card.place + ?6, recipe_card.card FROM recipe_card CROSS JOIN card ON card.id = recipe_card.card
	WHERE recipe_card.recipe = ?1 AND recipe_card.revision = ?5 AND card.owner = ''
	AND ?3 IS NOT NULL AND card.audience NOT IN (SELECT value FROM json_each(?3)) AND card.asker IS NOT nullif(?2, '')`

	recipeOfRevision = `SELECT ` + recipeColumns + ` FROM recipe CROSS JOIN recipe_revision ON recipe_revision.recipe = recipe.id
	AND recipe_revision.revision = coalesce(nullif(?5, 0), recipe.revision) WHERE recipe.scope = ?1 AND recipe.key = ?4`
	recipeLog = `SELECT ` + recipeColumns + ` FROM recipe CROSS JOIN recipe_revision ON recipe_revision.recipe = recipe.id
	WHERE recipe.scope = ?1 AND recipe.key = ?4 ORDER BY recipe_revision.revision DESC LIMIT ?5`

	renameRecipe   = `UPDATE recipe SET name = ?2, key = ?3, folded = ?4 WHERE id = ?1`
	deleteRecipe   = `DELETE FROM recipe WHERE scope = ?1 AND key = ?2`
	standardRecipe = `UPDATE recipe SET standard = ?3 WHERE scope = ?1 AND key = ?2`
	useRecipe      = `UPDATE recipe SET uses = uses + 1 WHERE scope = ?1 AND key = ?2`
)

// SaveRecipe keeps a new recipe and gives it back as kept. A name that is taken is ErrExists; a card that is not a public
// one of the scope is ErrNotFound; what else cannot be kept is an *InputError.
func (s *Store) SaveRecipe(ctx context.Context, scope string, r Recipe) (Recipe, error) {
	name, key, err := normalName(r.Name)
	if err == nil {
		r, err = r.normal()
	}
	if scope == "" {
		err = errors.New("it names no scope")
	}
	if err != nil {
		return Recipe{}, wrap(err, "save recipe %q", name)
	}
	r.Scope, r.Name, r.Revision = text(scope), name, 1
	return s.writeRecipe(ctx, View{Scope: scope}, key, func(tx *sql.Tx) error {
		if _, _, err := recipeOf(ctx, tx, r.Scope, key); err == nil {
			return ErrExists
		} else if !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		now, err := momentOfItsOwn(ctx, tx, r.Scope, time.Now())
		if err != nil {
			return err
		}
		result, err := tx.ExecContext(ctx, insertRecipe, r.Scope, r.Name, key, r.Revision, r.Standard, 0, ms(now), r.folded())
		if err != nil {
			return err
		}
		id, err := result.LastInsertId()
		if err != nil {
			return err
		}
		return insertRecipeRevision(ctx, tx, id, r, now)
	}, r, "save recipe %q", r.Name)
}

// EditRecipe writes the revision after base and gives it back. ErrConflict says that base is not the newest any more:
// somebody else wrote one; ErrUnchanged that the newest says the same already. The name and the standard mark stay, whatever
// r says, and so do cards that the view does not see, unless prompt or seed become others; errors are those of SaveRecipe.
func (s *Store) EditRecipe(ctx context.Context, v View, name string, base int, r Recipe) (Recipe, error) {
	_, key, err := normalName(name)
	if err == nil {
		r, err = r.normal()
	}
	if err != nil {
		return Recipe{}, wrap(err, "edit recipe %q", name)
	}
	r.Scope, r.Revision = text(v.Scope), base+1
	return s.writeRecipe(ctx, v, key, func(tx *sql.Tx) error {
		id, newest, err := recipeOf(ctx, tx, r.Scope, key)
		if err != nil {
			return err
		}
		if newest != base {
			return ErrConflict
		}
		e, err := eyesOf(ctx, tx, v)
		if err != nil {
			return err
		}
		is, err := scanRecipe(tx.QueryRowContext(ctx, recipeOfRevision, e.args(key, 0)...))
		if err != nil {
			return err
		}
		if is.same(r) {
			return ErrUnchanged
		}
		r.Name = is.Name
		if err := one(tx.ExecContext(ctx, editRecipe, id, r.Revision, r.folded())); err != nil {
			return err
		}
		if err := insertRecipeRevision(ctx, tx, id, r, time.Now()); err != nil {
			return err
		}
		if !is.AsksTheSame(r) {
			return nil
		}
		_, err = tx.ExecContext(ctx, keepRecipeCards, id, e.Member, e.audiences, r.Revision, base, MaxRecipeCards)
		return err
	}, r, "edit recipe %q", name)
}

// writeRecipe runs do, and reads what became of it in the same transaction.
func (s *Store) writeRecipe(ctx context.Context, v View, key string, do func(tx *sql.Tx) error, r Recipe, format string, args ...any) (Recipe, error) {
	var kept Recipe
	err := s.change(ctx, func(tx *sql.Tx) (err error) {
		if err := do(tx); err != nil {
			return err
		}
		e, err := eyesOf(ctx, tx, v)
		if err != nil {
			return err
		}
		kept, err = scanRecipe(tx.QueryRowContext(ctx, recipeOfRevision, e.args(key, r.Revision)...))
		return err
	})
	if err != nil {
		return Recipe{}, wrap(err, format, args...)
	}
	return kept, nil
}

func recipeOf(ctx context.Context, tx *sql.Tx, scope, key string) (id int64, newest int, err error) {
	err = tx.QueryRowContext(ctx, recipeID, scope, key).Scan(&id, &newest)
	return id, newest, err
}

func insertRecipeRevision(ctx context.Context, tx *sql.Tx, id int64, r Recipe, now time.Time) error {
	_, err := tx.ExecContext(ctx, insertRevision, id, r.Revision, r.Prompt, r.Seed, joinTags(r.Tags), r.Note, text(r.By), ms(now))
	if err != nil {
		return err
	}
	for i, number := range r.Cards {
		err := one(tx.ExecContext(ctx, insertRecipeCard, id, r.Revision, i, r.Scope, number))
		if errors.Is(err, sql.ErrNoRows) {
			err = ErrNotFound
		}
		if err != nil {
			return fmt.Errorf("look for its card %d: %w", number, err)
		}
	}
	return nil
}

// RecipeLog lists a recipe's revisions, the newest first; none when there is no such recipe.
func (s *Store) RecipeLog(ctx context.Context, v View, name string, limit int) ([]Recipe, error) {
	list, err := s.recipes(ctx, recipeLog, v, recipeKey(name), min(or(limit, defaultPage), maxPage))
	return list, wrap(err, "read the log of recipe %q", name)
}

// RenameRecipe gives a recipe another name; ErrExists says that it is taken by another. The old one still finds it.
func (s *Store) RenameRecipe(ctx context.Context, scope, name, to string) error {
	kept, key, err := normalName(to)
	if err != nil {
		return wrap(err, "rename recipe %q", name)
	}
	return wrap(s.change(ctx, func(tx *sql.Tx) error {
		is, err := scanRecipe(tx.QueryRowContext(ctx, recipeOfRevision, text(scope), "", nil, recipeKey(name), 0))
		if err != nil {
			return err
		}
		id, _, err := recipeOf(ctx, tx, text(scope), recipeKey(name))
		if err != nil {
			return err
		}
		switch taken, _, err := recipeOf(ctx, tx, text(scope), key); {
		case err == nil && taken != id:
			return ErrExists
		case err != nil && !errors.Is(err, sql.ErrNoRows):
			return err
		}
		is.Name = kept
		if err := one(tx.ExecContext(ctx, renameRecipe, id, kept, key, is.folded())); err != nil {
			return err
		}
		return keepFormerName(ctx, tx, text(scope), id, recipeKey(name), key)
	}), "rename recipe %q", name)
}

// DeleteRecipe erases a recipe with all its revisions. Its cards stay.
func (s *Store) DeleteRecipe(ctx context.Context, scope, name string) error {
	return wrap(one(s.write.ExecContext(ctx, deleteRecipe, text(scope), recipeKey(name))), "delete recipe %q", name)
}

// SetRecipeStandard marks a recipe as the team's standard, or takes the mark off.
func (s *Store) SetRecipeStandard(ctx context.Context, scope, name string, on bool) error {
	return wrap(one(s.write.ExecContext(ctx, standardRecipe, text(scope), recipeKey(name), on)), "mark recipe %q", name)
}

// UseRecipe counts that a recipe was used.
func (s *Store) UseRecipe(ctx context.Context, scope, name string) error {
	return wrap(one(s.write.ExecContext(ctx, useRecipe, text(scope), recipeKey(name))), "count a use of recipe %q", name)
}

// recipeKey is what a recipe of that name is found by. A name that no recipe can have finds none.
func recipeKey(name string) string {
	if _, key, err := normalName(name); err == nil {
		return key
	}
	return ""
}
