package db

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestPurgeErasesWhatHangsOnACardAndNoMore(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	ctx := t.Context()
	for _, job := range []string{"j1", "j2", "j3"} {
		_, err := s.SaveAnswer(ctx, Answer{Job: job, Prompt: "secret"})
		require.NoError(t, err)
		keepCard(t, s, cardOf(job, asker))
	}
	elsewhere := cardOf("j2", colleague)
	elsewhere.Scope = other
	keepCard(t, s, elsewhere)
	require.NoError(t, s.StartAsk(ctx, askOf("runs", "j3", colleague)))
	require.NoError(t, s.SetPosted(ctx, by(asker), 1, "c", "m", nil))
	require.NoError(t, s.SaveSheet(ctx, by(asker), 1, []byte("jpeg")))
	_, err := s.Star(ctx, by(colleague), 1, true)
	require.NoError(t, err)
	_, err = s.SaveRecipe(ctx, guild, Recipe{Name: "owls", Prompt: "owl", Cards: []int64{1, 2}})
	require.NoError(t, err)
	for number := range int64(3) {
		require.NoError(t, s.Delete(ctx, by(asker), number+1, asker))
	}
	r, err := s.Recipe(ctx, by(""), "owls", 0)
	require.NoError(t, err)
	require.Empty(t, r.Cards, "a deleted card proves nothing")
	n, err := s.Purge(ctx, time.Now().Add(UndoTime))
	require.NoError(t, err)
	require.Equal(t, 3, n)
	for table, want := range map[string]int{
		"card": 1, "card_bulk": 1, "message": 0, "sheet": 0, "star": 0, "recipe_card": 0, "recipe": 1, "picture_key": 4, "card_search": 1,
	} {
		var n int
		require.NoError(t, s.read.QueryRow(`SELECT count(*) FROM `+table).Scan(&n))
		require.Equal(t, want, n, table)
	}
	for job, kept := range map[string]bool{"j1": false, "j2": true, "j3": true} {
		_, err := s.Answer(ctx, job)
		if kept {
			require.NoError(t, err, "another server has a card of it, or somebody waits for it")
		} else {
			require.ErrorIs(t, err, ErrNotFound)
		}
	}
	require.EqualValues(t, 4, keepCard(t, s, cardOf("j1", asker)).Number, "numbers stay unused")
}

func TestRetention(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	ctx := t.Context()
	now := at(0)
	var cards []Card
	for day := range 2 * atOnce {
		c := cardOf(fmt.Sprint("j", day), asker)
		c.Private = day%2 == 0
		c.Created = now.AddDate(0, 0, -day)
		cards = append(cards, c)
		c.Scope = other
		cards = append(cards, c)
	}
	keepCards(t, s, cards)
	old := askOf("old", "j9", asker)
	old.At = now.AddDate(0, 0, -31)
	require.NoError(t, s.StartAsk(ctx, old))
	require.NoError(t, s.EndAsk(ctx, "old", Ended, "x", "", 0))
	old.ID = "old but runs"
	require.NoError(t, s.StartAsk(ctx, old))
	require.NoError(t, s.Audit(ctx, guild, AuditEntry{At: old.At, Action: "x"}))
	require.NoError(t, s.SaveSettings(ctx, guild, Settings{RetentionDays: 30}, asker))
	would, err := s.CountBefore(ctx, guild, now.AddDate(0, 0, -30))
	require.NoError(t, err)
	n, err := s.Purge(ctx, now)
	require.NoError(t, err)
	require.Equal(t, 2*atOnce-31, n)
	require.Equal(t, n, would, "what was said beforehand")
	left, err := s.Count(ctx, by(asker), Filter{})
	require.NoError(t, err)
	require.Equal(t, 31, left)
	left, err = s.Count(ctx, View{Scope: other, Member: asker}, Filter{})
	require.NoError(t, err)
	require.Equal(t, 2*atOnce, left, "elsewhere nothing ends")
	_, err = s.Ask(ctx, by(asker), "old")
	require.ErrorIs(t, err, ErrNotFound)
	_, err = s.Ask(ctx, by(asker), "old but runs")
	require.NoError(t, err)
	log, err := s.AuditLog(ctx, guild, "", time.Time{}, 0, 0)
	require.NoError(t, err)
	require.Len(t, log, 1, "that of the settings is new")
	n, err = s.Purge(ctx, now)
	require.NoError(t, err)
	require.Zero(t, n)
}
