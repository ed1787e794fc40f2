package db

import (
	"context"
	"database/sql"
)

// atOnce is how many cards each changes in one transaction.
const atOnce = 100

// cardToAlter takes the eyes and the number.
const cardToAlter = `SELECT ` + whole + `, card.id FROM card WHERE card.scope = ?1 AND` + visible + `AND card.number = ?4`

// alter changes a card that the view can see, and with it what the card is found by. do gets the card as it is; what
// comes back is the card as it became, in the eyes of the member.
func (s *Store) alter(ctx context.Context, v View, number int64, do func(tx *sql.Tx, id int64, is Card) error) (Card, error) {
	var became Card
	err := s.change(ctx, func(tx *sql.Tx) error {
		id, is, err := toAlter(ctx, tx, v, number)
		if err != nil {
			return err
		}
		if err := do(tx, id, is); err != nil {
			return err
		}
		became, err = scanCard(tx.QueryRowContext(ctx, cardOfID, id, text(v.Member)))
		if err != nil {
			return err
		}
		return newIndex(tx).move(ctx, id, is.Scope, entryOf(is), entryOf(became))
	})
	if err != nil {
		return Card{}, err
	}
	return became, nil
}

func toAlter(ctx context.Context, tx *sql.Tx, v View, number int64) (id int64, is Card, err error) {
	e, err := eyesOf(ctx, tx, v)
	if err != nil {
		return 0, Card{}, err
	}
	is, err = scanCardAnd(tx.QueryRowContext(ctx, cardToAlter, e.args(number)...), &id)
	return id, is, err
}

// each does something to all cards that query lists, and says to how many. The query lists whole cards with their ids,
// atOnce at most; what was done to a card must take it off the list. Each part is a transaction of its own, so that
// no other writer waits for long.
func (s *Store) each(ctx context.Context, query string, args []any, do func(x *index, id int64, c Card) error) (int, error) {
	for done := 0; ; {
		var n int
		err := s.change(ctx, func(tx *sql.Tx) error {
			cards, ids, err := cardsAndIDs(ctx, tx, query, args...)
			if err != nil {
				return err
			}
			x := newIndex(tx)
			for i, id := range ids {
				if err := do(x, id, cards[i]); err != nil {
					return err
				}
			}
			n = len(ids)
			return nil
		})
		if err != nil {
			return done, err
		}
		if done += n; n < atOnce {
			return done, nil
		}
	}
}

func cardsAndIDs(ctx context.Context, from questioner, query string, args ...any) (cards []Card, ids []int64, err error) {
	rows, err := from.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		c, err := scanCardAnd(rows, &id)
		if err != nil {
			return nil, nil, err
		}
		cards, ids = append(cards, c), append(ids, id)
	}
	return cards, ids, rows.Err()
}
