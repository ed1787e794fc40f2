package db

import (
	"context"
	"fmt"
)

// MaxSheet is the size of the largest contact sheet that is kept, in bytes.
const MaxSheet = 64 << 10

const (
	insertSheet = `INSERT INTO sheet (card, jpeg) SELECT card.id, ?4 FROM card
	WHERE card.scope = ?1 AND` + visible + `AND card.number = ?3 ON CONFLICT (card) DO UPDATE SET jpeg = excluded.jpeg`

	selectSheet = `SELECT sheet.jpeg FROM card CROSS JOIN sheet ON sheet.card = card.id
	WHERE card.scope = ?1 AND` + visible + `AND card.number = ?3`
)

// SaveSheet keeps a contact sheet of a card's pictures, in place of the one it has.
func (s *Store) SaveSheet(ctx context.Context, v View, number int64, jpeg []byte) error {
	if len(jpeg) == 0 || len(jpeg) > MaxSheet {
		return fmt.Errorf("keep the sheet of card %d: it has %d bytes, not 1 to %d", number, len(jpeg), MaxSheet)
	}
	return wrap(one(s.write.ExecContext(ctx, insertSheet, text(v.Scope), text(v.Member), number, jpeg)),
		"keep the sheet of card %d", number)
}

// Sheet is the contact sheet of a card, a JPEG, or ErrNotFound.
func (s *Store) Sheet(ctx context.Context, v View, number int64) ([]byte, error) {
	var jpeg []byte
	err := s.read.QueryRowContext(ctx, selectSheet, text(v.Scope), text(v.Member), number).Scan(&jpeg)
	return jpeg, wrap(err, "read the sheet of card %d", number)
}
