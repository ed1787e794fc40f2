// Package db is what the bot remembers: the answers of the source, the cards made of them, who asked for what, and what
// a team makes of it: stars, notes, recipes, settings. It is one SQLite file that one process holds; what a method has
// returned for good survives a crash and a power cut.
//
// Every question names a View, so nobody reads another server's cards nor another member's private ones. Answers alone
// belong to no server: they hold nothing about who asked. The package knows neither Discord nor useapi; ids are text.
package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"time"
)

// Errors that callers branch on.
var (
	ErrNotFound    = errors.New("not in the history")
	ErrNewerSchema = errors.New("the history was written by a newer version of this program")
	ErrNotYet      = errors.New("PostgreSQL is not supported yet")
	ErrBusy        = errors.New("another process holds the history")
	ErrExists      = errors.New("there is one already")
	ErrConflict    = errors.New("somebody else changed it meanwhile")
	ErrUnchanged   = errors.New("it says so already")
)

// Store is an open history. It is safe for concurrent use; whoever opened it closes it.
type Store struct {
	path  string
	file  os.FileInfo // what path named when it was opened
	lock  *lock
	write *sql.DB // one connection: writers queue here, in Go, instead of failing in SQLite
	read  *sql.DB

	settings remembered
}

// View is whose eyes look: a scope (a guild's id, or "dm:<channel id>") and a member of it. Private cards and asks are
// seen by their own asker alone; a View without a member sees what is public.
type View struct {
	Scope, Member string
	// Channels, unless it is nil, are the channels that the member sees. Of what is public the view then sees what the
	// member asked for, what was asked for in these channels or stands in a message there, and what is of no channel.
	Channels []string
}

// Path is the SQLite file, as the DSN named it.
func (s *Store) Path() string { return s.path }

// Close lets the file go. The last write is on disk already, so nothing is lost if it is never called.
func (s *Store) Close() error {
	// The readers first: the connection that closes last tidies the write-ahead log away, and only the writer can.
	err := errors.Join(s.read.Close(), s.write.Close(), s.lock.release())
	if err != nil {
		return fmt.Errorf("close the history %s: %w", s.path, err)
	}
	return nil
}

// Ping tells whether the history can be read and written right now. It writes one row, so ask every few seconds at most.
func (s *Store) Ping(ctx context.Context) error {
	now, err := os.Stat(s.path)
	if err != nil {
		return fmt.Errorf("look at the history: %w", err)
	}
	if !os.SameFile(s.file, now) { // SQLite would go on writing into a file that has no name any more
		return fmt.Errorf("the history %s was replaced while it was open: restart", s.path)
	}
	var cards int
	if err := s.read.QueryRowContext(ctx, readable).Scan(&cards); err != nil {
		return wrap(err, "read the history")
	}
	if _, err := s.write.ExecContext(ctx, writable, ms(time.Now())); err != nil {
		return wrap(err, "write to the history")
	}
	return nil
}

const (
	readable = `SELECT count(*) FROM (SELECT id FROM card LIMIT 1)`
	writable = `INSERT INTO health (id, at) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET at = excluded.at`
)
