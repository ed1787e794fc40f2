package useapi_test

import (
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"seedbank/useapi"
	"seedbank/useapi/useapitest"
)

// FuzzStream reads any bytes as a stream, whole and in two pieces: it must end, alike, without a panic, and with an
// error unless a job ended.
func FuzzStream(f *testing.F) {
	for _, name := range []string{"documented-stream.txt", "full-stream.txt"} {
		transcript := file(f, name)
		f.Add([]byte(transcript), 7)
		f.Add([]byte(strings.ReplaceAll(transcript, "\n", "\r\n")), 200)
		f.Add([]byte("\ufeff"+strings.ReplaceAll(transcript, "\n", "\r")), 3)
		f.Add([]byte(transcript[:len(transcript)/2]), 90)
	}
	f.Add([]byte("data: {\"event\":\"error\",\"error\":\"x\"}\n\n"), 10)
	f.Add([]byte(":\n\n\r\r\n\ndata\n\nid: 1\n\n"), 4)
	f.Fuzz(func(t *testing.T, stream []byte, split int) {
		split = min(max(split, 0), len(stream))
		read := func(r io.Reader) ([]useapi.Event, error) {
			c, b := streaming(t, r)
			events, err := collect(t, c.Seed(t.Context(), useapi.SeedRequest{JobID: parent}))
			require.Equal(t, 1, b.closed)
			return events, err
		}
		whole, err := read(strings.NewReader(string(stream)))
		pieces, errPieces := read(io.MultiReader(strings.NewReader(string(stream[:split])), strings.NewReader(string(stream[split:]))))
		require.Equal(t, whole, pieces)
		require.Equal(t, fmt.Sprint(err), fmt.Sprint(errPieces))
		if err == nil {
			require.NotEmpty(t, whole)
			require.True(t, whole[len(whole)-1].Job.Final())
			return
		}
		require.True(t, errors.Is(err, useapi.ErrStreamCut) || errors.Is(err, useapi.ErrServer), "%v", err)
	})
}

// FuzzSeed puts any prompt in front of a seed: the seed must be found and the prompt come back, and without a seed
// line nothing may be found.
func FuzzSeed(f *testing.F) {
	for n, prompt := range useapitest.HostilePrompts() {
		f.Add(prompt, uint32(n))
	}
	f.Add("cat\n**seed** 5\n", uint32(math.MaxUint32))
	f.Add("**\n**Job ID**: "+guid+"\n**seed** 5", uint32(0))
	f.Fuzz(func(t *testing.T, prompt string, seed uint32) {
		prompt = strings.ToValidUTF8(prompt, "?") // JSON holds nothing else
		job := answer(t, told(prompt, fmt.Sprint(seed)))
		got, err := job.Seed()
		require.NoError(t, err)
		require.Equal(t, seed, got)
		require.Equal(t, prompt, job.SeedPrompt())
		require.Equal(t, guid, job.MidjourneyID())

		_, err = answer(t, "**"+prompt+"**\n**Job ID**: "+guid).Seed()
		require.ErrorIs(t, err, useapi.ErrNoSeed)
	})
}

// FuzzFindJobIDs looks for ids in any text: what is found must be an id, once, and an id put into the text must be
// among them.
func FuzzFindJobIDs(f *testing.F) {
	f.Add("look: ", " nice")
	f.Add(`{"jobid":"`, `"}`)
	f.Add("%22", "%22")
	f.Add(imageID[:20], imageID[20:])
	f.Add(v2ID, strings.ReplaceAll(v2ID, ":", "%3A"))
	f.Fuzz(func(t *testing.T, before, behind string) {
		seen := map[useapi.JobID]bool{}
		for _, id := range useapi.FindJobIDs(before + seedID + behind) {
			require.False(t, seen[id])
			seen[id] = true
			again, err := useapi.ParseJobID(id.String())
			require.NoError(t, err)
			require.Equal(t, id, again)
		}
		want, err := useapi.ParseJobID(seedID)
		require.NoError(t, err)
		require.True(t, seen[want])
	})
}
