package db

import (
	"context"
	"encoding/json"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
)

const (
	// The words of many cards come as one text, a card a line.
	wordsOfIDs = `SELECT group_concat(card_search.docid || ' ' || card_search.words, char(10))
	FROM json_each(?1) AS wanted CROSS JOIN card_search ON card_search.docid = wanted.value`
	starsOfIDs = `SELECT card.id, card.stars FROM json_each(?1) AS wanted CROSS JOIN card ON card.id = wanted.value`
)

// The parts of a rank.
const (
	rankPhrase = 4 // the terms stand in the prompt as one phrase
	rankNear   = 2 // they stand near each other, as those of a phrase do
	rankStart  = 1 // the prompt begins with the first

	// nearBy is how many other words may stand among the terms for each two of them.
	nearBy = 6
)

// rank puts matches, which come newest first, in order. SQLite gives their words; asked for phrases itself it would read
// on through all matches that were ever made.
func (m *matcher) rank(ctx context.Context, ids []int64) ([]hit, error) {
	list := make([]hit, len(ids))
	place := make(map[int64]int, len(ids))
	for i, id := range ids {
		list[i], place[id] = hit{id: id}, i
	}
	wanted, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	var words string
	if err := m.s.read.QueryRowContext(ctx, wordsOfIDs, string(wanted)).Scan(&words); err != nil {
		return nil, err
	}
	r := ranker{terms: m.query.all}
	for line := range strings.Lines(words) {
		number, words, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		id, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			return nil, err
		}
		if i, ok := place[id]; ok {
			list[i].rank = r.rank(words)
		}
	}
	if err := m.addStars(ctx, list); err != nil {
		return nil, err
	}
	slices.SortFunc(list, hit.compare)
	return list, nil
}

// addStars notes the stars of those that have any. Where few cards have some, these are found first, so that the others
// need not be read.
func (m *matcher) addStars(ctx context.Context, list []hit) error {
	place := make(map[int64]int, len(list))
	for i, h := range list {
		place[h.id] = i
	}
	starred := func(p prefix) string { return string(p) + mark(markStarred, "") }
	ids, err := m.ids(ctx, m.everyone(starred), slices.MinFunc(list, hit.older).id-1, slices.MaxFunc(list, hit.older).id+1, MaxTotal+1, true)
	if err != nil {
		return err
	}
	if len(ids) > MaxTotal {
		ids = slices.Collect(maps.Keys(place))
	}
	ids = slices.DeleteFunc(ids, func(id int64) bool { _, ok := place[id]; return !ok })
	if len(ids) == 0 {
		return nil
	}
	wanted, err := json.Marshal(ids)
	if err != nil {
		return err
	}
	rows, err := m.s.read.QueryContext(ctx, starsOfIDs, string(wanted))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id, stars int64
		if err := rows.Scan(&id, &stars); err != nil {
			return err
		}
		list[place[id]].stars = byte(min(stars, math.MaxUint8))
	}
	return rows.Err()
}

// ranker ranks one prompt after the other.
type ranker struct {
	terms  []term
	tokens []string
	seen   []occurrence
}

// occurrence is where a term stands among the tokens of a prompt.
type occurrence struct{ term, first, end int }

// rank is how good a prompt is, given as it is indexed.
func (r *ranker) rank(words string) byte {
	r.tokens, r.seen = r.tokens[:0], r.seen[:0]
	for words != "" {
		var token string
		token, words, _ = strings.Cut(words, " ")
		r.tokens = append(r.tokens, token[strings.IndexByte(token, 'q')+1:]) // without the prefix of its space
	}
	var rank byte
	for at := range r.tokens {
		for i, t := range r.terms {
			if t.standsAt(r.tokens[at:]) {
				r.seen = append(r.seen, occurrence{i, at, at + len(t.tokens)})
				if at == 0 && i == 0 {
					rank |= rankStart
				}
			}
		}
	}
	if len(r.terms) == 1 {
		return rank
	}
	if r.phrase() {
		return rank | rankPhrase | rankNear
	}
	if r.near() {
		rank |= rankNear
	}
	return rank
}

// standsAt tells whether tokens begin with the term.
func (t term) standsAt(tokens []string) bool {
	if len(tokens) < len(t.tokens) {
		return false
	}
	last := len(t.tokens) - 1
	for i, token := range t.tokens {
		if tokens[i] != token && !(i == last && t.begins && strings.HasPrefix(tokens[i], token)) {
			return false
		}
	}
	return true
}

// phrase tells whether the terms follow each other somewhere. What was seen stands in the order of the prompt, so one
// pass is enough. reached holds how many terms of a phrase were seen, and where they end.
func (r *ranker) phrase() bool {
	reached := map[[2]int]bool{}
	for _, o := range r.seen {
		if o.term == 0 || reached[[2]int{o.term - 1, o.first}] {
			if o.term == len(r.terms)-1 {
				return true
			}
			reached[[2]int{o.term, o.end}] = true
		}
	}
	return false
}

// near tells whether all terms stand within a few words.
func (r *ranker) near() bool {
	most := nearBy * (len(r.terms) - 1)
	for _, t := range r.terms {
		most += len(t.tokens)
	}
	last := make([]int, len(r.terms)) // where each term was seen last
	for i := range last {
		last[i] = -1
	}
	for _, o := range r.seen {
		last[o.term] = o.first
		if first := slices.Min(last); first >= 0 && o.end-first <= most {
			return true
		}
	}
	return false
}
