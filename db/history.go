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
// The index is named, because left alone SQLite prefers card_number and passes over all of those.
// They take the scope, the member, the numbers between which to look, and how many.
const (
	between = ` FROM card INDEXED BY card_owner
	WHERE card.scope = ?1 AND card.owner = '' AND card.number > ?3 AND card.number < ?4
	UNION ALL SELECT `
	betweenOwn = ` FROM card INDEXED BY card_owner
	WHERE card.scope = ?1 AND card.owner = ?2 AND card.owner <> '' AND card.number > ?3 AND card.number < ?4
	ORDER BY number `
	pageDown = `SELECT ` + listed + between + listed + betweenOwn + `DESC LIMIT ?5`
	pageUp   = `SELECT ` + listed + between + listed + betweenOwn + `LIMIT ?5`

	countBetween = `SELECT count(*) FROM card WHERE card.scope = ?1 AND` + visible + `AND card.number > ?3`
)

// History is a page of the cards that the view can see, newest first, without their Pictures and Raw.
func (s *Store) History(ctx context.Context, v View, p Page) ([]Card, error) {
	query, before := pageDown, p.Before
	if p.After > 0 {
		query = pageUp
	}
	if before <= 0 {
		before = math.MaxInt64
	}
	cards, err := s.cards(ctx, query, v, max(p.After, 0), before, min(or(p.Limit, defaultPage), maxPage))
	if p.After > 0 {
		slices.Reverse(cards)
	}
	return cards, wrap(err, "read the history")
}

// Count is how many cards the view can see.
func (s *Store) Count(ctx context.Context, v View) (int, error) {
	return s.CountNewer(ctx, v, 0)
}

// CountNewer is how many cards the view can see that are newer than a number.
func (s *Store) CountNewer(ctx context.Context, v View, number int64) (int, error) {
	var n int
	err := s.read.QueryRowContext(ctx, countBetween, text(v.Scope), text(v.Member), number).Scan(&n)
	return n, wrap(err, "count the cards")
}

// cards reads a list; nil when there are none.
func (s *Store) cards(ctx context.Context, query string, v View, rest ...any) ([]Card, error) {
	rows, err := s.read.QueryContext(ctx, query, append([]any{text(v.Scope), text(v.Member)}, rest...)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var cards []Card
	for rows.Next() {
		c, err := scanCard(rows)
		if err != nil {
			return nil, err
		}
		cards = append(cards, c)
	}
	return cards, rows.Err()
}
