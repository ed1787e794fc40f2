package retrieval

import (
	"context"
	"errors"
	"time"

	"github.com/dbos-inc/dbos-transact-golang/dbos"

	"seedbank/db"
)

// Look is a member's question for the card that shows a picture. Like all that is stored: fields may be added, never
// renamed.
type Look struct {
	Ask  Ask      `json:"ask"`  // without a job or a card
	URLs []string `json:"urls"` // of the pictures, see FindPicture
	View db.View  `json:"view"` // what the asker may find
}

// lookMost bounds one look at pictures, downloads and all.
const lookMost = time.Minute

// sighting is what a look came to.
type sighting struct {
	Cards  []glimpse `json:"cards,omitempty"`
	Unread bool      `json:"unread,omitempty"` // it could not be told
}

// glimpse is a Match without its card.
type glimpse struct {
	Card     int64  `json:"card"`
	Position int    `json:"position,omitempty"`
	How      string `json:"how"`
	Distance int    `json:"distance,omitempty"`
}

// Look takes a question for the card of a picture. When it returns nil, the desk is told what was found, whatever happens
// to this process; a card that it is sure of is then answered as one that was asked for. Like Ask otherwise.
func (s *Service) Look(ctx context.Context, l Look, acknowledge func() error) error {
	return s.take(ctx, note{Look: &l}, acknowledge)
}

// seek is the workflow that answers one Look. Its steps: look; tell; those of ask, where that has found a card.
func (s *Service) seek(ctx dbos.Context, l Look) (string, error) {
	if err := s.whenOpen(ctx); err != nil {
		return "", err
	}
	seen, err := step(ctx, "look", func(ctx context.Context) (sighting, error) { return s.lookAt(ctx, l) })
	switch {
	case err != nil && ctx.Err() != nil:
		return "", err // the process ends; the next one looks again
	case err != nil:
		s.log.Error("a look at a picture broke", "ask", l.Ask.ID, "err", err)
		seen = sighting{Unread: true}
	}
	card, err := carefulStep(ctx, &s.gate, "tell", func(ctx context.Context) (int64, error) { return s.tell(ctx, l, seen) })
	switch {
	case err != nil && ctx.Err() != nil:
		return "", err
	case err != nil:
		s.log.Error("what a picture shows could not be told", "ask", l.Ask.ID, "err", err)
		return "", err
	case card == 0:
		return "told", nil
	}
	a := l.Ask
	a.Card = card
	return s.ask(ctx, a)
}

// lookAt finds the cards of the pictures. Its only error is the end of ctx: it is done again then.
func (s *Service) lookAt(ctx context.Context, l Look) (sighting, error) {
	short, cancel := context.WithTimeout(ctx, lookMost)
	defer cancel()
	matches, err := s.FindPicture(short, l.View, l.URLs)
	if ctx.Err() != nil {
		return sighting{}, ctx.Err()
	}
	if err != nil {
		s.log.Warn("a picture was not looked at", "ask", l.Ask.ID, "err", err)
		return sighting{Unread: true}, nil
	}
	var seen sighting
	for _, m := range matches {
		seen.Cards = append(seen.Cards, glimpse{m.Card.Number, m.Position, m.How, m.Distance})
	}
	return seen, nil
}

// tell hands over what was seen, and tries for pace.deliverMost. Cards that are gone meanwhile were not seen.
func (s *Service) tell(ctx context.Context, l Look, seen sighting) (card int64, err error) {
	patience, cancel := context.WithDeadline(ctx, l.Ask.At.Add(s.pace.deliverMost))
	defer cancel()
	err = persistently(patience, s.pace.deliverFirst, func() (bool, error) {
		var matches []Match
		for _, g := range seen.Cards {
			c, err := s.store.Card(ctx, l.View, g.Card)
			switch {
			case isNotFound(err):
				continue
			case err != nil:
				return true, err
			}
			matches = append(matches, Match{Card: c, Position: g.Position, How: g.How, Distance: g.Distance})
		}
		card, err = s.desk.Found(ctx, l, matches, seen.Unread)
		if err != nil && !errors.Is(err, errUndeliverable) {
			s.log.Warn("what a picture shows is not told yet", "ask", l.Ask.ID, "err", err)
			return true, err
		}
		return false, err
	})
	return card, err
}
