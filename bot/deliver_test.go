package bot

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

func TestTheFinalWord(t *testing.T) {
	t.Parallel()
	over := step(401, `{"code":50027,"message":"Invalid Webhook Token"}`)
	ok := step(200, okMessage)
	for name, test := range map[string]struct {
		age   time.Duration
		steps []func() (*http.Response, error)
		ways  string // e an edit, p a post
		fails error
	}{
		"edits the reply":                                 {steps: []func() (*http.Response, error){ok}, ways: "e"},
		"edits it up to the fourteenth minute":            {age: 13*time.Minute + 59*time.Second, steps: []func() (*http.Response, error){ok}, ways: "e"},
		"is a channel message after that":                 {age: 14 * time.Minute, steps: []func() (*http.Response, error){ok}, ways: "p"},
		"is a channel message when the token is over":     {steps: []func() (*http.Response, error){over, ok}, ways: "ep"},
		"is a channel message when the reply was deleted": {steps: []func() (*http.Response, error){step(404, `{"code":10008}`), ok}, ways: "ep"},
		"waits where the token is only limited":           {steps: []func() (*http.Response, error){step(429, `{"retry_after":1}`), ok}, ways: "ee"},
		"may be posted again with the same nonce":         {age: time.Hour, steps: []func() (*http.Response, error){breaks(errReset), step(502, ""), ok}, ways: "ppp"},
		"tells a channel that is closed to the bot":       {age: time.Hour, steps: []func() (*http.Response, error){step(403, `{"code":50013}`)}, ways: "p", fails: ErrChannelRefused},
		"tells a channel that the bot cannot see":         {age: time.Hour, steps: []func() (*http.Response, error){step(403, `{"code":50001}`)}, ways: "p", fails: ErrChannelRefused},
		"tells a refused bot token":                       {age: time.Hour, steps: []func() (*http.Response, error){step(401, `{"code":0}`)}, ways: "p", fails: ErrTokenRefused},
		"does not turn a form error into a post":          {steps: []func() (*http.Response, error){step(400, `{"code":50035}`)}, ways: "e", fails: errAny},
		"does not turn an outage into a post":             {steps: []func() (*http.Response, error){step(503, "")}, ways: "eeeee", fails: errAny},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				f := &fakeREST{answer: script(test.steps...)}
				b, _ := testBot(t, f)
				r := aReply()
				r.Created = time.Now().Add(-test.age)
				posted, err := b.Deliver(t.Context(), r, Message{Text: "done"}, Message{Text: "done, late"})
				var ways strings.Builder
				for _, q := range f.requests() {
					if q.method == http.MethodPatch {
						ways.WriteString("e")
						continue
					}
					ways.WriteString("p")
					require.Equal(t, "/api/v9/channels/5/messages", q.path)
					require.Equal(t, map[string]any{
						"content": "<@42> done, late", "nonce": r.Interaction, "enforce_nonce": true,
						"allowed_mentions": map[string]any{"parse": []any{}, "users": []any{"42"}},
					}, fields(t, q.body))
				}
				require.Equal(t, test.ways, ways.String())
				switch {
				case test.fails == nil:
					require.NoError(t, err)
					require.Equal(t, "77", posted.ID)
				case errors.Is(test.fails, errAny):
					require.Error(t, err)
				default:
					require.ErrorIs(t, err, test.fails)
				}
			})
		})
	}
}

// errAny stands for an error of which no more is expected.
var errAny = errors.New("any error")

func TestProgress(t *testing.T) {
	t.Parallel()
	said := func(f *fakeREST) (words []string) {
		for _, q := range f.requests() {
			words = append(words, fields(t, q.body)["content"].(string))
		}
		return words
	}
	t.Run("shows the latest word every two seconds, and only changes", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			f := &fakeREST{answer: always200}
			b, _ := testBot(t, f)
			p := b.Progress(aReply())
			for n := range 40 { // ten seconds
				p.Show(Message{Text: "step " + string(rune('a'+n/8))})
				time.Sleep(250 * time.Millisecond)
			}
			p.Close()
			require.Equal(t, []string{"step a", "step b", "step c", "step d", "step e"}, said(f))
			for n, q := range f.requests()[1:] {
				require.GreaterOrEqual(t, q.at.Sub(f.requests()[n].at), 2*time.Second)
			}
		})
	})
	t.Run("waits at Close for the edit under way, and sends nothing after it", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			f := &fakeREST{answer: func(int, exchange) (*http.Response, error) {
				time.Sleep(3 * time.Second)
				return says(200, okMessage), nil
			}}
			b, _ := testBot(t, f)
			p := b.Progress(aReply())
			begin := time.Now()
			p.Show(Message{Text: "one"})
			require.Zero(t, time.Since(begin), "Show waits for nothing")
			synctest.Wait()
			p.Show(Message{Text: "two"})
			p.Close()
			require.Equal(t, 3*time.Second, time.Since(begin))
			p.Show(Message{Text: "three"})
			time.Sleep(time.Minute)
			require.Equal(t, []string{"one"}, said(f))
			p.Close()
		})
	})
	t.Run("does not wait at Close for a rate limit", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			f := &fakeREST{answer: script(step(429, `{"retry_after":60}`))}
			b, _ := testBot(t, f)
			p := b.Progress(aReply())
			p.Show(Message{Text: "one"})
			time.Sleep(time.Second)
			p.Show(Message{Text: "two"})
			time.Sleep(5 * time.Second)
			begin := time.Now()
			p.Close()
			require.Zero(t, time.Since(begin))
			require.Equal(t, []string{"one"}, said(f))
		})
	})
	t.Run("goes on after an error, but not after the token's end", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			f := &fakeREST{answer: script(step(500, ""), step(200, okMessage), step(404, `{"code":10015}`))}
			b, _ := testBot(t, f)
			p := b.Progress(aReply())
			for _, word := range []string{"one", "two", "three", "four"} {
				p.Show(Message{Text: word})
				time.Sleep(3 * time.Second)
			}
			p.Close()
			require.Equal(t, []string{"one", "two", "three"}, said(f))
		})
	})
	t.Run("knows the message that shows it, once Discord has told", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			b, _ := testBot(t, &fakeREST{answer: always200})
			p := b.Progress(aReply())
			require.Empty(t, p.Message())
			p.Show(Message{Text: "one"})
			synctest.Wait()
			p.Close()
			require.Equal(t, "77", p.Message())
		})
	})
	t.Run("that nobody closes leaves nothing running", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) { // the bubble fails when a goroutine stays
			f := &fakeREST{answer: always200}
			b, _ := testBot(t, f)
			b.Progress(aReply()).Show(Message{Text: "one"})
			time.Sleep(3 * time.Second)
		})
	})
}
