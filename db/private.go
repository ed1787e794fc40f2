package db

import (
	"context"
	"database/sql"
	"errors"
)

const (
	updateOwner = `UPDATE card SET owner = ?2 WHERE id = ?1`

	// Takes the eyes, the job and its owner.
	cardOfOwner = `SELECT ` + whole + ` FROM card INDEXED BY card_job
	WHERE card.scope = ?1 AND` + inSight + `AND card.owner = ?5 AND card.job = ?4 AND card.job <> ''
	ORDER BY card.number LIMIT 1`
)

// SetPrivate shows a card to its asker alone, or to everyone of the scope, and gives it back as it became. Where the
// asker, or everyone, has another card of the same job already, it stays as it is and that other one comes back, with
// ErrExists. A card without an asker cannot become private, which is an *InputError. Whether the member may change it is
// for the caller to know.
func (s *Store) SetPrivate(ctx context.Context, v View, number int64, private bool) (Card, error) {
	var other Card
	card, err := s.alter(ctx, v, number, func(tx *sql.Tx, id int64, is Card) (err error) {
		if is.Private == private {
			return nil
		}
		if private && is.Asker == "" {
			return wrong("Nobody is named as the one who asked for this card, so nobody could see it any more.")
		}
		if other, err = ofSameJob(ctx, tx, v, is.Job, owner(private, is.Asker)); err != nil {
			return err
		}
		return one(tx.ExecContext(ctx, updateOwner, id, owner(private, is.Asker)))
	})
	if errors.Is(err, ErrExists) {
		card = other
	}
	return card, wrap(err, "change who sees card %d", number)
}

// ofSameJob is the view's card of a job that an owner has, with ErrExists, or nothing.
func ofSameJob(ctx context.Context, tx *sql.Tx, v View, job, owner string) (Card, error) {
	e, err := eyesOf(ctx, tx, v)
	if err != nil {
		return Card{}, err
	}
	return instead(tx.QueryRowContext(ctx, cardOfOwner, e.args(text(job), text(owner))...))
}

// instead is a card that is there in place of another, with ErrExists, or nothing.
func instead(r row) (Card, error) {
	other, err := scanCard(r)
	if errors.Is(err, sql.ErrNoRows) {
		return Card{}, nil
	}
	if err == nil {
		err = ErrExists
	}
	return other, err
}
