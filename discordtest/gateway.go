package discordtest

import (
	"context"
	"net/http"
	"slices"
	"sync"

	"github.com/gorilla/websocket"
)

// Opcodes of the gateway (Discord's "Opcodes and Status Codes" topic).
const (
	opDispatch       = 0
	opHeartbeat      = 1
	opIdentify       = 2
	opPresence       = 3
	opVoiceState     = 4
	opResume         = 6
	opReconnect      = 7
	opRequestMembers = 8
	opInvalidSession = 9
	opHello          = 10
	opHeartbeatAck   = 11
)

// Close codes of the gateway.
const (
	CloseUnknownError         = 4000
	CloseUnknownOpcode        = 4001
	CloseDecodeError          = 4002
	CloseNotAuthenticated     = 4003
	CloseAuthenticationFailed = 4004
	CloseAlreadyAuthenticated = 4005
	CloseInvalidSeq           = 4007
	CloseRateLimited          = 4008
	CloseSessionTimedOut      = 4009
	CloseInvalidShard         = 4010
	CloseShardingRequired     = 4011
	CloseInvalidVersion       = 4012
	CloseInvalidIntents       = 4013
	CloseDisallowedIntents    = 4014
)

const (
	intentGuilds         = 1 << 0
	intentMembers        = 1 << 1
	intentPresences      = 1 << 8
	intentGuildMessages  = 1 << 9
	intentDirectMessages = 1 << 12
	intentMessageContent = 1 << 15
	intentHighest        = 1 << 26
)

// Gateway is the WebSocket side of a Server: its counts and its faults. All state
// is under the server's mutex; sockets are written by one goroutine each.
type Gateway struct {
	s        *Server
	upgrader websocket.Upgrader
	dial     sync.WaitGroup

	conns    map[*conn]struct{}
	sessions map[string]*session
	silent   bool
	onDial   []Answer
	onIdent  []Answer
	onResume []Answer
	refuse   int
	stats    GatewayStats
}

// GatewayStats counts what clients did since the server began.
type GatewayStats struct {
	Connections int
	Identifies  int
	Resumes     int // accepted or not
	Resumed     int // accepted
	Heartbeats  int
	Closes      []int // the codes sent by the server, in order
}

func newGateway(s *Server) *Gateway {
	return &Gateway{
		s: s, conns: map[*conn]struct{}{}, sessions: map[string]*session{},
		// A bot sends no Origin; a page from another port of this machine may.
		upgrader: websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }},
	}
}

func (g *Gateway) url() string { return "ws://" + g.s.host + "/gateway" }

func (g *Gateway) resumeURL() string { return "ws://" + g.s.host + "/gateway/resume" }

// serve is one socket from its handshake to its end.
func (g *Gateway) serve(w http.ResponseWriter, r *http.Request) {
	ws, err := g.upgrader.Upgrade(w, r, nil)
	if err != nil {
		return // Upgrade has answered
	}
	g.s.mu.Lock()
	if g.s.closed {
		g.s.mu.Unlock()
		_ = ws.Close()
		return
	}
	c := newConn(g, ws, r.URL.Query())
	g.conns[c] = struct{}{}
	g.stats.Connections++
	g.dial.Add(1)
	g.s.mu.Unlock()
	defer g.dial.Done()
	c.run()
}

// Ready waits until a session of the bot is identified or resumed and connected.
func (g *Gateway) Ready(ctx context.Context) error {
	return g.s.await(ctx, "a ready gateway session", g.online)
}

// Gone waits until no session of the bot is connected: after the end of a bot's
// process its socket stands for a moment more, and what a member does in that
// moment goes to nobody.
func (g *Gateway) Gone(ctx context.Context) error {
	return g.s.await(ctx, "the end of all gateway connections", func() bool { return !g.online() })
}

// Stats returns the counts so far.
func (g *Gateway) Stats() GatewayStats {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	st := g.stats
	st.Closes = slices.Clone(st.Closes)
	return st
}

// AwaitStats waits until done holds for the counts.
func (g *Gateway) AwaitStats(ctx context.Context, done func(GatewayStats) bool) error {
	return g.s.await(ctx, "gateway counts", func() bool { return done(g.stats) })
}

// Online tells whether the bot has a live session.
func (g *Gateway) Online() bool {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	return g.online()
}

func (g *Gateway) online() bool {
	for c := range g.conns {
		if c.session != nil {
			return true
		}
	}
	return false
}

// Send gives all sessions an event of any name and shape, for instance one that
// no client knows.
func (g *Gateway) Send(event string, data any) {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	for _, ss := range sortedByID(g.sessions) {
		ss.dispatch(event, data)
	}
}

// SendRaw writes one text frame of any bytes to every live connection.
func (g *Gateway) SendRaw(frame []byte) {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	for c := range g.conns {
		c.push(outgoing{kind: websocket.TextMessage, data: slices.Clone(frame)})
	}
}

// dispatchAll gives an event to every session that wants it. The caller holds s.mu.
func (g *Gateway) dispatchAll(guild string, intent int, event string, data func(*session) any) {
	g.forget()
	for _, ss := range sortedByID(g.sessions) {
		if (intent == 0 || ss.intents&intent != 0) && ss.owns(guild) {
			ss.dispatch(event, data(ss))
		}
	}
}

func (g *Gateway) dispatchGuild(guild *Guild, intent int, event string, data any) {
	g.dispatchAll(guild.ID, intent, event, func(*session) any { return data })
}

func (g *Gateway) guildAdded(guild *Guild) {
	g.dispatchAll(guild.ID, intentGuilds, "GUILD_CREATE", func(*session) any { return guild.gatewayObject() })
}

// dispatchMessage tells sessions of a message, with its text only for those that
// may read it. Nobody is told of ephemeral messages.
func (g *Gateway) dispatchMessage(event string, m *Message) {
	if m.Viewer != "" {
		return
	}
	intent := intentGuildMessages
	if m.GuildID == "" {
		intent = intentDirectMessages
	}
	if c := g.s.channels[m.ChannelID]; c == nil || !g.s.permissions(g.s.app, c).Has(ViewChannel) {
		return
	}
	g.dispatchAll(m.GuildID, intent, event, func(ss *session) any {
		o := g.s.visibleToBot(m, ss.intents&intentMessageContent != 0)
		if m.GuildID != "" {
			o["guild_id"] = m.GuildID
			if member := g.s.guilds[m.GuildID].members[m.Author.ID]; member != nil {
				o["member"] = member.partial()
			}
		}
		return o
	})
}

func (g *Gateway) closeAll() {
	g.s.mu.Lock()
	for c := range g.conns {
		c.drop()
	}
	g.s.mu.Unlock()
	g.dial.Wait()
}
