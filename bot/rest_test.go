package bot

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/stretchr/testify/require"
)

// script answers the n-th request with the n-th step, and the last step ever after.
func script(steps ...func() (*http.Response, error)) func(int, exchange) (*http.Response, error) {
	return func(n int, _ exchange) (*http.Response, error) { return steps[min(n, len(steps)-1)]() }
}

func step(status int, body string, header ...string) func() (*http.Response, error) {
	return func() (*http.Response, error) { return says(status, body, header...), nil }
}

func breaks(err error) func() (*http.Response, error) {
	return func() (*http.Response, error) { return nil, err }
}

var (
	errReset    = errors.New("connection reset by peer")
	errNotThere = &net.OpError{Op: "dial", Err: errors.New("connection refused")}
)

func TestAnEdit(t *testing.T) {
	t.Parallel()
	ok := step(200, okMessage)
	tests := map[string]struct {
		steps []func() (*http.Response, error)
		tries int
		took  time.Duration // at least
		fails error
	}{
		"is sent once when Discord takes it":                 {steps: []func() (*http.Response, error){ok}, tries: 1},
		"waits as long as a 429 says, and is sent again":     {steps: []func() (*http.Response, error){step(429, `{"retry_after":1.5,"global":false}`, "Retry-After", "2"), ok}, tries: 2, took: 2 * time.Second},
		"reads the wait from the body without the header":    {steps: []func() (*http.Response, error){step(429, `{"retry_after":1.5}`), ok}, tries: 2, took: 1500 * time.Millisecond},
		"waits out a global limit":                           {steps: []func() (*http.Response, error){step(429, `{"retry_after":3,"global":true}`, "Retry-After", "3", "X-RateLimit-Global", "true"), ok}, tries: 2, took: 3 * time.Second},
		"waits out a refusal by the edge":                    {steps: []func() (*http.Response, error){step(429, "<html>1015</html>", "Retry-After", "20"), ok}, tries: 2, took: 20 * time.Second},
		"waits out a refusal by the edge that names no time": {steps: []func() (*http.Response, error){step(429, "<html>1015</html>"), ok}, tries: 2, took: 10 * time.Second},
		"survives some 5xx":                                  {steps: []func() (*http.Response, error){step(502, "bad"), step(500, `{"message":"x"}`), step(503, ""), ok}, tries: 4},
		"survives lost answers":                              {steps: []func() (*http.Response, error){breaks(errReset), breaks(io.ErrUnexpectedEOF), ok}, tries: 3},
		"gives up after five lost answers":                   {steps: []func() (*http.Response, error){breaks(errReset)}, tries: 5, fails: errReset},
		"counts as done when its answer is no JSON":          {steps: []func() (*http.Response, error){step(200, "<html>")}, tries: 1},
		"counts as done when its answer is of another shape": {steps: []func() (*http.Response, error){step(200, `{"id":7}`)}, tries: 1},
		"tells a token that is over":                         {steps: []func() (*http.Response, error){step(401, `{"code":50027,"message":"Invalid Webhook Token"}`)}, tries: 1, fails: ErrReplyGone},
		"tells a token that is over without a code":          {steps: []func() (*http.Response, error){step(401, `{"code":0,"message":"401: Unauthorized"}`)}, tries: 1, fails: ErrReplyGone},
		"tells an unknown webhook":                           {steps: []func() (*http.Response, error){step(404, `{"code":10015,"message":"Unknown Webhook"}`)}, tries: 1, fails: ErrReplyGone},
		"tells a deleted message":                            {steps: []func() (*http.Response, error){step(404, `{"code":10008,"message":"Unknown Message"}`)}, tries: 1, fails: ErrReplyGone},
		"does not repeat a form error":                       {steps: []func() (*http.Response, error){step(400, `{"code":50035,"message":"Invalid Form Body","errors":{"components":{}}}`)}, tries: 1, fails: &APIError{}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				f := &fakeREST{answer: script(test.steps...)}
				b, _ := testBot(t, f)
				begin := time.Now()
				_, err := b.Edit(t.Context(), aReply(), Message{Text: "x"})
				require.Len(t, f.requests(), test.tries)
				require.GreaterOrEqual(t, time.Since(begin), test.took)
				var refused *APIError
				switch {
				case test.fails == nil:
					require.NoError(t, err)
				case errors.As(test.fails, &refused):
					require.ErrorAs(t, err, &refused)
				default:
					require.ErrorIs(t, err, test.fails)
				}
				if err != nil {
					require.NotContains(t, err.Error(), "secret")
				}
			})
		})
	}
}

func TestABucketThatIsEmptyDelaysOnlyItsOwnAsk(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := &fakeREST{answer: func(n int, q exchange) (*http.Response, error) {
			return says(200, okMessage, "X-RateLimit-Remaining", "0", "X-RateLimit-Reset-After", "4.5"), nil
		}}
		b, _ := testBot(t, f)
		one, other := aReply(), aReply()
		other.Token = "another-token-secret"
		begin := time.Now()
		edit := func(r Reply) time.Duration {
			_, err := b.Edit(t.Context(), r, Message{Text: "x"})
			require.NoError(t, err)
			return time.Since(begin)
		}
		require.Zero(t, edit(one))
		require.Zero(t, edit(other), "another member's ask waits for nobody")
		require.Equal(t, 4500*time.Millisecond, edit(one), "the headers are heeded without a 429 first")
	})
}

func TestAGlobalLimitStopsEveryLaneUntilItIsOver(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := &fakeREST{answer: script(step(429, `{"global":true,"retry_after":5}`, "X-RateLimit-Global", "true"), step(200, okMessage))}
		b, _ := testBot(t, f)
		begin := time.Now()
		done := make(chan time.Duration)
		go func() {
			_, _ = b.Edit(t.Context(), aReply(), Message{Text: "x"})
			done <- time.Since(begin)
		}()
		synctest.Wait()
		_, err := b.PostMessage(t.Context(), "5", Message{Text: "x"}, "")
		require.NoError(t, err)
		require.Equal(t, 5*time.Second, time.Since(begin))
		require.Equal(t, 5*time.Second, <-done)
	})
}

func TestWaitingForARateLimitEndsWithTheContext(t *testing.T) {
	t.Parallel()
	for name, ctx := range map[string]func(context.Context) (context.Context, context.CancelFunc){
		"when it is cancelled": func(c context.Context) (context.Context, context.CancelFunc) { return context.WithCancel(c) },
		"at once when its deadline is near": func(c context.Context) (context.Context, context.CancelFunc) {
			return context.WithTimeout(c, time.Minute)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				f := &fakeREST{answer: script(step(429, `{}`, "Retry-After", "3600"))}
				b, _ := testBot(t, f)
				ctx, cancel := ctx(t.Context())
				defer cancel()
				time.AfterFunc(200*time.Millisecond, cancel)
				begin := time.Now()
				_, err := b.Edit(ctx, aReply(), Message{Text: "x"})
				require.Error(t, err)
				require.LessOrEqual(t, time.Since(begin), 200*time.Millisecond)
			})
		})
	}
}

func TestNoTokenAndNoLaneStaysBehind(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := &fakeREST{answer: func(int, exchange) (*http.Response, error) {
			return says(200, okMessage, "X-RateLimit-Remaining", "0", "X-RateLimit-Reset-After", "2"), nil
		}}
		b, _ := testBot(t, f)
		for n := range 3000 {
			r := aReply()
			r.Token = fmt.Sprint("token-", n)
			_, err := b.Edit(t.Context(), r, Message{Text: "x"})
			require.NoError(t, err)
			time.Sleep(100 * time.Millisecond)
		}
		require.LessOrEqual(t, len(b.rest.limits.lanes), 21, "only the lanes that are blocked now are remembered")
	})
}

func TestAFollowUpIsNotRepeatedOnceItMayHaveArrived(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		first func() (*http.Response, error)
		tries int
	}{
		"a lost answer ends it":            {breaks(errReset), 1},
		"a 502 ends it":                    {step(502, ""), 1},
		"a refused connection is repeated": {breaks(errNotThere), 2},
		"a 429 is repeated":                {step(429, `{"retry_after":1}`), 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				f := &fakeREST{answer: script(test.first, step(200, okMessage))}
				b, _ := testBot(t, f)
				i := &Interaction{ID: "1", AppID: "9", Token: "t", rest: b.rest}
				_, err := i.Follow(t.Context(), Message{Text: "x"}, true)
				require.Len(t, f.requests(), test.tries)
				require.Equal(t, test.tries == 1, err != nil)
			})
		})
	}
}

func TestAnAcknowledgement(t *testing.T) {
	t.Parallel()
	taken := step(400, `{"code":40060,"message":"Interaction has already been acknowledged."}`)
	late := step(404, `{"code":10062,"message":"Unknown interaction"}`)
	for name, test := range map[string]struct {
		steps []func() (*http.Response, error)
		fails error
	}{
		"is taken":                                       {steps: []func() (*http.Response, error){step(204, "")}},
		"that was lost but had arrived is ours":          {steps: []func() (*http.Response, error){breaks(errReset), taken}},
		"that met a 502 but had arrived is ours":         {steps: []func() (*http.Response, error){step(502, ""), taken}},
		"that never arrived and is taken is another's":   {steps: []func() (*http.Response, error){breaks(errNotThere), taken}, fails: ErrAlreadyAcknowledged},
		"that is taken at the first try is another's":    {steps: []func() (*http.Response, error){taken}, fails: ErrAlreadyAcknowledged},
		"that comes after three seconds is told as such": {steps: []func() (*http.Response, error){late}, fails: ErrReplyGone},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				f := &fakeREST{answer: script(test.steps...)}
				b, _ := testBot(t, f)
				i := &Interaction{ID: "1", AppID: "9", Token: "reply-token-secret", rest: b.rest}
				err := i.Defer(t.Context(), true)
				if test.fails == nil {
					require.NoError(t, err)
					require.True(t, i.Reply().Private)
					return
				}
				require.ErrorIs(t, err, test.fails)
				require.NotContains(t, err.Error(), "secret")
			})
		})
	}
}

func TestTheBotTokenGoesOnlyWhereItBelongs(t *testing.T) {
	t.Parallel()
	f := &fakeREST{answer: always200}
	b, log := testBot(t, f)
	_, err := b.Edit(t.Context(), aReply(), Message{Text: "x"})
	require.NoError(t, err)
	_, err = b.PostMessage(t.Context(), "5", Message{Text: "x"}, "")
	require.NoError(t, err)
	seen := f.requests()
	require.Empty(t, seen[0].header.Get("Authorization"), "an interaction's token needs no other")
	require.Equal(t, "Bot bot-token-secret", seen[1].header.Get("Authorization"))

	_, err = b.rest.client.Get("https://cdn.discordapp.com/x")
	require.ErrorContains(t, err, "only Discord's API")
	require.Len(t, f.requests(), 2)
	require.NotContains(t, log.String(), "secret")
	require.NotContains(t, fmt.Sprintf("%v %+v %#v", aReply(), aReply(), aReply()), "secret")
}

func TestAnotherOriginKeepsItsPath(t *testing.T) {
	t.Parallel()
	var got string
	transport, err := newDiscordOnly(roundTrip(func(r *http.Request) (*http.Response, error) {
		got = r.URL.String()
		return says(200, "{}"), nil
	}), "http://127.0.0.1:99/base/")
	require.NoError(t, err)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, apiBase+"/webhooks/1/t/messages/@original?wait=true", nil)
	require.NoError(t, err)
	resp, err := transport.RoundTrip(req)
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	require.Equal(t, "http://127.0.0.1:99/base/api/v9/webhooks/1/t/messages/@original?wait=true", got)

	for _, bad := range []string{"discord.com", "ftp://x", "http://", "::"} {
		_, err := newDiscordOnly(nil, bad)
		require.Error(t, err, bad)
	}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestARefusalIsToldShortAndWithoutTokens(t *testing.T) {
	t.Parallel()
	f := &fakeREST{answer: script(step(400, `{"code":50035,"message":"`+strings.Repeat("é reply-token-secret ", 100)+`"}`))}
	b, _ := testBot(t, f)
	_, err := b.Edit(t.Context(), aReply(), Message{Text: "x"})
	require.Error(t, err)
	require.NotContains(t, err.Error(), "secret")
	require.Less(t, len(err.Error()), 800)
	require.Contains(t, err.Error(), "PATCH /webhooks/9/…/messages/@original")
}

func TestTheBotSpeaksOneAPIVersion(t *testing.T) {
	t.Parallel()
	require.Equal(t, discordOrigin+"/api/v"+discordgo.APIVersion, apiBase)
}
