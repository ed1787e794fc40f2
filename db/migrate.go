package db

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
)

// Migrations are numbered, never edited once released, and each runs in a transaction of its own.
//
//go:embed migrations/*.sql
var migrations embed.FS

// migrate brings the schema up to date, or refuses one that is newer than this program.
func migrate(ctx context.Context, d *sql.DB) error {
	var mode string
	if err := d.QueryRowContext(ctx, `PRAGMA journal_mode`).Scan(&mode); err != nil {
		return wrap(err, "look into it")
	}
	if mode != "wal" {
		return errors.New("its folder cannot hold SQLite's write-ahead log, as is so on network drives: name a file on a local disk")
	}
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, d, files, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("read the migrations: %w", err)
	}
	has, knows, err := p.GetVersions(ctx)
	if err != nil {
		return wrap(err, "read the version of its schema")
	}
	if has > knows {
		return fmt.Errorf("%w: its schema is number %d, this program knows %d: run the newer program, or name another file",
			ErrNewerSchema, has, knows)
	}
	if _, err := p.Up(ctx); err != nil {
		return wrap(err, "bring its schema from number %d to %d", has, knows)
	}
	return nil
}
