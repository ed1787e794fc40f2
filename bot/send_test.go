package bot

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWhoMaySend(t *testing.T) {
	t.Parallel()
	// 1024 is viewing, 2048 sending, 32768 attaching files, 1<<38 sending in threads. Role 9 is the bot's.
	discord := map[string]string{
		"/channels/20":                  `{"id":"20","type":0,"guild_id":"3"}`,
		"/channels/21":                  `{"id":"21","type":0,"guild_id":"3","permission_overwrites":[{"id":"3","type":0,"allow":"0","deny":"2048"},{"id":"9","type":0,"allow":"2048","deny":"0"}]}`,
		"/channels/22":                  `{"id":"22","type":0,"guild_id":"3","permission_overwrites":[{"id":"9","type":0,"allow":"0","deny":"32768"}]}`,
		"/channels/23":                  `{"id":"23","type":11,"guild_id":"3","parent_id":"20"}`,
		"/channels/24":                  `{"id":"24","type":12,"guild_id":"3","parent_id":"20"}`,
		"/channels/25":                  `{"id":"25","type":0,"guild_id":"3","permission_overwrites":[{"id":"42","type":1,"allow":"0","deny":"1024"}]}`,
		"/channels/26":                  `{"id":"26","type":1,"recipients":[{"id":"42"}]}`,
		"/channels/24/thread-members/9": `{"id":"24","user_id":"9"}`,
		"/channels/30":                  `{"id":"30","type":0,"guild_id":"4"}`,
		"/guilds/3":                     `{"id":"3","owner_id":"1","roles":[{"id":"3","permissions":"274877910016"},{"id":"9","permissions":"32768"}]}`,
		"/guilds/4":                     `{"id":"4","owner_id":"1","roles":[{"id":"4","permissions":"3072"}]}`,
		"/guilds/3/members/9":           `{"user":{"id":"9"},"roles":["9"],"permissions":"0"}`,
		"/guilds/3/members/42":          `{"user":{"id":"42"},"roles":["9"]}`,
	}
	f := &fakeREST{answer: func(_ int, q exchange) (*http.Response, error) {
		if body, ok := discord[strings.TrimPrefix(q.path, "/api/v9")]; ok {
			return says(200, body), nil
		}
		if q.path == "/api/v9/channels/500" {
			return says(401, `{"code":0}`), nil
		}
		return says(404, `{"code":10003,"message":"Unknown Channel"}`), nil
	}}
	b, _ := testBot(t, f)
	b.self.Store(&identity{application: "9", user: "9"})
	i := &Interaction{Guild: "3", Channel: "20", User: User{ID: "42"}, Member: &Member{}}
	for name, test := range map[string]struct {
		channel string
		may     Sending
	}{
		"an open channel":                            {"20", Sending{Asker: true, Self: true}},
		"a channel where only the bot may write":     {"21", Sending{Self: true}},
		"a channel where the bot may attach nothing": {"22", Sending{Asker: true}},
		"a thread":                                         {"23", Sending{Asker: true, Self: true}},
		"a private thread of the bot's":                    {"24", Sending{Self: true}},
		"a channel that is hidden from the asker":          {"25", Sending{Self: true}},
		"direct messages":                                  {"26", Sending{}},
		"a channel of another server":                      {"30", Sending{}},
		"a channel that is gone":                           {"28", Sending{}},
		"an ID that is none and would lead somewhere else": {"../guilds/3", Sending{}},
	} {
		may, err := b.MaySend(t.Context(), i.Viewer(), test.channel)
		require.NoError(t, err, name)
		require.Equal(t, test.may, may, name)
	}
	may, err := b.MaySend(t.Context(), Viewer{Guild: "3", User: "42"}, "21")
	require.NoError(t, err)
	require.Equal(t, Sending{Asker: true, Self: true}, may, "whose roles did not come with a call, they are read")
	_, err = b.MaySend(t.Context(), i.Viewer(), "500")
	require.ErrorIs(t, err, ErrTokenRefused)
}

func TestAMessageIsTakenAway(t *testing.T) {
	t.Parallel()
	f := &fakeREST{answer: func(n int, _ exchange) (*http.Response, error) {
		return []*http.Response{says(204, ""), says(404, `{"code":10008}`), says(403, `{"code":50001}`)}[n], nil
	}}
	b, _ := testBot(t, f)
	require.NoError(t, b.DeleteMessage(t.Context(), "5", "77"))
	require.NoError(t, b.DeleteMessage(t.Context(), "5", "77"), "it is gone")
	require.ErrorIs(t, b.DeleteMessage(t.Context(), "5", "77"), ErrChannelRefused)
	require.Equal(t, "DELETE", f.requests()[0].method)
	require.Equal(t, "/api/v9/channels/5/messages/77", f.requests()[0].path)
}

func TestAWordBesideTheAnswer(t *testing.T) {
	t.Parallel()
	f := &fakeREST{answer: always200}
	b, _ := testBot(t, f)
	require.NoError(t, b.Tell(t.Context(), aReply(), Message{Text: "psst"}))
	require.Equal(t, "POST", f.requests()[0].method)
	require.Equal(t, "psst", fields(t, f.requests()[0].body)["content"])
	require.EqualValues(t, flagPrivate, fields(t, f.requests()[0].body)["flags"])
}

func TestAWordInPlaceOfTheAnswerIsSaidAgain(t *testing.T) {
	t.Parallel()
	f := &fakeREST{answer: func(n int, _ exchange) (*http.Response, error) {
		return []*http.Response{says(204, ""), says(500, ""), says(404, `{"code":10008}`), says(200, okMessage), says(404, `{"code":10015}`)}[n], nil
	}}
	b, _ := testBot(t, f)
	require.Error(t, b.Aside(t.Context(), aReply(), Message{Text: "psst"}))
	require.NoError(t, b.Aside(t.Context(), aReply(), Message{Text: "psst"}), "the answer was taken back before")
	require.Equal(t, "psst", fields(t, f.requests()[3].body)["content"])
	require.ErrorIs(t, b.Aside(t.Context(), aReply(), Message{Text: "psst"}), ErrReplyGone)
}

func TestAReplyKnowsTheMessageThatItChanges(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		ack  func(*Interaction) error
		want string
	}{
		"that a component sits on":                     {func(i *Interaction) error { return i.DeferUpdate(t.Context()) }, "66"},
		"not one that Discord makes and does not tell": {func(i *Interaction) error { return i.Defer(t.Context(), true) }, ""},
	} {
		f := &fakeREST{answer: func(int, exchange) (*http.Response, error) { return says(204, ""), nil }}
		b, _ := testBot(t, f)
		i := &Interaction{ID: "1", Token: "t", Message: &Msg{ID: "66"}, rest: b.rest}
		require.NoError(t, test.ack(i), name)
		require.Equal(t, test.want, i.Reply().Message, name)
	}
}
