package commands

import (
	"context"
	"errors"
	"fmt"

	"seedbank/bot"
	"seedbank/db"
)

// aim is what a reference comes down to: a job to ask for, or a card that is known, perhaps as that of a job.
type aim struct {
	job     string
	card    int64
	private bool // it is the asker's alone, so it is never answered in public
	// pictures are addresses of the pictures of a card that has none yet.
	pictures []string
}

// aimAt resolves a reference against the history that the asker sees. What it refuses, it refuses in words; it sends
// no request. Links and choices are not for it.
func (c *counter) aimAt(ctx context.Context, i *bot.Interaction, ref reference) (aim, error) {
	if len(ref.jobs) > 0 {
		return aim{job: ref.jobs[0]}, nil
	}
	v, err := c.eyes(ctx, i)
	if err != nil {
		return aim{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, lookupTime)
	defer cancel()
	switch {
	case ref.card != 0:
		return c.aimAtCard(ctx, v, ref.card)
	case ref.last:
		return aimOf(textNoLast)(c.history.LastCard(ctx, v))
	case len(ref.uuids) > 0:
		return aimOf(textUUID)(c.history.CardOfMidjourneyID(ctx, v, ref.uuids))
	case ref.ask != "":
		return c.aimAtAsk(ctx, v, ref.ask)
	case ref.other == videoJob:
		return aim{}, bot.Refuse(textVideo)
	case ref.other == oldJob:
		return aim{}, bot.Refuse(textOldJob)
	}
	return aim{}, bot.Refuse(textUnreadable)
}

func (c *counter) aimAtCard(ctx context.Context, v db.View, number int64) (aim, error) {
	return aimOf(knownHere(v.Scope, textNoCard(number)))(c.history.Card(ctx, v, number))
}

// aimAtAsk is what an earlier ask was for. What was asked in private is not asked again in public by a mere press.
func (c *counter) aimAtAsk(ctx context.Context, v db.View, id string) (aim, error) {
	ask, err := c.findAsk(ctx, v, id)
	switch {
	case err != nil:
		return aim{}, err
	case ask.Job != "":
		return aim{job: ask.Job, private: ask.Private}, nil
	case ask.Card != 0:
		return c.aimAtCard(ctx, v, ask.Card)
	}
	return aim{}, bot.Refuse(textNoAsk)
}

// findAsk is an earlier ask as far as the view may know of it; a refusal else.
func (c *counter) findAsk(ctx context.Context, v db.View, id string) (db.Ask, error) {
	ask, err := c.history.Ask(ctx, v, id)
	switch {
	case errors.Is(err, db.ErrNotFound):
		return db.Ask{}, bot.Refuse(textNoAsk)
	case err != nil:
		return db.Ask{}, fmt.Errorf("look up ask %s: %w", id, err)
	}
	return ask, nil
}

// aimOf turns a card that was looked up into an aim, and one that is not there into a refusal.
func aimOf(otherwise string) func(db.Card, error) (aim, error) {
	return func(card db.Card, err error) (aim, error) {
		card, err = cardOr(otherwise)(card, err)
		return aimAtKnown(card), err
	}
}

// aimAtKnown is the aim at a card that was looked up.
func aimAtKnown(card db.Card) aim { return aim{card: card.Number, private: card.Private} }
