package db

import (
	"encoding/json"
	"slices"
	"time"
)

// Source is where a card's seed comes from.
type Source string

// The sources of a seed.
const (
	Midjourney Source = "midjourney" // Midjourney's own answer
	Prompt     Source = "prompt"     // a --seed in the prompt
	Pasted     Source = "pasted"     // a member said so
	Imported   Source = "imported"   // another history
)

// Card is one answer as a scope keeps it. Only its message and pictures ever change.
type Card struct {
	Scope           string
	Number          int64 // from 1, per scope, never used twice
	Seed            uint32
	Source          Source
	Job             string // the parent job; empty when the seed came without one
	SeedJob         string // the job that asked for the seed
	MidjourneyID    string
	Prompt          string          // as echoed
	Typed           string          // as typed for the parent job; empty when unknown
	Parameters      json.RawMessage // what the caller parsed; opaque here
	Version, Aspect string          // as written in the prompt, for lists; empty when unknown
	Channel         string          // of the posted answer
	Message         string          // of the posted answer; empty while unknown
	Asker           string
	Private         bool      // only Asker sees it
	Asked, Created  time.Time // kept to the millisecond
	Pictures        []Picture
	Raw             json.RawMessage // the source's final word, without secrets
}

// Picture is our copy of one picture, or the reason why there is none.
type Picture struct {
	Position   int    `json:"position"` // 1 for the first
	Channel    string `json:"channel"`
	Message    string `json:"message"`
	Attachment string `json:"attachment"`
	Name       string `json:"name"`
	Type       string `json:"type"`
	Size       int64  `json:"size"`   // bytes
	Width      int    `json:"width"`  // pixels
	Height     int    `json:"height"` // pixels
	SHA256     string `json:"sha256"` // hex
	Missing    string `json:"missing,omitempty"`
}

// cardColumns are what every query of cards selects, in the order of scanCard, followed by the two big columns or by
// nothing in their place.
const (
	cardColumns = `card.scope, card.number, card.owner, card.asker, card.seed, card.source, card.job, card.seed_job,
	card.midjourney_id, card.version, card.aspect, card.channel, card.message, card.asked, card.created, card.prompt,
	card.typed, card.parameters, `
	whole   = cardColumns + `card.pictures, card.raw`
	listed  = cardColumns + `'null' AS pictures, '' AS raw`
	visible = ` card.owner IN ('', ?2) ` // to the member given second
)

func scanCard(r row) (Card, error) {
	var c Card
	var owner, parameters, pictures, raw string
	var asked, created int64
	err := r.Scan(&c.Scope, &c.Number, &owner, &c.Asker, &c.Seed, &c.Source, &c.Job, &c.SeedJob,
		&c.MidjourneyID, &c.Version, &c.Aspect, &c.Channel, &c.Message, &asked, &created, &c.Prompt,
		&c.Typed, &parameters, &pictures, &raw)
	if err != nil {
		return Card{}, err
	}
	c.Private = owner != ""
	c.Asked, c.Created = fromMS(asked), fromMS(created)
	c.Parameters, c.Raw = rawJSON(parameters), rawJSON(raw)
	return c, json.Unmarshal([]byte(pictures), &c.Pictures)
}

// picturesJSON is how pictures are stored: one value, read and written at once, and open to SQL by json_each.
func picturesJSON(pictures []Picture) (string, error) {
	pictures = slices.Clone(pictures)
	for i := range pictures {
		p := &pictures[i]
		for _, s := range []*string{&p.Channel, &p.Message, &p.Attachment, &p.Name, &p.Type, &p.SHA256, &p.Missing} {
			*s = text(*s)
		}
	}
	b, err := json.Marshal(pictures)
	return string(b), err
}
