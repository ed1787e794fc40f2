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

	updatePosted   = `UPDATE card SET channel = ?2, message = ?3 WHERE id = ?1`
	updatePictures = `UPDATE card_bulk SET pictures = ?2 WHERE card = ?1`
)

// SetPosted notes where the answer stands now and which copies of the pictures it holds; nil pictures leave those that
// are stored. An earlier message still leads to the card.
func (s *Store) SetPosted(ctx context.Context, v View, number int64, channel, message string, pictures []Picture) error {
	_, err := s.alter(ctx, v, number, func(tx *sql.Tx, id int64, _ Card) error {
		if err := one(tx.ExecContext(ctx, updatePosted, id, text(channel), text(message))); err != nil {
			return err
		}
		if pictures != nil {
			list, err := picturesJSON(pictures)
			if err != nil {
				return err
			}
			if err := one(tx.ExecContext(ctx, updatePictures, id, list)); err != nil {
				return err
			}
		}
		return addMessage(ctx, tx, v, number, channel, message)
	})
	return wrap(err, "note where card %d was posted", number)
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
