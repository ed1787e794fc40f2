package useapi_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"seedbank/useapi"
	"seedbank/useapi/useapitest"
)

const guid = "00000000-0000-4000-8000-00000000000a"

// answer is a completed seed job with this content.
func answer(t testing.TB, content string) *useapi.Job {
	t.Helper()
	raw, err := json.Marshal(map[string]any{"jobid": seedID, "verb": "seed", "status": "completed",
		"response": map[string]any{"content": content}})
	require.NoError(t, err)
	return decode(t, string(raw))
}

// told is the content that Midjourney answers with.
func told(prompt, seed string) string {
	return "**" + prompt + "**\n**Job ID**: " + guid + "\n**seed** " + seed
}

func TestSeedInTheContent(t *testing.T) {
	t.Parallel()
	const none = "none"
	for name, tc := range map[string]struct{ content, want string }{
		"the documented form":               {told("cat", "3937070146"), "3937070146"},
		"a seed in the prompt is no seed":   {told("cat --seed 77", "5"), "5"},
		"a seed line in the prompt neither": {told("cat\n**seed** 5\ndog --seed 77", "9"), "9"},
		"the lines of an answer neither":    {told("cat**\n**Job ID**: "+guid+"\n**seed** 5\ndog", "9"), "9"},
		"zero":                              {told("cat", "0"), "0"},
		"leading zeros":                     {told("cat", "0000000007"), "7"},
		"the greatest":                      {told("cat", "4294967295"), "4294967295"},
		"beyond the greatest":               {told("cat", "4294967296"), none},
		"far beyond the greatest":           {told("cat\n**seed** 5\n", "99999999999999999999"), none},
		"below zero":                        {told("cat", "-1"), none},
		"with a fraction":                   {told("cat", "1.5"), none},
		"with a colon":                      {"**cat**\n**Job ID**: x\n**seed**: 12", "12"},
		"in plain letters":                  {"cat\nJob ID: x\nSeed: 12", "12"},
		"with CRLF":                         {strings.ReplaceAll(told("cat", "12"), "\n", "\r\n"), "12"},
		"with room behind":                  {told("cat", "12  \n\n"), "12"},
		"without a job line":                {"**cat**\n**seed** 12", "12"},
		"alone":                             {"**seed** 12", "12"},
		"an answer without a seed":          {"**cat**\n**Job ID**: " + guid, none},
		"a prompt that plays the seed line of an answer without one": {"**cat\n**seed** 5\ndog**\n**Job ID**: " + guid, none},
		"a prompt that ends with a seed line":                        {"**cat\n**seed** 5**\n**Job ID**: " + guid, none},
		"a prompt alone that has one":                                {"**cat\n**seed** 5\ndog**", none},
		"only --seed":                                                {"**cat --seed 77**", none},
		"text behind the number":                                     {"**cat**\n**seed** 12 or so", none},
		"text before the word":                                       {"**cat**\nmy **seed** 12", none},
		"no content":                                                 {"", none},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			seed, err := answer(t, tc.content).Seed()
			if tc.want == none {
				require.ErrorIs(t, err, useapi.ErrNoSeed)
				require.Zero(t, seed)
				return
			}
			require.NoError(t, err)
			require.Equal(t, tc.want, fmt.Sprint(seed))
		})
	}
}

func TestSeedInItsOwnMember(t *testing.T) {
	t.Parallel()
	content := `"content":"**cat**\n**seed** 5"`
	for name, tc := range map[string]struct{ job, want string }{
		"a number goes first":              {`"verb":"seed","response":{"seed":3937070146,` + content + `}`, "3937070146"},
		"a string of digits too":           {`"verb":"seed","response":{"seed":"7",` + content + `}`, "7"},
		"an object with a value":           {`"verb":"seed","response":{"seed":{"value":"7"},` + content + `}`, "7"},
		"on top":                           {`"verb":"imagine","seed":7`, "7"},
		"an object on top":                 {`"verb":"imagine","seed":{"value":7},"response":{}`, "7"},
		"null is none":                     {`"verb":"seed","response":{"seed":null,` + content + `}`, "5"},
		"nonsense is none":                 {`"verb":"seed","response":{"seed":"x",` + content + `}`, "5"},
		"beyond the range is none":         {`"verb":"seed","response":{"seed":4294967296,` + content + `}`, "5"},
		"a whole number as a fraction":     {`"verb":"seed","response":{"seed":3937070146.0}`, "3937070146"},
		"a fraction is none":               {`"verb":"seed","response":{"seed":1.5}`, ""},
		"a power of ten is none":           {`"verb":"seed","response":{"seed":1e3}`, ""},
		"a truth is none":                  {`"verb":"seed","response":{"seed":true}`, ""},
		"text of the seed object":          {`"verb":"imagine","seed":{` + content + `}`, "5"},
		"an image job's text is no answer": {`"verb":"imagine","response":{` + content + `}`, ""},
		"unless it has the whole form":     {`"verb":"imagine","response":{"content":"**c**\n**Job ID**: x\n**seed** 5"}`, "5"},
		"v2's own verb":                    {`"verb":"seed_async","response":{` + content + `}`, "5"},
		"nothing":                          {`"verb":"seed"`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			seed, err := decode(t, `{"status":"completed",`+tc.job+`}`).Seed()
			if tc.want == "" {
				require.ErrorIs(t, err, useapi.ErrNoSeed)
				return
			}
			require.NoError(t, err)
			require.Equal(t, tc.want, fmt.Sprint(seed))
		})
	}
}

func TestTheEchoedPrompt(t *testing.T) {
	t.Parallel()
	prompts := append(useapitest.HostilePrompts(), "", "**", "a **bold** b", "x**\n**seed", "x\n**seed", "**Job ID**: "+guid,
		"trailing space ", strings.Repeat("long ", 400))
	for _, prompt := range prompts {
		job := answer(t, told(prompt, "12"))
		require.Equal(t, prompt, job.SeedPrompt())
		require.Equal(t, guid, job.MidjourneyID())
		seed, err := job.Seed()
		require.NoError(t, err, prompt)
		require.Equal(t, uint32(12), seed)

		without := answer(t, "**"+prompt+"**\n**Job ID**: "+guid)
		require.Equal(t, prompt, without.SeedPrompt())
		_, err = without.Seed()
		require.ErrorIs(t, err, useapi.ErrNoSeed, prompt)
	}
	for content, want := range map[string]string{
		"**cat**\n**seed** 5":             "cat",
		"**cat**":                         "cat",
		"cat\n**seed** 5":                 "",
		"":                                "",
		"**cat":                           "",
		"**cat**\r\n**Job ID**: x\r\n**s": "cat",
	} {
		require.Equal(t, want, answer(t, content).SeedPrompt(), content)
	}
}

func TestTheEchoedPromptEndsBeforeItsMaker(t *testing.T) {
	t.Parallel()
	var j useapi.Job
	raw := `{"verb":"seed","response":{"content":"**cat **bold** hat --s 250** - <@111111111111111111> (fast)\n**Job ID**: 00000000-0000-4000-8000-000000000000\n**seed** 7"}}`
	require.NoError(t, json.Unmarshal([]byte(raw), &j))
	require.Equal(t, "cat **bold** hat --s 250", j.SeedPrompt())
}
