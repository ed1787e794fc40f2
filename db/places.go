package db

import "context"

// Place is where a message stands.
type Place struct {
	Channel, Message string
}

// placesOfCard lists the newest first: a message's ID grows with time, and all are of one length for years to come.
const placesOfCard = `SELECT message.channel, message.message FROM card INDEXED BY card_number CROSS JOIN message ON message.card = card.id
	WHERE card.scope = ?1 AND` + visible + `AND card.number = ?4
	ORDER BY length(message.message) DESC, message.message DESC LIMIT ?5`

// Places are the messages that show a card, the latest first. A card that the view cannot see is shown nowhere.
func (s *Store) Places(ctx context.Context, v View, number int64, limit int) ([]Place, error) {
	places, err := allSeen(ctx, s, v, scanPlace, placesOfCard, number, min(or(limit, defaultPage), maxPage))
	return places, wrap(err, "read where card %d is shown", number)
}

func scanPlace(r row) (p Place, err error) {
	err = r.Scan(&p.Channel, &p.Message)
	return p, err
}
