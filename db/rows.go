package db

import (
	"context"
	"database/sql"
)

// row is what *sql.Row and *sql.Rows have in common.
type row interface{ Scan(dest ...any) error }

// questioner is what *sql.DB and *sql.Tx have in common.
type questioner interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// scanAll reads everything that a query finds, row by row; nil when that is nothing.
func scanAll[T any](ctx context.Context, from questioner, scan func(row) (T, error), query string, args ...any) ([]T, error) {
	rows, err := from.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []T
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, one)
	}
	return list, rows.Err()
}

// allSeen is scanAll for a query of what a view sees.
func allSeen[T any](ctx context.Context, s *Store, v View, scan func(row) (T, error), query string, of ...any) ([]T, error) {
	e, err := s.eyes(ctx, v)
	if err != nil {
		return nil, err
	}
	return scanAll(ctx, s.read, scan, query, e.args(of...)...)
}

func scanText(r row) (s string, err error) {
	err = r.Scan(&s)
	return s, err
}

func scanID(r row) (id int64, err error) {
	err = r.Scan(&id)
	return id, err
}
