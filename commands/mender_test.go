package commands

import (
	"context"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/bot"
	"seedbank/db"
	"seedbank/discordtest"
)

// A process that is killed leaves the wish, more or less of what it asks for done, and a member who waits.
func TestWhoWasBeingForgottenWhenTheProcessDiedIs(t *testing.T) {
	t.Parallel()
	for name, erased := range map[string]bool{"before anything was erased": false, "before a message was changed": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			card := w.card(7, "owl in the rain --v 7")
			m := w.show(w.colleague, w.channel, card)
			hidden := w.card(8, "a secret --v 7")
			stub := w.show(w.asker, w.channel, hidden)
			w.answer(w.fromMore(w.asker, stub, hidden.Number, morePrivate))
			waits := w.asker.Slash(w.channel, "seeds show", discordtest.Options{"card": digits(uint32(card.Number))})
			ask := w.asked(waits)
			require.NoError(t, w.history.BeginForgetting(t.Context(), ask.View(), ask.Reply))
			if erased {
				_, err := w.history.Forget(t.Context(), ask.View())
				require.NoError(t, err)
			}

			t.Cleanup(w.mender.Start(t.Context()))
			told, err := waits.Await(w.soon(), says("no longer knows you"))
			require.NoError(t, err)
			require.Equal(t, textForgottenAfterAll(unnamed{changed: 2}, false), told.Text())
			now := w.discord.Message(m.ChannelID, m.ID)
			require.NotContains(t, now.Text(), mention(w.asker.ID))
			require.Contains(t, now.Text(), "owl in the rain")
			require.Len(t, now.Attachments, 4)
			require.Equal(t, textErased(hidden.Number), w.discord.Message(stub.ChannelID, stub.ID).Text())
			w.nobodyWaits()
			got, err := w.history.Card(t.Context(), ask.View(), card.Number)
			require.NoError(t, err)
			require.Empty(t, got.Asker)
		})
	}
}

func TestAMessageThatDiscordPutsOffIsChangedLater(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	card := w.card(7, "owl in the rain --v 7")
	m := w.show(w.colleague, w.channel, card)
	w.discord.Fault(1, "PATCH", "/channels/*/messages/"+m.ID, discordtest.Refused(400, codeTooManyEdits, "Maximum number of edits to messages older than 1 hour reached. Try again later"))
	i := w.asker.Slash(w.channel, "seeds forget-me", nil)
	_, err := i.Modal(w.soon())
	require.NoError(t, err)
	require.Contains(t, w.answer(i.Submit(map[string]any{"confirm": "forget me"})).Text(), "I keep trying for a week.")
	require.Contains(t, w.discord.Message(m.ChannelID, m.ID).Text(), mention(w.asker.ID))

	w.mender.every = time.Millisecond
	t.Cleanup(w.mender.Start(t.Context()))
	w.nobodyWaits()
	now := w.discord.Message(m.ChannelID, m.ID).Text()
	require.NotContains(t, now, mention(w.asker.ID))
	require.Contains(t, now, "owl in the rain")
}

// What Discord puts off may take days, in which the member goes on.
func TestWhatAMemberKeepsAfterBeingForgottenStaysTheirs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	m := w.show(w.colleague, w.channel, w.card(7, "owl in the rain --v 7"))
	w.discord.Fault(1, "PATCH", "/channels/*/messages/"+m.ID, discordtest.Refused(400, codeTooManyEdits, "Maximum number of edits to messages older than 1 hour reached. Try again later"))
	i := w.asker.Slash(w.channel, "seeds forget-me", nil)
	_, err := i.Modal(w.soon())
	require.NoError(t, err)
	require.Contains(t, w.answer(i.Submit(map[string]any{"confirm": "forget me"})).Text(), "I keep trying for a week.")
	v := db.View{Scope: w.guild.ID, Member: w.asker.ID}
	anew := w.card(8, "hen --v 7")
	secret := w.keep(db.Card{Scope: w.guild.ID, Seed: 9, Prompt: "cat", Asker: w.asker.ID, Private: true})

	w.mender.every = time.Millisecond
	t.Cleanup(w.mender.Start(t.Context()))
	w.nobodyWaits()
	for _, was := range []db.Card{anew, secret} {
		card, err := w.history.Card(t.Context(), v, was.Number)
		require.NoError(t, err)
		require.Equal(t, w.asker.ID, card.Asker)
	}
}

func TestAWishThatACallSeesToIsLeftToIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.card(7, "owl in the rain --v 7")
	ask := w.asked(w.asker.Slash(w.channel, "seeds show", discordtest.Options{"card": "1"}))
	letGo := w.mender.hold(ask.View())
	require.NoError(t, w.history.BeginForgetting(t.Context(), ask.View(), ask.Reply))
	require.NoError(t, w.mender.takeUp(t.Context()))
	wishes, err := w.history.Forgettings(t.Context())
	require.NoError(t, err)
	require.Len(t, wishes, 1)
	letGo()
	require.NoError(t, w.mender.takeUp(t.Context()))
	w.nobodyWaits()
}

// deaf is a Discord that takes nothing from the bot but what is allowed.
type deaf struct {
	menderDoor
	allowed func(where string) bool
}

func (d deaf) take(where string) error {
	if d.allowed(where) {
		return nil
	}
	return errors.New("nobody answers")
}

func (d deaf) Edit(_ context.Context, r bot.Reply, _ bot.Message) (bot.Posted, error) {
	return bot.Posted{}, d.take(r.Token)
}

func (d deaf) EditMessage(_ context.Context, _, message string, _ bot.Message) (bot.Posted, error) {
	return bot.Posted{}, d.take(message)
}

func (d deaf) DeleteMessage(_ context.Context, _, message string) error { return d.take(message) }

func TestAMessageThatCannotBeChangedHoldsUpNoOther(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	v := db.View{Scope: w.guild.ID, Member: w.asker.ID}
	secret := w.keep(db.Card{Scope: w.guild.ID, Seed: 9, Prompt: "cat", Asker: w.asker.ID, Private: true})
	for n := range mendPage + 1 {
		require.NoError(t, w.history.AddMessage(t.Context(), v, secret.Number, "5", digits(uint32(1000+n))))
	}
	require.NoError(t, w.history.BeginForgetting(t.Context(), v, json.RawMessage(`{}`)))
	w.mender.door = deaf{allowed: func(where string) bool { return where == "1000" }}
	require.Equal(t, unnamed{changed: 1, waiting: true}, w.mender.unname(t.Context(), v))
}

func TestAWishThatCannotBeToldHoldsUpNoOther(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, who := range []string{"1", "2"} {
		require.NoError(t, w.history.BeginForgetting(t.Context(), db.View{Scope: w.guild.ID, Member: who}, json.RawMessage(`{"token":"`+who+`"}`)))
	}
	w.mender.door = deaf{allowed: func(where string) bool { return where == "2" }}
	require.ErrorContains(t, w.mender.takeUp(t.Context()), "nobody answers")
	wishes, err := w.history.Forgettings(t.Context())
	require.NoError(t, err)
	require.Len(t, wishes, 1)
	require.Equal(t, "1", wishes[0].Member)
}

// nobodyWaits waits until every wish to be forgotten is carried out.
func (w *world) nobodyWaits() {
	w.t.Helper()
	require.Eventually(w.t, func() bool {
		wishes, err := w.history.Forgettings(w.t.Context())
		return err == nil && len(wishes) == 0
	}, waitMost, waitTick)
}
