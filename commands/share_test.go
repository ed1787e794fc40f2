package commands

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/db"
	"seedbank/discordtest"
	"seedbank/retrieval"
)

func TestShare(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	showroom := w.guild.AddChannel("showroom")
	closed := w.guild.AddChannel("closed", discordtest.Deny(w.guild.Everyone(), discordtest.SendMessages), discordtest.Allow(w.guild.BotMember(), discordtest.SendMessages))
	mute := w.guild.AddChannel("mute", discordtest.Deny(w.guild.BotMember(), discordtest.AttachFiles))
	card := w.card(7, "owl in the rain --v 7")
	m := w.show(w.asker, w.channel, card)
	card, err := w.history.Card(t.Context(), db.View{Scope: w.guild.ID}, 1)
	require.NoError(t, err)
	where := w.answer(w.colleague.Press(m, labelShare))
	require.True(t, where.Ephemeral())
	require.Equal(t, textShareWhere(1), where.Text())

	t.Run("not where the member may not write", func(t *testing.T) {
		i := w.colleague.Choose(where, "v1:share-to:1", closed.ID)
		require.Equal(t, textMayNotShare(closed.ID), w.toldFirst(i))
	})
	t.Run("not where the bot may not attach files", func(t *testing.T) {
		i := w.colleague.Choose(where, "v1:share-to:1", mute.ID)
		require.Equal(t, textCannotShare(mute.ID), w.toldFirst(i))
	})
	require.Len(t, w.asks.taken(), 1, "nothing was asked but the card itself")

	i := w.colleague.Choose(where, "v1:share-to:1", showroom.ID)
	ask := w.asked(i)
	require.False(t, ask.Refresh)
	w.desk.Progress(ask, retrieval.Progress{Phase: retrieval.Picturing, Percent: -1})
	d, err := w.desk.Deliver(t.Context(), ask, retrieval.Outcome{Card: card, Known: true, Pictures: fourFiles(t)})
	require.NoError(t, err)
	posted := w.discord.Message(d.Channel, d.Message)
	require.Equal(t, showroom.ID, posted.ChannelID)
	require.Len(t, posted.Attachments, 4)
	require.Len(t, d.Images, 4)
	require.True(t, strings.HasPrefix(posted.Text(), "-# Shared by <@"+w.colleague.ID+"> · original: "+m.Link()+"\n## 🌱 7\n"), posted.Text())
	require.Empty(t, posted.Mentions, "nobody is called")
	told, err := i.Await(w.soon(), says(textShared(1, showroom.ID, posted.Link())))
	require.NoError(t, err)
	require.True(t, told.Ephemeral())
	require.NoError(t, w.history.AddMessage(t.Context(), ask.View(), 1, d.Channel, d.Message))

	t.Run("once, however often it is delivered", func(t *testing.T) {
		again, err := w.desk.Deliver(t.Context(), ask, retrieval.Outcome{Card: card, Known: true, Pictures: fourFiles(t)})
		require.NoError(t, err)
		require.Equal(t, d.Message, again.Message)
		require.Len(t, showroom.Messages(nil), 1)
	})
	t.Run("the shared one lives too, under who shared it", func(t *testing.T) {
		w.answer(w.asker.Press(posted, labelStar(0)))
		now := w.shown(posted, has("Star (1)"))
		require.True(t, strings.HasPrefix(now.Text(), "-# Shared by"))
		w.shown(m, has("Star (1)"))
	})
	t.Run("a channel whose rules are against it is told", func(t *testing.T) {
		for _, why := range []discordtest.Failure{
			discordtest.Refused(400, 200000, "Message was blocked by automatic moderation"), discordtest.Refused(400, 50035, "Invalid Form Body"),
			discordtest.Refused(413, 40005, "Request entity too large"),
		} {
			where := w.answer(w.colleague.Press(w.discord.Message(m.ChannelID, m.ID), labelShare))
			i := w.colleague.Choose(where, "v1:share-to:1", showroom.ID)
			ask := w.asked(i)
			w.desk.Progress(ask, retrieval.Progress{Phase: retrieval.Picturing, Percent: -1})
			w.discord.Fault(-1, "POST", "/channels/"+showroom.ID+"/messages", why)
			_, err := w.desk.Deliver(t.Context(), ask, retrieval.Outcome{Card: card, Known: true, Pictures: fourFiles(t)})
			require.NoError(t, err)
			_, err = i.Await(w.soon(), says(textNotTaken(1, showroom.ID)))
			require.NoError(t, err)
			w.discord.ClearFaults()
		}
		require.Len(t, showroom.Messages(nil), 1)
	})
	t.Run("a channel that closed meanwhile is told", func(t *testing.T) {
		where := w.answer(w.colleague.Press(w.discord.Message(m.ChannelID, m.ID), labelShare))
		i := w.colleague.Choose(where, "v1:share-to:1", showroom.ID)
		ask := w.asked(i)
		showroom.Permit(w.guild.BotMember(), 0, discordtest.SendMessages)
		_, err := w.desk.Deliver(t.Context(), ask, retrieval.Outcome{Card: card, Known: true, Pictures: fourFiles(t)})
		require.NoError(t, err)
		_, err = i.Await(w.soon(), says(textCannotShare(showroom.ID)))
		require.NoError(t, err)
	})
	t.Run("a card that became private meanwhile stays where it is", func(t *testing.T) {
		private := card
		private.Private = true
		public := func() []*discordtest.Message {
			return slices.DeleteFunc(w.channel.Messages(nil), (*discordtest.Message).Ephemeral)
		}
		before := len(public())
		where := w.answer(w.asker.Press(w.discord.Message(m.ChannelID, m.ID), labelShare))
		i := w.asker.Choose(where, "v1:share-to:1", w.channel.ID)
		_, err := w.desk.Deliver(t.Context(), w.asked(i), retrieval.Outcome{Card: private, Pictures: fourFiles(t)})
		require.NoError(t, err)
		_, err = i.Await(w.soon(), says(textPrivateToShare))
		require.NoError(t, err)
		require.Len(t, public(), before)
	})
	t.Run("is for those who may share", func(t *testing.T) {
		role := w.guild.AddRole("sharers", 0)
		require.NoError(t, w.history.SaveSettings(t.Context(), w.guild.ID, db.Settings{Roles: map[string][]string{"share": {role.ID}}}, w.asker.ID))
		require.Contains(t, w.answer(w.colleague.Press(w.discord.Message(m.ChannelID, m.ID), labelShare)).Text(), "<@&"+role.ID+">")
		late := w.colleague.Choose(where, "v1:share-to:1", showroom.ID)
		require.Error(t, late.Err(), "that menu has become the answer")
	})
}

// Where Discord does not say in time who may write in a channel, the ask is kept all the same and the card is posted only
// once that is known: nothing that a killed process could lose stands between the acknowledgement and the ask.
func TestWhereMayBeSharedIsCheckedLaterWhereDiscordIsSlow(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	open := w.guild.AddChannel("showroom")
	closed := w.guild.AddChannel("closed", discordtest.Deny(w.guild.Everyone(), discordtest.SendMessages), discordtest.Allow(w.guild.BotMember(), discordtest.SendMessages))
	card := w.card(7, "owl in the rain --v 7")
	m := w.show(w.asker, w.channel, card)
	share := func(to *discordtest.Channel) (*discordtest.Interaction, error) {
		where := w.answer(w.colleague.Press(m, labelShare))
		w.discord.Fault(-1, "GET", "/channels/"+to.ID, discordtest.Slow(time.Hour))
		i := w.colleague.Choose(where, "v1:share-to:1", to.ID)
		ask := w.asked(i)
		w.discord.ClearFaults()
		_, err := w.desk.Deliver(t.Context(), ask, retrieval.Outcome{Card: card, Known: true, Pictures: fourFiles(t)})
		return i, err
	}
	i, err := share(closed)
	require.NoError(t, err)
	_, err = i.Await(w.soon(), says(textMayNotShare(closed.ID)))
	require.NoError(t, err)
	require.Empty(t, closed.Messages(nil))

	i, err = share(open)
	require.NoError(t, err)
	_, err = i.Await(w.soon(), says("is in <#"+open.ID+">"))
	require.NoError(t, err)
	require.Len(t, open.Messages(nil), 1)
}

func TestRefreshPictures(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	card := w.card(7, "owl in the rain --v 7")
	m := w.show(w.asker, w.channel, card)
	first := m.Attachments[0].ID

	begin := func() (*discordtest.Interaction, retrieval.Ask) {
		i := w.fromMore(w.colleague, m, 1, moreRefresh)
		ask := w.asked(i)
		require.True(t, ask.Refresh)
		require.EqualValues(t, 1, ask.Card)
		w.desk.Progress(ask, retrieval.Progress{Phase: retrieval.Picturing, Percent: -1})
		return i, ask
	}
	t.Run("into the message itself", func(t *testing.T) {
		i, ask := begin()
		d, err := w.desk.Deliver(t.Context(), ask, retrieval.Outcome{Card: card, Known: true, Pictures: fourFiles(t)})
		require.NoError(t, err)
		require.Equal(t, m.ID, d.Message)
		now := w.discord.Message(m.ChannelID, m.ID)
		require.Len(t, now.Attachments, 4)
		require.NotEqual(t, first, now.Attachments[0].ID)
		require.NotContains(t, now.Text(), "Known since", "it was not known when it was asked for")
		_, err = i.AwaitFollowUp(w.soon(), says(textRefreshed(4)))
		require.NoError(t, err)
	})
	t.Run("takes nothing away that cannot be had anew", func(t *testing.T) {
		i, ask := begin()
		pictures := fourFiles(t)
		pictures[2] = retrieval.Picture{Position: 3, Missing: retrieval.Slow}
		_, err := w.desk.Deliver(t.Context(), ask, retrieval.Outcome{Card: card, Known: true, Pictures: pictures})
		require.NoError(t, err)
		_, err = i.AwaitFollowUp(w.soon(), says(textRefreshFewer))
		require.NoError(t, err)
		require.Len(t, w.discord.Message(m.ChannelID, m.ID).Attachments, 4)
	})
	t.Run("takes nothing away where Discord refuses the new ones", func(t *testing.T) {
		for _, why := range []discordtest.Failure{
			discordtest.Refused(403, 50013, "Missing Permissions"), discordtest.Refused(413, 40005, "Request entity too large"),
			discordtest.Refused(400, 200000, "Message was blocked by automatic moderation"),
		} {
			i, ask := begin()
			w.discord.Fault(1, "PATCH", originalReply, why)
			d, err := w.desk.Deliver(t.Context(), ask, retrieval.Outcome{Card: card, Known: true, Pictures: fourFiles(t)})
			require.NoError(t, err)
			require.Empty(t, d.Message)
			_, err = i.AwaitFollowUp(w.soon(), says(textRefreshRefused))
			require.NoError(t, err)
			now := w.discord.Message(m.ChannelID, m.ID)
			require.Len(t, now.Attachments, 4)
			require.NotContains(t, now.Text(), "missing")
		}
	})
	t.Run("leaves the card in sight when there is a problem", func(t *testing.T) {
		i, ask := begin()
		_, err := w.desk.Deliver(t.Context(), ask, retrieval.Outcome{Problem: &retrieval.Problem{Code: retrieval.Broken}})
		require.NoError(t, err)
		_, err = i.AwaitFollowUp(w.soon(), says("Something went wrong"))
		require.NoError(t, err)
		require.Contains(t, w.discord.Message(m.ChannelID, m.ID).Text(), "## 🌱 7")
	})
	t.Run("shows the small copy when nothing else is left", func(t *testing.T) {
		bare := w.post(w.channel, card)
		i := w.fromMore(w.colleague, bare, 1, moreRefresh)
		sheet := fourFiles(t)[:1]
		sheet[0].Position, sheet[0].Sheet, sheet[0].Type = 0, true, "image/jpeg"
		_, err := w.desk.Deliver(t.Context(), w.asked(i), retrieval.Outcome{Card: card, Known: true, Pictures: sheet})
		require.NoError(t, err)
		now := w.discord.Message(bare.ChannelID, bare.ID)
		require.Contains(t, now.Text(), textSheet)
		require.Equal(t, "seed-1.jpg", now.Attachments[0].Filename)
		_, err = i.AwaitFollowUp(w.soon(), says(textSheetOnly))
		require.NoError(t, err)

		w.answer(w.colleague.Press(now, labelStar(0)))
		now = w.shown(now, has("Star (1)"))
		require.Contains(t, now.Text(), textSheet)
		require.Len(t, now.Attachments, 1)
	})
}
