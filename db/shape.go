package db

import (
	"slices"
	"strings"
	"unicode"
)

// What a query asks for, for who has to say why it finds nothing.

// LeavesOut tells what a query is without all that it leaves out; ok is false where it leaves out nothing.
func (q Query) LeavesOut() (without Query, ok bool) {
	ok = len(q.none)+len(q.without) > 0
	q.none, q.without = nil, nil
	return q, ok
}

// Asks tells what a query is without the tags, seeds and parameters that it asks for beside words; ok is false where it
// does not ask for both.
func (q Query) Asks() (words Query, ok bool) {
	ok = len(q.all) > 0 && len(q.marked)+len(q.Tag) > 0
	q.marked, q.Tag = nil, nil
	return q, ok
}

// Quotes tells what a query is with the words of its phrases instead; ok is false where it has no phrases.
func (q Query) Quotes() (words Query, ok bool) {
	var all []term
	for _, t := range q.all {
		if !t.quoted || len(t.tokens) == 1 {
			all = append(all, t)
			continue
		}
		all, ok = append(all, t.pieces()...), true
	}
	q.all = all
	return q, ok
}

// OnlySeed is the seed, in digits, of a query that asks for nothing else; "" for any other.
func (q Query) OnlySeed() string {
	if len(q.all)+len(q.none)+len(q.without) > 0 || !q.isZero() || len(q.marked) != 1 {
		return ""
	}
	digits, _ := strings.CutPrefix(q.marked[0], string(markSeed))
	if !isDigits(digits) {
		return ""
	}
	return digits
}

// IsShort tells that all words of a query are single letters.
func (q Query) IsShort() bool {
	long := func(t term) bool {
		letters := []rune(t.String())
		return len(letters) > 1 || standsAlone(letters[0]) || !unicode.IsLetter(letters[0])
	}
	return len(q.all) > 0 && !slices.ContainsFunc(q.all, long)
}
