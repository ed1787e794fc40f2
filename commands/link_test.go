package commands

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/db"
	"seedbank/discordtest"
	"seedbank/retrieval"
)

// post delivers a card as the answer to an ask of its asker, and notes where it stands.
func (w *world) post(c *discordtest.Channel, card db.Card) *discordtest.Message {
	w.t.Helper()
	i := w.asker.Slash(c, "seed", discordtest.Options{"job": card.Job})
	ask := w.asked(i)
	d, err := w.desk.Deliver(w.t.Context(), ask, retrieval.Outcome{Card: card})
	require.NoError(w.t, err)
	require.NoError(w.t, w.history.SetPosted(w.t.Context(), ask.View(), card.Number, d.Channel, d.Message, nil))
	return w.answer(i)
}

// toldFirst is a refusal that is the first answer, to the asker alone.
func (w *world) toldFirst(i *discordtest.Interaction) string {
	w.t.Helper()
	m := w.answer(i)
	require.True(w.t, m.Ephemeral())
	return m.Text()
}

func TestALinkToACard(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	closed := w.guild.AddChannel("closed", discordtest.Private(w.asker, w.guild.BotMember()))
	here := w.post(w.channel, w.card(1, "owl"))
	there := w.post(closed, w.card(2, "secret owl"))

	t.Run("in the same channel", func(t *testing.T) {
		require.EqualValues(t, 1, w.asked(w.colleague.Slash(w.channel, "seed", discordtest.Options{"job": here.Link()})).Card)
	})
	t.Run("in another channel that the asker sees", func(t *testing.T) {
		require.EqualValues(t, 2, w.asked(w.asker.Slash(w.channel, "seed", discordtest.Options{"job": "<" + there.Link() + ">"})).Card)
	})
	t.Run("in a channel that the asker does not see", func(t *testing.T) {
		before := len(w.asks.taken())
		require.Equal(t, textHiddenLink, w.toldFirst(w.colleague.Slash(w.channel, "seed", discordtest.Options{"job": there.Link()})))
		require.Len(t, w.asks.taken(), before)
	})
}

func TestALinkToAMessage(t *testing.T) {
	t.Parallel()
	open, shut := newWorld(t, discordtest.WithMessageContentIntent()), newWorld(t)
	for name, test := range map[string]struct {
		w    *world
		says string // what the message says
		job  string
		told string // or the refusal
	}{
		"with a job":             {open, "see " + imageJob, imageJob, ""},
		"with several jobs":      {open, imageJob + " " + otherJobID, "", textLinkOfMany},
		"about nothing":          {open, "good morning", "", textNoJobHere},
		"with a video":           {open, videoJobID, "", textVideo},
		"with a strange picture": {open, midjourneyID, "", textUUID},
		"with another link":      {open, "https://discord.com/channels/" + guildID + "/" + channelID + "/" + messageID, "", textNoJobHere},
		"without the intent":     {shut, "see " + imageJob, "", textClosedLink},
	} {
		t.Run(name, func(t *testing.T) {
			w := test.w
			link := w.asker.Say(w.guild.AddChannel("other"), test.says).Link()
			i := w.colleague.Slash(w.channel, "seed", discordtest.Options{"job": link})
			if test.job != "" {
				require.Equal(t, test.job, w.asked(i).Job)
				return
			}
			before := len(w.asks.taken())
			require.Equal(t, test.told, w.toldFirst(i))
			require.Len(t, w.asks.taken(), before)
		})
	}
}

func TestALinkInADirectMessage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	m := w.asker.Say(w.asker.DM(), "see "+imageJob)
	require.Contains(t, m.Link(), "/@me/")
	require.Equal(t, imageJob, w.asked(w.asker.Slash(w.asker.DM(), "seed", discordtest.Options{"job": m.Link()})).Job)
}

func TestALinkThatLeadsNowhere(t *testing.T) {
	t.Parallel()
	w := newWorld(t, discordtest.WithMessageContentIntent())
	gone := w.asker.Say(w.channel, imageJob)
	require.True(t, w.asker.Delete(gone))
	blind := w.guild.AddChannel("blind", discordtest.Private(w.asker))
	unseen := w.asker.Say(blind, imageJob)
	closed := w.guild.AddChannel("closed", discordtest.Private(w.asker, w.guild.BotMember()))
	hidden := w.asker.Say(closed, imageJob)
	for name, test := range map[string]struct {
		who  *discordtest.Member
		link string
	}{
		"a deleted message":                     {w.asker, gone.Link()},
		"a channel that the bot does not see":   {w.asker, unseen.Link()},
		"a channel that the asker does not see": {w.colleague, hidden.Link()},
		"a channel that never was":              {w.asker, "https://discord.com/channels/" + w.guild.ID + "/" + channelID + "/" + messageID},
	} {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, textHiddenLink, w.toldFirst(test.who.Slash(w.channel, "seed", discordtest.Options{"job": test.link})))
		})
	}
	t.Run("in private, when the asker wants it so", func(t *testing.T) {
		m := w.answer(w.colleague.Slash(w.channel, "seed", discordtest.Options{"job": hidden.Link(), "private": true}))
		require.True(t, m.Ephemeral())
		require.Equal(t, textHiddenLink, m.Text())
	})
	require.Empty(t, w.asks.taken())
}

func TestALinkToSomebodysSecret(t *testing.T) {
	t.Parallel()
	w := newWorld(t, discordtest.WithMessageContentIntent())
	w.keep(db.Card{Scope: w.guild.ID, Seed: 5, Job: jobNumber(5), MidjourneyID: midjourneyID, Asker: w.asker.ID, Private: true, Created: time.Now()})
	link := w.discord.AddBot("Midjourney Bot").Say(w.channel, midjourneyID).Link()
	require.Equal(t, textUUID, w.toldFirst(w.colleague.Slash(w.channel, "seed", discordtest.Options{"job": link})))
	require.Empty(t, w.asks.taken())
	for _, private := range []bool{false, true} {
		ask := w.asked(w.asker.Slash(w.channel, "seed", discordtest.Options{"job": link, "private": private}))
		require.EqualValues(t, 1, ask.Card)
		require.True(t, ask.Private, "what is one's own secret is answered in private")
	}
}

// TestALinkThatTakesItsTime reads a message for longer than Discord waits for a first answer.
func TestALinkThatTakesItsTime(t *testing.T) {
	t.Parallel()
	w := newWorld(t, discordtest.WithMessageContentIntent())
	w.keep(db.Card{Scope: w.guild.ID, Seed: 5, Job: jobNumber(5), MidjourneyID: midjourneyID, Asker: w.asker.ID, Private: true, Created: time.Now()})
	other := w.guild.AddChannel("other")
	job, secret := w.asker.Say(other, imageJob).Link(), w.asker.Say(other, midjourneyID).Link()
	closed := w.guild.AddChannel("closed", discordtest.Private(w.asker, w.guild.BotMember()))
	hidden := w.asker.Say(closed, imageJob).Link()
	w.discord.Fault(-1, "GET", "/channels/*", discordtest.Slow(earlyTime+500*time.Millisecond))

	i := w.colleague.Slash(w.channel, "seed", discordtest.Options{"job": job})
	kind, err := i.Acknowledged(w.soon())
	require.NoError(t, err)
	require.Equal(t, 5, kind, "it thinks until the message is read")
	require.Equal(t, imageJob, w.asked(i).Job)
	require.Equal(t, textHiddenLink, w.toldAlone(w.colleague.Slash(w.channel, "seed", discordtest.Options{"job": hidden})))
	require.Equal(t, textPrivateCard, w.toldAlone(w.asker.Slash(w.channel, "seed", discordtest.Options{"job": secret})))
	require.Len(t, w.asks.taken(), 1)

	w.rule(db.Settings{Paused: "later"})
	known := w.card(6, owlPrompt)
	require.Equal(t, textPaused("later"), w.toldAlone(w.colleague.Slash(w.channel, "seed", discordtest.Options{"job": job})))
	link := w.asker.Say(other, known.Job).Link()
	require.Equal(t, known.Number, w.asked(w.colleague.Slash(w.channel, "seed", discordtest.Options{"job": link})).Card)
}
