//go:build chaos

package main

import (
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/discordtest"
	"seedbank/useapi/useapitest"
)

// TestChaos kills the process at random moments while members ask, and looks in the end that every ask that was taken
// has one answer, with one request for each job. `make chaos` runs it; CHAOS_ROUNDS and CHAOS_SEED set how long and
// which.
func TestChaos(t *testing.T) {
	rounds, err := strconv.Atoi(getenv("CHAOS_ROUNDS", "15"))
	require.NoError(t, err)
	seed, err := strconv.ParseUint(getenv("CHAOS_SEED", strconv.FormatInt(time.Now().UnixNano(), 10)), 10, 64)
	require.NoError(t, err)
	t.Logf("CHAOS_SEED=%d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	l := newLive(t, discordtest.WithGlobalRate(discordtest.Rate{}), discordtest.WithChannelRate(discordtest.Rate{}))

	type asked struct {
		i    *discordtest.Interaction
		job  string
		seed uint32
	}
	var all []asked
	type job struct {
		id   string
		seed uint32
	}
	var jobs []job
	for round := range rounds {
		l.start()
		for end := time.Now().Add(time.Duration(200+random.IntN(2500)) * time.Millisecond); time.Now().Before(end); {
			if len(jobs) == 0 || random.IntN(3) > 0 {
				n := random.Uint32()
				jobs = append(jobs, job{seed: n, id: l.useapi.AddImageJob(useapitest.JobOptions{
					Seed: n, ImageSize: 32, Channel: strconv.Itoa(1234567890987654300 + random.IntN(4)), Script: anyScript(random),
				})})
			}
			j := jobs[random.IntN(len(jobs))]
			all = append(all, asked{l.seed(l.member, j.id), j.id, j.seed})
			time.Sleep(time.Duration(random.IntN(60)) * time.Millisecond) //nolint:forbidigo // chaos is a matter of moments
		}
		l.kill()
		all = slices.DeleteFunc(all, func(a asked) bool { return a.i.Message() == nil }) // it was not acknowledged
		t.Logf("round %d: %d asks", round+1, len(all))
	}
	l.start()
	repeated := 0
	for _, a := range all {
		m := l.finished(a.i)
		require.Contains(t, m.Text(), strconv.FormatUint(uint64(a.seed), 10))
		require.Empty(t, a.i.FollowUps())
	}
	for _, j := range jobs {
		posts := l.useapi.Posts(j.id)
		require.LessOrEqual(t, posts, 2)
		if posts > 1 {
			repeated++
		}
		require.Zero(t, l.useapi.Deletes(j.id))
	}
	t.Logf("%d asks for %d jobs, all answered; %d jobs were asked for again because the process died between the request and its first event", len(all), len(jobs), repeated)
	require.LessOrEqual(t, repeated, rounds)
	require.NotContains(t, l.log.String(), l.discord.Token())
	require.NotContains(t, l.log.String(), l.useapi.Token())
}

func anyScript(random *rand.Rand) useapitest.Script {
	s := useapitest.Running(time.Duration(1+random.IntN(150))*time.Millisecond, 10, 50, 90)
	switch random.IntN(6) {
	case 0:
		s.Cut = useapitest.CutAfterFrames(1 + random.IntN(5))
	case 1:
		s.Delay = time.Duration(random.IntN(150)) * time.Millisecond
	case 2:
		s = useapitest.Script{}
	}
	return s
}

func getenv(name, otherwise string) string {
	if v := os.Getenv(name); v != "" {
		return v
	}
	return otherwise
}
