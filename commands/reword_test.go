package commands

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestNewSeedSameWords(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	m := w.show(w.asker, w.channel, w.card(7, "owl in the rain --seed 7 --ar 3:2 --fast"))
	i := w.fromMore(w.colleague, m, 1, moreSeed)
	require.Equal(t, "owl in the rain --ar 3:2", w.answer(i).Content)
	told, err := i.AwaitFollowUp(w.soon(), says(textExpectChance))
	require.NoError(t, err)
	require.True(t, told.Ephemeral())
}

func TestSameSeedNewWords(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	m := w.show(w.asker, w.channel, w.card(7, "owl in the rain --ar 3:2 --v 7"))
	for name, test := range map[string]struct {
		fill map[string]any
		line string
		says string
	}{
		"nothing changed":        {map[string]any{}, "owl in the rain --ar 3:2 --v 7 --seed 7", textNothingChanged},
		"other words":            {map[string]any{fieldPrompt: "cat in the\nrain --ar 3:2 --v 7"}, "cat in the rain --ar 3:2 --v 7 --seed 7", "Changed: words: owl → cat"},
		"a word more":            {map[string]any{fieldPrompt: "owl in the rain with a hat --ar 3:2 --v 7"}, "owl in the rain with a hat --ar 3:2 --v 7 --seed 7", "Changed: words added: with a hat\n"},
		"a word less":            {map[string]any{fieldPrompt: "owl --ar 3:2 --v 7"}, "owl --ar 3:2 --v 7 --seed 7", "Changed: words gone: in the rain\n"},
		"only the words":         {map[string]any{fieldPrompt: "cat --ar 1:1 --v 6", fieldChange: onlyWords}, "cat --ar 3:2 --v 7 --seed 7", "words: owl in the rain → cat"},
		"only the parameters":    {map[string]any{fieldPrompt: "cat --ar 1:1 --v 7 --raw", fieldChange: onlyParameters}, "owl in the rain --ar 1:1 --v 7 --raw --seed 7", "Changed: aspect ratio: 3:2 → 1:1 · --raw added\n"},
		"another seed":           {map[string]any{fieldSeed: " 12 "}, "owl in the rain --ar 3:2 --v 7 --seed 12", "7 → 12"},
		"no seed":                {map[string]any{fieldSeed: ""}, "owl in the rain --ar 3:2 --v 7", textExpectChance},
		"a seed among the words": {map[string]any{fieldPrompt: "owl --seed 99 --v 7"}, "owl --v 7 --seed 7", "aspect"},
		"markdown and mentions":  {map[string]any{fieldPrompt: "**owl** @everyone --v 7"}, "**owl** @everyone --v 7 --seed 7", `\*\*owl\*\* \@everyone`},
	} {
		t.Run(name, func(t *testing.T) {
			i := w.fromMore(w.colleague, m, 1, moreWords)
			form, err := i.Modal(w.soon())
			require.NoError(t, err)
			prompt, _ := form.Field(fieldPrompt)
			require.Equal(t, "owl in the rain --ar 3:2 --v 7", prompt.Value)
			seed, _ := form.Field(fieldSeed)
			require.Equal(t, "7", seed.Value)
			sent := i.Submit(test.fill)
			said := w.answer(sent)
			require.Equal(t, test.line, said.Content, "the whole content is the line")
			require.True(t, said.Ephemeral())
			require.False(t, said.Everyone)
			told, err := sent.AwaitFollowUp(w.soon(), says(test.says))
			require.NoError(t, err)
			require.True(t, told.Ephemeral())
		})
	}
	for name, test := range map[string]struct {
		fill map[string]any
		says string
	}{
		"no words":                           {map[string]any{fieldPrompt: "--v 7"}, textNoWords},
		"a seed that is none":                {map[string]any{fieldSeed: "-1"}, "**That is no seed.**"},
		"a seed that is too large":           {map[string]any{fieldSeed: "4294967296"}, "**That is no seed.**"},
		"a seed in words":                    {map[string]any{fieldSeed: "seven"}, "**That is no seed.**"},
		"a change of which there is no such": {map[string]any{fieldPrompt: " --raw", fieldChange: onlyWords}, textNoWords},
	} {
		t.Run(name, func(t *testing.T) {
			i := w.fromMore(w.colleague, m, 1, moreWords)
			_, err := i.Modal(w.soon())
			require.NoError(t, err)
			said := w.answer(i.Submit(test.fill))
			require.Contains(t, said.Text(), test.says)
			require.True(t, said.Ephemeral())
		})
	}
}

func TestALongPromptAndTheForm(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	long := w.show(w.asker, w.channel, w.card(7, strings.Repeat("owl ", 1100)))
	require.Equal(t, textPromptTooLong, w.answer(w.fromMore(w.colleague, long, 1, moreWords)).Text())

	m := w.show(w.asker, w.channel, w.card(8, strings.Repeat("owl ", 900)))
	i := w.fromMore(w.colleague, m, 2, moreWords)
	_, err := i.Modal(w.soon())
	require.NoError(t, err)
	said := w.answer(i.Submit(nil))
	require.Equal(t, textPromptInFile, said.Content)
	raw, err := os.ReadFile(said.Attachments[0].Path)
	require.NoError(t, err)
	require.True(t, strings.HasSuffix(string(raw), "owl --seed 8"))
}
