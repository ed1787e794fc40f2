package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

const (
	nextNumber = `INSERT INTO scope (scope, last) VALUES (?, 1) ON CONFLICT (scope) DO UPDATE SET last = last + 1 RETURNING last`

	insertCard = `INSERT INTO card AS card (scope, number, owner, asker, ask, seed, source, job, seed_job, midjourney_id,
	version, aspect, channel, message, asked, created, folded, prompt, typed, parameters, pictures, raw)
	VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
)

// Keep stores c under its scope's next number, whatever number it came with, and returns it as stored. A card of that
// job which the asker can already use is returned instead, and known is true: a public one of the scope or, for a
// private ask, the member's own private one. So a private card and a later public ask of the same job make two cards.
// The same ask again returns the card it made. Numbers are never used twice and none is left out.
func (s *Store) Keep(ctx context.Context, ask string, c Card) (card Card, known bool, err error) {
	switch c.Source {
	case Midjourney, Prompt, Pasted, Imported:
	default:
		return Card{}, false, fmt.Errorf("keep a card: there is no source %q", c.Source)
	}
	if c.Scope == "" || c.Private && c.Asker == "" {
		return Card{}, false, errors.New("keep a card: it names no scope, or is private and names no asker")
	}
	err = s.change(ctx, func(tx *sql.Tx) (err error) {
		card, known, err = keep(ctx, tx, ask, c)
		return err
	})
	if err != nil {
		return Card{}, false, wrap(err, "keep the card of job %q", c.Job)
	}
	return card, known, nil
}

func keep(ctx context.Context, tx *sql.Tx, ask string, c Card) (card Card, known bool, err error) {
	card, err = scanCard(tx.QueryRowContext(ctx, cardOfAsk, text(c.Scope), text(c.Asker), text(ask)))
	if !errors.Is(err, sql.ErrNoRows) {
		return card, false, err
	}
	v := View{c.Scope, c.Asker}
	card, err = scanCard(tx.QueryRowContext(ctx, cardOfJob, text(v.Scope), owner(c.Private, v.Member), text(c.Job)))
	if !errors.Is(err, sql.ErrNoRows) {
		return card, true, err
	}

	var number int64
	if err := tx.QueryRowContext(ctx, nextNumber, text(c.Scope)).Scan(&number); err != nil {
		return Card{}, false, err
	}
	if c.Created.IsZero() {
		c.Created = time.Now()
	}
	pictures, err := picturesJSON(c.Pictures)
	if err != nil {
		return Card{}, false, err
	}
	_, err = tx.ExecContext(ctx, insertCard, text(c.Scope), number, owner(c.Private, c.Asker), text(c.Asker), text(ask),
		c.Seed, string(c.Source), text(c.Job), text(c.SeedJob), text(c.MidjourneyID), text(c.Version), text(c.Aspect),
		text(c.Channel), text(c.Message), ms(c.Asked), ms(c.Created), fold(c.Prompt), text(c.Prompt), text(c.Typed),
		text(string(c.Parameters)), pictures, text(string(c.Raw)))
	if err != nil {
		return Card{}, false, err
	}
	if err := addMessage(ctx, tx, v, number, c.Channel, c.Message); err != nil {
		return Card{}, false, err
	}
	card, err = scanCard(tx.QueryRowContext(ctx, cardOfNumber, text(v.Scope), text(v.Member), number))
	return card, false, err
}
