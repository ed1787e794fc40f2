package commands

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/retrieval"
)

func owlAsk() retrieval.Ask {
	return retrieval.Ask{ID: "1300000000000000001", Scope: "900", Channel: "5", Member: "42", Job: imageJob, At: noon}
}

func TestTheRunningReply(t *testing.T) {
	t.Parallel()
	ask := owlAsk()
	seed := uint32(3718204551)
	const stop = "[Stop → v1:stop:1300000000000000001]\n"
	const footer = "-# For <@42> · job j1023…midjourney · you can leave, I will finish here\n" + stop
	for name, test := range map[string]struct {
		progress retrieval.Progress
		want     string
	}{
		"while nothing is known": {retrieval.Progress{Percent: -1},
			"┏ blue\n🌱 Getting the seed\nchecking the job · started <t:1792756800:R>\n" + footer},
		"in the queue": {retrieval.Progress{Phase: retrieval.Queued, Percent: -1, Line: 1},
			"┏ blue\n🌱 Getting the seed\nwaiting for a free slot (2nd in line) · started <t:1792756800:R>\n" + footer},
		"at the head of the queue": {retrieval.Progress{Phase: retrieval.Queued, Percent: -1},
			"┏ blue\n🌱 Getting the seed\nwaiting for a free slot · started <t:1792756800:R>\n" + footer},
		"while it is asked": {retrieval.Progress{Phase: retrieval.Asking, Percent: -1},
			"┏ blue\n🌱 Getting the seed\nasking Midjourney · started <t:1792756800:R>\n" + footer},
		"while all slots are busy": {retrieval.Progress{Phase: retrieval.Waiting, Percent: -1, Next: noon.Add(time.Minute)},
			"┏ blue\n🌱 Getting the seed\nall slots are busy, next try <t:1792756860:R> · started <t:1792756800:R>\n" + footer},
		"with a percentage and a prompt": {retrieval.Progress{Phase: retrieval.Answering, Percent: 40, Prompt: "owl *in* the\nrain --v 7"},
			"┏ blue\n🌱 Getting the seed\n> owl \\*in\\* the rain --v 7\n▰▰▰▰▱▱▱▱▱▱ 40 % · Midjourney is answering · started <t:1792756800:R>\n" + footer},
		"after the stream was cut": {retrieval.Progress{Phase: retrieval.Rechecking, Percent: 250},
			"┏ blue\n🌱 Getting the seed\n▰▰▰▰▰▰▰▰▰▰ 100 % · the line to Midjourney broke, checking the job instead of starting over · started <t:1792756800:R>\n" + footer},
		"when the seed is there": {retrieval.Progress{Phase: retrieval.Picturing, Percent: -1, Seed: &seed, Card: 142},
			"┏ blue\n## 🌱 3718204551\nsaving the pictures · started <t:1792756800:R>\n" + strings.TrimSuffix(footer, stop)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := runningMessage(ask, test.progress)
			requireSendable(t, m)
			require.Equal(t, test.want, render(m))
		})
	}
}

func TestTheRunningReplyOfACard(t *testing.T) {
	t.Parallel()
	ask := owlAsk()
	ask.Job, ask.Card = "", 142
	m := runningMessage(ask, retrieval.Progress{Percent: -1, Prompt: strings.Repeat("owl ", 900)})
	requireSendable(t, m)
	require.Contains(t, render(m), "-# For <@42> · you can leave")
	require.Contains(t, render(m), "owl…\n")
}

func TestPlacesInLine(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{
		1: "1st", 2: "2nd", 3: "3rd", 4: "4th", 11: "11th", 12: "12th", 13: "13th", 21: "21st", 22: "22nd", 101: "101st", 111: "111th",
	} {
		require.Equal(t, want, ordinal(n))
	}
}

func TestProblems(t *testing.T) {
	t.Parallel()
	seen := map[string]retrieval.Code{}
	for _, code := range []retrieval.Code{
		retrieval.NotFound, retrieval.Expired, retrieval.NotFinished, retrieval.Unmade, retrieval.Rejected, retrieval.Unexpected, retrieval.Failed, retrieval.Moderated,
		retrieval.NoSeed, retrieval.Busy, retrieval.TokenRefused, retrieval.Unpaid, retrieval.SignedOut, retrieval.Unavailable,
		retrieval.Stopped, retrieval.TooLong, retrieval.CardGone, retrieval.Broken, "of_a_later_version",
	} {
		t.Run(string(code), func(t *testing.T) { // one after the other: they compare their words
			p := retrieval.Problem{Code: code, Detail: "**Job** " + imageJob + " of user:77-abcdef at https://api.useapi.net/x " + midjourneyID}
			m := problemMessage(owlAsk(), p)
			requireSendable(t, m)
			shown := render(m)
			colour := "┏ red\n**"
			if code == retrieval.Stopped {
				colour = "┏ grey\n**"
			}
			require.Contains(t, shown, colour)
			const said = "\n> \\*\\*Job\\*\\* j1023…midjourney of … at … …\n"
			if slices.Contains([]retrieval.Code{retrieval.Failed, retrieval.Moderated, retrieval.Rejected, retrieval.Unexpected}, code) {
				require.Contains(t, shown, said, "only that says why")
			} else {
				require.NotContains(t, shown, "\n> ", "what else is said is nothing for members")
			}
			require.Contains(t, shown, "-# Asked by <@42> <t:1792756800:R> · job j1023…midjourney\n")
			require.Equal(t, p.Retriable(), strings.Contains(shown, "[Try again → v1:again:1300000000000000001]"))
			what, todo := problemWords(code)
			if same, twice := seen[what+todo]; twice {
				require.Equal(t, []retrieval.Code{retrieval.Broken, "of_a_later_version"}, []retrieval.Code{same, code})
			}
			seen[what+todo] = code
		})
	}
}

func TestAStoppedAskSaysWhoStoppedIt(t *testing.T) {
	t.Parallel()
	shown := render(problemMessage(owlAsk(), retrieval.Problem{Code: retrieval.Stopped, By: "7"}))
	require.Contains(t, shown, "┏ grey\n**Stopped by <@7>.**\n-# Asked by <@42>")
	shown = render(problemMessage(owlAsk(), retrieval.Problem{Code: retrieval.Stopped}))
	require.Contains(t, shown, "┏ grey\n**Stopped.**\n-# Asked by <@42>", "of an earlier version")
}

func TestAProblemWithoutDetailHasNoQuote(t *testing.T) {
	t.Parallel()
	for _, detail := range []string{"", "<!DOCTYPE html><html><body>Bad gateway</body></html>", "<h1>502</h1>", "  \n"} {
		m := problemMessage(owlAsk(), retrieval.Problem{Code: retrieval.Unavailable, Detail: detail})
		requireSendable(t, m)
		require.NotContains(t, render(m), "\n>")
	}
	long := problemMessage(owlAsk(), retrieval.Problem{Code: retrieval.Failed, Detail: strings.Repeat("no ", 9000)})
	requireSendable(t, long)
}
