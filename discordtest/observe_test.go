package discordtest_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/discordtest"
)

// asObj is a value as its JSON.
func asObj(t *testing.T, v any) obj {
	t.Helper()
	raw, err := json.Marshal(v)
	require.NoError(t, err)
	var o obj
	require.NoError(t, json.Unmarshal(raw, &o))
	return o
}

func TestWatchAndSnapshotTellTheSameStory(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	changes := w.s.Watch(t.Context())
	before := w.s.Snapshot()
	i, e := w.ask()
	require.Equal(t, 204, w.respond(e, 5, obj{"flags": 64}).status)
	w.ok("PATCH", hookPath(e, "/messages/@original"), obj{"content": "done"})
	require.True(t, w.asker.Delete(i.Message()))
	var kinds []string
	last := before.Seq
	for c := range changes {
		require.Equal(t, last+1, c.Seq, "without a gap")
		last = c.Seq
		kinds = append(kinds, string(c.Kind))
		if c.Kind == discordtest.InteractionChanged {
			require.Equal(t, i.ID(), c.Interaction)
		}
		if c.Message != nil {
			require.Equal(t, w.asker.ID, asObj(t, c)["message"].(obj)["viewer"])
		}
		if c.Kind == discordtest.MessageRemoved {
			break
		}
	}
	require.Equal(t, []string{
		"interaction_changed", "message_added", "interaction_changed", "request_made", "message_changed", "request_made", "message_removed",
	}, kinds)
	snap := asObj(t, w.s.Snapshot())
	require.Equal(t, true, snap["online"])
	require.Len(t, snap["commands"], 3)
	channel := snap["guilds"].(list)[0].(obj)["channels"].(list)[0].(obj)
	require.Empty(t, channel["messages"])
	require.NotZero(t, channel["access"].(obj)[w.asker.ID])
	view := asObj(t, i.View())
	require.Equal(t, "answered", view["phase"])
	require.Equal(t, "seed", view["name"])
	require.Same(t, i, w.s.Interaction(i.ID()))
	require.Equal(t, "seed", asObj(t, w.s.Commands("")[0])["name"])
}

func TestClosing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	changes := w.s.Watch(t.Context())
	i, _ := w.ask()
	ended := make(chan error, 3)
	go func() { _, err := i.Answer(t.Context()); ended <- err }()
	go func() { ended <- i.Failed(t.Context()) }()
	go func() {
		_, err := w.s.AwaitMessage(t.Context(), w.channel, func(*discordtest.Message) bool { return false })
		ended <- err
	}()
	w.s.Close()
	w.s.Close()
	for range 3 {
		require.ErrorIs(t, <-ended, discordtest.ErrClosed)
	}
	for range changes { // ends
	}
	_, open := <-w.s.Watch(t.Context())
	require.False(t, open)
	_, err := w.bot.read()
	require.Error(t, err)
}

func TestWaitsEndWithTheirContext(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	i, _ := w.ask()
	ctx, cancel := context.WithCancelCause(t.Context())
	why := errors.New("enough")
	cancel(why)
	_, err := i.Answer(ctx)
	require.ErrorIs(t, err, why)
	require.ErrorIs(t, i.Failed(ctx), why)
	_, err = i.Modal(ctx)
	require.ErrorIs(t, err, why)
	_, err = i.Choices(ctx)
	require.ErrorIs(t, err, why)
	_, err = w.s.AwaitMessage(ctx, w.channel, func(*discordtest.Message) bool { return false })
	require.ErrorIs(t, err, why)
	require.ErrorIs(t, w.s.Gateway().AwaitStats(ctx, func(discordtest.GatewayStats) bool { return false }), why)
}

func TestRateLimits(t *testing.T) {
	t.Parallel()
	budget := discordtest.Rate{Limit: 2, Window: time.Minute}
	for name, c := range map[string]struct {
		opt   discordtest.Option
		send  func(*world, obj) answer
		scope string
	}{
		"of a webhook": {discordtest.WithWebhookRate(budget), func(w *world, e obj) answer { return w.do("GET", hookPath(e, "/messages/@original"), nil) }, "user"},
		"of a channel": {discordtest.WithChannelRate(budget), func(w *world, _ obj) answer {
			return w.do("POST", "/channels/"+w.channel.ID+"/messages", obj{"content": "x"})
		}, "user"},
		"of a route": {discordtest.WithRouteRate(budget), func(w *world, _ obj) answer { return w.do("GET", "/users/@me", nil) }, "user"},
		"of all":     {discordtest.WithGlobalRate(discordtest.Rate{Limit: 3, Window: time.Minute}), func(w *world, _ obj) answer { return w.do("GET", "/users/@me", nil) }, "global"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, c.opt)
			_, e := w.ask()
			for range 2 {
				a := c.send(w, e)
				require.NotEqual(t, 429, a.status)
				if c.scope == "user" {
					require.Equal(t, "2", a.header.Get("X-RateLimit-Limit"))
					require.NotEmpty(t, a.header.Get("X-RateLimit-Bucket"))
				}
			}
			a := c.send(w, e)
			require.Equal(t, 429, a.status)
			require.NotEmpty(t, a.header.Get("Retry-After"))
			require.Equal(t, c.scope, a.header.Get("X-RateLimit-Scope"))
			require.Equal(t, c.scope == "global", a.body["global"])
			require.InDelta(t, 60, a.body["retry_after"], 5)
			w.s.Advance(time.Minute)
			require.NotEqual(t, 429, c.send(w, e).status)
		})
	}
}

func TestFaults(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	path := "/channels/" + w.channel.ID + "/messages"
	post := func() answer { return w.do("POST", path, obj{"content": "x"}) }
	for name, c := range map[string]struct {
		what   discordtest.Failure
		status int
		body   string
	}{
		"rate limited": {discordtest.RateLimited(time.Second), 429, `"global":false`},
		"globally":     {discordtest.GloballyRateLimited(time.Second), 429, `"global":true`},
		"banned":       {discordtest.CloudflareBan(time.Second), 429, "<!doctype html>"},
		"broken":       {discordtest.Broken(502), 502, "<html>"},
		"refused":      {discordtest.Refused(403, 50013, "Missing Permissions"), 403, `"code":50013`},
		"slow":         {discordtest.Slow(time.Millisecond), 200, `"content":"x"`},
	} {
		before := len(w.channel.Messages(nil))
		w.s.Fault(1, "POST", "/channels/*/messages", c.what)
		a := post()
		require.Equal(t, c.status, a.status, name)
		require.Contains(t, string(a.raw), c.body, name)
		require.Equal(t, c.status == 200, len(w.channel.Messages(nil)) > before, name)
		require.Equal(t, 200, post().status, "the fault is used up")
	}
	lost := func(what discordtest.Failure, arrives bool) {
		before := len(w.channel.Messages(nil))
		w.s.Fault(-1, "*", "/channels/**", what)
		req, err := http.NewRequestWithContext(t.Context(), "POST", w.s.URL()+"/api/v10"+path, strings.NewReader(`{"content":"x"}`))
		require.NoError(t, err)
		req.Header = http.Header{"Authorization": {w.token}, "Content-Type": {"application/json"}}
		_, err = http.DefaultClient.Do(req)
		require.ErrorIs(t, err, io.EOF)
		w.s.ClearFaults()
		require.Equal(t, arrives, len(w.channel.Messages(nil)) > before)
	}
	lost(discordtest.LostAnswer(), true)
	lost(discordtest.NoAnswer(), false)
	require.Empty(t, broken(w.s))
}

// failer is a test that is told of violations.
type failer struct {
	mu   sync.Mutex
	said []string
}

func (*failer) Helper() {}
func (f *failer) Errorf(format string, args ...any) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.said = append(f.said, fmt.Sprintf(format, args...))
}

func TestABrokenRuleFailsTheTestThatBrokeIt(t *testing.T) {
	t.Parallel()
	f := &failer{}
	w := newWorld(t, discordtest.FailOn(f))
	_, e := w.ask()
	w.respond(e, 4, obj{"content": strings.Repeat("x", 2001)})
	require.Len(t, f.said, 1)
	require.Contains(t, f.said[0], "data.content: BASE_TYPE_MAX_LENGTH")
	require.NotContains(t, f.said[0], e["token"])
	require.Equal(t, 1, w.s.Forgive(func(v discordtest.Violation) bool { return v.Code == 50035 }))
	require.Empty(t, w.s.Violations())
	r := w.s.RequestsTo("POST", "/interactions/*/*/callback")[0]
	require.Equal(t, e["id"], r.Interaction)
	require.Contains(t, r.Path, "[token]")
	require.Equal(t, 400, r.Status)
	require.NotContains(t, string(must(json.Marshal(w.s.Requests()))), e["token"])
}

func must(raw []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return raw
}
