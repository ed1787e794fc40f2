package db

import (
	"context"
	"database/sql"
)

// Place is where a message stands.
type Place struct {
	Channel, Message string
}

// placesOfCard lists the newest first: a message's ID grows with time, and all are of one length for years to come.
const placesOfCard = `SELECT message.channel, message.message FROM card INDEXED BY card_number CROSS JOIN message ON message.card = card.id
	WHERE card.scope = ?1 AND` + visible + `AND card.number = ?4
	ORDER BY length(message.message) DESC, message.message DESC LIMIT ?5`

// placesOfAsker takes the scope, the member, and how many. It lists in the same order.
const placesOfAsker = `SELECT message.channel, message.message, card.number, coalesce(card.owner <> '', true)
	FROM card INDEXED BY card_asker CROSS JOIN message ON message.card = card.id
	WHERE card.scope = ?1 AND card.asker = ?2 AND card.asker <> ''
	ORDER BY length(message.message) DESC, message.message DESC LIMIT ?3`

// Standing is a message that shows a card, or showed it.
type Standing struct {
	Place
	Number int64 // of the card
	Hidden bool  // the card is private or deleted, so the message says that instead
}

// PlacesOf are the messages of all cards that the view's member asked for, the latest first.
func (s *Store) PlacesOf(ctx context.Context, v View, limit int) ([]Standing, error) {
	rows, err := s.read.QueryContext(ctx, placesOfAsker, text(v.Scope), text(v.Member), min(or(limit, defaultPage), maxPage))
	if err != nil {
		return nil, wrap(err, "read where a member's cards are shown")
	}
	all, err := scanStandings(rows)
	return all, wrap(err, "read where a member's cards are shown")
}

func scanStandings(rows *sql.Rows) (all []Standing, err error) {
	defer rows.Close()
	for rows.Next() {
		var at Standing
		if err := rows.Scan(&at.Channel, &at.Message, &at.Number, &at.Hidden); err != nil {
			return nil, err
		}
		all = append(all, at)
	}
	return all, rows.Err()
}

// Places are the messages that show a card, the latest first. A card that the view cannot see is shown nowhere.
func (s *Store) Places(ctx context.Context, v View, number int64, limit int) ([]Place, error) {
	places, err := allSeen(ctx, s, v, scanPlace, placesOfCard, number, min(or(limit, defaultPage), maxPage))
	return places, wrap(err, "read where card %d is shown", number)
}

func scanPlace(r row) (p Place, err error) {
	err = r.Scan(&p.Channel, &p.Message)
	return p, err
}
