package exchange

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"seedbank/db"
	"seedbank/prompt"
)

// Bounds of what a file may say of a card. Prompts of Midjourney's are much shorter.
const (
	maxPrompt   = 20_000 // characters
	maxNote     = 4_000  // characters
	maxNumber   = 100_000_000
	maxPictures = 10 // a job has four; more is nothing that a message could show
	firstYear   = 2015
)

var (
	hexText     = regexp.MustCompile(`^[0-9a-f]{64}$`)
	pictureType = regexp.MustCompile(`^image/[a-z]{2,10}$`)
	plainWord   = regexp.MustCompile(`^[a-z][a-z0-9_ -]{0,31}$`)
)

// Card is the card that a record makes, or the first thing that keeps it from being one. now bounds its moments, and
// stands in for the one it was made at.
//
// The card has what the file can say by itself: numbers, words, moments and pictures, within bounds. Scope, Source,
// Asker, Private, Channel, the tags and the three IDs of jobs are left empty, since what they may be is not for a file
// to say; where messages and pictures stand is dropped, since that may be another server's. The names of pictures are
// as the file has them.
func (r Record) Card(now time.Time) (db.Card, *Problem) {
	if problem := r.bounded(); problem != nil {
		return db.Card{}, problem
	}
	card := CardOfPrompt(r.Prompt, "")
	card.Number, card.Seed, card.Typed, card.Note, card.Parent = r.Number, *r.Seed, r.Typed, r.Note, r.Parent
	if json.Valid([]byte(r.Raw)) {
		card.Raw = []byte(r.Raw)
	}
	card.Pictures = r.pictures()
	for _, field := range []struct {
		name, value string
		to          *string
	}{{"action", r.Action, &card.Action}, {"speed", r.Speed, &card.Speed}} {
		if field.value != "" && !plainWord.MatchString(field.value) {
			return db.Card{}, &Problem{Code: NoWord, Field: field.name, Value: field.value}
		}
		*field.to = field.value
	}
	asked, wrongAsked := moment("asked", r.Asked, now)
	created, wrongCreated := moment("created", r.Created, now)
	switch {
	case wrongCreated != nil:
		return db.Card{}, wrongCreated
	case wrongAsked != nil:
		return db.Card{}, wrongAsked
	}
	if asked.IsZero() { // a hand-made list need not tell
		asked = created
	}
	card.Asked, card.Created = asked, created
	if created.IsZero() {
		card.Created = now
	}
	return card, nil
}

// bounded says what a record lacks, or has too much of.
func (r Record) bounded() *Problem {
	switch {
	case r.Seed == nil:
		return &Problem{Code: SeedMissing}
	case utf8.RuneCountInString(r.Prompt) > maxPrompt, utf8.RuneCountInString(r.Typed) > maxPrompt:
		return &Problem{Code: TooLong, Field: "prompt", Most: maxPrompt}
	case strings.TrimSpace(r.Prompt) == "" && r.Job == "" && r.MidjourneyID == "":
		return &Problem{Code: PromptMissing}
	case utf8.RuneCountInString(r.Note) > maxNote:
		return &Problem{Code: TooLong, Field: "note", Most: maxNote}
	case r.Number < 0 || r.Number > maxNumber:
		return &Problem{Code: NoNumber, Field: "number", Value: strconv.FormatInt(r.Number, 10)}
	case r.Parent < 0 || r.Parent > maxNumber:
		return &Problem{Code: NoNumber, Field: "parent", Value: strconv.FormatInt(r.Parent, 10)}
	}
	return nil
}

// moment reads a moment in UTC; none is the zero time.
func moment(field, value string, now time.Time) (time.Time, *Problem) {
	if value == "" {
		return time.Time{}, nil
	}
	t, err := time.Parse(time.RFC3339Nano, value)
	if err != nil || t.Year() < firstYear || t.After(now.Add(24*time.Hour)) {
		return time.Time{}, &Problem{Code: NoTime, Field: field, Value: value}
	}
	return t.UTC(), nil
}

// pictures is what the record's pictures are known again by.
func (r Record) pictures() []db.Picture {
	var pictures []db.Picture
	for _, p := range r.Pictures[:min(len(r.Pictures), maxPictures)] {
		if p.Position < 1 || p.Position > maxPictures {
			continue
		}
		kept := db.Picture{
			Position: p.Position, Name: p.Name, Size: max(p.Size, 0), Width: max(p.Width, 0), Height: max(p.Height, 0),
		}
		if pictureType.MatchString(p.Type) {
			kept.Type = p.Type
		}
		if plainWord.MatchString(p.Missing) {
			kept.Missing = p.Missing
		}
		if hexText.MatchString(p.SHA256) {
			kept.SHA256 = p.SHA256
		}
		if n, err := strconv.ParseUint(p.Hash, 16, 64); err == nil {
			kept.Hash = n
		}
		pictures = append(pictures, kept)
	}
	return pictures
}

// CardOfPrompt is a card with everything that its prompt tells.
func CardOfPrompt(words string, source db.Source) db.Card {
	p := prompt.Parse(words)
	return db.Card{Prompt: words, Source: source, Parameters: p.JSON(), Version: p.Version(), Aspect: p.Aspect()}
}
