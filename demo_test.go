package main

import (
	"context"
	"io"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/stretchr/testify/require"

	"seedbank/demo"
)

// TestThePlaygroundOpensWithRealCards looks at the page's feed until the real bot has answered what is asked before a
// visitor comes, and kills the bot and sees it back.
func TestThePlaygroundOpensWithRealCards(t *testing.T) {
	t.Parallel()
	self, err := os.Executable()
	require.NoError(t, err)
	out := &syncBuffer{}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- demo.Play(ctx, demo.PlayOptions{Out: out, Addr: "127.0.0.1:0", Program: self, Env: []string{runAsProgram + "=1"}})
	}()
	defer func() {
		stop()
		require.NoError(t, <-ended)
	}()
	var url string
	require.Eventually(t, func() bool {
		url = regexp.MustCompile(`http://\S+`).FindString(out.String())
		return url != ""
	}, 60*time.Second, 5*time.Millisecond)
	feed := func() *websocket.Conn {
		conn, answer, err := websocket.DefaultDialer.Dial(strings.Replace(url, "http", "ws", 1)+"/play/feed", nil)
		require.NoError(t, err)
		require.NoError(t, answer.Body.Close())
		t.Cleanup(func() { _ = conn.Close() })
		require.NoError(t, conn.SetReadDeadline(time.Now().Add(3*time.Minute)))
		return conn
	}
	conn := feed()
	until := func(part string) {
		t.Helper()
		for {
			_, raw, err := conn.ReadMessage()
			require.NoError(t, err, "wait for %s", part)
			if strings.Contains(string(raw), part) {
				return
			}
		}
	}
	until("off for coffee") // the last that happens before a visitor comes
	_, raw, err := feed().ReadMessage()
	require.NoError(t, err)
	for _, part := range []string{"seed-1-4.png", "seed-2-4.png", "poster light"} {
		require.Contains(t, string(raw), part)
	}
	answer, err := http.Post(url+"/stage/kill", "application/json", strings.NewReader(`{"as":"`+asWho(t, url)+`"}`))
	require.NoError(t, err)
	require.NoError(t, answer.Body.Close())
	require.Equal(t, http.StatusOK, answer.StatusCode)
	until(`"online":false`)
	until(`"online":true`)
	require.NotContains(t, out.String(), "Not all")
}

// asWho is the person whom the page acts as at first.
func asWho(t *testing.T, url string) string {
	t.Helper()
	answer, err := http.Get(url + "/stage")
	require.NoError(t, err)
	defer answer.Body.Close()
	raw, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	found := regexp.MustCompile(`"as":"(\d+)"`).FindSubmatch(raw)
	require.NotNil(t, found)
	return string(found[1])
}
