package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// change runs do in a transaction of the writer. When ctx ends halfway nothing has changed, and that is what it says: the
// error of the statement that met the rolled back transaction would hide it.
func (s *Store) change(ctx context.Context, do func(*sql.Tx) error) error {
	err := s.transact(ctx, do)
	if err != nil && ctx.Err() != nil && !errors.Is(err, ctx.Err()) {
		return fmt.Errorf("%w: %w", ctx.Err(), err)
	}
	return err
}

func (s *Store) transact(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // of a transaction that was committed it does nothing
	if err := do(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// one says sql.ErrNoRows when a statement changed nothing.
func one(result sql.Result, err error) error {
	if err != nil {
		return err
	}
	n, err := result.RowsAffected()
	if err != nil {
		return fmt.Errorf("count the rows: %w", err)
	}
	if n == 0 {
		return sql.ErrNoRows
	}
	return nil
}
