package db

import (
	"encoding/json"
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

// Card is one answer as a scope keeps it. Its prompt and job never change, and its seed only where CorrectSeed says so.
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
	Note            string          // a member's words about it
	Tags            []string        // sorted
	Stars           int             // of all members
	Starred         bool            // by the view's member
	Parent          int64           // the number of the card it was made from; 0 for none or unknown
	Action          string          // how its job was made: "imagine", "variation", "upscale", ...; "" when unknown
	Speed           string          // that it was made at; "" when unknown
	Sheet           bool            // a contact sheet is kept
	Shown           []string        // the channels that it was asked for or stands in, sorted; kept by the history itself
}

// cardColumns are what every query of cards selects, in the order of scanCard, followed by the two big columns or by
// nothing in their place. They take the eyes that look.
const (
	cardColumns = `card.scope, card.number, card.owner, card.asker, card.seed, card.source, card.job, card.seed_job,
	card.midjourney_id, card.version, card.aspect, card.channel, card.message, card.asked, card.created, card.prompt,
	card.typed, card.parameters, card.note, card.tags, card.stars, card.parent, card.action, card.speed,
	EXISTS (SELECT 1 FROM star WHERE star.card = card.id AND star.member = ?2),
	EXISTS (SELECT 1 FROM sheet WHERE sheet.card = card.id),
	coalesce((SELECT audience.channels FROM audience WHERE audience.id = card.audience), 'null'), `
	whole = cardColumns + `(SELECT card_bulk.pictures FROM card_bulk WHERE card_bulk.card = card.id),
	(SELECT card_bulk.raw FROM card_bulk WHERE card_bulk.card = card.id)`
	listed = cardColumns + `'null', ''`
)

func scanCard(r row) (Card, error) { return scanCardAnd(r) }

// scanCardAnd scans a card and what the query selects after it.
func scanCardAnd(r row, more ...any) (Card, error) {
	var c Card
	var owner, parameters, tags, shown, pictures, raw string
	var asked, created int64
	err := r.Scan(append([]any{&c.Scope, &c.Number, &owner, &c.Asker, &c.Seed, &c.Source, &c.Job, &c.SeedJob,
		&c.MidjourneyID, &c.Version, &c.Aspect, &c.Channel, &c.Message, &asked, &created, &c.Prompt,
		&c.Typed, &parameters, &c.Note, &tags, &c.Stars, &c.Parent, &c.Action, &c.Speed,
		&c.Starred, &c.Sheet, &shown, &pictures, &raw}, more...)...)
	if err != nil {
		return Card{}, err
	}
	c.Private = owner != ""
	c.Asked, c.Created = fromMS(asked), fromMS(created)
	c.Parameters, c.Raw, c.Tags = rawJSON(parameters), rawJSON(raw), splitTags(tags)
	if err := json.Unmarshal([]byte(shown), &c.Shown); err != nil {
		return Card{}, err
	}
	return c, json.Unmarshal([]byte(pictures), &c.Pictures)
}
