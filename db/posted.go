package db

import (
	"context"
	"database/sql"
)

const (
	// A message shows one card; one that is edited to show another shows that.
	insertMessage = `INSERT INTO message (scope, channel, message, card) SELECT card.scope, ?2, ?3, card.id FROM card WHERE card.id = ?1
	ON CONFLICT (scope, channel, message) DO UPDATE SET card = excluded.card`

	// Takes the scope, the channel, the message, and the card that it shows from now on.
	shownBefore = `SELECT ` + whole + `, card.id FROM message CROSS JOIN card ON card.id = message.card
	WHERE message.scope = ?1 AND message.channel = ?3 AND message.message = ?4 AND card.id <> ?5 AND card.owner IS NOT NULL`

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
		return show(ctx, tx, v.Scope, id, channel, message)
	})
	return wrap(err, "note where card %d was posted", number)
}

// AddMessage notes a further message that shows the card.
func (s *Store) AddMessage(ctx context.Context, v View, number int64, channel, message string) error {
	_, err := s.alter(ctx, v, number, func(tx *sql.Tx, id int64, _ Card) error {
		return show(ctx, tx, v.Scope, id, channel, message)
	})
	return wrap(err, "note a message that shows card %d", number)
}

// show notes that a message shows a card, which those who see its channel see from then on. What it showed before is not
// to be seen there any more.
func show(ctx context.Context, tx *sql.Tx, scope string, id int64, channel, message string) error {
	before, ids, err := cardsAndIDs(ctx, tx, shownBefore, text(scope), "", text(channel), text(message), id)
	if err != nil {
		return err
	}
	if err := addMessage(ctx, tx, id, channel, message); err != nil {
		return err
	}
	for i, other := range ids {
		if err := setAudience(ctx, tx, scope, other); err != nil {
			return err
		}
		now, err := scanCard(tx.QueryRowContext(ctx, cardOfID, other, ""))
		if err != nil {
			return err
		}
		if err := newIndex(tx).move(ctx, other, scope, entryOf(before[i]), entryOf(now)); err != nil {
			return err
		}
	}
	return setAudience(ctx, tx, scope, id)
}

func addMessage(ctx context.Context, tx *sql.Tx, id int64, channel, message string) error {
	if message == "" {
		return nil
	}
	return one(tx.ExecContext(ctx, insertMessage, id, text(channel), text(message)))
}
