package db

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Every time is compared with a plain loop, in a history where imports brought what is older.
func TestCardsSinceATime(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	random := rand.New(rand.NewPCG(8, 9))
	var cards []Card
	for i := range int64(60) {
		c := cardOfPrompt("owl")
		c.Created = at(10 + i/2*2)
		if i < 20 && random.IntN(2) == 0 {
			c.Created = at(random.Int64N(60))
		}
		cards = append(cards, c)
	}
	check := func() {
		for second := range int64(75) {
			f := Filter{Since: at(second)}
			want := 0
			for _, c := range cards {
				if !c.Created.Before(f.Since) {
					want++
				}
			}
			n, err := s.Count(t.Context(), by(asker), f)
			require.NoError(t, err)
			require.Equal(t, want, n, "since %d", second)
			got, err := s.History(t.Context(), by(asker), f, Page{Limit: 100})
			require.NoError(t, err)
			require.Len(t, got, want)
		}
	}
	keepCards(t, s, cards)
	check()
	late := cardOfPrompt("late, but old")
	late.Created = at(30)
	cards = append(cards, keepCard(t, s, late))
	check()
	for _, c := range []Card{
		{Number: 150, Created: at(66)}, {Number: 100, Created: at(70)}, {Number: 101, Created: at(5)}, // at the end, and in between
	} {
		c.Prompt = "back"
		_, err := s.Import(t.Context(), by(asker), Load{Own: true, Last: 200, Cards: []Whole{{Card: c}}})
		require.NoError(t, err)
		cards = append(cards, c)
		check()
	}
	_, err := s.write.Exec(`UPDATE scope SET mixed = 0, mixed_until = 0; UPDATE card_indexed SET version = 0`)
	require.NoError(t, err)
	require.NoError(t, s.reindex(t.Context()))
	check()
	n, err := s.Count(t.Context(), View{Scope: other, Member: asker}, Filter{Since: time.Unix(1, 0)})
	require.NoError(t, err)
	require.Zero(t, n)
}

func TestASearchSinceATimeLooksAtNoCardIfItNeedNot(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	keepCards(t, s, []Card{cardOfPrompt("owl"), cardOfPrompt("owl")})
	n, err := s.since(t.Context(), guild, ms(at(5)))
	require.NoError(t, err)
	query, args := n.narrow("plain", "some", "x", 0, 9, 1)
	require.Equal(t, "plain", query)
	require.Len(t, args, 4)
	n, err = s.since(t.Context(), guild, ms(at(6)))
	require.NoError(t, err)
	_, args = n.narrow("plain", "some", "x", 0, 9, 1)
	require.Greater(t, args[1], int64(9), "there is none")
}
