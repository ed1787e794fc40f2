package db

import (
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestSettings(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "s.db")
	s, err := Open(t.Context(), path)
	require.NoError(t, err)
	ctx := t.Context()
	none, err := s.Settings(ctx, guild)
	require.NoError(t, err)
	require.Equal(t, Settings{}, none)
	set := Settings{
		AskChannels: []string{"1", "2"}, DenyChannels: []string{"3"}, Roles: map[string][]string{"ask": {"r1"}, "curate": {"r2", "r3"}},
		DailyLimit: 20, PrivateByDefault: true, ResultChannel: "4", RetentionDays: 90, Accounts: []string{"5"}, Paused: "a break",
	}
	require.NoError(t, s.SaveSettings(ctx, guild, set, asker))
	got, err := s.Settings(ctx, guild)
	require.NoError(t, err)
	require.WithinDuration(t, time.Now(), got.Updated, time.Minute)
	require.Equal(t, asker, got.By)
	set.Updated, set.By = got.Updated, asker
	require.Equal(t, set, got)
	got.AskChannels[0], got.Roles["ask"][0] = "changed", "changed"
	got.Roles["new"] = nil
	got, err = s.Settings(ctx, guild)
	require.NoError(t, err)
	require.Equal(t, set, got, "what a caller does to its copy stays its own")
	elsewhere, err := s.Settings(ctx, other)
	require.NoError(t, err)
	require.Equal(t, Settings{}, elsewhere)

	require.NoError(t, s.SaveSettings(ctx, guild, set, colleague), "nothing changes")
	set.DailyLimit, set.Paused, set.Roles = 0, "", map[string][]string{"ask": nil}
	require.NoError(t, s.SaveSettings(ctx, guild, set, colleague))
	log, err := s.AuditLog(ctx, guild, "", time.Time{}, 0, 0)
	require.NoError(t, err)
	require.Len(t, log, 2)
	require.Equal(t, "ask channels: none → 1, 2; deny channels: none → 3; roles: none → ask (r1), curate (r2, r3); daily limit: 0 → 20; "+
		"private by default: false → true; result channel: none → 4; retention days: 0 → 90; accounts: none → 5; paused: none → a break", log[1].Detail)
	require.Equal(t, "roles: ask (r1), curate (r2, r3) → none; daily limit: 20 → 0; paused: a break → none", log[0].Detail)
	require.Equal(t, colleague, log[0].Member)
	for _, bad := range []Settings{{DailyLimit: -1}, {RetentionDays: -1}} {
		require.Error(t, s.SaveSettings(ctx, guild, bad, asker))
	}
	require.Error(t, s.SaveSettings(ctx, "", Settings{}, asker))
	want, err := s.Settings(ctx, guild)
	require.NoError(t, err)
	require.NoError(t, s.Close())
	s, err = Open(ctx, path)
	require.NoError(t, err)
	defer s.Close()
	got, err = s.Settings(ctx, guild)
	require.NoError(t, err)
	want.Roles = map[string][]string{"ask": nil}
	require.Equal(t, want, got)
}

func TestWhatWasSavedIsWhatIsReadNext(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	var wg sync.WaitGroup
	for w := range 4 {
		wg.Go(func() {
			scope := fmt.Sprint(w)
			for i := range 50 {
				if err := s.SaveSettings(t.Context(), scope, Settings{DailyLimit: i + 1}, asker); err != nil {
					t.Error(err)
				}
				if set, err := s.Settings(t.Context(), scope); err != nil || set.DailyLimit != i+1 {
					t.Errorf("%+v, %v", set, err)
				}
				_, _ = s.Settings(t.Context(), fmt.Sprint((w+1)%4)) // it only gets in the way
			}
		})
	}
	wg.Wait()
}

func TestRememberingIsBounded(t *testing.T) {
	t.Parallel()
	var r remembered
	for i := range maxRemembered + 5 {
		_, turn, _ := r.get(fmt.Sprint(i))
		r.put(fmt.Sprint(i), Settings{DailyLimit: i}, turn)
	}
	require.LessOrEqual(t, len(r.known), maxRemembered)
	_, turn, _ := r.get("a")
	r.drop("b")
	r.put("a", Settings{}, turn)
	_, _, ok := r.get("a")
	require.False(t, ok, "it may have been read before something was saved")
}

func TestAuditLog(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	ctx := t.Context()
	for i, who := range []string{asker, colleague, asker, "", asker} {
		require.NoError(t, s.Audit(ctx, guild, AuditEntry{ID: 99, At: at(int64(i)), Member: who, Action: "do", Target: fmt.Sprint("#", i), Detail: "x"}))
	}
	require.NoError(t, s.Audit(ctx, other, AuditEntry{Action: "elsewhere"}))
	targets := func(member string, since time.Time, before int64, limit int) (list []string, last int64) {
		log, err := s.AuditLog(ctx, guild, member, since, before, limit)
		require.NoError(t, err)
		for _, e := range log {
			list, last = append(list, e.Target), e.ID
		}
		return list, last
	}
	all, _ := targets("", time.Time{}, 0, 0)
	require.Equal(t, []string{"#4", "#3", "#2", "#1", "#0"}, all)
	page, edge := targets(asker, time.Time{}, 0, 2)
	require.Equal(t, []string{"#4", "#2"}, page)
	page, _ = targets(asker, time.Time{}, edge, 2)
	require.Equal(t, []string{"#0"}, page)
	page, _ = targets("", at(3), 0, 0)
	require.Equal(t, []string{"#4", "#3"}, page)
	log, err := s.AuditLog(ctx, other, "", time.Time{}, 0, 0)
	require.NoError(t, err)
	require.WithinDuration(t, time.Now(), log[0].At, time.Minute)
	require.Error(t, s.Audit(ctx, "", AuditEntry{Action: "x"}))
	require.Error(t, s.Audit(ctx, guild, AuditEntry{}))
}

func TestChosenAccounts(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	chosen := func(account string) bool {
		is, err := s.AccountChosen(t.Context(), account)
		require.NoError(t, err)
		return is
	}
	require.False(t, chosen("5"))
	require.NoError(t, s.SaveSettings(t.Context(), other, Settings{DailyLimit: 5}, asker))
	require.NoError(t, s.SaveSettings(t.Context(), guild, Settings{Accounts: []string{"5", "6"}}, asker))
	require.True(t, chosen("5"))
	require.True(t, chosen("6"))
	require.False(t, chosen("56"))
	require.NoError(t, s.SaveSettings(t.Context(), guild, Settings{}, asker))
	require.False(t, chosen("5"))
}

func TestSpending(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	ctx := t.Context()
	for _, id := range []string{"a", "b", "c"} {
		require.NoError(t, s.StartAsk(ctx, askOf(id, "j", asker)))
	}
	require.NoError(t, s.StartAsk(ctx, askOf("of colleague", "j", colleague)))
	for _, id := range []string{"a", "b", "a", "of colleague"} {
		require.NoError(t, s.SpendAsk(ctx, id))
	}
	require.ErrorIs(t, s.SpendAsk(ctx, "never"), ErrNotFound)
	spent := func(scope, member string, since time.Time) int {
		n, err := s.Spent(ctx, scope, member, since)
		require.NoError(t, err)
		return n
	}
	hour := time.Now().Add(-time.Hour)
	require.Equal(t, 2, spent(guild, asker, hour), "an ask spends once, an ask that was known not at all")
	require.Equal(t, 1, spent(guild, colleague, hour))
	require.Zero(t, spent(other, asker, hour))
	require.Zero(t, spent(guild, asker, time.Now().Add(time.Hour)))
	require.NoError(t, s.StartAsk(ctx, askOf("an order", "", asker)))
	require.NoError(t, s.SpendAsk(ctx, "an order"))
	require.Equal(t, 2, spent(guild, asker, hour), "a picture is no seed")
	pictures, err := s.SpentOnPictures(ctx, guild, asker, hour)
	require.NoError(t, err)
	require.Equal(t, 1, pictures)
	_, err = s.PruneAsks(ctx, time.Now())
	require.NoError(t, err)
	require.Equal(t, 2, spent(guild, asker, hour))
	_, err = s.Purge(ctx, time.Now().Add(spendingKept+time.Hour))
	require.NoError(t, err)
	require.Zero(t, spent(guild, asker, hour))
}

func TestStats(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	ctx := t.Context()
	keepCard(t, s, cardOf("j", asker))
	keepCard(t, s, private(cardOf("k", colleague)))
	_, err := s.SaveRecipe(ctx, guild, Recipe{Name: "owl", Prompt: "owl"})
	require.NoError(t, err)
	start := func(id string, age time.Duration, secret bool, state string) {
		a := askOf(id, "j", asker)
		a.At, a.Private = time.Now().Add(-age), secret
		require.NoError(t, s.StartAsk(ctx, a))
		if state != Running {
			require.NoError(t, s.EndAsk(ctx, id, state, "busy", "", 0))
		}
	}
	start("runs", time.Minute, false, Running)
	start("answered", 2*time.Minute, false, Answered)
	start("failed", 3*time.Minute, false, Ended)
	start("failed in private", 4*time.Minute, true, Ended)
	start("undeliverable", 5*time.Minute, false, Undeliverable)
	start("yesterday", 25*time.Hour, false, Ended)
	start("last month", 700*time.Hour, false, Ended)
	start("stopped", 6*time.Minute, false, Running)
	require.NoError(t, s.EndAsk(ctx, "stopped", Ended, "stopped", "", 0))
	st, err := s.Stats(ctx, guild, "stopped")
	require.NoError(t, err)
	var ids []string
	for _, a := range st.LastProblems {
		ids = append(ids, a.ID)
	}
	require.Equal(t, []string{"failed", "undeliverable", "yesterday"}, ids)
	st.LastProblems = nil
	require.Equal(t, Stats{Cards: 2, Recipes: 1, Asks24h: 6, Failed24h: 3}, st)
	st, err = s.Stats(ctx, other, "stopped")
	require.NoError(t, err)
	require.Equal(t, Stats{}, st)
}
