package commands

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"seedbank/db"
	"seedbank/discordtest"
	"seedbank/retrieval"
)

func TestGetSeed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	midjourney := w.discord.AddBot("Midjourney Bot")
	known := w.keep(db.Card{Scope: w.guild.ID, Seed: 1, Job: jobNumber(1), MidjourneyID: midjourneyID, Asker: w.asker.ID})
	say := func(text string, o ...discordtest.SayOption) *discordtest.Message {
		m := midjourney.Say(w.channel, text, o...)
		require.NotNil(t, m)
		return m
	}
	strange := map[string]any{"type": 99, "inside": []any{map[string]any{"words": "job " + imageJob}}}
	press := map[string]any{"type": 1, "components": []any{
		map[string]any{"type": 2, "style": 2, "label": "U1", "custom_id": "MJ::JOB::upsample::1::" + midjourneyID},
	}}
	for name, test := range map[string]struct {
		message *discordtest.Message
		job     string
		card    int64
	}{
		"a job in the text":                  {message: say("done: " + imageJob), job: imageJob},
		"a job in an embed":                  {message: say("", discordtest.WithEmbeds(map[string]any{"title": "Imagine", "fields": []any{map[string]any{"name": "job", "value": "`" + imageJob + "`"}}})), job: imageJob},
		"a job in the footer of an embed":    {message: say("", discordtest.WithEmbeds(map[string]any{"description": "x", "footer": map[string]any{"text": imageJob}})), job: imageJob},
		"a job in a component":               {message: say("", discordtest.WithComponents(map[string]any{"type": 10, "content": "Job " + imageJob})), job: imageJob},
		"a job in a component of the future": {message: say("look", discordtest.WithComponents(strange)), job: imageJob},
		"a job in a forwarded message":       {message: say("", discordtest.Forward(say("old news: "+imageJob))), job: imageJob},
		"a job beside Midjourney's ID":       {message: say(imageJob + " " + midjourneyID), job: imageJob},
		"a picture we know by its buttons":   {message: say("**owl** - @somebody (fast)", discordtest.WithComponents(press)), card: known.Number},
		"a picture we know, beside a link":   {message: say("https://discord.com/channels/1/2/3 " + midjourneyID), card: known.Number},
		"a job of no stated kind":            {message: say(commandJob), job: commandJob},
	} {
		t.Run(name, func(t *testing.T) {
			i := w.colleague.UseOnMessage(w.channel, "Get seed", test.message)
			ask := w.asked(i)
			require.Equal(t, test.job, ask.Job)
			require.Equal(t, test.card, ask.Card)
			require.False(t, ask.Private)
			require.False(t, i.Message().Ephemeral())
		})
	}
}

func TestGetSeedRefuses(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	midjourney := w.discord.AddBot("Midjourney Bot")
	for name, test := range map[string]struct {
		message *discordtest.Message
		says    string
	}{
		"a message about nothing":        {midjourney.Say(w.channel, "good morning"), textNoJobHere},
		"a message without anything":     {midjourney.Say(w.channel, "", discordtest.WithComponents(map[string]any{"type": 99})), textNoText},
		"a picture we do not know":       {midjourney.Say(w.channel, midjourneyID), textUUID},
		"a video":                        {midjourney.Say(w.channel, videoJobID), textVideo},
		"a job of version 2":             {midjourney.Say(w.channel, oldJobID), textOldJob},
		"words that look like our label": {midjourney.Say(w.channel, "v1:copy:1 #1"), textNoJobHere},
	} {
		t.Run(name, func(t *testing.T) {
			require.NotNil(t, test.message)
			require.Equal(t, test.says, w.refused(w.asker.UseOnMessage(w.channel, "Get seed", test.message)))
		})
	}
	t.Run("where the bot may not attach files", func(t *testing.T) {
		bare := w.guild.AddChannel("bare", discordtest.Deny(w.guild.BotMember(), discordtest.AttachFiles))
		m := midjourney.Say(bare, imageJob)
		require.Equal(t, textMayNotAttach, w.refused(w.asker.UseOnMessage(bare, "Get seed", m)))
	})
}

func TestGetSeedOnAForgedCard(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.keep(db.Card{Scope: w.guild.ID, Seed: 1, Job: jobNumber(1), Asker: w.asker.ID})
	other := w.discord.AddBot("Other Bot")
	m := other.Say(w.channel, "our card!", discordtest.WithComponents(map[string]any{"type": 1, "components": []any{
		map[string]any{"type": 2, "style": 1, "label": "Copy prompt", "custom_id": "v1:copy:1"},
	}}))
	require.Equal(t, textNoJobHere, w.refused(w.asker.UseOnMessage(w.channel, "Get seed", m)), "only our own buttons speak for us")
}

func TestGetSeedOnOurOwnMessages(t *testing.T) {
	t.Parallel()
	w := newWorld(t)

	first := w.asker.Slash(w.channel, "seed", discordtest.Options{"job": imageJob})
	ask := w.asked(first)
	w.desk.Progress(ask, retrieval.Progress{Percent: -1})
	running := w.answer(first)
	again := w.asked(w.colleague.UseOnMessage(w.channel, "Get seed", running))
	require.Equal(t, imageJob, again.Job, "a running reply is known by its ask")

	card := w.card(7, "owl --v 7")
	_, err := w.desk.Deliver(t.Context(), ask, retrieval.Outcome{Card: card})
	require.NoError(t, err)
	shown, err := first.Await(w.soon(), func(m *discordtest.Message) bool { return m.Button(labelCopySeed) != nil })
	require.NoError(t, err)
	byButtons := w.asked(w.colleague.UseOnMessage(w.channel, "Get seed", shown))
	require.Equal(t, card.Number, byButtons.Card, "a card is known by its buttons")

	require.NoError(t, w.history.SetPosted(t.Context(), ask.View(), card.Number, w.channel.ID, running.ID, nil))
	byHistory := w.asked(w.colleague.UseOnMessage(w.channel, "Get seed", running))
	require.Equal(t, card.Number, byHistory.Card, "a card is known by its message")
}

func TestPickingAmongSeveralJobs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	m := w.discord.AddBot("Midjourney Bot").Say(w.channel, imageJob+" and "+otherJobID)
	i := w.asker.UseOnMessage(w.channel, "Get seed", m)
	choice := w.answer(i)
	require.True(t, choice.Ephemeral())
	require.Contains(t, choice.Text(), textPick)
	require.Empty(t, w.asks.taken())

	chosen := w.asker.Choose(choice, "v1:pick:public", otherJobID)
	ask := w.asked(chosen)
	require.Equal(t, otherJobID, ask.Job)
	require.Equal(t, chosen.ID(), ask.ID)
	require.False(t, chosen.Message().Ephemeral())

	secret := w.answer(w.asker.Slash(w.channel, "seed", discordtest.Options{"job": imageJob + " " + otherJobID, "private": true}))
	require.True(t, w.asked(w.asker.Choose(secret, "v1:pick:private", imageJob)).Private)
}

func TestThePickerStaysWithinAMenu(t *testing.T) {
	t.Parallel()
	jobs := make([]string, 0, 40)
	for n := range 40 {
		jobs = append(jobs, jobNumber(n))
	}
	m := pickMessage(jobs, nil, false)
	requireSendable(t, m)
	require.Contains(t, render(m), "-# Showing the first 25 of 40.")
	require.Equal(t, `┏ blue
**This holds several jobs.** Choose one and I show its seed only to you.
(Choose a job… → v1:pick:private)
  `+imageJob+` = #7 · owl | Made 23 Oct 14:15 UTC
  `+nijiJob+` = Job `+nijiJob[:strings.Index(nijiJob, "-")]+` · niji | Made 29 Feb 23:59 UTC
`, render(pickMessage([]string{imageJob, nijiJob}, map[string]db.Card{imageJob: {Number: 7, Prompt: "owl --v 7"}}, true)))
}

func TestThePickerNamesCardsThatTheMemberKnows(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.card(1, "a brown owl --v 7")
	secret := w.keep(db.Card{Scope: w.guild.ID, Seed: 2, Job: jobNumber(2), Prompt: "secret", Asker: w.colleague.ID, Private: true})
	choice := w.answer(w.asker.Slash(w.channel, "seed", discordtest.Options{"job": jobNumber(1) + " " + secret.Job}))
	raw := fmt.Sprint(choice.Components)
	require.Contains(t, raw, "#1 · a brown owl")
	require.Contains(t, raw, "Job j1023141520000000002i · midjourney", "what differs, where it is no card")
	require.NotContains(t, raw, "secret")
}
