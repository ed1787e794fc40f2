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
	// Here tells that all of it is said to come from this scope, by a member who speaks for nobody else.
	Here bool
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

const lastNumber = `SELECT last FROM scope WHERE scope = ?`

// Import brings cards and recipes into the view's scope: all in one transaction, so an error leaves the history as it
// was. Cards that are known, by their job or by seed and prompt, are counted and left as they are; those that cannot be
// kept are rejected. An Own load mends what somebody's file brought before, which said less; see mend. The others keep
// what they say, but
//
//   - they get the next numbers, in the order given. In a scope that never had a card they keep theirs, and so do those
//     of an Own load with numbers that were never given here. From then on what was passed over is kept free: for what
//     comes with another part of the history, in whatever order, and for private cards of a load from Here;
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
		reason, known, mended, err := importRecipe(ctx, tx, v.Scope, revisions, numbers)
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
		keeps, err := numbers.keeps(ctx, c.Card)
		if err != nil {
			return Counted{}, err
		}
		list = append(list, incoming{c, i, keeps})
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
		known, err := numbers.sameAs(ctx, e, c.Card, in.keeps)
		if err != nil {
			return Counted{}, err
		}
		if known > 0 {
			numbers.known(c.Number, known)
			result.Known++
			continue
		}
		c.Parent = numbers.parent(c.Parent, c.Number)
		var id int64
		if c.Number, id = numbers.give(c.Number, in.keeps); !in.keeps || !l.Own {
			c = nowhere(c)
		}
		if err := insertWhole(ctx, x, c, id); err != nil {
			return Counted{}, fmt.Errorf("card %d of %d: %w", in.index+1, len(l.Cards), err)
		}
		result.Added++
	}
	if result.Added+result.Mended == 0 && numbers.reserved <= numbers.last {
		return result, nil
	}
	return result, numbers.reserve(ctx)
}

// insertWhole keeps a card with what hangs on it.
func insertWhole(ctx context.Context, x *index, c Whole, id int64) error {
	kept, err := insert(ctx, x, "", c.Card, id)
	if err != nil {
		return err
	}
	if len(c.Places)+len(c.JPEG)+len(c.StarredBy) == 0 {
		return nil
	}
	if id, _, err = toAlter(ctx, x.tx, View{Scope: c.Scope, Member: c.Asker}, c.Number); err != nil {
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
