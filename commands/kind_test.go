package commands

import (
	"context"
	"fmt"
	"testing"

	"github.com/bwmarrin/discordgo"
	"github.com/stretchr/testify/require"

	"seedbank/bot"
	"seedbank/db"
	"seedbank/discordtest"
	"seedbank/retrieval"
)

// Whoever runs a modified client chooses the custom ID of a press, and a click may be older than what the message shows.
func TestAPressChangesOnlyMessagesOfItsKind(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	manager := w.manager()
	card := w.card(7, "owl in the rain --v 7")
	w.recipe("owl", owlPrompt)
	ask, i, _ := w.running(false)
	w.end(ask, retrieval.Busy)
	failed, err := i.Await(w.soon(), has(labelTryAgain))
	require.NoError(t, err)
	messages := map[string]*discordtest.Message{
		"a card":      w.show(w.asker, w.channel, card),
		"a list":      w.answer(manager.Slash(w.channel, "seeds history", discordtest.Options{"private": false})),
		"a search":    w.answer(manager.Slash(w.channel, "seeds search", discordtest.Options{"text": "owl", "private": false})),
		"a recipe":    w.answer(manager.Slash(w.channel, "recipe show", discordtest.Options{"name": "owl", "private": false})),
		"a problem":   failed,
		"a panel":     w.answer(manager.Slash(w.channel, "seedbot settings", nil)),
		"a question":  w.answer(manager.Slash(w.channel, "recipe delete", discordtest.Options{"name": "owl"})),
		"a sharing":   w.answer(manager.Press(w.post(w.channel, card), labelShare)),
		"who changed": w.answer(manager.Slash(w.channel, "seedbot audit", nil)),
	}
	deleted := w.card(8, "fox --v 7")
	require.NoError(t, w.history.Delete(t.Context(), db.View{Scope: w.guild.ID, Member: manager.ID}, deleted.Number, manager.ID))
	asked := len(w.asks.taken())
	for id, at := range map[string]string{
		"v1:page:older:99:..":     "a list",
		"v1:find:older::1:..":     "a list",
		"v1:filter:..":            "a list",
		"v1:recipe-page:1::":      "",
		"v1:recipe-drop:owl":      "a question",
		"v1:dismiss":              "a question",
		"v1:settings:roles":       "a panel",
		"v1:set:rules:pause":      "a panel",
		"v1:set-form:rules:limit": "a panel",
		"v1:audit:0:..":           "",
		"v1:share-to:1":           "a sharing",
		"v1:again:" + ask.ID:      "a problem",
		bot.ID(verbUndelete, fmt.Sprint(deleted.Number)):     "",
		bot.ID(verbUndelete, fmt.Sprint(deleted.Number), ""): "",
	} {
		for name, m := range messages {
			if name == at || name == "a search" && at == "a list" {
				continue
			}
			before := w.discord.Message(m.ChannelID, m.ID)
			told := w.answer(manager.Forge(m, id, w.channel.ID))
			require.Equal(t, textNoChoice, told.Text(), "%s on %s", id, name)
			require.True(t, told.Ephemeral())
			require.Equal(t, before.Text(), w.discord.Message(m.ChannelID, m.ID).Text(), "%s on %s", id, name)
			require.Equal(t, before.Edited, w.discord.Message(m.ChannelID, m.ID).Edited, "%s on %s", id, name)
		}
	}
	require.Len(t, w.asks.taken(), asked, "and nothing was asked")
}

func TestAFormChangesOnlyMessagesOfItsKind(t *testing.T) {
	t.Parallel()
	called := 0
	handler := on(listKind(), func(context.Context, *bot.Interaction) error { called++; return nil })
	for name, m := range map[string]*bot.Msg{
		"none":                        nil,
		"a card":                      messageOf(t, cardMessage(owlCard(), false, nil)),
		"a card that says so":         messageOf(t, framed(blue, text("v1:page:older:9:.."))),
		"something that is unknown":   {Components: []byte(`[{"type":99,"custom_id":"x:y"},5]`)},
		"a button of another version": messageOf(t, framed(blue, row(button(discordgo.PrimaryButton, "", "x", "v2:page:older:9")))),
	} {
		require.Equal(t, bot.Refuse(textNoChoice), handler(t.Context(), &bot.Interaction{Message: m}), name)
	}
	require.Zero(t, called)
	for name, m := range map[string]*bot.Msg{
		"a list":             messageOf(t, historyMessage("9", listing{}, []db.Card{owlCard()}, 0, 1)),
		"an empty list":      messageOf(t, emptyList{listing: listing{starred: true}}.message()),
		"an accessory":       {Components: []byte(`[{"type":9,"accessory":{"type":2,"custom_id":"v1:filter:.."}}]`)},
		"an earlier list":    {Components: []byte(`[{"type":17,"components":[{"type":1,"components":[{"type":2,"custom_id":"v1:page:older:3"}]}]}]`)},
		"found by its words": messageOf(t, foundPage{words: "owl", result: db.Result{Cards: []db.Card{owlCard()}, Total: 1}, from: 1}.message()),
	} {
		require.NoError(t, handler(t.Context(), &bot.Interaction{Message: m}), name)
	}
	require.Equal(t, 5, called)
}
