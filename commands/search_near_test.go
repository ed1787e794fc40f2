package commands

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"seedbank/db"
	"seedbank/discordtest"
)

// searches is what a member is answered who searches for words.
func (w *world) searches(who *discordtest.Member, words string, options discordtest.Options) *discordtest.Message {
	w.t.Helper()
	all := discordtest.Options{"text": words}
	maps.Copy(all, options)
	return w.answer(who.Slash(w.channel, "seeds search", all))
}

func TestASearchOffersTheNearest(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.card(1, "an owl in rain")
	w.card(2, "a fox in rain")
	for n := range 12 {
		w.keep(db.Card{Scope: w.guild.ID, Seed: uint32(100 + n), Job: jobNumber(100 + n), Prompt: fmt.Sprint("cats ", n), Asker: w.asker.ID})
	}
	w.keep(db.Card{Scope: w.guild.ID, Seed: 8, Job: jobNumber(8), Prompt: "a secret owl", Asker: w.colleague.ID, Private: true})

	found := w.searches(w.asker, "that owl from spring", nil)
	require.Contains(t, found.Text(), "**Search** · 1 seed")
	require.Contains(t, found.Text(), "**No card has all of these words.** Nearest:")
	require.Contains(t, found.Text(), "`1` an owl in rain")
	require.NotContains(t, found.Text(), "fox")
	require.NotContains(t, found.Text(), "secret")
	found = w.searches(w.asker, "owls", nil)
	require.Contains(t, found.Text(), "**No card has that very word.** Nearest:")
	require.Contains(t, found.Text(), "`1` an owl in rain")
	require.NotContains(t, w.searches(w.asker, "owl", nil).Text(), "Nearest")

	best := w.searches(w.asker, "foxes owl rainy", nil).Text()
	require.Less(t, strings.Index(best, "an owl in rain"), strings.Index(best, "a fox in rain"), "the word itself goes before another form")

	page := w.searches(w.asker, "cats zebra", nil)
	require.Contains(t, page.Text(), "1–10 of 12")
	next, err := w.asker.Press(page, labelNext).Await(w.soon(), says("11–12 of 12"))
	require.NoError(t, err)
	require.Contains(t, next.Text(), "Nearest:")
	back, err := w.asker.Press(next, labelPrevious).Await(w.soon(), says("1–10 of 12"))
	require.NoError(t, err)
	require.Contains(t, back.Text(), "🔎 `cats zebra`")

	public := w.searches(w.colleague, "owls", discordtest.Options{"private": false})
	require.False(t, public.Ephemeral())
	require.Contains(t, public.Text(), "an owl in rain")
	require.NotContains(t, public.Text(), "secret")
}

func TestWordsOfNoCardNameTheNearest(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.card(1, "an owl in rain")
	w.card(2, "a fox")
	before := len(w.asks.taken())
	m := w.answer(w.asker.Slash(w.channel, "seeds show", discordtest.Options{"card": "that owl from spring"}))
	require.Contains(t, m.Text(), "**No card has all of these words.** Nearest:")
	require.Contains(t, m.Text(), "**#1**")
	require.NotContains(t, m.Text(), "fox")
	require.Len(t, w.asks.taken(), before, "nothing is guessed")
	require.EqualValues(t, 1, w.asked(w.asker.Choose(m, "v1:open", "1")).Card)

	for _, command := range []string{"seeds star", "seeds delete"} {
		require.Equal(t, "**No card matches “owls”.** Nearest: #1. Write the number of the one you mean.", w.answer(w.asker.Slash(w.channel, command, discordtest.Options{"card": "owls"})).Text())
	}
	require.Equal(t, textNoCardSo, w.answer(w.asker.Slash(w.channel, "seeds show", discordtest.Options{"card": "zebra"})).Text())

	for _, option := range [][2]string{{"seeds show", "card"}, {"seed", "job"}} {
		rows := w.suggests(w.asker, option[0], option[1], "owls from spri")
		require.Len(t, rows, 1, option)
		require.Contains(t, rows[0], "1 = #1 · an owl in rain")
	}
}
