package db

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestADeletedCardIsGoneAndCanComeBack(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	ctx := t.Context()
	keepCard(t, s, cardOf("j", asker))
	require.NoError(t, s.SetPosted(ctx, by(asker), 1, "c1", "m1", nil))
	card, err := s.Card(ctx, by(asker), 1)
	require.NoError(t, err)
	require.NoError(t, s.SaveSheet(ctx, by(asker), 1, []byte("jpeg")))
	_, err = s.Deleted(ctx, by(asker), 1)
	require.ErrorIs(t, err, ErrNotFound)

	require.NoError(t, s.Delete(ctx, by(colleague), 1, colleague))
	for name, look := range map[string]func() error{
		"Card":               func() error { _, err := s.Card(ctx, by(asker), 1); return err },
		"CardOfJob":          func() error { _, err := s.CardOfJob(ctx, by(asker), "j", true); return err },
		"CardOfMessage":      func() error { _, err := s.CardOfMessage(ctx, by(asker), "c1", "m1"); return err },
		"CardOfMidjourneyID": func() error { _, err := s.CardOfMidjourneyID(ctx, by(asker), []string{card.MidjourneyID}); return err },
		"LastCard":           func() error { _, err := s.LastCard(ctx, by(asker)); return err },
		"Sheet":              func() error { _, err := s.Sheet(ctx, by(asker), 1); return err },
		"Star":               func() error { _, err := s.Star(ctx, by(asker), 1, true); return err },
		"SetPosted":          func() error { return s.SetPosted(ctx, by(asker), 1, "c", "m", nil) },
		"AddMessage":         func() error { return s.AddMessage(ctx, by(asker), 1, "c", "m") },
		"Delete":             func() error { return s.Delete(ctx, by(asker), 1, asker) },
	} {
		require.ErrorIs(t, look(), ErrNotFound, name)
	}
	for _, text := range []string{"", "lighthouse", "seed:3937070146"} {
		require.Empty(t, found(t, s, by(asker), text))
	}
	places, err := s.Places(ctx, by(asker), 1, 0)
	require.NoError(t, err)
	require.Empty(t, places)
	cards, err := s.History(ctx, by(asker), Filter{}, Page{})
	require.NoError(t, err)
	require.Empty(t, cards)
	n, err := s.Count(ctx, by(asker), Filter{})
	require.NoError(t, err)
	require.Zero(t, n)
	log, err := s.AuditLog(ctx, guild, colleague, time.Time{}, 0, 0)
	require.NoError(t, err)
	require.Len(t, log, 1)
	require.Equal(t, "delete #1", log[0].Action+" "+log[0].Target)

	d, err := s.Deleted(ctx, by("anyone"), 1)
	require.NoError(t, err)
	require.WithinDuration(t, time.Now(), d.At, time.Minute)
	require.Equal(t, Deletion{Asker: asker, By: colleague, At: d.At}, d)
	got, err := s.Undelete(ctx, by(colleague), 1)
	require.NoError(t, err)
	card.Sheet = true
	require.Equal(t, card, got)
	require.Equal(t, []int64{1}, found(t, s, by(asker), "lighthouse"))
	_, err = s.CardOfMessage(ctx, by(asker), "c1", "m1")
	require.NoError(t, err)
	_, err = s.Undelete(ctx, by(asker), 1)
	require.ErrorIs(t, err, ErrNotFound, "it is there")
}

func TestWhoCanHaveADeletedCardBackAndUntilWhen(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	ctx := t.Context()
	keepCard(t, s, private(cardOf("j", asker)))
	require.NoError(t, s.Delete(ctx, by(asker), 1, asker))
	_, err := s.Undelete(ctx, by(colleague), 1)
	require.ErrorIs(t, err, ErrNotFound, "what was private stays private")
	_, err = s.Undelete(ctx, View{Scope: other, Member: asker}, 1)
	require.ErrorIs(t, err, ErrNotFound)

	again := keepCard(t, s, cardOf("j", colleague))
	got, err := s.Undelete(ctx, by(asker), 1)
	require.NoError(t, err, "a public one does not stand in the way of a private one")
	require.EqualValues(t, 1, got.Number)
	require.NoError(t, s.Delete(ctx, by(colleague), again.Number, colleague))
	third := keepCard(t, s, cardOf("j", colleague))
	got, err = s.Undelete(ctx, by(colleague), again.Number)
	require.ErrorIs(t, err, ErrExists)
	require.Equal(t, third, got)

	n, err := s.Purge(ctx, time.Now())
	require.NoError(t, err)
	require.Zero(t, n, "not yet")
	_, err = s.write.Exec(`UPDATE card SET deleted = deleted - ? WHERE deleted > 0`, UndoTime.Milliseconds())
	require.NoError(t, err)
	_, err = s.Undelete(ctx, by(colleague), again.Number)
	require.ErrorIs(t, err, ErrNotFound, "too late")
	_, err = s.Deleted(ctx, by(colleague), again.Number)
	require.ErrorIs(t, err, ErrNotFound)
	n, err = s.Purge(ctx, time.Now())
	require.NoError(t, err)
	require.Equal(t, 1, n)
	var left int
	require.NoError(t, s.read.QueryRow(`SELECT count(*) FROM card`).Scan(&left))
	require.Equal(t, 2, left)
}
