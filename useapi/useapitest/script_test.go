package useapitest_test

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/useapi/useapitest"
)

// names gives the events of a stream.
func names(t *testing.T, stream string) (list []string) {
	t.Helper()
	for l := range strings.Lines(stream) {
		if data, ok := strings.CutPrefix(l, "data: "); ok {
			var e struct{ Event string }
			require.NoError(t, json.Unmarshal([]byte(data), &e))
			list = append(list, e.Event)
		}
	}
	return list
}

func TestScripts(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		script useapitest.Script
		events []string
		holds  string
		status string
	}{
		"progress": {useapitest.Running(time.Millisecond, 25, 50),
			[]string{"initialized", "midjourney_created", "midjourney_started", "midjourney_progress", "midjourney_progress", "midjourney_completed"},
			`"progress_percent":50`, "completed"},
		"without a seed": {useapitest.Script{End: useapitest.WithoutSeed}, []string{"initialized", "midjourney_completed"}, "**Job ID**", "completed"},
		"failed":         {useapitest.Script{End: useapitest.Failed, Reason: "Oops"}, []string{"initialized", "midjourney_failed"}, `"error":"Oops"`, "failed"},
		"moderated": {useapitest.Script{End: useapitest.Moderated, Details: "why"}, []string{"initialized", "midjourney_moderated"},
			`"error":"Invalid request","errorDetails":"why"`, "moderated"},
		"an error event": {useapitest.Script{End: useapitest.ErrorEvent}, []string{"initialized", "error"}, `"error":"Unexpected error"`, "failed"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			job := b.server.AddImageJob(useapitest.JobOptions{Seed: 4242, Script: tc.script})
			status, stream := b.seed(job)
			require.Equal(t, 200, status)
			require.Equal(t, tc.events, names(t, stream))
			require.Contains(t, stream, tc.holds)
			require.Equal(t, tc.status == "completed" && name == "progress", strings.Contains(stream, "**seed** 4242"))
			require.Equal(t, tc.status, b.server.Status(b.server.SeedJob(job)))
		})
	}
}

func TestFramings(t *testing.T) {
	t.Parallel()
	b := setup(t)
	ask := func(f useapitest.Framing) string {
		_, stream := b.seed(b.server.AddImageJob(useapitest.JobOptions{Script: useapitest.Script{Framing: f}}))
		return stream
	}
	require.Equal(t, 4, strings.Count(ask(useapitest.Framing{Newline: "\r\n"}), "\r\n"))
	require.NotContains(t, ask(useapitest.Framing{Newline: "\r"}), "\n")
	require.True(t, strings.HasPrefix(ask(useapitest.Framing{BOM: true}), "\ufeffdata: "))
	require.Equal(t, 2, strings.Count(ask(useapitest.Framing{Comments: true}), ": ping\n\ndata:"))
	require.Equal(t, 4, strings.Count(ask(useapitest.Framing{MultiLine: true}), "data: "))
	require.Equal(t, []string{"initialized", "midjourney_completed"}, names(t, ask(useapitest.Framing{ByteWise: true})))

	job := b.server.AddImageJob(useapitest.JobOptions{Script: useapitest.Script{Pause: 30 * time.Millisecond,
		Framing: useapitest.Framing{Heartbeat: time.Millisecond}}})
	_, stream := b.seed(job)
	require.Contains(t, stream, ": heartbeat\n\n")
}

func TestAStreamCutAtEachOfItsBytes(t *testing.T) {
	t.Parallel()
	b := setup(t)
	whole := b.server.AddImageJob(useapitest.JobOptions{Images: -1})
	_, stream := b.seed(whole)
	for n := 0; n < len(stream); n += 97 {
		for _, clean := range []bool{true, false} {
			job := b.server.AddImageJob(useapitest.JobOptions{Images: -1, Script: useapitest.Script{Cut: &useapitest.Cut{Bytes: n, Clean: clean}}})
			_, got, err := b.do(b.request("POST", seedPath, fmt.Sprintf(`{"jobId":%q}`, job)))
			require.Len(t, got, n)
			require.Equal(t, clean, err == nil, "%v", err)
			b.await(func() bool { return b.server.Status(b.server.SeedJob(job)) == "completed" })
		}
	}
	for n := range 2 {
		job := b.server.AddImageJob(useapitest.JobOptions{Script: useapitest.Script{Cut: useapitest.CutAfterFrames(n)}})
		_, got, err := b.do(b.request("POST", seedPath, fmt.Sprintf(`{"jobId":%q}`, job)))
		require.ErrorIs(t, err, io.ErrUnexpectedEOF)
		require.Len(t, names(t, got), n)
	}
}

func TestAStuckJobKeepsItsSlotUntilItIsCancelled(t *testing.T) {
	t.Parallel()
	b := setup(t, useapitest.WithMaxJobs(1))
	script := useapitest.Running(5*time.Millisecond, 10, 20, 30)
	script.Cut, script.Stuck = useapitest.CutAfterFrames(1), true
	job := b.server.AddImageJob(useapitest.JobOptions{Script: script})
	_, _, err := b.do(b.request("POST", seedPath, fmt.Sprintf(`{"jobId":%q}`, job)))
	require.Error(t, err)
	seed := b.server.SeedJob(job)
	b.await(func() bool { return b.server.Sent(job) > 0 })
	require.Equal(t, "created", b.server.Status(seed))

	other := b.server.AddImageJob(useapitest.JobOptions{})
	status, _ := b.seed(other)
	require.Equal(t, 429, status)
	_, list := b.call("GET", "/v3/midjourney/jobs", "")
	require.Contains(t, list, seed)
	status, body := b.call("DELETE", "/v3/midjourney/jobs/"+seed, "")
	require.Equal(t, 204, status)
	require.Empty(t, body)
	_, told := b.call("GET", "/v3/midjourney/jobs/"+seed, "")
	require.Contains(t, told, `"status":"failed"`)
	require.Contains(t, told, "Job cancelled by user")
	status, _ = b.call("DELETE", "/v3/midjourney/jobs/"+seed, "")
	require.Equal(t, 404, status)
	_, list = b.call("GET", "/v3/midjourney/jobs", "")
	require.JSONEq(t, `{"total":0,"images":0,"videos":0,"channels":{}}`, list)
	status, _ = b.seed(other)
	require.Equal(t, 200, status)
	require.Equal(t, 2, b.server.Deletes(seed))
	require.Equal(t, 1, b.server.Gets(seed))
	require.Equal(t, 2, b.server.Posts(other))
}

func TestLostRequests(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for lost, created := range map[useapitest.Lost]bool{useapitest.LostUnseen: false, useapitest.LostAnswer: true} {
		job := b.server.AddImageJob(useapitest.JobOptions{})
		b.server.Script(job, useapitest.Script{Lost: lost}, useapitest.Script{})
		_, _, err := b.do(b.request("POST", seedPath, fmt.Sprintf(`{"jobId":%q}`, job)))
		require.Error(t, err)
		require.Equal(t, created, b.server.SeedJob(job) != "")
		status, answer := b.seed(job)
		require.Equal(t, 200, status)
		require.Contains(t, answer, `"status":"completed"`)
		require.Equal(t, 2, b.server.Posts(job))
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	b := setup(t)
	job := b.server.AddImageJob(useapitest.JobOptions{})
	for _, status := range []int{400, 401, 402, 404, 409, 410, 412, 422, 429, 500, 502, 503, 504, 596} {
		reply := useapitest.Refuse(status)
		b.server.Next(1, useapitest.Script{Refuse: &reply})
		got, body := b.seed(job)
		require.Equal(t, status, got)
		require.Equal(t, reply.Body, body)
		require.Contains(t, body, `{"error":"`)

		b.server.Fail(1, "GET", "/v3/midjourney/jobs/", useapitest.HTML(status))
		got, body = b.call("GET", "/v3/midjourney/jobs/"+job, "")
		require.Equal(t, status, got)
		require.Contains(t, body, "<html>")
	}
	busy := useapitest.RateLimited(1500 * time.Millisecond)
	require.Equal(t, "2", busy.Header.Get("Retry-After"))

	b.server.Fail(-1, "", "", useapitest.Refuse(503))
	status, _ := b.call("GET", "/v3/midjourney/jobs", "")
	require.Equal(t, 503, status)
	b.server.Heal()
	b.server.Fail(-1, "GET", "", useapitest.Reply{Drop: true}) // net/http repeats a GET once by itself
	_, _, err := b.do(b.request("GET", "/v3/midjourney/jobs", ""))
	require.Error(t, err)
	b.server.Heal()
	status, _ = b.call("GET", "/v3/midjourney/jobs", "")
	require.Equal(t, 200, status)
	require.Empty(t, b.server.SeedJob(job), "a refusal starts nothing")
}

func TestAskingAgain(t *testing.T) {
	t.Parallel()
	b := setup(t)
	job := b.server.AddImageJob(useapitest.JobOptions{Seed: 7})
	b.seed(job)
	seed := b.server.SeedJob(job)
	for mode, want := range map[useapitest.Repeat]string{
		useapitest.RepeatJSON:     `200 {"jobid":"` + seed + `","verb":"seed","status":"completed"`,
		useapitest.RepeatStream:   `200 data: {"event":"midjourney_completed"`,
		useapitest.RepeatV2:       `200 {"jobid":"` + job + `","verb":"imagine","status":"completed"`,
		useapitest.RepeatConflict: `409 {"code":409,"error":"Job was executed already","jobid":"` + seed + `"`,
	} {
		b.server.SetRepeat(mode)
		status, body := b.seed(job)
		require.True(t, strings.HasPrefix(fmt.Sprint(status, " ", body), want), body)
		if mode == useapitest.RepeatV2 {
			require.Contains(t, body, `"value":7`)
		}
	}
	status, body := b.call("POST", seedPath, `{"stream":false,"jobId":"`+job+`"}`)
	require.Equal(t, 200, status)
	require.Contains(t, body, `"status":"completed"`)
	require.Equal(t, seed, b.server.SeedJob(job))

	failing := b.server.AddImageJob(useapitest.JobOptions{})
	b.server.Script(failing, useapitest.Script{End: useapitest.Failed}, useapitest.Script{})
	b.seed(failing)
	first := b.server.SeedJob(failing)
	_, stream := b.seed(failing)
	require.Contains(t, stream, "midjourney_completed")
	require.NotEqual(t, first, b.server.SeedJob(failing), "a failure is no result")

	running := b.server.AddImageJob(useapitest.JobOptions{Script: useapitest.Script{Pause: 50 * time.Millisecond}})
	status, body = b.call("POST", seedPath, `{"stream":false,"jobId":"`+running+`","replyRef":"r"}`)
	require.Equal(t, 201, status)
	require.Contains(t, body, `"status":"created"`)
	require.Contains(t, body, `"replyRef":"r"`)
	first = b.server.SeedJob(running)
	_, stream = b.seed(running)
	require.Equal(t, []string{"initialized", "midjourney_completed"}, names(t, stream))
	require.Equal(t, first, b.server.SeedJob(running), "who comes second joins the job that runs")
}
