package db

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// seeing is the view of a member who sees these channels.
func seeing(member string, channels ...string) View {
	return View{Scope: guild, Member: member, Channels: append([]string{}, channels...)}
}

// TestCardsOfClosedChannels goes every way to a card with the eyes of members who see some channels and not others.
func TestCardsOfClosedChannels(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	ctx := t.Context()
	file := fmt.Sprintf("%064x", 77)
	keepIn := func(job, channel, member string, change func(*Card)) Card {
		c := cardOf(job, member)
		c.Channel, c.Pictures = channel, []Picture{{Position: 1, SHA256: file, Hash: 99}}
		if change != nil {
			change(&c)
		}
		return keepCard(t, s, c)
	}
	keepIn("open", "open", asker, nil)                                 // #1
	keepIn("closed", "closed", asker, func(c *Card) { c.Seed = 1422 }) // #2
	keepIn("shared", "closed", asker, nil)                             // #3
	keepIn("brought", "", asker, nil)                                  // #4
	keepIn("secret", "open", asker, func(c *Card) { c.Private = true })
	require.NoError(t, s.AddMessage(ctx, by(asker), 3, "open", "m3"))
	for n := range 12 { // cards that must not stand in the way of others
		keepIn(fmt.Sprint("more", n), "closed", asker, nil)
	}
	for _, number := range []int64{1, 2} {
		_, err := s.Star(ctx, by(asker), number, true)
		require.NoError(t, err)
	}
	require.NoError(t, s.SetNote(ctx, by(asker), 2, "good in print", []string{"hush"}))
	all := []int64{17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1}
	public := slices.DeleteFunc(slices.Clone(all), func(n int64) bool { return n == 5 })

	for name, c := range map[string]struct {
		v    View
		want []int64
	}{
		"who sees the open channel":                {seeing(colleague, "open"), []int64{4, 3, 1}},
		"nobody in particular, there":              {seeing("", "open"), []int64{4, 3, 1}},
		"who sees the closed channel alone":        {seeing(colleague, "closed"), slices.DeleteFunc(slices.Clone(public), func(n int64) bool { return n == 1 })},
		"who sees both":                            {seeing(colleague, "closed", "open"), public},
		"who sees everything":                      {by(colleague), public},
		"who sees no channel":                      {seeing(colleague), []int64{4}},
		"the asker, who sees the closed no longer": {seeing(asker, "open"), all},
		"the asker, who sees no channel":           {seeing(asker), all},
		"who sees it on another server":            {View{Scope: other, Member: colleague, Channels: []string{"closed"}}, []int64{}},
	} {
		sees := func(n int64) bool { return slices.Contains(c.want, n) }
		check := func(cards []Card, err error) {
			t.Helper()
			require.NoError(t, err, name)
			require.Equal(t, c.want, numbers(cards), name)
		}
		check(s.History(ctx, c.v, Filter{}, Page{Limit: 100}))
		check(s.History(ctx, c.v, Filter{By: asker}, Page{Limit: 100}))
		check(s.History(ctx, c.v, Filter{Since: time.Unix(1, 0)}, Page{Limit: 100}))
		check(s.Suggest(ctx, c.v, "", 100))
		check(s.Suggest(ctx, c.v, "lightho", 100))
		for _, text := range []string{"lighthouse", "dusk light*", "-owl", "print", ""} {
			q, err := ParseQuery(text)
			require.NoError(t, err)
			r, err := s.Search(ctx, c.v, q, "", 100)
			require.NoError(t, err)
			require.ElementsMatch(t, c.want, numbers(r.Cards), name)
			require.Equal(t, len(c.want), r.Total, name)
			exported := []int64{}
			for card, err := range s.Export(ctx, c.v, q) {
				require.NoError(t, err)
				exported = append(exported, card.Number)
			}
			slices.Reverse(exported)
			require.Equal(t, c.want, exported, name)
		}
		for _, f := range []Filter{{}, {By: asker}} {
			n, err := s.Count(ctx, c.v, f)
			require.NoError(t, err)
			require.Equal(t, len(c.want), n, name)
			n, err = s.CountNewer(ctx, c.v, f, 3)
			require.NoError(t, err)
			require.Equal(t, len(slices.DeleteFunc(slices.Clone(c.want), func(n int64) bool { return n <= 3 })), n, name)
		}
		for _, look := range []struct {
			file string
			hash uint64
		}{{file, 0}, {"", 98}} {
			matches, err := s.CardsOfPicture(ctx, c.v, look.file, look.hash, 3, 100)
			require.NoError(t, err)
			found := []int64{}
			for _, m := range matches {
				found = append(found, m.Card.Number)
			}
			require.Equal(t, c.want, found, name)
		}
		closed, err := s.Suggest(ctx, c.v, "1422", 100)
		require.NoError(t, err)
		require.Equal(t, sees(2), len(closed) > 0, name)
		starred, err := s.History(ctx, c.v, Filter{Starred: true}, Page{})
		require.NoError(t, err)
		require.Equal(t, slices.DeleteFunc(slices.Clone(c.want), func(n int64) bool { return n > 2 }), numbers(starred), name)
		tags, err := s.Tags(ctx, c.v, "hu", 0)
		require.NoError(t, err)
		require.Equal(t, sees(2) && c.v.Member != asker, len(tags) > 0, name)

		is := func(number int64, err error) {
			t.Helper()
			if sees(number) {
				require.NoError(t, err, name)
			} else {
				require.ErrorIs(t, err, ErrNotFound, name)
			}
		}
		for _, of := range []struct {
			number int64
			job    string
		}{{1, "open"}, {2, "closed"}, {3, "shared"}} {
			_, err := s.Card(ctx, c.v, of.number)
			is(of.number, err)
			_, err = s.CardOfJob(ctx, c.v, of.job, false)
			is(of.number, err)
			_, err = s.CardOfMidjourneyID(ctx, c.v, []string{"b7d4c8a0-0000-4000-8000-" + of.job})
			is(of.number, err)
			places, err := s.Places(ctx, c.v, of.number, 0)
			require.NoError(t, err)
			require.Equal(t, sees(3) && of.number == 3, len(places) > 0, name)
		}
		_, err = s.CardOfMessage(ctx, c.v, "open", "m3")
		is(3, err)
		is(2, s.SaveSheet(ctx, c.v, 2, []byte{1}))
		_, err = s.Sheet(ctx, c.v, 2)
		is(2, err)
		if c.v.Member != "" {
			_, err = s.Star(ctx, c.v, 2, false)
			is(2, err)
			if sees(2) {
				_, err = s.Star(ctx, by(asker), 2, true)
				require.NoError(t, err)
			}
		}
	}
}

func TestDeletedCardsOfClosedChannels(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	ctx := t.Context()
	keepCard(t, s, cardOf("j", asker))
	require.ErrorIs(t, s.Delete(ctx, seeing(colleague, "open"), 1, colleague), ErrNotFound)
	require.NoError(t, s.Delete(ctx, by(colleague), 1, colleague))
	_, err := s.Deleted(ctx, seeing("moderator", "open"), 1)
	require.ErrorIs(t, err, ErrNotFound)
	_, err = s.Undelete(ctx, seeing("moderator", "open"), 1)
	require.ErrorIs(t, err, ErrNotFound)
	for _, v := range []View{seeing("moderator", "chan"), seeing(colleague, "open"), seeing(asker, "open")} {
		_, err := s.Deleted(ctx, v, 1)
		require.NoError(t, err)
	}
	card, err := s.Undelete(ctx, seeing("moderator", "chan"), 1)
	require.NoError(t, err)
	require.Equal(t, []string{"chan"}, card.Shown)
}

func TestAJobIsAnsweredAnewForWhoDoesNotSeeItsCard(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	ctx := t.Context()
	closed := keepCard(t, s, cardOf("j", asker))
	again := cardOf("j", colleague)
	again.Channel = "open"
	card, known, err := s.Keep(ctx, "b", again)
	require.NoError(t, err)
	require.True(t, known)
	require.Equal(t, closed.Number, card.Number)
	card, known, err = s.Keep(ctx, "b", again, closed.Number)
	require.NoError(t, err)
	require.False(t, known)
	require.EqualValues(t, 2, card.Number)
	card, known, err = s.Keep(ctx, "b", again, closed.Number)
	require.NoError(t, err)
	require.False(t, known, "the same ask again is the same card")
	require.EqualValues(t, 2, card.Number)

	for _, c := range []struct {
		v      View
		beside []int64
		want   int64
	}{
		{by(""), nil, 1}, {by(""), []int64{1}, 2}, {seeing("", "open"), nil, 2}, {seeing("", "chan", "open"), nil, 1}, {seeing(asker, "open"), nil, 1},
	} {
		card, err := s.CardOfJob(ctx, c.v, "j", false, c.beside...)
		require.NoError(t, err)
		require.Equal(t, c.want, card.Number, c)
	}
	_, err = s.CardOfJob(ctx, by(""), "j", false, 1, 2)
	require.ErrorIs(t, err, ErrNotFound)

	result, err := s.Import(ctx, seeing("newcomer", "third"), Load{Cards: []Whole{{Card: Card{Seed: 3937070146, Job: "j", Prompt: closed.Prompt, Channel: "third"}}}})
	require.NoError(t, err)
	require.Equal(t, ImportResult{Counted: Counted{Added: 1}}, result, "an import does not tell what there is elsewhere")

	private := cardOf("k", colleague)
	private.Private, private.Channel = true, "open"
	mine := keepCard(t, s, private)
	keepCard(t, s, cardOf("k", asker))
	_, err = s.SetPrivate(ctx, seeing(colleague, "open"), mine.Number, false)
	require.NoError(t, err, "nor does making a card public")
}

func TestAsksOfClosedChannels(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	ctx := t.Context()
	for _, channel := range []string{"closed", "open"} {
		require.NoError(t, s.StartAsk(ctx, Ask{ID: channel, Scope: guild, Channel: channel, Member: asker, Job: "j " + channel, At: at(1)}))
	}
	for _, c := range []struct {
		v    View
		want int
	}{{seeing(colleague, "open"), 1}, {seeing("", "open"), 1}, {seeing(asker, "open"), 2}, {by(colleague), 2}, {seeing(colleague), 0}} {
		asks, err := s.RecentAsks(ctx, c.v, 0)
		require.NoError(t, err)
		require.Len(t, asks, c.want, c.v)
		_, err = s.Ask(ctx, c.v, "closed")
		require.Equal(t, c.want == 2, err == nil, c.v)
	}
	channels, err := s.Channels(ctx, guild)
	require.NoError(t, err)
	require.Equal(t, []string{"closed", "open"}, channels)
	card := cardOf("j closed", asker)
	card.Channel = "closed"
	keepCard(t, s, card)
	asks, err := s.RecentAsks(ctx, seeing(colleague, "open", "closed"), 0)
	require.NoError(t, err)
	require.Len(t, asks, 1, "an answered one is a card")
}
