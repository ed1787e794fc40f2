package db

import (
	"context"
	"database/sql"
)

const updateNote = `UPDATE card SET note = ?2, tags = ?3 WHERE id = ?1`

// SetNote puts a note and tags on a card, in place of those it has. What cannot be kept is an *InputError: a note has
// MaxNote characters at most, a card MaxTags tags, each as NormalTag says.
func (s *Store) SetNote(ctx context.Context, v View, number int64, note string, tags []string) error {
	tags, err := normalTags(tags)
	if err != nil {
		return wrap(err, "tag card %d", number)
	}
	if note, err = normalNote(note); err != nil {
		return wrap(err, "note on card %d", number)
	}
	_, err = s.alter(ctx, v, number, func(tx *sql.Tx, id int64, _ Card) error {
		return one(tx.ExecContext(ctx, updateNote, id, note, joinTags(tags)))
	})
	return wrap(err, "note on card %d", number)
}
