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

// frame is one gateway payload.
type frame struct {
	Op int             `json:"op"`
	D  json.RawMessage `json:"d"`
	S  int64           `json:"s"`
	T  string          `json:"t"`
}

func (f frame) data(t *testing.T) obj {
	t.Helper()
	var o obj
	require.NoError(t, json.Unmarshal(f.D, &o))
	return o
}

// socket is one gateway connection.
type socket struct {
	t   *testing.T
	s   *discordtest.Server
	ws  *websocket.Conn
	seq int64
	id  string // session
}

func dial(t *testing.T, s *discordtest.Server, query string) *socket {
	t.Helper()
	address := newClient(t, s).ok("GET", "/gateway", nil).body["url"].(string)
	ws, resp, err := websocket.DefaultDialer.DialContext(t.Context(), address+query, nil)
	require.NoError(t, err)
	resp.Body.Close()
	t.Cleanup(func() { ws.Close() })
	return &socket{t: t, s: s, ws: ws}
}

// connect is dial, hello, identify and ready.
func connect(t *testing.T, s *discordtest.Server, intents int) *socket {
	t.Helper()
	k := dial(t, s, "/?v=10&encoding=json")
	require.Equal(t, 10, k.next().Op, "hello")
	k.identify(obj{"intents": intents})
	ready := k.event("READY").data(t)
	k.id = ready["session_id"].(string)
	return k
}

func (k *socket) send(op int, d any) {
	k.t.Helper()
	require.NoError(k.t, k.ws.WriteJSON(obj{"op": op, "d": d}))
}

// identify sends op 2 with the fields that every client sends, changed by d.
func (k *socket) identify(d obj) {
	k.t.Helper()
	all := obj{"token": k.s.Token(), "intents": 0, "properties": obj{"os": "linux", "browser": "test", "device": "test"}}
	for key, v := range d {
		all[key] = v
		if v == nil {
			delete(all, key)
		}
	}
	k.send(2, all)
}

// read takes one frame, or the error that ends the connection.
func (k *socket) read() (frame, error) {
	k.t.Helper()
	require.NoError(k.t, k.ws.SetReadDeadline(time.Now().Add(30*time.Second)))
	kind, raw, err := k.ws.ReadMessage()
	if err != nil {
		return frame{}, err
	}
	if kind == websocket.BinaryMessage {
		z, err := zlib.NewReader(bytes.NewReader(raw))
		require.NoError(k.t, err)
		raw, err = io.ReadAll(z)
		require.NoError(k.t, err)
	}
	var f frame
	require.NoError(k.t, json.Unmarshal(raw, &f))
	if f.Op == 0 {
		k.seq = f.S
	}
	return f, nil
}

func (k *socket) next() frame {
	k.t.Helper()
	f, err := k.read()
	require.NoError(k.t, err)
	return f
}

// event skips to an event of this name.
func (k *socket) event(name string) frame {
	k.t.Helper()
	for {
		if f := k.next(); f.T == name {
			return f
		}
	}
}

// closed reads to the end of the connection and returns its close code.
func (k *socket) closed() int {
	k.t.Helper()
	for {
		_, err := k.read()
		if err == nil {
			continue
		}
		var end *websocket.CloseError
		require.ErrorAs(k.t, err, &end)
		return end.Code
	}
}
