package exchange

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/db"
)

func TestWhatARecordMakes(t *testing.T) {
	t.Parallel()
	seed := uint32(5)
	base := Record{Seed: &seed, Prompt: "owl --ar 3:2 --v 7"}
	with := func(change func(*Record)) Record { r := base; change(&r); return r }
	made := CardOfPrompt(base.Prompt, "")
	made.Seed, made.Created = 5, noon
	card := func(change func(*db.Card)) db.Card { c := made; change(&c); return c }
	for name, test := range map[string]struct {
		record  Record
		card    db.Card
		problem *Problem
	}{
		"prompt and seed":                         {base, made, nil},
		"a version that the prompt does not name": {with(func(r *Record) { r.Version, r.Aspect = "6", "1:1" }), made, nil},
		"what is not for a file to say": {with(func(r *Record) {
			r.Source, r.Asker, r.Private, r.Channel, r.Message, r.Tags = "midjourney", "42", true, "1", "2", []string{"x"}
			r.Job, r.SeedJob, r.MidjourneyID, r.Stars = imageJob, commandJob, midjourneyID, 7
		}), made, nil},
		"all that a file can say": {
			with(func(r *Record) {
				r.Number, r.Typed, r.Note, r.Parent, r.Action, r.Speed, r.Raw = 7, "owl", "a note", 6, "upscale_2x", "fast", `{"a":1}`
				r.Asked, r.Created = "2026-10-23T13:00:00+02:00", "2026-10-23T11:00:01.5Z"
			}),
			card(func(c *db.Card) {
				c.Number, c.Typed, c.Note, c.Parent, c.Action, c.Speed, c.Raw = 7, "owl", "a note", 6, "upscale_2x", "fast", []byte(`{"a":1}`)
				c.Asked, c.Created = noon.Add(-time.Hour), noon.Add(-time.Hour+1500*time.Millisecond)
			}), nil,
		},
		"words of the service's that are no JSON": {with(func(r *Record) { r.Raw = "{" }), made, nil},
		"pictures that stand somewhere": {
			with(func(r *Record) {
				r.Pictures = []Picture{
					{
						Position: 1, Channel: "1", Message: "2", Attachment: "3", Name: "a.png", Type: "image/png", Size: -1, Width: 3, Height: 4,
						SHA256: strings.Repeat("a", 64), Hash: "ff",
					},
					{Position: 2, Type: "text/html", SHA256: "x", Hash: "y", Missing: "<b>"}, {Position: 99}, {Position: -1},
				}
			}),
			card(func(c *db.Card) {
				c.Pictures = []db.Picture{
					{Position: 1, Name: "a.png", Type: "image/png", Width: 3, Height: 4, SHA256: strings.Repeat("a", 64), Hash: 255}, {Position: 2},
				}
			}), nil,
		},
		"more pictures than there are": {
			with(func(r *Record) { r.Pictures = append(make([]Picture, maxPictures), Picture{Position: 1}) }), made, nil,
		},
		"no prompt, but a job": {
			with(func(r *Record) { r.Prompt, r.MidjourneyID = "", midjourneyID }),
			card(func(c *db.Card) { *c = CardOfPrompt("", ""); c.Seed, c.Created = 5, noon }), nil,
		},
		"no seed":                   {with(func(r *Record) { r.Seed = nil }), db.Card{}, &Problem{Code: SeedMissing}},
		"no prompt":                 {with(func(r *Record) { r.Prompt = " \n" }), db.Card{}, &Problem{Code: PromptMissing}},
		"a prompt that is too long": {with(func(r *Record) { r.Prompt = strings.Repeat("é", maxPrompt+1) }), db.Card{}, &Problem{Code: TooLong, Field: "prompt", Most: maxPrompt}},
		"a note that is too long":   {with(func(r *Record) { r.Note = strings.Repeat("é", maxNote+1) }), db.Card{}, &Problem{Code: TooLong, Field: "note", Most: maxNote}},
		"a number below nothing":    {with(func(r *Record) { r.Number = -1 }), db.Card{}, &Problem{Code: NoNumber, Field: "number", Value: "-1"}},
		"a number beyond all":       {with(func(r *Record) { r.Number = 1 << 60 }), db.Card{}, &Problem{Code: NoNumber, Field: "number", Value: fmt.Sprint(int64(1) << 60)}},
		"a parent below nothing":    {with(func(r *Record) { r.Parent = -1 }), db.Card{}, &Problem{Code: NoNumber, Field: "parent", Value: "-1"}},
		"a moment of the future":    {with(func(r *Record) { r.Created = "2999-01-01T00:00:00Z" }), db.Card{}, &Problem{Code: NoTime, Field: "created", Value: "2999-01-01T00:00:00Z"}},
		"a moment before all":       {with(func(r *Record) { r.Asked = "1999-01-01T00:00:00Z" }), db.Card{}, &Problem{Code: NoTime, Field: "asked", Value: "1999-01-01T00:00:00Z"}},
		"a moment that is none":     {with(func(r *Record) { r.Asked = "yesterday" }), db.Card{}, &Problem{Code: NoTime, Field: "asked", Value: "yesterday"}},
		"an action nobody knows":    {with(func(r *Record) { r.Action = "<script>" }), db.Card{}, &Problem{Code: NoWord, Field: "action", Value: "<script>"}},
		"a speed nobody knows":      {with(func(r *Record) { r.Speed = "Fast!" }), db.Card{}, &Problem{Code: NoWord, Field: "speed", Value: "Fast!"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			card, problem := test.record.Card(noon)
			require.Equal(t, test.problem, problem)
			require.Equal(t, test.card, card)
		})
	}
}

func TestAnEnvelopeMakesACard(t *testing.T) {
	t.Parallel()
	card := Envelope{Prompt: "owl --ar 3:2 --v 7", MidjourneyID: midjourneyID, Seed: 5, Line: 3}.Card()
	require.Equal(t, db.Card{
		Prompt: "owl --ar 3:2 --v 7", Seed: 5, MidjourneyID: midjourneyID, Source: db.Pasted, Version: "7", Aspect: "3:2", Parameters: card.Parameters,
	}, card)
	require.NotEmpty(t, card.Parameters)
}
