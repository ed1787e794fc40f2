package db

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestASeedThatWasSaidWrongIsCorrected(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	ctx := t.Context()
	typed := cardOf("", asker)
	typed.Source, typed.Note = Pasted, "kept"
	keepCard(t, s, typed)
	fetched := keepCard(t, s, cardOf("j", asker))

	card, err := s.CorrectSeed(ctx, by(asker), 1, 5)
	require.NoError(t, err)
	require.EqualValues(t, 5, card.Seed)
	require.Equal(t, "kept", card.Note)
	require.Equal(t, []int64{1}, found(t, s, by(asker), "seed:5"))
	require.NotContains(t, found(t, s, by(asker), "seed:3937070146"), int64(1))
	log, err := s.AuditLog(ctx, guild, asker, time.Time{}, 0, 0)
	require.NoError(t, err)
	require.Equal(t, "card.seed #1 3937070146 → 5", log[0].Action+" "+log[0].Target+" "+log[0].Detail)

	_, err = s.CorrectSeed(ctx, by(asker), fetched.Number, 5)
	require.ErrorIs(t, err, ErrUnchanged, "Midjourney's own answer stays")
	_, err = s.CorrectSeed(ctx, View{Scope: other, Member: asker}, 1, 6)
	require.ErrorIs(t, err, ErrNotFound)
}

func TestACardDoesNotComeBackBesideAnotherSeedOfItsPicture(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	ctx := t.Context()
	typed := cardOf("", asker)
	typed.Source = Pasted
	keepCard(t, s, typed)
	require.NoError(t, s.Delete(ctx, by(asker), 1, asker))
	typed.Seed++
	again := keepCard(t, s, typed)
	got, err := s.Undelete(ctx, by(asker), 1)
	require.ErrorIs(t, err, ErrExists)
	require.Equal(t, again.Number, got.Number)
}
