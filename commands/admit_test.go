package commands

import (
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/db"
	"seedbank/discordtest"
)

// closings are settings under which a colleague gets nothing new, and what they are told.
func (w *world) closings() map[string]struct {
	set  db.Settings
	says string
	mute bool // in the channel, so that what is known is told to the asker alone
} {
	studio := w.guild.AddRole("Studio", 0)
	return map[string]struct {
		set  db.Settings
		says string
		mute bool
	}{
		"without the role":         {db.Settings{Roles: map[string][]string{"ask": {studio.ID}}}, textMayNot(rightAsk, []string{studio.ID}), false},
		"while asking is paused":   {db.Settings{Paused: "later"}, textPaused("later"), false},
		"in a closed channel":      {db.Settings{DenyChannels: []string{w.channel.ID}}, textNotHere(nil), true},
		"in a channel not open":    {db.Settings{AskChannels: []string{"500000000000000009"}}, textNotHere([]string{"500000000000000009"}), true},
		"of an account not read":   {db.Settings{Accounts: []string{"1111111111111111111"}}, textOtherAccount, false},
		"on a day that is used up": {db.Settings{DailyLimit: 1}, textLimit(1, 1, dayOf(time.Now()).AddDate(0, 0, 1)), false},
	}
}

func TestWhatIsKnownTakesNoRight(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	card := w.keep(db.Card{Scope: w.guild.ID, Seed: 5, Job: jobNumber(5), Prompt: owlPrompt, Asker: w.colleague.ID, Channel: w.channel.ID})
	spent := w.asked(w.colleague.Slash(w.channel, "seed", discordtest.Options{"job": jobNumber(6)}))
	require.NoError(t, w.history.SpendAsk(t.Context(), spent.ID))
	shown := w.show(w.colleague, w.channel, card)
	picker := w.answer(w.colleague.Slash(w.channel, "seed", discordtest.Options{"job": card.Job + " " + imageJob}))
	slash := func(job string) func() *discordtest.Interaction {
		return func() *discordtest.Interaction {
			return w.colleague.Slash(w.channel, "seed", discordtest.Options{"job": job, "private": false})
		}
	}
	getSeed := func(m *discordtest.Message) func() *discordtest.Interaction {
		return func() *discordtest.Interaction { return w.colleague.UseOnMessage(w.channel, getSeedName, m) }
	}
	say := func(text string) *discordtest.Message { return w.colleague.Say(w.channel, text) }
	for name, closing := range w.closings() {
		w.rule(closing.set)
		for way, ask := range map[string]func() *discordtest.Interaction{
			"its job":                slash(card.Job),
			"its number":             slash("#" + strconv.FormatInt(card.Number, 10)),
			"a link":                 slash(shown.Link()),
			"last":                   slash("last"),
			"Get seed on its job":    getSeed(say("look " + card.Job)),
			"Get seed on the card":   getSeed(shown),
			"a choice among several": func() *discordtest.Interaction { return w.colleague.Choose(picker, "v1:pick:public", card.Job) },
		} {
			i := ask()
			got := w.asked(i)
			require.Equal(t, card.Number, got.Card, "%s, %s", name, way)
			require.Equal(t, closing.mute, got.Private, "%s, %s", name, way)
			require.Equal(t, closing.mute, i.Message().Ephemeral(), "%s, %s", name, way)
		}
		before := len(w.asks.taken())
		for way, ask := range map[string]func() *discordtest.Interaction{
			"a job": slash(imageJob), "Get seed on a job": getSeed(say("look " + imageJob)),
			"an earlier request":     slash("ask:" + spent.ID),
			"a choice among several": func() *discordtest.Interaction { return w.colleague.Choose(picker, "v1:pick:public", imageJob) },
		} {
			told := w.answer(ask())
			require.Equal(t, closing.says, told.Text(), "%s, %s", name, way)
			require.True(t, told.Ephemeral(), "%s, %s", name, way)
		}
		require.Len(t, w.asks.taken(), before, name)
	}
}

func TestTryAgainGivesWhatIsKnownMeanwhile(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ask, failed := w.failed()
	card := w.keep(db.Card{Scope: w.guild.ID, Seed: 5, Job: ask.Job, Prompt: owlPrompt, Asker: w.asker.ID, Channel: w.channel.ID})

	w.rule(db.Settings{Paused: "later"})
	again := w.asked(w.colleague.Press(failed, labelTryAgain))
	require.Equal(t, card.Number, again.Card)
	require.False(t, again.Private)

	w.rule(db.Settings{DenyChannels: []string{w.channel.ID}})
	alone := w.colleague.Press(failed, labelTryAgain)
	require.True(t, w.asked(alone).Private, "where nobody asks, not for everybody")
	require.True(t, alone.Message().Ephemeral())
}

func TestOnesOwnPrivateCardIsKnown(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	secret := w.keep(db.Card{Scope: w.guild.ID, Seed: 7, Job: imageJob, Prompt: owlPrompt, Asker: w.asker.ID, Private: true})
	w.rule(db.Settings{Paused: "later"})
	mine := w.asker.Slash(w.channel, "seed", discordtest.Options{"job": imageJob})
	ask := w.asked(mine)
	require.Equal(t, secret.Number, ask.Card)
	require.True(t, ask.Private)
	require.True(t, mine.Message().Ephemeral(), "it is nobody else's")
	require.Equal(t, textPaused("later"), w.answer(w.colleague.Slash(w.channel, "seed", discordtest.Options{"job": imageJob})).Text())
}
