package commands

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/db"
	"seedbank/discordtest"
)

func TestComparing(t *testing.T) {
	t.Parallel()
	before, after := time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC), time.Date(2026, 11, 3, 0, 0, 0, 0, time.UTC)
	card := func(number int64, seed uint32, prompt string, at time.Time) db.Card {
		return db.Card{Number: number, Seed: seed, Prompt: prompt, Asked: at}
	}
	one := card(142, 3718204551, "owl in the rain, soft rim light --v 7 --stylize 250", after)
	for name, test := range map[string]struct {
		a, b  db.Card
		shows string
	}{
		"words, version and style": {
			one, card(156, 3718204551, "owl in the rain, hard key light --stylize 100", after),
			"┏ blue\n**#142 and #156** – 3 differences\n```\n" +
				"seed     3718204551 same\n" +
				"version  7          default (8.2) ←\n" +
				"words    \"soft rim\" \"hard key\"\n" +
				"stylize  250        100\n" +
				"```\n-# ← most likely reason\nSame seed, different model version: expect a different picture.\n[Open #142 → v1:card:142]\n[Open #156 → v1:card:156]\n",
		},
		"another seed only": {
			one, card(1, 5, one.Prompt, after),
			"┏ blue\n**#142 and #1** – 1 difference\n```\nseed  3718204551 5 ←\n```\n-# ← most likely reason\n-# Alike: version, words, stylize\n" +
				"Same prompt, different seed: expect a different picture of the same idea. Use the other card's seed to get its picture.\n" +
				"[Open #142 → v1:card:142]\n[Open #1 → v1:card:1]\n",
		},
		"nothing": {
			one, card(143, one.Seed, one.Prompt, before),
			"┏ blue\n**#142 and #143** – no difference\n```\nseed  3718204551 same\n```\n-# Alike: version, words, stylize\n" +
				"Same seed and same prompt: the two pictures should be nearly identical. If they are not, something changed that stands in neither prompt, such as the model behind the version.\n" +
				"[Open #142 → v1:card:142]\n[Open #143 → v1:card:143]\n",
		},
		"a default that moved between the two": {
			card(1, 5, "owl", before), card(2, 5, "owl", after),
			"┏ blue\n**#1 and #2** – 1 difference\n```\n" +
				"seed     5             same\n" +
				"version  default (8.1) default (8.2) ←\n```\n-# ← most likely reason\n-# Alike: words\n" +
				"Same seed, different model version: expect a different picture.\n[Open #1 → v1:card:1]\n[Open #2 → v1:card:2]\n",
		},
		"a version written on one side, and the default of that day on the other": {
			card(1, 5, "owl --v 8.2 --fast", after), card(2, 5, "owl", after),
			"┏ blue\n**#1 and #2** – 2 differences\n```\n" +
				"seed     5   same\n" +
				"version  8.2 default (8.2) ○\n" +
				"fast     on  – ○\n```\n-# ○ no effect on the picture\n-# Alike: words\n" +
				"Same seed, and what differs does not change the picture: the two should be nearly identical.\n[Open #1 → v1:card:1]\n[Open #2 → v1:card:2]\n",
		},
		"a look": {
			card(1, 5, "owl --v 7 --chaos 10", after), card(2, 5, "owl --v 7", after),
			"┏ blue\n**#1 and #2** – 1 difference\n```\n" +
				"seed   5  same\n" +
				"chaos  10 – ←\n```\n-# ← most likely reason\n-# Alike: version, words\n" +
				"Same seed, different --chaos: the composition may stay, the look changes.\n[Open #1 → v1:card:1]\n[Open #2 → v1:card:2]\n",
		},
		"a seed that the prompt asked for does not count beside the card's": {
			card(1, 5, "owl --v 7 --seed 1", after), card(2, 5, "owl --v 7 --seed 2", after),
			"┏ blue\n**#1 and #2** – no difference\n```\nseed  5 same\n```\n-# Alike: version, words\n" +
				"Same seed and same prompt: the two pictures should be nearly identical. If they are not, something changed that stands in neither prompt, such as the model behind the version.\n" +
				"[Open #1 → v1:card:1]\n[Open #2 → v1:card:2]\n",
		},
		"words that are too wide for a line": {
			card(1, 5, "a brown owl in the pouring rain --v 7", after), card(2, 5, "a red fox --v 7", after),
			"┏ blue\n**#1 and #2** – 1 difference\n```\n" +
				"seed  5 same\n" +
				"words ←\n  \"brown owl in the pouring rain\"\n  \"red fox\"\n```\n-# ← most likely reason\n-# Alike: version\n" +
				"Same seed, different words: expect a different picture.\n[Open #1 → v1:card:1]\n[Open #2 → v1:card:2]\n",
		},
		"letters that are twice as wide": {
			card(1, 5, "雨の中の猫 --v 7", after), card(2, 5, "cat --v 7", after),
			"┏ blue\n**#1 and #2** – 1 difference\n```\n" +
				"seed   5            same\n" +
				"words  \"雨の中の猫\" \"cat\" ←\n```\n-# ← most likely reason\n-# Alike: version\n" +
				"Same seed, different words: expect a different picture.\n[Open #1 → v1:card:1]\n[Open #2 → v1:card:2]\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := compareMessage(test.a, test.b)
			requireSendable(t, m)
			require.Equal(t, test.shows, render(m))
		})
	}
}

func TestComparingHostilePrompts(t *testing.T) {
	t.Parallel()
	many := make([]string, 0, 60)
	for n := range 60 {
		many = append(many, "--p"+strings.Repeat("x", n)+" ```@everyone "+imageJob)
	}
	for _, prompt := range []string{
		"", "```\n@everyone", strings.Repeat("🦉", 4000), strings.Repeat("a ", 3000), strings.Join(many, " "),
		"https://user:secret@host/" + midjourneyID + "/x.png owl --sref https://cdn.discordapp.com/attachments/1/2/a.png", "--", "\x00\u202e",
	} {
		for _, other := range []string{"", "owl --v 7", prompt + " --v 7"} {
			m := compareMessage(db.Card{Number: 1, Prompt: prompt}, db.Card{Number: 1 << 60, Seed: 4294967295, Prompt: other})
			requireSendable(t, m)
			shown := render(m)
			require.Equal(t, 2, strings.Count(shown, "```"), "a prompt cannot end the block")
			for line := range strings.SplitSeq(strings.Split(shown, "```")[1], "\n") {
				require.LessOrEqual(t, columns(line), 38, "a phone wraps what is wider: %s", line)
			}
			require.NotContains(t, shown, midjourneyID)
			require.NotContains(t, shown, imageJob)
		}
	}
}

func TestCompareCommand(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.card(1, "owl --v 7")
	w.card(2, "owl --v 6")
	secret := w.keep(db.Card{Scope: w.guild.ID, Seed: 3, Job: jobNumber(3), Prompt: "fox", Asker: w.asker.ID, Private: true})
	m := w.answer(w.asker.Slash(w.channel, "seeds compare", discordtest.Options{"a": "1", "b": "#2"}))
	require.True(t, m.Ephemeral())
	require.Contains(t, m.Text(), "**#1 and #2** – 2 differences")
	opened := w.asked(w.asker.Press(m, "Open #2"))
	require.EqualValues(t, 2, opened.Card)
	require.True(t, opened.Private)

	public := w.answer(w.asker.Slash(w.channel, "seeds compare", discordtest.Options{"a": "1", "b": "2", "private": false}))
	require.False(t, public.Ephemeral())
	hidden := w.answer(w.asker.Slash(w.channel, "seeds compare", discordtest.Options{"a": "1", "b": digits(uint32(secret.Number)), "private": false}))
	require.True(t, hidden.Ephemeral(), "a private card is never shown to others")
	require.Equal(t, textNoCard(3), w.answer(w.colleague.Slash(w.channel, "seeds compare", discordtest.Options{"a": "1", "b": "3"})).Text())
	require.Equal(t, textCompareOneself, w.answer(w.colleague.Slash(w.channel, "seeds compare", discordtest.Options{"a": "1", "b": "1"})).Text())
	require.Equal(t, "**Several cards match “owl”:** #2, #1. Write the number of the one you mean.",
		w.answer(w.colleague.Slash(w.channel, "seeds compare", discordtest.Options{"a": "1", "b": "owl"})).Text(), "which of the two is meant")
}

func TestCompareWith(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	midjourney := w.discord.AddBot("Midjourney Bot")
	one, two := w.card(1, "owl --v 7"), w.card(2, "owl --v 6")
	first, second := midjourney.Say(w.channel, one.Job), midjourney.Say(w.channel, "the other: "+two.Job)
	marked := w.answer(w.asker.UseOnMessage(w.channel, "Compare with…", first))
	require.True(t, marked.Ephemeral())
	require.Equal(t, textMarked(1), marked.Text())
	require.Equal(t, textMarked(1), w.answer(w.asker.UseOnMessage(w.channel, "Compare with…", first)).Text(), "one card is no pair")
	require.Equal(t, textMarked(2), w.answer(w.colleague.UseOnMessage(w.channel, "Compare with…", second)).Text(), "marks are each member's own")
	require.Contains(t, w.answer(w.asker.UseOnMessage(w.channel, "Compare with…", second)).Text(), "**#1 and #2**")
	require.Equal(t, textMarked(2), w.answer(w.asker.UseOnMessage(w.channel, "Compare with…", second)).Text(), "a pair is compared once")
	require.Equal(t, textNothingToCompare, w.answer(w.asker.UseOnMessage(w.channel, "Compare with…", midjourney.Say(w.channel, "hello"))).Text())
}

func TestMarksEnd(t *testing.T) {
	t.Parallel()
	var m marks
	here, there := db.View{Scope: "1", Member: "42"}, db.View{Scope: "2", Member: "42"}
	require.Zero(t, m.pair(here, 1, noon))
	require.Zero(t, m.pair(there, 2, noon), "another server's cards are no pair with this one's")
	require.EqualValues(t, 1, m.pair(here, 3, noon.Add(markLife-1)))
	require.Zero(t, m.pair(here, 4, noon))
	require.Zero(t, m.pair(here, 5, noon.Add(markLife)), "after ten minutes the first is forgotten")
	require.Len(t, m.marked, 1, "and so is everybody else's")
}
