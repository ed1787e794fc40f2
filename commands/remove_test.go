package commands

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/bot"
	"seedbank/db"
	"seedbank/discordtest"
	"seedbank/retrieval"
)

func TestDelete(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	moderator := w.guild.AddMember("A moderator", discordtest.WithRoles(w.guild.AddRole("mods", discordtest.ManageMessages)))
	card := w.card(7, "owl in the rain --v 7")
	other := w.show(w.colleague, w.channel, card)
	m := w.show(w.asker, w.channel, card)

	t.Run("is not for strangers", func(t *testing.T) {
		refusal := w.answer(w.fromMore(w.colleague, m, 1, moreDelete))
		require.True(t, refusal.Ephemeral())
		require.Contains(t, refusal.Text(), "<@"+w.asker.ID+">")
		require.Contains(t, refusal.Text(), "Manage Messages")
		_, err := w.history.Card(t.Context(), db.View{Scope: w.guild.ID}, 1)
		require.NoError(t, err)
	})
	var gone *discordtest.Message
	t.Run("takes the card out of its messages", func(t *testing.T) {
		w.answer(w.fromMore(moderator, m, 1, moreDelete))
		for _, shown := range []*discordtest.Message{m, other} {
			gone = w.shown(shown, says(textDeleted(1, moderator.ID)))
			require.Empty(t, gone.Attachments)
			require.NotContains(t, gone.Text(), "owl")
			require.Nil(t, gone.Button(labelCopyPrompt))
		}
		_, err := w.history.Card(t.Context(), db.View{Scope: w.guild.ID, Member: w.asker.ID}, 1)
		require.ErrorIs(t, err, db.ErrNotFound)
	})
	gone = w.discord.Message(m.ChannelID, m.ID)
	t.Run("is not undone by strangers", func(t *testing.T) {
		refusal := w.answer(w.colleague.Press(gone, labelUndo))
		require.Equal(t, textUndoNotYours(moderator.ID, w.asker.ID), refusal.Text())
	})
	t.Run("is undone by the one who asked, with its pictures", func(t *testing.T) {
		i := w.asker.Press(gone, labelUndo)
		ask := w.asked(i)
		require.True(t, ask.Refresh)
		require.EqualValues(t, 1, ask.Card)
		back := w.shown(m, says(textOnTheirWay))
		require.NotNil(t, back.Button(labelCopyPrompt))
		w.desk.Progress(ask, retrieval.Progress{Phase: retrieval.Picturing, Percent: -1})
		got, err := w.history.Card(t.Context(), ask.View(), 1)
		require.NoError(t, err)
		w.handOver(i, ask, got, fourFiles(t))
		back = w.discord.Message(m.ChannelID, m.ID)
		require.Len(t, back.Attachments, 4)
		require.NotContains(t, back.Text(), textOnTheirWay)
		again := w.shown(other, has(labelCopyPrompt))
		require.Len(t, again.Attachments, 4, "and so is every other message that showed it")
	})
	t.Run("is not undone twice", func(t *testing.T) {
		c := &counter{history: w.history, reader: w.bot}
		i := &bot.Interaction{Guild: w.guild.ID, User: bot.User{ID: w.asker.ID}, CustomID: bot.CustomID{Args: []string{"1"}}}
		require.Equal(t, bot.Refuse(textBackAlready(1)), c.undelete(t.Context(), i))
	})
}

func TestUndoBringsTheCardBackWhereEverybodySawIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	card := w.card(7, "owl in the rain --v 7")
	lost := w.show(w.colleague, w.channel, card)
	public := w.show(w.asker, w.channel, card)
	deleted := w.answer(w.asker.Slash(w.channel, "seeds delete", discordtest.Options{"card": "1"}))
	require.True(t, deleted.Ephemeral())
	w.shown(public, says(textDeleted(1, w.asker.ID)))
	w.shown(lost, says(textDeleted(1, w.asker.ID)))
	require.True(t, w.guild.BotMember().Delete(lost), "a message may be gone by then")

	i := w.asker.Press(deleted, labelUndo)
	ask := w.asked(i)
	got, err := w.history.Card(t.Context(), ask.View(), 1)
	require.NoError(t, err)
	mine := w.handOver(i, ask, got, fourFiles(t))
	require.Equal(t, public.ID, mine.ID, "where it can be read again is where the card stands")
	for _, m := range []*discordtest.Message{w.shown(public, has(labelCopyPrompt)), i.Message()} {
		require.Contains(t, m.Text(), "owl in the rain")
		require.NotNil(t, m.Button(labelStar(0)))
		require.Len(t, m.Attachments, 4)
		require.NotContains(t, m.Text(), textOnTheirWay)
	}
	got, err = w.history.Card(t.Context(), ask.View(), 1)
	require.NoError(t, err)
	require.Equal(t, public.ID, got.Message)
	require.Equal(t, public.ID, got.Pictures[0].Message, "its pictures can be refreshed")

	t.Run("or its small copy, where the pictures are gone", func(t *testing.T) {
		deleted := w.answer(w.fromMore(w.asker, public, 1, moreDelete))
		i := w.asker.Press(deleted, labelUndo)
		sheet := fourFiles(t)[0]
		sheet.Position, sheet.Sheet = 0, true
		w.handOver(i, w.asked(i), got, []retrieval.Picture{sheet})
		require.Contains(t, w.shown(public, has(labelCopyPrompt)).Text(), textSheet)
	})
}

func TestAMessageThatIsTooOldToChangeIsTakenAway(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	card := w.card(7, "owl in the rain --v 7")
	old := w.show(w.colleague, w.channel, card)
	m := w.show(w.asker, w.channel, card)
	w.discord.Fault(1, "PATCH", "/channels/*/messages/"+old.ID, discordtest.Refused(400, 30046, "Maximum number of edits to messages older than 1 hour reached"))
	w.answer(w.fromMore(w.asker, m, 1, moreDelete))
	require.Eventually(t, func() bool {
		return w.discord.Message(old.ChannelID, old.ID) == nil || w.discord.Message(old.ChannelID, old.ID).Deleted
	}, waitMost, waitTick)
}

func TestMakePrivate(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	moderator := w.guild.AddMember("A moderator", discordtest.WithRoles(w.guild.AddRole("mods", discordtest.ManageMessages)))
	card := w.card(7, "owl in the rain --v 7")
	other := w.show(w.colleague, w.channel, card)
	m := w.show(w.asker, w.channel, card)
	require.Contains(t, w.answer(w.fromMore(w.colleague, m, 1, morePrivate)).Text(), "<@"+w.asker.ID+">")
	w.answer(w.fromMore(moderator, m, 1, morePrivate))
	for _, shown := range []*discordtest.Message{m, other} {
		now := w.shown(shown, says(textMadePrivate(1, moderator.ID, w.asker.ID)))
		require.Empty(t, now.Attachments)
		require.NotContains(t, now.Text(), "owl")
	}
	_, err := w.history.Card(t.Context(), db.View{Scope: w.guild.ID, Member: moderator.ID}, 1)
	require.ErrorIs(t, err, db.ErrNotFound)
	got, err := w.history.Card(t.Context(), db.View{Scope: w.guild.ID, Member: w.asker.ID}, 1)
	require.NoError(t, err)
	require.True(t, got.Private)

	log, err := w.history.AuditLog(t.Context(), w.guild.ID, moderator.ID, time.Time{}, 0, 5)
	require.NoError(t, err)
	require.Equal(t, auditPrivate, log[0].Action)
	require.Equal(t, "#1", log[0].Target)

	t.Run("and public again, by the one who sees it", func(t *testing.T) {
		mine := w.show(w.asker, w.channel, got)
		require.True(t, mine.Ephemeral())
		require.Nil(t, mine.Button(labelShare))
		i := w.fromMore(w.asker, mine, 1, morePublic)
		now := w.answer(i)
		require.NotNil(t, now.Button(labelShare))
		require.NotContains(t, now.Text(), "only you see this")
		require.Len(t, now.Attachments, 4)
		_, err := i.AwaitFollowUp(w.soon(), says(textMadePublic(1)))
		require.NoError(t, err)
		_, err = w.history.Card(t.Context(), db.View{Scope: w.guild.ID}, 1)
		require.NoError(t, err)
	})
}

func TestShowEveryone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	card := w.keep(db.Card{Scope: w.guild.ID, Seed: 7, Job: imageJob, Prompt: "owl --v 7", Asker: w.asker.ID, Private: true, Asked: time.Now()})
	m := w.show(w.asker, w.channel, card)
	require.True(t, m.Ephemeral())
	studio := w.guild.AddRole("Studio", 0)
	require.NoError(t, w.history.SaveSettings(t.Context(), w.guild.ID, db.Settings{Roles: map[string][]string{string(rightShare): {studio.ID}}}, "1"))
	i := w.asker.Press(m, labelEveryone) // which, like Make public, is no sharing
	ask := w.asked(i)
	require.False(t, ask.Private)
	require.Equal(t, card.Number, ask.Card)
	got, err := w.history.Card(t.Context(), db.View{Scope: w.guild.ID}, card.Number)
	require.NoError(t, err)
	require.False(t, got.Private)
	posted := w.handOver(i, ask, got, fourFiles(t))
	require.False(t, posted.Ephemeral())
	require.NotEqual(t, m.ID, posted.ID)
}

func TestShowEveryoneOfAJobThatIsPublicAlready(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	mine := w.keep(db.Card{Scope: w.guild.ID, Seed: 7, Job: imageJob, Prompt: "owl --v 7", Asker: w.asker.ID, Private: true, Asked: time.Now()})
	m := w.show(w.asker, w.channel, mine)
	public := w.keep(db.Card{Scope: w.guild.ID, Seed: 7, Job: imageJob, Prompt: "owl --v 7", Asker: w.colleague.ID, Asked: time.Now()})
	require.NotEqual(t, mine.Number, public.Number)
	told := w.answer(w.fromMore(w.asker, m, mine.Number, morePublic))
	require.Equal(t, textPublicAlready(public.Number), told.Text())
	require.Equal(t, public.Number, w.asked(w.asker.Press(m, labelEveryone)).Card)
	got, err := w.history.Card(t.Context(), db.View{Scope: w.guild.ID, Member: w.asker.ID}, mine.Number)
	require.NoError(t, err)
	require.True(t, got.Private)
}

func TestWhoSharedACardIsStillSaidAfterDeleteAndUndo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	card := w.card(7, "owl in the rain --v 7")
	m := w.show(w.asker, w.channel, card)
	showroom := w.guild.AddChannel("showroom")
	i := w.colleague.Choose(w.answer(w.colleague.Press(m, labelShare)), "v1:share-to:1", showroom.ID)
	ask := w.asked(i)
	d, err := w.desk.Deliver(t.Context(), ask, retrieval.Outcome{Card: card, Pictures: fourFiles(t)})
	require.NoError(t, err)
	require.NoError(t, w.history.AddMessage(t.Context(), ask.View(), 1, d.Channel, d.Message))
	shared := w.discord.Message(d.Channel, d.Message)
	credit := textSharedBy(w.colleague.ID, m.Link()) + "\n"
	require.Contains(t, shared.Text(), credit)

	for name, pressed := range map[string]*discordtest.Message{"at the card": m, "at the copy": shared} {
		w.answer(w.fromMore(w.asker, w.shown(pressed, has(labelCopyPrompt)), 1, moreDelete))
		gone := w.shown(shared, says(textDeleted(1, w.asker.ID)))
		require.Equal(t, credit+textDeleted(1, w.asker.ID), gone.Text(), name)
		gone = w.shown(m, says(textDeleted(1, w.asker.ID)))
		require.NotContains(t, gone.Text(), credit, name)

		undo := w.asker.Press(w.discord.Message(pressed.ChannelID, pressed.ID), labelUndo)
		got, err := w.history.Card(t.Context(), w.asked(undo).View(), 1)
		require.NoError(t, err)
		w.handOver(undo, w.asked(undo), got, fourFiles(t))
		back := w.shown(shared, has(labelCopyPrompt))
		require.True(t, strings.HasPrefix(back.Text(), credit+"## 🌱 7\n"), "%s: %s", name, back.Text())
		require.Len(t, back.Attachments, 4)
		require.NotContains(t, w.shown(m, has(labelCopyPrompt)).Text(), credit, name)
	}
}
