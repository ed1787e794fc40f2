package exchange

import (
	"bytes"
	"encoding/json"
	"strconv"
	"time"

	"seedbank/db"
)

// Record is a card as a file tells it, nothing of it believed yet. Seed is nil where the file has none; moments are RFC
// 3339, and what is not known is "" or 0. Its JSON loses nothing of a card; its CSV leaves out the pictures, who starred,
// further messages, and the service's own answer. Stars is told for readers of the file, and not read back.
type Record struct {
	Number       int64     `json:"number,omitempty"`
	Seed         *uint32   `json:"seed"`
	Source       string    `json:"source,omitempty"`
	Prompt       string    `json:"prompt"`
	Typed        string    `json:"typed,omitempty"`
	Note         string    `json:"note,omitempty"`
	Tags         []string  `json:"tags,omitempty"`
	Stars        int       `json:"stars,omitempty"`
	Version      string    `json:"version,omitempty"` // told by the prompt, for readers of the file
	Aspect       string    `json:"aspect,omitempty"`  // likewise
	Job          string    `json:"job,omitempty"`
	SeedJob      string    `json:"seed_job,omitempty"`
	MidjourneyID string    `json:"midjourney_id,omitempty"`
	Action       string    `json:"action,omitempty"`
	Speed        string    `json:"speed,omitempty"`
	Parent       int64     `json:"parent,omitempty"`
	Private      bool      `json:"private,omitempty"`
	Asker        string    `json:"asker,omitempty"`
	Channel      string    `json:"channel,omitempty"`
	Message      string    `json:"message,omitempty"`
	Asked        string    `json:"asked,omitempty"`
	Created      string    `json:"created,omitempty"`
	Pictures     []Picture `json:"pictures,omitempty"`
	StarredBy    []Star    `json:"starred_by,omitempty"`
	Places       []Place   `json:"places,omitempty"` // further messages that show it
	Raw          Raw       `json:"raw,omitempty"`
	Sheet        []byte    `json:"sheet,omitempty"` // its contact sheet, a JPEG
}

// Picture is a picture of a card in a file: where it stands, and how it is known again. Size is in bytes, Width and
// Height in pixels.
type Picture struct {
	Position   int    `json:"position"`
	Channel    string `json:"channel,omitempty"`
	Message    string `json:"message,omitempty"`
	Attachment string `json:"attachment,omitempty"`
	Name       string `json:"name,omitempty"`
	Type       string `json:"type,omitempty"`
	Size       int64  `json:"size,omitempty"`
	Width      int    `json:"width,omitempty"`
	Height     int    `json:"height,omitempty"`
	SHA256     string `json:"sha256,omitempty"`
	Hash       string `json:"hash,omitempty"` // hex
	Missing    string `json:"missing,omitempty"`
}

// Raw is JSON that is kept to the letter: as it is where an encoder would not touch it, else as text.
type Raw string

// MarshalJSON writes the JSON, or the text of it.
func (l Raw) MarshalJSON() ([]byte, error) {
	var compact bytes.Buffer
	if json.Valid([]byte(l)) && l != "" && l[0] != '"' && json.Compact(&compact, []byte(l)) == nil && compact.String() == string(l) {
		return []byte(l), nil
	}
	return plainJSON(string(l))
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (l *Raw) UnmarshalJSON(raw []byte) error {
	var text string
	if json.Unmarshal(raw, &text) == nil && len(raw) > 0 && raw[0] == '"' {
		*l = Raw(text)
		return nil
	}
	*l = Raw(raw)
	return nil
}

// plainJSON encodes without the escapes that only web pages need.
func plainJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSpace(b.Bytes()), nil
}

// recordTime is how files tell moments: RFC 3339 in UTC, to the millisecond, as the history keeps them.
const recordTime = "2006-01-02T15:04:05.000Z"

// RecordOf is the card as files tell it.
func RecordOf(card db.Card) Record {
	seed := card.Seed
	r := Record{
		Number: card.Number, Seed: &seed, Source: string(card.Source), Prompt: card.Prompt, Typed: card.Typed, Note: card.Note,
		Tags: card.Tags, Stars: card.Stars, Version: card.Version, Aspect: card.Aspect, Job: card.Job, SeedJob: card.SeedJob,
		MidjourneyID: card.MidjourneyID, Action: card.Action, Speed: card.Speed, Parent: card.Parent, Private: card.Private,
		Asker: card.Asker, Channel: card.Channel, Message: card.Message, Asked: timeTold(card.Asked), Created: timeTold(card.Created),
		Raw: Raw(card.Raw),
	}
	for _, p := range card.Pictures {
		hash := ""
		if p.Hash != 0 {
			hash = strconv.FormatUint(p.Hash, 16)
		}
		r.Pictures = append(r.Pictures, Picture{
			Position: p.Position, Channel: p.Channel, Message: p.Message, Attachment: p.Attachment, Name: p.Name, Type: p.Type,
			Size: p.Size, Width: p.Width, Height: p.Height, SHA256: p.SHA256, Hash: hash, Missing: p.Missing,
		})
	}
	return r
}

func timeTold(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(recordTime)
}
