package main

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/discordtest"
	"seedbank/useapi/useapitest"
)

func TestTwoMembersAskAtTheSameMoment(t *testing.T) {
	t.Parallel()
	l := newLive(t)
	job := l.useapi.AddImageJob(useapitest.JobOptions{Prompt: "cat in the hat --v 7", Seed: 3937070146, ImageSize: 64, Script: useapitest.Running(100*time.Millisecond, 10, 50)})
	l.start()
	one, two := l.seed(l.member, job), l.seed(l.colleague, job)
	for _, i := range []*discordtest.Interaction{one, two} {
		m := l.finished(i)
		require.Contains(t, m.Text(), "3937070146")
		require.Len(t, m.Attachments, 4)
	}
	require.Equal(t, 1, l.useapi.Posts(job))

	niji := l.useapi.AddImageJob(useapitest.JobOptions{Prompt: "fox spirit --niji 6", Seed: 77, ImageSize: 64, Bot: "niji"})
	require.Contains(t, niji, "-bot:niji")
	require.Contains(t, l.finished(l.seed(l.member, niji)).Text(), "## 🌱 77")

	again := l.finished(l.seed(l.colleague, "#1"))
	require.Contains(t, again.Text(), "3937070146")
	again = l.finished(l.seed(l.colleague, job))
	require.Contains(t, again.Text(), "Known since")
	require.Len(t, again.Attachments, 4)
	require.Equal(t, 1, l.useapi.Posts(job))

	state := l.end()
	require.Equal(t, 0, state.ExitCode())
	require.NotContains(t, l.log.String(), l.discord.Token())
	require.NotContains(t, l.log.String(), l.useapi.Token())
}

// TestARefusedBotTokenEndsTheProgram looks that nobody has to wait for the reason, wherever Discord tells it first.
func TestARefusedBotTokenEndsTheProgram(t *testing.T) {
	t.Parallel()
	refusal := discordtest.Refused(401, 0, "401: Unauthorized")
	for name, refuse := range map[string]func(*discordtest.Server){
		"at the gateway's address": func(s *discordtest.Server) { s.Fault(-1, "GET", "/gateway", refusal) },
		"at the gateway":           func(s *discordtest.Server) { s.Gateway().Refuse(discordtest.CloseAuthenticationFailed) },
		"with the commands":        func(s *discordtest.Server) { s.Fault(-1, "PUT", "/applications/*/commands", refusal) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newLive(t)
			refuse(l.discord)
			l.launch()
			select {
			case <-l.exited:
			case <-time.After(60 * time.Second):
				t.Fatal("the program goes on")
			}
			require.Equal(t, 1, l.process.ProcessState.ExitCode())
			require.Contains(t, l.log.String(), "discord refuses the bot token: check DISCORD_TOKEN")
		})
	}
}

// killed is one place at which the process is killed.
type killed struct {
	script useapitest.Script
	when   func(l *live, job string, i *discordtest.Interaction) func() bool
	most   int // requests for the seed that may be seen
}

// TestKilledAtEveryStep kills the process at each step of a run and looks that the next one answers.
func TestKilledAtEveryStep(t *testing.T) {
	t.Parallel()
	running := useapitest.Running(150*time.Millisecond, 10, 50, 90)
	endless := running // until the test ends it, however long a restart takes
	endless.End = useapitest.Never
	text := func(i *discordtest.Interaction, part string) func() bool {
		return func() bool {
			for _, m := range i.History() {
				if strings.Contains(m.Text(), part) {
					return true
				}
			}
			return false
		}
	}
	for name, k := range map[string]killed{
		"when it is acknowledged": {script: running, most: 1, when: func(*live, string, *discordtest.Interaction) func() bool {
			return func() bool { return true }
		}},
		"when the request arrives": {script: endless, most: 1, when: func(l *live, job string, _ *discordtest.Interaction) func() bool {
			return func() bool { return l.useapi.Posts(job) == 1 }
		}},
		"when a slow service has not said anything yet": {script: withDelay(running, 3*time.Second), most: 2, when: func(l *live, job string, _ *discordtest.Interaction) func() bool {
			return func() bool { return l.useapi.Posts(job) == 1 }
		}},
		"while Midjourney answers": {script: endless, most: 1, when: func(_ *live, _ string, i *discordtest.Interaction) func() bool {
			return text(i, "answering")
		}},
		"while the job is looked at": {script: withCut(endless), most: 1, when: func(l *live, job string, i *discordtest.Interaction) func() bool {
			return text(i, "the line to Midjourney broke")
		}},
		"while the pictures are fetched": {script: running, most: 1, when: func(l *live, job string, _ *discordtest.Interaction) func() bool {
			return func() bool { return l.useapi.Downloads(job) > 0 }
		}},
		"when the card is there": {script: running, most: 1, when: func(_ *live, _ string, i *discordtest.Interaction) func() bool {
			return func() bool { m := i.Message(); return m != nil && isFinal(m) }
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newLive(t)
			job := l.useapi.AddImageJob(useapitest.JobOptions{Prompt: "cat in the hat --v 7", Seed: 3937070146, ImageSize: 64, Script: k.script})
			l.start()
			i := l.seed(l.member, job)
			_, err := i.Acknowledged(l.within(60 * time.Second))
			require.NoError(t, err)
			at := k.when(l, job, i)
			require.Eventually(t, at, 60*time.Second, time.Millisecond)
			l.kill()
			looks := l.useapi.Gets(l.useapi.SeedJob(job))
			l.start()
			if k.script.End == useapitest.Never { // it is looked at, and then it ends
				require.NoError(t, l.useapi.Await(l.within(60*time.Second), func() bool { return l.useapi.Gets(l.useapi.SeedJob(job)) > looks }))
				l.useapi.Finish(job)
			}
			m := l.finished(i)
			require.Contains(t, m.Text(), "3937070146")
			require.LessOrEqual(t, l.useapi.Posts(job), k.most)
			require.Zero(t, l.useapi.Deletes(job))
			require.Eventually(t, func() bool { return len(i.Message().Attachments) == 4 }, 60*time.Second, 10*time.Millisecond)
			require.Empty(t, i.FollowUps())
			require.Len(t, l.channel.Messages(l.member.User), 1)
		})
	}
}

func withDelay(s useapitest.Script, d time.Duration) useapitest.Script {
	s.Delay = d
	return s
}

func withCut(s useapitest.Script) useapitest.Script {
	s.Cut = useapitest.CutAfterFrames(1)
	return s
}

// TestEveryTroubleHasAReadableReply lets one process meet everything that can go wrong at the source and on the way of
// the pictures.
func TestEveryTroubleHasAReadableReply(t *testing.T) {
	t.Parallel()
	l := newLive(t, discordtest.WithGlobalRate(discordtest.Rate{}), discordtest.WithChannelRate(discordtest.Rate{}))
	l.start()
	refuse := func(status int) useapitest.JobOptions {
		reply := useapitest.Refuse(status)
		return useapitest.JobOptions{Script: useapitest.Script{Refuse: &reply}}
	}
	page := func(status int) useapitest.JobOptions {
		reply := useapitest.HTML(status)
		return useapitest.JobOptions{Script: useapitest.Script{Refuse: &reply}}
	}
	ends := func(e useapitest.End) useapitest.JobOptions {
		return useapitest.JobOptions{Seed: 5, Script: useapitest.Script{End: e}}
	}
	faulty := func(f useapitest.Fault) useapitest.JobOptions {
		return useapitest.JobOptions{Seed: 4294967295, ImageSize: 32, Faults: map[int]useapitest.Fault{2: f}}
	}
	for name, test := range map[string]struct {
		job  useapitest.JobOptions
		says string
	}{
		"400":                  {refuse(400), "not finished yet"},
		"not finished":         {useapitest.JobOptions{Status: "progress"}, "not finished yet"},
		"401":                  {refuse(401), "needs the person who runs this bot"},
		"402":                  {refuse(402), "subscription"},
		"404":                  {refuse(404), "does not know this job"},
		"409":                  {refuse(409), "in a way I do not know"},
		"410":                  {refuse(410), "no longer has this job"},
		"expired":              {useapitest.JobOptions{Status: "expired"}, "no longer has this job"},
		"412":                  {refuse(412), "> 412: "},
		"422":                  {refuse(422), "> 422: "},
		"418":                  {refuse(418), "> 418"},
		"500":                  {refuse(500), "cannot be reached"},
		"502":                  {refuse(502), "cannot be reached"},
		"503":                  {refuse(503), "cannot be reached"},
		"596":                  {refuse(596), "waits for a human"},
		"a page for an answer": {page(200), "cannot be reached"},
		"a page with 404":      {page(404), "cannot be reached"},
		"a page with 502":      {page(502), "cannot be reached"},
		"failed":               {ends(useapitest.Failed), "did not finish"},
		"moderated":            {ends(useapitest.Moderated), "stopped this request"},
		"an error event":       {ends(useapitest.ErrorEvent), ""},
		"no seed":              {ends(useapitest.WithoutSeed), "without a seed"},
		"no pictures":          {useapitest.JobOptions{Seed: 4294967295, Images: -1}, "4294967295"},
		"picture gone":         {faulty(useapitest.Gone), "Picture 2 is missing: its link has expired"},
		"picture too big":      {faulty(useapitest.TooBig), "Picture 2 is missing: the file is larger"},
		"undeclared":           {faulty(useapitest.Undeclared), "Picture 2 is missing: the file is larger"},
		"wrong type":           {faulty(useapitest.WrongType), "Picture 2 is missing: what arrived was no picture"},
		"disguised":            {faulty(useapitest.Disguised), "Picture 2 is missing: what arrived was no picture"},
		"foreign host":         {faulty(useapitest.Foreign), "Picture 2 is missing: it lies on a host"},
		"redirect":             {faulty(useapitest.Redirecting), "Picture 2 is missing: it lies on a host"},
		"broken off":           {faulty(useapitest.BrokenOff), "Picture 2 is missing: the download broke off"},
		"host error":           {faulty(useapitest.HostError), "Picture 2 is missing: the download broke off"},
		"huge":                 {faulty(useapitest.HugePixels), "4294967295"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := l.finished(l.seed(l.member, l.useapi.AddImageJob(test.job)))
			require.Contains(t, m.Text(), test.says)
			for _, never := range []string{l.useapi.Token(), l.discord.Token(), useapitest.AccountName, "goroutine", "panic", ".go:", "http://", "https://", "<html"} {
				require.NotContains(t, m.Text(), never)
			}
			if test.job.Faults != nil {
				require.Contains(t, m.Text(), "4294967295")
			}
		})
	}
}
