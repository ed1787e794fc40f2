package db

import (
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// derived is all that cards are found by, as text, so that two states of it can be compared.
func derived(t *testing.T, s *Store) []string {
	t.Helper()
	prefixes := regexp.MustCompile(`(^| |\|)\d+q`)
	var list []string
	for _, q := range []string{
		`SELECT 'space ' || scope || ' ' || owner || ' ' || cards FROM space WHERE cards > 0`,
		`SELECT 'tally ' || scope || ' ' || owner || ' ' || kind || ' ' || value || ' ' || uses FROM tally JOIN space ON space.id = space`,
		`SELECT 'picture ' || scope || ' ' || owner || ' ' || key || ' ' || card || ' ' || position || ' ' || hash FROM picture_key JOIN space ON space.id = space`,
		`SELECT 'words ' || docid || ' ' || words || '|' || notes || '|' || marks FROM card_search`,
	} {
		rows, err := s.write.Query(q)
		require.NoError(t, err)
		var line string
		for rows.Next() {
			require.NoError(t, rows.Scan(&line))
			line = prefixes.ReplaceAllString(line, "$1") // spaces may be numbered otherwise
			list = append(list, line)
		}
		require.NoError(t, rows.Err())
		require.NoError(t, rows.Close())
	}
	slices.Sort(list)
	return list
}

// Whatever is done to cards, they are found by what an index made anew would find them by, and by nothing else; and
// every search says what a plain loop over the cards says.
func TestTheIndexSaysWhatTheCardsSay(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	ctx := t.Context()
	random := rand.New(rand.NewPCG(3, 4))
	words := []string{"owl", "rain", "soft", "light", "猫", "雨の中", "café", "고양이"}
	members := []string{asker, colleague, "guest"}
	var numbersOf []int64
	pick := func() int64 { return numbersOf[random.IntN(len(numbersOf))] }
	fine := func(err error) {
		t.Helper()
		_, refused := errors.AsType[*InputError](err)
		if err != nil && !refused && !errors.Is(err, ErrNotFound) && !errors.Is(err, ErrExists) {
			require.NoError(t, err)
		}
	}
	for round := range 240 {
		who := members[random.IntN(len(members))]
		v := by(who)
		if op := random.IntN(12); op < 4 || len(numbersOf) == 0 {
			c := cardOf(fmt.Sprint("j", random.IntN(40)), who)
			c.Private = random.IntN(3) == 0
			c.Prompt, c.Parameters = "", nil
			for range 1 + random.IntN(5) {
				c.Prompt += words[random.IntN(len(words))] + " "
			}
			c.Seed, c.Version, c.Created = uint32(random.IntN(5)), fmt.Sprint(random.IntN(3)), at(int64(round-random.IntN(2)*random.IntN(2)*random.IntN(50))) // some are imported
			card, _, err := s.Keep(ctx, "", c)
			fine(err)
			numbersOf = append(numbersOf, card.Number)
		} else {
			switch op {
			case 4:
				_, err := s.Star(ctx, v, pick(), random.IntN(2) == 0)
				fine(err)
			case 5:
				fine(s.SetNote(ctx, v, pick(), words[random.IntN(len(words))], words[:random.IntN(3)]))
			case 6:
				_, err := s.SetPrivate(ctx, v, pick(), random.IntN(2) == 0)
				fine(err)
			case 7:
				fine(s.Delete(ctx, v, pick(), who))
			case 8:
				_, err := s.Undelete(ctx, v, pick())
				fine(err)
			case 9:
				fine(s.SetPosted(ctx, v, pick(), fmt.Sprint("c", random.IntN(3)), fmt.Sprint("m", round),
					[]Picture{{Position: 1, Hash: random.Uint64(), SHA256: fmt.Sprintf("%064x", random.IntN(9))}}))
			case 10:
				if random.IntN(20) == 0 {
					_, err := s.Forget(ctx, v)
					fine(err)
				}
			case 11:
				if random.IntN(20) == 0 {
					_, err := s.Purge(ctx, time.Now().Add(time.Hour))
					fine(err)
				}
			}
		}
		if round%80 == 79 {
			is := derived(t, s)
			require.NoError(t, s.change(ctx, func(tx *sql.Tx) error { return rebuild(ctx, tx) }))
			require.Equal(t, derived(t, s), is, "round %d", round)
			searchesLikeALoop(t, s, random, words, members)
		}
	}
	var stars int
	require.NoError(t, s.read.QueryRow(`SELECT count(*) FROM card WHERE stars <> (SELECT count(*) FROM star WHERE star.card = card.id)`).Scan(&stars))
	require.Zero(t, stars)
	_, err := s.write.Exec(`INSERT INTO card_search (card_search) VALUES ('integrity-check')`)
	require.NoError(t, err)
}

func searchesLikeALoop(t *testing.T, s *Store, random *rand.Rand, words, members []string) {
	t.Helper()
	for range 15 {
		v := by(append(members, "")[random.IntN(len(members)+1)])
		must, mustNot := words[random.IntN(len(words))], words[random.IntN(len(words))]
		f := Filter{}
		switch random.IntN(6) {
		case 0:
			f.By = members[random.IntN(len(members))]
		case 1:
			f.Starred = true
		case 2:
			f.Version = fmt.Sprint(random.IntN(3))
		case 3:
			f.Since = at(int64(random.IntN(240)))
		case 4:
			f.Tag = []string{words[0]}
		}
		q, err := ParseQuery(must + " -" + mustNot)
		require.NoError(t, err)
		q.Filter = f
		var want []int64
		for c, err := range s.Export(t.Context(), v, Query{}) {
			require.NoError(t, err)
			has := func(word string) bool {
				for _, text := range append([]string{c.Prompt, c.Note}, c.Tags...) {
					if strings.Contains(" "+strings.Join(tokens(text), " ")+" ", " "+strings.Join(tokens(word), " ")+" ") {
						return true
					}
				}
				return false
			}
			if has(must) && !has(mustNot) && (f.By == "" || c.Asker == f.By) && (!f.Starred || c.Stars > 0) &&
				(f.Version == "" || c.Version == f.Version) && !c.Created.Before(f.Since) && (len(f.Tag) == 0 || slices.Contains(c.Tags, f.Tag[0])) {
				want = append(want, c.Number)
			}
		}
		var got []int64
		var pages [][]int64
		cursor := ""
		for {
			r, err := s.Search(t.Context(), v, q, cursor, 3)
			require.NoError(t, err)
			require.Equal(t, len(want), r.Total, q.Text)
			got = append(got, numbers(r.Cards)...)
			pages = append(pages, numbers(r.Cards))
			if r.Next == "" {
				for i := len(pages) - 2; i >= 0; i-- { // and back again
					r, err = s.Search(t.Context(), v, q, r.Prev, 3)
					require.NoError(t, err)
					require.Equal(t, pages[i], numbers(r.Cards))
				}
				require.Empty(t, r.Prev)
				break
			}
			cursor = r.Next
		}
		slices.Sort(got)
		require.ElementsMatch(t, want, got, "%q %+v", q.Text, f)
		require.Len(t, slices.Compact(got), len(want), "none comes twice")
	}
}
