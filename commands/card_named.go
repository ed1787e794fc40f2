package commands

import (
	"context"
	"errors"
	"fmt"

	"seedbank/bot"
	"seedbank/db"
)

// cardOf is a card that the member may find, or a refusal.
func (c *counter) cardOf(ctx context.Context, i *bot.Interaction, number int64) (db.Card, error) {
	v, err := c.eyes(ctx, i)
	if err != nil {
		return db.Card{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, lookupTime)
	defer cancel()
	return cardOr(textNoCard(number))(c.history.Card(ctx, v, number))
}

// cardOfButton is the card of a pressed button, as far as the one who pressed may see it: a custom ID can be forged.
func (c *counter) cardOfButton(ctx context.Context, i *bot.Interaction) (db.Card, error) {
	return c.cardOfID(ctx, i, i.CustomID)
}

// cardOfID is cardOfButton for a custom ID that says which card.
func (c *counter) cardOfID(ctx context.Context, i *bot.Interaction, of bot.CustomID) (db.Card, error) {
	number := numberIn(of.Arg(0))
	return cardOr(textNoCard(number))(c.cardSeen(ctx, i, number))
}

// cardOr turns a card that is not there into a refusal.
func cardOr(otherwise string) func(db.Card, error) (db.Card, error) {
	return func(card db.Card, err error) (db.Card, error) {
		switch {
		case errors.Is(err, db.ErrNotFound):
			return db.Card{}, bot.Refuse(otherwise)
		case err != nil:
			return db.Card{}, fmt.Errorf("look up a card: %w", err)
		}
		return card, nil
	}
}

// cardIfThere tells a card that is not there from an error.
func cardIfThere(card db.Card, err error) (_ db.Card, there bool, _ error) {
	switch {
	case errors.Is(err, db.ErrNotFound):
		return db.Card{}, false, nil
	case err != nil:
		return db.Card{}, false, fmt.Errorf("look up a card: %w", err)
	}
	return card, true, nil
}

// cardNamed is the one card that a member means by what they typed or chose: its number, "last", its job, Midjourney's ID,
// a link to its message, or words that no other card's prompt holds. Among several nothing is guessed.
func (c *counter) cardNamed(ctx context.Context, i *bot.Interaction, typed string) (db.Card, error) {
	n, err := c.cardsNamed(ctx, i, typed)
	switch {
	case err != nil:
		return db.Card{}, err
	case !n.plain():
		return db.Card{}, bot.Refuse(n.refusal())
	}
	return n.cards[0], nil
}

// namedCards are the cards that a member may mean, at least one: several for words only.
type namedCards struct {
	cards []db.Card
	typed string
	near  bool // they have only some of the words
}

// plain tells that one card is meant and no other.
func (n namedCards) plain() bool { return len(n.cards) == 1 && !n.near }

// refusal is said where words are not enough.
func (n namedCards) refusal() string {
	if n.near {
		return textNearCards(n.typed, cardNumbers(n.cards))
	}
	return textSeveralCards(n.typed, cardNumbers(n.cards))
}

// cardsNamed finds them as they are suggested.
func (c *counter) cardsNamed(ctx context.Context, i *bot.Interaction, typed string) (namedCards, error) {
	if !readReference(typed).empty() || plain(typed) == "" {
		card, err := c.cardReferred(ctx, i, typed)
		return namedCards{cards: []db.Card{card}}, err
	}
	v, err := c.eyes(ctx, i)
	if err != nil {
		return namedCards{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, lookupTime)
	defer cancel()
	cards, near, err := c.suggested(ctx, v, typed)
	switch {
	case err != nil:
		return namedCards{}, err
	case len(cards) == 0:
		return namedCards{}, bot.Refuse(knownHere(v.Scope, textNoCardSo))
	}
	return namedCards{cards: cards, typed: typed, near: near}, nil
}

// suggested are the cards that a text may mean which is still being typed, the nearest where no card has all of it.
func (c *counter) suggested(ctx context.Context, v db.View, typed string) (cards []db.Card, near bool, err error) {
	cards, err = c.history.Suggest(ctx, v, typed, maxSuggestions)
	if err == nil && len(cards) == 0 {
		near = true
		cards, err = c.history.SuggestNearest(ctx, v, typed, maxSuggestions)
	}
	if err != nil {
		return nil, false, fmt.Errorf("look up cards by words: %w", err)
	}
	return cards, near, nil
}

func cardNumbers(cards []db.Card) []int64 {
	numbers := make([]int64, 0, len(cards))
	for _, card := range cards {
		numbers = append(numbers, card.Number)
	}
	return numbers
}

// cardReferred is the card of a reference, which words are not.
func (c *counter) cardReferred(ctx context.Context, i *bot.Interaction, typed string) (db.Card, error) {
	v, err := c.eyes(ctx, i)
	if err != nil {
		return db.Card{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, lookupTime)
	defer cancel()
	ref := readReference(typed)
	switch {
	case ref.card != 0:
		return cardOr(knownHere(v.Scope, textNoCard(ref.card)))(c.history.Card(ctx, v, ref.card))
	case ref.last:
		return cardOr(textNoLast)(c.history.LastCard(ctx, v))
	case len(ref.jobs) == 1:
		return cardOr(textNoCardOfThat)(c.history.CardOfJob(ctx, v, ref.jobs[0], true))
	case len(ref.uuids) > 0:
		return cardOr(textNoCardOfThat)(c.history.CardOfMidjourneyID(ctx, v, ref.uuids))
	case ref.link != nil:
		if err := belongsHere(i, *ref.link); err != nil {
			return db.Card{}, err
		}
		return cardOr(textNoCardOfThat)(c.history.CardOfMessage(ctx, v, ref.link.Channel, ref.link.Message))
	}
	return db.Card{}, bot.Refuse(textNotNumber)
}

// cardOfTarget is the message that a message command is used on, and the card that it leads to; see cardBehind.
func (c *counter) cardOfTarget(ctx context.Context, i *bot.Interaction) (m *bot.Msg, card db.Card, known bool, err error) {
	if m, err = targetOf(i); err != nil {
		return nil, db.Card{}, false, err
	}
	card, known, err = c.cardBehind(ctx, i, m)
	return m, card, known, err
}

// targetOf is the message that a message command is used on.
func targetOf(i *bot.Interaction) (*bot.Msg, error) {
	m, there := i.Messages[i.Target]
	if !there {
		return nil, bot.Refuse(textNoText)
	}
	return &m, nil
}

// cardBehind is the card that a message leads to, as far as the member may see it: our own message of it, or any message
// that names its job or Midjourney's ID. Nothing is asked for it.
func (c *counter) cardBehind(ctx context.Context, i *bot.Interaction, m *bot.Msg) (card db.Card, known bool, err error) {
	a, known, err := c.cardOn(ctx, i, i.Channel, m.ID)
	if err == nil && !known {
		a, known, err = c.knownBehind(ctx, i, c.readMessage(m))
	}
	if err != nil || !known {
		return db.Card{}, false, err
	}
	card, err = c.cardOf(ctx, i, a.card)
	return card, err == nil, err
}

// knownBehind is the card that answers a reference already.
func (c *counter) knownBehind(ctx context.Context, i *bot.Interaction, ref reference) (a aim, known bool, err error) {
	v, err := c.eyes(ctx, i)
	if err != nil {
		return aim{}, false, err
	}
	ctx, cancel := context.WithTimeout(ctx, lookupTime)
	defer cancel()
	var card db.Card
	switch {
	case ref.card != 0:
		card, err = c.history.Card(ctx, v, ref.card)
	case len(ref.jobs) == 1:
		card, err = c.history.CardOfJob(ctx, v, ref.jobs[0], true)
	case len(ref.uuids) > 0:
		card, err = c.history.CardOfMidjourneyID(ctx, v, ref.uuids)
	default:
		return aim{}, false, nil
	}
	card, known, err = cardIfThere(card, err)
	return aimAtKnown(card), known, err
}
