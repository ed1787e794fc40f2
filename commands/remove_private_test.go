package commands

import (
	"testing"

	"github.com/stretchr/testify/require"

	"seedbank/bot"
	"seedbank/db"
	"seedbank/discordtest"
)

func TestDeletingAPrivateCardTellsNobodyElse(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	card := w.card(7, "owl in the rain --v 7")
	public := w.show(w.asker, w.channel, card)
	w.answer(w.fromMore(w.asker, public, 1, morePrivate))
	stub := w.shown(public, says(textMadePrivate(1, w.asker.ID, w.asker.ID)))
	card, err := w.history.Card(t.Context(), db.View{Scope: w.guild.ID, Member: w.asker.ID}, 1)
	require.NoError(t, err)

	deleted := w.answer(w.fromMore(w.asker, w.show(w.asker, w.channel, card), 1, moreDelete))
	require.True(t, deleted.Ephemeral())
	require.NotNil(t, deleted.Button(labelUndo))
	require.Equal(t, stub.Text(), w.discord.Message(public.ChannelID, public.ID).Text(), "what others see stays as it was")
	require.Nil(t, w.discord.Message(public.ChannelID, public.ID).Button(labelUndo))

	old := w.puts(deletedMessage(1, w.asker.ID)) // of a version that put the button where others see it
	t.Run("others may not undo it, in time or late", func(t *testing.T) {
		require.Equal(t, textUndoNotYours("", ""), w.answer(w.colleague.Press(old, labelUndo)).Text())
		c := &counter{history: w.history, reader: w.bot}
		i := &bot.Interaction{Guild: w.guild.ID, User: bot.User{ID: w.colleague.ID}, CustomID: bot.CustomID{Args: []string{"2"}}}
		require.Equal(t, bot.Refuse(textUndoLate(2)), c.undelete(t.Context(), i))
	})
	t.Run("undone where others see it, it is shown to its asker alone", func(t *testing.T) {
		i := w.asker.Press(old, labelUndo)
		require.Equal(t, textIsPrivate(1, w.asker.ID), w.shown(old, says("private")).Text())
		told, err := i.AwaitFollowUp(w.soon(), says(textIsBack(1)))
		require.NoError(t, err)
		require.True(t, told.Ephemeral())
		require.True(t, w.asked(w.asker.Press(told, labelOpen(1))).Private)
	})
	t.Run("undone in the private reply, it comes back there alone", func(t *testing.T) {
		deleted := w.answer(w.asker.Slash(w.channel, "seeds delete", discordtest.Options{"card": "1"}))
		i := w.asker.Press(deleted, labelUndo)
		ask := w.asked(i)
		require.True(t, ask.Private)
		w.handOver(i, ask, card, fourFiles(t))
		require.Equal(t, stub.Text(), w.discord.Message(public.ChannelID, public.ID).Text())
	})
	t.Run("deleted where others still see it, they learn that it is private", func(t *testing.T) {
		open := w.puts(cardMessage(card, false, nil))
		i := w.fromMore(w.asker, open, 1, moreDelete)
		require.Equal(t, textIsPrivate(1, w.asker.ID), w.shown(open, says("private")).Text())
		told, err := i.AwaitFollowUp(w.soon(), has(labelUndo))
		require.NoError(t, err)
		require.True(t, told.Ephemeral())
	})
}

// puts gives the channel a message of the bot's.
func (w *world) puts(m bot.Message) *discordtest.Message {
	w.t.Helper()
	posted, err := w.bot.PostMessage(w.soon(), w.channel.ID, m, "")
	require.NoError(w.t, err)
	return w.discord.Message(w.channel.ID, posted.ID)
}

func TestMakingACardPrivateTellsOfItsRecipes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	moderator := w.guild.AddMember("A moderator", discordtest.WithRoles(w.guild.AddRole("mods", discordtest.ManageMessages)))
	w.recipe("bottle", "glass bottle --v 7")
	w.recipe("bowl", "wooden bowl --v 7")
	other, err := w.history.SaveRecipe(t.Context(), w.guild.ID, db.Recipe{Name: "theirs", Prompt: "wooden bowl --v 7", Cards: []int64{2}, By: w.colleague.ID})
	require.NoError(t, err)
	edited := other
	edited.Cards, edited.Note = nil, "no proof any more"
	_, err = w.history.EditRecipe(t.Context(), db.View{Scope: w.guild.ID, Member: w.colleague.ID}, other.Name, 1, edited)
	require.NoError(t, err)
	card := func(number int64) db.Card {
		card, err := w.history.Card(t.Context(), db.View{Scope: w.guild.ID, Member: w.asker.ID}, number)
		require.NoError(t, err)
		return card
	}

	i := w.fromMore(moderator, w.show(w.asker, w.channel, card(1)), 1, morePrivate)
	told, err := i.AwaitFollowUp(w.soon(), says(textRecipeStillTells("bottle", 1)))
	require.NoError(t, err)
	require.True(t, told.Ephemeral())
	require.NotContains(t, told.Text(), "bowl")
	gone := moderator.Press(told, labelDeleteRecipe)
	require.Contains(t, w.answer(gone).Text(), "bottle was deleted")
	_, err = w.history.Recipe(t.Context(), db.View{Scope: w.guild.ID}, "bottle", 0)
	require.ErrorIs(t, err, db.ErrNotFound)

	i = w.fromMore(w.asker, w.show(w.asker, w.channel, card(2)), 2, morePrivate)
	mine, err := i.AwaitFollowUp(w.soon(), says(textRecipeStillTells("bowl", 2)))
	require.NoError(t, err)
	require.NotNil(t, mine.Button(labelDeleteRecipe))
	theirs, err := i.AwaitFollowUp(w.soon(), says(textRecipeStillTells("theirs", 2)))
	require.NoError(t, err)
	require.Nil(t, theirs.Button(labelDeleteRecipe), "what others made is for them to delete")
	require.Contains(t, theirs.Text(), "<@"+w.colleague.ID+">")
}
