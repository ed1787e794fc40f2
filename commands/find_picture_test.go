package commands

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/png"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"seedbank/db"
	"seedbank/discordtest"
	"seedbank/retrieval"
)

// pictureBook stands in for the part of retrieval that knows pictures: it finds what a test says.
type pictureBook struct {
	mu    sync.Mutex
	finds []retrieval.Match
	fail  error
	asked [][]string
	views []db.View
}

func (b *pictureBook) FindPicture(_ context.Context, v db.View, urls []string) ([]retrieval.Match, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.asked, b.views = append(b.asked, urls), append(b.views, v)
	return b.finds, b.fail
}

func (b *pictureBook) say(err error, finds ...retrieval.Match) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.finds, b.fail, b.asked, b.views = finds, err, nil, nil
}

func (b *pictureBook) urls() [][]string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.asked
}

func (b *pictureBook) seenBy() []db.View {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.views
}

func aPicture(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, png.Encode(&b, image.NewGray(image.Rect(0, 0, 4, 4))))
	return b.Bytes()
}

func TestGetSeedOnAPicture(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	one, two := w.card(1, "owl"), w.card(2, "fox")
	secret := w.keep(db.Card{Scope: w.guild.ID, Seed: 3, Job: jobNumber(3), Prompt: "my secret", Asker: w.colleague.ID, Private: true})
	picture := discordtest.WithUpload(discordtest.Upload{Name: "x.png", Data: aPicture(t)})
	posted := w.asker.Say(w.channel, "look", picture)
	get := func() *discordtest.Interaction { return w.colleague.UseOnMessage(w.channel, "Get seed", posted) }

	w.pictures.say(nil, retrieval.Match{Card: one, How: retrieval.ByFile}, retrieval.Match{Card: two, How: retrieval.ByPicture, Distance: 3})
	ask := w.asked(get())
	require.EqualValues(t, one.Number, ask.Card, "the very file is beyond doubt")
	require.False(t, ask.Private)
	require.Len(t, w.pictures.urls(), 1)
	require.Len(t, w.pictures.urls()[0], 1)
	taken := len(w.asks.taken())

	t.Run("that looks like a card's", func(t *testing.T) {
		w.pictures.say(nil, retrieval.Match{Card: two, Position: 3, How: retrieval.ByPicture, Distance: 4})
		m := w.answer(get())
		require.Contains(t, m.Text(), "**That picture looks like #2.**")
		require.Contains(t, m.Text(), "picture 3 · probably the same picture (changed: cropped, scaled or compressed)")
		require.Len(t, w.asks.taken(), taken, "nothing is taken for granted")
		opened := w.asked(w.asker.Press(m, "Open #2"))
		require.EqualValues(t, 2, opened.Card)
		require.True(t, opened.Private)
		taken++
	})
	t.Run("whose file only says that it is a card's", func(t *testing.T) {
		w.pictures.say(nil, retrieval.Match{Card: one, How: retrieval.ByMetadata})
		m := w.answer(get())
		require.Contains(t, m.Text(), textLabelledPicture)
		require.Len(t, w.asks.taken(), taken, "anybody can write that into a file")
	})
	t.Run("whose very file two cards have", func(t *testing.T) {
		w.pictures.say(nil, retrieval.Match{Card: one, How: retrieval.ByFile}, retrieval.Match{Card: two, How: retrieval.ByFile})
		m := w.answer(get())
		require.Contains(t, m.Text(), textSurePicture)
		require.NotNil(t, m.Button("Open #1"))
		require.NotNil(t, m.Button("Open #2"))
	})
	t.Run("of one's own private card, where everybody reads", func(t *testing.T) {
		w.pictures.say(nil, retrieval.Match{Card: secret, How: retrieval.ByFile})
		i := get()
		told, err := i.AwaitFollowUp(w.soon(), func(*discordtest.Message) bool { return true })
		require.NoError(t, err)
		require.True(t, told.Ephemeral())
		require.Contains(t, told.Text(), textPrivatePicture(3))
		require.Contains(t, told.Text(), "my secret --seed 3")
		require.Equal(t, "my secret --seed 3", w.answer(w.colleague.Press(told, labelCopyPrompt)).Content)
		opened := w.asked(w.colleague.Press(told, labelOpen(3)))
		require.True(t, opened.Private)
		require.EqualValues(t, 3, opened.Card)
		require.Nil(t, i.Message(), "nothing is left of the public answer")
	})
	t.Run("that nobody knows", func(t *testing.T) {
		for _, test := range []struct {
			err  error
			says string
		}{{nil, textNoPictureMatch}, {errors.New("no line"), textPictureUnread}} {
			w.pictures.say(test.err)
			told, err := get().AwaitFollowUp(w.soon(), func(*discordtest.Message) bool { return true })
			require.NoError(t, err)
			require.True(t, told.Ephemeral(), "a refusal is nobody else's business")
			require.Equal(t, test.says, told.Text())
		}
	})
	t.Run("in a forwarded message", func(t *testing.T) {
		w.pictures.say(nil, retrieval.Match{Card: one, How: retrieval.ByFile})
		forwarded := w.asker.Say(w.channel, "", discordtest.Forward(posted))
		require.EqualValues(t, 1, w.asked(w.colleague.UseOnMessage(w.channel, "Get seed", forwarded)).Card)
	})
	t.Run("beside an ID of Midjourney's that nobody knows", func(t *testing.T) {
		w.pictures.say(nil)
		m := w.discord.AddBot("Midjourney Bot").Say(w.channel, midjourneyID, picture)
		told, err := w.colleague.UseOnMessage(w.channel, "Get seed", m).AwaitFollowUp(w.soon(), func(*discordtest.Message) bool { return true })
		require.NoError(t, err)
		require.Equal(t, textUUID, told.Text())
	})
	t.Run("is not looked at for the sake of other files", func(t *testing.T) {
		w.pictures.say(nil, retrieval.Match{Card: one, How: retrieval.ByFile})
		m := w.asker.Say(w.channel, "notes", discordtest.WithUpload(discordtest.Upload{Name: "a.txt", Data: []byte("hello")}))
		require.Equal(t, textNoJobHere, w.answer(w.colleague.UseOnMessage(w.channel, "Get seed", m)).Text())
		require.Empty(t, w.pictures.urls())
	})
}

func TestCopyPromptWithSeedOnAPicture(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	one := w.card(1, "owl")
	secret := w.keep(db.Card{Scope: w.guild.ID, Seed: 3, Job: jobNumber(3), Prompt: "my secret", Asker: w.asker.ID, Private: true})
	long := one
	long.Prompt = strings.Repeat("owl ", maxContent)
	posted := w.colleague.Say(w.channel, "look", discordtest.WithUpload(discordtest.Upload{Name: "x.png", Data: aPicture(t)}))
	copied := func() *discordtest.Message {
		m := w.answer(w.asker.UseOnMessage(w.channel, copyLineName, posted))
		require.True(t, m.Ephemeral())
		return m
	}
	w.pictures.say(nil, retrieval.Match{Card: secret, How: retrieval.ByFile})
	m := copied()
	require.Equal(t, "my secret --seed 3", m.Content, "the answer is for the asker alone")
	require.EqualValues(t, secret.Number, w.asked(w.asker.Press(m, labelOpen(secret.Number))).Card)
	w.pictures.say(nil, retrieval.Match{Card: long, How: retrieval.ByFile})
	require.Equal(t, textPromptInFile, copied().Content)
	w.pictures.say(nil, retrieval.Match{Card: one, How: retrieval.ByPicture, Distance: 3})
	require.NotNil(t, copied().Button(labelOpen(one.Number)), "what it only looks like is not taken for granted")
	w.pictures.say(nil)
	require.Equal(t, textNoLine, copied().Text())
	w.pictures.say(errors.New("no line"))
	require.Equal(t, textPictureUnread, copied().Text())
}

func TestAlikeCardsStayWithinAMessage(t *testing.T) {
	t.Parallel()
	var matches []retrieval.Match
	for n := range 20 {
		card := owlCard()
		card.Number = int64(n) + 1<<50
		card.Prompt = "**@everyone** " + string(bytes.Repeat([]byte("words "), 400))
		matches = append(matches, retrieval.Match{Card: card, Position: 4, How: retrieval.ByPicture, Distance: 7})
	}
	requireSendable(t, alikeMessage(matches))
	requireSendable(t, alikeMessage(matches[:1]))
}

func TestHowSureAPictureIsIsSaidInPlainWords(t *testing.T) {
	t.Parallel()
	for distance, says := range map[int]string{
		0: "almost surely the same picture (looks the same, file differs)",
		2: "very likely the same picture (a little cropped, scaled or compressed)",
		6: "probably the same picture (changed: cropped, scaled or compressed)",
	} {
		require.Equal(t, says, textSimilarity(0, distance))
	}
}

func TestCountsAreSaidAsOneWouldSayThem(t *testing.T) {
	t.Parallel()
	require.Equal(t, "**Search** · 1 seed", textFoundHead(1, 1, 1, false))
	require.Equal(t, "**Search** · 1–2 of 2", textFoundHead(1, 2, 2, false))
	require.Equal(t, "**Search** · 11 of 11", textFoundHead(11, 11, 11, false))
	require.Equal(t, "**Search** · 1–10 of more than 1000", textFoundHead(1, 10, 1000, true))
	require.Equal(t, "**Seeds in this server** · 1 seed", textHistoryHead(false, 1, 1, 1))
	require.Equal(t, "**Seeds in this conversation** · 11 of 11 · newest first", textHistoryHead(true, 11, 11, 11))
}

func TestALookThatWasToldTooLate(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	one := w.card(1, "owl")
	secret := w.keep(db.Card{Scope: w.guild.ID, Seed: 3, Job: jobNumber(3), Prompt: "my secret", Asker: w.asker.ID, Private: true})
	gone := discordtest.Refused(404, 10015, "Unknown Webhook")
	w.discord.Fault(-1, "DELETE", "/webhooks/**", gone)
	w.discord.Fault(-1, "PATCH", "/webhooks/**", gone)
	file := func(cards ...db.Card) (matches []retrieval.Match) {
		for _, card := range cards {
			matches = append(matches, retrieval.Match{Card: card, How: retrieval.ByPicture, Distance: 3})
		}
		return matches
	}
	for name, test := range map[string]struct {
		private bool
		found   []retrieval.Match
		says    string
	}{
		"of nothing":                     {false, nil, textLookedLate},
		"of one's own private card":      {false, file(secret), textLookedLate},
		"of a card":                      {false, file(one, secret), "looks like #1"},
		"of a card, for the asker alone": {true, file(one, secret), textLookedLate},
	} {
		t.Run(name, func(t *testing.T) {
			i := w.asker.Slash(w.channel, "seed", discordtest.Options{"job": imageJob, "private": test.private})
			ask := w.asked(i)
			before := len(w.channel.Messages(nil))
			card, err := w.desk.Found(t.Context(), retrieval.Look{Ask: ask}, test.found, false)
			require.NoError(t, err)
			require.Zero(t, card)
			messages := w.channel.Messages(nil)
			require.Len(t, messages, before+1)
			told := messages[len(messages)-1].Text()
			require.Contains(t, told, test.says)
			require.Contains(t, told, "<@"+w.asker.ID+">")
			require.NotContains(t, told, "secret")
		})
	}
}
