package db

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"time"
	"unicode/utf8"
)

// Bounds of an imported card.
const (
	maxImportText = 20_000  // characters of a prompt
	maxImportJSON = 1 << 20 // bytes of Parameters and Raw
)

// arriving is a card as it may be kept here, or the reason why it may not.
func arriving(v View, c Whole, own bool) (_ Whole, reason string) {
	if c.Private && (c.Asker != v.Member || v.Member == "") {
		return Whole{}, "It is a private card of another member."
	}
	if utf8.RuneCountInString(c.Prompt) > maxImportText || utf8.RuneCountInString(c.Typed) > maxImportText {
		return Whole{}, fmt.Sprintf("Its prompt is longer than %d characters.", maxImportText)
	}
	for _, raw := range []*json.RawMessage{&c.Parameters, &c.Raw} {
		if len(*raw) > maxImportJSON || len(*raw) > 0 && !json.Valid(*raw) {
			return Whole{}, "What it says of its job or its parameters is too long or no JSON."
		}
		if string(bytes.TrimSpace(*raw)) == "null" { // how JSON writes none
			*raw = nil
		}
	}
	if len(c.JPEG) > MaxSheet {
		return Whole{}, fmt.Sprintf("Its contact sheet has more than %d KiB.", MaxSheet>>10)
	}
	var err error
	if c.Tags, err = normalTags(c.Tags); err == nil {
		c.Note, err = normalNote(c.Note)
	}
	if err != nil {
		return Whole{}, err.Error()
	}
	switch c.Source {
	case Prompt, Pasted, Imported:
	case Midjourney:
		if c.Job == "" && !own {
			c.Source = Imported
		}
	default:
		c.Source = Imported
	}
	if c.Number < 0 || c.Number > maxNumber {
		c.Number = 0
	}
	if now := time.Now(); c.Created.After(now) { // lists and retention go by it
		c.Created = now
	}
	c.Scope = v.Scope
	c.Stars, c.Starred, c.Sheet = 0, false, false
	if !own {
		c = nowhere(c)
	}
	return c, ""
}

// nowhere is the card without the places where it and its pictures are said to stand. What the pictures are found by
// stays.
func nowhere(c Whole) Whole {
	c.Message, c.Places = "", nil
	c.Pictures = slices.Clone(c.Pictures)
	for i := range c.Pictures {
		p := &c.Pictures[i]
		p.Channel, p.Message, p.Attachment = "", "", ""
	}
	return c
}
