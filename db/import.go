package db

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Load is what is brought into a scope from another history, or from this one at an earlier time.
type Load struct {
	Cards   []Whole
	Recipes [][]Recipe // each with all its revisions, the oldest first; the first says name, mark and uses
	// Own tells that all of it comes from this very scope, on the word of somebody who may speak for it. It is what
	// brings a lost history back: see Import.
	Own bool
	// Last is the last number that was given where an Own load comes from: no new card gets one up to it.
	Last int64
}

// Whole is a card with all that hangs on it. Card.Stars, Starred and Sheet say nothing here.
type Whole struct {
	Card
	StarredBy []Star
	Places    []Place // messages that show it, beside the card's own
	JPEG      []byte  // its contact sheet
}

// ImportResult is what became of imported cards and recipes.
type ImportResult struct {
	Counted
	Recipes Counted
}

// Counted is how many were new, how many were here already, how many of these were mended, and what was not taken.
type Counted struct {
	Added, Known, Mended int
	Rejected             []Rejected
}

// Rejected is something that was not imported, and why, in a sentence to show.
type Rejected struct {
	Index  int // in what was given
	Reason string
}

const (
	lastNumber  = `SELECT last FROM scope WHERE scope = ?`
	reserveUpTo = `INSERT INTO scope (scope, last) VALUES (?1, ?2) ON CONFLICT (scope) DO UPDATE SET last = max(last, excluded.last)`

	// A card of another job is another card, though seed and prompt are the same: who orders a picture twice has two. So
	// is one that others see, since its note is not the private one's. Takes the eyes.
	sameSeedWith = `SELECT card.number FROM card INDEXED BY card_seed
	WHERE card.scope = ?1 AND card.owner = ?4 AND` + inSight + `AND card.seed = ?5
	AND card.prompt = ?6 AND (card.job = '' OR ?7 = '') AND card.number <= ?8 LIMIT 1`
)

// Import brings cards and recipes into the view's scope: all in one transaction, so an error leaves the history as it
// was. Cards that are known, by their job or by seed and prompt, are counted and left as they are; those that cannot be
// kept are rejected. An Own load mends what somebody's file brought before, which said less; see mend. The others keep
// what they say, but
//
//   - they get the next numbers, in the order given. In a scope that never had a card they keep theirs, and so do those
//     of an Own load with numbers that were never given here;
//   - a seed without a source is Imported, and so is one of Midjourney's without a job, which may have come from ✉️,
//     unless the load is Own;
//   - who made a card private must be the view's member;
//   - no message shows them and no picture of theirs stands anywhere, unless the load is Own and they keep their
//     number: a message shows a number, and that of another server leads elsewhere.
//
// Recipes are known by their names; see importRecipe. Whether the member may speak for other askers and whose stars
// these are, and whether the messages are what they are said to be, is for the caller to know.
func (s *Store) Import(ctx context.Context, v View, l Load) (ImportResult, error) {
	if v.Scope == "" {
		return ImportResult{}, errors.New("import: it names no scope")
	}
	var result ImportResult
	err := s.change(ctx, func(tx *sql.Tx) (err error) {
		result, err = importAll(ctx, tx, v, l)
		return err
	})
	if err != nil {
		return ImportResult{}, wrap(err, "import")
	}
	return result, nil
}

func importAll(ctx context.Context, tx *sql.Tx, v View, l Load) (result ImportResult, err error) {
	numbers, err := newNumbering(ctx, tx, v.Scope, l)
	if err != nil {
		return ImportResult{}, err
	}
	if result.Counted, err = importCards(ctx, tx, v, l, numbers); err != nil {
		return ImportResult{}, err
	}
	for i, revisions := range l.Recipes {
		reason, known, mended, err := importRecipe(ctx, tx, v.Scope, revisions, numbers.given, l.Own)
		switch {
		case err != nil:
			return ImportResult{}, fmt.Errorf("recipe %d of %d: %w", i+1, len(l.Recipes), err)
		case reason != "":
			result.Recipes.Rejected = append(result.Recipes.Rejected, Rejected{i, reason})
		case known:
			result.Recipes.Known++
			if mended {
				result.Recipes.Mended++
			}
		default:
			result.Recipes.Added++
		}
	}
	return result, nil
}

func importCards(ctx context.Context, tx *sql.Tx, v View, l Load, numbers *numbering) (result Counted, err error) {
	var list []incoming
	for i, c := range l.Cards {
		c, reason := arriving(v, c, l.Own)
		if reason != "" {
			result.Rejected = append(result.Rejected, Rejected{i, reason})
			continue
		}
		list = append(list, incoming{c, i, numbers.keeps(c.Number)})
	}
	slices.SortStableFunc(list, func(a, b incoming) int { // ids have to grow with numbers
		if !a.keeps || !b.keeps {
			return boolCompare(b.keeps, a.keeps)
		}
		return cmp.Compare(a.card.Number, b.card.Number)
	})
	e, err := eyesOf(ctx, tx, v)
	if err != nil {
		return Counted{}, err
	}
	x := newIndex(tx)
	for _, in := range list {
		c := in.card
		if l.Own {
			known, mended, err := mend(ctx, x, v, c)
			if err != nil {
				return Counted{}, fmt.Errorf("mend card %d: %w", c.Number, err)
			}
			if mended {
				result.Mended++
			}
			if known {
				numbers.known(c.Number, c.Number)
				result.Known++
				continue
			}
		}
		known, err := sameAs(ctx, tx, e, c.Card, numbers.newest())
		if err != nil {
			return Counted{}, err
		}
		if known > 0 {
			numbers.known(c.Number, known)
			result.Known++
			continue
		}
		c.Parent = numbers.parent(c.Parent, c.Number)
		came := c.Number
		if c.Number = numbers.give(came); c.Number != came || !l.Own {
			c = nowhere(c)
		}
		if err := insertWhole(ctx, x, c); err != nil {
			return Counted{}, fmt.Errorf("card %d of %d: %w", in.index+1, len(l.Cards), err)
		}
		result.Added++
	}
	if result.Added+result.Mended == 0 {
		return result, nil
	}
	_, err = tx.ExecContext(ctx, reserveUpTo, text(v.Scope), max(numbers.last, numbers.reserved))
	return result, err
}

// insertWhole keeps a card with what hangs on it.
func insertWhole(ctx context.Context, x *index, c Whole) error {
	kept, err := insert(ctx, x, "", c.Card)
	if err != nil {
		return err
	}
	if len(c.Places)+len(c.JPEG)+len(c.StarredBy) == 0 {
		return nil
	}
	id, _, err := toAlter(ctx, x.tx, View{Scope: c.Scope, Member: c.Asker}, c.Number)
	if err != nil {
		return err
	}
	return hangOn(ctx, x, id, kept, c)
}

// hangOn puts on a card what hangs on it, and finds it by what it became; was is the card as it is found now.
func hangOn(ctx context.Context, x *index, id int64, was Card, c Whole) error {
	for _, p := range c.Places {
		if err := show(ctx, x.tx, c.Scope, id, p.Channel, p.Message); err != nil {
			return err
		}
	}
	if len(c.JPEG) > 0 {
		if err := one(x.tx.ExecContext(ctx, sheetOfID, id, c.JPEG)); err != nil {
			return err
		}
	}
	for _, star := range c.StarredBy {
		at := star.At
		if at.IsZero() {
			at = time.Now()
		}
		if _, err := x.tx.ExecContext(ctx, insertStar, id, text(star.Member), ms(at)); err != nil {
			return err
		}
	}
	if err := one(x.tx.ExecContext(ctx, countStars, id)); err != nil {
		return err
	}
	now, err := scanCard(x.tx.QueryRowContext(ctx, cardOfID, id, text(c.Asker)))
	if err != nil {
		return err
	}
	return x.move(ctx, id, c.Scope, entryOf(was), entryOf(now))
}

// incoming is a card with its place in what was given, and whether it keeps its number.
type incoming struct {
	card  Whole
	index int
	keeps bool
}

func boolCompare(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// sameAs is the number of the card that is known already, or 0; where no job tells, it is no newer than a number.
func sameAs(ctx context.Context, tx *sql.Tx, e eyes, c Card, newest int64) (int64, error) {
	known, err := knownCard(ctx, tx, e, c, nil)
	if errors.Is(err, sql.ErrNoRows) {
		err = tx.QueryRowContext(ctx, sameSeedWith, e.args(owner(c.Private, e.Member), c.Seed, text(c.Prompt), text(c.Job), newest)...).
			Scan(&known.Number)
	}
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return known.Number, err
}
