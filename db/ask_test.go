package db

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func askOf(id, job, member string) Ask {
	return Ask{ID: id, Scope: guild, Channel: "chan", Member: member, Job: job, At: at(1), State: Running}
}

func TestAnAskRunsAndEndsOnce(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	ctx := t.Context()
	a := askOf("a", "j", asker)
	require.NoError(t, s.StartAsk(ctx, a))
	got, err := s.Ask(ctx, by(colleague), "a")
	require.NoError(t, err)
	require.Equal(t, a, got)

	require.NoError(t, s.EndAsk(ctx, "a", Ended, "expired", "gone since May", 0))
	require.NoError(t, s.EndAsk(ctx, "a", Answered, "", "", 7), "a second end is no error")
	require.NoError(t, s.StartAsk(ctx, a), "nor a second start")
	got, err = s.Ask(ctx, by(colleague), "a")
	require.NoError(t, err)
	require.WithinDuration(t, time.Now(), got.Ended, time.Minute)
	got.Ended = time.Time{}
	a.State, a.Problem, a.Detail = Ended, "expired", "gone since May"
	require.Equal(t, a, got, "but the first end stays")

	require.ErrorIs(t, s.EndAsk(ctx, "never", Ended, "", "", 0), ErrNotFound)
	require.ErrorContains(t, s.EndAsk(ctx, "a", Running, "", "", 0), "not an end")
}

func TestTheCardOfAnAsk(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	ctx := t.Context()
	for _, c := range []struct {
		name              string
		given, told, want int64
	}{
		{"an answer names its card", 0, 7, 7},
		{"an ask for a card keeps it", 5, 0, 5},
		{"an answer has the last word", 5, 7, 7},
		{"no card is none", 0, 0, 0},
	} {
		a := askOf(c.name, "j", asker)
		a.Card = c.given
		require.NoError(t, s.StartAsk(ctx, a))
		require.NoError(t, s.EndAsk(ctx, a.ID, Undeliverable, "", "", c.told))
		got, err := s.Ask(ctx, by(asker), a.ID)
		require.NoError(t, err)
		require.Equal(t, c.want, got.Card, c.name)
	}
}

func TestWhoSeesAnAsk(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	ctx := t.Context()
	secret := askOf("secret", "j1", asker)
	secret.Private = true
	require.NoError(t, s.StartAsk(ctx, secret))
	require.NoError(t, s.StartAsk(ctx, askOf("open", "j2", asker)))
	for _, c := range []struct {
		v    View
		want []string
	}{
		{by(asker), []string{"secret", "open"}},
		{by(colleague), []string{"open"}},
		{by(""), []string{"open"}},
		{View{Scope: other, Member: asker}, nil},
	} {
		var ids []string
		for _, id := range []string{"secret", "open"} {
			if _, err := s.Ask(ctx, c.v, id); err == nil {
				ids = append(ids, id)
			} else {
				require.ErrorIs(t, err, ErrNotFound)
			}
		}
		require.Equal(t, c.want, ids)
		asks, err := s.RecentAsks(ctx, c.v, 0)
		require.NoError(t, err)
		require.Len(t, asks, len(c.want))
	}
	for _, bad := range []Ask{{Scope: guild}, {ID: "x"}, {ID: "x", Scope: guild, Private: true}} {
		require.Error(t, s.StartAsk(ctx, bad))
	}
}

func TestRecentAsksAreThoseStillOpen(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	ctx := t.Context()
	start := func(id, job string, second int64) {
		a := askOf(id, job, asker)
		a.At = at(second)
		require.NoError(t, s.StartAsk(ctx, a))
	}
	start("runs", "j1", 1)
	start("failed", "j2", 2)
	require.NoError(t, s.EndAsk(ctx, "failed", Ended, "busy", "", 0))
	start("answered", "j3", 3)
	require.NoError(t, s.EndAsk(ctx, "answered", Answered, "", "", 3))
	start("answered later by another", "j4", 4)
	require.NoError(t, s.EndAsk(ctx, "answered later by another", Ended, "busy", "", 0))
	keepCard(t, s, cardOf("j4", colleague))
	start("answered to another in private", "j5", 5)
	keepCard(t, s, private(cardOf("j5", colleague)))
	start("runs again", "j2", 6)
	start("of a card", "", 7)
	start("a", "j6", 8)
	start("b", "j6", 8)

	ids := func(v View, limit int) (list []string) {
		asks, err := s.RecentAsks(ctx, v, limit)
		require.NoError(t, err)
		for _, a := range asks {
			list = append(list, a.ID)
		}
		return list
	}
	require.Equal(t, []string{"b", "runs again", "answered to another in private", "runs"}, ids(by(asker), 0))
	require.Equal(t, []string{"b", "runs again"}, ids(by(asker), 2))
	require.Equal(t, []string{"b", "runs again", "runs"}, ids(by(colleague), 0), "colleague has a card of j5")
}

func TestRunningAsksAreThoseWhoWaitInTheSamePlace(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	ctx := t.Context()
	start := func(id, job string, second int64, change func(*Ask)) {
		a := askOf(id, job, asker)
		a.At = at(second)
		if change != nil {
			change(&a)
		}
		require.NoError(t, s.StartAsk(ctx, a))
	}
	secret := func(a *Ask) { a.Private = true }
	start("second", "j1", 2, nil)
	start("first", "j1", 1, func(a *Ask) { a.Member = colleague })
	start("ended", "j1", 0, nil)
	require.NoError(t, s.EndAsk(ctx, "ended", Ended, "busy", "", 0))
	start("of another job", "j2", 0, nil)
	start("elsewhere", "j1", 0, func(a *Ask) { a.Scope = other })
	start("secret", "j1", 0, secret)
	start("another's secret", "j1", 0, func(a *Ask) { secret(a); a.Member = colleague })
	for _, c := range []struct {
		v       View
		private bool
		want    []string
	}{
		{by(asker), false, []string{"first", "second"}},
		{by(colleague), false, []string{"first", "second"}},
		{by(asker), true, []string{"secret"}},
		{View{Scope: other, Member: asker}, false, []string{"elsewhere"}},
	} {
		asks, err := s.RunningAsks(ctx, c.v, "j1", c.private)
		require.NoError(t, err)
		var ids []string
		for _, a := range asks {
			ids = append(ids, a.ID)
		}
		require.Equal(t, c.want, ids)
	}
}

func TestPruneAsks(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	ctx := t.Context()
	tx, err := s.write.Begin()
	require.NoError(t, err)
	const old = prunePart + 5
	for i := range old + 3 {
		_, err := tx.Exec(insertAsk, fmt.Sprint(i), guild, "", asker, "", fmt.Sprint("j", i), 0, ms(at(int64(i))))
		require.NoError(t, err)
	}
	require.NoError(t, tx.Commit())
	n, err := s.PruneAsks(ctx, at(old))
	require.NoError(t, err)
	require.EqualValues(t, old, n)
	n, err = s.PruneAsks(ctx, at(old))
	require.NoError(t, err)
	require.Zero(t, n)
	asks, err := s.RecentAsks(ctx, by(asker), 0)
	require.NoError(t, err)
	require.Len(t, asks, 3)
}
