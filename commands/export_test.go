package commands

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"seedbank/bot"
	"seedbank/db"
	"seedbank/discordtest"
	"seedbank/exchange"
)

func TestAnExportThatIsTooLargeSaysHowToNarrow(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for n := range 30 {
		w.keep(db.Card{Scope: w.guild.ID, Seed: uint32(n), Job: jobNumber(n), Prompt: strings.Repeat("owl ", 120_000), Asker: w.asker.ID})
	}
	text := w.exports(w.asker, w.channel, discordtest.Options{"what": "mine", "format": "csv"}).Text()
	require.Contains(t, text, "**That is more than I can send.**")
	require.Contains(t, text, "21 cards")
}

func TestAnExportLeavesOutWhatWeighsMostBeforeItGivesUp(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	sheet := aSheet(t)
	for n := range 12 {
		card := w.keep(db.Card{
			Scope: w.guild.ID, Seed: uint32(n), Job: jobNumber(n), Prompt: "owl", Asker: w.asker.ID,
			Raw: json.RawMessage(`"` + strings.Repeat("x", 1000) + `"`),
		})
		require.NoError(t, w.history.SaveSheet(t.Context(), hands(&bot.Interaction{Guild: w.guild.ID}), card.Number, sheet))
	}
	file, err := os.Create(filepath.Join(t.TempDir(), "x"))
	require.NoError(t, err)
	defer func() { _ = file.Close() }()
	e := exporting{
		history: w.history, view: db.View{Scope: w.guild.ID}, format: formatJSON, everyones: true, from: exchange.Origin{At: noon, Scope: w.guild.ID},
	}
	for _, test := range []struct {
		most    int64
		without shortening
		sheet   bool
		raw     bool
	}{{1 << 20, nothing, true, true}, {20_000, sheets, false, true}, {5000, sources, false, false}} {
		done, err := e.fit(t.Context(), file, test.most)
		require.NoError(t, err)
		require.Equal(t, exported{cards: 12, last: 12, without: test.without, files: 1}, done)
		raw, err := os.ReadFile(file.Name())
		require.NoError(t, err)
		require.Less(t, int64(len(raw)), test.most)
		content, err := exchange.Read(raw)
		require.NoError(t, err)
		require.Len(t, content.Cards, 12)
		require.Equal(t, test.sheet, len(content.Cards[0].Record.Sheet) > 0)
		require.Equal(t, test.raw, content.Cards[0].Record.Raw != "")
		require.Equal(t, test.without > nothing, strings.Contains(textExported(done, formatJSON, true, w.guild.ID), "left out"))
	}
	_, err = e.fit(t.Context(), file, 500)
	require.ErrorIs(t, err, errFull)
	_, _, err = e.pack(t.Context(), t.TempDir(), 500)
	require.EqualError(t, err, textExportTooLarge(1))
}
