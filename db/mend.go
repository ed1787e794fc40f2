package db

import (
	"context"
	"database/sql"
	"errors"
)

const (
	// A card that was not asked for came from a file.
	cameByFile = `SELECT ask = '' FROM card WHERE id = ?1`

	mendCard = `UPDATE card SET asker = ?2, source = ?3, job = ?4, seed_job = ?5, midjourney_id = ?6, channel = ?7, message = ?8,
	typed = ?9, action = ?10, speed = ?11 WHERE id = ?1`
	mendBulk = `UPDATE card_bulk SET pictures = ?2, raw = ?3 WHERE card = ?1`

	// Takes the recipe, the revision, and who wrote it.
	mendRevision = `UPDATE recipe_revision SET member = ?3 WHERE recipe = ?1 AND revision = ?2`
	// Takes the recipe, the mark and the uses.
	mendMark = `UPDATE recipe SET standard = max(standard, ?2), uses = max(uses, ?3) WHERE id = ?1`
)

// mend makes a card that somebody's file brought what it was, by the word of an Own load: a member's file cannot say who
// asked, of which job a seed is or where pictures stand. What was done with the card here stays: its note, its tags, its
// stars. known tells that the card of that number is the one that came. One that did not come from a file, or that says
// the same already, is not touched, nor is one of nobody's: who was forgotten is not named again.
func mend(ctx context.Context, x *index, v View, came Whole) (known, mended bool, err error) {
	id, is, err := toAlter(ctx, x.tx, v, came.Number)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return false, false, nil
	case err != nil, is.Seed != came.Seed || is.Prompt != came.Prompt || is.Private != came.Private:
		return false, false, err
	case is.Asker == "" || is.Asker == came.Asker && is.Source == came.Source:
		return true, false, nil
	}
	var byFile bool
	if err := x.tx.QueryRowContext(ctx, cameByFile, id).Scan(&byFile); err != nil || !byFile {
		return true, false, err
	}
	pictures, err := picturesJSON(came.Pictures)
	if err != nil {
		return true, false, err
	}
	for query, args := range map[string][]any{
		mendCard: {
			id, text(came.Asker), string(came.Source), text(came.Job), text(came.SeedJob), text(came.MidjourneyID),
			text(came.Channel), text(came.Message), text(came.Typed), text(came.Action), text(came.Speed),
		},
		mendBulk: {id, pictures, text(string(came.Raw))},
	} {
		if err := one(x.tx.ExecContext(ctx, query, args...)); err != nil {
			return true, false, err
		}
	}
	if err := show(ctx, x.tx, is.Scope, id, came.Channel, came.Message); err != nil {
		return true, false, err
	}
	return true, true, hangOn(ctx, x, id, is, came)
}

// mendRecipe gives the revisions of a recipe that somebody's file brought in the member's own name back to who wrote
// them, and with them the mark and the uses. It tells such revisions by their time, which is that of the file. Cards that
// came with the file prove what they proved: an earlier part of the history did not have them.
func mendRecipe(ctx context.Context, tx *sql.Tx, key string, is, came []Recipe, numbers *numbering) (mended bool, err error) {
	id, _, err := recipeOf(ctx, tx, came[0].Scope, key)
	if err != nil {
		return false, err
	}
	for i, r := range came {
		for place, proof := range r.Cards {
			if !numbers.fresh[proof] {
				continue
			}
			if _, err := tx.ExecContext(ctx, insertRecipeCard+` ON CONFLICT DO NOTHING`, id, r.Revision, place, r.Scope, numbers.given[proof]); err != nil {
				return false, err
			}
		}
		if is[i].By == "" || is[i].By == r.By || ms(is[i].Updated) != ms(r.Updated) {
			continue
		}
		mended = true
		if err := one(tx.ExecContext(ctx, mendRevision, id, r.Revision, text(r.By))); err != nil {
			return false, err
		}
	}
	if mended {
		err = one(tx.ExecContext(ctx, mendMark, id, came[0].Standard, came[0].Uses))
	}
	return mended, err
}
