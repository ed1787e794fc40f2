package db

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/mattn/go-sqlite3"
)

// applicationID is what the first migration writes into the head of the file: "SEED".
const applicationID = 0x53454544

// claim makes the file if there is none and sees that it can be written. A new one is for the owner of the process
// alone, because it will hold what members asked in private.
func claim(path string) (os.FileInfo, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	const magic = "SQLite format 3\x00"
	head := make([]byte, len(magic))
	n, err := io.ReadFull(f, head)
	if errors.Is(err, io.EOF) { // new, or never written to
		return f.Stat()
	}
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, err
	}
	if string(head[:n]) != magic {
		return nil, errNotADatabase
	}
	return f.Stat()
}

var (
	errFolder       = errors.New("it is a folder or a device: name a file in a folder")
	errNotADatabase = errors.New("the file is not a SQLite database and was left alone: name another file")
)

// foreign counts what another program made. goose's own table alone is a history whose making was interrupted.
const foreign = `SELECT count(*) FROM sqlite_schema
	WHERE name NOT LIKE 'sqlite\_%' ESCAPE '\' AND tbl_name <> 'goose_db_version'`

// recognise refuses the database of another program before anything in it is touched.
func recognise(ctx context.Context, path string) error {
	d, err := pool(path, looking, 1)
	if err != nil {
		return err
	}
	defer d.Close()
	var id, tables int
	if err := d.QueryRowContext(ctx, `PRAGMA application_id`).Scan(&id); err != nil {
		return wrap(err, "look into it")
	}
	if err := d.QueryRowContext(ctx, foreign).Scan(&tables); err != nil {
		return wrap(err, "look into it")
	}
	if id != applicationID && (id != 0 || tables > 0) {
		return errors.New("the file is the database of another program and was left alone: name another file")
	}
	return nil
}

// advise adds what to do to the errors of files and of SQLite.
func advise(err error) error {
	var advice string
	e, isSQLite := errors.AsType[sqlite3.Error](err)
	switch {
	case errors.Is(err, ErrBusy):
		advice = "stop the other program first; two cannot work on one history"
	case errors.Is(err, os.ErrPermission), isSQLite && (e.Code == sqlite3.ErrReadonly || e.Code == sqlite3.ErrPerm):
		advice = "let this user write to the file and its folder, or name another file"
	case isSQLite && e.Code == sqlite3.ErrCantOpen:
		advice = "see that the folder exists and this user may write to it"
	case isSQLite && (e.Code == sqlite3.ErrNotADB || e.Code == sqlite3.ErrCorrupt):
		advice = "the file is damaged: put a backup in its place, or name another file"
	case isSQLite && e.Code == sqlite3.ErrFull:
		advice = "free some space"
	case strings.Contains(err.Error(), "read-only file system"):
		advice = "name a file on a disk that can be written"
	default:
		return err
	}
	return fmt.Errorf("%w (%s)", err, advice)
}
