package commands

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"seedbank/bot"
	"seedbank/db"
	"seedbank/discordtest"
)

func TestSeedsThatATextTells(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		text string
		line string // with the seed; "" when the text tells none
	}{
		"a prompt":                                  {"owl --ar 3:2 --seed 5 --v 7", "owl --ar 3:2 --v 7 --seed 5"},
		"the command before it":                     {"/imagine prompt: owl --seed 5", "owl --seed 5"},
		"Midjourney's message":                      {"**owl --seed 5 --v 7** - <@42> (fast)", "owl --v 7 --seed 5"},
		"a copied message":                          {"owl --seed 5 --v 7 - @somebody (relaxed)", "owl --v 7 --seed 5"},
		"a line among others":                       {"hello\n> `owl --seed 0`\nbye", "owl --seed 0"},
		"the first of two seeds":                    {"owl --seed 5 --seed 6", "owl --seed 5"},
		"a long dash":                               {"owl —seed 5", "owl --seed 5"},
		"an ✉️ answer, which goes before":           {"**owl --seed 5**\n**seed** 6", "owl --seed 6"},
		"two ✉️ answers, with no seed of their own": {"**a**\n**seed** 5\n**b**\n**seed** 6", ""},
		"a seed without a prompt":                   {"--seed 5", ""},
		"a seed that is none":                       {"owl --seed random", ""},
		"a seed that is too large":                  {"owl --seed 4294967296", ""},
		"a prompt without a seed":                   {"owl --v 7", ""},
		"words about seeds":                         {"which seed was it?", ""},
		"nothing":                                   {"", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f, ok := fixedIn(test.text)
			require.Equal(t, test.line != "", ok)
			if ok {
				require.Equal(t, test.line, f.prompt.WithSeed(f.seed))
			}
		})
	}
}

func TestTheAnswerToAPromptWithASeed(t *testing.T) {
	t.Parallel()
	f, ok := fixedIn("owl --seed 100")
	require.True(t, ok)
	m := fixedMessage(f, imageJob)
	requireSendable(t, m)
	require.Equal(t, "┏ blue\n## 🌱 100\n```\nowl --seed 100\n```\n"+
		"The prompt itself fixes the seed (`--seed 100`). I have not asked Midjourney. The pictures come when you ask for them.\n"+
		"[🖼️ Get the four images → "+bot.ID(verbFetch, imageJob)+"]\n[📋 Copy prompt → v1:line]\n", render(m))
	require.Equal(t, "owl --seed 100", lineOfMessage(messageOf(t, m)))

	for _, prompt := range []string{
		"```owl``` --seed 5", strings.Repeat("owl ", 2000) + "--seed 5", "@everyone **owl** --seed 5", "https://a.example/" + midjourneyID + ".png owl --seed 5",
	} {
		f, ok := fixedIn(prompt)
		require.True(t, ok)
		m := fixedMessage(f, strings.Repeat("j", 200))
		requireSendable(t, m)
		require.NotContains(t, render(m), labelImages, "a job that fits no button has none")
		if line := lineOfMessage(messageOf(t, m)); line != "" {
			require.Equal(t, f.prompt.WithSeed(5), line)
		} else {
			require.NotContains(t, render(m), labelCopyPrompt)
		}
	}
	require.Empty(t, lineOfMessage(nil))
}

func TestAPromptWithASeedIsAnsweredWithoutARequest(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	midjourney := w.discord.AddBot("Midjourney Bot")
	t.Run("in /seed", func(t *testing.T) {
		m := w.answer(w.asker.Slash(w.channel, "seed", discordtest.Options{"job": "owl --v 7 --seed 5"}))
		require.Contains(t, m.Text(), "## 🌱 5")
		require.Nil(t, m.Button(labelImages))
		require.False(t, m.Ephemeral())
		require.Equal(t, "owl --v 7 --seed 5", w.answer(w.colleague.Press(m, labelCopyPrompt)).Content)
		secret := w.answer(w.asker.Slash(w.channel, "seed", discordtest.Options{"job": "owl --seed 5", "private": true}))
		require.True(t, secret.Ephemeral())
	})
	t.Run("in Get seed, and the pictures when they are wanted", func(t *testing.T) {
		source := midjourney.Say(w.channel, "**owl --seed 5** - <@42> (fast) "+imageJob)
		m := w.answer(w.colleague.UseOnMessage(w.channel, "Get seed", source))
		require.Contains(t, m.Text(), "I have not asked Midjourney")
		require.Empty(t, w.asks.taken())
		ask := w.asked(w.asker.Press(m, labelImages))
		require.Equal(t, imageJob, ask.Job)
		require.Equal(t, w.asker.ID, ask.Member)
		require.False(t, ask.Private)
		again := w.answer(w.asker.UseOnMessage(w.channel, "Get seed", m))
		require.NotNil(t, again.Button(labelImages), "the answer itself tells as much as what it was made of")
	})
	t.Run("unless a card of it is known", func(t *testing.T) {
		known := w.card(9, "owl --seed 9")
		source := midjourney.Say(w.channel, "**owl --seed 9** "+known.Job)
		require.EqualValues(t, known.Number, w.asked(w.colleague.UseOnMessage(w.channel, "Get seed", source)).Card)
	})
	t.Run("an ✉️ answer too", func(t *testing.T) {
		taken := len(w.asks.taken())
		m := w.answer(w.colleague.UseOnMessage(w.channel, "Get seed", midjourney.Say(w.channel, "**owl**\n**Job ID**: "+midjourneyID+"\n**seed** 77")))
		require.Contains(t, m.Text(), "## 🌱 77")
		require.Contains(t, m.Text(), textFixedEnvelope(false), "whoever says so")
		require.Len(t, w.asks.taken(), taken)
	})
}

func TestCopyPromptWithSeed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	midjourney := w.discord.AddBot("Midjourney Bot")
	known := w.card(5, "owl --fast --v 7")
	secret := w.keep(db.Card{Scope: w.guild.ID, Seed: 6, Job: jobNumber(6), Prompt: "fox", Asker: w.asker.ID, Private: true})
	for name, test := range map[string]struct {
		message *discordtest.Message
		who     *discordtest.Member
		says    string
	}{
		"of a card":                     {midjourney.Say(w.channel, known.Job), w.colleague, "owl --v 7 --seed 5"},
		"of one's own private card":     {midjourney.Say(w.channel, secret.Job), w.asker, "fox --seed 6"},
		"of somebody else's":            {midjourney.Say(w.channel, secret.Job), w.colleague, textNoLine},
		"of a prompt that has its seed": {midjourney.Say(w.channel, "**cat --seed 7 --relax**"), w.colleague, "cat --seed 7"},
		"of an ✉️ answer":               {midjourney.Say(w.channel, "**cat**\n**seed** 8"), w.colleague, "cat --seed 8"},
		"of nothing":                    {midjourney.Say(w.channel, "hello"), w.colleague, textNoLine},
	} {
		t.Run(name, func(t *testing.T) {
			m := w.answer(test.who.UseOnMessage(w.channel, "Copy prompt with seed", test.message))
			require.True(t, m.Ephemeral())
			require.Equal(t, test.says, m.Text())
		})
	}
	require.Empty(t, w.asks.taken())
}

func TestNamingACard(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	posted := w.discord.AddBot("Midjourney Bot").Say(w.channel, "x")
	one := w.keep(db.Card{Scope: w.guild.ID, Seed: 1, Job: jobNumber(1), MidjourneyID: midjourneyID, Prompt: "owl", Asker: w.asker.ID, Channel: w.channel.ID, Message: posted.ID})
	for _, named := range []string{"1", "#1", "last", one.Job, midjourneyID, posted.Link(), "#1 · owl", "ow"} {
		require.Equal(t, one.Number, w.asked(w.asker.Slash(w.channel, "seeds show", discordtest.Options{"card": named})).Card, named)
	}
	require.Equal(t, one.Number, w.asked(w.asker.Slash(w.channel, "seeds last", nil)).Card)
	require.Equal(t, textNoLast, w.answer(w.colleague.Slash(w.channel, "seeds last", nil)).Text())
	for named, says := range map[string]string{
		"fox": textNoCardSo, jobNumber(2): textNoCardOfThat, "00000000-0000-4000-8000-000000000001": textNoCardOfThat,
		"https://discord.com/channels/1300000000000000001/" + channelID + "/" + messageID: textStrangeLink,
	} {
		require.Equal(t, says, w.answer(w.asker.Slash(w.channel, "seeds show", discordtest.Options{"card": named})).Text(), named)
	}
}

func TestWordsThatMeanSeveralCards(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for n := range 12 {
		w.card(uint32(n+1), "a red fox")
	}
	owl := w.card(20, "an owl in the rain")
	w.keep(db.Card{Scope: w.guild.ID, Seed: 30, Job: jobNumber(30), Prompt: "a secret owl", Asker: w.colleague.ID, Private: true})
	several := w.answer(w.asker.Slash(w.channel, "seeds show", discordtest.Options{"card": "fox", "private": false}))
	require.True(t, several.Ephemeral(), "the choice is the asker's alone")
	require.Contains(t, several.Text(), textWhichCard)
	require.Contains(t, several.Text(), textMoreCards)
	require.EqualValues(t, 12, w.asked(w.asker.Choose(several, "v1:open", "12")).Card)

	shown := w.asked(w.asker.Slash(w.channel, "seeds show", discordtest.Options{"card": "OWL rain", "private": false}))
	require.Equal(t, owl.Number, shown.Card)
	require.False(t, shown.Private)
	require.Equal(t, owl.Number, w.asked(w.asker.Slash(w.channel, "seeds show", discordtest.Options{"card": "owl"})).Card, "others' private cards do not count")
	require.Contains(t, w.answer(w.asker.Slash(w.channel, "seeds star", discordtest.Options{"card": "owl"})).Text(), "**You starred #13.**")

	t.Run("are not enough to delete one", func(t *testing.T) {
		require.Equal(t, textSeveralCards("owl", []int64{13}), w.answer(w.asker.Slash(w.channel, "seeds delete", discordtest.Options{"card": "owl"})).Text())
		require.Equal(t, "**Several cards match “fox”:** #12, #11, #10, #9, #8 and more. Write the number of the one you mean.",
			w.answer(w.asker.Slash(w.channel, "seeds delete", discordtest.Options{"card": "fox"})).Text())
		_, err := w.history.Card(t.Context(), db.View{Scope: w.guild.ID}, 13)
		require.NoError(t, err)
	})
}

func TestStarsByName(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	card := w.card(1, "owl")
	require.Contains(t, w.answer(w.colleague.Slash(w.channel, "seeds star", discordtest.Options{"card": "1"})).Text(), "**You starred #1.**")
	require.Contains(t, w.answer(w.colleague.Slash(w.channel, "seeds star", discordtest.Options{"card": "1"})).Text(), "**You starred #1.**", "twice is once")
	now, err := w.history.Card(t.Context(), db.View{Scope: w.guild.ID, Member: w.colleague.ID}, card.Number)
	require.NoError(t, err)
	require.Equal(t, 1, now.Stars)
	require.Contains(t, w.answer(w.colleague.Slash(w.channel, "seeds unstar", discordtest.Options{"card": "1"})).Text(), "gone")
	require.Equal(t, textNoStar(1), w.answer(w.colleague.Slash(w.channel, "seeds unstar", discordtest.Options{"card": "1"})).Text(), "what is not there is not taken")
	require.Equal(t, textNoCard(2), w.answer(w.colleague.Slash(w.channel, "seeds star", discordtest.Options{"card": "2"})).Text())
}

func FuzzFixedSeeds(f *testing.F) {
	f.Add("**owl --v 7**\n**Job ID**: x\n**seed** 5")
	f.Add("/imagine prompt: owl --seed 5 - @a name (fast)")
	f.Fuzz(func(t *testing.T, s string) {
		if found, ok := fixedIn(s); ok {
			requireSendable(t, fixedMessage(found, ""))
		}
	})
}
