package db

import (
	"context"
	"encoding/json"
	"strconv"
)

// Each takes the eyes and what is looked for.
const (
	cardOfNumber = `SELECT ` + whole + ` FROM card WHERE card.scope = ?1 AND` + visible + `AND card.number = ?4`

	cardOfAsk = `SELECT ` + whole + ` FROM card WHERE card.scope = ?1 AND` + visible + `AND card.ask = ?4 AND card.ask <> ''
	ORDER BY card.owner LIMIT 1`

	// A public card goes before a private one: it can be shown to others. Takes whose private one may be had, too, and the
	// numbers of those that do not count.
	cardOfJob = `SELECT ` + whole + ` FROM card INDEXED BY card_job
	WHERE card.scope = ?1 AND card.owner IN ('', ?5) AND` + inSight + `AND card.job = ?4
	AND card.job <> '' AND card.number NOT IN (SELECT value FROM json_each(?6)) ORDER BY card.owner, card.number LIMIT 1`

	cardOfMessage = `SELECT ` + whole + ` FROM message CROSS JOIN card ON card.id = message.card
	WHERE message.scope = ?1 AND` + visible + `AND message.channel = ?4 AND message.message = ?5`

	cardOfMidjourneyID = `SELECT ` + whole + ` FROM json_each(?4) AS wanted CROSS JOIN card ON card.midjourney_id = wanted.value
	WHERE card.scope = ?1 AND` + visible + `AND card.midjourney_id <> '' ORDER BY card.number DESC LIMIT 1`

	lastCard = `SELECT ` + whole + ` FROM card WHERE card.scope = ?1 AND card.asker = ?2 AND ?2 <> '' AND` + visible + `
	ORDER BY card.number DESC LIMIT 1`
)

// Card is the card of a number, or ErrNotFound.
func (s *Store) Card(ctx context.Context, v View, number int64) (Card, error) {
	c, err := s.card(ctx, cardOfNumber, v, number)
	return c, wrap(err, "read card %d", number)
}

// CardOfJob is the card that Keep would call known, or ErrNotFound: a public one or, for a private ask, also the
// member's own private one. Cards of the numbers beside do not count.
func (s *Store) CardOfJob(ctx context.Context, v View, job string, private bool, beside ...int64) (Card, error) {
	c, err := s.card(ctx, cardOfJob, v, text(job), owner(private, v.Member), numberList(beside))
	return c, wrap(err, "read the card of job %q", job)
}

// CardOfMessage is the card that a message shows, or ErrNotFound: the posted answer, or one told to AddMessage.
func (s *Store) CardOfMessage(ctx context.Context, v View, channel, message string) (Card, error) {
	c, err := s.card(ctx, cardOfMessage, v, text(channel), text(message))
	return c, wrap(err, "read the card of message %q", message)
}

// CardOfMidjourneyID is the newest card of any of these Midjourney ids, in either case, or ErrNotFound.
func (s *Store) CardOfMidjourneyID(ctx context.Context, v View, uuids []string) (Card, error) {
	list, err := json.Marshal(uuids)
	if err != nil {
		return Card{}, wrap(err, "read the card of a Midjourney id")
	}
	c, err := s.card(ctx, cardOfMidjourneyID, v, string(list))
	return c, wrap(err, "read the card of a Midjourney id")
}

// lastAnswer is the card that answered a member's latest ask. It may be somebody else's, who asked for the job before.
const lastAnswer = `SELECT card FROM ask WHERE scope = ?1 AND member = ?2 AND card > 0 ORDER BY at DESC LIMIT 1`

// LastCard is the card that answered the member's latest ask in this scope, else the newest that they asked for, or
// ErrNotFound.
func (s *Store) LastCard(ctx context.Context, v View) (Card, error) {
	var number int64
	err := s.read.QueryRowContext(ctx, lastAnswer, text(v.Scope), text(v.Member)).Scan(&number)
	if err == nil {
		if c, err := s.Card(ctx, v, number); err == nil {
			return c, nil
		}
	}
	c, err := s.card(ctx, lastCard, v)
	return c, wrap(err, "read the member's last card")
}

func (s *Store) card(ctx context.Context, query string, v View, of ...any) (Card, error) {
	e, err := s.eyes(ctx, v)
	if err != nil {
		return Card{}, err
	}
	return scanCard(s.read.QueryRowContext(ctx, query, e.args(of...)...))
}

// numberList is a list of numbers as queries take it.
func numberList(numbers []int64) string {
	list := []byte{'['}
	for i, n := range numbers {
		if i > 0 {
			list = append(list, ',')
		}
		list = strconv.AppendInt(list, n, 10)
	}
	return string(append(list, ']'))
}
