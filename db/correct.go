package db

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

const updateSeed = `UPDATE card SET seed = ?2 WHERE id = ?1`

// CorrectSeed puts another seed in place of one that a member had said, and notes in the audit log by whom and how. A
// seed that came from elsewhere stays, which is ErrUnchanged. Whether the member may correct it is for the caller to know.
func (s *Store) CorrectSeed(ctx context.Context, v View, number int64, seed uint32) (Card, error) {
	card, err := s.alter(ctx, v, number, func(tx *sql.Tx, id int64, is Card) error {
		switch {
		case is.Source != Pasted:
			return ErrUnchanged
		case is.Seed == seed:
			return nil
		}
		if err := one(tx.ExecContext(ctx, updateSeed, id, seed)); err != nil {
			return err
		}
		return audit(ctx, tx, v.Scope, AuditEntry{
			At: time.Now(), Member: v.Member, Action: "card.seed", Target: fmt.Sprintf("#%d", number), Detail: fmt.Sprintf("%d → %d", is.Seed, seed),
		})
	})
	return card, wrap(err, "correct the seed of card %d", number)
}
