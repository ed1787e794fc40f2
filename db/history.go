package db

import (
	"context"
	"math"
	"slices"
)

// Page is a place in a history, newest first. Numbers are exclusive. With After set it is the page right after that
// card on the way to newer ones.
type Page struct {
	Before int64 // 0 for the newest
	After  int64 // 0 for the oldest
	Limit  int   // cards; 25 when it is 0, 1000 at most
}

const (
	defaultPage = 25
	maxPage     = 1000
)

// A view's cards are public ones and the member's own private ones. Each of both lies in order in the index card_owner;
// SQLite merges the two while it reads, so a page costs what it shows, however many private cards of others lie between.
// The index is named, because left alone SQLite prefers card_number and passes over all of those. Public cards of channels
// that the view does not see are passed over within the index.
// They take the eyes, the numbers between which to look, and how many.
const (
	inOrder = ` FROM card INDEXED BY card_owner
	WHERE card.scope = ?1 AND card.owner = '' AND card.number > ?4 AND card.number < ?5
	AND` + inSight + `
	UNION ALL SELECT `
	inOrderOwn = ` FROM card INDEXED BY card_owner
	WHERE card.scope = ?1 AND card.owner = ?2 AND card.owner <> '' AND card.number > ?4 AND card.number < ?5
	ORDER BY number `
	pageDown = `SELECT ` + listed + inOrder + listed + inOrderOwn + `DESC LIMIT ?6`
	pageUp   = `SELECT ` + listed + inOrder + listed + inOrderOwn + `LIMIT ?6`

	countBetween = `SELECT count(*) FROM card INDEXED BY card_owner WHERE card.scope = ?1 AND` + visible + `AND card.number > ?4`
	// Cards that are the view's by their audience or as private ones; its own ones of other audiences come on top.
	countVisible = `SELECT coalesce(sum(tally.uses), 0) FROM space CROSS JOIN tally ON tally.space = space.id
	WHERE space.scope = ?1 AND space.owner IN ('', ?2) AND tally.kind = '` + tallyCard + `' AND tally.value = ''
	AND (?3 IS NULL OR space.owner <> '' OR tally.audience IN (SELECT value FROM json_each(?3)))`

	// Each takes the scope and a number.
	idAfter  = `SELECT coalesce(max(id), 0) FROM (SELECT id FROM card WHERE scope = ?1 AND number <= ?2 ORDER BY number DESC LIMIT 1)`
	idBefore = `SELECT coalesce(min(id), 9223372036854775807) FROM (SELECT id FROM card WHERE scope = ?1 AND number >= ?2 ORDER BY number LIMIT 1)`
)

// History is a page of the cards that the view can see and the filter lets through, newest first, without their Pictures
// and Raw.
func (s *Store) History(ctx context.Context, v View, f Filter, p Page) ([]Card, error) {
	cards, err := s.history(ctx, v, f, p)
	if p.After > 0 {
		slices.Reverse(cards)
	}
	return cards, wrap(err, "read the history")
}

// history gives a page on the way to newer cards the oldest first.
func (s *Store) history(ctx context.Context, v View, f Filter, p Page) ([]Card, error) {
	limit := min(or(p.Limit, defaultPage), maxPage)
	if p.Before <= 0 {
		p.Before = math.MaxInt64
	}
	if f.isZero() {
		query := pageDown
		if p.After > 0 {
			query = pageUp
		}
		return s.cards(ctx, query, v, max(p.After, 0), p.Before, limit)
	}
	m, err := s.matcher(ctx, v, Query{Filter: f})
	if err != nil {
		return nil, err
	}
	above, err := s.idOf(ctx, idAfter, v.Scope, p.After)
	if err != nil {
		return nil, err
	}
	below, err := s.idOf(ctx, idBefore, v.Scope, p.Before)
	if err != nil {
		return nil, err
	}
	ids, err := m.ids(ctx, m.everyone(m.expression), above, below, limit, p.After <= 0)
	if err != nil {
		return nil, err
	}
	cards, _, err := s.cardsOf(ctx, cardsOfIDs, v, ids)
	return cards, err
}

// idOf turns a number into the id that bounds a page; ids grow with numbers.
func (s *Store) idOf(ctx context.Context, query, scope string, number int64) (int64, error) {
	var id int64
	err := s.read.QueryRowContext(ctx, query, text(scope), number).Scan(&id)
	return id, err
}

// Count is how many cards the view can see and the filter lets through.
func (s *Store) Count(ctx context.Context, v View, f Filter) (int, error) {
	n, err := s.countNewer(ctx, v, f, 0)
	return n, wrap(err, "count the cards")
}

// CountNewer is the same of cards that are newer than a number.
func (s *Store) CountNewer(ctx context.Context, v View, f Filter, number int64) (int, error) {
	n, err := s.countNewer(ctx, v, f, number)
	return n, wrap(err, "count the cards")
}

func (s *Store) countNewer(ctx context.Context, v View, f Filter, number int64) (n int, err error) {
	if f.isZero() {
		e, err := s.eyes(ctx, v)
		if err != nil {
			return 0, err
		}
		if number > 0 {
			err = s.read.QueryRowContext(ctx, countBetween, e.args(number)...).Scan(&n)
			return n, err
		}
		if err = s.read.QueryRowContext(ctx, countVisible, e.args()...).Scan(&n); err != nil {
			return 0, err
		}
		own, err := s.countElsewhere(ctx, e)
		return n + own, err
	}
	m, err := s.matcher(ctx, v, Query{Filter: f})
	if err != nil {
		return 0, err
	}
	above, err := s.idOf(ctx, idAfter, v.Scope, number)
	if err != nil {
		return 0, err
	}
	return m.count(ctx, above, math.MaxInt32)
}

// cards reads a list; nil when there are none.
func (s *Store) cards(ctx context.Context, query string, v View, rest ...any) ([]Card, error) {
	return allSeen(ctx, s, v, scanCard, query, rest...)
}
