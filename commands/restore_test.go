package commands

import (
	"errors"
	"fmt"
	"image"
	"image/color"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/db"
	"seedbank/discordtest"
	"seedbank/exchange"
	"seedbank/picture"
)

// aSheet is a small contact sheet.
func aSheet(t *testing.T) []byte {
	t.Helper()
	s := picture.NewSheet(1)
	img := image.NewRGBA(image.Rect(0, 0, 40, 30))
	img.Set(3, 3, color.White)
	s.Add(0, img)
	jpeg, err := s.JPEG()
	require.NoError(t, err)
	return jpeg
}

// untimed is an exported file without the moment of its export.
func untimed(file string) string {
	before, rest, _ := strings.Cut(file, `"exported":"`)
	_, after, _ := strings.Cut(rest, `"`)
	return before + after
}

// livedIn fills the server with cards of every kind that a team comes to have, posted and talked about.
func (w *world) livedIn() {
	w.t.Helper()
	t, ctx := w.t, w.t.Context()
	mine := db.View{Scope: w.guild.ID, Member: w.asker.ID}
	var posted []*discordtest.Message
	for n, words := range []string{
		"owl in the rain, 35 mm film --ar 3:2 --stylize 250 --raw --v 7", "=cmd()", "'tis a \"fox\"\nin two lines, 雨 \u202e", "@everyone `--niji 6 <@1> --niji 6",
		"  blanks  kept  ", "{a, b} ::2 https://example.com/x.png --sref random --no `hat`",
	} {
		source := []db.Source{db.Midjourney, db.Midjourney, db.Prompt, db.Pasted, db.Midjourney, db.Imported}[n]
		card := exchange.CardOfPrompt(words, source)
		card.Scope, card.Seed, card.MidjourneyID, card.Asker = w.guild.ID, uint32(n)<<29|7, midjourneyID, w.asker.ID
		card.Asked, card.Created, card.Typed = noon, noon.Add(time.Duration(n)*time.Second), "typed "+words
		card.Raw, card.Action, card.Speed, card.Parent = []byte(`{"a": "<x>","n":1.0}`), "upscale_2x", "fast", int64(n)
		card.Private = n == 1
		if source == db.Midjourney {
			card.Job, card.SeedJob = jobNumber(n+1), strings.Replace(jobNumber(900+n), "i-u", "-u", 1)
		}
		kept := w.keep(card)
		switch {
		case n == 0 || n == 4:
			posted = append(posted, w.show(w.asker, w.channel, kept))
			require.NoError(t, w.history.SaveSheet(ctx, mine, kept.Number, aSheet(t)))
		case n == 2:
			require.NoError(t, w.history.SetPosted(ctx, mine, kept.Number, w.channel.ID, "", []db.Picture{
				{Position: 1, Name: fmt.Sprintf("seed-%d-1.png", kept.Number), Type: "image/png", Size: 3, Width: 4, Height: 5, SHA256: strings.Repeat("ab", 32), Hash: 1<<63 + 5},
				{Position: 2, Missing: "too_big"},
			}))
		}
		require.NoError(t, w.history.SetNote(ctx, mine, kept.Number, "-note\nof \"it\"", []string{"brand", fmt.Sprint("t", n)}))
	}
	again := exchange.CardOfPrompt("=cmd()", db.Midjourney)
	again.Scope, again.Seed, again.Job, again.Asker, again.Asked, again.Created = w.guild.ID, 1<<29|7, jobNumber(77), w.colleague.ID, noon, noon.Add(time.Hour)
	w.keep(again) // another picture of the same seed and prompt
	recorded := exchange.CardOfPrompt("a fox from ✉️ --v 7", db.Midjourney)
	recorded.Scope, recorded.Seed, recorded.Asker, recorded.Asked, recorded.Created = w.guild.ID, 55, w.colleague.ID, noon, noon.Add(2*time.Hour)
	w.keep(recorded) // which tells no job
	for _, who := range []*discordtest.Member{w.asker, w.colleague} {
		_, err := w.history.Star(ctx, db.View{Scope: w.guild.ID, Member: who.ID}, 3, true)
		require.NoError(t, err)
	}
	gone := w.keep(db.Card{Scope: w.guild.ID, Seed: 99, Prompt: "deleted", Source: db.Pasted, Asker: w.asker.ID})
	require.NoError(t, w.history.Delete(ctx, mine, gone.Number, w.asker.ID))
	w.answer(w.colleague.Press(posted[0], labelStar(0)))

	seed := uint32(7)
	_, err := w.history.SaveRecipe(ctx, w.guild.ID, db.Recipe{Name: "Brand Owl", Prompt: "owl {subject} --ar 3:2 --v 7", Seed: &seed, Cards: []int64{1, 3}, Tags: []string{"brand"}, Standard: true, By: w.asker.ID})
	require.NoError(t, err)
	_, err = w.history.EditRecipe(ctx, db.View{Scope: w.guild.ID}, "brand owl", 1, db.Recipe{Prompt: "=fox {subject}", Note: "a \"better\"\none", By: w.colleague.ID})
	require.NoError(t, err)
	require.NoError(t, w.history.UseRecipe(ctx, w.guild.ID, "brand owl"))
}

func TestAServerThatLostItsHistoryHasItBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	manager := managerOf(w.guild)
	w.livedIn()
	options := discordtest.Options{"what": "server", "format": "json"}
	m := w.exports(manager, w.channel, options)
	require.Contains(t, m.Text(), "**7 cards and 1 recipe.**")
	file := w.download(m)
	require.NotContains(t, file, `"number":2,`, "nobody exports what is private of another")
	own := w.download(w.exports(w.asker, w.channel, discordtest.Options{"what": "mine", "format": "json"}))
	require.NotContains(t, own, w.colleague.ID, "who else starred a card is not for everyone")

	lost := w.lose()
	require.Equal(t, "**Imported 7 cards and 1 recipe.**\n-# "+textSetAgain, w.imports(manager, w.channel, file))
	require.Equal(t, untimed(file), untimed(w.download(w.exports(manager, w.channel, options))), "to the letter")
	require.Equal(t, "**Nothing new.** 7 cards and 1 recipe were here already.", w.imports(manager, w.channel, file), "twice is once")
	require.Equal(t, untimed(file), untimed(w.download(w.exports(manager, w.channel, options))))

	t.Run("the buttons of a posted card work on", func(t *testing.T) {
		card, err := w.history.Card(t.Context(), db.View{Scope: w.guild.ID, Member: w.asker.ID}, 1)
		require.NoError(t, err)
		require.Equal(t, 1, card.Stars)
		posted := w.discord.Message(w.channel.ID, card.Message)
		w.answer(w.asker.Press(posted, "Star (1)"))
		w.shown(posted, has("Star (2)"))
		addresses, err := w.desk.Fresh(t.Context(), card)
		require.NoError(t, err)
		require.Len(t, addresses, 4, "and its pictures are found again")
	})
	t.Run("everybody brings what is theirs alone", func(t *testing.T) {
		require.Contains(t, w.imports(w.asker, w.channel, own), "**Imported 1 card.**")
		private := func(s *db.Store) (cards []db.Card) {
			for card, err := range s.Export(t.Context(), db.View{Scope: w.guild.ID, Member: w.asker.ID}, db.Query{}) {
				require.NoError(t, err)
				if card.Private {
					card.Job, card.SeedJob, card.Source = "", "", ""
					cards = append(cards, card)
				}
			}
			return cards
		}
		require.Equal(t, private(lost), private(w.history))
		require.EqualValues(t, 2, w.all(db.View{Scope: w.guild.ID, Member: w.asker.ID})[1].Number, "under the number that it had")
	})
}

// A file is written by anybody: what it says of messages has to be there.
func TestForgedPlacesAreNotBelieved(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	other := w.discord.AddGuild("Other")
	there := other.AddChannel("there")
	hidden := w.guild.AddChannel("hidden", discordtest.Private())
	manager, stranger := managerOf(w.guild), other.AddMember("A stranger")
	posted := w.show(w.asker, w.channel, w.card(7, "owl"))
	foreign := w.keep(db.Card{Scope: other.ID, Seed: 7, Job: jobNumber(7), Prompt: "owl", Asker: stranger.ID})
	away := w.handOver(stranger.Slash(there, "seeds last", nil), w.asked(stranger.Slash(there, "seed", discordtest.Options{"job": foreign.Job})), foreign, fourFiles(t))
	said := w.asker.Say(w.channel, "## 🌱 7 v1:seed:1")
	w.lose()

	bring := func(scope, channel string, m *discordtest.Message, number int, seed string) (string, db.Card) {
		t.Helper()
		attachment := "1"
		if len(m.Attachments) > 0 {
			attachment = m.Attachments[0].ID
		}
		file := fmt.Sprintf(`{"scope":"%s","cards":[{"number":%d,"seed":%s,"prompt":"owl %s","channel":"%s","message":"%s","pictures":[{"position":1,"channel":"%[5]s","message":"%[6]s","attachment":"%s"}]}]}`,
			scope, number, seed, fmt.Sprint(m.ID, channel, seed, number), channel, m.ID, attachment)
		text := w.imports(manager, w.channel, file)
		cards := w.all(db.View{Scope: w.guild.ID})
		return text, cards[len(cards)-1]
	}
	text, card := bring(w.guild.ID, w.channel.ID, posted, 1, "7")
	require.Equal(t, "**Imported 1 card.**", text)
	require.Equal(t, posted.ID, card.Message, "what is so is believed")
	require.Equal(t, posted.Attachments[0].ID, card.Pictures[0].Attachment)
	for name, try := range map[string]func() (string, db.Card){
		"a card of another server":       func() (string, db.Card) { return bring(w.guild.ID, there.ID, away, 1, "7") },
		"its message, said to be here":   func() (string, db.Card) { return bring(w.guild.ID, w.channel.ID, away, 1, "7") },
		"another seed":                   func() (string, db.Card) { return bring(w.guild.ID, w.channel.ID, posted, 1, "8") },
		"another number":                 func() (string, db.Card) { return bring(w.guild.ID, w.channel.ID, posted, 500, "7") },
		"a member's own words":           func() (string, db.Card) { return bring(w.guild.ID, w.channel.ID, said, 1, "7") },
		"a channel that nobody can read": func() (string, db.Card) { return bring(w.guild.ID, hidden.ID, posted, 1, "7") },
		"a channel that is none":         func() (string, db.Card) { return bring(w.guild.ID, "1300000000000000999", posted, 1, "7") },
		"an ID that is none": func() (string, db.Card) {
			return bring(w.guild.ID, "000000000000000000", &discordtest.Message{ID: "000000000000000000"}, 1, "7")
		},
		"an ID of the future": func() (string, db.Card) {
			return bring(w.guild.ID, w.channel.ID, &discordtest.Message{ID: "9223372036854775806"}, 1, "7")
		},
	} {
		text, card := try()
		require.Contains(t, text, textLostPlaces(1), name)
		require.Empty(t, card.Message, name)
		require.Empty(t, card.Pictures[0].Message+card.Pictures[0].Attachment+card.Pictures[0].Channel, name)
	}
	text, card = bring(other.ID, w.channel.ID, posted, 1, "9")
	require.Contains(t, text, "of another place")
	require.Empty(t, card.Message+card.Channel)
	found, err := w.history.CardOfMessage(t.Context(), db.View{Scope: w.guild.ID}, w.channel.ID, posted.ID)
	require.NoError(t, err)
	require.EqualValues(t, 1, found.Number)
	_, err = w.history.CardOfMessage(t.Context(), db.View{Scope: w.guild.ID}, there.ID, away.ID)
	require.True(t, errors.Is(err, db.ErrNotFound))
}
