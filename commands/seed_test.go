package commands

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/bot"
	"seedbank/db"
	"seedbank/discordtest"
	"seedbank/retrieval"
)

func TestSeedAsks(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for name, private := range map[string]bool{"in public": false, "in private": true} {
		i := w.asker.Slash(w.channel, "seed", discordtest.Options{"job": "look: `" + imageJob + "`", "private": private})
		ask := w.asked(i)
		require.Equal(t, private, i.Message().Ephemeral(), name)
		require.True(t, i.Message().Loading(), "the acknowledgement came first")

		var reply bot.Reply
		require.NoError(t, json.Unmarshal(ask.Reply, &reply))
		require.Equal(t, i.ID(), reply.Interaction)
		require.Equal(t, private, reply.Private)
		require.WithinDuration(t, time.Now(), ask.At, time.Minute)
		ask.Reply, ask.At = nil, time.Time{}
		require.Equal(t, retrieval.Ask{
			ID: i.ID(), Scope: w.guild.ID, Channel: w.channel.ID, Member: w.asker.ID, Job: imageJob, Private: private,
			Limit: bot.DefaultSizeLimit,
		}, ask)
	}
}

func TestSeedInADirectMessage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ask := w.asked(w.asker.Slash(w.asker.DM(), "seed", discordtest.Options{"job": imageJob}))
	require.Equal(t, "dm:"+w.asker.DM().ID, ask.Scope)
}

func TestSeedRefuses(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.keep(db.Card{Scope: w.guild.ID, Seed: 1, Job: jobNumber(1), Asker: w.colleague.ID, Private: true})   // #1
	w.keep(db.Card{Scope: "1", Seed: 2, Job: jobNumber(2), MidjourneyID: midjourneyID, Asker: w.asker.ID}) // another server's
	require.NoError(t, w.history.StartAsk(t.Context(), db.Ask{ID: "1300000000000000009", Scope: "1", Member: w.asker.ID, Job: imageJob, At: time.Now()}))
	here := "https://discord.com/channels/" + w.guild.ID + "/"
	for name, test := range map[string]struct{ job, says string }{
		"nonsense":                    {"hello there", textUnreadable},
		"a prompt without a seed":     {"/imagine owl --ar 3:2", textUnreadable},
		"six thousand letters":        {strings.Repeat("owl ", 1500), textUnreadable},
		"a video":                     {videoJobID, textVideo},
		"a job of version 2":          {oldJobID, textOldJob},
		"a card that is not there":    {"#999", textNoCard(999)},
		"another member's private":    {"1", textNoCard(1)},
		"no card of one's own":        {"last", textNoLast},
		"another server's picture":    {midjourneyID, textUUID},
		"another server's ask":        {"ask:1300000000000000009", textNoAsk},
		"an ask that never was":       {"ask:1300000000000000001", textNoAsk},
		"a message on another server": {"https://discord.com/channels/" + guildID + "/" + channelID + "/" + messageID, textStrangeLink},
		"a direct message":            {"https://discord.com/channels/@me/" + channelID + "/" + messageID, textStrangeLink},
		"a link that is cut":          {here + w.channel.ID, textUnreadable},
	} {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, test.says, w.refused(w.asker.Slash(w.channel, "seed", discordtest.Options{"job": test.job})))
		})
	}
	t.Run("a server's message from a direct message", func(t *testing.T) {
		i := w.asker.Slash(w.asker.DM(), "seed", discordtest.Options{"job": here + w.channel.ID + "/" + messageID})
		require.Equal(t, textLinkFromDM, w.refused(i))
	})
	t.Run("another conversation from a direct message", func(t *testing.T) {
		i := w.asker.Slash(w.asker.DM(), "seed", discordtest.Options{"job": "https://discord.com/channels/@me/" + w.colleague.DM().ID + "/" + messageID})
		require.Equal(t, textHiddenLink, w.refused(i))
	})
	t.Run("where the bot may not attach files", func(t *testing.T) {
		bare := w.guild.AddChannel("bare", discordtest.Deny(w.guild.BotMember(), discordtest.AttachFiles))
		require.Equal(t, textMayNotAttach, w.refused(w.asker.Slash(bare, "seed", discordtest.Options{"job": imageJob})))
	})
	t.Run("where the bot may not write", func(t *testing.T) {
		mute := w.guild.AddChannel("mute", discordtest.Deny(w.guild.BotMember(), discordtest.SendMessages|discordtest.SendMessagesInThreads))
		require.Equal(t, textMayNotSend, w.refused(w.asker.Slash(mute, "seed", discordtest.Options{"job": imageJob})))
	})
}

func TestSeedOfWhatIsKnown(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	public := w.keep(db.Card{Scope: w.guild.ID, Seed: 1, Job: jobNumber(1), MidjourneyID: midjourneyID, Asker: w.asker.ID})
	secret := w.keep(db.Card{Scope: w.guild.ID, Seed: 2, Job: jobNumber(2), Asker: w.asker.ID, Private: true})
	for name, test := range map[string]struct {
		who     *discordtest.Member
		job     string
		card    int64
		private bool
	}{
		"by its number":                     {w.colleague, "1", public.Number, false},
		"by its number with the sign":       {w.colleague, "#1", public.Number, false},
		"by Midjourney's ID":                {w.colleague, "https://www.midjourney.com/jobs/" + midjourneyID, public.Number, false},
		"one's own secret, never in public": {w.asker, "2", secret.Number, true},
		"one's own latest, a secret too":    {w.asker, "last", secret.Number, true},
	} {
		t.Run(name, func(t *testing.T) {
			i := test.who.Slash(w.channel, "seed", discordtest.Options{"job": test.job})
			ask := w.asked(i)
			require.Equal(t, test.card, ask.Card)
			require.Empty(t, ask.Job)
			require.Equal(t, test.private, ask.Private)
			require.Equal(t, test.private, i.Message().Ephemeral())
		})
	}
}

func TestSeedOfWordsLeadsToTheirCards(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.card(1, "an owl in the rain")
	w.card(2, "a fox")
	w.keep(db.Card{Scope: w.guild.ID, Seed: 3, Job: jobNumber(3), Prompt: "a secret owl", Asker: w.colleague.ID, Private: true})
	m := w.answer(w.asker.Slash(w.channel, "seed", discordtest.Options{"job": "OWL rain", "private": false}))
	require.True(t, m.Ephemeral())
	require.Contains(t, m.Text(), textMeantCard)
	require.Contains(t, m.Text(), "**#1** `1` an owl in the rain")
	require.NotContains(t, m.Text(), "fox")
	require.NotContains(t, m.Text(), "secret")
	require.Empty(t, w.asks.taken(), "not even the only one is posted unasked")
	opened := w.asked(w.asker.Choose(m, "v1:open", "1"))
	require.EqualValues(t, 1, opened.Card)
	require.True(t, opened.Private)

	for _, nothing := range []string{"owl zebra", "  ", "**"} {
		require.Equal(t, textUnreadable, w.answer(w.asker.Slash(w.channel, "seed", discordtest.Options{"job": nothing})).Text(), nothing)
	}
}

func TestSeedOfAnEarlierAsk(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first := w.asked(w.asker.Slash(w.channel, "seed", discordtest.Options{"job": imageJob}))
	again := w.asked(w.colleague.Slash(w.channel, "seed", discordtest.Options{"job": "ask:" + first.ID}))
	require.Equal(t, imageJob, again.Job)
	require.Equal(t, w.colleague.ID, again.Member)

	secret := w.asked(w.asker.Slash(w.channel, "seed", discordtest.Options{"job": otherJobID, "private": true}))
	require.True(t, w.asked(w.asker.Slash(w.channel, "seed", discordtest.Options{"job": "ask:" + secret.ID})).Private)
	require.Equal(t, textNoAsk, w.answer(w.colleague.Slash(w.channel, "seed", discordtest.Options{"job": "ask:" + secret.ID})).Text())
}

func TestNothingIsAskedWithoutAnAcknowledgement(t *testing.T) {
	t.Parallel()
	for name, failure := range map[string]discordtest.Failure{
		"it came too late":           discordtest.Refused(404, 10062, "Unknown interaction"),
		"another process was faster": discordtest.Refused(400, 40060, "Interaction has already been acknowledged."),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.discord.Fault(1, "POST", "/interactions/*/*/callback", failure)
			w.asker.Slash(w.channel, "seed", discordtest.Options{"job": imageJob})
			w.awaitRequest("POST", "/interactions/*/*/callback")
			// Had the first been taken, it would be in the book before one that begins only now.
			second := w.asked(w.asker.Slash(w.channel, "seed", discordtest.Options{"job": otherJobID}))
			require.Equal(t, []string{second.ID}, ids(w.asks.taken()))
		})
	}
}

func TestAnAskThatCannotBeKeptIsToldInTheReply(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.asks.fail = errors.New("disk full, password=hunter2")
	text := w.answer(w.asker.Slash(w.channel, "seed", discordtest.Options{"job": imageJob})).Text()
	require.Contains(t, text, "Something went wrong on our side")
	require.NotContains(t, text, "hunter2")
}

func ids(asks []retrieval.Ask) (list []string) {
	for _, a := range asks {
		list = append(list, a.ID)
	}
	return list
}
