package db

import (
	"context"
	"database/sql"
	"errors"
	"iter"
	"math"
	"slices"
)

const (
	exportPart = 100

	// Takes the eyes.
	allIDs = `SELECT card.id FROM card INDEXED BY card_owner WHERE card.scope = ?1 AND` + visible
)

// Export gives the whole cards that the view can see and the query finds, the oldest first. It reads a few at a time,
// so nobody waits for it, however slowly they are taken: a card that goes meanwhile is left out, one that changes comes
// as it is by then. An error comes last. Breaking out is safe.
func (s *Store) Export(ctx context.Context, v View, q Query) iter.Seq2[Card, error] {
	return func(yield func(Card, error) bool) {
		ids, err := s.exported(ctx, v, q)
		if err != nil {
			yield(Card{}, wrap(err, "export cards"))
			return
		}
		for part := range slices.Chunk(ids, exportPart) {
			cards, _, err := s.cardsOf(ctx, wholeOfIDs, v, part)
			if err != nil {
				yield(Card{}, wrap(err, "export cards"))
				return
			}
			for _, c := range cards {
				if !yield(c, nil) {
					return
				}
			}
		}
	}
}

// LastNumber is the last number that a card of the scope was given, 0 for none. The card may be gone.
func (s *Store) LastNumber(ctx context.Context, scope string) (int64, error) {
	var last int64
	err := s.read.QueryRowContext(ctx, lastNumber, text(scope)).Scan(&last)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return last, wrap(err, "read the last number")
}

// exported are the ids of what is to be exported, the oldest first.
func (s *Store) exported(ctx context.Context, v View, q Query) (ids []int64, err error) {
	if q.IsZero() {
		ids, err = allSeen(ctx, s, v, scanID, allIDs)
	} else {
		var m *matcher
		if m, err = s.matcher(ctx, v, q); err == nil {
			ids, err = m.ids(ctx, m.everyone(m.expression), 0, math.MaxInt64, math.MaxInt32, true)
		}
	}
	slices.Sort(ids)
	return ids, err
}
