package db

import (
	"context"
	"strconv"
	"strings"
)

const (
	// suggestWindow is how many of the newest cards are searched by their text: milliseconds, however long the history.
	suggestWindow = 3000
	maxWords      = 8

	// Takes the scope, the member, a seed and how many.
	cardsOfSeed = `SELECT ` + listed + ` FROM card WHERE card.scope = ?1 AND` + visible + `AND card.seed = ?3
	ORDER BY card.number DESC LIMIT ?4`

	// The narrow inner query looks through the window; whole rows are read of what it finds. It takes the scope, the
	// member, the window, how many, and what the condition between its two parts takes.
	windowed = `SELECT ` + listed + ` FROM card WHERE card.id IN (SELECT id FROM (
	SELECT id, number, seed, folded FROM card INDEXED BY card_owner WHERE scope = ?1 AND owner = ''
	UNION ALL SELECT id, number, seed, folded FROM card INDEXED BY card_owner WHERE scope = ?1 AND owner = ?2 AND owner <> ''
	ORDER BY number DESC LIMIT ?3) WHERE `
	windowedEnd = ` ORDER BY number DESC LIMIT ?4) ORDER BY card.number DESC`

	seedBegins = `instr(CAST(seed AS TEXT), ?5) = 1`
)

// Suggest finds cards for a text that is still being typed, without their Pictures and Raw: the newest for no text; for
// digits, with or without #, the numbers and seeds that begin so, whole ones first; else cards whose prompt holds all of
// the words, in any case. Text and the beginning of a seed are looked for among the newest few thousand cards only.
func (s *Store) Suggest(ctx context.Context, v View, typed string, limit int) ([]Card, error) {
	limit = min(or(limit, defaultPage), maxPage)
	words := strings.Fields(fold(typed))
	if len(words) == 0 {
		return s.History(ctx, v, Page{Limit: limit})
	}
	if digits := strings.TrimPrefix(words[0], "#"); len(words) == 1 && isDigits(digits) {
		cards, err := s.suggestNumber(ctx, v, digits, limit)
		return cards, wrap(err, "suggest cards")
	}
	words = words[:min(len(words), maxWords)]
	args := []any{suggestWindow, limit}
	for _, w := range words {
		args = append(args, w)
	}
	cards, err := s.cards(ctx, wordsQuery(len(words)), v, args...)
	return cards, wrap(err, "suggest cards")
}

// wordsQuery looks for prompts that hold n words. instr, not LIKE: nothing in a word means more than itself.
func wordsQuery(n int) string {
	var q strings.Builder
	q.WriteString(windowed)
	for i := range n {
		if i > 0 {
			q.WriteString(" AND ")
		}
		q.WriteString("instr(folded, ?" + strconv.Itoa(5+i) + ") > 0")
	}
	q.WriteString(windowedEnd)
	return q.String()
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
	err = find(windowed+seedBegins+windowedEnd, suggestWindow, limit, digits)
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
