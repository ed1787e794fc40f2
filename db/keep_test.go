package db

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

func TestACardComesBackAsItWasGiven(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	for i, c := range []Card{
		cardOf("j1", asker),
		private(cardOf("j2", asker)),
		{Scope: guild, Source: Pasted, Created: at(3)},
		{Scope: guild, Source: Imported, Created: at(3), Seed: 1<<32 - 1},
	} {
		c.Number = int64(i + 1)
		got := keepCard(t, s, c)
		require.Equal(t, c, got)
		got, err := s.Card(t.Context(), by(asker), c.Number)
		require.NoError(t, err)
		require.Equal(t, c, got)
	}
}

func TestACardWithoutATimeGetsOne(t *testing.T) {
	t.Parallel()
	c := cardOf("j", asker)
	c.Created = time.Time{}
	kept := keepCard(t, newStore(t), c)
	require.WithinDuration(t, time.Now(), kept.Created, time.Minute)
}

func TestKeepKnowsWhatTheAskerCanUse(t *testing.T) {
	t.Parallel()
	elsewhere := cardOf("j", asker)
	elsewhere.Scope = other
	for _, c := range []struct {
		name   string
		before []Card
		ask    Card
		number int64
		known  bool
	}{
		{"the first is new", nil, cardOf("j", asker), 1, false},
		{"a public card is known to everyone", []Card{cardOf("j", asker)}, cardOf("j", colleague), 1, true},
		{"a public card is known to a private ask", []Card{cardOf("j", asker)}, private(cardOf("j", colleague)), 1, true},
		{"one's own private card is known to a private ask", []Card{private(cardOf("j", asker))}, private(cardOf("j", asker)), 1, true},
		{"one's own private card does not answer in public", []Card{private(cardOf("j", asker))}, cardOf("j", asker), 2, false},
		{"another's private card is not known", []Card{private(cardOf("j", asker))}, private(cardOf("j", colleague)), 2, false},
		{"a public card goes before one's own private one", []Card{private(cardOf("j", asker)), cardOf("j", colleague)}, private(cardOf("j", asker)), 2, true},
		{"another job is new", []Card{cardOf("j", asker)}, cardOf("k", asker), 2, false},
		{"another server's card is not known", []Card{elsewhere}, cardOf("j", asker), 1, false},
		{"a card without a job is never known", []Card{cardOf("", asker)}, cardOf("", asker), 2, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := newStore(t)
			for _, b := range c.before {
				keepCard(t, s, b)
			}
			v := View{Scope: c.ask.Scope, Member: c.ask.Asker}
			found, err := s.CardOfJob(t.Context(), v, c.ask.Job, c.ask.Private)
			if c.known {
				require.NoError(t, err)
			} else {
				require.ErrorIs(t, err, ErrNotFound)
			}

			card, known, err := s.Keep(t.Context(), "ask", c.ask)
			require.NoError(t, err)
			require.Equal(t, c.known, known)
			require.Equal(t, c.number, card.Number)
			if known {
				require.Equal(t, found, card, "CardOfJob said so before")
			}
		})
	}
}

func TestKeepTwiceForOneAskIsOneCard(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	first, known, err := s.Keep(t.Context(), "a1", cardOf("j", asker))
	require.NoError(t, err)
	require.False(t, known)
	again, known, err := s.Keep(t.Context(), "a1", cardOf("j", asker))
	require.NoError(t, err)
	require.False(t, known, "the ask made it")
	require.Equal(t, first, again)
	for range 2 {
		seen, known, err := s.Keep(t.Context(), "a2", cardOf("j", colleague))
		require.NoError(t, err)
		require.True(t, known)
		require.Equal(t, first, seen)
	}
	require.EqualValues(t, 2, keepCard(t, s, cardOf("k", asker)).Number, "and no number was lost")
}

func TestNumbersAreNeverUsedTwice(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	keepCard(t, s, cardOf("j1", asker))
	keepCard(t, s, cardOf("j2", asker))
	for number := int64(1); number <= 2; number++ {
		require.NoError(t, s.Delete(t.Context(), by(asker), number, asker))
	}
	n, err := s.Purge(t.Context(), time.Now().Add(UndoTime))
	require.NoError(t, err)
	require.Equal(t, 2, n)
	require.EqualValues(t, 3, keepCard(t, s, cardOf("j3", asker)).Number)
	c := cardOf("j1", asker)
	c.Scope = other
	require.EqualValues(t, 1, keepCard(t, s, c).Number, "every scope counts for itself")
}

func TestKeepAtTheSameTime(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	const jobs, members = 10, 4
	var wg sync.WaitGroup
	for j := range jobs {
		for m := range members {
			wg.Go(func() {
				c := cardOf(fmt.Sprint("j", j), fmt.Sprint("m", m))
				c.Private = m == 0
				_, _, err := s.Keep(t.Context(), fmt.Sprint(j, "-", m), c)
				if err != nil {
					t.Error(err)
				}
				if _, err := s.History(t.Context(), by(c.Asker), Filter{}, Page{}); err != nil {
					t.Error(err)
				}
			})
		}
	}
	wg.Wait()
	var cards, last, distinct int
	require.NoError(t, s.read.QueryRow(`SELECT count(*), max(number), count(DISTINCT number) FROM card`).Scan(&cards, &last, &distinct))
	require.Equal(t, cards, last, "no gap")
	require.Equal(t, cards, distinct, "no double")
	n, err := s.Count(t.Context(), by("nobody"), Filter{})
	require.NoError(t, err)
	require.Equal(t, jobs, n, "one public card a job")
}

// An ask's id is its interaction's, so two members never share one; if they did, neither would see the other's card.
func TestOneAskIDOfTwoMembersLeaksNothing(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	for i, c := range []Card{private(cardOf("j", asker)), private(cardOf("k", colleague)), cardOf("l", "somebody")} {
		for range 2 {
			card, known, err := s.Keep(t.Context(), "a", c)
			require.NoError(t, err)
			require.False(t, known)
			require.EqualValues(t, i+1, card.Number)
		}
	}
}

func TestGivingUpHalfwayKeepsAllOrNothing(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	done, cancel := context.WithCancel(t.Context())
	cancel()
	_, _, err := s.Keep(done, "a", cardOf("j", asker))
	require.ErrorIs(t, err, context.Canceled)

	var kept int64
	for i := range 300 {
		ctx, cancel := context.WithTimeout(t.Context(), time.Duration(i)*2*time.Microsecond)
		_, _, err := s.Keep(ctx, "", cardOf(fmt.Sprint(i), asker))
		cancel()
		if err != nil {
			require.ErrorIs(t, err, context.DeadlineExceeded)
		} else {
			kept++
		}
	}
	last := keepCard(t, s, cardOf("last", asker)).Number
	n, err := s.Count(t.Context(), by(asker), Filter{})
	require.NoError(t, err)
	require.EqualValues(t, last, n, "no gap")
	require.GreaterOrEqual(t, last, kept+1, "nothing that was promised is lost")
}

func TestOddTextIsMended(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	odd := "a\x00b\xffc'\"; DROP TABLE card; --\u202e🌱"
	c := cardOf(odd, odd)
	c.Scope, c.Prompt, c.Typed, c.Channel, c.Message = odd, odd, odd, odd, odd
	c.Raw, c.Parameters = []byte(odd), []byte(odd)
	c.Pictures[0].Name = odd
	kept, _, err := s.Keep(t.Context(), odd, c)
	require.NoError(t, err)
	for _, got := range []string{kept.Prompt, kept.Job, kept.Asker, string(kept.Raw), string(kept.Parameters), kept.Pictures[0].Name} {
		require.True(t, utf8.ValidString(got))
		require.Equal(t, strings.NewReplacer("\x00", "\uFFFD", "\xff", "\uFFFD").Replace(odd), got)
	}
	v := View{Scope: odd, Member: odd}
	found, err := s.CardOfJob(t.Context(), v, odd, false)
	require.NoError(t, err, "what was given finds what was stored")
	require.Equal(t, kept, found)
	_, err = s.CardOfMessage(t.Context(), v, odd, odd)
	require.NoError(t, err)
	require.NoError(t, s.StartAsk(t.Context(), Ask{ID: odd, Scope: odd, Member: odd, Job: "new" + odd}))
	require.NoError(t, s.EndAsk(t.Context(), odd, Ended, odd, odd, 0))
	asks, err := s.RecentAsks(t.Context(), v, 0)
	require.NoError(t, err)
	require.Len(t, asks, 1)
}

func TestKeepRefuses(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	noScope, noSource := cardOf("j", asker), cardOf("j", asker)
	noScope.Scope, noSource.Source = "", "rumour"
	for name, c := range map[string]Card{
		"a card of no scope":           noScope,
		"a source that does not exist": noSource,
		"a private card without asker": private(cardOf("j", "")),
	} {
		_, _, err := s.Keep(t.Context(), "a", c)
		require.Error(t, err, name)
	}
	require.EqualValues(t, 1, keepCard(t, s, cardOf("j", asker)).Number, "a refusal costs no number")
}
