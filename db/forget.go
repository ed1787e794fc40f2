package db

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// limitsLast is how long what a member spent is remembered although the member asked to be forgotten: otherwise a day's
// allowance could be had again by being forgotten.
const limitsLast = 24 * time.Hour

const (
	// Each takes the scope, the member, nothing, and how many.
	privateCardsOf = `SELECT ` + whole + `, card.id FROM card WHERE card.scope = ?1 AND card.owner = ?2 AND card.owner <> '' LIMIT ?3`
	publicCardsOf  = `SELECT ` + whole + `, card.id FROM card INDEXED BY card_asker
	WHERE card.scope = ?1 AND card.asker = ?2 AND card.owner = '' LIMIT ?3`
	cardsStarredBy = `SELECT ` + whole + `, card.id FROM star CROSS JOIN card ON card.id = star.card
	WHERE star.member = ?2 AND card.scope = ?1 AND card.owner IS NOT NULL LIMIT ?3`
	deletedCardsOf = `SELECT card.id, card.job FROM card WHERE card.scope = ?1 AND card.asker = ?2 AND card.owner IS NULL`

	// Takes the scope and the member.
	recipesWrittenBy = `SELECT recipe.name FROM recipe WHERE recipe.scope = ?1
	AND EXISTS (SELECT 1 FROM recipe_revision WHERE recipe_revision.recipe = recipe.id AND recipe_revision.member = ?2) ORDER BY recipe.key`

	takeAsker = `UPDATE card SET asker = '' WHERE id = ?`
)

// forgetting is what is left to do when the cards are done. Each takes the scope and the member. What still runs ends
// as any ask does.
func forgetting() []string {
	return []string{
		`DELETE FROM star WHERE member = ?2 AND card IN (SELECT card.id FROM card WHERE card.scope = ?1 AND card.id = star.card)`,
		`DELETE FROM space WHERE scope = ?1 AND owner = ?2 AND cards = 0`,
		`DELETE FROM ask WHERE scope = ?1 AND member = ?2 AND state <> '` + Running + `'`,
		`UPDATE card SET deleted_by = '' WHERE scope = ?1 AND deleted <> 0 AND deleted_by = ?2`,
		`UPDATE recipe_revision SET member = '' WHERE member = ?2 AND recipe IN (SELECT recipe.id FROM recipe WHERE recipe.scope = ?1)`,
		`UPDATE settings SET member = '' WHERE scope = ?1 AND member = ?2`,
		`UPDATE audit SET member = '' WHERE scope = ?1 AND member = ?2`,
		`UPDATE audit SET target = replace(target, ?2, '…'), detail = replace(detail, ?2, '…')
		WHERE scope = ?1 AND (instr(target, ?2) OR instr(detail, ?2))`,
	}
}

// Forgotten is what became of what a scope remembered of a member.
type Forgotten struct {
	Erased  int      // cards that are gone: private and deleted ones
	Unnamed int      // cards that no longer name the member
	Recipes []string // the names of recipes that no longer do
}

// Forget takes a member out of a scope's memory. The member's private and deleted cards are erased. Public ones stay,
// with seed, prompt and note, but without the asker. Stars, asks and the member's name on recipes, settings and audit
// entries go. Cut off halfway it goes on when it is called again, and says what was left to do.
func (s *Store) Forget(ctx context.Context, v View) (Forgotten, error) {
	if v.Member == "" {
		return Forgotten{}, errors.New("forget a member: it is nobody")
	}
	done, err := s.forget(ctx, text(v.Scope), text(v.Member))
	s.settings.drop(v.Scope) // they may have said by whom
	return done, wrap(err, "forget a member")
}

func (s *Store) forget(ctx context.Context, scope, member string) (done Forgotten, err error) {
	args := []any{scope, member, atOnce}
	if done.Erased, err = s.eraseEach(ctx, privateCardsOf, args...); err != nil {
		return done, err
	}
	done.Unnamed, err = s.each(ctx, publicCardsOf, args, func(x *index, id int64, c Card) error {
		is := entryOf(c)
		c.Asker = ""
		if err := one(x.tx.ExecContext(ctx, takeAsker, id)); err != nil {
			return err
		}
		return x.move(ctx, id, c.Scope, is, entryOf(c))
	})
	if err != nil {
		return done, err
	}
	_, err = s.each(ctx, cardsStarredBy, args, func(x *index, id int64, c Card) error {
		is := entryOf(c)
		c.Stars--
		if _, err := x.tx.ExecContext(ctx, deleteStar, id, member); err != nil {
			return err
		}
		if err := one(x.tx.ExecContext(ctx, countStars, id)); err != nil {
			return err
		}
		return x.move(ctx, id, c.Scope, is, entryOf(c))
	})
	if err != nil {
		return done, err
	}
	var hidden int
	err = s.change(ctx, func(tx *sql.Tx) (err error) {
		if hidden, err = eraseRows(ctx, tx, deletedCardsOf, scope, member); err != nil {
			return err
		}
		if done.Recipes, err = scanAll(ctx, tx, scanText, recipesWrittenBy, scope, member); err != nil {
			return err
		}
		for _, q := range forgetting() {
			if _, err := tx.ExecContext(ctx, q, scope, member); err != nil {
				return err
			}
		}
		_, err = tx.ExecContext(ctx, forgetSpending, scope, member, ms(time.Now().Add(-limitsLast)))
		return err
	})
	done.Erased += hidden
	return done, err
}
