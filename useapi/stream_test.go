package useapi_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/useapi"
)

func TestFramingMayBeAnything(t *testing.T) {
	t.Parallel()
	plain := file(t, "full-stream.txt")
	want, err := streamed(t, plain)
	require.NoError(t, err)
	for name, transcript := range map[string]string{
		"CRLF":                      strings.ReplaceAll(plain, "\n", "\r\n"),
		"CR":                        strings.ReplaceAll(plain, "\n", "\r"),
		"a byte order mark":         "\ufeff" + plain,
		"no space after data":       strings.ReplaceAll(plain, "data: ", "data:"),
		"comments and empty lines":  ": hello\n\n\n\n" + strings.ReplaceAll(plain, "data: ", ": x\ndata: "),
		"events without data":       "event: ping\n\ndata:\n\nid: 7\nretry: 10\n\n" + plain,
		"the framing's own fields":  strings.ReplaceAll(plain, "data: ", "event: message\nid: 5\ndata: "),
		"unknown fields":            strings.ReplaceAll(plain, "data: ", "unknown: x\ndata: "),
		"whatever follows the end":  plain + "data: {\"event\":\"error\",\"error\":\"late\"}\n\nrubbish",
		"the end without more data": plain[:len(plain)-1] + "\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := streamed(t, transcript)
			require.NoError(t, err)
			require.Equal(t, want, got)
		})
	}
	t.Run("JSON over several data lines", func(t *testing.T) {
		t.Parallel()
		got, err := streamed(t, strings.ReplaceAll(plain, `,"seq"`, "\ndata: ,\"seq\""))
		require.NoError(t, err)
		require.Len(t, got, len(want))
		require.Equal(t, want[3].Seq, got[3].Seq)
	})
	t.Run("an event told twice counts once", func(t *testing.T) {
		t.Parallel()
		got, err := streamed(t, doubled(plain))
		require.NoError(t, err)
		require.Equal(t, want, got)
	})
}

// doubled repeats every frame.
func doubled(transcript string) string {
	var b strings.Builder
	for frame := range strings.SplitAfterSeq(transcript, "\n\n") {
		b.WriteString(frame + frame)
	}
	return b.String()
}

func TestFramesMayArriveInAnyPieces(t *testing.T) {
	t.Parallel()
	const short = "\ufeff: hi\n\ndata: {\"event\":\"initialized\",\"jobId\":\"j1\"}\n\nevent: x\ndata: {\"job\":\ndata: {\"jobid\":\"j1\",\"status\":\"failed\"}}\n\n"
	for _, newline := range []string{"\n", "\r\n", "\r"} {
		transcript := strings.ReplaceAll(short, "\n", newline)
		want, err := streamed(t, transcript)
		require.NoError(t, err)
		for split := range len(transcript) {
			pieces := io.MultiReader(strings.NewReader(transcript[:split]), strings.NewReader(transcript[split:]))
			c, _ := streaming(t, pieces)
			got, err := collect(t, c.Seed(t.Context(), useapi.SeedRequest{JobID: parent}))
			require.NoError(t, err, "split at %d", split)
			require.Equal(t, want, got, "split at %d", split)
		}
		require.Len(t, want, 2)
		c, _ := streaming(t, iotest.OneByteReader(strings.NewReader(transcript)))
		got, err := collect(t, c.Seed(t.Context(), useapi.SeedRequest{JobID: parent}))
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
}

func TestAStreamCutAnywhereIsCut(t *testing.T) {
	t.Parallel()
	transcript := file(t, "documented-stream.txt")
	firstFrame := strings.Index(transcript, "\n\n") + 2
	whole := strings.LastIndex(transcript, "\n\n") + 2
	for n := range whole {
		if n > firstFrame+50 && n < whole-50 && n%9 != 0 {
			continue // the middle of the big frame is all alike
		}
		for name, r := range map[string]io.Reader{
			"by the end of the body": strings.NewReader(transcript[:n]),
			"by the connection":      io.MultiReader(strings.NewReader(transcript[:n]), iotest.ErrReader(io.ErrUnexpectedEOF)),
		} {
			c, b := streaming(t, r)
			events, err := collect(t, c.Seed(t.Context(), useapi.SeedRequest{JobID: parent}))
			exactly(t, err, useapi.ErrStreamCut)
			require.Equal(t, 1, b.closed)
			if n < firstFrame {
				require.Empty(t, events, "%s at %d", name, n)
			} else {
				require.Len(t, events, 1, "%s at %d", name, n)
				require.ErrorContains(t, err, seedID)
			}
		}
	}
}

func TestTheEndIsAStatusAndNotAName(t *testing.T) {
	t.Parallel()
	frame := func(event, status string) string {
		return fmt.Sprintf("data: {\"event\":%q,\"job\":{\"jobid\":%q,\"status\":%q}}\n\n", event, seedID, status)
	}
	for _, status := range []string{"completed", "failed", "moderated", "cancelled", "COMPLETED"} {
		events, err := streamed(t, frame("midjourney_completed", "progress")+frame("something_new", status)+frame("late", "progress"))
		require.NoError(t, err, status)
		require.Len(t, events, 2, status)
		require.Equal(t, "something_new", events[1].Name)
	}
	_, err := streamed(t, frame("midjourney_completed", "progress"))
	exactly(t, err, useapi.ErrStreamCut)
	events, err := streamed(t, frame("error", "failed"))
	require.NoError(t, err, "a job that has ended says more than the event's name")
	require.Equal(t, "failed", events[0].Job.Status)
}

func TestWhatIsNotUnderstoodPasses(t *testing.T) {
	t.Parallel()
	events, err := streamed(t, "data: not json\n\ndata: null\n\ndata: [1]\n\nevent: odd\ndata: {\"new\":true}\n\n"+
		file(t, "documented-stream.txt"))
	require.NoError(t, err)
	require.Len(t, events, 6)
	require.Equal(t, useapi.Event{Message: "not json"}, events[0])
	require.Equal(t, "odd", events[3].Name)
	require.JSONEq(t, `{"new":true}`, string(events[3].Raw))
}

func TestAnErrorEventEndsTheStream(t *testing.T) {
	t.Parallel()
	initialized, _, _ := strings.Cut(file(t, "documented-stream.txt"), "\n\n")
	for name, tc := range map[string]struct {
		event string
		want  []error
		text  string
	}{
		"an error":            {`{"event":"error","error":"Unexpected error","seq":1}`, nil, "Unexpected error"},
		"a message":           {`{"event":"error","message":"It broke"}`, nil, "It broke"},
		"nothing":             {`{"event":"error"}`, nil, "error event"},
		"an error by no name": {`{"error":"Unauthorized"}`, nil, "Unauthorized"},
		"a code":              {`{"event":"error","error":"All channels","code":596}`, []error{useapi.ErrAccounts}, "All channels"},
		"a running job":       {`{"event":"error","error":"x","job":{"jobid":"` + seedID + `","status":"progress"}}`, nil, "x"},
		"a code out of range": {`{"event":"error","error":"x","code":200}`, nil, "x"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			events, err := streamed(t, initialized+"\n\ndata: "+tc.event+"\n\n"+file(t, "documented-stream.txt"))
			require.Len(t, events, 1)
			exactly(t, err, append(tc.want, useapi.ErrServer)...)
			require.ErrorContains(t, err, tc.text)
			e, ok := errors.AsType[*useapi.Error](err)
			require.True(t, ok)
			require.Equal(t, seedID, e.JobID)
		})
	}
}

func TestAnEventOfAnySizeEnds(t *testing.T) {
	t.Parallel()
	big := func(n int) string {
		return `data: {"event":"x","pad":"` + strings.Repeat("x", n) + "\"}\n\n" + file(t, "documented-stream.txt")
	}
	events, err := streamed(t, big(1000<<10))
	require.NoError(t, err)
	require.Len(t, events, 3)
	_, err = streamed(t, big(2<<20))
	exactly(t, err, useapi.ErrStreamCut)
}

// silent gives its text and then nothing until its request ends, or every pause a comment if it has heartbeats.
type silent struct {
	text  io.Reader
	pause time.Duration
	beats int
	ctx   context.Context
}

func (s *silent) bind(ctx context.Context) { s.ctx = ctx }

func (s *silent) Read(p []byte) (int, error) {
	if n, err := s.text.Read(p); err == nil {
		return n, nil
	}
	if s.beats == 0 {
		<-s.ctx.Done()
		return 0, s.ctx.Err()
	}
	s.beats--
	timer := time.NewTimer(s.pause)
	defer timer.Stop()
	select {
	case <-timer.C:
		return copy(p, ":\n"), nil
	case <-s.ctx.Done():
		return 0, s.ctx.Err()
	}
}

func TestSilence(t *testing.T) {
	t.Parallel()
	initialized, _, _ := strings.Cut(file(t, "documented-stream.txt"), "\n\n")
	t.Run("cuts a stream", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			c, _ := streaming(t, &silent{text: strings.NewReader(initialized + "\n\n")})
			start := time.Now()
			events, err := collect(t, c.Seed(t.Context(), useapi.SeedRequest{JobID: parent}))
			require.Len(t, events, 1)
			exactly(t, err, useapi.ErrStreamCut)
			require.NotErrorIs(t, err, context.Canceled)
			require.Equal(t, 2*time.Minute, time.Since(start))
		})
	})
	t.Run("is not where heartbeats come", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			c, _ := streaming(t, &silent{text: strings.NewReader(initialized + "\n\n"), pause: 110 * time.Second, beats: 5})
			start := time.Now()
			exactly(t, lastError(t, c.Seed(t.Context(), useapi.SeedRequest{JobID: parent})), useapi.ErrStreamCut)
			require.Equal(t, 5*110*time.Second+2*time.Minute, time.Since(start))
		})
	})
	t.Run("is not where the caller takes its time", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			c, _ := streaming(t, iotest.OneByteReader(strings.NewReader(file(t, "full-stream.txt"))))
			n := 0
			for _, err := range c.Seed(t.Context(), useapi.SeedRequest{JobID: parent}) {
				require.NoError(t, err)
				n++
				timer := time.NewTimer(time.Hour)
				<-timer.C
			}
			require.Equal(t, 4, n)
		})
	})
	t.Run("before the answer counts too", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			c := transported(t, func(r *http.Request) (*http.Response, error) {
				<-r.Context().Done()
				return nil, r.Context().Err()
			}, useapi.WithIdleTimeout(time.Second))
			start := time.Now()
			exactly(t, lastError(t, c.Seed(t.Context(), useapi.SeedRequest{JobID: parent})), useapi.ErrStreamCut)
			require.Equal(t, time.Second, time.Since(start))
		})
	})
	t.Run("in a refusal does not hang", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			c := transported(t, func(r *http.Request) (*http.Response, error) {
				return &http.Response{StatusCode: 503, Header: http.Header{}, Request: r,
					Body: io.NopCloser(&silent{text: strings.NewReader("{"), ctx: r.Context()})}, nil
			})
			exactly(t, lastError(t, c.Seed(t.Context(), useapi.SeedRequest{JobID: parent})), useapi.ErrServer, useapi.ErrNotJSON)
		})
	})
	t.Run("ended by the caller is the caller's", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			c, b := streaming(t, &silent{text: strings.NewReader(initialized + "\n\n")})
			err := lastError(t, c.Seed(ctx, useapi.SeedRequest{JobID: parent}))
			require.ErrorIs(t, err, context.DeadlineExceeded)
			exactly(t, err)
			require.Equal(t, 1, b.closed)
		})
	})
}
