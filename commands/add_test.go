package commands

import (
	"testing"

	"github.com/stretchr/testify/require"

	"seedbank/bot"
	"seedbank/db"
	"seedbank/discordtest"
)

func botFile(url string) bot.Attachment { return bot.Attachment{ID: "7", URL: url} }

func TestCardsThatAreTyped(t *testing.T) {
	t.Parallel()
	answer := "**owl --v 7**\n**Job ID**: " + midjourneyID + "\n**seed** 5"
	const otherID = "00000000-0000-4000-8000-000000000001"
	for name, test := range map[string]struct {
		paste, seed, job string
		want             db.Card // with seed, prompt, job, Midjourney's ID and source
		says             string
	}{
		"an ✉️ answer":                      {answer, "", "", db.Card{Prompt: "owl --v 7", Seed: 5, MidjourneyID: midjourneyID, Source: db.Pasted}, ""},
		"one with its seed again":           {answer, "5", midjourneyID, db.Card{Prompt: "owl --v 7", Seed: 5, MidjourneyID: midjourneyID, Source: db.Pasted}, ""},
		"one with the service's job":        {answer, "", imageJob, db.Card{Prompt: "owl --v 7", Seed: 5, MidjourneyID: midjourneyID, Job: imageJob, Source: db.Pasted}, ""},
		"a prompt and a seed":               {"owl --v 7", "0", "", db.Card{Prompt: "owl --v 7", Source: db.Pasted}, ""},
		"a prompt in two lines":             {" owl\nin rain ", "7", "", db.Card{Prompt: "owl\nin rain", Seed: 7, Source: db.Pasted}, ""},
		"a bold prompt":                     {"**owl** - <@42> (fast)", "7", "", db.Card{Prompt: "owl", Seed: 7, Source: db.Pasted}, ""},
		"a prompt with its seed":            {"owl --seed 9", "", "", db.Card{Prompt: "owl --seed 9", Seed: 9, Source: db.Prompt}, ""},
		"a prompt with its seed again":      {"owl --seed 9", "9", "", db.Card{Prompt: "owl --seed 9", Seed: 9, Source: db.Prompt}, ""},
		"two seeds":                         {"owl --seed 9", "8", "", db.Card{}, textSeedsDiffer(9, 8)},
		"an answer and another seed":        {answer, "6", "", db.Card{}, textSeedsDiffer(5, 6)},
		"an answer and another job":         {answer, "", otherID, db.Card{}, textJobsDiffer},
		"no seed":                           {"owl", "", "", db.Card{}, textAddNoSeed},
		"no prompt":                         {" \n ", "5", "", db.Card{}, textAddNoPrompt},
		"two answers":                       {answer + "\n\n" + answer, "", "", db.Card{}, textAddSeveral(2)},
		"an answer whose seed is none":      {"**owl**\n**seed** 4294967296", "", "", db.Card{}, textAddBroken(textBadSeed("4294967296"))},
		"a seed that is none":               {"owl", "five", "", db.Card{}, "**I could not read the seed.** `five` is no seed: a seed is a whole number from 0 to 4294967295."},
		"a seed below nothing":              {"owl", "-5", "", db.Card{}, textAddBadSeed(textBadSeed("-5"))},
		"a seed with commas":                {"owl", "3,718,204,551", "", db.Card{}, "**I could not read the seed.** `3,718,204,551` is no seed. Write its digits with nothing between them, such as `3718204551`."},
		"a job that is none":                {"owl", "5", "x", db.Card{}, textAddNoJob},
		"a job that is a video":             {"owl", "5", videoJobID, db.Card{}, textAddNoJob},
		"two jobs":                          {"owl", "5", imageJob + " " + otherJobID, db.Card{}, textAddNoJob},
		"a job of no stated kind":           {"owl", "5", commandJob, db.Card{}, textAddNoJob},
		"a link to Midjourney's page of it": {"owl", "5", "https://www.midjourney.com/jobs/" + midjourneyID, db.Card{Prompt: "owl", Seed: 5, MidjourneyID: midjourneyID, Source: db.Pasted}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			card, err := addedCard(test.paste, test.seed, test.job)
			if test.says != "" {
				require.EqualError(t, err, test.says)
				return
			}
			require.NoError(t, err)
			card.Parameters, card.Version, card.Aspect = nil, "", ""
			require.Equal(t, test.want, card)
		})
	}
}

// adds fills in the form of /seeds add.
func (w *world) adds(who *discordtest.Member, fields map[string]any) *discordtest.Interaction {
	w.t.Helper()
	i := who.Slash(w.channel, "seeds add", nil)
	_, err := i.Modal(w.soon())
	require.NoError(w.t, err)
	return i.Submit(fields)
}

func TestAddingASeed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	picture := discordtest.Upload{Name: "x.png", Data: aPicture(t)}
	answer := "**owl --v 7**\n**Job ID**: " + midjourneyID + "\n**seed** 5"
	i := w.adds(w.asker, map[string]any{"paste": answer, "pictures": []discordtest.Upload{picture, picture}})
	ask := w.asked(i)
	require.False(t, ask.Private)
	require.Len(t, ask.Pictures, 2)
	card, err := w.history.Card(t.Context(), db.View{Scope: w.guild.ID, Member: w.colleague.ID}, ask.Card)
	require.NoError(t, err)
	require.EqualValues(t, 5, card.Seed)
	require.Equal(t, w.asker.ID, card.Asker)
	require.Equal(t, db.Pasted, card.Source, "a bot of that name is not Midjourney")
	require.Equal(t, "7", card.Version)

	t.Run("twice is one card", func(t *testing.T) {
		again := w.asked(w.adds(w.colleague, map[string]any{"paste": answer}))
		require.Equal(t, card.Number, again.Card)
		require.Equal(t, card.Number, w.asked(w.adds(w.colleague, map[string]any{"paste": "owl --v 7", "seed": "5", "job": midjourneyID})).Card)
	})
	t.Run("with another seed is refused", func(t *testing.T) {
		m := w.answer(w.adds(w.colleague, map[string]any{"paste": "owl", "seed": "6", "job": midjourneyID}))
		require.True(t, m.Ephemeral())
		require.Equal(t, textOtherSeedHere(card.Number, 5, w.asker.ID), m.Text())
	})
	t.Run("privately", func(t *testing.T) {
		secret := w.asked(w.adds(w.colleague, map[string]any{"paste": "cat", "seed": "7", "who": "private"}))
		require.True(t, secret.Private)
		_, err := w.history.Card(t.Context(), db.View{Scope: w.guild.ID, Member: w.asker.ID}, secret.Card)
		require.ErrorIs(t, err, db.ErrNotFound)
		public := w.asked(w.adds(w.asker, map[string]any{"paste": "cat", "seed": "7"}))
		require.NotEqual(t, secret.Card, public.Card, "somebody else's private card is not known")
		own := w.asked(w.adds(w.colleague, map[string]any{"paste": "cat", "seed": "7", "who": "private"}))
		require.Equal(t, secret.Card, own.Card)
	})
	t.Run("with a file that is no picture is refused", func(t *testing.T) {
		m := w.answer(w.adds(w.asker, map[string]any{"paste": "hen", "seed": "8", "pictures": []discordtest.Upload{{Name: "a.txt", Data: []byte("x")}}}))
		require.Equal(t, textAddNoPicture, m.Text())
	})
	t.Run("whose job is another account's is refused", func(t *testing.T) {
		require.NoError(t, w.history.SaveSettings(t.Context(), w.guild.ID, db.Settings{Accounts: []string{"1"}, PrivateByDefault: true}, "1"))
		m := w.answer(w.adds(w.asker, map[string]any{"paste": "hen", "seed": "8", "job": imageJob}))
		require.Equal(t, textOtherAccount, m.Text())
	})
	t.Run("is private where the server says so", func(t *testing.T) {
		require.True(t, w.asked(w.adds(w.asker, map[string]any{"paste": "hen", "seed": "9"})).Private)
	})
}

func TestRecordingAnEnvelope(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	midjourney := w.discord.AddBot("Midjourney Bot")
	picture := discordtest.WithUpload(discordtest.Upload{Name: "x.png", Data: aPicture(t)})
	answer := "**owl --v 7** - <@42> (fast)\n**Job ID**: " + midjourneyID + "\n**seed** 5"
	sent := midjourney.Say(w.channel, answer, picture, picture)
	ask := w.asked(w.asker.UseOnMessage(w.channel, envelopeName, sent))
	require.False(t, ask.Private)
	require.Len(t, ask.Pictures, 2, "what came with the answer belongs to the card")
	card, err := w.history.Card(t.Context(), db.View{Scope: w.guild.ID, Member: w.colleague.ID}, ask.Card)
	require.NoError(t, err)
	require.Equal(t, "owl --v 7", card.Prompt)
	require.Equal(t, db.Pasted, card.Source)

	forwarded := w.colleague.Say(w.channel, "", discordtest.Forward(sent))
	again := w.asked(w.colleague.UseOnMessage(w.channel, envelopeName, forwarded))
	require.Equal(t, ask.Card, again.Card, "a forwarded answer is the same answer")
	require.Empty(t, again.Pictures, "nobody hangs pictures on another's card")
	require.Len(t, w.asked(w.asker.UseOnMessage(w.channel, envelopeName, sent)).Pictures, 2, "its pictures are missing still")

	for says, m := range map[string]*discordtest.Message{
		textNoEnvelope:    midjourney.Say(w.channel, "**owl** --seed 5"),
		textAddSeveral(2): midjourney.Say(w.channel, answer+"\n"+answer),
		textAddBroken(textBadSeed("99999999999")): midjourney.Say(w.channel, "**owl**\n**seed** 99999999999"),
	} {
		told := w.answer(w.asker.UseOnMessage(w.channel, envelopeName, m))
		require.True(t, told.Ephemeral())
		require.Equal(t, says, told.Text())
	}
}
