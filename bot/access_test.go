package bot

import (
	"net/http"
	"testing"

	"github.com/bwmarrin/discordgo"
	"github.com/stretchr/testify/require"
)

func TestPermissionsInAChannel(t *testing.T) {
	t.Parallel()
	const (
		view = bits(discordgo.PermissionViewChannel)
		read = bits(discordgo.PermissionReadMessageHistory)
	)
	guild := wireGuild{ID: "3", Owner: "1", Roles: []wireRole{{ID: "3", Permissions: view}, {ID: "7", Permissions: read}, {ID: "8", Permissions: discordgo.PermissionAdministrator}}}
	for name, test := range map[string]struct {
		user       string
		roles      []string
		overwrites []wireOverwrite
		want       bits
	}{
		"everyone's role counts for everyone":                {user: "42", want: view},
		"roles add up":                                       {user: "42", roles: []string{"7"}, want: view | read},
		"the owner may everything":                           {user: "1", overwrites: []wireOverwrite{{ID: "3", Deny: view}}, want: ^bits(0)},
		"an administrator may everything":                    {user: "42", roles: []string{"8"}, overwrites: []wireOverwrite{{ID: "42", Deny: view}}, want: ^bits(0)},
		"a channel can be closed to everyone":                {user: "42", roles: []string{"7"}, overwrites: []wireOverwrite{{ID: "3", Deny: view}}, want: read},
		"and opened to a role":                               {user: "42", roles: []string{"7"}, overwrites: []wireOverwrite{{ID: "3", Deny: view}, {ID: "7", Allow: view}}, want: view | read},
		"one role's yes beats another's no":                  {user: "42", roles: []string{"6", "7"}, overwrites: []wireOverwrite{{ID: "7", Allow: view}, {ID: "6", Deny: view}}, want: view | read},
		"the member's own line is the last word":             {user: "42", roles: []string{"7"}, overwrites: []wireOverwrite{{ID: "42", Deny: view}, {ID: "7", Allow: view}}, want: read},
		"another member's line and role do not count":        {user: "42", overwrites: []wireOverwrite{{ID: "43", Deny: view}, {ID: "8", Deny: view}}, want: view},
		"a role's no does not close what the member's opens": {user: "42", roles: []string{"7"}, overwrites: []wireOverwrite{{ID: "42", Allow: view}, {ID: "7", Deny: view | read}}, want: view},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, int64(test.want), permissionsIn(guild, wireChannel{Overwrites: test.overwrites}, test.user, test.roles))
		})
	}
}

func TestWhetherTheAskerMayView(t *testing.T) {
	t.Parallel()
	discord := map[string]string{
		"/channels/20":                   `{"id":"20","type":0,"guild_id":"3"}`,
		"/channels/21":                   `{"id":"21","type":0,"guild_id":"3","permission_overwrites":[{"id":"3","type":0,"allow":"0","deny":"1024"}]}`,
		"/channels/22":                   `{"id":"22","type":11,"guild_id":"3","parent_id":"21"}`,
		"/channels/23":                   `{"id":"23","type":12,"guild_id":"3","parent_id":"20"}`,
		"/channels/24":                   `{"id":"24","type":12,"guild_id":"3","parent_id":"20"}`,
		"/channels/24/thread-members/42": `{"id":"24","user_id":"42"}`,
		"/channels/25":                   `{"id":"25","type":2,"guild_id":"3","permission_overwrites":[]}`,
		"/channels/26":                   `{"id":"26","type":1,"recipients":[{"id":"42"}]}`,
		"/channels/27":                   `{"id":"27","type":1,"recipients":[{"id":"43"}]}`,
		"/channels/30":                   `{"id":"30","type":0,"guild_id":"4"}`,
		"/channels/31":                   `{"id":"31","type":0,"guild_id":"6"}`,
		"/guilds/3":                      `{"id":"3","owner_id":"1","roles":[{"id":"3","permissions":"66560"}]}`,
		"/guilds/4":                      `{"id":"4","owner_id":"1","roles":[{"id":"4","permissions":"0"},{"id":"9","permissions":"66560"}]}`,
		"/guilds/4/members/42":           `{"user":{"id":"42"},"roles":["9"],"permissions":"0"}`,
	}
	f := &fakeREST{answer: func(_ int, q exchange) (*http.Response, error) {
		if body, ok := discord[q.path[len("/api/v9"):]]; ok {
			return says(200, body), nil
		}
		if q.path == "/api/v9/channels/29" {
			return says(403, `{"code":50001,"message":"Missing Access"}`), nil
		}
		if q.path == "/api/v9/channels/500" {
			return says(401, `{"code":0}`), nil
		}
		return says(404, `{"code":10003,"message":"Unknown Channel"}`), nil
	}}
	b, _ := testBot(t, f)
	i := &Interaction{Guild: "3", Channel: "5", User: User{ID: "42"}, Member: &Member{}}
	for name, test := range map[string]struct {
		channel string
		may     bool
	}{
		"an open channel":                              {"20", true},
		"a closed channel":                             {"21", false},
		"a thread of a closed channel":                 {"22", false},
		"a private thread of others":                   {"23", false},
		"a private thread that they are in":            {"24", true},
		"a voice channel that they may not connect to": {"25", false},
		"their own direct messages with the bot":       {"26", true},
		"another's direct messages with the bot":       {"27", false},
		"a channel that is gone":                       {"28", false},
		"a channel that the bot cannot see":            {"29", false},
		"a channel of a server where they have a role": {"30", true},
		"a channel of a server they are not on":        {"31", false},
	} {
		may, err := b.MayView(t.Context(), i, test.channel)
		require.NoError(t, err, name)
		require.Equal(t, test.may, may, name)
	}
	before := len(f.requests())
	may, err := b.MayView(t.Context(), i, "5")
	require.NoError(t, err)
	require.True(t, may)
	require.Len(t, f.requests(), before, "where they stand they may read")
	_, err = b.MayView(t.Context(), i, "500")
	require.ErrorIs(t, err, ErrTokenRefused)
}
