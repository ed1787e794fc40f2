package bot

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"runtime/debug"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"
)

// link is one discordgo session with its socket. Its channels hold at most one signal each; what is signalled twice
// before it was heard is heard once.
type link struct {
	session *discordgo.Session
	ready   chan struct{} // READY or RESUMED
	lost    chan struct{}

	mu        sync.Mutex
	conn      net.Conn
	abandoned bool
}

// newLink makes a session that connects only when told to, keeps no state, and hands its events to the gateway.
func (g *gateway) newLink() (*link, error) {
	session, err := discordgo.New("Bot " + g.token)
	if err != nil {
		return nil, fmt.Errorf("make a discord session: %w", err)
	}
	l := &link{session: session, ready: make(chan struct{}, 1), lost: make(chan struct{}, 1)}
	session.Client = &http.Client{Transport: g.transport, Timeout: 20 * time.Second}
	session.Identify.Intents = 0 // interactions need none
	session.StateEnabled = false
	session.SyncEvents = true // goroutines are ours to start, so that they can be counted
	session.ShouldReconnectOnError = false
	session.LogLevel = discordgo.LogWarning // more would print tokens
	session.Dialer = &websocket.Dialer{
		HandshakeTimeout: 20 * time.Second,
		// The dialer asks for a proxy before each connection, with the gateway's address: the first moment it is known.
		Proxy: func(req *http.Request) (*url.URL, error) {
			routeLogs(req.URL.Host, g.log)
			return http.ProxyFromEnvironment(req)
		},
		NetDialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
			conn, err := (&net.Dialer{}).DialContext(ctx, network, addr)
			if err != nil {
				return nil, err
			}
			return l.own(&impatientConn{Conn: conn, silence: g.time.silence})
		},
	}
	// Both run in discordgo's read loop, some of them while it holds its lock: they may not call the session.
	session.AddHandler(func(_ *discordgo.Session, e *discordgo.Event) { g.event(l, e) })
	session.AddHandler(func(*discordgo.Session, *discordgo.Disconnect) { signal(l.lost) })
	return l, nil
}

// event takes the raw events; discordgo's decoded ones are not to be trusted with components it does not know.
func (g *gateway) event(l *link, e *discordgo.Event) {
	defer func() {
		if r := recover(); r != nil {
			g.log.Error("gateway event broke its handler", "event", e.Type, "panic", r, "stack", string(debug.Stack()))
		}
	}()
	if l.isAbandoned() {
		return
	}
	switch e.Type {
	case "READY":
		var ready struct {
			User        User                `json:"user"`
			Application struct{ ID string } `json:"application"`
		}
		if err := json.Unmarshal(e.RawData, &ready); err != nil {
			g.log.Error("gateway said READY in a way that cannot be read", "err", err)
			return
		}
		// Of today's applications the bot user has the application's own ID.
		g.onReady(identity{application: cmp.Or(ready.Application.ID, ready.User.ID), user: ready.User.ID})
		signal(l.ready)
	case "RESUMED":
		signal(l.ready)
	case "INTERACTION_CREATE":
		g.onInteraction(e.RawData)
	}
}

func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// forget drops signals of an earlier connection.
func (l *link) forget() {
	for _, c := range []chan struct{}{l.ready, l.lost} {
		select {
		case <-c:
		default:
		}
	}
}

// own remembers the socket, so that abandon can close it.
func (l *link) own(conn net.Conn) (net.Conn, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.abandoned {
		_ = conn.Close()
		return nil, net.ErrClosed
	}
	l.conn = conn
	return conn, nil
}

func (l *link) isAbandoned() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.abandoned
}

// abandon ends a session from the outside. Its Close is of no use: it waits for the lock that a stuck Open holds.
// Closing the socket ends the session's goroutines, except one that discordgo has locked against itself.
func (l *link) abandon() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.abandoned = true
	if l.conn != nil {
		_ = l.conn.Close()
	}
}

// close says goodbye to Discord and hangs up. discordgo's Close writes its farewell at once and then sleeps for a
// second before it hangs up itself; nothing is gained by waiting for that, so its goroutine may end a little later.
func (l *link) close(goodbye time.Duration) {
	closed := make(chan struct{})
	go func() {
		defer close(closed)
		_ = l.session.Close() // we are leaving: there is nothing to do about an error
	}()
	timer := time.NewTimer(goodbye)
	defer timer.Stop()
	select {
	case <-closed:
	case <-timer.C:
	}
	l.abandon()
}

// impatientConn is a socket that fails when nothing was heard for a while. Discord answers each heartbeat, so a
// longer silence is a dead connection; discordgo itself would wait for ever for the first word, and minutes later on.
type impatientConn struct {
	net.Conn
	silence time.Duration
}

// Read reads within the time of silence allowed.
func (c *impatientConn) Read(p []byte) (int, error) {
	if err := c.SetReadDeadline(time.Now().Add(c.silence)); err != nil {
		return 0, err
	}
	return c.Conn.Read(p)
}

// Write writes within the same time, so that a dead peer cannot hold discordgo's write lock.
func (c *impatientConn) Write(p []byte) (int, error) {
	if err := c.SetWriteDeadline(time.Now().Add(c.silence)); err != nil {
		return 0, err
	}
	return c.Conn.Write(p)
}
