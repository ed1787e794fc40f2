package commands

import (
	"testing"

	"github.com/stretchr/testify/require"

	"seedbank/db"
	"seedbank/discordtest"
	"seedbank/retrieval"
)

func TestNewAnswersAreCopiedToTheResultChannel(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	wall := w.guild.AddChannel("wall")
	w.rule(db.Settings{ResultChannel: wall.ID})
	ask := w.asked(w.colleague.Slash(w.channel, "seed", discordtest.Options{"job": imageJob}))
	card := w.card(42, owlPrompt)
	d := w.deliver(ask, card)
	copied, err := w.discord.AwaitMessage(w.soon(), wall, func(*discordtest.Message) bool { return true })
	require.NoError(t, err)
	require.Contains(t, copied.Text(), "For <@"+w.colleague.ID+"> in <#"+w.channel.ID+"> · https://discord.com/channels/"+w.guild.ID+"/"+d.Channel+"/"+d.Message)
	require.Contains(t, copied.Text(), "## 🌱 42")
	w.deliver(ask, card) // whose first success was not recorded
	require.Len(t, wall.Messages(w.asker.User), 1)
	known, err := w.history.CardOfMessage(t.Context(), db.View{Scope: w.guild.ID}, wall.ID, copied.ID)
	require.NoError(t, err)
	require.Equal(t, card.Number, known.Number)

	for name, i := range map[string]*discordtest.Interaction{
		"a private answer": w.colleague.Slash(w.channel, "seed", discordtest.Options{"job": otherJobID, "private": true}),
		"one asked there":  w.colleague.Slash(wall, "seed", discordtest.Options{"job": otherJobID}),
	} {
		before := len(wall.Messages(w.asker.User))
		ask := w.asked(i)
		w.deliver(ask, card)
		require.LessOrEqual(t, len(wall.Messages(w.asker.User)), before+1, name)
		for _, m := range wall.Messages(w.asker.User) {
			require.NotContains(t, m.Text(), "For <@"+w.colleague.ID+"> in <#"+wall.ID+">", name)
		}
	}
	_, err = w.desk.Deliver(t.Context(), w.asked(w.colleague.Slash(w.channel, "seed", discordtest.Options{"job": "1"})), retrieval.Outcome{Card: card, Known: true})
	require.NoError(t, err)
	require.Len(t, wall.Messages(w.asker.User), 2, "what was known is not news")
}

func TestAnswersArriveWhereTheResultChannelIsGone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.rule(db.Settings{ResultChannel: "999999999999999999"})
	i := w.colleague.Slash(w.channel, "seed", discordtest.Options{"job": imageJob})
	w.deliver(w.asked(i), w.card(42, owlPrompt))
	require.Contains(t, w.answer(i).Text(), "## 🌱 42")
}
