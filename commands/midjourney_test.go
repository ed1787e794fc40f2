package commands

import (
	"testing"

	"github.com/stretchr/testify/require"

	"seedbank/bot"
	"seedbank/db"
	"seedbank/discordtest"
)

func TestMidjourneysOwnAnswer(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	midjourney := w.discord.AddKnownBot(midjourneyBot, "Midjourney Bot")
	sent := midjourney.Say(w.channel, "**owl --v 7** - <@42> (fast)\n**Job ID**: "+midjourneyID+"\n**seed** 5")
	require.Contains(t, w.answer(w.asker.UseOnMessage(w.channel, getSeedName, sent)).Text(), textFixedEnvelope(true))
	recorded := func(m *discordtest.Message) db.Card {
		t.Helper()
		ask := w.asked(w.asker.UseOnMessage(w.channel, envelopeName, m))
		card, err := w.history.Card(t.Context(), ask.View(), ask.Card)
		require.NoError(t, err)
		return card
	}
	card := recorded(sent)
	require.Equal(t, db.Midjourney, card.Source)
	require.Contains(t, verdictLine(card), "High")
	m := w.show(w.asker, w.channel, db.Card{Scope: card.Scope, Number: card.Number, Seed: 5, Source: card.Source, Prompt: card.Prompt, Job: imageJob})
	require.Contains(t, w.answer(w.fromMore(w.asker, m, card.Number, moreParameters)).Text(), "**Seed** `5` – answered by Midjourney")

	const otherID = "00000000-0000-4000-8000-000000000001"
	other := midjourney.Say(w.channel, "**fox --v 7**\n**Job ID**: "+otherID+"\n**seed** 6")
	passedOn := recorded(w.colleague.Say(w.channel, "", discordtest.Forward(other)))
	require.Equal(t, db.Pasted, passedOn.Source, "what somebody forwards is theirs")
	require.Contains(t, textSource(passedOn.Source), "pasted")
}

func TestWhatIsNotMidjourneysOwnAnswer(t *testing.T) {
	t.Parallel()
	answer := "**owl**\n**Job ID**: " + midjourneyID + "\n**seed** 5"
	of := func(id string, isBot bool, content string) *bot.Msg {
		return &bot.Msg{Author: bot.User{ID: id, Bot: isBot}, Content: content}
	}
	require.True(t, tellsItself(of(midjourneyBot, true, answer)))
	require.True(t, tellsItself(of(nijiBot, true, " "+answer+"\n")))
	require.True(t, tellsItself(of(midjourneyBot, true, "**owl**\n**seed** 5\n**Job ID**: "+midjourneyID)))
	for name, m := range map[string]*bot.Msg{
		"another bot's":                 of("1", true, answer),
		"a member's":                    of("1", false, answer),
		"somebody who calls itself so":  of(midjourneyBot, false, answer),
		"a prompt that looks like it":   of(midjourneyBot, true, answer+"** - <@1> (fast)"),
		"a prompt above its maker":      of(midjourneyBot, true, answer+"\n** - <@1> (fast)"),
		"one without a job":             of(midjourneyBot, true, "**owl**\n**seed** 5"),
		"two":                           of(midjourneyBot, true, answer+"\n"+answer),
		"something else":                of(midjourneyBot, true, "**owl** - <@1> (fast)"),
		"nothing, with a forwarded one": {Author: bot.User{ID: midjourneyBot, Bot: true}, Snapshots: []byte(`[{"message":{"content":"x"}}]`)},
	} {
		require.False(t, tellsItself(m), name)
	}
}
