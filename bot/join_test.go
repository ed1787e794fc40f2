package bot

import (
	"context"
	"net/http"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

// late is an answer that takes its time; without one, nothing ever comes.
type late struct {
	after  time.Duration
	answer func() (*http.Response, error)
}

// slowDiscord answers the n-th request with the n-th of its answers.
type slowDiscord struct {
	answers []late
	sent    atomic.Int32
}

func (d *slowDiscord) RoundTrip(r *http.Request) (*http.Response, error) {
	n := int(d.sent.Add(1)) - 1
	if n >= len(d.answers) || d.answers[n].answer == nil {
		<-r.Context().Done()
		return nil, r.Context().Err()
	}
	if err := pause(r.Context(), d.answers[n].after); err != nil {
		return nil, err
	}
	return d.answers[n].answer()
}

func TestASlowAcknowledgementIsWaitedFor(t *testing.T) {
	t.Parallel()
	ok := step(204, "")
	taken := step(400, `{"code":40060,"message":"Interaction has already been acknowledged."}`)
	over := step(404, `{"code":10062,"message":"Unknown interaction"}`)
	slow := 2500 * time.Millisecond
	for name, test := range map[string]struct {
		answers []late
		took    time.Duration
		sent    int
		fails   error
	}{
		"an answer at once is not joined":                    {[]late{{0, ok}}, 0, 1, nil},
		"every call takes two and a half seconds":            {[]late{{slow, ok}, {slow, taken}}, slow, 2, nil},
		"every call takes four":                              {[]late{{4 * time.Second, ok}, {4 * time.Second, taken}}, 4 * time.Second, 2, nil},
		"the first hangs and never arrives":                  {[]late{{}, {0, ok}}, ackJoin, 2, nil},
		"the first hangs and had arrived":                    {[]late{{}, {0, taken}}, ackJoin, 2, nil},
		"the second is too late, the first was not":          {[]late{{slow, ok}, {0, over}}, slow, 2, nil},
		"the first is refused while the second is under way": {[]late{{2 * time.Second, step(500, "")}, {time.Second, ok}}, slow, 2, nil},
		"both are too late":                                  {[]late{{slow, over}, {slow, over}}, ackJoin + slow, 2, ErrReplyGone},
		"one hangs, one is too late":                         {[]late{{}, {0, over}}, ackTry, 2, ErrReplyGone},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				d := &slowDiscord{answers: test.answers}
				b, err := New(Config{Token: "bot-token-secret", HTTP: &http.Client{Transport: d}})
				require.NoError(t, err)
				i := &Interaction{ID: "1", AppID: "9", Token: "reply-token-secret", rest: b.rest}
				begin := time.Now()
				err = i.Defer(t.Context(), false)
				require.Equal(t, test.took, time.Since(begin))
				require.EqualValues(t, test.sent, d.sent.Load())
				if test.fails != nil {
					require.ErrorIs(t, err, test.fails)
					return
				}
				require.NoError(t, err)
				require.Equal(t, deferredPublic, i.state())
			})
		})
	}
	t.Run("ends with its context, and leaves nothing running", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			b, err := New(Config{Token: "bot-token-secret", HTTP: &http.Client{Transport: &slowDiscord{}}})
			require.NoError(t, err)
			ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
			defer cancel()
			i := &Interaction{ID: "1", AppID: "9", Token: "reply-token-secret", rest: b.rest}
			begin := time.Now()
			require.ErrorIs(t, i.Defer(ctx, false), context.DeadlineExceeded)
			require.Equal(t, 2*time.Second, time.Since(begin))
		})
	})
}
