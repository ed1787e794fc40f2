package commands

import (
	"fmt"
	"strings"

	"github.com/stretchr/testify/require"

	"seedbank/bot"
	"seedbank/db"
	"seedbank/discordtest"
	"seedbank/retrieval"
)

// show posts a card with four pictures, as retrieval does, and notes where it stands.
func (w *world) show(who *discordtest.Member, c *discordtest.Channel, card db.Card) *discordtest.Message {
	w.t.Helper()
	i := who.Slash(c, "seed", discordtest.Options{"job": card.Job, "private": card.Private})
	return w.handOver(i, w.asked(i), card, fourFiles(w.t))
}

// handOver hands a card over and notes where it stands, as retrieval does.
func (w *world) handOver(i *discordtest.Interaction, ask retrieval.Ask, card db.Card, pictures []retrieval.Picture) *discordtest.Message {
	w.t.Helper()
	d, err := w.desk.Deliver(w.t.Context(), ask, retrieval.Outcome{Card: card, Pictures: pictures})
	require.NoError(w.t, err)
	var kept []db.Picture
	for _, image := range d.Images {
		kept = append(kept, db.Picture{
			Position: image.Position, Channel: d.Channel, Message: d.Message, Attachment: image.Attachment, Name: image.Name,
		})
	}
	require.NoError(w.t, w.history.SetPosted(w.t.Context(), ask.View(), card.Number, d.Channel, d.Message, kept))
	if d.Message != "" {
		return w.discord.Message(d.Channel, d.Message)
	}
	return w.answer(i)
}

// shown waits until a message reads so.
func (w *world) shown(m *discordtest.Message, ok func(*discordtest.Message) bool) *discordtest.Message {
	w.t.Helper()
	require.Eventually(w.t, func() bool {
		now := w.discord.Message(m.ChannelID, m.ID)
		return now != nil && ok(now)
	}, waitMost, waitTick)
	return w.discord.Message(m.ChannelID, m.ID)
}

// fromMore chooses something of a card's menu.
func (w *world) fromMore(who *discordtest.Member, m *discordtest.Message, number int64, what string) *discordtest.Interaction {
	w.t.Helper()
	i := who.Choose(m, bot.ID(verbMore, fmt.Sprint(number)), what)
	require.NoError(w.t, i.Err())
	return i
}

func says(words string) func(*discordtest.Message) bool {
	return func(m *discordtest.Message) bool { return strings.Contains(m.Text(), words) }
}

func has(label string) func(*discordtest.Message) bool {
	return func(m *discordtest.Message) bool { return m.Button(label) != nil }
}
