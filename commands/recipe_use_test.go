package commands

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"seedbank/discordtest"
)

func TestBlanksAreFilledInByAForm(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.recipe("any owl", "{animal} in the { weather }, {red, blue} {animal} --ar {shape} --v 7")
	use := w.colleague.Slash(w.channel, "recipe use", discordtest.Options{"name": "any owl"})
	form, err := use.Modal(w.soon())
	require.NoError(t, err)
	require.Equal(t, "Fill in any owl", form.Title)
	require.Len(t, form.Fields(), 3, "Midjourney's own alternatives are no blank")
	require.Equal(t, "animal", form.Fields()[0].Label)
	require.NotContains(t, form.Fields()[0].Component, "placeholder")

	line := w.answer(use.Submit(map[string]any{"animal": "snow {weather} owl", "weather": "fog", "shape": "3:2 --seed 9"})).Content
	require.Equal(t, "snow {weather} owl in the fog, {red, blue} snow {weather} owl --ar 3:2 --v 7 --seed "+digits(fnvOf("any owl")), line,
		"what was filled in is no blank, and fixes no seed")

	again, err := w.colleague.Slash(w.channel, "recipe use", discordtest.Options{"name": "any owl"}).Modal(w.soon())
	require.NoError(t, err)
	require.Equal(t, "snow {weather} owl", again.Fields()[0].Component["placeholder"], "what was last filled in is a reminder")
	theirs, err := w.asker.Slash(w.channel, "recipe use", discordtest.Options{"name": "any owl"}).Modal(w.soon())
	require.NoError(t, err)
	require.NotContains(t, theirs.Fields()[0].Component, "placeholder", "but nobody else's")
}

func TestBlanks(t *testing.T) {
	t.Parallel()
	for prompt, want := range map[string][]string{
		"":                                  nil,
		"{subject} in {place}, {subject}":   {"subject", "place"},
		"{ a b } {c-d} {e_f} {1}":           {"a b", "c-d", "e_f", "1"},
		"{red, blue} {} { } {-x} {a{b}c}":   {"b"},
		"{猫} {café}":                        {"猫", "café"},
		"{" + strings.Repeat("x", 33) + "}": nil,
		"{unclosed":                         nil,
	} {
		require.Equal(t, want, blanksOf(prompt), prompt)
	}
	require.Equal(t, "$1 and {b}", fillBlanks("{a} and {b}", map[string]string{"a": "$1"}), "a value is no pattern")
}

func TestLastValuesAreForgottenInTime(t *testing.T) {
	t.Parallel()
	var f fillings
	for n := range maxFillings + 10 {
		f.remember(fmt.Sprint(n), map[string]string{"a": "b"})
		f.remember(fmt.Sprint(n), map[string]string{"a": "c"})
	}
	require.Len(t, f.last, maxFillings)
	require.Len(t, f.order, maxFillings)
	require.Empty(t, f.of("0"))
	require.Equal(t, "c", f.of(fmt.Sprint(maxFillings))["a"])
}
