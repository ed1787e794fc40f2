package play

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/gorilla/websocket"

	"seedbank/discordtest"
)

const (
	keptRequests = 500              // of the past, that a hello brings
	batch        = 100              // changes in one frame, at most
	writeTime    = 10 * time.Second // for one frame
	pingEvery    = 30 * time.Second
	maxIncoming  = 1 << 10 // bytes; the page sends nothing but control frames
)

// hello is the first frame of a feed.
type hello struct {
	Type     string                `json:"type"` // hello
	CDN      string                `json:"cdn"`  // what links to files begin with; the bridge serves the same paths
	Snapshot discordtest.Snapshot  `json:"snapshot"`
	Requests []discordtest.Request `json:"requests"` // the latest of the past
}

// changes is every further frame of a feed.
type changes struct {
	Type    string   `json:"type"` // changes
	Changes []change `json:"changes"`
}

// change is a change with what it speaks of.
type change struct {
	discordtest.Change
	View  *discordtest.InteractionView `json:"view,omitempty"`  // of interaction_changed
	World *discordtest.Snapshot        `json:"world,omitempty"` // without messages; of what changes the world
}

// feed tells a page everything, from its hello on.
func (b *Bridge) feed(w http.ResponseWriter, r *http.Request) {
	up := websocket.Upgrader{EnableCompression: true} // its own check of Origin holds
	conn, err := up.Upgrade(w, r, nil)
	if err != nil {
		return // the answer has been given
	}
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	var reading sync.WaitGroup
	defer reading.Wait()
	defer func() { _ = conn.Close() }() // the page sees the end either way
	reading.Go(func() {
		defer cancel()
		conn.SetReadLimit(maxIncoming)
		for {
			if _, _, err := conn.NextReader(); err != nil {
				return
			}
		}
	})
	_ = b.tell(ctx, conn) // the page is gone, or the server is
}

// tell writes the feed until the page goes.
func (b *Bridge) tell(ctx context.Context, conn *websocket.Conn) error {
	news := b.s.Watch(ctx)
	first := hello{Type: "hello", CDN: b.s.URL(), Snapshot: b.s.Snapshot(), Requests: b.s.Requests()}
	first.Requests = first.Requests[max(0, len(first.Requests)-keptRequests):]
	if err := send(conn, first); err != nil {
		return err
	}
	ping := time.NewTicker(pingEvery)
	defer ping.Stop()
	for {
		select {
		case c, open := <-news:
			if !open {
				return nil
			}
			frame := changes{Type: "changes"}
			for ; open && len(frame.Changes) < batch; c, open = next(news) {
				if c.Seq > first.Snapshot.Seq {
					frame.Changes = append(frame.Changes, b.detail(c))
				}
			}
			if len(frame.Changes) == 0 {
				continue
			}
			if err := send(conn, frame); err != nil {
				return err
			}
		case <-ping.C:
			if err := conn.WriteControl(websocket.PingMessage, nil, time.Now().Add(writeTime)); err != nil {
				return err
			}
		}
	}
}

// next is a change that is there already.
func next(news <-chan discordtest.Change) (discordtest.Change, bool) {
	select {
	case c, open := <-news:
		return c, open
	default:
		return discordtest.Change{}, false
	}
}

// detail adds what a page cannot know.
func (b *Bridge) detail(c discordtest.Change) change {
	out := change{Change: c}
	switch c.Kind {
	case discordtest.InteractionChanged:
		if i := b.s.Interaction(c.Interaction); i != nil {
			view := i.View()
			out.View = &view
		}
	case discordtest.GuildAdded, discordtest.GuildChanged, discordtest.ChannelAdded, discordtest.ChannelChanged,
		discordtest.ChannelRemoved, discordtest.CommandsChanged, discordtest.BotChanged:
		world := b.s.Snapshot()
		for _, g := range world.Guilds {
			withoutMessages(g.Channels)
		}
		withoutMessages(world.DMs)
		out.World = &world
	}
	return out
}

func withoutMessages(channels []discordtest.ChannelSnapshot) {
	for n := range channels {
		channels[n].Messages = nil
	}
}

func send(conn *websocket.Conn, frame any) error {
	if err := conn.SetWriteDeadline(time.Now().Add(writeTime)); err != nil {
		return err
	}
	return conn.WriteJSON(frame)
}
