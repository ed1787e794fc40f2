package useapi_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/useapi"
	"seedbank/useapi/useapitest"
)

// service is a stand-in and a client of it.
func service(t *testing.T, opts ...useapitest.Option) (*useapitest.Server, *useapi.Client) {
	t.Helper()
	s := useapitest.New(opts...)
	t.Cleanup(s.Close)
	c, err := useapi.New(s.Token(), useapi.WithBaseURL(s.URL()), useapi.WithHTTPClient(&http.Client{Transport: &http.Transport{}}))
	require.NoError(t, err)
	return s, c
}

func await(t *testing.T, s *useapitest.Server, done func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	require.NoError(t, s.Await(ctx, done))
}

func TestSeedFromEndToEnd(t *testing.T) {
	t.Parallel()
	s, c := service(t)
	for _, prompt := range append(useapitest.HostilePrompts(), "plain") {
		job := s.AddImageJob(useapitest.JobOptions{Prompt: prompt, Echo: prompt, Seed: 3937070146})
		events, err := collect(t, c.Seed(t.Context(), useapi.SeedRequest{JobID: job, ReplyRef: "ref"}))
		require.NoError(t, err)
		require.Len(t, events, 2)
		last := events[1].Job
		seed, err := last.Seed()
		require.NoError(t, err)
		require.Equal(t, uint32(3937070146), seed)
		require.Equal(t, prompt, last.SeedPrompt())
		require.Len(t, last.Images(), 4)
		require.Equal(t, job, last.ParentID())
		require.Equal(t, "ref", last.Request.ReplyRef)
		require.Contains(t, string(last.Raw), useapitest.AccountName)
		require.NotContains(t, string(last.Sanitized()), useapitest.AccountName)

		read, err := c.Job(t.Context(), last.ID)
		require.NoError(t, err)
		require.JSONEq(t, string(last.Raw), string(read.Raw))
		image, err := c.Job(t.Context(), job)
		require.NoError(t, err)
		require.Equal(t, prompt, image.Prompt())
		require.NotContains(t, string(image.Sanitized()), useapitest.AccountName)
	}
}

func TestARepeatGivesTheSameSeed(t *testing.T) {
	t.Parallel()
	for name, mode := range map[string]useapitest.Repeat{
		"as JSON": useapitest.RepeatJSON, "as a stream": useapitest.RepeatStream, "as v2 did": useapitest.RepeatV2,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, c := service(t, useapitest.WithRepeat(mode))
			job := s.AddImageJob(useapitest.JobOptions{Seed: 7})
			require.NoError(t, lastError(t, c.Seed(t.Context(), useapi.SeedRequest{JobID: job})))
			events, err := collect(t, c.Seed(t.Context(), useapi.SeedRequest{JobID: job}))
			require.NoError(t, err)
			require.Len(t, events, 1)
			seed, err := events[0].Job.Seed()
			require.NoError(t, err)
			require.Equal(t, uint32(7), seed)
			require.Len(t, events[0].Job.Images(), 4)

			again, err := c.SeedAsync(t.Context(), useapi.SeedRequest{JobID: job})
			require.NoError(t, err)
			require.True(t, again.Completed())
		})
	}
	t.Run("or says which job has it", func(t *testing.T) {
		t.Parallel()
		s, c := service(t, useapitest.WithRepeat(useapitest.RepeatConflict))
		job := s.AddImageJob(useapitest.JobOptions{Seed: 7})
		require.NoError(t, lastError(t, c.Seed(t.Context(), useapi.SeedRequest{JobID: job})))
		err := lastError(t, c.Seed(t.Context(), useapi.SeedRequest{JobID: job}))
		exactly(t, err, useapi.ErrConflict)
		e, _ := errors.AsType[*useapi.Error](err)
		require.Equal(t, s.SeedJob(job), e.JobID)
	})
}

func TestALostConnectionLeavesTheJobToBeRead(t *testing.T) {
	t.Parallel()
	for name, script := range map[string]useapitest.Script{
		"the answer is lost":         {Lost: useapitest.LostAnswer},
		"cut before the first byte":  {Cut: useapitest.CutAfterBytes(0)},
		"cut in the first frame":     {Cut: useapitest.CutAfterBytes(20)},
		"cut after the first frame":  {Cut: useapitest.CutAfterFrames(1)},
		"cut in the last frame":      {Cut: useapitest.CutAfterBytes(900)},
		"ended in the last frame":    {Cut: &useapitest.Cut{Bytes: 900, Clean: true}},
		"ended before the first":     {Cut: &useapitest.Cut{Bytes: 0, Clean: true}},
		"ended after the first":      {Cut: &useapitest.Cut{Frames: 1, Bytes: -1, Clean: true}},
		"the job created, no stream": {JSON: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, c := service(t)
			job := s.AddImageJob(useapitest.JobOptions{Seed: 7, Script: script})
			exactly(t, lastError(t, c.Seed(t.Context(), useapi.SeedRequest{JobID: job})), useapi.ErrStreamCut)
			await(t, s, func() bool { return s.Status(s.SeedJob(job)) == "completed" })
			read, err := c.Job(t.Context(), s.SeedJob(job))
			require.NoError(t, err)
			seed, err := read.Seed()
			require.NoError(t, err)
			require.Equal(t, uint32(7), seed)
		})
	}
	t.Run("unless the request never came", func(t *testing.T) {
		t.Parallel()
		s, c := service(t)
		job := s.AddImageJob(useapitest.JobOptions{Script: useapitest.Script{Lost: useapitest.LostUnseen}})
		exactly(t, lastError(t, c.Seed(t.Context(), useapi.SeedRequest{JobID: job})), useapi.ErrStreamCut)
		require.Empty(t, s.SeedJob(job))
		require.Equal(t, 1, s.Posts(job), "the client repeats nothing by itself")
	})
	t.Run("and one that never left is no cut stream", func(t *testing.T) {
		t.Parallel()
		s, c := service(t)
		s.Close()
		err := lastError(t, c.Seed(t.Context(), useapi.SeedRequest{JobID: parent}))
		require.Error(t, err)
		exactly(t, err)
	})
}

func TestASilentServiceIsLeft(t *testing.T) {
	t.Parallel()
	s, _ := service(t, useapitest.WithScript(useapitest.Script{End: useapitest.Never}))
	c, err := useapi.New(s.Token(), useapi.WithBaseURL(s.URL()), useapi.WithIdleTimeout(500*time.Millisecond))
	require.NoError(t, err)
	job := s.AddImageJob(useapitest.JobOptions{})
	events, err := collect(t, c.Seed(t.Context(), useapi.SeedRequest{JobID: job}))
	require.Len(t, events, 1)
	exactly(t, err, useapi.ErrStreamCut)
	require.ErrorContains(t, err, "no byte came")
	require.Equal(t, "created", s.Status(s.SeedJob(job)), "leaving a stream cancels nothing")
}

func TestStoppingARunningSeed(t *testing.T) {
	t.Parallel()
	s, c := service(t, useapitest.WithScript(useapitest.Script{End: useapitest.Never}))
	job := s.AddImageJob(useapitest.JobOptions{})
	n := 0
	for e, err := range c.Seed(t.Context(), useapi.SeedRequest{JobID: job}) {
		require.NoError(t, err)
		if n++; n == 1 {
			running, err := c.Jobs(t.Context())
			require.NoError(t, err)
			require.Equal(t, e.JobID, running.Channels[useapitest.DefaultChannel].Jobs[0].JobID)
			require.NoError(t, c.CancelJob(t.Context(), e.JobID))
			continue
		}
		require.Equal(t, "failed", e.Job.Status)
		require.Equal(t, "Job cancelled by user", e.Job.Reason())
	}
	require.Equal(t, 2, n)
	require.Equal(t, 1, s.Deletes(s.SeedJob(job)))
}

func TestABrokenAccount(t *testing.T) {
	t.Parallel()
	s, c := service(t)
	job := s.AddImageJob(useapitest.JobOptions{})
	s.BreakAccount(useapitest.DefaultChannel, "Pending mod message")
	exactly(t, lastError(t, c.Seed(t.Context(), useapi.SeedRequest{JobID: job})), useapi.ErrAccounts)
	accounts, err := c.Accounts(t.Context())
	require.NoError(t, err)
	require.Equal(t, "Pending mod message", accounts[useapitest.DefaultChannel].Error)
	require.NoError(t, c.ResetAccount(t.Context(), useapitest.DefaultChannel))
	require.NoError(t, lastError(t, c.Seed(t.Context(), useapi.SeedRequest{JobID: job})))
	s.RemoveAccounts()
	accounts, err = c.Accounts(t.Context())
	require.NoError(t, err)
	require.Empty(t, accounts)
}
