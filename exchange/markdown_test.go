package exchange

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"seedbank/db"
)

func TestMarkdownIsForReading(t *testing.T) {
	t.Parallel()
	card := fullCard()
	file := written(t, "markdown", card)
	require.Equal(t, "# Seeds\n\nHow to read this.\n\n## #142 · 3718204551\n\n```\n"+
		"owl in the rain, 35 mm film --ar 3:2 --stylize 250 --raw --v 7 --seed 3718204551\n```\n"+
		"\n> (the one)\n> (for the poster, \"final\")\n\nbrand, poster\n", file)
	for _, s := range hostileTexts() {
		prompt := s + "```````"
		_, block, _ := strings.Cut(written(t, "markdown", db.Card{Number: 1, Prompt: prompt}), "## #1 · 0\n\n")
		fence, _, _ := strings.Cut(block, "\n")
		require.NotContains(t, prompt, fence, "a prompt cannot end its block")
		require.Equal(t, 2, strings.Count(block, fence))
	}
	_, err := Read([]byte(file))
	var bad *Broken
	require.ErrorAs(t, err, &bad)
	require.Equal(t, Broken{1, Problem{Code: MarkdownOnly}}, *bad)
	require.EqualError(t, err, "line 1: markdown-only")
}
