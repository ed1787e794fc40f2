package commands

import (
	"fmt"
	"testing"

	"github.com/bwmarrin/discordgo"
	"github.com/stretchr/testify/require"

	"seedbank/bot"
	"seedbank/db"
	"seedbank/discordtest"
)

func TestStars(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	card := w.card(7, "owl in the rain --v 7")
	other := w.show(w.colleague, w.channel, card)
	m := w.show(w.asker, w.channel, card)

	w.answer(w.colleague.Press(m, labelStar(0)))
	now := w.shown(m, has("Star (1)"))
	require.Len(t, now.Attachments, 4, "the pictures stay")
	require.Len(t, now.All(12)[0]["items"], 4)
	require.Contains(t, now.Text(), "**Repeatable:** High")
	w.shown(other, has("Star (1)"))

	w.answer(w.asker.Press(now, "Star (1)"))
	now = w.shown(m, has("Star (2)"))
	w.answer(w.colleague.Press(now, "Star (2)"))
	now = w.shown(m, has("Star (1)"))
	got, err := w.history.Card(t.Context(), db.View{Scope: w.guild.ID, Member: w.asker.ID}, card.Number)
	require.NoError(t, err)
	require.True(t, got.Starred)
	require.Equal(t, 1, got.Stars)

	t.Run("of many at once, the last count stands", func(t *testing.T) {
		var presses []*discordtest.Interaction
		for n := range 6 {
			presses = append(presses, w.guild.AddMember(fmt.Sprint("M", n)).Press(now, "Star (1)"))
		}
		for _, i := range presses {
			w.answer(i)
		}
		w.settle() // an edit with an earlier count may be on its way still
		w.shown(m, has("Star (7)"))
		w.shown(other, has("Star (7)"))
	})
	t.Run("count where Discord does not take the card any more", func(t *testing.T) {
		w.discord.Fault(1, "POST", "/interactions/*/*/callback", discordtest.Refused(400, 50035, "Invalid Form Body"))
		told := w.answer(w.guild.AddMember("Somebody else").Press(w.discord.Message(m.ChannelID, m.ID), "Star (7)"))
		require.True(t, told.Ephemeral())
		require.Contains(t, told.Text(), "**You starred #1.** It has 8 stars.")
	})
	t.Run("and where an older message cannot be changed", func(t *testing.T) {
		w.discord.Fault(1, "PATCH", "/channels/*/messages/"+other.ID, discordtest.Refused(400, 30046, "Maximum number of edits to messages older than 1 hour reached"))
		w.answer(w.asker.Press(w.discord.Message(m.ChannelID, m.ID), "Star (7)"))
		w.shown(m, has("Star (7)"))
		w.settle()
		require.Len(t, w.discord.Message(other.ChannelID, other.ID).Attachments, 4, "it stays")
	})
	t.Run("are for those who may save", func(t *testing.T) {
		role := w.guild.AddRole("studio", 0)
		require.NoError(t, w.history.SaveSettings(t.Context(), w.guild.ID, db.Settings{Roles: map[string][]string{"save": {role.ID}}}, w.asker.ID))
		refusal := w.answer(w.colleague.Press(w.discord.Message(m.ChannelID, m.ID), "Star (7)"))
		require.True(t, refusal.Ephemeral())
		require.Contains(t, refusal.Text(), "<@&"+role.ID+">")
	})
}

// A card as the first version posted it: two buttons, and no verdict.
func TestACardOfTheFirstVersion(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	card := w.card(7, "owl in the rain --v 7")
	posted, err := w.bot.PostMessage(t.Context(), w.channel.ID, framed(green, text(seedHeading(7)), text("**owl in the rain**"), text("--v 7"),
		text(textNoPictures), text("-# #1 · asked by "+mention(w.asker.ID)),
		row(button(discordgo.PrimaryButton, "📋", labelCopyPrompt, "v1:copy:1"), button(discordgo.SecondaryButton, "🌱", labelCopySeed, "v1:seed:1")),
	), "")
	require.NoError(t, err)
	require.NoError(t, w.history.SetPosted(t.Context(), hands(&bot.Interaction{Guild: w.guild.ID}), card.Number, posted.Channel, posted.ID, nil))
	old := w.discord.Message(posted.Channel, posted.ID)
	require.Equal(t, "owl in the rain --v 7 --seed 7", w.answer(w.colleague.Press(old, labelCopyPrompt)).Content)
	require.Equal(t, "7", w.answer(w.colleague.Press(old, labelCopySeed)).Content)

	m := w.show(w.asker, w.channel, card)
	w.answer(w.colleague.Press(m, labelStar(0)))
	renewed := w.shown(old, has("Star (1)"))
	require.Contains(t, renewed.Text(), "**Repeatable:** High")
	require.NotNil(t, renewed.Button(labelShare))
}

// What a message shows besides the card is not lost when the card changes.
func TestACardIsShownAgainAsItStood(t *testing.T) {
	t.Parallel()
	card := owlCard()
	m := &bot.Msg{
		Components: []byte(`[{"type":10,"content":"<@42>"},{"type":17,"components":[{"type":10,"content":"## 🌱 3718204551"},
			{"type":12,"items":[{},{}]},{"type":10,"content":"-# Picture 1 is missing: it did not arrive in time.\n-# Picture 4 is missing: Discord did not take it."},
			{"type":10,"content":"-# Known since <t:1792756801:D> – no new request was made"},
			{"type":1,"components":[{"type":2,"custom_id":"v1:seed:142"}]}]}]`),
		Attachments: []bot.Attachment{{ID: "11", Filename: "seed-142-3.webp"}, {ID: "10", Filename: "seed-142-2.png"}, {ID: "12", Filename: "seed-141-1.png"}},
	}
	card.Pictures = make([]db.Picture, 4)
	require.True(t, showsCard(m, card))
	shown, ok := reshown(m, card)
	require.True(t, ok)
	require.Equal(t, []string{"10", "11"}, shown.Keep)
	require.Contains(t, render(shown), `<@42>
┏ green
## 🌱 3718204551
**owl in the rain, 35 mm film**
--ar 3:2 --stylize 250 --raw --v 7
picture attachment://seed-142-2.png | Image 2 of 4: owl in the rain, 35 mm film
picture attachment://seed-142-3.webp | Image 3 of 4: owl in the rain, 35 mm film
-# Picture 1 is missing: it did not arrive in time.
-# Picture 4 is missing: Discord did not take it.
**Repeatable:** High – model version, size, style and seed are all fixed
-# Known since <t:1792756801:D> – no new request was made
`)
	t.Run("unless it shows pictures that it does not tell of", func(t *testing.T) {
		m.Attachments = m.Attachments[:1]
		_, ok := reshown(m, card)
		require.False(t, ok)
	})
	t.Run("and only where it is the card", func(t *testing.T) {
		other := card
		other.Number = 141
		require.False(t, showsCard(m, other))
		other = card
		other.Seed++
		require.False(t, showsCard(m, other))
		require.False(t, showsCard(nil, card))
		require.False(t, showsCard(&bot.Msg{Components: []byte(`{`)}, card))
	})
}
