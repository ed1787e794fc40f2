package prompt_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"seedbank/prompt"
)

func TestParameters(t *testing.T) {
	t.Parallel()
	p := prompt.Parse(`owl —AR 3:2 --no "a, b" --glow  soft blue --v6.1 --raw in rain`)
	require.Equal(t, []prompt.Parameter{
		{Name: "aspect", Written: "—AR", Value: "3:2", Raw: "—AR 3:2", Known: true},
		{Name: "no", Written: "--no", Value: "a, b", Raw: `--no "a, b"`, Known: true},
		{Name: "glow", Written: "--glow", Value: "soft blue", Raw: "--glow  soft blue"},
		{Name: "version", Written: "--v", Value: "6.1", Raw: "--v6.1", Known: true},
		{Name: "raw", Written: "--raw", Raw: "--raw", Known: true},
	}, p.Parameters)
	require.Equal(t, "owl in rain", p.Text)
}

func TestEveryNameOfAParameterFindsIt(t *testing.T) {
	t.Parallel()
	for written, canonical := range map[string]string{
		"ar": "aspect", "aspect": "aspect", "v": "version", "version": "version", "s": "stylize", "stylize": "stylize",
		"c": "chaos", "chaos": "chaos", "w": "weird", "weird": "weird", "q": "quality", "quality": "quality",
		"r": "repeat", "repeat": "repeat", "p": "profile", "profile": "profile", "personalize": "profile",
		"iw": "iw", "sw": "sw", "sv": "sv", "ow": "ow", "cw": "cw", "sref": "sref", "oref": "oref", "cref": "cref",
		"no": "no", "tile": "tile", "seed": "seed", "niji": "niji", "stop": "stop", "exp": "exp", "SEED": "seed",
	} {
		p := prompt.Parse("owl --" + written + " 5")
		require.Len(t, p.Parameters, 1)
		require.Equal(t, canonical, p.Parameters[0].Name)
		require.True(t, p.Parameters[0].Known)
		for _, name := range []string{written, canonical} {
			got, ok := p.Get(name)
			require.True(t, ok, name)
			require.Equal(t, p.Parameters[0], got)
			require.Equal(t, p.Parameters, p.All(name))
		}
	}
}

func TestGetAndAllOfNamesThatAreNotThere(t *testing.T) {
	t.Parallel()
	p := prompt.Parse("owl --no a --no b --glow x")
	_, ok := p.Get("seed")
	require.False(t, ok)
	require.Empty(t, p.All("seed"))
	require.Len(t, p.All("no"), 2)
	glow, ok := p.Get("GLOW")
	require.True(t, ok)
	require.Equal(t, "x", glow.Value)
}

func TestImages(t *testing.T) {
	t.Parallel()
	for s, want := range map[string][]string{
		"owl": nil,
		"https://a.io/1.png owl https://a.io/2.png":                  {"https://a.io/1.png"},
		"<https://a.io/1.png>, <http://a.io/2.png>; owl":             {"https://a.io/1.png", "http://a.io/2.png"},
		"  https://a.io/1.png\nhttps://a.io/2.png --v 7":             {"https://a.io/1.png", "https://a.io/2.png"},
		"https://a.io/{1,2}.png owl":                                 {"https://a.io/{1,2}.png"},
		"--v 7 https://a.io/1.png":                                   nil,
		"https://a.io/--v/7.png --sref https://a.io/style.png --v 7": {"https://a.io/--v/7.png"},
	} {
		require.Equal(t, want, prompt.Parse(s).Images, s)
	}
}

func TestReferencesAreEveryPictureThePromptBuildsOn(t *testing.T) {
	t.Parallel()
	p := prompt.Parse("https://a.io/1.png owl --sref 5 <https://a.io/2.png> https://a.io/1.png::2 " +
		"--glow https://a.io/4.png --oref https://a.io/3.png")
	require.Equal(t, []string{"https://a.io/1.png", "https://a.io/2.png", "https://a.io/3.png"}, p.References())
	require.Equal(t, []string{"https://a.io/1.png"}, p.Images, "the prompt itself is untouched")
}

func TestWeights(t *testing.T) {
	t.Parallel()
	for s, want := range map[string][]prompt.Weight{
		"owl":                         nil,
		"hot:: dog":                   {{Text: "hot", Weight: 1}, {Text: "dog", Weight: 1}},
		"hot::2 dog::-0.5 --v 6":      {{Text: "hot", Weight: 2}, {Text: "dog", Weight: -0.5}},
		"hot::2dog":                   {{Text: "hot", Weight: 1}, {Text: "2dog", Weight: 1}},
		"a::.5, b":                    {{Text: "a", Weight: .5}, {Text: ", b", Weight: 1}},
		"a::2::3 b":                   {{Text: "a", Weight: 2}, {Text: "b", Weight: 1}},
		"https://a.io/1::2 owl":       {{Text: "https://a.io/1", Weight: 2}, {Text: "owl", Weight: 1}},
		"::":                          nil,
		"a::1.2.3 b::--1":             {{Text: "a", Weight: 1}, {Text: "1.2.3 b", Weight: 1}, {Text: "--1", Weight: 1}},
		"owl --no rain::2":            nil,
		"hot --v 6 :: dog":            {{Text: "hot", Weight: 1}, {Text: "dog", Weight: 1}},
		"a::99999999999999999999e b ": {{Text: "a", Weight: 1}, {Text: "99999999999999999999e b", Weight: 1}},
	} {
		require.Equal(t, want, prompt.Parse(s).Weights(), s)
	}
}

func TestCodesOfAParameter(t *testing.T) {
	t.Parallel()
	for s, want := range map[string][]prompt.Weight{
		"--sref":                        nil,
		"--sref random":                 {{Text: "random", Weight: 1}},
		"--sref 1 2::3 4::0.5":          {{Text: "1", Weight: 1}, {Text: "2", Weight: 3}, {Text: "4", Weight: .5}},
		"--sref 1, 2,3":                 {{Text: "1", Weight: 1}, {Text: "2", Weight: 1}, {Text: "3", Weight: 1}},
		"--sref 1 ::2 3":                {{Text: "1", Weight: 2}, {Text: "3", Weight: 1}},
		"--sref <https://a.io/x>":       {{Text: "https://a.io/x", Weight: 1}},
		"--sref https://a.io/x::2":      {{Text: "https://a.io/x", Weight: 2}},
		"--p abc1234 m770123 35mm film": {{Text: "abc1234", Weight: 1}, {Text: "m770123", Weight: 1}},
	} {
		require.Equal(t, want, prompt.Parse(s).Parameters[0].Codes(), s)
	}
}

func TestNumber(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]float64{"5": 5, ".5": .5, "-2": -2, "250.0": 250, "+1": 1} {
		got, ok := prompt.Parameter{Value: value}.Number()
		require.True(t, ok, value)
		require.InDelta(t, want, got, 0)
	}
	for _, value := range []string{"", "x", "1e3", "0x10", "1_000", "inf", "NaN", "1.2.3", "٣"} {
		_, ok := prompt.Parameter{Value: value}.Number()
		require.False(t, ok, value)
	}
}

func TestJSONIsOrderedAndCompact(t *testing.T) {
	t.Parallel()
	p := prompt.Parse(`https://a.io/1.png <owl> & "fox" --AR 3:2 --glow x --raw`)
	require.Equal(t, `{"text":"<owl> & \"fox\"","images":["https://a.io/1.png"],"parameters":[`+
		`{"name":"aspect","written":"--AR","value":"3:2"},{"name":"glow","written":"--glow","value":"x","unknown":true},`+
		`{"name":"raw","written":"--raw"}]}`, string(p.JSON()))
	require.Equal(t, `{}`, string(prompt.Parse("").JSON()))
	require.True(t, json.Valid(prompt.Parse("\xff --\xfe \x00 --no \xfd").JSON()))
}
