package db

import (
	"context"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	// maxNear bounds how many words the nearest are looked for by: the longest, which tell most.
	maxNear = 10
	// maxKnown is how many of the newest cards with a word are known. More would cost more for every word that is common,
	// and those tell least.
	maxKnown = 2 * MaxTotal

	// likeness is what a word in another form counts, where the word itself counts 1.
	likeness = 0.75
)

// wanted is a word that the nearest are looked for by, and what was found of it: the newest maxKnown cards.
type wanted struct {
	term  term
	forms []term
	exact []int64 // that have the word itself
	alike []int64 // that have any form of it
}

// weight is the more, the fewer cards have the word.
func (w *wanted) weight() float64 {
	return math.Log(2 * maxKnown / float64(len(w.alike)))
}

// wanted are what the nearest are looked for by: the words of a query, without little ones beside others, and what was
// quoted, which is on each of them; nothing where all was quoted.
func (q Query) wanted() []*wanted {
	var pieces, quoted []term
	for _, t := range q.all {
		if t.quoted {
			quoted = append(quoted, t)
		} else {
			pieces = append(pieces, t.pieces()...)
		}
	}
	little := func(t term) bool { return isLittle(t.String()) }
	if slices.ContainsFunc(pieces, func(t term) bool { return !little(t) }) {
		pieces = slices.DeleteFunc(pieces, little)
	}
	slices.SortStableFunc(pieces, func(a, b term) int { return utf8.RuneCountInString(b.String()) - utf8.RuneCountInString(a.String()) })
	var list []*wanted
	seen := map[string]bool{}
	for _, t := range pieces {
		if key := t.String(); !seen[key] && len(list) < maxNear {
			seen[key] = true
			list = append(list, &wanted{term: t, forms: t.forms()})
		}
	}
	if len(list) == 0 {
		return nil
	}
	for _, t := range quoted {
		list = append(list, &wanted{term: t, forms: []term{t}})
	}
	return list
}

// String is the term without what parts its tokens.
func (t term) String() string { return strings.Join(t.tokens, "") }

// nearest is a page of cards that have some of the words of the query and all else that it asks for: first those that
// have most of them, where a word counts the more, the rarer it is, and a little less in another form. It looks at the
// newest maxKnown cards of each word.
func (m *matcher) nearest(ctx context.Context, at cursor, isSet bool, limit int) (hits, error) {
	below := int64(math.MaxInt64)
	if isSet && at.anchor < math.MaxInt64 {
		below = at.anchor + 1
	}
	words := m.query.wanted()
	for _, w := range words {
		if err := m.find(ctx, w, below); err != nil {
			return hits{}, err
		}
	}
	words = slices.DeleteFunc(words, func(w *wanted) bool { return len(w.alike) == 0 })
	list := score(words)
	if len(list) == 0 {
		return hits{}, nil
	}
	p := hits{total: len(list), near: true, anchor: slices.MaxFunc(list, hit.older).id}
	if isSet {
		p.anchor = at.anchor
	}
	list = list[:min(len(list), MaxTotal)]
	if err := m.addStars(ctx, list); err != nil {
		return hits{}, err
	}
	slices.SortFunc(list, hit.compare)
	p.turnTo(list, at, isSet, limit)
	return p, nil
}

// find looks for a word among the cards with ids below one. Other forms of a word that is common as it is would find
// nothing that is nearer.
func (m *matcher) find(ctx context.Context, w *wanted, below int64) (err error) {
	if w.exact, err = m.withOne(ctx, below, w.term); err != nil {
		return err
	}
	if len(w.exact) > MaxTotal || len(w.forms) == 1 {
		w.alike = w.exact
		return nil
	}
	w.alike, err = m.withOne(ctx, below, w.forms...)
	return err
}

// withOne are the ids of the newest cards that have one of the terms, and all that the query asks for beside words that
// need not be there.
func (m *matcher) withOne(ctx context.Context, below int64, terms ...term) ([]int64, error) {
	expression := m.everyone(func(p prefix) string {
		var need, any []string
		for _, t := range m.query.all {
			if t.quoted {
				need = append(need, p.phrase(t))
			}
		}
		for _, t := range terms {
			any = append(any, p.phrase(t))
		}
		return m.having(p, append(need, "("+strings.Join(any, " OR ")+")"))
	})
	return m.ids(ctx, expression, 0, below, maxKnown, true)
}

// score gives what was found a rank by what it has, the best and of those the newest first.
func score(words []*wanted) []hit {
	var whole float64
	scores := map[int64]float64{}
	for _, w := range words {
		weight := w.weight()
		whole += weight
		for _, id := range w.alike {
			scores[id] += likeness * weight
		}
		for _, id := range w.exact {
			if id >= w.alike[len(w.alike)-1] { // else there are more of the others than are known
				scores[id] += (1 - likeness) * weight
			} else {
				scores[id] += weight
			}
		}
	}
	list := make([]hit, 0, len(scores))
	for id, score := range scores {
		list = append(list, hit{rank: byte(math.Round(math.MaxUint8 * score / whole)), id: id})
	}
	slices.SortFunc(list, hit.compare)
	return list
}
