package db

import (
	"context"
	"database/sql"
	"errors"
	"math"
)

// Ids of cards grow with the time of their creation, but for what was imported. Each scope knows up to which id that is
// so (see order), so that nearly every search since a time is a search above an id.
const (
	setMixed = `INSERT INTO scope (scope, last, mixed, mixed_until) VALUES (?1, ?2, ?3, ?4)
	ON CONFLICT (scope) DO UPDATE SET mixed = excluded.mixed, mixed_until = excluded.mixed_until, last = max(last, excluded.last)`
	createdOfAll = `SELECT scope, id, created FROM card ORDER BY id`
	selectMixed  = `SELECT mixed, mixed_until FROM scope WHERE scope = ?1`
	firstSince   = `SELECT card.id FROM card INDEXED BY card_created WHERE card.scope = ?1 AND card.created >= ?2
	ORDER BY card.created, card.id LIMIT 1`
)

// order finds out which cards, given by growing ids, were not created in their order: none above mixed, where all were
// created at until or later.
type order struct{ latest, mixed, until int64 }

func (o *order) add(id, created int64) {
	if created < o.latest {
		o.mixed, o.until = id, o.latest
	}
	o.latest = max(o.latest, created)
}

// reorder finds out the order of all scopes anew. Deleted cards count: they may come back.
func reorder(ctx context.Context, tx *sql.Tx) error {
	rows, err := tx.QueryContext(ctx, createdOfAll)
	if err != nil {
		return err
	}
	defer rows.Close()
	orders := map[string]order{}
	for rows.Next() {
		var scope string
		var id, created int64
		if err := rows.Scan(&scope, &id, &created); err != nil {
			return err
		}
		o := orders[scope]
		o.add(id, created)
		orders[scope] = o
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for scope, o := range orders {
		if _, err := tx.ExecContext(ctx, setMixed, scope, 0, o.mixed, o.until); err != nil {
			return err
		}
	}
	return nil
}

// since tells which cards were created at a time or later: none up to from, all above all, and of those between the ones
// that say so. The zero value is all cards.
type since struct {
	scope         string
	at, from, all int64
}

func (s *Store) since(ctx context.Context, scope string, at int64) (since, error) {
	var o order
	err := s.read.QueryRowContext(ctx, selectMixed, text(scope)).Scan(&o.mixed, &o.until)
	if errors.Is(err, sql.ErrNoRows) {
		return since{}, nil // it has no cards
	}
	if err != nil || at <= o.until {
		return since{text(scope), at, 0, o.mixed}, err
	}
	first := int64(math.MaxInt64)
	err = s.read.QueryRowContext(ctx, firstSince, text(scope), at).Scan(&first)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return since{text(scope), at, first - 1, first - 1}, err
}

// narrow chooses between a query that looks at ids alone and one that looks at times, too, and gives it what it takes.
func (n since) narrow(plain, some, expression string, above, below int64, limit int) (query string, args []any) {
	args = []any{expression, max(above, n.from), below, limit}
	if n.from == n.all {
		return plain, args
	}
	return some, append(args, n.scope, n.at, n.all)
}
