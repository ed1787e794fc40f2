package commands

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/stretchr/testify/require"

	"seedbank/bot"
	"seedbank/db"
	"seedbank/discordtest"
)

func TestWhatMoreTells(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	card := w.card(7, "https://s.mj.run/abc owl in the rain --ar 3:2 --weird 250 --raw")
	m := w.show(w.asker, w.channel, card)
	for what, words := range map[string][]string{
		moreParameters: {"**Everything known of #1**", "**Seed** `7` – answered by Midjourney", "**Words** owl in the rain", "**Image prompt** s.mj.run/…",
			"**--ar (aspect)** 3:2", "**--weird** 250", "**--raw** ✓", "**Version** not written; the account default was V8.2", "**Job** j1023…midjourney", m.Link()},
		moreWhy:   {"**Why might #1 differ?** Repeatable: Medium", "Leave out --weird 250."},
		moreFiles: {"**Original files of #1**", "1: http", "4: http", "seed-1-4.png"},
	} {
		told := w.answer(w.fromMore(w.colleague, m, 1, what))
		require.True(t, told.Ephemeral())
		for _, word := range words {
			require.Contains(t, told.Text(), word)
		}
		require.NotContains(t, told.Text(), card.Job)
	}
	t.Run("a choice that is not there", func(t *testing.T) {
		c := &counter{history: w.history, reader: w.bot}
		i := &bot.Interaction{Guild: w.guild.ID, CustomID: bot.CustomID{Args: []string{"1"}}, Values: []string{"explode"}}
		require.Equal(t, bot.Refuse(textNoChoice), c.more(t.Context(), i))
	})
}

func TestTheSameChoiceCanBeMadeAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	card := w.card(7, "owl in the rain --v 7")
	m := w.show(w.asker, w.channel, card)
	for _, what := range []string{moreParameters, moreWhy, moreNote} {
		changes := w.discord.Watch(w.soon())
		require.NoError(t, w.fromMore(w.asker, m, 1, what).Err())
		edited := false
		for !edited {
			change, open := <-changes
			require.True(t, open, "no edit after %s", what)
			edited = change.Message != nil && change.Message.ID == m.ID
		}
		now := w.discord.Message(w.channel.ID, m.ID)
		require.Equal(t, m.Text(), now.Text())
		require.Len(t, now.Attachments, 4)
		require.NotNil(t, now.Button(labelCopyPrompt))
	}
}

func TestFilesOfAMessageThatIsGone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	card := w.card(7, "owl in the rain --v 7")
	m := w.show(w.asker, w.channel, card)
	listed := w.post(w.channel, card) // shows no pictures, and is the card's own message now
	told := w.answer(w.fromMore(w.colleague, listed, 1, moreFiles))
	require.Contains(t, told.Text(), "seed-1-1.png", "they stand in the earlier message")
	require.True(t, w.asker.Delete(m) || w.guild.BotMember().Delete(m))
	require.Equal(t, textNoFiles(1), w.answer(w.fromMore(w.colleague, listed, 1, moreFiles)).Text())
}

func TestACardThatNeverHadPicturesSaysHowItGetsSome(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	words := map[string]any{fieldPaste: "owl --v 7", fieldAddSeed: "5"}
	i := w.adds(w.asker, words)
	ask := w.asked(i)
	card, err := w.history.Card(t.Context(), ask.View(), ask.Card)
	require.NoError(t, err)
	m := w.handOver(i, ask, card, nil)
	asked := len(w.asks.taken())
	for _, what := range []string{moreFiles, moreRefresh} {
		told := w.answer(w.fromMore(w.colleague, m, 1, what))
		require.True(t, told.Ephemeral())
		require.Equal(t, "**#1 has no pictures.** It was added without any. "+w.asker.Mention()+
			" can give it some: /seeds add with the same prompt and seed, and the pictures.", told.Text())
	}
	require.Len(t, w.asks.taken(), asked, "nothing is looked for")

	words[fieldPictures] = []discordtest.Upload{{Name: "x.png", Data: aPicture(t)}}
	with := w.asked(w.adds(w.asker, words))
	require.EqualValues(t, 1, with.Card, "that is how")
	require.Len(t, with.Pictures, 1)

	require.NoError(t, w.history.SaveSheet(t.Context(), ask.View(), 1, aPicture(t)))
	require.EqualValues(t, 1, w.asked(w.fromMore(w.colleague, m, 1, moreRefresh)).Card, "a small copy can be shown")
}

func TestCompareFromTheCard(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	one := w.show(w.asker, w.channel, w.card(7, "owl in the rain --v 7"))
	two := w.show(w.asker, w.channel, w.card(8, "cat in the rain --v 7"))
	require.Equal(t, textMarked(1), w.answer(w.fromMore(w.colleague, one, 1, moreCompare)).Text())
	require.Contains(t, w.answer(w.fromMore(w.colleague, two, 2, moreCompare)).Text(), "**#1 and #2**")
}

// Custom IDs and choices come from Discord, but whoever runs a modified client chooses them.
func TestForgedPressesOnCardsOfOthers(t *testing.T) {
	t.Parallel()
	history := newHistory(t)
	asks := &askBook{history: history}
	c := &counter{history: history, asks: asks}
	here := keepCard(t, history, db.Card{Scope: "1", Seed: 1, Job: jobNumber(1), Asker: "42", Prompt: "owl"})
	private := keepCard(t, history, db.Card{Scope: "2", Seed: 1, Job: jobNumber(1), Asker: "42", Prompt: "owl", Private: true})
	require.Equal(t, here.Number, private.Number, "the same number, on two servers")
	require.NoError(t, history.Delete(t.Context(), db.View{Scope: "1", Member: "42"}, keepCard(t, history, db.Card{Scope: "1", Seed: 2, Asker: "42"}).Number, "42"))
	handlers := map[string]bot.Handler{
		"star": c.star, "share": c.share, "share to": c.shareTo, "show everyone": c.showEveryone, "new words": c.reword, "note": c.note,
	}
	for _, what := range []string{moreParameters, moreWords, moreSeed, moreCompare, moreNote, moreFiles, moreRefresh, moreWhy, morePrivate, morePublic, moreDelete} {
		handlers[what] = func(ctx context.Context, i *bot.Interaction) error {
			i.Values = []string{what}
			return c.more(ctx, i)
		}
	}
	for name, handle := range handlers {
		for _, number := range []string{"1", "2", "", "0", "-1", "1 OR 1=1", strings.Repeat("9", 90), "x"} {
			i := &bot.Interaction{
				ID: "13", Guild: "2", Channel: "5", User: bot.User{ID: "66"}, Member: &bot.Member{Permissions: discordgo.PermissionManageMessages},
				CustomID: bot.CustomID{Args: []string{number}}, Values: []string{"77"}, Fields: map[string]string{fieldPrompt: "cat", fieldNote: "x"},
			}
			var refusal *bot.UserError
			require.ErrorAs(t, handle(t.Context(), i), &refusal, "%s %q", name, number)
			require.Equal(t, textNoCard(numberIn(number)), refusal.Text, "%s %q", name, number)
		}
	}
	for _, number := range []string{"2", "1", "", "x"} {
		says := textUndoLate(numberIn(number))
		if number == "1" { // their own, which was never deleted
			says = textBackAlready(1)
		}
		i := &bot.Interaction{Guild: "2", User: bot.User{ID: "42"}, CustomID: bot.CustomID{Args: []string{number}}}
		require.Equal(t, bot.Refuse(says), c.undelete(t.Context(), i))
	}
	require.Empty(t, asks.taken())
	for _, v := range []db.View{{Scope: "1", Member: "42"}, {Scope: "2", Member: "42"}} {
		card, err := history.Card(t.Context(), v, 1)
		require.NoError(t, err)
		require.Zero(t, card.Stars)
		require.Empty(t, card.Note)
	}
}

func TestWhatMoreTellsOfHostileCardsFits(t *testing.T) {
	t.Parallel()
	card := owlCard()
	card.Number, card.Asker, card.Created = 999_999_999_999, strings.Repeat("9", 20), time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	card.Channel, card.Message, card.Speed, card.Note = strings.Repeat("1", 20), strings.Repeat("2", 20), strings.Repeat("*", 99), strings.Repeat("~", 2000)
	for name, prompt := range map[string]string{
		"none": "", "stars": strings.Repeat("*", 6000), "links": strings.Repeat("https://a.example/"+midjourneyID+" ", 150),
		"parameters": "owl " + strings.Repeat("--no _x_ ", 600), "unknown ones": "owl --" + strings.Repeat("y", 5000) + " 1", "alternatives": strings.Repeat("{a,b}", 900),
	} {
		card.Prompt, card.Typed = prompt, "typed "+prompt
		for _, m := range []bot.Message{
			factsMessage(card), framed(grey, text(verdictText(card))), framed(blue, text(differenceLine(card, "cat --v 7"))),
			originalsMessage(card.Number, map[int]string{1: strings.Repeat("u", 300), 10: strings.Repeat("u", 300)}), deletedMessage(card.Number, card.Asker),
		} {
			requireSendable(t, m)
			require.NotContains(t, render(m), midjourneyID, name)
			require.NotContains(t, render(m), card.Job, name)
		}
	}
}
