package db

import (
	"cmp"
	"encoding/base64"
	"encoding/binary"
)

// cursor is a place in a list of results: right behind a card, or right before it on the way back.
type cursor struct {
	back   bool
	near   bool  // the list is of the nearest, as no card had all words
	anchor int64 // the newest card there was when the list began; newer ones do not push it about
	hit    hit   // the card at the edge
}

// Bits of a cursor's first byte. Cursors stand in messages for years: a bit keeps its meaning.
const (
	cursorBack = 1
	cursorNear = 2
)

// hit is a card that a search found, and how good it is.
type hit struct {
	rank  byte // see rank
	stars byte
	id    int64
}

// compare puts the better one first, among equals the one with more stars, then the newer one.
func (h hit) compare(o hit) int {
	return cmp.Or(cmp.Compare(o.rank, h.rank), cmp.Compare(o.stars, h.stars), cmp.Compare(o.id, h.id))
}

// older puts what was kept before another first.
func (h hit) older(o hit) int { return cmp.Compare(h.id, o.id) }

// String is at most 40 characters of A-Z, a-z, 0-9, - and _.
func (c cursor) String() string {
	var head byte
	if c.back {
		head |= cursorBack
	}
	if c.near {
		head |= cursorNear
	}
	b := []byte{head, c.hit.rank, c.hit.stars}
	b = binary.AppendUvarint(b, uint64(c.anchor))
	b = binary.AppendUvarint(b, uint64(c.hit.id))
	return base64.RawURLEncoding.EncodeToString(b)
}

// parseCursor reads what String wrote. Anything else is no cursor.
func parseCursor(s string) (cursor, bool) {
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil || len(b) < 5 || b[0] > cursorBack|cursorNear {
		return cursor{}, false
	}
	c := cursor{back: b[0]&cursorBack != 0, near: b[0]&cursorNear != 0, hit: hit{rank: b[1], stars: b[2]}}
	anchor, n := binary.Uvarint(b[3:])
	if n <= 0 {
		return cursor{}, false
	}
	id, m := binary.Uvarint(b[3+n:])
	if m <= 0 || 3+n+m != len(b) {
		return cursor{}, false
	}
	c.anchor, c.hit.id = int64(anchor), int64(id)
	return c, c.anchor > 0 && c.hit.id > 0
}
