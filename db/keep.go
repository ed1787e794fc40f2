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

	insertCard = `INSERT INTO card AS card (id, scope, number, owner, asker, ask, seed, source, job, seed_job, midjourney_id,
	version, aspect, channel, message, asked, created, prompt, typed, parameters, note, tags, parent, action, speed)
	VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

	insertBulk = `INSERT INTO card_bulk (card, pictures, raw) VALUES (?, ?, ?)`
)

// Keep stores c under its scope's next number, whatever number it came with, and returns it as stored. A card of that
// job which the asker can already use is returned instead, and known is true: a public one of the scope or, for a
// private ask, the member's own private one. So a private card and a later public ask of the same job make two cards.
// The same ask again returns the card it made. Cards of the numbers beside do not count as known: the asker is not to see
// them. A note or tags that SetNote would refuse are an *InputError. Numbers are never used twice and none is left out.
func (s *Store) Keep(ctx context.Context, ask string, c Card, beside ...int64) (card Card, known bool, err error) {
	switch c.Source {
	case Midjourney, Prompt, Pasted, Imported:
	default:
		return Card{}, false, fmt.Errorf("keep a card: there is no source %q", c.Source)
	}
	if c.Scope == "" || c.Private && c.Asker == "" {
		return Card{}, false, errors.New("keep a card: it names no scope, or is private and names no asker")
	}
	err = s.change(ctx, func(tx *sql.Tx) (err error) {
		card, known, err = keep(ctx, tx, ask, c, beside)
		return err
	})
	if err != nil {
		return Card{}, false, wrap(err, "keep the card of job %q", c.Job)
	}
	return card, known, nil
}

func keep(ctx context.Context, tx *sql.Tx, ask string, c Card, beside []int64) (card Card, known bool, err error) {
	e, err := eyesOf(ctx, tx, View{Scope: c.Scope, Member: c.Asker})
	if err != nil {
		return Card{}, false, err
	}
	card, err = scanCard(tx.QueryRowContext(ctx, cardOfAsk, e.args(text(ask))...))
	if !errors.Is(err, sql.ErrNoRows) {
		return card, false, err
	}
	card, err = knownCard(ctx, tx, e, c, beside)
	if !errors.Is(err, sql.ErrNoRows) {
		return card, true, err
	}
	if err := tx.QueryRowContext(ctx, nextNumber, text(c.Scope)).Scan(&c.Number); err != nil {
		return Card{}, false, err
	}
	card, err = insert(ctx, newIndex(tx), ask, c, newestID)
	return card, false, err
}

// knownCard is the card of the same job that the asker can use already, as far as the eyes see.
func knownCard(ctx context.Context, tx *sql.Tx, e eyes, c Card, beside []int64) (Card, error) {
	return scanCard(tx.QueryRowContext(ctx, cardOfJob, e.args(text(c.Job), owner(c.Private, c.Asker), numberList(beside))...))
}

// insert stores a card under the number it has, which is the newest of its scope unless an id is given that lies between
// those of its neighbours: ids grow with numbers.
func insert(ctx context.Context, x *index, ask string, c Card, id int64) (Card, error) {
	if c.Created.IsZero() {
		c.Created = time.Now()
	}
	var err error
	if c.Tags, err = normalTags(c.Tags); err != nil {
		return Card{}, err
	}
	if c.Note, err = normalNote(c.Note); err != nil {
		return Card{}, err
	}
	pictures, err := picturesJSON(c.Pictures)
	if err != nil {
		return Card{}, err
	}
	last, err := lastOf(ctx, x.tx, c.Scope)
	if err != nil {
		return Card{}, err
	}
	between := id != newestID
	if !between {
		id = last.idOf(c.Number)
	}
	_, err = x.tx.ExecContext(ctx, insertCard, id, text(c.Scope), c.Number, owner(c.Private, c.Asker), text(c.Asker), text(ask),
		c.Seed, string(c.Source), text(c.Job), text(c.SeedJob), text(c.MidjourneyID), text(c.Version), text(c.Aspect),
		text(c.Channel), text(c.Message), ms(c.Asked), ms(c.Created), text(c.Prompt), text(c.Typed), text(string(c.Parameters)),
		c.Note, joinTags(c.Tags), max(c.Parent, 0), text(c.Action), text(c.Speed))
	if err != nil {
		return Card{}, err
	}
	if _, err := x.tx.ExecContext(ctx, insertBulk, id, pictures, text(string(c.Raw))); err != nil {
		return Card{}, err
	}
	if between || ms(c.Created) < last.created {
		if _, err := x.tx.ExecContext(ctx, setMixed, text(c.Scope), c.Number, max(id, last.id), max(ms(c.Created), last.created)); err != nil {
			return Card{}, err
		}
	}
	if err := addMessage(ctx, x.tx, id, c.Channel, c.Message); err != nil {
		return Card{}, err
	}
	if err := setAudience(ctx, x.tx, c.Scope, id); err != nil {
		return Card{}, err
	}
	card, err := scanCard(x.tx.QueryRowContext(ctx, cardOfID, id, text(c.Asker)))
	if err != nil {
		return Card{}, err
	}
	return card, x.enter(ctx, id, card.Scope, entryOf(card))
}
