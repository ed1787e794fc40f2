package discordtest

import (
	"bytes"
	"compress/zlib"
	"encoding/json"
	"errors"
	"net/url"
	"time"

	"github.com/gorilla/websocket"
)

// maxClientFrame is the size in bytes of a client's largest frame; Discord closes
// with 4002 beyond it ("Sending Events").
const maxClientFrame = 4096

// outgoing is one frame to write; code is set for a close frame.
type outgoing struct {
	kind int
	data []byte
	code int
}

// conn is one socket of a client. Its fields are under s.mu; only the writer
// goroutine writes to the socket.
type conn struct {
	g        *Gateway
	ws       *websocket.Conn
	session  *session
	compress bool // asked for by identify: some frames are zlib
	stream   *zlibStream
	version  string
	dead     bool
	queue    []outgoing
	wake     chan struct{}
	done     chan struct{}
	sent     []time.Time // when the client sent what, for the limit of 120 in 60 s
	events   int
}

func newConn(g *Gateway, ws *websocket.Conn, query url.Values) *conn {
	c := &conn{g: g, ws: ws, version: query.Get("v"), wake: make(chan struct{}, 1), done: make(chan struct{})}
	if query.Get("compress") == "zlib-stream" {
		c.stream = newZlibStream()
	}
	return c
}

func (c *conn) run() {
	writer := make(chan struct{})
	go func() { // waited for below
		defer close(writer)
		c.write()
	}()
	c.greet()
	c.read()
	c.g.s.mu.Lock()
	c.leave()
	c.g.s.mu.Unlock()
	close(c.done)
	<-writer
	_ = c.ws.Close() // both sides are finished with it
}

func (c *conn) greet() {
	c.g.s.mu.Lock()
	defer c.g.s.mu.Unlock()
	if a, ok := pop(&c.g.onDial); ok {
		c.play(a)
		return
	}
	switch c.version {
	case "9", "10":
		c.send(opHello, obj{"heartbeat_interval": c.g.s.cfg.heartbeat.Milliseconds(), "_trace": []string{"discordtest"}})
	default:
		c.close(CloseInvalidVersion)
	}
}

// read takes the client's frames until the socket ends. A client that misses
// two heartbeats is gone, as in life.
func (c *conn) read() {
	c.ws.SetReadLimit(1 << 20) // gorilla would close with 1009; what Discord refuses is found below
	for {
		// A deadline that cannot be set shows as an error of the read.
		_ = c.ws.SetReadDeadline(time.Now().Add(2*c.g.s.cfg.heartbeat + closeWait))
		_, raw, err := c.ws.ReadMessage()
		if err != nil {
			c.ended(err)
			return
		}
		var frame struct {
			Op *int            `json:"op"`
			D  json.RawMessage `json:"d"`
		}
		c.g.s.mu.Lock()
		switch err := json.Unmarshal(raw, &frame); {
		case c.dead:
		case len(raw) > maxClientFrame || err != nil || frame.Op == nil:
			c.close(CloseDecodeError)
		case c.tooMany():
			c.close(CloseRateLimited)
		default:
			c.receive(*frame.Op, frame.D)
		}
		c.g.s.mu.Unlock()
	}
}

func (c *conn) ended(err error) {
	c.g.s.mu.Lock()
	defer c.g.s.mu.Unlock()
	var closed *websocket.CloseError
	switch {
	case errors.As(err, &closed) && endsSession(closed.Code) && c.session != nil:
		delete(c.g.sessions, c.session.id)
	case errors.Is(err, websocket.ErrReadLimit):
		c.close(CloseDecodeError)
	case isTimeout(err):
		c.close(CloseSessionTimedOut)
	}
}

func isTimeout(err error) bool {
	var t interface{ Timeout() bool }
	return errors.As(err, &t) && t.Timeout()
}

// tooMany applies the limit of 120 frames in 60 seconds.
func (c *conn) tooMany() bool {
	now := c.g.s.now()
	kept := c.sent[:0]
	for _, at := range c.sent {
		if now.Sub(at) < time.Minute {
			kept = append(kept, at)
		}
	}
	c.sent = append(kept, now)
	return len(c.sent) > 120
}

// leave takes the connection out of the gateway; its session stays resumable.
func (c *conn) leave() {
	c.dead = true
	delete(c.g.conns, c)
	if c.session != nil {
		if c.session.conn == c {
			c.session.conn, c.session.left = nil, c.g.s.now()
		}
		c.session = nil
		c.g.s.changed(Change{Kind: BotChanged})
	}
}

// send queues a frame that is no event. The caller holds s.mu.
func (c *conn) send(op int, d any) {
	c.push(outgoing{kind: websocket.TextMessage, data: rawJSON(obj{"op": op, "d": d, "s": nil, "t": nil})})
}

// event queues an event frame, as zlib now and then when the client can.
func (c *conn) event(frame []byte) {
	out := outgoing{kind: websocket.TextMessage, data: frame}
	c.events++
	if every := c.g.s.cfg.compressEvery; c.compress && every > 0 && c.events%every == 0 {
		out = outgoing{kind: websocket.BinaryMessage, data: deflate(frame)}
	}
	c.push(out)
}

func (c *conn) push(out outgoing) {
	if c.dead || c.g.silent && out.code == 0 {
		return
	}
	if c.stream != nil && out.code == 0 {
		data := out.data
		if out.kind == websocket.BinaryMessage {
			return // a stream client asked for one compression, not two
		}
		out = outgoing{kind: websocket.BinaryMessage, data: c.stream.pack(data)}
	}
	c.queue = append(c.queue, out)
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

// close ends the connection with a code, after what is queued.
func (c *conn) close(code int) {
	if c.dead {
		return
	}
	if c.session != nil && endsSession(code) {
		delete(c.g.sessions, c.session.id)
	}
	c.g.stats.Closes = append(c.g.stats.Closes, code)
	c.push(outgoing{kind: websocket.CloseMessage, code: code})
	c.leave()
	c.g.s.wakeAll()
}

// drop cuts the TCP connection.
func (c *conn) drop() {
	c.leave()
	_ = c.ws.NetConn().Close() // it may be closed already; that is what is wanted
}

func (c *conn) write() {
	for {
		c.g.s.mu.Lock()
		queue := c.queue
		c.queue = nil
		c.g.s.mu.Unlock()
		for _, out := range queue {
			if out.code != 0 {
				deadline := time.Now().Add(closeWait)
				// The reader sees the socket end either way.
				_ = c.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(out.code, closeReason(out.code)), deadline)
				_ = c.ws.SetReadDeadline(deadline)
				return
			}
			if c.ws.WriteMessage(out.kind, out.data) != nil {
				return // the reader sees the socket end too
			}
		}
		select {
		case <-c.wake:
		case <-c.done:
			return
		}
	}
}

func closeReason(code int) string {
	switch code {
	case CloseAuthenticationFailed:
		return "Authentication failed."
	case CloseInvalidSeq:
		return "Invalid seq."
	case CloseSessionTimedOut:
		return "Session timed out."
	case CloseDisallowedIntents:
		return "Disallowed intent(s)."
	case CloseRateLimited:
		return "Rate limited."
	default:
		return ""
	}
}

// deflate packs one frame by itself, as identify's compress asks.
func deflate(frame []byte) []byte {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	_, _ = w.Write(frame) // a bytes.Buffer takes everything
	_ = w.Close()
	return b.Bytes()
}

// zlibStream packs all frames of a connection in one zlib context, each ended by
// a sync flush, as the transport compression zlib-stream asks.
type zlibStream struct {
	buf bytes.Buffer
	w   *zlib.Writer
}

func newZlibStream() *zlibStream {
	z := &zlibStream{}
	z.w = zlib.NewWriter(&z.buf)
	return z
}

func (z *zlibStream) pack(frame []byte) []byte {
	z.buf.Reset()
	_, _ = z.w.Write(frame) // a bytes.Buffer takes everything
	_ = z.w.Flush()
	return bytes.Clone(z.buf.Bytes())
}
