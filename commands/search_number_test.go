package commands

import (
	"maps"
	"testing"

	"github.com/stretchr/testify/require"

	"seedbank/db"
	"seedbank/discordtest"
)

func TestASearchForANumber(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.card(3000000000, "owl in the rain")
	w.card(7, "35 mm film of a fox")
	for n := range 12 {
		w.keep(db.Card{Scope: w.guild.ID, Seed: 42, Job: jobNumber(100 + n), Prompt: "cat", Asker: digits(uint32(n + 1))})
	}
	w.keep(db.Card{Scope: w.guild.ID, Seed: 77, Job: jobNumber(77), Prompt: "secret", Asker: w.colleague.ID, Private: true})
	search := func(words string, o discordtest.Options) *discordtest.Message {
		t.Helper()
		options := discordtest.Options{"text": words}
		maps.Copy(options, o)
		return w.answer(w.asker.Slash(w.channel, "seeds search", options))
	}
	nothing := textNothingFound
	for words, test := range map[string]struct{ says, note, open string }{
		"3000000000":           {"`3000000000` owl in the rain", textSoughtSeed, ""},
		"35":                   {"35 mm film of a fox", "", ""},
		"2":                    {"35 mm film of a fox", textSoughtCard, ""},
		"#2":                   {"35 mm film of a fox", textNamedCard, ""},
		"#1":                   {"owl in the rain", textNamedCard, ""},
		"#3000000000":          {nothing, "", ""},
		"15":                   {nothing, "", ""}, // somebody's private card
		"77":                   {nothing, "", ""},
		"99999999999999999999": {nothing, "", ""},
		"4294967296":           {nothing, "", ""},
	} {
		m := search(words, nil)
		require.Contains(t, m.Text(), test.says, words)
		for _, note := range []string{textSoughtSeed, textSoughtCard, textNamedCard} {
			require.Equal(t, note == test.note, says(note)(m), words)
		}
	}
	t.Run("goes on as a search for the seed", func(t *testing.T) {
		m := search("42", nil)
		require.Contains(t, m.Text(), "🔎 `seed:42`")
		next, err := w.asker.Press(m, labelNext).Await(w.soon(), says("11–12 of 12"))
		require.NoError(t, err)
		require.Contains(t, next.Text(), "`42` cat")
	})
	t.Run("keeps what narrows it", func(t *testing.T) {
		require.Contains(t, search("42", discordtest.Options{"by": w.colleague}).Text(), textNothingWithin)
		require.Contains(t, search("2", discordtest.Options{"by": w.colleague}).Text(), textNothingWithin)
	})
	t.Run("offers the card of that number beside what it found", func(t *testing.T) {
		w.card(9, "3 owls")
		m := search("3", nil)
		require.Contains(t, m.Text(), "3 owls")
		require.EqualValues(t, 3, w.asked(w.asker.Press(m, labelOpen(3))).Card)
	})
	t.Run("tells nobody of a private card where everybody reads", func(t *testing.T) {
		require.Contains(t, w.toldAlone(w.colleague.Slash(w.channel, "seeds search", discordtest.Options{"text": "15", "private": false})), nothing)
		require.Contains(t, w.answer(w.colleague.Slash(w.channel, "seeds search", discordtest.Options{"text": "15"})).Text(), "secret")
	})
}
