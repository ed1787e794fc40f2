package exchange

import (
	"encoding/csv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"seedbank/db"
)

func hostileTexts() []string {
	return []string{
		"", "=1+1", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\u00a0=1", "\u200b=1", "＝1", "'", "''", "'=1", "'tis", "''=1",
		"1300000000000000001", "'1300000000000000001", "--ar 3:2", "a,b;c\td", `say "hi"`, "two\nlines", "\n", "\"", "\uFEFF=1", "🦉 雨の中 كلب",
		"# Seeds", "[x](y)", "```", "{\"seed\":1}", strings.Repeat("x", 5000), "-", "=", "a\n=1",
	}
}

func TestCSVComesBack(t *testing.T) {
	t.Parallel()
	card := fullCard()
	card.Pictures, card.Raw, card.Stars = nil, nil, 0 // CSV has no place for the first two, and stars are others'
	want := RecordOf(card)
	want.Version, want.Aspect = "", "" // the prompt tells them
	require.Equal(t, []Record{want}, readBack(t, written(t, "csv", card)))
	for _, s := range hostileTexts() {
		c := db.Card{Number: 1, Seed: 5, Prompt: s, Note: s, Typed: s, Source: db.Pasted}
		back := readBack(t, written(t, "csv", c))
		require.Len(t, back, 1, "%q", s)
		require.Equal(t, s, back[0].Prompt)
		require.Equal(t, s, back[0].Note)
		require.Equal(t, s, back[0].Typed)
	}
}

func TestASpreadsheetRunsNothingOfACSV(t *testing.T) {
	t.Parallel()
	for _, s := range hostileTexts() {
		file := written(t, "csv", db.Card{Seed: 5, Prompt: s, Note: s, Tags: []string{"-x"}})
		require.True(t, strings.HasPrefix(file, byteOrderMark), "Excel knows UTF-8 by it")
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(file, byteOrderMark))).ReadAll()
		require.NoError(t, err)
		for _, cell := range rows[1] {
			begin := strings.TrimLeft(cell, " \t\r\n\u00a0\u200b\uFEFF")
			require.False(t, strings.HasPrefix(cell, "\t") || strings.HasPrefix(cell, "\r"), "%q", cell)
			require.NotContains(t, []string{"=", "+", "-", "@", "＝"}, string([]rune(begin + " ")[0]), "%q", cell)
			require.False(t, len(cell) >= 12 && strings.Trim(cell, "0123456789") == "", "a spreadsheet rounds %s", cell)
		}
	}
}

func FuzzCells(f *testing.F) {
	for _, s := range hostileTexts() {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		require.Equal(t, s, unguarded(guarded(s)))
		require.False(t, mustGuard(guarded(s)))
	})
}
