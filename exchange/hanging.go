package exchange

import (
	"time"

	"seedbank/db"
)

// maxPlaces is how many messages a file may name that show a card.
const maxPlaces = 100

// Star is a member's star in a file.
type Star struct {
	Member string `json:"member"`
	At     string `json:"at,omitempty"`
}

// Place is where a message stands, in a file.
type Place struct {
	Channel string `json:"channel"`
	Message string `json:"message"`
}

// Hang puts into a record what hangs on its card. The message that the record has already is not told twice.
func (r *Record) Hang(stars []db.Star, places []db.Place, jpeg []byte) {
	for _, star := range stars {
		r.StarredBy = append(r.StarredBy, Star{star.Member, timeTold(star.At)})
	}
	for _, p := range places {
		if p.Channel != r.Channel || p.Message != r.Message {
			r.Places = append(r.Places, Place(p))
		}
	}
	r.Sheet = jpeg
}

// Whole is a card that a record makes, with what the file says that hangs on it, places of messages and pictures
// included. It is Card with all that is not for a file to say by itself: its caller takes back what it does not believe.
func (r Record) Whole(now time.Time) (db.Whole, *Problem) {
	card, problem := r.Card(now)
	if problem != nil {
		return db.Whole{}, problem
	}
	w := db.Whole{Card: card, JPEG: r.Sheet}
	w.Channel, w.Message = r.Channel, r.Message
	for _, star := range r.StarredBy {
		at, wrong := moment("starred_by", star.At, now)
		if wrong != nil {
			return db.Whole{}, wrong
		}
		w.StarredBy = append(w.StarredBy, db.Star{Member: star.Member, At: at})
	}
	for _, p := range r.Places[:min(len(r.Places), maxPlaces)] {
		w.Places = append(w.Places, db.Place(p))
	}
	stands := map[int]Picture{}
	for _, p := range r.Pictures {
		stands[p.Position] = p
	}
	for n := range w.Pictures {
		p := &w.Pictures[n]
		at := stands[p.Position]
		p.Channel, p.Message, p.Attachment = at.Channel, at.Message, at.Attachment
	}
	return w, nil
}
