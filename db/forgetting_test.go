package db

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestTheWishToBeForgottenOutlivesTheProcess(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	path := filepath.Join(t.TempDir(), "s.db")
	s, err := Open(ctx, path)
	require.NoError(t, err)
	public := keepCard(t, s, cardOf("public", asker))
	secret := keepCard(t, s, private(cardOf("secret", asker)))
	deleted := keepCard(t, s, cardOf("deleted", asker))
	theirs := keepCard(t, s, cardOf("theirs", colleague))
	for i, c := range []Card{public, secret, deleted, theirs} {
		require.NoError(t, s.AddMessage(ctx, View{Scope: guild, Member: c.Asker}, c.Number, "c", fmt.Sprint(8+i)))
	}
	require.NoError(t, s.Delete(ctx, by(asker), deleted.Number, asker))
	elsewhere := cardOf("elsewhere", asker)
	elsewhere.Scope = other
	keepCard(t, s, elsewhere)
	require.NoError(t, s.AddMessage(ctx, View{Scope: other, Member: asker}, 1, "d", "1"))

	require.NoError(t, s.BeginForgetting(ctx, by(asker), json.RawMessage(`{"token":"t"}`)))
	_, err = s.Forget(ctx, by(asker))
	require.NoError(t, err)
	require.NoError(t, s.Close())
	s, err = Open(ctx, path)
	require.NoError(t, err)
	defer s.Close()

	wishes, err := s.Forgettings(ctx)
	require.NoError(t, err)
	require.Len(t, wishes, 1)
	require.Equal(t, by(asker), wishes[0].View)
	require.JSONEq(t, `{"token":"t"}`, string(wishes[0].Reply))
	left, err := s.Naming(ctx, wishes[0].View, "", 0)
	require.NoError(t, err)
	require.Equal(t, []Naming{
		{Place: Place{"c", "10"}, Number: deleted.Number, Hidden: true},
		{Place: Place{"c", "9"}, Number: secret.Number, Hidden: true},
		{Place: Place{"c", "8"}, Number: public.Number},
	}, left, "nobody else's, and of this server alone")
	rest, err := s.Naming(ctx, wishes[0].View, "10", 1)
	require.NoError(t, err)
	require.Equal(t, left[1:2], rest)

	require.NoError(t, s.ToldForgetting(ctx, by(asker)))
	for _, n := range left {
		require.NoError(t, s.EndForgetting(ctx, by(asker)))
		wishes, err = s.Forgettings(ctx)
		require.NoError(t, err)
		require.Len(t, wishes, 1, "something is left to do")
		require.Nil(t, wishes[0].Reply, "where the member waited is of no use any more")
		require.NoError(t, s.EndNaming(ctx, by(asker), n.Place))
	}
	require.NoError(t, s.EndForgetting(ctx, by(asker)))
	wishes, err = s.Forgettings(ctx)
	require.NoError(t, err)
	require.Empty(t, wishes)
}

func TestAWishIsNotRememberedForEver(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	ctx := t.Context()
	c := keepCard(t, s, cardOf("j", asker))
	require.NoError(t, s.AddMessage(ctx, by(asker), c.Number, "c", "8"))
	require.NoError(t, s.BeginForgetting(ctx, by(asker), nil))
	_, err := s.Purge(ctx, time.Now().Add(forgettingLasts-time.Hour))
	require.NoError(t, err)
	wishes, err := s.Forgettings(ctx)
	require.NoError(t, err)
	require.Len(t, wishes, 1)
	_, err = s.Purge(ctx, time.Now().Add(forgettingLasts+time.Hour))
	require.NoError(t, err)
	for _, table := range []string{"forgetting", "naming"} {
		var rows int
		require.NoError(t, s.read.QueryRow(`SELECT count(*) FROM `+table).Scan(&rows))
		require.Zero(t, rows, table)
	}
}
