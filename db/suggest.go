package db

import (
	"context"
	"math"
	"strconv"
	"strings"
)

const (
	maxWords = 8

	// Takes the eyes, a seed and how many.
	cardsOfSeed = `SELECT ` + listed + ` FROM card WHERE card.scope = ?1 AND` + visible + `AND card.seed = ?4
	ORDER BY card.number DESC LIMIT ?5`
)

// Suggest finds cards for a text that is still being typed, newest first and without their Pictures and Raw: the newest
// for no text; for digits, with or without #, the numbers and seeds that begin so, whole ones first; else cards that hold
// words which begin with each of those typed, as Search finds them.
func (s *Store) Suggest(ctx context.Context, v View, typed string, limit int) ([]Card, error) {
	limit = min(or(limit, defaultPage), maxPage)
	words := strings.Fields(typed)
	if len(words) == 0 {
		return s.History(ctx, v, Filter{}, Page{Limit: limit})
	}
	if digits, ok := numberTyped(words); ok {
		cards, err := s.suggestNumber(ctx, v, digits, limit)
		return cards, wrap(err, "suggest cards")
	}
	q := queryTyped(words)
	if len(q.all) == 0 {
		return nil, nil
	}
	cards, err := s.newestOf(ctx, v, q, limit)
	return cards, wrap(err, "suggest cards")
}

// SuggestNearest finds cards for a text of which Suggest finds none: those that have some of its words, as Search finds
// the nearest, the best first.
func (s *Store) SuggestNearest(ctx context.Context, v View, typed string, limit int) ([]Card, error) {
	words := strings.Fields(typed)
	if _, ok := numberTyped(words); ok {
		return nil, nil
	}
	m, err := s.matcher(ctx, v, queryTyped(words))
	if err != nil {
		return nil, wrap(err, "suggest the nearest cards")
	}
	page, err := m.nearest(ctx, cursor{}, false, min(or(limit, defaultPage), maxPage))
	if err != nil {
		return nil, wrap(err, "suggest the nearest cards")
	}
	cards, _, err := s.cardsOf(ctx, cardsOfIDs, v, page.ids())
	return cards, wrap(err, "suggest the nearest cards")
}

// numberTyped are the digits of a text that is a number, with or without #.
func numberTyped(words []string) (digits string, ok bool) {
	if len(words) != 1 {
		return "", false
	}
	digits = strings.TrimPrefix(words[0], "#")
	return digits, isDigits(digits)
}

// queryTyped is what words mean that may all still be typed.
func queryTyped(words []string) (q Query) {
	for _, word := range words[:min(len(words), maxWords)] {
		if t := (term{tokens: tokens(word), begins: true}); len(t.tokens) > 0 {
			q.all = append(q.all, t)
		}
	}
	return q
}

// newestOf are the newest cards that a query finds.
func (s *Store) newestOf(ctx context.Context, v View, q Query, limit int) ([]Card, error) {
	m, err := s.matcher(ctx, v, q)
	if err != nil {
		return nil, err
	}
	ids, err := m.ids(ctx, m.everyone(m.expression), 0, math.MaxInt64, limit, true)
	if err != nil {
		return nil, err
	}
	cards, _, err := s.cardsOf(ctx, cardsOfIDs, v, ids)
	return cards, err
}

func (s *Store) suggestNumber(ctx context.Context, v View, digits string, limit int) ([]Card, error) {
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil { // more digits than any number or seed has
		return nil, nil
	}
	found := suggestions{limit: limit, seen: map[int64]bool{}}
	find := func(query string, args ...any) error {
		if found.full() {
			return nil
		}
		cards, err := s.cards(ctx, query, v, args...)
		found.add(cards)
		return err
	}
	if err := find(pageUp, n-1, n+1, 1); err != nil {
		return nil, err
	}
	if err := find(cardsOfSeed, n, limit); err != nil {
		return nil, err
	}
	// 14 begins 140 to 149, 1400 to 1499 and so on: each a range of the index.
	for low, high := n*10, n*10+9; n > 0 && n < maxNumber && digits[0] != '0' && high < maxNumber; low, high = low*10, high*10+9 {
		if err := find(pageUp, low-1, high+1, limit); err != nil {
			return nil, err
		}
	}
	if found.full() {
		return found.cards, nil
	}
	cards, err := s.newestOf(ctx, v, Query{marked: []string{mark(markSeed, digits) + "*"}}, limit)
	found.add(cards)
	return found.cards, err
}

// maxNumber is beyond any number that a scope will come to.
const maxNumber = 1_000_000_000

// suggestions are cards without doubles, as many as were asked for.
type suggestions struct {
	cards []Card
	seen  map[int64]bool
	limit int
}

func (f *suggestions) full() bool { return len(f.cards) >= f.limit }

func (f *suggestions) add(cards []Card) {
	for _, c := range cards {
		if !f.full() && !f.seen[c.Number] {
			f.seen[c.Number] = true
			f.cards = append(f.cards, c)
		}
	}
}

func isDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}
