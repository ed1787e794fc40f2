package discordtest_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/discordtest"
)

func TestTheApplication(t *testing.T) {
	t.Parallel()
	s := quick(t, discordtest.WithAppName("Seedbank"), discordtest.WithMessageContentIntent())
	g := s.AddGuild("G")
	api := newClient(t, s)
	require.Equal(t, s.AppID(), api.ok("GET", "/users/@me", nil).body["id"])
	require.Equal(t, true, api.ok("GET", "/users/@me", nil).body["bot"])
	for _, path := range []string{"/applications/@me", "/oauth2/applications/@me"} {
		app := api.ok("GET", path, nil).body
		require.Equal(t, "Seedbank", app["name"])
		require.EqualValues(t, 1<<19, app["flags"])
	}
	require.Equal(t, g.ID, api.ok("GET", "/users/@me/guilds", nil).array[0].(obj)["id"])
	require.EqualValues(t, 1, api.ok("GET", "/gateway/bot", nil).body["shards"])
	for _, version := range []string{"/api/v9", "/api/v10", "/api"} {
		api.api = version
		require.Contains(t, api.ok("GET", "/gateway", nil).body["url"], "ws://")
	}
	api.token = "Bot wrong"
	require.Equal(t, 401, api.do("GET", "/users/@me", nil).status)
	api.token = s.Token()
	require.Equal(t, 401, api.do("GET", "/users/@me", nil).status, "without the word Bot")
	api.token = ""
	require.Equal(t, 401, api.do("GET", "/gateway/bot", nil).status)
	require.Equal(t, 404, api.do("GET", "/nowhere", nil).status)
	require.Equal(t, 404, api.do("DELETE", "/users/@me", nil).status)
}

func TestGuilds(t *testing.T) {
	t.Parallel()
	s := quick(t)
	api := newClient(t, s)
	g := s.AddGuild("G")
	role := g.AddRole("Crew", discordtest.ManageMessages)
	asker := g.AddMember("Asker", discordtest.WithRoles(role), discordtest.Nick("Painter"), discordtest.Owner())
	c := g.AddChannel("c", discordtest.Deny(role, discordtest.SendMessages), discordtest.Allow(asker, discordtest.AttachFiles))
	c.AddThread("t")
	outsider := s.AddUser("Stranger")
	got := api.ok("GET", "/guilds/"+g.ID+"?with_counts=true", nil).body
	require.Equal(t, asker.ID, got["owner_id"])
	require.EqualValues(t, 2, got["approximate_member_count"])
	require.Len(t, got["roles"], 3)
	member := api.ok("GET", "/guilds/"+g.ID+"/members/"+asker.ID, nil).body
	require.Equal(t, list{role.ID}, member["roles"])
	require.Equal(t, "Painter", member["nick"])
	channels := api.ok("GET", "/guilds/"+g.ID+"/channels", nil).array
	require.Len(t, channels, 1, "threads are not among them")
	overwrites := channels[0].(obj)["permission_overwrites"].(list)
	require.Equal(t, obj{"id": role.ID, "type": 0.0, "allow": "0", "deny": "2048"}, overwrites[0])
	require.EqualValues(t, 1, overwrites[1].(obj)["type"])
	require.Len(t, api.ok("GET", "/guilds/"+g.ID+"/threads/active", nil).body["threads"], 1)
	require.Len(t, api.ok("GET", "/guilds/"+g.ID+"/roles", nil).array, 3)
	require.Equal(t, "8192", api.ok("GET", "/guilds/"+g.ID+"/roles/"+role.ID, nil).body["permissions"])
	require.Equal(t, "Stranger", api.ok("GET", "/users/"+outsider.ID, nil).body["global_name"])
	for path, code := range map[string]int{
		"/guilds/1":                                   10004,
		"/guilds/" + g.ID + "/roles/1":                10011,
		"/guilds/" + g.ID + "/members/1":              10013,
		"/guilds/" + g.ID + "/members/" + outsider.ID: 10007,
		"/users/1": 10013,
	} {
		require.Equal(t, code, api.do("GET", path, nil).code(), path)
	}
	g.BotMember().Leave()
	require.Equal(t, 50001, api.do("GET", "/guilds/"+g.ID, nil).code())
	require.Empty(t, broken(s))
}

func TestWhatTheBotMayDoInAChannel(t *testing.T) {
	t.Parallel()
	s := quick(t)
	api := newClient(t, s)
	g := s.AddGuild("G")
	me := g.BotMember()
	asker := g.AddMember("Asker", discordtest.Owner())
	open := g.AddChannel("open")
	hidden := g.AddChannel("hidden", discordtest.Private(asker))
	mute := g.AddChannel("mute", discordtest.Deny(me, discordtest.SendMessages))
	bare := g.AddChannel("bare", discordtest.Deny(me, discordtest.AttachFiles))
	dull := g.AddChannel("dull", discordtest.Deny(me, discordtest.ReadMessageHistory))
	voice := g.AddChannel("voice", discordtest.OfType(discordtest.VoiceChannel), discordtest.Deny(me, discordtest.Connect))
	thread := g.AddChannel("slow", discordtest.Deny(me, discordtest.SendMessagesInThreads)).AddThread("t")
	spoken := mute.AddThread("t")
	secret := open.AddPrivateThread("p", asker.User)
	shared := open.AddPrivateThread("q", asker.User, s.Bot())
	said := map[*discordtest.Channel]string{}
	for _, c := range []*discordtest.Channel{open, hidden, mute, bare, dull, voice, thread, spoken, secret, shared} {
		said[c] = asker.Say(c, "hello").ID
	}
	gone := g.AddChannel("gone")
	gone.Delete()
	words := obj{"content": "x"}
	for _, c := range []struct {
		does   string
		in     *discordtest.Channel
		method string
		rest   string
		body   any
		status int
		code   int
	}{
		{"reads an open channel", open, "GET", "", nil, 200, 0},
		{"cannot see a hidden one", hidden, "GET", "", nil, 403, 50001},
		{"does not know one that is gone", gone, "GET", "", nil, 404, 10003},
		{"posts", open, "POST", "/messages", words, 200, 0},
		{"cannot post where it is hidden", hidden, "POST", "/messages", words, 403, 50001},
		{"cannot post where it is mute", mute, "POST", "/messages", words, 403, 50013},
		{"posts in a thread of where it is mute", spoken, "POST", "/messages", words, 200, 0},
		{"cannot post in threads without that right", thread, "POST", "/messages", words, 403, 50013},
		{"cannot see a private thread", secret, "POST", "/messages", words, 403, 50001},
		{"posts in a private thread it is in", shared, "POST", "/messages", words, 200, 0},
		{"types", open, "POST", "/typing", nil, 204, 0},
		{"cannot type where it is mute", mute, "POST", "/typing", nil, 403, 50013},
		{"reads a message", open, "GET", "/messages/" + said[open], nil, 200, 0},
		{"cannot read without history", dull, "GET", "/messages/" + said[dull], nil, 403, 50013},
		{"lists nothing without history", dull, "GET", "/messages", nil, 200, 0},
		{"cannot read a voice channel it cannot enter", voice, "GET", "/messages/" + said[voice], nil, 403, 50001},
		{"finds no message that is none", open, "GET", "/messages/1", nil, 404, 10008},
		{"cannot edit what is not its own", open, "PATCH", "/messages/" + said[open], words, 403, 50005},
		{"cannot delete what is not its own", open, "DELETE", "/messages/" + said[open], nil, 403, 50013},
		{"cannot reply without history", dull, "POST", "/messages", obj{"content": "x", "message_reference": obj{"message_id": said[dull]}}, 400, 160002},
		{"finds a thread's member", shared, "GET", "/thread-members/" + asker.ID, nil, 200, 0},
		{"finds itself there", shared, "GET", "/thread-members/@me", nil, 200, 0},
		{"lists a thread's members", shared, "GET", "/thread-members", nil, 200, 0},
		{"finds nobody who is not", shared, "GET", "/thread-members/1", nil, 404, 10007},
		{"cannot list members of what is no thread", open, "GET", "/thread-members", nil, 404, 10003},
	} {
		t.Run(c.does, func(t *testing.T) {
			a := api.do(c.method, "/channels/"+c.in.ID+c.rest, c.body)
			require.Equal(t, c.status, a.status, "%s", a.raw)
			require.Equal(t, c.code, a.code())
		})
	}
	require.Equal(t, 50013, api.upload("POST", "/channels/"+bare.ID+"/messages", words, pngFile(t, "a.png")).code())
	require.Empty(t, api.ok("GET", "/channels/"+dull.ID+"/messages", nil).array)
	strong := s.AddGuild("H", discordtest.BotPermissions(discordtest.ViewChannel|discordtest.ManageMessages)).AddChannel("c")
	m := s.AddBot("Other").Say(strong, "spam")
	require.Equal(t, 204, api.do("DELETE", "/channels/"+strong.ID+"/messages/"+m.ID, nil).status)
	require.Nil(t, s.Message(strong.ID, m.ID))
}

func TestDirectMessages(t *testing.T) {
	t.Parallel()
	s := quick(t)
	api := newClient(t, s)
	asker := s.AddUser("Asker")
	dm := api.ok("POST", "/users/@me/channels", obj{"recipient_id": asker.ID}).body
	require.EqualValues(t, 1, dm["type"])
	require.Equal(t, asker.DM().ID, dm["id"], "there is one DM with a user")
	path := "/channels/" + asker.DM().ID + "/messages"
	require.NotContains(t, api.ok("POST", path, obj{"content": "x"}).body, "guild_id")
	m := asker.Say(asker.DM(), "secret")
	require.Equal(t, "secret", api.ok("GET", path+"/"+m.ID, nil).body["content"], "no intent is asked for in a DM")
	require.Equal(t, 50003, api.do("DELETE", path+"/"+m.ID, nil).code())
	require.Contains(t, m.Link(), "/channels/@me/")
	asker.RefuseDMs(true)
	require.Equal(t, 50007, api.do("POST", path, obj{"content": "x"}).code())
	asker.RefuseDMs(false)
	api.ok("POST", path, obj{"content": "x"})
	require.Equal(t, 10013, api.do("POST", "/users/@me/channels", obj{"recipient_id": "1"}).code())
	require.Equal(t, "NUMBER_TYPE_COERCE", api.do("POST", "/users/@me/channels", obj{}).failure("recipient_id"))
	require.Equal(t, 50007, api.do("POST", "/users/@me/channels", obj{"recipient_id": s.AddBot("B").ID}).code())
	require.Nil(t, s.AddUser("Stranger").Say(asker.DM(), "hi"))
}

func TestReadingWithoutTheIntent(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		opts  []discordtest.Option
		text  func(*discordtest.Server) string
		reads bool
	}{
		"is empty":                       {nil, func(*discordtest.Server) string { return "words" }, false},
		"is whole when the bot is meant": {nil, func(s *discordtest.Server) string { return s.Bot().Mention() + " words" }, true},
		"is whole with the intent":       {[]discordtest.Option{discordtest.WithMessageContentIntent()}, func(*discordtest.Server) string { return "words" }, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := quick(t, c.opts...)
			api := newClient(t, s)
			ch := s.AddGuild("G").AddChannel("c")
			m := s.AddBot("Other").Say(ch, c.text(s), discordtest.WithEmbeds(obj{"title": "t"}), discordtest.WithComponents(row(button("b"))),
				discordtest.WithUpload(discordtest.Upload{Name: "a.txt", Data: []byte("a")}))
			for _, got := range []obj{
				api.ok("GET", "/channels/"+ch.ID+"/messages/"+m.ID, nil).body,
				api.ok("GET", "/channels/"+ch.ID+"/messages", nil).array[0].(obj),
			} {
				for _, key := range []string{"content", "embeds", "attachments", "components"} {
					if c.reads {
						require.NotEmpty(t, got[key], key)
					} else {
						require.Empty(t, got[key], key)
						require.NotNil(t, got[key], key)
					}
				}
			}
			own := api.ok("POST", "/channels/"+ch.ID+"/messages", obj{"content": "mine"}).body["id"].(string)
			require.Equal(t, "mine", api.ok("GET", "/channels/"+ch.ID+"/messages/"+own, nil).body["content"])
		})
	}
}

func TestPagesOfMessages(t *testing.T) {
	t.Parallel()
	s := quick(t, discordtest.WithMessageContentIntent())
	api := newClient(t, s)
	g := s.AddGuild("G")
	c := g.AddChannel("c")
	asker := g.AddMember("Asker")
	var ids []string
	for n := range 60 {
		ids = append(ids, asker.Say(c, fmt.Sprint(n)).ID)
	}
	for query, want := range map[string][2]string{ // newest and oldest of the page
		"":                           {"59", "10"},
		"?limit=1":                   {"59", "59"},
		"?limit=100":                 {"59", "0"},
		"?limit=5&before=" + ids[20]: {"19", "15"},
		"?limit=5&after=" + ids[20]:  {"25", "21"},
		"?limit=5&around=" + ids[20]: {"22", "18"},
		"?limit=5&before=" + ids[2]:  {"1", "0"},
		"?limit=5&after=" + ids[57]:  {"59", "58"},
	} {
		page := api.ok("GET", "/channels/"+c.ID+"/messages"+query, nil).array
		require.Equal(t, want[0], page[0].(obj)["content"], query)
		require.Equal(t, want[1], page[len(page)-1].(obj)["content"], query)
	}
	for query, path := range map[string]string{"?limit=0": "limit", "?limit=101": "limit", "?limit=x": "limit", "?before=x": "before", "?before=1&after=2": ""} {
		require.NotEmpty(t, api.do("GET", "/channels/"+c.ID+"/messages"+query, nil).failure(path), query)
	}
}

func TestANonceIsPostedOnce(t *testing.T) {
	t.Parallel()
	s := quick(t)
	api := newClient(t, s)
	c := s.AddGuild("G").AddChannel("c")
	post := func(body obj) string {
		return api.ok("POST", "/channels/"+c.ID+"/messages", with(obj{"content": "x"}, body)).body["id"].(string)
	}
	enforced := obj{"nonce": "n1", "enforce_nonce": true}
	first := post(enforced)
	require.Equal(t, first, post(enforced))
	require.NotEqual(t, first, post(obj{"nonce": "n1"}), "not enforced")
	require.NotEqual(t, first, post(obj{"nonce": "n2", "enforce_nonce": true}))
	require.Equal(t, post(obj{"nonce": 7, "enforce_nonce": true}), post(obj{"nonce": 7, "enforce_nonce": true}))
	s.Advance(5 * time.Minute)
	require.NotEqual(t, first, post(enforced), "forgotten after some minutes")
}
