package useapi_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"seedbank/useapi"
)

// The service runs many jobs for many people. The seed of somebody else's picture is worse than none.
func TestAnotherJobsEndIsNotTheAnswer(t *testing.T) {
	t.Parallel()
	const otherID, otherParent = "j1024181534748000001-u12345-c1234567890987654321-bot:midjourney", "j1023141520123000001i-u12345-c1234567890123456789-bot:midjourney"
	named := event(`{"event":"initialized","jobId":%q}`, seedID)
	done := func(job, about string, seed int) string {
		return event(`{"event":"midjourney_completed","job":{"jobid":%q,"verb":"seed","status":"completed","request":{"jobId":%q},"response":{"seed":%d}}}`, job, about, seed)
	}
	for name, tc := range map[string]struct {
		transcript string
		seed       uint32
	}{
		"its end before ours":                         {named + done(otherID, otherParent, 666) + done(seedID, parent, 7), 7},
		"its failure before our end":                  {named + event(`{"event":"midjourney_failed","job":{"jobid":%q,"status":"failed","error":"no"}}`, otherID) + done(seedID, parent, 7), 7},
		"its error event before our end":              {named + event(`{"event":"error","error":"no","jobId":%q}`, otherID) + done(seedID, parent, 7), 7},
		"its end on a stream without names":           {done(otherID, otherParent, 666) + done(seedID, parent, 7), 7},
		"the job that was asked for before counts":    {named + done(otherID, parent, 7), 7},
		"the parent itself, with the seed, counts":    {named + done(parent, otherParent, 7), 7},
		"a job that names no parent counts by itself": {named + event(`{"event":"x","job":{"jobid":%q,"status":"completed","response":{"seed":7}}}`, seedID), 7},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			events, err := streamed(t, tc.transcript)
			require.NoError(t, err)
			last := events[len(events)-1]
			seed, err := last.Job.Seed()
			require.NoError(t, err)
			require.Equal(t, tc.seed, seed)
		})
	}
	t.Run("alone it is no end, and our job is still known", func(t *testing.T) {
		t.Parallel()
		events, err := streamed(t, named+done(otherID, otherParent, 666))
		exactly(t, err, useapi.ErrStreamCut)
		require.Len(t, events, 1)
		require.Equal(t, seedID, events[0].JobID)
	})
	t.Run("in one piece it is no answer", func(t *testing.T) {
		t.Parallel()
		_, job, _ := strings.Cut(done(otherID, otherParent, 666), `"job":`)
		c := answering(t, 200, jsonType, strings.TrimSuffix(strings.TrimSpace(job), "}"))
		exactly(t, lastError(t, c.Seed(t.Context(), useapi.SeedRequest{JobID: parent})), useapi.ErrNotJSON)
		_, err := c.SeedAsync(t.Context(), useapi.SeedRequest{JobID: parent})
		exactly(t, err, useapi.ErrNotJSON)
		_, err = c.Job(t.Context(), seedID)
		exactly(t, err, useapi.ErrNotJSON)
		read, err := c.Job(t.Context(), otherID)
		require.NoError(t, err)
		require.Equal(t, otherID, read.ID)
	})
}

func event(format string, args ...any) string {
	return "data: " + fmt.Sprintf(format, args...) + "\n\n"
}
