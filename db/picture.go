package db

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
)

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
	Hash       uint64 `json:"-"` // perceptual, 0 for none; in JSON it is "hash", in hex, as many readers round numbers
}

// plainPicture is a Picture without its methods.
type plainPicture Picture

// MarshalJSON writes the hash as text.
func (p Picture) MarshalJSON() ([]byte, error) {
	var hash string
	if p.Hash != 0 {
		hash = fmt.Sprintf("%016x", p.Hash)
	}
	return json.Marshal(struct {
		plainPicture
		Hash string `json:"hash,omitempty"`
	}{plainPicture(p), hash})
}

// UnmarshalJSON reads what MarshalJSON wrote. A hash that is no hex number is none.
func (p *Picture) UnmarshalJSON(b []byte) error {
	var wire struct {
		plainPicture
		Hash string `json:"hash"`
	}
	if err := json.Unmarshal(b, &wire); err != nil {
		return err
	}
	*p = Picture(wire.plainPicture)
	p.Hash = 0
	if hash, err := strconv.ParseUint(wire.Hash, 16, 64); err == nil {
		p.Hash = hash
	}
	return nil
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
