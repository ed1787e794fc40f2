package useapi_test

import (
	"context"
	"fmt"
	"io"
	"iter"
	"net/http"
	"os"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/useapi"
)

// collect reads a stream to its end. It checks that an error comes last and alone.
func collect(t *testing.T, events iter.Seq2[useapi.Event, error]) (list []useapi.Event, last error) {
	t.Helper()
	for e, err := range events {
		require.NoError(t, last, "something came after the error")
		if err != nil {
			require.Zero(t, e, "an error came with an event")
			last = err
			continue
		}
		list = append(list, e)
	}
	return list, last
}

func lastError(t *testing.T, events iter.Seq2[useapi.Event, error]) error {
	t.Helper()
	_, err := collect(t, events)
	return err
}

// body counts how often it is closed.
type body struct {
	io.Reader
	closed int
}

func (b *body) Close() error { b.closed++; return nil }

// streaming is a client whose POST is answered by a stream read from r.
func streaming(t *testing.T, r io.Reader, opts ...useapi.Option) (*useapi.Client, *body) {
	t.Helper()
	b := &body{Reader: r}
	return transported(t, func(req *http.Request) (*http.Response, error) {
		if c, ok := r.(interface{ bind(context.Context) }); ok {
			c.bind(req.Context())
		}
		return &http.Response{StatusCode: 200, Header: http.Header{"Content-Type": {"text/event-stream; charset=utf-8"}}, Body: b,
			Request: req}, nil
	}, opts...), b
}

// streamed reads a transcript to its end.
func streamed(t *testing.T, transcript string) ([]useapi.Event, error) {
	t.Helper()
	c, b := streaming(t, strings.NewReader(transcript))
	events, err := collect(t, c.Seed(t.Context(), useapi.SeedRequest{JobID: parent}))
	require.Equal(t, 1, b.closed)
	return events, err
}

func file(t testing.TB, name string) string {
	t.Helper()
	raw, err := os.ReadFile("testdata/" + name)
	require.NoError(t, err)
	return string(raw)
}

func TestTheDocumentedStream(t *testing.T) {
	t.Parallel()
	events, err := streamed(t, file(t, "documented-stream.txt"))
	require.NoError(t, err)
	require.Len(t, events, 2)
	first, last := events[0], events[1]

	require.Equal(t, "initialized", first.Name)
	require.Equal(t, 0, first.Seq)
	require.Equal(t, seedID, first.JobID)
	require.Equal(t, "Stream initialized", first.Message)
	require.Nil(t, first.Job)

	require.Equal(t, "midjourney_completed", last.Name)
	require.Equal(t, 16, last.Seq)
	require.Equal(t, seedID, last.JobID)
	require.True(t, last.Job.Final())
	require.True(t, last.Job.Completed())
	require.Equal(t, parent, last.Job.ParentID())
	seed, err := last.Job.Seed()
	require.NoError(t, err)
	require.Equal(t, uint32(3937070146), seed)
	require.Equal(t, "cat in the hat --v 7.0 --s 250", last.Job.SeedPrompt())
	require.Equal(t, "xxxxxxxx-xxxx-xxxx-xxxx-bbd798ffcb5d", last.Job.MidjourneyID())
	require.Equal(t, "2025-10-24T18:13:33.684Z", last.Job.Request.ReplyRef)
	require.Equal(t, 200, last.Job.Code)
	require.Equal(t, time.Date(2025, 10, 24, 18, 13, 38, 213e6, time.UTC), last.Job.Updated)
	images := last.Job.Images()
	require.Len(t, images, 4)
	for n, image := range images {
		require.Contains(t, image.URL, fmt.Sprintf("_%d_xxxxxxxx", n))
		require.Contains(t, image.Filename, fmt.Sprintf("anonymous_cat_in_the_hat_%d_", n))
		require.Equal(t, 1024, image.Width)
		require.Equal(t, 1024, image.Height)
	}
	_, known := last.Job.Progress()
	require.False(t, known)
}

func TestProgressIsToldAsItComes(t *testing.T) {
	t.Parallel()
	events, err := streamed(t, file(t, "full-stream.txt"))
	require.NoError(t, err)
	require.Len(t, events, 4)
	percent, known := events[2].Job.Progress()
	require.True(t, known)
	require.Equal(t, 50, percent)
	require.False(t, events[2].Job.Final())
}

func TestAJobInsteadOfAStream(t *testing.T) {
	t.Parallel()
	ask := func(status int, body string) ([]useapi.Event, error) {
		c := answering(t, status, jsonType, body)
		return collect(t, c.Seed(t.Context(), useapi.SeedRequest{JobID: parent}))
	}
	_, documented, _ := strings.Cut(file(t, "documented-stream.txt"), `"job":`)
	completed := documented[:strings.Index(documented, `,"seq":16`)]
	for name, tc := range map[string]struct {
		status int
		body   string
		seed   uint32
	}{
		"200 with the seed job":             {200, completed, 3937070146},
		"201 with the seed job":             {201, completed, 3937070146},
		"the seed job in an envelope":       {200, `{"job":` + completed + `}`, 3937070146},
		"200 with the parent, as v2 did it": {200, file(t, "v2-repeat.json"), 123456789},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			events, err := ask(tc.status, tc.body)
			require.NoError(t, err)
			require.Len(t, events, 1)
			seed, err := events[0].Job.Seed()
			require.NoError(t, err)
			require.Equal(t, tc.seed, seed)
			require.Equal(t, events[0].Job.ID, events[0].JobID)
		})
	}
	t.Run("a job that has not ended is told, and its end is not known", func(t *testing.T) {
		t.Parallel()
		events, err := ask(201, `{"jobid":"`+seedID+`","verb":"seed","status":"created"}`)
		require.Len(t, events, 1)
		require.Equal(t, seedID, events[0].JobID)
		exactly(t, err, useapi.ErrStreamCut)
	})
	t.Run("a job that breaks off is not known", func(t *testing.T) {
		t.Parallel()
		c := transported(t, func(r *http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: 200, Header: http.Header{"Content-Type": {"application/json"}}, Request: r,
				Body: io.NopCloser(io.MultiReader(strings.NewReader(completed[:100]), iotest.ErrReader(io.ErrUnexpectedEOF)))}, nil
		})
		exactly(t, lastError(t, c.Seed(t.Context(), useapi.SeedRequest{JobID: parent})), useapi.ErrStreamCut)
	})
}

func TestBreakingOutClosesTheConnection(t *testing.T) {
	t.Parallel()
	c, b := streaming(t, strings.NewReader(file(t, "full-stream.txt")))
	n := 0
	for range c.Seed(t.Context(), useapi.SeedRequest{JobID: parent}) {
		n++
		break
	}
	require.Equal(t, 1, n)
	require.Equal(t, 1, b.closed)
}
