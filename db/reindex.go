package db

import (
	"context"
	"database/sql"
	"errors"
)

const (
	indexedVersion = `SELECT version FROM card_indexed WHERE id = 1`
	setIndexed     = `INSERT INTO card_indexed (id, version) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET version = excluded.version`

	// Takes the id after which to go on, nobody, and how many.
	cardsAfterID = `SELECT ` + whole + `, card.id FROM card WHERE card.id > ?1 AND card.owner IS NOT NULL ORDER BY card.id LIMIT ?3`
	reindexPart  = 500

	// Takes the id after which to go on, and how many. Deleted cards are among them: they may come back.
	scopesAfterID = `SELECT id, scope FROM card WHERE id > ?1 ORDER BY id LIMIT ?2`
)

// reindex makes all that cards are found by anew, if it was made by another version of the program. It is all or
// nothing; a million cards take a minute or two.
func (s *Store) reindex(ctx context.Context) error {
	var version int
	err := s.write.QueryRowContext(ctx, indexedVersion).Scan(&version)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return wrap(err, "look at its index")
	}
	if version == indexVersion {
		return nil
	}
	return wrap(s.change(ctx, func(tx *sql.Tx) error { return rebuild(ctx, tx) }), "index its cards")
}

func rebuild(ctx context.Context, tx *sql.Tx) error {
	for _, q := range []string{
		dropSearch, createSearch, mergeSearch, `DELETE FROM tally`, `DELETE FROM picture_key`, `DELETE FROM space`, `DELETE FROM audience`,
	} {
		if _, err := tx.ExecContext(ctx, q); err != nil {
			return err
		}
	}
	if err := regroup(ctx, tx); err != nil {
		return err
	}
	x := newIndex(tx)
	for after := int64(0); ; {
		cards, ids, err := cardsAndIDs(ctx, tx, cardsAfterID, after, "", reindexPart)
		if err != nil {
			return err
		}
		if len(ids) == 0 {
			break
		}
		for i, id := range ids {
			if err := x.enter(ctx, id, cards[i].Scope, entryOf(cards[i])); err != nil {
				return err
			}
			after = id
		}
	}
	if err := reorder(ctx, tx); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, setIndexed, indexVersion)
	return err
}

// regroup finds out anew who sees each card.
func regroup(ctx context.Context, tx *sql.Tx) error {
	for after := int64(0); ; {
		scopes, err := scopesAfter(ctx, tx, after)
		if err != nil || len(scopes) == 0 {
			return err
		}
		for id, scope := range scopes {
			if err := setAudience(ctx, tx, scope, id); err != nil {
				return err
			}
			after = max(after, id)
		}
	}
}

func scopesAfter(ctx context.Context, tx *sql.Tx, after int64) (map[int64]string, error) {
	rows, err := tx.QueryContext(ctx, scopesAfterID, after, reindexPart)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	scopes := map[int64]string{}
	for rows.Next() {
		var id int64
		var scope string
		if err := rows.Scan(&id, &scope); err != nil {
			return nil, err
		}
		scopes[id] = scope
	}
	return scopes, rows.Err()
}
