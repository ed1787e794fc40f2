package db

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func exported(t *testing.T, s *Store, v View, text string) []Card {
	t.Helper()
	q, err := ParseQuery(text)
	require.NoError(t, err)
	var list []Card
	for c, err := range s.Export(t.Context(), v, q) {
		require.NoError(t, err)
		list = append(list, c)
	}
	return list
}

// loadOf is cards as a stranger's file brings them.
func loadOf(cards ...Card) (l Load) {
	for _, c := range cards {
		l.Cards = append(l.Cards, Whole{Card: c})
	}
	return l
}

// fullHistory has cards of every kind, some numbers that are gone, and stars and messages.
func fullHistory(t *testing.T) *Store {
	s := newStore(t)
	ctx := t.Context()
	var cards []Card
	for i := range exportPart + 20 {
		c := cardOf(fmt.Sprint("j", i), asker)
		c.Seed, c.Parent = uint32(i), 0
		switch i % 6 {
		case 1:
			c.Private = true
		case 2:
			c.Source, c.Job = Pasted, ""
		case 3:
			c.Parent = int64(i) - 1
		case 4:
			c.Source, c.Prompt = Prompt, fmt.Sprint("猫 \u202e 'quoted' \"", i)
		case 5:
			c = Card{Scope: guild, Source: Imported, Seed: uint32(i), Asker: colleague, Prompt: fmt.Sprint(i), Created: at(9)}
		}
		cards = append(cards, c)
	}
	keepCards(t, s, cards)
	for _, n := range []int64{1, 13, 40} {
		require.NoError(t, s.Delete(ctx, by(asker), n, asker))
	}
	_, err := s.Star(ctx, by(asker), 3, true)
	require.NoError(t, err)
	require.NoError(t, s.SetPosted(ctx, by(asker), 3, "chan", "m3", nil))
	require.NoError(t, s.SaveSheet(ctx, by(asker), 3, []byte("jpeg")))
	return s
}

// portable is what is left of a card in another history.
func portable(c Card) Card {
	c.Message, c.Stars, c.Starred, c.Sheet = "", 0, false, false
	for i := range c.Pictures {
		p := &c.Pictures[i]
		p.Channel, p.Message, p.Attachment = "", "", ""
	}
	return c
}

func TestExportAndImportGiveTheSameCards(t *testing.T) {
	t.Parallel()
	s := fullHistory(t)
	cards := exported(t, s, by(asker), "")
	require.Len(t, cards, exportPart+17)
	wire, err := json.Marshal(cards)
	require.NoError(t, err)
	var read []Card
	require.NoError(t, json.Unmarshal(wire, &read))

	fresh := newStore(t)
	result, err := fresh.Import(t.Context(), by(asker), loadOf(read...))
	require.NoError(t, err)
	require.Equal(t, Counted{Added: len(cards)}, result.Counted)
	for i := range cards {
		cards[i] = portable(cards[i])
	}
	require.Equal(t, cards, exported(t, fresh, by(asker), ""), "number, time, note and all")
	require.Equal(t, found(t, s, by(asker), "猫"), found(t, fresh, by(asker), "猫"))
	require.Equal(t, numbers(exported(t, s, by(colleague), "")), numbers(exported(t, fresh, by(colleague), "")), "what was private still is")
	require.EqualValues(t, exportPart+21, keepCard(t, fresh, cardOf("new", asker)).Number)

	again, err := fresh.Import(t.Context(), by(asker), loadOf(read...))
	require.NoError(t, err)
	require.Equal(t, Counted{Known: len(cards)}, again.Counted, "a second time brings nothing")
	same, err := s.Import(t.Context(), by(asker), loadOf(read...))
	require.NoError(t, err)
	require.Equal(t, Counted{Known: len(cards)}, same.Counted, "nor does where they came from")
}

func TestImportIntoAHistoryThatHasCards(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	ctx := t.Context()
	keepCard(t, s, cardOf("j1", colleague))
	keepCard(t, s, private(cardOf("j2", colleague)))
	paste := Card{Source: Pasted, Seed: 5, Prompt: "owl", Number: 90}
	later := time.Now().Add(time.Hour)
	result, err := s.Import(ctx, by(asker), loadOf([]Card{
		{Source: Midjourney, Job: "j1", Number: 50},                                          // known
		{Source: Midjourney, Job: "j2", Number: 60, Seed: 1, Asker: "x", Scope: "elsewhere"}, // colleague's is his own
		paste, // new
		paste, // known by now
		{Source: Pasted, Seed: 6, Prompt: "owl", Parent: 60},                 // another seed
		{Source: Pasted, Seed: 5, Prompt: "Owl", Parent: 50, Created: later}, // another prompt
		{Source: Midjourney, Seed: 7, Parent: 1},                             // no job to prove it
		{Source: "rumour", Seed: 8},                                          //
		{Seed: 9, Private: true, Asker: asker},                               //
		{Seed: 10, Private: true, Asker: colleague},                          // rejected
		{Seed: 11, Private: true},                                            // rejected
		{Seed: 12, Tags: []string{"a/b"}},                                    // rejected
		{Seed: 13, Raw: []byte("{")},                                         // rejected
		{Seed: 14, Prompt: strings.Repeat("x", maxImportText+1)},             // rejected
		{Seed: 15, Note: strings.Repeat("x", MaxNote+1)},                     // rejected
		{Seed: 16, Pictures: []Picture{{Position: 1, Channel: "c", Message: "m", Attachment: "a", Hash: 9}}, Channel: "c", Message: "m", Stars: 4, Starred: true, Sheet: true},
	}...))
	require.NoError(t, err)
	var reasons []string
	for _, r := range result.Rejected {
		reasons = append(reasons, fmt.Sprint(r.Index, " ", r.Reason))
	}
	require.Equal(t, []string{
		"9 It is a private card of another member.", "10 It is a private card of another member.",
		"11 A tag holds letters, digits, - and _ only: leave “/” out of “a/b”.",
		"12 What it says of its job or its parameters is too long or no JSON.",
		"13 Its prompt is longer than 20000 characters.", "14 A note has at most 2000 characters: leave 1 out.",
	}, reasons)
	result.Rejected = nil
	require.Equal(t, Counted{Added: 8, Known: 2}, result.Counted)
	cards := exported(t, s, by(asker), "")
	require.Equal(t, []int64{1, 3, 4, 5, 6, 7, 8, 9, 10}, numbers(cards))
	type essence struct {
		seed   uint32
		source Source
		parent int64
	}
	var got []essence
	for _, c := range cards[1:] {
		require.Equal(t, guild, c.Scope)
		require.False(t, c.Created.After(time.Now()), "no card is of the future")
		got = append(got, essence{c.Seed, c.Source, c.Parent})
	}
	require.Equal(t, []essence{
		{1, Midjourney, 0}, {5, Pasted, 0}, {6, Pasted, 3}, {5, Pasted, 1}, {7, Imported, 0}, {8, Imported, 0}, {9, Imported, 0}, {16, Imported, 0},
	}, got)
	require.Equal(t, portable(cards[8]), cards[8], "places of elsewhere stay there")
	require.Equal(t, []Picture{{Position: 1, Hash: 9}}, cards[8].Pictures)
	_, err = s.CardOfMessage(ctx, by(asker), "c", "m")
	require.ErrorIs(t, err, ErrNotFound)
	_, err = s.Import(ctx, View{Member: asker}, Load{})
	require.Error(t, err)
}

func TestNumbersOfAnImport(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name       string
		came, want []int64
	}{
		{"they keep theirs", []int64{3, 7, 20}, []int64{3, 7, 20}},
		{"in whatever order they come", []int64{20, 3, 7}, []int64{3, 7, 20}},
		{"those without one come after", []int64{0, 3, 0}, []int64{3, 4, 5}},
		{"one that comes twice is given once", []int64{3, 3, 4}, []int64{3, 4, 5}},
		{"absurd ones are none", []int64{-5, 1 << 62, 2}, []int64{2, 3, 4}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := newStore(t)
			var cards []Card
			for i, n := range c.came {
				cards = append(cards, Card{Number: n, Seed: uint32(i)})
			}
			_, err := s.Import(t.Context(), by(asker), loadOf(cards...))
			require.NoError(t, err)
			require.Equal(t, c.want, numbers(exported(t, s, by(asker), "")))
			require.Equal(t, c.want[len(c.want)-1]+1, keepCard(t, s, cardOf("j", asker)).Number)
		})
	}
	t.Run("a history whose cards are gone is not new", func(t *testing.T) {
		t.Parallel()
		s := newStore(t)
		keepCard(t, s, cardOf("j", asker))
		require.NoError(t, s.Delete(t.Context(), by(asker), 1, asker))
		_, err := s.Import(t.Context(), by(asker), loadOf(Card{Number: 1, Seed: 1}))
		require.NoError(t, err)
		require.Equal(t, []int64{2}, numbers(exported(t, s, by(asker), "")))
	})
}

func TestAnImportThatBreaksOffChangesNothing(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	var cards []Card
	for i := range 3000 {
		cards = append(cards, Card{Seed: uint32(i)})
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	_, err := s.Import(ctx, by(asker), loadOf(cards...))
	require.ErrorIs(t, err, context.DeadlineExceeded)
	require.Empty(t, exported(t, s, by(asker), ""))
	require.EqualValues(t, 1, keepCard(t, s, cardOf("j", asker)).Number)
}

func TestExportWhileCardsComeAndGo(t *testing.T) {
	t.Parallel()
	s := fullHistory(t)
	ctx := t.Context()
	var got []int64
	for c, err := range s.Export(ctx, by(asker), Query{}) {
		require.NoError(t, err)
		if got = append(got, c.Number); len(got) == 1 {
			require.NoError(t, s.Delete(ctx, by(asker), 120, asker), "nobody waits for an export")
			keepCard(t, s, cardOf("late", asker))
		}
	}
	require.NotContains(t, got, int64(120))
	require.NotContains(t, got, int64(121))
	for range s.Export(ctx, by(colleague), Query{}) {
		break
	}
	require.Equal(t, []int64{3}, numbers(exportedOf(t, s, Query{Filter: Filter{Starred: true}})))
	done, cancel := context.WithCancel(ctx)
	cancel()
	for _, err := range s.Export(done, by(colleague), Query{}) {
		require.ErrorIs(t, err, context.Canceled)
	}
}

func exportedOf(t *testing.T, s *Store, q Query) (cards []Card) {
	for c, err := range s.Export(t.Context(), by(colleague), q) {
		require.NoError(t, err)
		cards = append(cards, c)
	}
	return cards
}
