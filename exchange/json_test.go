package exchange

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"seedbank/db"
)

func TestJSONComesBack(t *testing.T) {
	t.Parallel()
	card := fullCard()
	file := written(t, "json", card, db.Card{Number: 1})
	require.True(t, json.Valid([]byte(file)))
	back := readBack(t, file)
	require.Len(t, back, 2)
	require.Equal(t, RecordOf(card), back[0], "to the letter, the service's own words too")
	require.Equal(t, 4, strings.Count(strings.TrimSpace(file), "\n")+1, "a card a line, so that a fault is found")
	for _, s := range append(hostileTexts(), "\xff\xfe", "\x00") {
		c := db.Card{Number: 1, Prompt: s, Raw: json.RawMessage(s)}
		back := readBack(t, written(t, "json", c))
		require.Equal(t, strings.ToValidUTF8(s, "\uFFFD"), strings.ReplaceAll(back[0].Prompt, "\uFFFD\uFFFD", "\uFFFD"))
	}
	require.Empty(t, readBack(t, written(t, "json")), "an empty list is a list")
}
