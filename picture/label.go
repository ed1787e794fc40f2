package picture

import (
	"encoding/json"
	"fmt"
	"strings"
)

// Label is what a picture says of itself in its file: which card it belongs to, and how it can be made again.
type Label struct {
	Card   int64 // number in the history it was posted from
	Seed   uint32
	Prompt string // as the history has it
	Line   string // as it is written to make the picture again
	// Model and Size, width × height in pixels, are for other programs alone.
	Model         string
	Width, Height int
}

const (
	labelKey     = "seedbank"
	labelVersion = 1
)

// wireLabel is the text under labelKey. Fields are only added.
type wireLabel struct {
	V      int    `json:"v"`
	Seed   uint32 `json:"seed"`
	Prompt string `json:"prompt"`
	Card   int64  `json:"card"`
}

// aiMade is the mark of a picture that a model has made, as Midjourney's own files have it in their XMP beside the ID
// of the picture, which leads to the account and is left out.
//
// Source: https://cv.iptc.org/newscodes/digitalsourcetype/
const aiMade = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` +
	`<rdf:Description rdf:about="" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" ` +
	`Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"/>` +
	`</rdf:RDF></x:xmpmeta>`

// Texts are what WriteText puts into the file of a picture with this label: for us, for programs that read prompts out
// of pictures, and for any that show descriptions. They take the place of Midjourney's own, which name the account.
func (l Label) Texts() map[string]string {
	ours, _ := json.Marshal(wireLabel{V: labelVersion, Seed: l.Seed, Prompt: l.Prompt, Card: l.Card}) // plain fields always marshal
	return map[string]string{
		labelKey:      string(ours),
		"parameters":  l.parameters(),
		"Description": l.Line,
		"Software":    "Seedbank",
		"Author":      "",
		xmpKey:        aiMade,
	}
}

// parameters is in the form of AUTOMATIC1111's web UI, which most such programs read: the prompt, and a last line of
// "Name: value" parted by commas. With fewer than three of them, readers take that line for a part of the prompt.
func (l Label) parameters() string {
	model := strings.TrimSpace("Midjourney " + l.Model)
	if strings.ContainsAny(model, ",:\"\\\n") {
		quoted, _ := json.Marshal(model) // a string always marshals; readers undo it
		model = string(quoted)
	}
	return fmt.Sprintf("%s\nSeed: %d, Size: %dx%d, Model: %s", l.Prompt, l.Seed, l.Width, l.Height, model)
}

// LabelOf finds our label among a picture's texts; false if there is none. Anybody can write one: nothing in it is to
// be believed that the history does not say too.
func LabelOf(texts map[string]string) (Label, bool) {
	var w wireLabel
	if json.Unmarshal([]byte(texts[labelKey]), &w) != nil || w.V != labelVersion || w.Card <= 0 {
		return Label{}, false
	}
	return Label{Card: w.Card, Seed: w.Seed, Prompt: w.Prompt}, true
}
