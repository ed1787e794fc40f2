package discordtest_test

import (
	"bytes"
	"compress/zlib"
	"encoding/json"
	"io"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/stretchr/testify/require"

	"seedbank/discordtest"
)

func TestSettings(t *testing.T) {
	t.Parallel()
	s := quick(t, discordtest.WithAddr("127.0.0.1:0"), discordtest.WithToken("a.b.c"), discordtest.WithSecrets(),
		discordtest.WithMembersIntent(), discordtest.WithPresencesIntent(), discordtest.WithCompression(0))
	require.Equal(t, "a.b.c", s.Token())
	require.Equal(t, "http://"+s.CDNHost(), s.URL())
	api := newClient(t, s)
	require.EqualValues(t, 1<<15|1<<13, api.ok("GET", "/applications/@me", nil).body["flags"])
	connect(t, s, 1<<1|1<<8)
	api.do("GET", "/webhooks/"+s.AppID()+"/readable/messages/@original", nil)
	require.Contains(t, s.RequestsTo("GET", "/webhooks/**")[0].Path, "readable")
	require.WithinDuration(t, time.Now(), s.Now(), time.Minute)
	s.Advance(time.Hour)
	require.WithinDuration(t, time.Now().Add(time.Hour), s.Now(), time.Minute)

	_, err := discordtest.Start(discordtest.WithAddr("256.0.0.1:0"))
	require.Error(t, err)
	require.Panics(t, func() { discordtest.New(discordtest.WithAddr("256.0.0.1:0")) })
}

func TestEventsAreCompressedForThoseWhoAsk(t *testing.T) {
	t.Parallel()
	t.Run("one by one, after identify", func(t *testing.T) {
		t.Parallel()
		s := quick(t, discordtest.WithCompression(2))
		k := dial(t, s, "/?v=10")
		k.next()
		k.identify(obj{"compress": true})
		require.Equal(t, "READY", k.next().T)
		var kinds []int
		for range 3 {
			s.Gateway().Send("EVENT", obj{})
		}
		for range 3 {
			kind, _, err := k.ws.ReadMessage()
			require.NoError(t, err)
			kinds = append(kinds, kind)
		}
		require.Contains(t, kinds, websocket.BinaryMessage)
		require.Contains(t, kinds, websocket.TextMessage)
	})
	t.Run("as one stream", func(t *testing.T) {
		t.Parallel()
		s := quick(t)
		k := dial(t, s, "/?v=10&encoding=json&compress=zlib-stream")
		k.identify(nil)
		var packed bytes.Buffer
		for range 2 { // hello and READY
			kind, raw, err := k.ws.ReadMessage()
			require.NoError(t, err)
			require.Equal(t, websocket.BinaryMessage, kind)
			require.True(t, bytes.HasSuffix(raw, []byte{0, 0, 0xff, 0xff}), "each message ends with a flush")
			packed.Write(raw)
		}
		z, err := zlib.NewReader(&packed)
		require.NoError(t, err)
		plain, _ := io.ReadAll(z) // the stream is not at its end
		d := json.NewDecoder(bytes.NewReader(plain))
		var hello, ready frame
		require.NoError(t, d.Decode(&hello))
		require.NoError(t, d.Decode(&ready))
		require.Equal(t, 10, hello.Op)
		require.Equal(t, "READY", ready.T)
	})
}

func TestPeopleAndPermissionsChange(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	gateway := connect(t, w.s, 1)
	german := w.s.AddGuild("H", discordtest.PreferredLocale("de"), discordtest.EveryonePermissions(discordtest.ViewChannel|discordtest.UseApplicationCommands))
	c := german.AddChannel("kanal")
	stranger := german.AddMember("Stranger", discordtest.Locale("fr"))
	require.NoError(t, stranger.Slash(c, "seed", discordtest.Options{"job": "x"}).Err())
	e := w.receive()
	require.Equal(t, "fr", e["locale"])
	require.Equal(t, "de", e["guild_locale"])
	require.Nil(t, stranger.Say(c, "x"), "everyone may only look")
	role := german.AddRole("Writers", discordtest.SendMessages)
	stranger.SetRoles(role)
	require.NotNil(t, stranger.Say(c, "x"))
	require.True(t, stranger.Permissions(c).Has(discordtest.SendMessages))
	c.Permit(role, 0, discordtest.SendMessages)
	require.Nil(t, stranger.Say(c, "x"), "a channel's word for the role comes after the roles")
	c.Permit(stranger, discordtest.SendMessages, 0)
	require.NotNil(t, stranger.Say(c, "x"), "and its word for the member after that")
	c.Permit(german.Everyone(), 0, discordtest.ViewChannel)
	require.Zero(t, stranger.Permissions(c), "what is not seen cannot be used")
	require.Empty(t, c.Messages(stranger.User))
	boss := german.AddRole("Boss", discordtest.Administrator)
	stranger.SetRoles(boss)
	require.True(t, stranger.Permissions(c).Has(discordtest.ManageGuild), "administrators may do all")
	gateway.event("GUILD_CREATE")
	gateway.event("CHANNEL_CREATE")
	gateway.event("CHANNEL_UPDATE")

	member := german.Join(w.asker.User)
	require.Len(t, german.Members(), 3)
	member.Leave()
	require.Len(t, german.Members(), 2)
	require.Equal(t, []*discordtest.Channel{c}, german.Channels())
	require.Equal(t, german.ID, c.GuildID())
	c.Delete()
	gateway.event("CHANNEL_DELETE")
	require.Empty(t, german.Channels())
	require.Nil(t, stranger.Say(c, "x"))
	german.BotMember().Leave()
	other := german.AddChannel("other")
	require.ErrorContains(t, stranger.Slash(other, "seed", discordtest.Options{"job": "x"}).Err(), "not on this server")
}

func TestAChannelThatGoesAwayTakesItsAnswersAlong(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	_, answered := w.ask()
	_, waiting := w.ask()
	require.Equal(t, 204, w.respond(answered, 5, nil).status)
	w.channel.Delete()
	require.Equal(t, 10003, w.respond(waiting, 4, obj{"content": "x"}).code())
	require.Equal(t, 10003, w.do("PATCH", hookPath(answered, "/messages/@original"), obj{"content": "x"}).code())
}

// TestTheClockNeedsNoPush is the one that waits for real: three seconds without an answer are over by themselves.
func TestTheClockNeedsNoPush(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	i, e := w.ask()
	require.Equal(t, discordtest.KindCommand, i.Kind())
	begin := time.Now()
	require.NoError(t, i.Failed(soon(t)))
	require.InDelta(t, 3, time.Since(begin).Seconds(), 1)
	require.Equal(t, 10062, w.respond(e, 4, obj{"content": "x"}).code())
}
