package commands

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"seedbank/bot"
	"seedbank/db"
	"seedbank/discordtest"
	"seedbank/prompt"
	"seedbank/retrieval"
)

// running is an ask of the asker's that shows its progress.
func (w *world) running(private bool) (retrieval.Ask, *discordtest.Interaction, *discordtest.Message) {
	w.t.Helper()
	i := w.asker.Slash(w.channel, "seed", discordtest.Options{"job": imageJob, "private": private})
	ask := w.asked(i)
	w.desk.Progress(ask, retrieval.Progress{Phase: retrieval.Asking, Percent: -1})
	return ask, i, w.answer(i)
}

// end lets an ask end with a problem, as retrieval does.
func (w *world) end(ask retrieval.Ask, code retrieval.Code) {
	w.t.Helper()
	_, err := w.desk.Deliver(w.t.Context(), ask, retrieval.Outcome{Problem: &retrieval.Problem{Code: code}})
	require.NoError(w.t, err)
	require.NoError(w.t, w.history.EndAsk(w.t.Context(), ask.ID, db.Ended, string(code), "", 0))
}

// failed is an ask of the asker's that ended, and its message with Try again.
func (w *world) failed() (retrieval.Ask, *discordtest.Message) {
	w.t.Helper()
	ask, i, _ := w.running(false)
	w.end(ask, "busy")
	m, err := i.Await(w.soon(), func(m *discordtest.Message) bool { return m.Button(labelTryAgain) != nil })
	require.NoError(w.t, err)
	return ask, m
}

func TestStop(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	moderator := w.guild.AddMember("A moderator", discordtest.WithRoles(w.guild.AddRole("mods", discordtest.ManageMessages)))
	ask, i, m := w.running(false)

	t.Run("is not for everyone", func(t *testing.T) {
		pressed := w.colleague.Press(m, labelStop)
		require.Equal(t, textNotYours(actionStop, w.asker.ID, nil), w.answer(pressed).Text())
		require.True(t, pressed.Message().Ephemeral())
		require.Empty(t, w.asks.stops())
	})
	t.Run("is for the one who asked, and for who keeps order", func(t *testing.T) {
		for n, who := range []*discordtest.Member{w.asker, moderator} {
			pressed := who.Press(m, labelStop)
			kind, err := pressed.Acknowledged(w.soon())
			require.NoError(t, err)
			require.Equal(t, 6, kind, "the message changes when the ask has ended, not before")
			w.settle()
			require.Len(t, w.asks.stops(), n+1)
			require.Equal(t, ask.ID, w.asks.stops()[n])
			require.Equal(t, who.ID, w.asks.by[n])
		}
	})
	t.Run("may find nothing left to stop", func(t *testing.T) {
		w.asks.mu.Lock()
		w.asks.late = true
		w.asks.mu.Unlock()
		told, err := w.asker.Press(m, labelStop).AwaitFollowUp(w.soon(), func(*discordtest.Message) bool { return true })
		require.NoError(t, err)
		require.Equal(t, textStopTooLate, told.Text())
		require.True(t, told.Ephemeral())
	})
	t.Run("comes too late for an ask that has ended", func(t *testing.T) {
		before := len(w.asks.stops())
		require.NoError(t, w.history.EndAsk(t.Context(), ask.ID, db.Answered, "", "", 0))
		require.Equal(t, textStopTooLate, w.answer(w.asker.Press(m, labelStop)).Text())
		require.Len(t, w.asks.stops(), before)
	})
	t.Run("says so in the message", func(t *testing.T) {
		w.end(ask, retrieval.Stopped)
		stopped, err := i.Await(w.soon(), func(m *discordtest.Message) bool { return m.Button(labelStop) == nil })
		require.NoError(t, err)
		require.Contains(t, stopped.Text(), "**Stopped.**")
		require.NotNil(t, stopped.Button(labelTryAgain))
	})
}

// settle waits until every handler that has begun has ended: the router counts them in the log.
func (w *world) settle() {
	w.t.Helper()
	require.Eventually(w.t, func() bool {
		return strings.Count(w.log.String(), "interaction handled") == len(w.discord.Interactions())
	}, waitMost, waitTick)
}

func TestTryAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ask, i, _ := w.running(false)
	w.end(ask, retrieval.Busy)
	failed, err := i.Await(w.soon(), func(m *discordtest.Message) bool { return m.Button(labelTryAgain) != nil })
	require.NoError(t, err)

	pressed := w.colleague.Press(failed, labelTryAgain)
	again := w.asked(pressed)
	require.Equal(t, pressed.ID(), again.ID, "an ask of its own")
	require.Equal(t, imageJob, again.Job)
	require.Equal(t, w.colleague.ID, again.Member)
	require.False(t, again.Private)
	w.desk.Progress(again, retrieval.Progress{Percent: -1})
	running, err := pressed.Await(w.soon(), func(m *discordtest.Message) bool { return m.Button(labelStop) != nil })
	require.NoError(t, err)
	require.Equal(t, failed.ID, running.ID, "the answer takes the problem's place")
	require.Contains(t, running.Text(), "For <@"+w.colleague.ID+">")
	w.end(again, retrieval.Busy)
}

func TestTryAgainInPrivateStaysPrivate(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ask, i, _ := w.running(true)
	w.end(ask, retrieval.Failed)
	failed, err := i.Await(w.soon(), func(m *discordtest.Message) bool { return m.Button(labelTryAgain) != nil })
	require.NoError(t, err)
	require.True(t, failed.Ephemeral())
	again := w.asked(w.asker.Press(failed, labelTryAgain))
	require.True(t, again.Private)
}

func TestTryAgainAfterTheHistoryForgot(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ask, i, _ := w.running(false)
	w.end(ask, retrieval.Failed)
	failed, err := i.Await(w.soon(), func(m *discordtest.Message) bool { return m.Button(labelTryAgain) != nil })
	require.NoError(t, err)
	_, err = w.history.PruneAsks(t.Context(), w.discord.Now().Add(1<<40))
	require.NoError(t, err)
	require.Equal(t, textNoAsk, w.answer(w.colleague.Press(failed, labelTryAgain)).Text())
}

func TestCopyButtons(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for name, test := range map[string]struct{ prompt, says string }{
		"the usual":                 {"owl in the rain, 35 mm film --ar 3:2 --v 7", "owl in the rain, 35 mm film --ar 3:2 --v 7 --seed "},
		"a seed that was there":     {"owl --seed 5 --v 7 --fast", "owl --v 7 --seed "},
		"markdown stays as it is":   {"**owl** `x` @everyone <@1>", "**owl** `x` @everyone <@1> --seed "},
		"no prompt":                 {"", "--seed "},
		"a line that looks like it": {"**seed** 5", "**seed** 5 --seed "},
		"addresses stay":            {"https://s.mj.run/abc owl", "https://s.mj.run/abc owl --seed "},
	} {
		t.Run(name, func(t *testing.T) {
			seed := fnvOf(name)
			m := w.post(w.channel, w.card(seed, test.prompt))
			copied := w.answer(w.colleague.Press(m, labelCopyPrompt))
			require.Equal(t, test.says+digits(seed), copied.Content, "the whole content is the line")
			require.True(t, copied.Ephemeral())
			require.False(t, copied.Everyone)
			require.Empty(t, copied.Mentions)
			copied = w.answer(w.colleague.Press(m, labelCopySeed))
			require.Equal(t, digits(seed), copied.Content)
			require.True(t, copied.Ephemeral())
		})
	}
}

func TestCopyOfALongPrompt(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for name, test := range map[string]struct {
		words string
		file  bool
	}{
		"that just fits":    {strings.Repeat("o", 2000-len(" --seed 77")), false},
		"one letter longer": {strings.Repeat("o", 2001-len(" --seed 77")), true},
		"of emoji":          {strings.Repeat("🦉", 1100), true},
		"of 6000 letters":   {strings.Repeat("owl ", 1500), true},
	} {
		t.Run(name, func(t *testing.T) {
			card := w.keep(db.Card{Scope: w.guild.ID, Seed: 77, Job: jobNumber(int(fnvOf(name))), Prompt: test.words, Asker: name})
			copied := w.answer(w.colleague.Press(w.post(w.channel, card), labelCopyPrompt))
			line := prompt.Parse(test.words).WithSeed(77)
			if !test.file {
				require.Equal(t, line, copied.Content)
				return
			}
			require.Equal(t, textPromptInFile, copied.Content)
			require.Len(t, copied.Attachments, 1)
			require.Equal(t, "prompt.txt", copied.Attachments[0].Filename)
			raw, err := os.ReadFile(copied.Attachments[0].Path)
			require.NoError(t, err)
			require.Equal(t, line, string(raw))
		})
	}
}

func TestTheTemporaryFileIsGoneAfterwards(t *testing.T) {
	t.Parallel()
	var seen string
	err := withTextFile("owl", func(f bot.File) error {
		seen = f.Path
		require.EqualValues(t, 3, f.Size)
		raw, err := os.ReadFile(f.Path)
		require.Equal(t, "owl", string(raw))
		return err
	})
	require.NoError(t, err)
	require.NoFileExists(t, seen)
	require.ErrorIs(t, withTextFile("", func(bot.File) error { return os.ErrClosed }), os.ErrClosed)
}

// Custom IDs come from Discord, but whoever runs a modified client chooses them.
func TestForgedButtonsShowNothing(t *testing.T) {
	t.Parallel()
	history := newHistory(t)
	asks := &askBook{history: history}
	c := &counter{history: history, asks: asks}
	keepCard(t, history, db.Card{Scope: "1", Seed: 1, Job: jobNumber(1), Asker: "42"})
	keepCard(t, history, db.Card{Scope: "2", Seed: 2, Job: jobNumber(2), Asker: "42", Private: true})
	require.NoError(t, history.StartAsk(t.Context(), db.Ask{ID: "11", Scope: "1", Member: "42", Job: imageJob, At: noon}))
	require.NoError(t, history.StartAsk(t.Context(), db.Ask{ID: "12", Scope: "2", Member: "42", Job: imageJob, At: noon, Private: true}))
	for name, test := range map[string]struct {
		press  bot.Handler
		args   []string
		values []string
		says   string
	}{
		"another server's prompt":          {c.copyPrompt, []string{"5"}, nil, textNoCard(5)},
		"somebody's private prompt":        {c.copyPrompt, []string{"1"}, nil, textNoCard(1)},
		"somebody's private seed":          {c.copySeed, []string{"1"}, nil, textNoCard(1)},
		"a number that is none":            {c.copySeed, []string{"1 OR 1=1"}, nil, textNoCard(0)},
		"a number without an end":          {c.copySeed, []string{strings.Repeat("9", 90)}, nil, textNoCard(0)},
		"no number":                        {c.copySeed, nil, nil, textNoCard(0)},
		"another server's ask, stopped":    {c.stop, []string{"11"}, nil, textNoAsk},
		"somebody's private ask, stopped":  {c.stop, []string{"12"}, nil, textNoAsk},
		"no ask, stopped":                  {c.stop, nil, nil, textNoAsk},
		"another server's ask, repeated":   {c.again, []string{"11"}, nil, textNoAsk},
		"somebody's private ask, repeated": {c.again, []string{"12"}, nil, textNoAsk},
		"no ask, repeated":                 {c.again, nil, nil, textUnreadable},
		"a choice of nothing":              {c.pick, []string{"public"}, nil, textNoChoice},
		"a choice of words":                {c.pick, []string{"public"}, []string{"hello"}, textNoChoice},
		"a choice of a video":              {c.pick, []string{"public"}, []string{videoJobID}, textNoChoice},
		"a choice of two":                  {c.pick, []string{"public"}, []string{imageJob + otherJobID, "x"}, textNoChoice},
		"somebody's private card, opened":  {c.open, nil, []string{"1"}, textNoCard(1)},
		"words, opened":                    {c.open, nil, []string{"x"}, textNotNumber},
		"nothing, opened":                  {c.open, nil, nil, textNoChoice},
		"a page of nothing":                {c.turnPage, []string{"older", "x"}, nil, textNoChoice},
		"a page without a place":           {c.turnPage, nil, nil, textNoChoice},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			i := &bot.Interaction{
				ID: "13", Guild: "2", Channel: "5", User: bot.User{ID: "66"}, CustomID: bot.CustomID{Args: test.args}, Values: test.values,
			}
			err := test.press(t.Context(), i)
			var refusal *bot.UserError
			require.ErrorAs(t, err, &refusal)
			require.Equal(t, test.says, refusal.Text)
			require.Empty(t, asks.taken())
			require.Empty(t, asks.stops())
		})
	}
}
