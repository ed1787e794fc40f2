package db

import (
	"context"
	"database/sql"
)

const (
	// A message shows one card; one that is edited to show another shows that.
	insertMessage = `INSERT INTO message (scope, channel, message, card)
	SELECT card.scope, ?4, ?5, card.id FROM card WHERE card.scope = ?1 AND` + visible + `AND card.number = ?3
	ON CONFLICT (scope, channel, message) DO UPDATE SET card = excluded.card`

	updatePosted = `UPDATE card SET channel = ?4, message = ?5, pictures = coalesce(?6, pictures)
	WHERE card.scope = ?1 AND` + visible + `AND card.number = ?3`
)

// SetPosted notes where the answer stands now and which copies of the pictures it holds; nil pictures leave those that
// are stored. An earlier message still leads to the card.
func (s *Store) SetPosted(ctx context.Context, v View, number int64, channel, message string, pictures []Picture) error {
	var list sql.NullString
	if pictures != nil {
		p, err := picturesJSON(pictures)
		if err != nil {
			return wrap(err, "note where card %d was posted", number)
		}
		list = sql.NullString{String: p, Valid: true}
	}
	return wrap(s.change(ctx, func(tx *sql.Tx) error {
		err := one(tx.ExecContext(ctx, updatePosted, text(v.Scope), text(v.Member), number, text(channel), text(message), list))
		if err != nil {
			return err
		}
		return addMessage(ctx, tx, v, number, channel, message)
	}), "note where card %d was posted", number)
}

// AddMessage notes a further message that shows the card.
func (s *Store) AddMessage(ctx context.Context, v View, number int64, channel, message string) error {
	return wrap(s.change(ctx, func(tx *sql.Tx) error {
		return addMessage(ctx, tx, v, number, channel, message)
	}), "note a message that shows card %d", number)
}

func addMessage(ctx context.Context, tx *sql.Tx, v View, number int64, channel, message string) error {
	if message == "" {
		return nil
	}
	return one(tx.ExecContext(ctx, insertMessage, text(v.Scope), text(v.Member), number, text(channel), text(message)))
}
