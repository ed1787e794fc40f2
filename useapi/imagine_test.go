package useapi_test

import (
	"bytes"
	"encoding/json"
	"image/png"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/useapi"
	"seedbank/useapi/useapitest"
)

func TestImagineFromEndToEnd(t *testing.T) {
	t.Parallel()
	s, c := service(t)
	s.Next(1, useapitest.Running(time.Millisecond, 0, 42, 93))
	const prompt = "owl in the rain --ar 3:2 --v 7 --seed 77"
	events, err := collect(t, c.Imagine(t.Context(), useapi.ImagineRequest{Prompt: prompt, ReplyRef: "1300"}))
	require.NoError(t, err)
	var percents []int
	for _, e := range events {
		require.NotEmpty(t, e.JobID)
		if e.Job != nil {
			require.Equal(t, "1300", e.Job.Request.ReplyRef)
			if p, known := e.Job.Progress(); known {
				percents = append(percents, p)
			}
		}
	}
	require.Equal(t, []int{0, 42, 93}, percents)
	last := events[len(events)-1].Job
	require.True(t, last.Completed())
	require.Equal(t, "imagine", last.Verb)
	require.Equal(t, "image", last.Type)
	require.Equal(t, prompt, last.Prompt())
	echo, speed := last.Echo()
	require.Equal(t, prompt+" --s 250", echo)
	require.Equal(t, "fast", speed)
	require.Regexp(t, `^[0-9a-f]{8}-[0-9a-f-]{27}$`, last.ImageID())
	require.NotContains(t, string(last.Sanitized()), useapitest.AccountName)

	grid := last.Images()
	require.Len(t, grid, 1)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, grid[0].URL, nil)
	require.NoError(t, err)
	resp, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	raw, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	_, err = png.Decode(bytes.NewReader(raw))
	require.NoError(t, err)

	events, err = collect(t, c.Seed(t.Context(), useapi.SeedRequest{JobID: last.ID}))
	require.NoError(t, err)
	seed, err := events[len(events)-1].Job.Seed()
	require.NoError(t, err)
	require.EqualValues(t, 77, seed, "the seed is the one that was asked for")
}

func TestEveryImagineIsAnotherJob(t *testing.T) {
	t.Parallel()
	s, c := service(t)
	s.AddAccount("1234567890987654399")
	first, err := c.ImagineAsync(t.Context(), useapi.ImagineRequest{Prompt: "owl", Channel: "1234567890987654399"})
	require.NoError(t, err)
	require.False(t, first.Final())
	require.Equal(t, "1234567890987654399", first.Request.Channel)
	id, err := useapi.ParseJobID(first.ID)
	require.NoError(t, err)
	require.Equal(t, useapi.Image, id.Kind())
	require.Equal(t, "1234567890987654399", id.Channel())
	second, err := c.ImagineAsync(t.Context(), useapi.ImagineRequest{Prompt: "owl"})
	require.NoError(t, err)
	require.Equal(t, []string{first.ID, second.ID}, s.Made("owl"))
	require.Equal(t, 2, s.Imagines("owl"))
	require.Equal(t, 2, s.Imagines(""))
	require.Zero(t, s.Imagines("cat"))
	await(t, s, func() bool { return s.Status(first.ID) == "completed" && s.Status(second.ID) == "completed" })
}

func TestARunningImagineIsListedAndCancelled(t *testing.T) {
	t.Parallel()
	s, c := service(t)
	s.Next(1, useapitest.Script{End: useapitest.Never})
	job, err := c.ImagineAsync(t.Context(), useapi.ImagineRequest{Prompt: "owl", ReplyRef: "1300"})
	require.NoError(t, err)
	running, err := c.Jobs(t.Context())
	require.NoError(t, err)
	require.Equal(t, job.ID, running.Channels[useapitest.DefaultChannel].Jobs[0].JobID)
	read, err := c.Job(t.Context(), job.ID)
	require.NoError(t, err)
	require.Equal(t, "1300", read.Request.ReplyRef)
	require.NoError(t, c.CancelJob(t.Context(), job.ID))
	read, err = c.Job(t.Context(), job.ID)
	require.NoError(t, err)
	require.True(t, read.Final())
	require.Equal(t, "Job cancelled by user", read.Reason())
}

func TestImagineIsRefused(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		script useapitest.Script
		setup  func(*testing.T, *useapitest.Server, *useapi.Client)
		want   error
	}{
		"by the token":     {useapitest.Script{Refuse: refuse(401)}, nil, useapi.ErrUnauthorized},
		"for money":        {useapitest.Script{Refuse: refuse(402)}, nil, useapi.ErrNoSubscription},
		"for want of room": {useapitest.Script{}, full, useapi.ErrRateLimited},
		"for want of an account": {useapitest.Script{}, func(_ *testing.T, s *useapitest.Server, _ *useapi.Client) {
			s.BreakAccount(useapitest.DefaultChannel, "CAPTCHA")
		}, useapi.ErrAccounts},
		"without a word":      {useapitest.Script{Lost: useapitest.LostAnswer}, nil, useapi.ErrStreamCut},
		"by another service":  {useapitest.Script{Refuse: page(404)}, nil, useapi.ErrNotJSON},
		"in the middle of it": {useapitest.Script{Cut: useapitest.CutAfterFrames(1)}, nil, useapi.ErrStreamCut},
		"by an error event":   {useapitest.Script{End: useapitest.ErrorEvent}, nil, useapi.ErrServer},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, c := service(t, useapitest.WithMaxJobs(1))
			if test.setup != nil {
				test.setup(t, s, c)
			}
			s.Next(1, test.script)
			require.ErrorIs(t, lastError(t, c.Imagine(t.Context(), useapi.ImagineRequest{Prompt: "owl"})), test.want)
		})
	}
	t.Run("by Midjourney", func(t *testing.T) {
		t.Parallel()
		s, c := service(t)
		s.Next(1, useapitest.Script{End: useapitest.Moderated, Reason: "Banned prompt", Details: "try other words"})
		events, err := collect(t, c.Imagine(t.Context(), useapi.ImagineRequest{Prompt: "owl"}))
		require.NoError(t, err)
		require.Equal(t, "Banned prompt: try other words", events[len(events)-1].Job.Reason())
	})
}

// full takes the only slot.
func full(t *testing.T, s *useapitest.Server, c *useapi.Client) {
	t.Helper()
	s.Next(1, useapitest.Script{End: useapitest.Never})
	_, err := c.ImagineAsync(t.Context(), useapi.ImagineRequest{Prompt: "first"})
	require.NoError(t, err)
}

func refuse(status int) *useapitest.Reply {
	r := useapitest.Refuse(status)
	return &r
}

func page(status int) *useapitest.Reply {
	r := useapitest.HTML(status)
	return &r
}

func TestImagineRequestsThatAreNotSent(t *testing.T) {
	t.Parallel()
	s, c := service(t)
	for name, r := range map[string]useapi.ImagineRequest{
		"no prompt":         {},
		"only spaces":       {Prompt: " \n"},
		"a long prompt":     {Prompt: strings.Repeat("ü", 5001)},
		"a strange channel": {Prompt: "owl", Channel: "../1"},
		"a long reference":  {Prompt: "owl", ReplyRef: strings.Repeat("x", 1025)},
	} {
		require.Error(t, lastError(t, c.Imagine(t.Context(), r)), name)
		_, err := c.ImagineAsync(t.Context(), r)
		require.Error(t, err, name)
	}
	require.Empty(t, s.Requests())
	require.NoError(t, lastError(t, c.Imagine(t.Context(), useapi.ImagineRequest{Prompt: strings.Repeat("ü", 5000)})))
}

func TestTheEchoOfAnImage(t *testing.T) {
	t.Parallel()
	for content, want := range map[string][2]string{
		"**a cat in a hat --s 50 --ar 16:9** - <@111111111111111111> (fast)": {"a cat in a hat --s 50 --ar 16:9", "fast"},
		"**a cat in a hat** - <@user> (100%) (relaxed)":                      {"a cat in a hat", "relaxed"},
		"**a cat** - Image #2 <@1>":                                          {"a cat", ""},
		"**a **bold** cat** - <@5> (turbo)":                                  {"a **bold** cat", "turbo"},
		"**a cat** - <@1> (fast)** - <@2> (relax)":                           {"a cat** - <@1> (fast)", "relaxed"},
		"**lines\nof it** - <@2> (stealth)":                                  {"lines\nof it", ""},
		"no stars - <@2> (fast)":                                             {"", ""},
		"**never ends":                                                       {"", ""},
		"":                                                                   {"", ""},
	} {
		raw, err := json.Marshal(map[string]any{"jobid": "j1", "verb": "imagine", "status": "completed", "response": map[string]any{"content": content}})
		require.NoError(t, err)
		var j useapi.Job
		require.NoError(t, json.Unmarshal(raw, &j))
		echo, speed := j.Echo()
		require.Equal(t, want, [2]string{echo, speed}, content)
	}
	var j useapi.Job
	require.NoError(t, json.Unmarshal([]byte(`{"jobid":"j1","verb":"seed","status":"completed","response":{"content":"**a** - <@1> (fast)"}}`), &j))
	echo, _ := j.Echo()
	require.Empty(t, echo, "a seed's answer is no image")
	require.Empty(t, j.ImageID())
}
