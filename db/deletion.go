package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// UndoTime is how long a deleted card can be had back.
const UndoTime = 15 * time.Minute

const (
	hideCard = `UPDATE card SET owner = NULL, was = owner, deleted = ?2, deleted_by = ?3 WHERE id = ?1`
	showCard = `UPDATE card SET owner = was, was = '', deleted = 0, deleted_by = '' WHERE id = ?1`

	// Takes the eyes, the number, and since when it may have been deleted. Who saw the card sees that it is deleted, and so
	// does who deleted it.
	deletedCard = ` FROM card WHERE card.scope = ?1 AND card.number = ?4 AND card.owner IS NULL AND card.deleted > ?5
	AND (card.deleted_by = ?2 OR card.was IN ('', ?2)
	AND` + inSight + `)`
	deletionOf    = `SELECT card.asker, card.deleted_by, card.deleted` + deletedCard
	cardDeleted   = `SELECT EXISTS (SELECT 1 FROM card WHERE card.scope = ?1 AND card.number = ?2 AND card.owner IS NULL AND card.deleted > ?3)`
	cardToRestore = `SELECT card.id, card.job, card.was, card.midjourney_id, card.seed` + deletedCard

	// Takes the eyes, Midjourney's ID, an owner and a seed.
	otherSeedOfPicture = `SELECT ` + whole + ` FROM card INDEXED BY card_midjourney
	WHERE card.scope = ?1 AND` + inSight + `AND card.midjourney_id = ?4 AND card.midjourney_id <> '' AND card.owner = ?5 AND card.seed <> ?6
	ORDER BY card.number LIMIT 1`
)

// Deletion is a card that was deleted and can still be had back.
type Deletion struct {
	Asker string // of the card
	By    string // who deleted it
	At    time.Time
}

// Delete hides a card from every question at once, and notes in the audit log who did it. It can be had back for
// UndoTime; Purge erases it after that. Its number is never used again.
func (s *Store) Delete(ctx context.Context, v View, number int64, by string) error {
	return wrap(s.change(ctx, func(tx *sql.Tx) error {
		id, is, err := toAlter(ctx, tx, v, number)
		if err != nil {
			return err
		}
		now := time.Now()
		if err := one(tx.ExecContext(ctx, hideCard, id, ms(now), text(by))); err != nil {
			return err
		}
		if err := newIndex(tx).leave(ctx, id, is.Scope, entryOf(is)); err != nil {
			return err
		}
		return audit(ctx, tx, v.Scope, AuditEntry{At: now, Member: by, Action: "delete", Target: fmt.Sprintf("#%d", number)})
	}), "delete card %d", number)
}

// Undelete brings back a card that was deleted no longer than UndoTime ago; later it is ErrNotFound. Where the job got
// another card meanwhile, for the same eyes, or Midjourney's ID one with another seed, that one comes back with ErrExists.
func (s *Store) Undelete(ctx context.Context, v View, number int64) (Card, error) {
	var card Card
	err := s.change(ctx, func(tx *sql.Tx) error {
		e, err := eyesOf(ctx, tx, v)
		if err != nil {
			return err
		}
		var id int64
		var job, was, picture string
		var seed uint32
		if err := tx.QueryRowContext(ctx, cardToRestore, e.args(number, undoable())...).Scan(&id, &job, &was, &picture, &seed); err != nil {
			return err
		}
		if card, err = ofSameJob(ctx, tx, v, job, was); err != nil {
			return err
		}
		if card, err = instead(tx.QueryRowContext(ctx, otherSeedOfPicture, e.args(picture, was, seed)...)); err != nil {
			return err
		}
		if err := one(tx.ExecContext(ctx, showCard, id)); err != nil {
			return err
		}
		if err := one(tx.ExecContext(ctx, countStars, id)); err != nil { // who was forgotten meanwhile took the star along
			return err
		}
		if card, err = scanCard(tx.QueryRowContext(ctx, cardOfID, id, text(v.Member))); err != nil {
			return err
		}
		return newIndex(tx).enter(ctx, id, card.Scope, entryOf(card))
	})
	if err != nil && !errors.Is(err, ErrExists) {
		card = Card{}
	}
	return card, wrap(err, "bring card %d back", number)
}

// Deleted tells of the deletion of a card, or ErrNotFound when the card is there, was never, or is gone for good.
func (s *Store) Deleted(ctx context.Context, v View, number int64) (Deletion, error) {
	var d Deletion
	var at int64
	e, err := s.eyes(ctx, v)
	if err == nil {
		err = s.read.QueryRowContext(ctx, deletionOf, e.args(number, undoable())...).Scan(&d.Asker, &d.By, &at)
	}
	d.At = fromMS(at)
	return d, wrap(err, "look for the deletion of card %d", number)
}

// Undoable tells whether a card was deleted and can still be had back by somebody, whoever asks.
func (s *Store) Undoable(ctx context.Context, scope string, number int64) (bool, error) {
	var is bool
	err := s.read.QueryRowContext(ctx, cardDeleted, text(scope), number, undoable()).Scan(&is)
	return is, wrap(err, "look for the deletion of card %d", number)
}

// undoable is since when a deletion can be undone.
func undoable() int64 { return ms(time.Now().Add(-UndoTime)) }
