package db

import (
	"context"
	"encoding/json"
	"math"
	"slices"
	"strings"
)

// eyes are a view as queries take it: the scope as ?1, the member as ?2, and as ?3 the audiences that it sees as a JSON
// array, or NULL for all. An audience that came up a moment ago is none of them.
type eyes struct {
	View
	audiences    any
	seen, hidden []int64 // of the scope; both empty where ?3 is NULL
}

// Conditions on cards. A member's own cards are always theirs; a deleted card's owner is NULL.
const (
	visible = ` card.owner IN ('', ?2) AND` + inSight
	inSight = ` (?3 IS NULL OR card.audience IN (SELECT value FROM json_each(?3)) OR card.asker = nullif(?2, '')) `
)

func (s *Store) eyes(ctx context.Context, v View) (eyes, error) { return eyesOf(ctx, s.read, v) }

func eyesOf(ctx context.Context, from questioner, v View) (eyes, error) {
	e := eyes{View: View{Scope: text(v.Scope), Member: text(v.Member), Channels: v.Channels}}
	if v.Channels == nil {
		return e, nil
	}
	rows, err := from.QueryContext(ctx, audiencesOfScope, e.Scope)
	if err != nil {
		return eyes{}, err
	}
	defer rows.Close()
	sees := map[string]bool{}
	for _, channel := range v.Channels {
		sees[text(channel)] = true
	}
	e.seen = []int64{noAudience}
	for rows.Next() {
		var id int64
		var list string
		if err := rows.Scan(&id, &list); err != nil {
			return eyes{}, err
		}
		var channels []string
		if err := json.Unmarshal([]byte(list), &channels); err != nil {
			return eyes{}, err
		}
		if slices.ContainsFunc(channels, func(channel string) bool { return sees[channel] }) {
			e.seen = append(e.seen, id)
		} else {
			e.hidden = append(e.hidden, id)
		}
	}
	if err := rows.Err(); err != nil {
		return eyes{}, err
	}
	list, err := json.Marshal(e.seen)
	e.audiences = string(list)
	return e, err
}

// args are what a query of the view takes, followed by its own.
func (e eyes) args(of ...any) []any { return append([]any{e.Scope, e.Member, e.audiences}, of...) }

// maxMarked bounds how many audiences one expression of a search names.
const maxMarked = 500

// marked tells in the syntax of searches which public cards the view sees: by what they need, or by what they must not
// have, whichever is shorter. Of too many to name, some of those seen are left out.
func (e eyes) marked(p prefix) (need, ban []string) {
	if len(e.hidden) == 0 {
		return nil, nil
	}
	own := string(p) + mark(markAsker, e.Member)
	if len(e.hidden) > min(len(e.seen), maxMarked) {
		seen := p.any(e.seen[:min(len(e.seen), maxMarked+1)]) // one is of no channel
		if e.Member != "" {
			seen += " OR " + own
		}
		return []string{"(" + seen + ")"}, nil
	}
	hidden := "(" + p.any(e.hidden) + ")"
	if e.Member != "" {
		hidden = "(" + hidden + " NOT " + own + ")"
	}
	return nil, []string{hidden}
}

// elsewhere finds the member's own public cards that the view would not see otherwise, each by one of the expressions.
func (s *Store) elsewhere(ctx context.Context, e eyes) (expressions []string, err error) {
	if e.Member == "" || len(e.hidden) == 0 {
		return nil, nil
	}
	_, public, err := s.spaces(ctx, e.View)
	if err != nil || public == 0 {
		return nil, err
	}
	p := spacePrefix(public)
	for part := range slices.Chunk(e.hidden, maxMarked) {
		expressions = append(expressions, string(p)+mark(markAsker, e.Member)+" AND ("+p.any(part)+")")
	}
	return expressions, nil
}

// countElsewhere is how many they are.
func (s *Store) countElsewhere(ctx context.Context, e eyes) (all int, err error) {
	expressions, err := s.elsewhere(ctx, e)
	for _, expression := range expressions {
		var n int
		if err := s.read.QueryRowContext(ctx, countMatched, expression, 0, math.MaxInt64, math.MaxInt32).Scan(&n); err != nil {
			return 0, err
		}
		all += n
	}
	return all, err
}

// any is the expression of cards of one of the audiences.
func (p prefix) any(audiences []int64) string {
	parts := make([]string, 0, len(audiences))
	for _, id := range audiences {
		parts = append(parts, string(p)+audienceMark(id))
	}
	return strings.Join(parts, " OR ")
}
