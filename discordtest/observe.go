package discordtest

import (
	"context"
	"encoding/json"
)

// ChangeKind says what a Change tells.
type ChangeKind string

// The kinds of change.
const (
	GuildAdded         ChangeKind = "guild_added"
	GuildChanged       ChangeKind = "guild_changed" // roles or members
	ChannelAdded       ChangeKind = "channel_added"
	ChannelChanged     ChangeKind = "channel_changed"
	ChannelRemoved     ChangeKind = "channel_removed"
	MessageAdded       ChangeKind = "message_added"
	MessageChanged     ChangeKind = "message_changed"
	MessageRemoved     ChangeKind = "message_removed"
	InteractionChanged ChangeKind = "interaction_changed"
	CommandsChanged    ChangeKind = "commands_changed"
	RequestMade        ChangeKind = "request_made"
	RuleBroken         ChangeKind = "rule_broken"
	BotChanged         ChangeKind = "bot_changed" // came online or went offline
)

// Change is one thing that happened. Ids that do not apply are "".
type Change struct {
	Seq         int64      `json:"seq"` // grows by one with each change
	Kind        ChangeKind `json:"kind"`
	Guild       string     `json:"guild,omitempty"`
	Channel     string     `json:"channel,omitempty"`
	Interaction string     `json:"interaction,omitempty"`
	Message     *Message   `json:"message,omitempty"` // the new state; nil when the change is of no message
	Request     *Request   `json:"request,omitempty"`
	Violation   *Violation `json:"violation,omitempty"`
}

// observer is one subscription: a queue that never blocks the server.
type observer struct {
	queue []Change
	wake  chan struct{}
	gone  chan struct{} // closed when the server closes
	ended bool
}

func newObserver() *observer {
	return &observer{wake: make(chan struct{}, 1), gone: make(chan struct{})}
}

// end closes the subscription. The caller holds s.mu.
func (o *observer) end() {
	if !o.ended {
		o.ended = true
		close(o.gone)
	}
	o.nudge()
}

func (o *observer) nudge() {
	select {
	case o.wake <- struct{}{}:
	default:
	}
}

// Watch returns every change from now on, in order and without a gap. The channel
// is closed when ctx ends or the server closes; Close waits for no reader. A slow
// reader keeps changes in memory; it holds up no one.
func (s *Server) Watch(ctx context.Context) <-chan Change {
	out := make(chan Change)
	o := newObserver()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		close(out)
		return out
	}
	s.observers[o] = struct{}{}
	s.wg.Go(func() {
		defer close(out)
		defer s.unwatch(o)
		for {
			s.mu.Lock()
			queue, ended := o.queue, o.ended
			o.queue = nil
			s.mu.Unlock()
			for _, c := range queue {
				select {
				case out <- c:
				case <-o.gone:
					return
				case <-ctx.Done():
					return
				}
			}
			if ended {
				return
			}
			select {
			case <-o.wake:
			case <-ctx.Done():
				return
			}
		}
	})
	return out
}

func (s *Server) unwatch(o *observer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.observers, o)
}

// changed tells all observers and waiters. The caller holds s.mu.
func (s *Server) changed(c Change) {
	s.changes++
	c.Seq = s.changes
	for o := range s.observers {
		o.queue = append(o.queue, c)
		o.nudge()
	}
	s.wakeAll()
}

// Snapshot is the whole visible state at one moment, in Discord's objects.
type Snapshot struct {
	Seq         int64             `json:"seq"` // of the last change that is in it
	Application json.RawMessage   `json:"application"`
	Online      bool              `json:"online"` // the bot has a live session
	Guilds      []GuildSnapshot   `json:"guilds"`
	DMs         []ChannelSnapshot `json:"dms"`
	Commands    []json.RawMessage `json:"commands"` // global and of guilds, with guild_id
}

// GuildSnapshot is a guild with its members and channels.
type GuildSnapshot struct {
	Guild    json.RawMessage   `json:"guild"`
	Members  []json.RawMessage `json:"members"`
	Channels []ChannelSnapshot `json:"channels"`
}

// ChannelSnapshot is a channel with its messages, oldest first. Messages with a
// Viewer are ephemeral: only that user sees them.
type ChannelSnapshot struct {
	Channel  json.RawMessage        `json:"channel"`
	Messages []*Message             `json:"messages"`
	Access   map[string]Permissions `json:"access"` // user id → what they may do here
}

// Snapshot returns the state now. To follow it, Watch first, then take the
// snapshot and ignore changes up to its Seq.
func (s *Server) Snapshot() Snapshot {
	s.mu.Lock()
	defer s.mu.Unlock()
	snap := Snapshot{Seq: s.changes, Application: rawJSON(s.applicationObject()), Online: s.gw.online()}
	for _, g := range s.guildOrder {
		gs := GuildSnapshot{Guild: rawJSON(g.object())}
		for _, m := range g.order {
			gs.Members = append(gs.Members, rawJSON(m.object()))
		}
		for _, c := range g.channels {
			gs.Channels = append(gs.Channels, c.snapshot(g.order))
		}
		snap.Guilds = append(snap.Guilds, gs)
	}
	for _, c := range sortedByID(s.channels) {
		if c.guild == nil {
			snap.DMs = append(snap.DMs, c.snapshot(nil))
		}
	}
	for _, scope := range sortedKeys(s.commands) {
		for _, c := range sortedByID(s.commands[scope]) {
			snap.Commands = append(snap.Commands, rawJSON(c.object()))
		}
	}
	return snap
}

func (c *Channel) snapshot(members []*Member) ChannelSnapshot {
	out := ChannelSnapshot{Channel: rawJSON(c.object()), Messages: make([]*Message, 0, len(c.messages)), Access: map[string]Permissions{}}
	for _, m := range c.messages {
		out.Messages = append(out.Messages, m.sealed())
	}
	for _, m := range members {
		out.Access[m.User.ID] = c.s.permissions(m.User, c)
	}
	if c.recipient != nil {
		out.Access[c.recipient.ID] = directMessagePermission
	}
	return out
}

// rawJSON encodes what this package built itself, which always encodes.
func rawJSON(v any) json.RawMessage {
	raw, err := json.Marshal(v)
	if err != nil {
		panic("discordtest: encode own object: " + err.Error())
	}
	return raw
}
