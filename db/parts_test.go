package db

import (
	"database/sql"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// parts are a load that came in several files: each tells the last number and all recipes, and some of the cards.
func (l Load) parts(of int) []Load {
	list := make([]Load, of)
	for i := range list {
		list[i] = l
		list[i].Cards = nil
	}
	for i, c := range l.Cards {
		list[i%of].Cards = append(list[i%of].Cards, c)
	}
	return list
}

// ownOf are the private cards of a member, as a load of the member's own.
func ownOf(t *testing.T, s *Store, member string) Load {
	t.Helper()
	own := Load{Here: true}
	for _, c := range lifted(t, s, by(member)).Cards {
		if c.Private {
			own.Cards = append(own.Cards, c)
		}
	}
	return own
}

// asFound requires that what cards are found by is as whole as they are, and lists them by number.
func asFound(t *testing.T, s *Store, v View) []int64 {
	t.Helper()
	is := derived(t, s)
	require.NoError(t, s.change(t.Context(), func(tx *sql.Tx) error { return rebuild(t.Context(), tx) }))
	require.Equal(t, derived(t, s), is)
	var pages []int64
	for before := int64(0); ; {
		cards, err := s.History(t.Context(), v, Filter{}, Page{Before: before, Limit: 50})
		require.NoError(t, err)
		if len(cards) == 0 {
			break
		}
		pages = append(pages, numbers(cards)...)
		before = pages[len(pages)-1]
	}
	slices.Reverse(pages)
	require.True(t, slices.IsSorted(pages), "%v", pages)
	return pages
}

// A server may have had recipes, and private cards alone.
func TestNumbersComeBackWhereEveryCardWasPrivate(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	_, err := s.Import(t.Context(), by(""), Load{Own: true, Last: 9})
	require.NoError(t, err)
	for _, member := range []string{asker, colleague} {
		card := private(cardOf("of "+member, member))
		card.Number = map[string]int64{asker: 4, colleague: 9}[member]
		_, err := s.Import(t.Context(), by(member), Load{Here: true, Cards: []Whole{{Card: card}}})
		require.NoError(t, err)
		require.Equal(t, []int64{card.Number}, asFound(t, s, by(member)))
	}
	require.EqualValues(t, 10, keepCard(t, s, cardOf("new", asker)).Number)
}

func TestPartsOfAHistoryComeInAnyOrder(t *testing.T) {
	t.Parallel()
	lost := livedIn(t)
	everyone := View{Scope: guild}
	want := lifted(t, lost, everyone)
	require.Greater(t, want.Last, want.Cards[len(want.Cards)-1].Number, "the last number is of a card that is gone")
	parts := want.parts(3)
	for _, order := range [][]int{{0, 2, 1}, {1, 0, 2}, {2, 1, 0}} {
		t.Run(fmt.Sprint(order), func(t *testing.T) {
			t.Parallel()
			ctx := t.Context()
			s := newStore(t)
			elsewhere := cardOf("elsewhere", asker)
			elsewhere.Scope = other
			keepCard(t, s, elsewhere)
			for n, part := range order {
				if n == 1 { // what is given in between goes behind
					require.Equal(t, want.Last+1, keepCard(t, s, cardOf("meanwhile", colleague)).Number)
				}
				result, err := s.Import(ctx, everyone, parts[part])
				require.NoError(t, err)
				require.Equal(t, Counted{Added: len(parts[part].Cards)}, result.Counted)
			}
			require.NoError(t, s.Delete(ctx, by(colleague), want.Last+1, colleague))
			got := lifted(t, s, everyone)
			got.Last = want.Last
			require.Equal(t, want, got, "numbers, stars, places, sheets, parents, recipes and all")

			own := ownOf(t, lost, asker)
			require.NotEmpty(t, own.Cards)
			result, err := s.Import(ctx, by(asker), own)
			require.NoError(t, err)
			require.Equal(t, Counted{Added: len(own.Cards)}, result.Counted)
			require.Equal(t, asFound(t, lost, by(asker)), asFound(t, s, by(asker)), "private cards have their numbers again")
			for _, again := range append(slices.Clone(parts), own) {
				result, err := s.Import(ctx, by(asker), again)
				require.NoError(t, err)
				require.Equal(t, Counted{Known: len(again.Cards)}, result.Counted, "twice is once")
			}
			require.Equal(t, want.Last+2, keepCard(t, s, cardOf("new", asker)).Number)
			require.Equal(t, []int64{1}, asFound(t, s, View{Scope: other, Member: asker}))
		})
	}
}

func TestANumberThatCameBackIsNotForEverybody(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	ctx := t.Context()
	_, err := s.Import(ctx, by(asker), Load{Own: true, Last: 10, Cards: []Whole{{Card: Card{Number: 4, Seed: 4, Prompt: "owl"}}}})
	require.NoError(t, err)
	bring := func(l Load) int64 {
		t.Helper()
		result, err := s.Import(ctx, by(colleague), l)
		require.NoError(t, err)
		require.Equal(t, 1, result.Added)
		cards, err := s.History(ctx, by(colleague), Filter{}, Page{Limit: 100})
		require.NoError(t, err)
		for _, c := range cards {
			if c.Seed == l.Cards[0].Seed {
				return c.Number
			}
		}
		return 0
	}
	mine := func(number int64, seed uint32, here bool) Load {
		return Load{Here: here, Cards: []Whole{{Card: Card{Number: number, Seed: seed, Prompt: "x", Private: true, Asker: colleague}}}}
	}
	require.EqualValues(t, 2, bring(mine(2, 2, true)))
	require.EqualValues(t, 9, bring(mine(9, 9, true)))
	require.EqualValues(t, 11, bring(mine(2, 12, true)), "which is given by now")
	require.EqualValues(t, 12, bring(mine(3, 3, false)), "of another history")
	require.EqualValues(t, 13, bring(Load{Here: true, Cards: []Whole{{Card: Card{Number: 3, Seed: 33, Prompt: "x"}}}}), "everyone's, on a member's word")
	require.EqualValues(t, 14, bring(mine(400, 400, true)), "that was never given")
	require.Equal(t, []int64{2, 4, 9, 11, 12, 13, 14}, asFound(t, s, by(colleague)))
}

// Where a history was begun anew before the old one came back, its numbers mean what they mean here.
func TestNumbersThatWereGivenHereStay(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	ctx := t.Context()
	keepCards(t, s, []Card{cardOf("a", colleague), cardOf("b", colleague)})
	require.NoError(t, s.Delete(ctx, by(colleague), 2, colleague))
	whole := func(number int64, words string) Whole {
		return Whole{Card: Card{Number: number, Seed: uint32(number), Prompt: words}}
	}
	for _, part := range []Load{{Own: true, Last: 9, Cards: []Whole{whole(8, "late")}}, {Own: true, Last: 9, Cards: []Whole{whole(2, "early"), whole(5, "middle")}}} {
		_, err := s.Import(ctx, by(asker), part)
		require.NoError(t, err)
	}
	require.Equal(t, []int64{1, 5, 8, 10}, asFound(t, s, by(asker)), "the second is another card's for ever")
}
