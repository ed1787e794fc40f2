package bot

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// exchange is one request as the fake Discord saw it.
type exchange struct {
	method, path string
	header       http.Header
	length       int64
	body         string
	at           time.Time
}

// fakeREST stands where the network would, so that tests can run in a synctest bubble with time of its own.
type fakeREST struct {
	answer func(n int, q exchange) (*http.Response, error) // n counts from 0

	mu   sync.Mutex
	seen []exchange
}

func (f *fakeREST) RoundTrip(req *http.Request) (*http.Response, error) {
	q := exchange{method: req.Method, path: req.URL.Path, header: req.Header, length: req.ContentLength, at: time.Now()}
	if req.Body != nil {
		raw, err := io.ReadAll(req.Body)
		if err != nil {
			return nil, err
		}
		_ = req.Body.Close()
		q.body = string(raw)
	}
	f.mu.Lock()
	n := len(f.seen)
	f.seen = append(f.seen, q)
	f.mu.Unlock()
	resp, err := f.answer(n, q)
	if resp != nil {
		resp.Request = req
	}
	return resp, err
}

func (f *fakeREST) requests() []exchange {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]exchange(nil), f.seen...)
}

// says is an answer; header pairs follow the body.
func says(status int, body string, header ...string) *http.Response {
	h := http.Header{}
	for n := 0; n+1 < len(header); n += 2 {
		h.Set(header[n], header[n+1])
	}
	return &http.Response{StatusCode: status, Header: h, Body: io.NopCloser(strings.NewReader(body))}
}

const okMessage = `{"id":"77","channel_id":"5","attachments":[]}`

func always200(int, exchange) (*http.Response, error) { return says(200, okMessage), nil }

// testBot is a bot whose REST calls go to the fake and whose log goes to the buffer.
func testBot(t *testing.T, f *fakeREST) (*Bot, *logBuffer) {
	t.Helper()
	log := &logBuffer{}
	b, err := New(Config{
		Token: "bot-token-secret", HTTP: &http.Client{Transport: f},
		Log: slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	})
	require.NoError(t, err)
	return b, log
}

// logBuffer collects a log that several goroutines write.
type logBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *logBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *logBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

func aReply() Reply {
	return Reply{Interaction: "1300000000000000001", App: "9", Token: "reply-token-secret", Channel: "5", User: "42", Created: time.Now()}
}

func fields(t *testing.T, raw string) map[string]any {
	t.Helper()
	var m map[string]any
	require.NoError(t, json.Unmarshal([]byte(raw), &m))
	return m
}
