package exchange

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestEnvelopesAreRead(t *testing.T) {
	t.Parallel()
	owl := Envelope{Prompt: "owl in the rain --ar 3:2 --v 7", MidjourneyID: midjourneyID, Seed: 3718204551, Line: 1}
	with := func(change func(*Envelope)) Envelope { e := owl; change(&e); return e }
	for name, test := range map[string]struct {
		text  string
		found []Envelope
		bad   []Rejected
	}{
		"as Midjourney sends it": {
			"**owl in the rain --ar 3:2 --v 7**\n**Job ID**: " + midjourneyID + "\n**seed** 3718204551", []Envelope{owl}, nil,
		},
		"with who asked and how fast": {
			"**owl in the rain --ar 3:2 --v 7** - <@42> (fast)\n**Job ID**: " + midjourneyID + "\n**seed** 3718204551", []Envelope{owl}, nil,
		},
		"copied out of Discord, with the name and time above": {
			"Midjourney Bot\nAPP\n — Today at 14:15\nowl in the rain --ar 3:2 --v 7\nJob ID: " + strings.ToUpper(midjourneyID) + "\nseed 3718204551\n",
			[]Envelope{owl}, nil,
		},
		"copied, with who asked": {
			"owl in the rain --ar 3:2 --v 7 - @a name (fast, stealth)\nJob ID: " + midjourneyID + "\nseed 3718204551", []Envelope{owl}, nil,
		},
		"from another system's lines": {
			"**owl in the rain --ar 3:2 --v 7**\r\n**Job ID**: " + midjourneyID + "\r\n**seed** 3718204551\r\n", []Envelope{owl}, nil,
		},
		"quoted": {
			"> **owl in the rain --ar 3:2 --v 7**\n> **Job ID**: " + midjourneyID + "\n> **seed** 3718204551", []Envelope{owl}, nil,
		},
		"with a colon behind the seed": {
			"**owl in the rain --ar 3:2 --v 7**\n**Job ID:** `" + midjourneyID + "`\n**seed:** 3718204551", []Envelope{owl}, nil,
		},
		"the seed before the job": {
			"**owl in the rain --ar 3:2 --v 7**\n**seed** 3718204551\n**Job ID**: " + midjourneyID, []Envelope{owl}, nil,
		},
		"without a job": {
			"**owl in the rain --ar 3:2 --v 7**\n**seed** 3718204551", []Envelope{with(func(e *Envelope) { e.MidjourneyID = "" })}, nil,
		},
		"with a job that is none": {
			"**owl in the rain --ar 3:2 --v 7**\n**Job ID**: x\n**seed** 3718204551", []Envelope{with(func(e *Envelope) { e.MidjourneyID = "" })}, nil,
		},
		"a prompt on several lines": {
			"**owl in\nthe rain**\n**seed** 5", []Envelope{{Prompt: "owl in\nthe rain", Seed: 5, Line: 1}}, nil,
		},
		"a prompt that speaks of seeds": {
			"**seed 5 in the ground, seed vault**\n**seed** 0", []Envelope{{Prompt: "seed 5 in the ground, seed vault", Seed: 0, Line: 1}}, nil,
		},
		"several below each other": {
			"**a**\n**Job ID**: " + midjourneyID + "\n**seed** 1\n\n**b**\n**seed** 4294967295\n",
			[]Envelope{{Prompt: "a", MidjourneyID: midjourneyID, Seed: 1, Line: 1}, {Prompt: "b", Seed: 4294967295, Line: 5}}, nil,
		},
		"a seed that is too large": {
			"**a**\n**seed** 4294967296", nil, []Rejected{{2, Problem{Code: BadSeed, Value: "4294967296"}}},
		},
		"a seed below nothing":        {"**a**\n**seed** -1", nil, []Rejected{{2, Problem{Code: BadSeed, Value: "-1"}}}},
		"a seed with points":          {"**a**\n**seed** 3.718.204.551", nil, []Rejected{{2, Problem{Code: BadSeed, Value: "3.718.204.551"}}}},
		"a seed alone":                {"seed 5", nil, []Rejected{{1, Problem{Code: NoPromptAbove}}}},
		"one good, one cut off":       {"**a**\n**seed** 1\n**b**\n**Job ID**: " + midjourneyID, []Envelope{{Prompt: "a", Seed: 1, Line: 1}}, []Rejected{{4, Problem{Code: NoSeedBelow}}}},
		"a sentence that holds words": {"the seed 5 is mine", nil, nil},
		"a prompt":                    {"owl --seed 5", nil, nil},
		"nothing":                     {"", nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			found, bad := Envelopes(test.text)
			require.Equal(t, test.found, found)
			require.Equal(t, test.bad, bad)
		})
	}
}

func FuzzEnvelopes(f *testing.F) {
	f.Add("**owl --v 7**\n**Job ID**: x\n**seed** 5")
	f.Add("a\nseed 1\nJob ID: b\nseed 2")
	f.Fuzz(func(t *testing.T, s string) {
		found, bad := Envelopes(s)
		for _, e := range found {
			require.NotEmpty(t, e.Prompt)
			require.Positive(t, e.Line)
		}
		for _, b := range bad {
			require.NotEmpty(t, b.Problem)
			require.LessOrEqual(t, b.Line, 2+strings.Count(s, "\n")+strings.Count(s, "\r"))
		}
	})
}
