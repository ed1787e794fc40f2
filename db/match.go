package db

import (
	"context"
	"encoding/json"
	"math"
	"strings"
	"unicode/utf8"
)

const (
	spacesOfView = `SELECT id, owner = '' FROM space WHERE scope = ?1 AND owner IN ('', ?2)`

	// Each takes the expression, the ids between which to look, and how many; and some the scope, since when, and above
	// which id all are. The ids come as one JSON array: a thousand rows cost more to hand over than to find.
	matched  = ` FROM card_search WHERE card_search MATCH ?1 AND docid > ?2 AND docid < ?3 `
	andSince = `AND (docid > ?7 OR docid IN (SELECT card.id FROM card INDEXED BY card_created
	WHERE card.scope = ?5 AND card.created >= ?6 AND card.id <= ?7)) `
	matchedDown = `SELECT json_group_array(docid) FROM (SELECT docid` + matched + `ORDER BY docid DESC LIMIT ?4)`
	matchedUp   = `SELECT json_group_array(docid) FROM (SELECT docid` + matched + `ORDER BY docid LIMIT ?4)`
	sinceDown   = `SELECT json_group_array(docid) FROM (SELECT docid` + matched + andSince + `ORDER BY docid DESC LIMIT ?4)`
	sinceUp     = `SELECT json_group_array(docid) FROM (SELECT docid` + matched + andSince + `ORDER BY docid LIMIT ?4)`

	countMatched = `SELECT count(*) FROM (SELECT docid` + matched + `LIMIT ?4)`
	countSince   = `SELECT count(*) FROM (SELECT docid` + matched + andSince + `LIMIT ?4)`

	// Take the eyes and the ids.
	cardsOfIDs = `SELECT ` + listed + `, card.id FROM json_each(?4) AS wanted CROSS JOIN card ON card.id = wanted.value
	WHERE card.scope = ?1 AND` + visible + `ORDER BY wanted.key`
	visibleIDs = `SELECT json_group_array(id) FROM (SELECT card.id FROM json_each(?4) AS wanted CROSS JOIN card ON card.id = wanted.value
	WHERE card.scope = ?1 AND` + visible + `ORDER BY wanted.key)`
	wholeOfIDs = `SELECT ` + whole + `, card.id FROM json_each(?4) AS wanted CROSS JOIN card ON card.id = wanted.value
	WHERE card.scope = ?1 AND` + visible + `ORDER BY wanted.key`
)

// matcher finds the ids of what a query means in one view.
type matcher struct {
	s        *Store
	prefixes []prefix // of the spaces that the view sees
	public   prefix   // the one of them that is everyone's, if there is one
	eyes     eyes
	need     []string // marks
	query    Query
	since    since
}

func (s *Store) matcher(ctx context.Context, v View, q Query) (*matcher, error) {
	marks, err := q.marks()
	if err != nil {
		return nil, err
	}
	m := &matcher{s: s, query: q, need: append(marks, q.marked...)}
	if m.eyes, err = s.eyes(ctx, v); err != nil {
		return nil, err
	}
	spaces, public, err := s.spaces(ctx, v)
	if err != nil {
		return nil, err
	}
	for _, space := range spaces {
		m.prefixes = append(m.prefixes, spacePrefix(space))
	}
	if public != 0 {
		m.public = spacePrefix(public)
	}
	if !q.Since.IsZero() {
		m.since, err = s.since(ctx, v.Scope, ms(q.Since))
	}
	return m, err
}

// spaces are those whose cards the view may see, and which of them is everyone's, 0 for none.
func (s *Store) spaces(ctx context.Context, v View) (all []int64, public int64, err error) {
	rows, err := s.read.QueryContext(ctx, spacesOfView, text(v.Scope), text(v.Member))
	if err != nil {
		return nil, 0, err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var everyones bool
		if err := rows.Scan(&id, &everyones); err != nil {
			return nil, 0, err
		}
		if all = append(all, id); everyones {
			public = id
		}
	}
	return all, public, rows.Err()
}

// everyone is the expression of something in all spaces of the view.
func (m *matcher) everyone(of func(p prefix) string) string {
	var parts []string
	for _, p := range m.prefixes {
		parts = append(parts, "("+of(p)+")")
	}
	return strings.Join(parts, " OR ")
}

// expression is what the query asks for, in FTS4's enhanced syntax. The tokens hold nothing that has a meaning in it.
func (m *matcher) expression(p prefix) string {
	var words []string
	for _, t := range m.query.all {
		words = append(words, p.phrase(t))
	}
	return m.having(p, words)
}

// having is the expression of what has all of these and what the query asks for beside its words.
func (m *matcher) having(p prefix, words []string) string {
	var ban []string
	need := words
	for _, mark := range m.need {
		need = append(need, string(p)+mark)
	}
	if len(need) == 0 {
		need = append(need, string(p)+bar)
	}
	for _, t := range m.query.none {
		ban = append(ban, p.phrase(t))
	}
	for _, mark := range m.query.without {
		ban = append(ban, string(p)+mark)
	}
	if p == m.public {
		only, not := m.eyes.marked(p)
		need, ban = append(need, only...), append(ban, not...)
	}
	e := "(" + strings.Join(need, " AND ") + ")"
	if len(ban) > 0 {
		e += " NOT (" + strings.Join(ban, " OR ") + ")"
	}
	return e
}

// phrase is the expression of tokens that follow each other.
func (p prefix) phrase(t term) string {
	last := t.tokens[len(t.tokens)-1]
	switch one := utf8.RuneCountInString(last) == 1; {
	case !t.begins || one && standsAlone([]rune(last)[0]):
		return `"` + p.all(strings.Join(t.tokens, " ")) + `"`
	case one && len(t.tokens) == 1:
		return string(p) + mark(markInitial, last)
	}
	return `"` + p.all(strings.Join(t.tokens, " ")) + `*"`
}

// ids are those of the cards an expression matches between two ids, which are left out: the newest first, or the oldest.
func (m *matcher) ids(ctx context.Context, expression string, above, below int64, limit int, newest bool) ([]int64, error) {
	if expression == "" {
		return nil, nil
	}
	query, some := matchedUp, sinceUp
	if newest {
		query, some = matchedDown, sinceDown
	}
	query, args := m.since.narrow(query, some, expression, above, below, limit)
	var list string
	if err := m.s.read.QueryRowContext(ctx, query, args...).Scan(&list); err != nil {
		return nil, err
	}
	var ids []int64
	return ids, json.Unmarshal([]byte(list), &ids)
}

// count is how many cards the query finds above an id, up to a limit.
func (m *matcher) count(ctx context.Context, above int64, limit int) (int, error) {
	if len(m.prefixes) == 0 {
		return 0, nil
	}
	query, args := m.since.narrow(countMatched, countSince, m.everyone(m.expression), above, math.MaxInt64, limit)
	var n int
	err := m.s.read.QueryRowContext(ctx, query, args...).Scan(&n)
	return n, err
}

// visibleOf are those of public and own ids that the view sees, in their order. What it costs counts only where the view
// does not see all channels.
func (s *Store) visibleOf(ctx context.Context, v View, ids []int64) ([]int64, error) {
	e, err := s.eyes(ctx, v)
	if err != nil || len(e.hidden) == 0 {
		return ids, err
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	var seen string
	if err := s.read.QueryRowContext(ctx, visibleIDs, e.args(string(list))...).Scan(&seen); err != nil {
		return nil, err
	}
	ids = nil
	return ids, json.Unmarshal([]byte(seen), &ids)
}

// cardsOf reads the cards of ids that the view can see, in their order.
func (s *Store) cardsOf(ctx context.Context, query string, v View, ids []int64) ([]Card, []int64, error) {
	if len(ids) == 0 {
		return nil, nil, nil
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, nil, err
	}
	e, err := s.eyes(ctx, v)
	if err != nil {
		return nil, nil, err
	}
	return cardsAndIDs(ctx, s.read, query, e.args(string(list))...)
}
