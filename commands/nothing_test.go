package commands

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/db"
	"seedbank/discordtest"
)

func TestAdviceFitsWhyNothingWasFound(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, words := range []string{"owl", "tag:owl", "seed:1", "-owl"} {
		require.Equal(t, textFirstUse, w.searches(w.asker, words, discordtest.Options{"since": "day"}).Text(), "nothing at all is here")
	}
	w.card(1, "soft owl light")
	w.card(2, "an owl at night")
	require.Contains(t, w.searches(w.asker, "tag:x", nil).Text(), textNoSuchTag("x", nil))
	for words, says := range map[string]string{
		"-owl":             textAllLeftOut,
		"-owl -night":      textAllLeftOut,
		"owl -soft -night": textLeftOut(2),
		"seed:99":          textNoSuchSeed("99"),
		"seed:99 owl":      textWordsAlone(2),
		"soft --v 9":       textWordsAlone(1),
		"--v 9":            textNothingFound,
		"zebra --v 9":      textNothingFound,
		`"soft light"`:     textNoPhrase(1),
		`"soft zebra"`:     textNothingFound,
		"z":                textShortWord,
		"x y":              textShortWord,
		"虎":                textNothingFound,
		"zebra":            textNothingFound,
		"zebra -owl":       textNothingFound,
	} {
		require.Contains(t, w.searches(w.asker, words, nil).Text(), says, words)
	}
	w.keep(db.Card{Scope: "dm:" + w.asker.DM().ID, Seed: 1, Job: jobNumber(50), Prompt: "fox", Asker: w.asker.ID})
	told := w.answer(w.asker.Slash(w.asker.DM(), "seeds search", discordtest.Options{"text": "zebra"})).Text()
	require.Contains(t, told, textNothingFound+"\n"+textOnlyConversation)
}

func TestAnEmptyListLeadsOutOfItsFilter(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	old := time.Now().AddDate(0, -2, 0)
	for n := range 3 {
		w.keep(db.Card{Scope: w.guild.ID, Seed: uint32(n), Job: jobNumber(n), Prompt: "owl", Asker: w.asker.ID, Created: old})
	}
	empty := w.answer(w.asker.Slash(w.channel, "seeds history", discordtest.Options{"since": "month"}))
	require.Contains(t, empty.Text(), textNothingWithin)
	require.NotContains(t, empty.Text(), "/seeds history")
	list, err := w.asker.Press(empty, labelAnyTime+" · 3").Await(w.soon(), says("1–3 of 3"))
	require.NoError(t, err)
	require.NotContains(t, list.Text(), "filter:")

	empty = w.searches(w.asker, "owls", discordtest.Options{"since": "month"})
	require.Contains(t, empty.Text(), textNothingWithin)
	found, err := w.asker.Press(empty, labelAnyTime+" · 3").Await(w.soon(), says("1–3 of 3"))
	require.NoError(t, err)
	require.Contains(t, found.Text(), "Nearest:")
	require.Contains(t, found.Text(), "🔎 `owls`")

	empty = w.answer(w.asker.Slash(w.channel, "seeds history", discordtest.Options{"since": "month", "by": w.colleague, "starred": true}))
	all, err := w.asker.Press(empty, labelNoFilter+" · 3").Await(w.soon(), says("1–3 of 3"))
	require.NoError(t, err)
	require.NotContains(t, all.Text(), "filter:")
	require.Contains(t, w.searches(w.asker, "zebra", discordtest.Options{"since": "month"}).Text(), textNothingFound)
	require.Equal(t, textNothingWithin+"\n"+labelAnyTime+" · 3",
		w.toldAlone(w.asker.Slash(w.channel, "seeds history", discordtest.Options{"since": "month", "private": false})))
}

func TestTheNearestWithinAFilterLeadBeyondIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.card(1, "an owl by night")
	w.keep(db.Card{Scope: w.guild.ID, Seed: 2, Job: jobNumber(2), Prompt: "an owl in rain", Asker: w.colleague.ID, Created: time.Now()})
	found := w.searches(w.asker, "owl rain", discordtest.Options{"by": w.asker})
	require.Contains(t, found.Text(), "Nearest:")
	require.Contains(t, found.Text(), "an owl by night")
	require.Contains(t, found.Text(), textBeyondFilter)
	beyond, err := w.asker.Press(found, labelAnyone+" · 1").Await(w.soon(), says("an owl in rain"))
	require.NoError(t, err)
	require.NotContains(t, beyond.Text(), "Nearest:")
	require.NotContains(t, beyond.Text(), "filter:")
	require.NotContains(t, w.searches(w.asker, "owl zebra", discordtest.Options{"by": w.asker}).Text(), textBeyondFilter)
}
