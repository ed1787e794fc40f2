package db

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWhereACardIsShown(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	c := keepCard(t, s, cardOf("j1", asker))
	secret := keepCard(t, s, private(cardOf("j2", asker)))
	elsewhere := cardOf("j1", asker)
	elsewhere.Scope = other
	foreign := keepCard(t, s, elsewhere)
	require.Equal(t, c.Number, foreign.Number)
	for _, message := range []string{"1574696735605784576", "999", "1574696735605784577"} {
		require.NoError(t, s.AddMessage(t.Context(), by(colleague), c.Number, "chan", message))
	}
	require.NoError(t, s.AddMessage(t.Context(), by(asker), secret.Number, "chan", "5"))
	require.NoError(t, s.AddMessage(t.Context(), View{Scope: other}, foreign.Number, "chan", "6"))

	places, err := s.Places(t.Context(), by(colleague), c.Number, 10)
	require.NoError(t, err)
	require.Equal(t, []Place{{"chan", "1574696735605784577"}, {"chan", "1574696735605784576"}, {"chan", "999"}}, places, "the latest first")
	places, err = s.Places(t.Context(), by(colleague), c.Number, 1)
	require.NoError(t, err)
	require.Len(t, places, 1)
	places, err = s.Places(t.Context(), by(colleague), secret.Number, 10)
	require.NoError(t, err)
	require.Empty(t, places, "another's private card is shown nowhere")
	places, err = s.Places(t.Context(), by(asker), secret.Number, 10)
	require.NoError(t, err)
	require.Equal(t, []Place{{"chan", "5"}}, places)
}
