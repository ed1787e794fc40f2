package discordtest

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gorilla/websocket"
)

// sessionMemory is how many events a session keeps for a resume.
const sessionMemory = 1000

// session outlives its connections: what is dispatched while none is there waits
// for the resume. Its fields are under s.mu.
type session struct {
	g       *Gateway
	id      string
	conn    *conn // nil while the client is away
	intents int
	shard   int
	shards  int
	seq     int64
	events  []event
	left    time.Time // when its last connection ended; zero while there is one
}

// sessionLife is how long a session without a connection can still be resumed.
// Discord names no number; minutes is what is seen.
const sessionLife = 5 * time.Minute

// forget drops the sessions that nobody came back for. The caller holds s.mu.
func (g *Gateway) forget() {
	for id, ss := range g.sessions {
		if ss.conn == nil && !ss.left.IsZero() && g.s.now().Sub(ss.left) >= sessionLife {
			delete(g.sessions, id)
		}
	}
}

type event struct {
	seq   int64
	frame []byte
}

// owns tells whether the shard of the session gets the guild's events; those of
// DMs go to shard 0.
func (ss *session) owns(guild string) bool {
	if guild == "" {
		return ss.shard == 0
	}
	id, err := strconv.ParseUint(guild, 10, 64)
	return err == nil && int((id>>22)%uint64(ss.shards)) == ss.shard
}

// dispatch numbers an event, keeps it, and sends it when a client is there.
func (ss *session) dispatch(name string, data any) {
	ss.seq++
	e := event{seq: ss.seq, frame: rawJSON(obj{"op": opDispatch, "d": data, "s": ss.seq, "t": name})}
	ss.events = append(ss.events, e)
	if len(ss.events) > sessionMemory {
		ss.events = ss.events[1:]
	}
	if ss.conn != nil {
		ss.conn.event(e.frame)
	}
}

// receive acts on one frame of the client. The caller holds s.mu.
func (c *conn) receive(op int, d json.RawMessage) {
	switch op {
	case opHeartbeat:
		c.g.stats.Heartbeats++
		c.send(opHeartbeatAck, nil)
		c.g.s.wakeAll()
	case opIdentify:
		c.identify(d)
	case opResume:
		c.resume(d)
	case opPresence, opVoiceState, opRequestMembers:
		if c.session == nil {
			c.close(CloseNotAuthenticated)
		}
	default:
		c.close(CloseUnknownOpcode)
	}
}

func (c *conn) identify(raw json.RawMessage) {
	var d struct {
		Token      string         `json:"token"`
		Intents    *int           `json:"intents"`
		Compress   bool           `json:"compress"`
		Shard      []int          `json:"shard"`
		Properties map[string]any `json:"properties"`
	}
	c.g.stats.Identifies++
	defer c.g.s.wakeAll()
	switch err := json.Unmarshal(raw, &d); {
	case err != nil || d.Properties == nil:
		c.close(CloseDecodeError)
	case c.session != nil:
		c.close(CloseAlreadyAuthenticated)
	case c.g.refuse != 0:
		c.close(c.g.refuse)
	case !c.g.s.knownToken(d.Token):
		c.close(CloseAuthenticationFailed)
	case d.Intents == nil || *d.Intents < 0 || *d.Intents >= intentHighest:
		c.close(CloseInvalidIntents)
	case *d.Intents&^c.g.s.allowedIntents() != 0:
		c.close(CloseDisallowedIntents)
	case d.Shard != nil && (len(d.Shard) != 2 || d.Shard[1] < 1 || d.Shard[0] < 0 || d.Shard[0] >= d.Shard[1]):
		c.close(CloseInvalidShard)
	default:
		if a, ok := pop(&c.g.onIdent); ok {
			c.play(a)
			return
		}
		c.compress = d.Compress
		ss := &session{g: c.g, id: strings.ToLower(randomText(16)), conn: c, intents: *d.Intents, shards: 1}
		if d.Shard != nil {
			ss.shard, ss.shards = d.Shard[0], d.Shard[1]
		}
		c.session = ss
		c.g.sessions[ss.id] = ss
		c.ready(ss, d.Shard)
	}
}

func (c *conn) ready(ss *session, shard []int) {
	s := c.g.s
	guilds := []obj{}
	for _, g := range s.guildOrder {
		if ss.owns(g.ID) {
			guilds = append(guilds, obj{"id": g.ID, "unavailable": true})
		}
	}
	version, _ := strconv.Atoi(c.version) // greet has let only numbers through
	app := s.applicationObject()
	d := obj{
		"v": version, "user": s.app.object(), "guilds": guilds, "session_id": ss.id, "session_type": "normal",
		"resume_gateway_url": c.g.resumeURL(), "application": obj{"id": s.app.ID, "flags": app["flags"]},
		"private_channels": []obj{}, "relationships": []obj{}, "presences": []obj{}, "user_settings": obj{}, "_trace": []string{"discordtest"},
	}
	if shard != nil {
		d["shard"] = shard
	}
	ss.dispatch("READY", d)
	if ss.intents&intentGuilds != 0 {
		for _, g := range s.guildOrder {
			if ss.owns(g.ID) {
				ss.dispatch("GUILD_CREATE", g.gatewayObject())
			}
		}
	}
	s.changed(Change{Kind: BotChanged})
}

func (c *conn) resume(raw json.RawMessage) {
	var d struct {
		Token   string `json:"token"`
		Session string `json:"session_id"`
		Seq     *int64 `json:"seq"`
	}
	c.g.stats.Resumes++
	defer c.g.s.wakeAll()
	if err := json.Unmarshal(raw, &d); err != nil || d.Seq == nil {
		c.close(CloseDecodeError)
		return
	}
	c.g.forget()
	ss := c.g.sessions[d.Session]
	switch {
	case c.session != nil:
		c.close(CloseAlreadyAuthenticated)
		return
	case c.g.refuse != 0:
		c.close(c.g.refuse)
		return
	case !c.g.s.knownToken(d.Token):
		c.close(CloseAuthenticationFailed)
		return
	}
	if a, ok := pop(&c.g.onResume); ok {
		if ss != nil && (a.what == answerOp && a.op == opInvalidSession && !a.resumable || a.what == answerClose && endsSession(a.code)) {
			delete(c.g.sessions, ss.id)
		}
		c.play(a)
		return
	}
	switch {
	case ss == nil || ss.forgot(*d.Seq):
		c.send(opInvalidSession, false)
	case *d.Seq > ss.seq:
		delete(c.g.sessions, ss.id)
		c.close(CloseInvalidSeq)
	default:
		if old := ss.conn; old != nil {
			old.close(websocket.CloseNormalClosure)
			c.g.sessions[ss.id] = ss // it moves here; the old socket's end does not end it
		}
		c.session, ss.conn = ss, c
		c.g.stats.Resumed++
		for _, e := range slices.Clone(ss.events) {
			if e.seq > *d.Seq {
				c.event(e.frame)
			}
		}
		ss.dispatch("RESUMED", obj{"_trace": []string{"discordtest"}})
		c.g.s.changed(Change{Kind: BotChanged})
	}
}

// forgot tells whether events after seq are no longer kept.
func (ss *session) forgot(seq int64) bool {
	return len(ss.events) > 0 && seq+1 < ss.events[0].seq
}

// knownToken accepts the bot token with or without the prefix that some
// libraries leave on it.
func (s *Server) knownToken(token string) bool {
	return strings.TrimPrefix(token, "Bot ") == s.token
}

// allowedIntents are all but the privileged ones that were not granted.
func (s *Server) allowedIntents() int {
	all := intentHighest - 1
	if !s.cfg.messageContent {
		all &^= intentMessageContent
	}
	if !s.cfg.members {
		all &^= intentMembers
	}
	if !s.cfg.presences {
		all &^= intentPresences
	}
	return all
}
