package commands

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/bot"
	"seedbank/db"
	"seedbank/discordtest"
)

func TestWhenDiscordDoesNotSayWhoSeesWhat(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]discordtest.Failure{
		"slow": discordtest.Slow(30 * time.Second), "broken": discordtest.Broken(502),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newClosedWorld(t)
			elsewhere := w.guild.AddChannel("elsewhere")
			w.card2()
			w.discord.Fault(-1, "GET", "/guilds/**", fault)
			begin := time.Now()
			choices, err := w.colleague.Complete(elsewhere, "seeds show", "card", "", nil).Choices(w.soon())
			require.NoError(t, err)
			require.Empty(t, choices, "neither what is closed nor what may be")
			require.Less(t, time.Since(begin), 2500*time.Millisecond)
			choices, err = w.colleague.Complete(w.channel, "seeds show", "card", "", nil).Choices(w.soon())
			require.NoError(t, err)
			require.Len(t, choices, 1, "the channel's own")
			choices, err = w.asker.Complete(elsewhere, "seeds show", "card", "", nil).Choices(w.soon())
			require.NoError(t, err)
			require.Len(t, choices, 2, "one's own")
			require.Equal(t, textNoCard(1), w.says(w.colleague, w.channel, "seeds show", discordtest.Options{"card": "1"}))
			list := w.says(w.colleague, w.channel, "seeds history", nil)
			require.Contains(t, list, textPartly)
			require.Contains(t, list, "owl")
			require.NotContains(t, list, "zebra in")
			w.discord.ClearFaults()
		})
	}
}

func TestDiscordIsNotAskedForOneChannel(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.keep(db.Card{Scope: w.guild.ID, Seed: 2, Prompt: "owl", Asker: w.asker.ID, Channel: w.channel.ID})
	require.Contains(t, w.answer(w.colleague.Slash(w.channel, "seeds history", nil)).Text(), "owl")
	_, err := w.colleague.Complete(w.channel, "seed", "job", "owl", nil).Choices(w.soon())
	require.NoError(t, err)
	require.Empty(t, w.discord.RequestsTo("GET", "/guilds/**"))
}

func TestImportedCardsOfAnotherServer(t *testing.T) {
	t.Parallel()
	w := newClosedWorld(t)
	far := w.discord.AddGuild("Other").AddChannel("far")
	file := "seed,prompt,channel\n"
	for n, channel := range []string{w.closed.ID, far.ID, "1300000000000000001", ""} {
		file += fmt.Sprintf("%d,fox %d --v 7,%s\n", 100+n, n, channel)
	}
	require.Equal(t, "**Imported 4 cards.**", w.imports(w.asker, w.channel, file))
	for n, want := range []string{w.closed.ID, "", "", ""} {
		card, err := w.history.Card(t.Context(), w.own(), int64(n+2))
		require.NoError(t, err)
		require.Equal(t, want, card.Channel)
	}
	list := w.says(w.colleague, w.channel, "seeds search", discordtest.Options{"text": "fox"})
	require.NotContains(t, list, "fox 0")
	for n := 1; n < 4; n++ {
		require.Contains(t, list, fmt.Sprint("fox ", n))
	}
}

func TestACardThatIsBroughtTellsNothing(t *testing.T) {
	t.Parallel()
	w := newClosedWorld(t)
	c := &counter{history: w.history, reader: w.bot}
	i := &bot.Interaction{ID: "1300000000000000009", Guild: w.guild.ID, Channel: w.channel.ID, User: bot.User{ID: w.colleague.ID}, Member: &bot.Member{}}
	card := w.card
	card.Asker, card.Channel, card.Note, card.Tags = w.colleague.ID, w.channel.ID, "", nil
	known, err := c.alreadyHere(t.Context(), i, card)
	require.NoError(t, err)
	require.Zero(t, known.Number)
	kept, err := c.keepSeen(t.Context(), i, card)
	require.NoError(t, err)
	require.EqualValues(t, 2, kept.Number)
	require.Equal(t, w.colleague.ID, kept.Asker)
}
