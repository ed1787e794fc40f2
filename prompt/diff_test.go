package prompt_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"seedbank/prompt"
)

func TestDiffNamesTheLikelyReasonFirst(t *testing.T) {
	t.Parallel()
	a := prompt.Parse("owl in the rain, soft rim light --stylize 250 --v 7 --fast --seed 3718204551")
	b := prompt.Parse("owl in the rain, hard key light --s 100 --seed 3718204551 --ar 3:2")
	require.Equal(t, prompt.Comparison{
		Differences: []prompt.Difference{
			{Subject: "version", A: prompt.Side{Written: true, Value: "7"}, Effect: prompt.Replaces},
			{
				Subject: "words", A: prompt.Side{Written: true, Value: "soft rim"},
				B: prompt.Side{Written: true, Value: "hard key"}, Effect: prompt.Replaces,
			},
			{Subject: "aspect", B: prompt.Side{Written: true, Value: "3:2"}, Effect: prompt.Replaces},
			{
				Subject: "stylize", A: prompt.Side{Written: true, Value: "250"},
				B: prompt.Side{Written: true, Value: "100"}, Effect: prompt.Shifts,
			},
			{Subject: "fast", A: prompt.Side{Written: true}, Effect: prompt.NoEffect},
		},
		Same: []string{"seed"},
	}, prompt.Diff(a, b))
}

func TestDiffOfWhatMeansTheSame(t *testing.T) {
	t.Parallel()
	for _, pair := range [][2]string{
		{"owl --ar 3:2 --v 7", "owl —v 7.0 —aspect 6:4"},
		{"owl --s 250", "owl --stylize 250.0"},
		{"owl --style raw", "owl --raw"},
		{"owl  in\nrain", "owl in rain"},
		{"owl --niji 6", "owl --v niji 6"},
		{`owl --no "a, b"`, "owl --no a,  b"},
		{"<https://a.example/1.png> owl", "https://a.example/1.png owl"},
		{"owl --glow x --tile", "owl --tile --GLOW x"},
		{"", " \n"},
	} {
		c := prompt.Diff(prompt.Parse(pair[0]), prompt.Parse(pair[1]))
		require.Empty(t, c.Differences, "%q", pair)
	}
}

func TestDiffOfOneSubject(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		a, b, subject, left, right string
		effect                     prompt.Effect
	}{
		{"owl", "fox", "words", "owl", "fox", prompt.Replaces},
		{"owl in rain", "owl in the rain", "words", "", "the", prompt.Replaces},
		{"owl owl owl", "owl", "words", "owl owl", "", prompt.Replaces},
		{"", "owl", "words", "", "owl", prompt.Replaces},
		{"owl --seed 1", "owl --seed 2", "seed", "1", "2", prompt.Replaces},
		{"owl --raw", "owl", "raw", "", "", prompt.Shifts},
		{"owl --style cute", "owl --style scenic", "style", "cute", "scenic", prompt.Shifts},
		{"owl --no a --no b", "owl --no a", "no", "a b", "a", prompt.Shifts},
		{"owl --sref 1", "owl --sref 1::2", "sref", "1", "1::2", prompt.Replaces},
		{"owl --glow x", "owl --glow y", "glow", "x", "y", prompt.Shifts},
		{"owl --ar 3:2", "owl --ar 2:3", "aspect", "3:2", "2:3", prompt.Replaces},
		{"owl --ar wide", "owl --ar 2:3", "aspect", "wide", "2:3", prompt.Replaces},
		{"owl --stealth", "owl", "stealth", "", "", prompt.NoEffect},
		{"owl --turbo", "owl", "turbo", "", "", prompt.Shifts},
		{"https://a.io/1 owl", "https://a.io/2 owl", "images", "https://a.io/1", "https://a.io/2", prompt.Replaces},
		{"owl --niji 6", "owl --v 6", "version", "niji 6", "6", prompt.Replaces},
	} {
		c := prompt.Diff(prompt.Parse(test.a), prompt.Parse(test.b))
		require.Len(t, c.Differences, 1, "%+v", test)
		d := c.Differences[0]
		require.Equal(t, test.subject, d.Subject)
		require.Equal(t, test.left, d.A.Value, "%+v", test)
		require.Equal(t, test.right, d.B.Value, "%+v", test)
		require.Equal(t, test.effect, d.Effect, "%+v", test)
		require.True(t, d.A.Written || d.B.Written)
	}
}

func TestUnknownParametersComeBehindTheKnownOnesThatChangeThePicture(t *testing.T) {
	t.Parallel()
	c := prompt.Diff(prompt.Parse("owl"), prompt.Parse("owl --relax --zzz --aaa --chaos 5 --repeat 3 --draft"))
	var subjects []string
	for _, d := range c.Differences {
		subjects = append(subjects, d.Subject)
	}
	require.Equal(t, []string{"draft", "chaos", "aaa", "zzz", "relax", "repeat"}, subjects)
	require.Equal(t, []string{"words"}, c.Same)
}
