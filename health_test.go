package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

func works(context.Context) error { return nil }

func broken(context.Context) error { return errors.New("open /home/someone/seedbank.db: no such file") }

func TestHealthAnswers(t *testing.T) {
	t.Parallel()
	allWell := healthHandler([]part{{"database", works}}, []part{{"database", works}, {"discord", works}}, slog.New(slog.DiscardHandler))
	discordGone := healthHandler([]part{{"database", works}}, []part{{"database", works}, {"discord", broken}}, slog.New(slog.DiscardHandler))
	nothingWorks := healthHandler([]part{{"database", broken}}, []part{{"database", broken}, {"discord", broken}}, slog.New(slog.DiscardHandler))
	for name, c := range map[string]struct {
		handler      http.Handler
		method, path string
		status       int
		body         string
	}{
		"alive":                          {allWell, "GET", "/healthz", 200, `{"ok":true}`},
		"ready":                          {allWell, "GET", "/readyz", 200, `{"ok":true}`},
		"ready, asked with HEAD":         {allWell, "HEAD", "/readyz", 200, ""},
		"alive though Discord is gone":   {discordGone, "GET", "/healthz", 200, `{"ok":true}`},
		"not ready when Discord is gone": {discordGone, "GET", "/readyz", 503, `{"ok":false,"failing":["discord"]}`},
		"not alive without the database": {nothingWorks, "GET", "/healthz", 503, `{"ok":false,"failing":["database"]}`},
		"every part that fails is named": {nothingWorks, "GET", "/readyz", 503, `{"ok":false,"failing":["database","discord"]}`},
		"a query changes nothing":        {allWell, "GET", "/readyz?x=1", 200, `{"ok":true}`},
		"nothing at the root":            {allWell, "GET", "/", 404, "404 page not found"},
		"nothing below":                  {allWell, "GET", "/healthz/", 404, "404 page not found"},
		"nothing with two slashes":       {allWell, "GET", "//healthz", 404, "404 page not found"},
		"nothing to be changed":          {allWell, "POST", "/readyz", 405, "only GET and HEAD"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(c.handler)
			defer server.Close()
			request, err := http.NewRequestWithContext(t.Context(), c.method, server.URL+c.path, nil)
			require.NoError(t, err)
			answer, err := server.Client().Do(request)
			require.NoError(t, err)
			defer answer.Body.Close()
			body, err := io.ReadAll(answer.Body)
			require.NoError(t, err)
			require.Equal(t, c.status, answer.StatusCode)
			require.Equal(t, c.body, strings.TrimSpace(string(body)))
			if strings.HasPrefix(c.body, "{") {
				require.Equal(t, "application/json", answer.Header.Get("Content-Type"))
			}
		})
	}
}

func TestAPartThatHangsIsNotWaitedFor(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		hangs := func(ctx context.Context) error {
			<-ctx.Done()
			return ctx.Err()
		}
		begun := time.Now()
		report := probe(t.Context(), []part{{"database", hangs}, {"discord", works}}, &verdicts{log: slog.New(slog.DiscardHandler), failing: map[string]bool{}})
		require.Equal(t, healthReport{Failing: []string{"database"}}, report)
		require.Equal(t, probeTime, time.Since(begun))
	})
}

func TestACostlyCheckIsAskedRarely(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		asked := 0
		check := rarely(2*time.Second, func(ctx context.Context) error {
			asked++
			return errors.Join(ctx.Err(), broken(ctx))
		})
		gone, leave := context.WithCancel(t.Context())
		leave()
		for range 5 {
			err := check(gone)
			require.ErrorContains(t, err, "no such file")
			require.NotErrorIs(t, err, context.Canceled, "one visitor's leaving is not the others' answer")
		}
		require.Equal(t, 1, asked)
		time.Sleep(2 * time.Second)
		require.Error(t, check(t.Context()))
		require.Equal(t, 2, asked)
	})
}

func TestHealthIsServedUntilItIsClosed(t *testing.T) {
	t.Parallel()
	var log strings.Builder
	h, err := listenHealth(t.Context(), "127.0.0.1:0", newLog(&log, Config{}))
	require.NoError(t, err)
	addr := h.listener.Addr().String()

	_, err = listenHealth(t.Context(), addr, slog.New(slog.DiscardHandler))
	require.ErrorContains(t, err, "HTTP_ADDR", "an address that is taken is told at the start")

	h.serve(healthHandler(nil, nil, slog.New(slog.DiscardHandler)))
	require.Contains(t, log.String(), addr)
	answer, err := http.Get("http://" + addr + "/healthz")
	require.NoError(t, err)
	require.NoError(t, answer.Body.Close())
	require.Equal(t, http.StatusOK, answer.StatusCode)

	h.Close()
	_, err = net.Dial("tcp", addr)
	require.Error(t, err)
}

func TestHealthLetsItsAddressGoWhenTheStartFails(t *testing.T) {
	t.Parallel()
	h, err := listenHealth(t.Context(), "127.0.0.1:0", slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	h.Close()
	_, err = net.Dial("tcp", h.listener.Addr().String())
	require.Error(t, err)
}

func TestAPartThatFailsIsLoggedOnceAndWhenItWorksAgain(t *testing.T) {
	t.Parallel()
	var log journal
	var failure error
	handler := healthHandler(nil, []part{{"database", func(context.Context) error { return failure }}}, slog.New(slog.NewTextHandler(&log, nil)))
	ask := func() {
		handler.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(t.Context(), "GET", "/readyz", nil))
	}
	ask()
	require.Empty(t, log.String())
	for _, failure = range []error{errors.New("the disk is full"), errors.New("the disk is still full"), nil, nil} {
		ask()
	}
	require.Equal(t, 1, strings.Count(log.String(), "level=WARN"))
	require.Contains(t, log.String(), `msg="a part does not work" part=database err="the disk is full"`)
	require.Equal(t, 1, strings.Count(log.String(), `msg="a part works again" part=database`))
	gone, leave := context.WithCancel(t.Context())
	leave()
	failure = context.Canceled
	handler.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(gone, "GET", "/readyz", nil))
	require.Equal(t, 1, strings.Count(log.String(), "level=WARN"), "who left says nothing of the part")
}
