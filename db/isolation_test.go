package db

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTwoServersNeverMeet(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	ctx := t.Context()
	file := fmt.Sprintf("%064x", 77)
	for _, scope := range []string{guild, other} {
		for i, secret := range []bool{false, true} {
			c := cardOf(fmt.Sprint("j", i), asker)
			c.Scope, c.Private = scope, secret
			c.Pictures = []Picture{{Position: 1, SHA256: file, Hash: 99}}
			keepCard(t, s, c)
		}
	}
	for _, c := range []struct {
		v    View
		want []int64
	}{
		{View{Scope: guild, Member: asker}, []int64{2, 1}}, {View{Scope: guild, Member: colleague}, []int64{1}}, {View{Scope: guild, Member: ""}, []int64{1}},
		{View{Scope: other, Member: asker}, []int64{2, 1}}, {View{Scope: other, Member: colleague}, []int64{1}}, {View{Scope: "", Member: asker}, []int64{}}, {View{Scope: "x", Member: asker}, []int64{}},
	} {
		check := func(cards []Card, err error) {
			t.Helper()
			require.NoError(t, err)
			require.Equal(t, c.want, numbers(cards))
			for _, card := range cards {
				require.Equal(t, c.v.Scope, card.Scope)
			}
		}
		for _, text := range []string{"lighthouse", "seed:3937070146", "tag:sea", "print", "-owl", ""} {
			q, err := ParseQuery(text)
			require.NoError(t, err)
			r, err := s.Search(ctx, c.v, q, "", 0)
			check(r.Cards, err)
			require.Len(t, c.want, r.Total)
			var exported []Card
			for card, err := range s.Export(ctx, c.v, q) {
				require.NoError(t, err)
				exported = append([]Card{card}, exported...)
			}
			check(exported, nil)
		}
		check(s.Suggest(ctx, c.v, "lightho", 0))
		check(s.History(ctx, c.v, Filter{By: asker}, Page{}))
		var cards []Card
		for _, look := range []struct {
			file string
			hash uint64
		}{{file, 0}, {"", 98}} {
			matches, err := s.CardsOfPicture(ctx, c.v, look.file, look.hash, 3, 0)
			require.NoError(t, err)
			cards = nil
			for _, m := range matches {
				cards = append(cards, m.Card)
			}
			check(cards, nil)
		}
		tags, err := s.Tags(ctx, c.v, "", 0)
		require.NoError(t, err)
		versions, err := s.Versions(ctx, c.v)
		require.NoError(t, err)
		if len(c.want) > 0 {
			require.Equal(t, []string{"brand", "sea"}, tags)
			require.Equal(t, []string{"7"}, versions)
		} else {
			require.Empty(t, append(tags, versions...))
		}
	}
}
