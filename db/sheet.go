package db

import (
	"context"
	"fmt"
)

// MaxSheet is the size of the largest contact sheet that is kept, in bytes.
const MaxSheet = 64 << 10

const (
	insertSheet = `INSERT INTO sheet (card, jpeg) SELECT card.id, ?5 FROM card
	WHERE card.scope = ?1 AND` + visible + `AND card.number = ?4 ON CONFLICT (card) DO UPDATE SET jpeg = excluded.jpeg`

	sheetOfID = `INSERT INTO sheet (card, jpeg) VALUES (?1, ?2) ON CONFLICT (card) DO UPDATE SET jpeg = excluded.jpeg`

	selectSheet = `SELECT sheet.jpeg FROM card CROSS JOIN sheet ON sheet.card = card.id
	WHERE card.scope = ?1 AND` + visible + `AND card.number = ?4`
)

// SaveSheet keeps a contact sheet of a card's pictures, in place of the one it has.
func (s *Store) SaveSheet(ctx context.Context, v View, number int64, jpeg []byte) error {
	if len(jpeg) == 0 || len(jpeg) > MaxSheet {
		return fmt.Errorf("keep the sheet of card %d: it has %d bytes, not 1 to %d", number, len(jpeg), MaxSheet)
	}
	e, err := s.eyes(ctx, v)
	if err == nil {
		err = one(s.write.ExecContext(ctx, insertSheet, e.args(number, jpeg)...))
	}
	return wrap(err, "keep the sheet of card %d", number)
}

// Sheet is the contact sheet of a card, a JPEG, or ErrNotFound.
func (s *Store) Sheet(ctx context.Context, v View, number int64) ([]byte, error) {
	var jpeg []byte
	e, err := s.eyes(ctx, v)
	if err == nil {
		err = s.read.QueryRowContext(ctx, selectSheet, e.args(number)...).Scan(&jpeg)
	}
	return jpeg, wrap(err, "read the sheet of card %d", number)
}
