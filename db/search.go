package db

import (
	"context"
	"math"
	"slices"
)

// MaxTotal is how far results are counted, and how many of the newest matches are put in order of how good they are.
const MaxTotal = 1000

// Result is a page of what a search found.
type Result struct {
	Cards []Card // without Pictures and Raw
	Total int    // of all pages, up to MaxTotal
	More  bool   // there are more than Total
	Near  bool   // none has all words: these have some of them
	// Where the pages after and before this one begin, for Search; "" where there is none. At most 40 letters, digits,
	// - and _.
	Next, Prev string
}

// Search is a page of the cards that the view can see and the query finds. Where it has words, the best of the newest
// MaxTotal matches come first: with all words as one phrase, then near each other, then scattered; of those, prompts
// that begin with the first word; then by stars, then newest first. Without words the newest come first, all of them.
// Where no card has all words, the nearest are found instead: cards with most of them, rarer words counting more, little
// ones nothing, also in other forms (owl for owls). What the query asks for beside words, and what is quoted, holds there,
// too.
// cursor is a Next or Prev of the same query, or "" for the first page; one that is neither begins at the first. Cards
// that are kept or go meanwhile leave the other pages as they are. limit is 25 when it is 0, 1000 at most.
func (s *Store) Search(ctx context.Context, v View, q Query, cursor string, limit int) (Result, error) {
	limit = min(or(limit, defaultPage), maxPage)
	m, err := s.matcher(ctx, v, q)
	if err != nil {
		return Result{}, wrap(err, "search cards")
	}
	if len(m.prefixes) == 0 {
		return Result{}, nil
	}
	at, isSet := parseCursor(cursor)
	var page hits
	switch {
	case len(q.all) == 0:
		page, err = m.newest(ctx, at, isSet, limit)
	case !at.near:
		page, err = m.best(ctx, at, isSet, limit)
	}
	if err == nil && len(q.all) > 0 && len(page.hits) == 0 && (at.near || !isSet) {
		page, err = m.nearest(ctx, at, isSet, limit)
	}
	if err != nil {
		return Result{}, wrap(err, "search cards")
	}
	cards, _, err := s.cardsOf(ctx, cardsOfIDs, v, page.ids())
	if err != nil {
		return Result{}, wrap(err, "search cards")
	}
	r := Result{Cards: cards, Total: min(page.total, MaxTotal), More: page.total > MaxTotal, Near: page.near}
	if n := len(page.hits); n > 0 {
		at.anchor, at.near = page.anchor, page.near
		if page.after {
			at.back, at.hit = false, page.hits[n-1]
			r.Next = at.String()
		}
		if page.before {
			at.back, at.hit = true, page.hits[0]
			r.Prev = at.String()
		}
	}
	return r, nil
}

// hits is a page before its cards are read.
type hits struct {
	hits          []hit
	total         int // up to MaxTotal + 1
	anchor        int64
	before, after bool // there are pages
	near          bool // these have only some of the words
}

func (p hits) ids() []int64 {
	ids := make([]int64, 0, len(p.hits))
	for _, h := range p.hits {
		ids = append(ids, h.id)
	}
	return ids
}

// newest is a page of matches by age.
func (m *matcher) newest(ctx context.Context, at cursor, isSet bool, limit int) (hits, error) {
	expression := m.everyone(m.expression)
	above, below := int64(0), int64(math.MaxInt64)
	switch {
	case isSet && at.back:
		above = at.hit.id
	case isSet:
		below = at.hit.id
	}
	ids, err := m.ids(ctx, expression, above, below, limit+1, !at.back)
	if err != nil {
		return hits{}, err
	}
	more := len(ids) > limit
	ids = ids[:min(len(ids), limit)]
	if at.back {
		slices.Reverse(ids)
	}
	p := hits{before: isSet, after: more, anchor: 1}
	switch {
	case isSet && at.back:
		p.before, p.after = more, true
	case isSet && len(ids) > 0: // the page it came from may be gone
		newer, err := m.ids(ctx, expression, ids[0], math.MaxInt64, 1, false)
		if err != nil {
			return hits{}, err
		}
		p.before = len(newer) > 0
	}
	for _, id := range ids {
		p.hits = append(p.hits, hit{id: id})
	}
	p.total, err = m.count(ctx, 0, MaxTotal+1)
	return p, err
}

// best is a page of matches by how good they are.
func (m *matcher) best(ctx context.Context, at cursor, isSet bool, limit int) (hits, error) {
	below := int64(math.MaxInt64)
	if isSet && at.anchor < math.MaxInt64 {
		below = at.anchor + 1
	}
	ids, err := m.ids(ctx, m.everyone(m.expression), 0, below, MaxTotal+1, true)
	if err != nil || len(ids) == 0 {
		return hits{}, err
	}
	p := hits{total: len(ids), anchor: ids[0]}
	if isSet {
		p.anchor = at.anchor
	}
	list, err := m.rank(ctx, ids[:min(len(ids), MaxTotal)])
	if err != nil {
		return hits{}, err
	}
	p.turnTo(list, at, isSet, limit)
	return p, nil
}

// turnTo takes the page that begins or ends at a place of a list that is in order.
func (p *hits) turnTo(list []hit, at cursor, isSet bool, limit int) {
	first, last := 0, min(limit, len(list))
	if isSet {
		edge, found := slices.BinarySearchFunc(list, at.hit, hit.compare)
		switch {
		case at.back:
			first, last = max(edge-limit, 0), edge
		case found:
			edge++
			fallthrough
		default:
			first, last = edge, min(edge+limit, len(list))
		}
	}
	p.hits, p.before, p.after = list[first:last], first > 0, last < len(list)
}
