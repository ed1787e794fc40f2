package db

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

const (
	insertStar = `INSERT INTO star (card, member, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`
	deleteStar = `DELETE FROM star WHERE card = ? AND member = ?`
	starsOn    = `SELECT star.member, star.at FROM card CROSS JOIN star ON star.card = card.id
	WHERE card.scope = ?1 AND` + visible + `AND card.number = ?4 ORDER BY star.at, star.member`
	countStars = `UPDATE card SET stars = (SELECT count(*) FROM star WHERE star.card = card.id) WHERE id = ?`
)

// Star is a member's star on a card.
type Star struct {
	Member string
	At     time.Time
}

// StarredBy is whose stars are on a card, the oldest first. A card that the view cannot see has none.
func (s *Store) StarredBy(ctx context.Context, v View, number int64) ([]Star, error) {
	stars, err := allSeen(ctx, s, v, scanStar, starsOn, number)
	return stars, wrap(err, "read the stars of card %d", number)
}

func scanStar(r row) (star Star, err error) {
	var at int64
	err = r.Scan(&star.Member, &at)
	star.At = fromMS(at)
	return star, err
}

// Star puts the member's star on a card or takes it off, and says how many members' stars are on it now. Doing it twice
// is doing it once.
func (s *Store) Star(ctx context.Context, v View, number int64, on bool) (stars int, err error) {
	if v.Member == "" {
		return 0, errors.New("star a card: nobody in particular stars it")
	}
	card, err := s.alter(ctx, v, number, func(tx *sql.Tx, id int64, _ Card) (err error) {
		if on {
			_, err = tx.ExecContext(ctx, insertStar, id, text(v.Member), ms(time.Now()))
		} else {
			_, err = tx.ExecContext(ctx, deleteStar, id, text(v.Member))
		}
		if err != nil {
			return err
		}
		return one(tx.ExecContext(ctx, countStars, id))
	})
	return card.Stars, wrap(err, "star card %d", number)
}
