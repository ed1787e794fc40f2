package commands

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/db"
	"seedbank/discordtest"
)

func TestForgetMeTakesTheNameOffMessages(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	card := w.recipe("any owl", "owl in the rain --v 7")
	mine := w.show(w.asker, w.channel, card)
	theirs := w.show(w.colleague, w.channel, card)
	hidden := w.card(8, "a secret --v 7")
	stub := w.show(w.asker, w.channel, hidden)
	w.answer(w.fromMore(w.asker, stub, hidden.Number, morePrivate))
	lost := w.show(w.asker, w.channel, card)
	require.True(t, w.guild.BotMember().Delete(lost))
	other := w.keep(db.Card{Scope: w.guild.ID, Seed: 9, Job: jobNumber(9), Prompt: "hen", Asker: w.colleague.ID, Asked: time.Now()})
	others := w.show(w.colleague, w.channel, other)
	require.Contains(t, mine.Text(), "<@"+w.asker.ID+">")

	i := w.asker.Slash(w.channel, "seeds forget-me", nil)
	_, err := i.Modal(w.soon())
	require.NoError(t, err)
	done := w.answer(i.Submit(map[string]any{"confirm": "forget me"})).Text()
	require.Contains(t, done, "1 private or deleted card erased, 1 card stays with seed and prompt, without your name.")
	require.Contains(t, done, "Recipes of yours stay and no longer name you: any owl.")
	require.Contains(t, done, "I changed 3 messages")
	require.Contains(t, done, "Manage Messages")
	for _, m := range []*discordtest.Message{mine, theirs} {
		now := w.discord.Message(m.ChannelID, m.ID)
		require.NotContains(t, now.Text(), "<@"+w.asker.ID+">")
		require.Contains(t, now.Text(), "owl in the rain")
		require.Len(t, now.Attachments, 4)
	}
	require.Equal(t, textErased(hidden.Number), w.discord.Message(stub.ChannelID, stub.ID).Text())
	require.Equal(t, others.Text(), w.discord.Message(others.ChannelID, others.ID).Text())
}

// What was typed holds from before the acknowledgement on: a process that is killed there leaves the wish.
func TestWhoIsToBeForgottenIsNotedBeforeTheAcknowledgement(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	card := w.card(7, "owl in the rain --v 7")
	m := w.show(w.colleague, w.channel, card)
	i := w.asker.Slash(w.channel, "seeds forget-me", nil)
	_, err := i.Modal(w.soon())
	require.NoError(t, err)
	const unknown = 10062
	w.discord.Fault(-1, "POST", "/interactions/*/*/callback", discordtest.Refused(404, unknown, "Unknown interaction"))
	typed := i.Submit(map[string]any{"confirm": "forget me"})
	w.awaitRequest("POST", "/interactions/"+typed.ID()+"/*/callback")
	wishes, err := w.history.Forgettings(t.Context())
	require.NoError(t, err)
	require.Len(t, wishes, 1)

	w.mender.every = time.Millisecond
	t.Cleanup(w.mender.Start(t.Context()))
	w.nobodyWaits()
	require.NotContains(t, w.discord.Message(m.ChannelID, m.ID).Text(), mention(w.asker.ID))
}

func TestWhatForgetMeTells(t *testing.T) {
	t.Parallel()
	names := []string{"a*", "b", "c", "d", "e", "f", "g"}
	for name, test := range map[string]struct {
		done         db.Forgotten
		messages     unnamed
		conversation bool
		want         string
	}{
		"nothing on a server": {want: "**Done: the history of this server no longer knows you.** It had no cards of yours. Your stars and requests are gone. " +
			"Whatever else names you in the channels can be deleted on Discord by somebody with the permission Manage Messages: ask them."},
		"all in a conversation": {db.Forgotten{Unnamed: 2}, unnamed{changed: 2}, true, "**Done: the history of this conversation no longer knows you.** " +
			"2 cards stay with seed and prompt, without your name. Your stars and requests are gone. I changed 2 messages that named you or stood for what is erased."},
		"what could not be changed in a conversation": {db.Forgotten{Erased: 1}, unnamed{refused: 1}, true, "**Done: the history of this conversation no longer knows you.** " +
			"1 private or deleted card erased. Your stars and requests are gone. Some messages here could not be changed; in direct messages only I could."},
		"what is tried again": {db.Forgotten{Erased: 1}, unnamed{changed: 1, waiting: true}, true, "**Done: the history of this conversation no longer knows you.** " +
			"1 private or deleted card erased. Your stars and requests are gone. I changed 1 message that named you or stood for what is erased. " +
			"There are others that Discord did not let me change yet: I keep trying for a week."},
	} {
		require.Equal(t, test.want, textForgotten(test.done, test.messages, test.conversation), name)
	}
	require.Equal(t, `a\*, b, c, d, e and 2 more`, forgottenRecipes(names))
}
