package db

import (
	"context"
	"database/sql"
	"errors"
)

// Lists go by the ids of cards, which have to grow with their numbers. A number that was passed over leaves an id free,
// so that its card can still come, at the place that is its own.

// newestID stands for the id of a scope's newest card.
const newestID = 0

const (
	lastOfScope = `SELECT (SELECT coalesce(max(created), 0) FROM card WHERE scope = ?1),
	(SELECT coalesce(max(number), 0) FROM card WHERE scope = ?1), (SELECT coalesce(max(id), 0) FROM card)`

	// Takes the scope and a number: the card before, and the one at that number or after it.
	cardBelow   = `SELECT id, number FROM card WHERE scope = ?1 AND number < ?2 ORDER BY number DESC LIMIT 1`
	cardAtAbove = `SELECT id, number FROM card WHERE scope = ?1 AND number >= ?2 ORDER BY number LIMIT 1`
	idTaken     = `SELECT count(*) FROM card WHERE id = ?1`
)

// last is what stands at the end of a scope: when its latest card was made, and its highest number. The id is the highest
// of all scopes.
type last struct{ created, number, id int64 }

func lastOf(ctx context.Context, tx *sql.Tx, scope string) (l last, err error) {
	err = tx.QueryRowContext(ctx, lastOfScope, text(scope)).Scan(&l.created, &l.number, &l.id)
	return l, err
}

// idOf is the id of the scope's next card. It leaves room for the numbers that are passed over.
func (l last) idOf(number int64) int64 { return l.id + max(number-l.number, 1) }

// neighbour is a card that is there, or the zero value.
type neighbour struct{ id, number int64 }

func neighbourOf(ctx context.Context, tx *sql.Tx, query, scope string, number int64) (n neighbour, err error) {
	err = tx.QueryRowContext(ctx, query, text(scope), number).Scan(&n.id, &n.number)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return n, err
}

// roomFor is the id that a card of a number can have which was passed over: newestID when all of the scope's numbers are
// smaller. ok is false for a number that a card has, and where there is no room.
func roomFor(ctx context.Context, tx *sql.Tx, scope string, number int64) (id int64, ok bool, err error) {
	above, err := neighbourOf(ctx, tx, cardAtAbove, scope, number)
	if err != nil || above.id == 0 {
		return newestID, err == nil, err
	}
	below, err := neighbourOf(ctx, tx, cardBelow, scope, number)
	if err != nil {
		return 0, false, err
	}
	id = above.id - (above.number - number)
	if above.number == number || id <= below.id {
		return 0, false, nil
	}
	var taken int
	err = tx.QueryRowContext(ctx, idTaken, id).Scan(&taken)
	return id, err == nil && taken == 0, err
}
