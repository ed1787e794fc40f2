package commands

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"seedbank/db"
)

func TestATagWithBlanks(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	v := db.View{Scope: w.guild.ID, Member: w.asker.ID}
	for n, tags := range [][]string{{"rainy night"}, {"rainy"}, {"rainy", "film noir"}} {
		card := w.card(uint32(n+1), fmt.Sprint("owl ", n))
		require.NoError(t, w.history.SetNote(t.Context(), v, card.Number, "", tags))
	}
	w.keep(db.Card{Scope: w.guild.ID, Seed: 9, Job: jobNumber(9), Prompt: "secret", Asker: w.colleague.ID, Private: true, Tags: []string{"top-secret"}})
	for words, test := range map[string]struct{ shown, card string }{
		`tag:rainy night`:       {"tag:rainy-night", "**#1**"},
		`tag:"rainy night"`:     {`tag:"rainy night"`, "**#1**"},
		`TAG:Rainy NIGHT owl`:   {"TAG:rainy-night owl", "**#1**"},
		`owl tag:rainy night 0`: {"owl tag:rainy-night 0", "**#1**"},
		`tag:rainy owl 1`:       {"tag:rainy owl 1", "**#2**"},
		`tag:rainy tag:film no`: {"tag:rainy tag:film no", textNoSuchTag("film", []string{"rainy", "film-noir", "rainy-night"})},
		`tag:film noir --ar`:    {"tag:film-noir --ar", textNothingFound},
		`tag:top secret`:        {"tag:top secret", textNoSuchTag("top", []string{"rainy", "film-noir", "rainy-night"})},
	} {
		m := w.searches(w.asker, words, nil)
		require.Contains(t, m.Text(), "🔎 `"+test.shown+"`", words)
		require.Contains(t, m.Text(), test.card, words)
		require.Equal(t, test.shown != words && test.card != textNothingFound, strings.Contains(m.Text(), "-# I read that as the tag"), words)
	}
	require.Contains(t, w.searches(w.colleague, "tag:top secret", nil).Text(), "🔒")
}
