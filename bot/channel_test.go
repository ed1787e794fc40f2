package bot

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestMessagesOfAChannelAreReadInTheirOrder(t *testing.T) {
	t.Parallel()
	f := &fakeREST{answer: func(_ int, q exchange) (*http.Response, error) {
		switch {
		case strings.HasPrefix(q.path, "/api/v9/channels/20/messages"):
			return says(200, `[{"id":"12","channel_id":"20"},{"id":"11","channel_id":"20"}]`), nil
		case q.path == "/api/v9/channels/20":
			return says(200, `{"id":"20","type":11,"guild_id":"3"}`), nil
		case q.path == "/api/v9/channels/21":
			return says(200, `{"id":"21","type":1}`), nil
		}
		return says(403, `{"code":50001,"message":"Missing Access"}`), nil
	}}
	b, _ := testBot(t, f)
	list, err := b.ReadMessages(t.Context(), "20", "10")
	require.NoError(t, err)
	require.Equal(t, []string{"11", "12"}, []string{list[0].ID, list[1].ID})
	guild, err := b.GuildOf(t.Context(), "20")
	require.NoError(t, err)
	require.Equal(t, "3", guild)
	guild, err = b.GuildOf(t.Context(), "21")
	require.NoError(t, err)
	require.Empty(t, guild)
	_, err = b.GuildOf(t.Context(), "22")
	require.ErrorIs(t, err, ErrChannelRefused)
	_, err = b.ReadMessages(t.Context(), "22", "10")
	require.ErrorIs(t, err, ErrChannelRefused)
}
