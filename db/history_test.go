package db

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// Every page is compared with what a plain loop over all cards says.
func TestHistoryPages(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	random := rand.New(rand.NewPCG(1, 2))
	seen := map[string][]int64{} // newest first
	for i := range 60 {
		c := cardOf(fmt.Sprint("j", i), []string{asker, colleague}[random.IntN(2)])
		c.Private = random.IntN(3) > 0
		kept := keepCard(t, s, c)
		for _, m := range []string{asker, colleague, ""} {
			if !c.Private || m == c.Asker {
				seen[m] = append([]int64{kept.Number}, seen[m]...)
			}
		}
	}
	for member, all := range seen {
		for range 200 {
			p := Page{Before: random.Int64N(64), After: random.Int64N(64), Limit: 1 + random.IntN(12)}
			if random.IntN(2) == 0 {
				p.After = 0
			}
			want := slices.Clone(all)
			want = slices.DeleteFunc(want, func(n int64) bool { return p.Before > 0 && n >= p.Before || n <= p.After })
			if over := len(want) - p.Limit; over > 0 && p.After > 0 {
				want = want[over:]
			} else if over > 0 {
				want = want[:p.Limit]
			}
			cards, err := s.History(t.Context(), by(member), Filter{}, p)
			require.NoError(t, err)
			require.Equal(t, want, numbers(cards), "%+v for %q", p, member)
		}
		for _, n := range []int64{0, 1, 30, 60, 99} {
			newer, err := s.CountNewer(t.Context(), by(member), Filter{}, n)
			require.NoError(t, err)
			require.Equal(t, len(slices.DeleteFunc(slices.Clone(all), func(m int64) bool { return m <= n })), newer)
		}
		count, err := s.Count(t.Context(), by(member), Filter{})
		require.NoError(t, err)
		require.Len(t, all, count)
	}
}

func TestHistoryIsLight(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	c := keepCard(t, s, cardOf("j", asker))
	c.Raw, c.Pictures = nil, nil
	cards, err := s.History(t.Context(), by(asker), Filter{}, Page{})
	require.NoError(t, err)
	require.Equal(t, []Card{c}, cards, "all but Raw and Pictures")
}

func TestHistoryOfNothing(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	for _, p := range []Page{{}, {Before: -1, After: -1, Limit: -1}, {After: 5}} {
		cards, err := s.History(t.Context(), by(asker), Filter{}, p)
		require.NoError(t, err)
		require.Empty(t, cards)
	}
}

func TestSuggest(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	var cards []Card
	for i := range 150 { // cards 1 to 150
		c := cardOf(fmt.Sprint("j", i), asker)
		c.Prompt, c.Seed = "nothing to see", 900_000+uint32(i)
		switch i + 1 {
		case 3:
			c.Prompt = "Ein GROSSES Schiff, 100% _raw_ --ar 3:2"
		case 4:
			c.Prompt = "ÉCLAIR au café, großes 100 raw"
		case 5:
			c.Prompt, c.Seed = "Ωmega 漢字", 14
		case 6:
			c.Seed = 145
		case 140:
			c = private(c)
			c.Asker = colleague
		}
		cards = append(cards, c)
	}
	keepCards(t, s, cards)
	for _, c := range []struct {
		name, typed string
		limit       int
		want        []int64
	}{
		{"nothing typed gives the newest", "", 3, []int64{150, 149, 148}},
		{"so do blanks", " \t ", 2, []int64{150, 149}},
		{"a number first, then a whole seed, then numbers and seeds that begin so", "14", 6, []int64{14, 5, 141, 142, 143, 144}},
		{"to the end", "#14", 99, []int64{14, 5, 141, 142, 143, 144, 145, 146, 147, 148, 149, 6}},
		{"a whole number", "#150", 9, []int64{150}},
		{"a whole seed", "900007", 9, []int64{8}},
		{"the beginning of a seed, newest first", "90000", 3, []int64{10, 9, 8}},
		{"zero begins nothing", "0", 9, []int64{}},
		{"zeros before a number are no mistake", "007", 9, []int64{7}},
		{"digits without end", "99999999999999999999999999", 9, []int64{}},
		{"the largest number there is", "9223372036854775807", 9, []int64{}},
		{"a word in any case", "schiff", 9, []int64{3}},
		{"its first letter", "s", 9, []int64{150, 149, 148, 147, 146, 145, 144, 143, 142}},
		{"its first letters", "sc", 9, []int64{3}},
		{"the first letter of a second word", "ein s", 9, []int64{3}},
		{"of any alphabet", "éclair CAFÉ", 9, []int64{4}},
		{"Greek too", "ωMEGA", 9, []int64{5}},
		{"or none", "漢", 9, []int64{5}},
		{"all words, in any order", "raw schiff", 9, []int64{3}},
		{"the beginning of words", "sch gro", 9, []int64{3}},
		{"accents left out", "eclair cafe", 9, []int64{4}},
		{"sharp s in any way", "GROSSES", 9, []int64{4, 3}},
		{"signs part words", "100% _raw_", 9, []int64{4, 3}},
		{"signs alone are no words", "% _", 9, []int64{}},
		{"quotes are words", `' OR 1=1 --`, 9, []int64{}},
		{"a lone # is a word", "#", 9, []int64{}},
		{"more words than are looked for", "a b c d e f g h i j k", 9, []int64{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			cards, err := s.Suggest(t.Context(), by(asker), c.typed, c.limit)
			require.NoError(t, err)
			require.Equal(t, c.want, numbers(cards))
		})
	}
}
