package discordtest_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/discordtest"
)

func TestHelloIdentifyReady(t *testing.T) {
	t.Parallel()
	s := quick(t)
	g := s.AddGuild("G")
	g.AddChannel("c").AddThread("t")
	k := dial(t, s, "/?v=10&encoding=json")
	hello := k.next()
	require.Equal(t, 10, hello.Op)
	require.EqualValues(t, 41250, hello.data(t)["heartbeat_interval"])
	k.send(1, nil)
	require.Equal(t, 11, k.next().Op, "a heartbeat is acknowledged, also before identify")
	k.identify(obj{"intents": 1, "compress": true})
	ready := k.next()
	require.Equal(t, "READY", ready.T)
	require.EqualValues(t, 1, ready.S)
	d := ready.data(t)
	require.EqualValues(t, 10, d["v"])
	require.Equal(t, s.AppID(), d["application"].(obj)["id"])
	require.Equal(t, s.AppID(), d["user"].(obj)["id"])
	require.Contains(t, d["resume_gateway_url"], "ws://")
	require.Equal(t, obj{"id": g.ID, "unavailable": true}, d["guilds"].(list)[0])
	create := k.next()
	require.Equal(t, "GUILD_CREATE", create.T)
	require.Len(t, create.data(t)["channels"], 1)
	require.Len(t, create.data(t)["threads"], 1)
	require.NoError(t, s.Gateway().Ready(soon(t)))
	require.True(t, s.Gateway().Online())
}

func TestIdentifyThatIsRefused(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		d    obj
		code int
	}{
		"a wrong token":                  {obj{"token": "wrong"}, discordtest.CloseAuthenticationFailed},
		"no properties":                  {obj{"properties": nil}, discordtest.CloseDecodeError},
		"no intents":                     {obj{"intents": nil}, discordtest.CloseInvalidIntents},
		"intents that do not exist":      {obj{"intents": 1 << 40}, discordtest.CloseInvalidIntents},
		"an intent that was not granted": {obj{"intents": 1 << 15}, discordtest.CloseDisallowedIntents},
		"a shard that cannot be":         {obj{"shard": list{2, 2}}, discordtest.CloseInvalidShard},
		"a field of a wrong type":        {obj{"token": 5}, discordtest.CloseDecodeError},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := dial(t, quick(t), "/?v=10&encoding=json")
			k.next()
			k.identify(c.d)
			require.Equal(t, c.code, k.closed())
		})
	}
}

func TestFramesThatEndTheConnection(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		query string
		do    func(*socket)
		code  int
	}{
		"a version not spoken":     {"/?v=8", func(*socket) {}, discordtest.CloseInvalidVersion},
		"no JSON":                  {"/?v=9", func(k *socket) { require.NoError(k.t, k.ws.WriteMessage(1, []byte("{"))) }, discordtest.CloseDecodeError},
		"no op":                    {"/?v=9", func(k *socket) { require.NoError(k.t, k.ws.WriteJSON(obj{"d": 1})) }, discordtest.CloseDecodeError},
		"an op unknown":            {"/?v=9", func(k *socket) { k.send(77, nil) }, discordtest.CloseUnknownOpcode},
		"presence before identify": {"/?v=9", func(k *socket) { k.send(3, obj{}) }, discordtest.CloseNotAuthenticated},
		"identify twice":           {"/?v=9", func(k *socket) { k.identify(nil); k.event("READY"); k.identify(nil) }, discordtest.CloseAlreadyAuthenticated},
		"more than 4096 bytes":     {"/?v=9", func(k *socket) { k.send(1, strings.Repeat("x", 5000)) }, discordtest.CloseDecodeError},
		"121 frames in a minute": {"/?v=9", func(k *socket) {
			for range 121 {
				k.send(1, nil)
			}
		}, discordtest.CloseRateLimited},
		"a resume without seq":   {"/?v=9", func(k *socket) { k.send(6, obj{"token": k.s.Token(), "session_id": "x"}) }, discordtest.CloseDecodeError},
		"a resume by a stranger": {"/?v=9", func(k *socket) { k.send(6, obj{"token": "x", "session_id": "x", "seq": 1}) }, discordtest.CloseAuthenticationFailed},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := dial(t, quick(t), c.query)
			c.do(k)
			require.Equal(t, c.code, k.closed())
		})
	}
	t.Run("silence for two heartbeats", func(t *testing.T) {
		t.Parallel()
		k := dial(t, quick(t, discordtest.WithHeartbeat(10*time.Millisecond)), "/?v=9")
		require.Equal(t, discordtest.CloseSessionTimedOut, k.closed())
	})
}

func TestResuming(t *testing.T) {
	t.Parallel()
	resume := func(k *socket, id string, seq int64) *socket {
		next := dial(k.t, k.s, "/resume?v=10&encoding=json")
		require.Equal(k.t, 10, next.next().Op)
		next.send(6, obj{"token": k.s.Token(), "session_id": id, "seq": seq})
		return next
	}
	t.Run("replays what was missed, in order and once", func(t *testing.T) {
		t.Parallel()
		s := quick(t)
		k := connect(t, s, 0)
		s.Gateway().Send("ONE", obj{})
		k.event("ONE")
		s.Gateway().Drop()
		s.Gateway().Send("TWO", obj{})
		s.Gateway().Send("THREE", obj{})
		next := resume(k, k.id, k.seq)
		for n, name := range []string{"TWO", "THREE", "RESUMED"} {
			f := next.next()
			require.Equal(t, name, f.T)
			require.Equal(t, k.seq+int64(n)+1, f.S)
		}
		st := s.Gateway().Stats()
		require.Equal(t, [4]int{2, 1, 1, 1}, [4]int{st.Connections, st.Identifies, st.Resumes, st.Resumed})
	})
	t.Run("is refused for a session unknown or forgotten", func(t *testing.T) {
		t.Parallel()
		s := quick(t)
		k := connect(t, s, 0)
		s.Gateway().Drop()
		s.Gateway().Forget()
		for _, id := range []string{k.id, "unknown"} {
			f := resume(k, id, k.seq).next()
			require.Equal(t, 9, f.Op)
			require.Equal(t, "false", string(f.D))
		}
	})
	t.Run("is refused when nobody came back for some minutes", func(t *testing.T) {
		t.Parallel()
		s := quick(t)
		k := connect(t, s, 0)
		s.Gateway().Drop()
		s.Advance(5 * time.Minute)
		require.Equal(t, 9, resume(k, k.id, k.seq).next().Op)
	})
	t.Run("is closed with 4007 for a seq that was never sent", func(t *testing.T) {
		t.Parallel()
		s := quick(t)
		k := connect(t, s, 0)
		s.Gateway().Drop()
		require.Equal(t, discordtest.CloseInvalidSeq, resume(k, k.id, 99).closed())
		require.Equal(t, 9, resume(k, k.id, 1).next().Op, "and the session is over")
	})
	t.Run("ends after a close with 1000, but not after 4000", func(t *testing.T) {
		t.Parallel()
		for code, op := range map[int]int{1000: 9, 1001: 9, 4000: 0} {
			s := quick(t)
			k := connect(t, s, 0)
			require.NoError(t, k.ws.WriteControl(8, []byte{byte(code >> 8), byte(code)}, time.Now().Add(time.Second)))
			require.NoError(t, s.Gateway().AwaitStats(soon(t), func(discordtest.GatewayStats) bool { return true }))
			require.Eventually(t, func() bool { return !s.Gateway().Online() }, 30*time.Second, time.Millisecond)
			require.Equal(t, op, resume(k, k.id, k.seq).next().Op, "%d", code)
		}
	})
}

func TestGatewayFaults(t *testing.T) {
	t.Parallel()
	t.Run("op 7 and op 9", func(t *testing.T) {
		t.Parallel()
		s := quick(t)
		k := connect(t, s, 0)
		s.Gateway().Reconnect()
		require.Equal(t, 7, k.next().Op)
		s.Gateway().InvalidSession(true)
		require.Equal(t, "true", string(k.next().D))
		require.True(t, s.Gateway().Online())
		s.Gateway().InvalidSession(false)
		require.Equal(t, "false", string(k.next().D))
		require.False(t, s.Gateway().Online())
		k.identify(nil)
		require.Equal(t, "READY", k.event("READY").T, "on the same socket")
	})
	t.Run("answers out of place, one each", func(t *testing.T) {
		t.Parallel()
		s := quick(t)
		g := s.Gateway()
		g.NextConnect(discordtest.AnswerClose(4000))
		require.Equal(t, 4000, dial(t, s, "/?v=10").closed())
		g.NextIdentify(discordtest.AnswerReconnect(), discordtest.AnswerInvalidSession(false))
		for _, op := range []int{7, 9} {
			k := dial(t, s, "/?v=10")
			k.next()
			k.identify(nil)
			require.Equal(t, op, k.next().Op)
		}
		g.Refuse(discordtest.CloseShardingRequired)
		k := dial(t, s, "/?v=10")
		k.next()
		k.identify(nil)
		require.Equal(t, discordtest.CloseShardingRequired, k.closed())
		g.Refuse(0)
		connect(t, s, 0)
	})
	t.Run("silence, and words of any shape", func(t *testing.T) {
		t.Parallel()
		s := quick(t)
		k := connect(t, s, 0)
		s.Gateway().Silence()
		s.Gateway().Send("LOST", obj{})
		s.Gateway().Speak()
		s.Gateway().SendRaw([]byte(`{"op":0,"t":"RAW","s":5}`))
		require.Equal(t, "RAW", k.next().T)
		s.Gateway().Close(4001)
		require.Equal(t, 4001, k.closed())
		require.Equal(t, []int{4001}, s.Gateway().Stats().Closes)
	})
}

func TestWhoHearsOfMessages(t *testing.T) {
	t.Parallel()
	const guildMessages, directMessages, content = 1 << 9, 1 << 12, 1 << 15
	s := quick(t, discordtest.WithMessageContentIntent())
	g := s.AddGuild("G")
	c, hidden := g.AddChannel("c"), g.AddChannel("h", discordtest.Private())
	asker := g.AddMember("Asker")
	deaf, half, whole := connect(t, s, 0), connect(t, s, guildMessages|directMessages), connect(t, s, guildMessages|content)
	m := asker.Say(c, "words")
	asker.Say(hidden, "hidden")
	asker.Edit(m, "other words")
	asker.Delete(m)
	asker.Say(asker.DM(), "direct")
	s.Gateway().Send("END", obj{})
	events := func(k *socket) (all []string) {
		for f := k.next(); f.T != "END"; f = k.next() {
			var d struct {
				Content string `json:"content"`
				Member  obj    `json:"member"`
				Guild   string `json:"guild_id"`
			}
			require.NoError(t, json.Unmarshal(f.D, &d))
			if d.Guild != "" && f.T != "MESSAGE_DELETE" {
				require.NotNil(t, d.Member)
			}
			all = append(all, f.T+" "+d.Content)
		}
		return all
	}
	require.Empty(t, events(deaf))
	require.Equal(t, []string{"MESSAGE_CREATE ", "MESSAGE_UPDATE ", "MESSAGE_DELETE ", "MESSAGE_CREATE direct"}, events(half))
	require.Equal(t, []string{"MESSAGE_CREATE words", "MESSAGE_UPDATE other words", "MESSAGE_DELETE "}, events(whole))
}

func TestShards(t *testing.T) {
	t.Parallel()
	s := quick(t)
	shard := func(n int) *socket {
		k := dial(t, s, "/?v=10")
		k.next()
		k.identify(obj{"shard": list{n, 2}})
		require.Equal(t, list{float64(n), 2.0}, k.event("READY").data(t)["shard"])
		return k
	}
	zero := shard(0)
	shard(1)
	api := newClient(t, s)
	api.ok("PUT", "/applications/"+s.AppID()+"/commands", list{obj{"name": "a", "description": "d"}})
	asker := s.AddUser("Asker")
	require.NoError(t, asker.Slash(asker.DM(), "a", nil).Err())
	require.Equal(t, asker.ID, zero.event("INTERACTION_CREATE").data(t)["user"].(obj)["id"], "direct messages are shard 0's")
}

func TestInteractionsWaitForAResume(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.s.Gateway().Drop()
	require.Eventually(t, func() bool { return !w.s.Gateway().Online() }, 30*time.Second, time.Millisecond)
	i := w.asker.Slash(w.channel, "seed", discordtest.Options{"job": "x"})
	require.NoError(t, i.Err())
	next := dial(t, w.s, "/resume?v=10")
	next.next()
	next.send(6, obj{"token": w.s.Token(), "session_id": w.bot.id, "seq": w.bot.seq})
	require.Equal(t, i.ID(), next.event("INTERACTION_CREATE").data(t)["id"])
}
