package useapi_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/useapi"
)

const (
	token  = "user:12345-sEcReT-ToKeN_1"
	parent = "j1024181125701303160i-u12345-c1234567890987654321-bot:midjourney"
	seedID = "j1024181334913815452-u12345-c1234567890987654321-bot:midjourney"
)

// roundTripper is a transport made of a function.
type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// answering is a client whose every request gets one answer.
func answering(t *testing.T, status int, header map[string]string, body string) *useapi.Client {
	t.Helper()
	return transported(t, func(r *http.Request) (*http.Response, error) {
		h := http.Header{}
		for name, value := range header {
			h.Set(name, value)
		}
		return &http.Response{StatusCode: status, Header: h, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
	})
}

func transported(t *testing.T, f roundTripper, opts ...useapi.Option) *useapi.Client {
	t.Helper()
	c, err := useapi.New(token, append(opts, useapi.WithHTTPClient(&http.Client{Transport: f}))...)
	require.NoError(t, err)
	return c
}

var jsonType = map[string]string{"Content-Type": "application/json; charset=utf-8"}

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		token string
		opt   useapi.Option
	}{
		"an empty token":                        {"", nil},
		"a token with a line break at its end":  {token + "\n", nil},
		"a token with a carriage return inside": {"user:1\r-x", nil},
		"a token with a space":                  {"Bearer " + token, nil},
		"an empty base URL":                     {token, useapi.WithBaseURL("")},
		"a base URL without a scheme":           {token, useapi.WithBaseURL("api.useapi.net")},
		"a base URL of another scheme":          {token, useapi.WithBaseURL("ftp://api.useapi.net")},
		"a base URL without a host":             {token, useapi.WithBaseURL("https:///v3")},
		"a base URL that cannot be parsed":      {token, useapi.WithBaseURL("https://a b/" + token)},
		"the token as the base URL":             {token, useapi.WithBaseURL(token)},
		"a base URL with the token as its user": {token, useapi.WithBaseURL("https://" + token + "@host")},
		"a base URL with a query":               {token, useapi.WithBaseURL("https://host/?x=" + token)},
		"plain http to another machine":         {token, useapi.WithBaseURL("http://api.useapi.net")},
		"plain http to a private address":       {token, useapi.WithBaseURL("http://10.0.0.1:80")},
		"an idle timeout of nothing":            {token, useapi.WithIdleTimeout(0)},
		"a user agent with a line break":        {token, useapi.WithUserAgent("a\r\nX: y")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var opts []useapi.Option
			if tc.opt != nil {
				opts = append(opts, tc.opt)
			}
			c, err := useapi.New(tc.token, opts...)
			require.Error(t, err)
			require.Nil(t, c)
			require.NotContains(t, err.Error(), "sEcReT")
		})
	}
}

func TestBaseURL(t *testing.T) {
	t.Parallel()
	for base, want := range map[string]string{
		"https://api.useapi.net":           "https://api.useapi.net/v3/midjourney/jobs/" + seedID,
		"https://api.useapi.net/":          "https://api.useapi.net/v3/midjourney/jobs/" + seedID,
		"https://proxy.example/to/useapi/": "https://proxy.example/to/useapi/v3/midjourney/jobs/" + seedID,
		"http://localhost:8080":            "http://localhost:8080/v3/midjourney/jobs/" + seedID,
		"http://127.0.0.1:8080":            "http://127.0.0.1:8080/v3/midjourney/jobs/" + seedID,
		"http://[::1]:8080":                "http://[::1]:8080/v3/midjourney/jobs/" + seedID,
	} {
		t.Run(base, func(t *testing.T) {
			t.Parallel()
			got := ""
			c := transported(t, func(r *http.Request) (*http.Response, error) {
				got = r.URL.String()
				return nil, io.EOF
			}, useapi.WithBaseURL(base))
			_, err := c.Job(t.Context(), seedID)
			require.ErrorIs(t, err, io.EOF)
			require.Equal(t, want, got)
		})
	}
}

func TestRequestsCarryWhatTheAPIWants(t *testing.T) {
	t.Parallel()
	type seen struct{ call, auth, agent, contentType, accept, body string }
	var got seen
	c := transported(t, func(r *http.Request) (*http.Response, error) {
		body := ""
		if r.Body != nil {
			raw, err := io.ReadAll(r.Body)
			require.NoError(t, err)
			body = string(raw)
		}
		got = seen{r.Method + " " + r.URL.Path, r.Header.Get("Authorization"), r.UserAgent(), r.Header.Get("Content-Type"),
			r.Header.Get("Accept"), body}
		return nil, io.EOF
	}, useapi.WithUserAgent("stranger/2"))
	ctx := t.Context()
	bearer := "Bearer " + token

	for range c.Seed(ctx, useapi.SeedRequest{JobID: parent, ReplyURL: "https://a.example/x", ReplyRef: "7"}) {
	}
	require.Equal(t, seen{"POST /v3/midjourney/jobs/seed", bearer, "stranger/2", "application/json",
		"text/event-stream, application/json",
		`{"jobId":"` + parent + `","stream":true,"replyUrl":"https://a.example/x","replyRef":"7"}`}, got)

	_, err := c.SeedAsync(ctx, useapi.SeedRequest{JobID: parent})
	require.Error(t, err)
	require.Equal(t, seen{"POST /v3/midjourney/jobs/seed", bearer, "stranger/2", "application/json", "application/json",
		`{"jobId":"` + parent + `","stream":false}`}, got)

	for want, call := range map[string]func() error{
		"GET /v3/midjourney/jobs/" + seedID:    func() error { _, err := c.Job(ctx, seedID); return err },
		"GET /v3/midjourney/jobs":              func() error { _, err := c.Jobs(ctx); return err },
		"DELETE /v3/midjourney/jobs/" + seedID: func() error { return c.CancelJob(ctx, seedID) },
		"GET /v3/midjourney/accounts":          func() error { _, err := c.Accounts(ctx); return err },
		"POST /v3/midjourney/accounts/reset/1": func() error { return c.ResetAccount(ctx, "1") },
	} {
		require.ErrorIs(t, call(), io.EOF)
		require.Equal(t, seen{want, bearer, "stranger/2", "", "application/json", ""}, got)
	}
}

func TestBadArgumentsSendNothing(t *testing.T) {
	t.Parallel()
	c := transported(t, func(*http.Request) (*http.Response, error) {
		t.Error("a request was sent")
		return nil, io.EOF
	})
	ctx := t.Context()
	v2 := "job:20251024181334913-user:12345-channel:1234567890987654321-bot:midjourney"
	for _, id := range []string{"", "nonsense", "../accounts", "j/../../accounts", v2, "j1024?x=y", strings.Repeat("j", 300)} {
		_, err := c.Job(ctx, id)
		require.ErrorIs(t, err, useapi.ErrJobID, id)
		require.ErrorIs(t, c.CancelJob(ctx, id), useapi.ErrJobID, id)
		_, err = c.SeedAsync(ctx, useapi.SeedRequest{JobID: id})
		require.ErrorIs(t, err, useapi.ErrJobID, id)
		require.ErrorContains(t, err, "expected one like j1023")
	}
	for _, req := range []useapi.SeedRequest{
		{JobID: parent, ReplyURL: strings.Repeat("é", 1025)},
		{JobID: parent, ReplyRef: strings.Repeat("x", 1025)},
	} {
		n := 0
		for event, err := range c.Seed(ctx, req) {
			n++
			require.ErrorContains(t, err, "longer than 1024 characters")
			require.Zero(t, event)
		}
		require.Equal(t, 1, n)
	}
	for _, channel := range []string{"", "abc", "1/2", strings.Repeat("1", 21)} {
		require.Error(t, c.ResetAccount(ctx, channel), channel)
	}
}

func TestLimitsCountCharacters(t *testing.T) {
	t.Parallel()
	c := answering(t, 201, jsonType, `{"jobid":"`+seedID+`","status":"created"}`)
	_, err := c.SeedAsync(t.Context(), useapi.SeedRequest{JobID: parent, ReplyRef: strings.Repeat("é", 1024)})
	require.NoError(t, err)
}

func TestRedirectsDoNotCarryTheToken(t *testing.T) {
	t.Parallel()
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		t.Error("the redirect was followed")
	}))
	defer other.Close()
	for name, target := range map[string]string{
		"to another host": other.URL + "/x",
		"to another port": "http://127.0.0.1:1/x",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, status := range []int{301, 302, 303, 307, 308} {
				srv := httptest.NewServer(http.RedirectHandler(target, status))
				c, err := useapi.New(token, useapi.WithBaseURL(srv.URL))
				require.NoError(t, err)
				_, err = c.Job(t.Context(), seedID)
				require.ErrorIs(t, err, useapi.ErrNotJSON)
				require.ErrorContains(t, err, "redirect")
				require.ErrorIs(t, lastError(t, c.Seed(t.Context(), useapi.SeedRequest{JobID: parent})), useapi.ErrNotJSON)
				srv.Close()
			}
		})
	}
	t.Run("on the same host they are followed, but a POST stays one", func(t *testing.T) {
		t.Parallel()
		srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !strings.HasPrefix(r.URL.Path, "/moved") {
				http.Redirect(w, r, "/moved"+r.URL.Path, http.StatusFound)
				return
			}
			if r.Method != http.MethodGet || r.Header.Get("Authorization") != "Bearer "+token {
				t.Errorf("%s arrived with %q", r.Method, r.Header.Get("Authorization"))
			}
			fmt.Fprintf(w, `{"jobid":%q,"status":"created"}`, seedID)
		}))
		defer srv.Close()
		c, err := useapi.New(token, useapi.WithBaseURL(srv.URL))
		require.NoError(t, err)
		job, err := c.Job(t.Context(), seedID)
		require.NoError(t, err)
		require.Equal(t, seedID, job.ID)
		_, err = c.SeedAsync(t.Context(), useapi.SeedRequest{JobID: parent})
		require.ErrorIs(t, err, useapi.ErrNotJSON)
	})
}

func TestTheTokenIsNowhereToBeSeen(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	echo := `{"error":"no such user ` + token + `, Bearer ` + token + `, user%3A12345-sEcReT-ToKeN_1"}`
	failing := errors.New("dial with Authorization: Bearer " + token)
	for name, f := range map[string]roundTripper{
		"echoed in a refusal": func(r *http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: 401, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(echo)), Request: r}, nil
		},
		"echoed in an error event": func(r *http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: 200, Header: http.Header{"Content-Type": {"text/event-stream"}},
				Body:    io.NopCloser(strings.NewReader(`data: {"event":"error","error":"` + token + `","jobId":"` + token + "\"}\n\n")),
				Request: r}, nil
		},
		"put into an error by the transport": func(*http.Request) (*http.Response, error) { return nil, failing },
	} {
		t.Run(name, func(t *testing.T) {
			c := transported(t, f, useapi.WithLogger(slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))))
			_, err := c.Job(t.Context(), seedID)
			for _, err := range []error{err, lastError(t, c.Seed(t.Context(), useapi.SeedRequest{JobID: parent}))} {
				require.Error(t, err)
				for _, verb := range []string{"%s", "%v", "%+v", "%q"} {
					require.NotContains(t, fmt.Sprintf(verb, err), "sEcReT")
				}
				for e := err; e != nil; e = errors.Unwrap(e) {
					require.NotContains(t, e.Error(), "sEcReT")
				}
			}
			if name == "put into an error by the transport" {
				require.ErrorIs(t, err, failing)
			}
			for _, verb := range []string{"%v", "%+v", "%#v", "%s"} {
				require.NotContains(t, fmt.Sprintf(verb, c), "sEcReT")
				require.NotContains(t, fmt.Sprintf(verb, *c), "sEcReT")
			}
		})
	}
	require.Contains(t, log.String(), "/v3/midjourney/jobs/seed")
	require.NotContains(t, log.String(), "sEcReT")
}

func TestCallsEndWithTheirContextAndTimeout(t *testing.T) {
	t.Parallel()
	hanging := func(r *http.Request) (*http.Response, error) {
		<-r.Context().Done()
		return nil, r.Context().Err()
	}
	c, err := useapi.New(token, useapi.WithHTTPClient(&http.Client{Transport: roundTripper(hanging), Timeout: time.Millisecond}))
	require.NoError(t, err)
	_, err = c.Job(t.Context(), seedID)
	require.ErrorIs(t, err, context.DeadlineExceeded)

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = transported(t, hanging).Job(ctx, seedID)
	require.ErrorIs(t, err, context.Canceled)
	err = lastError(t, transported(t, hanging).Seed(ctx, useapi.SeedRequest{JobID: parent}))
	require.ErrorIs(t, err, context.Canceled)
	require.NotErrorIs(t, err, useapi.ErrStreamCut)
}
