package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// All options stand in the DSN, where every connection of a pool gets them. FULL, because an answer that cost money must
// survive a power cut. Immediate, because a transaction that begins by reading cannot wait for its turn to write. 8 MB of
// pages for a reader, because a search through a million cards looks at a thousand of them: it halves its time.
const (
	looking = "mode=rw&_busy_timeout=5000"
	writing = "mode=rw&_journal_mode=WAL&_synchronous=FULL&_busy_timeout=5000&_txlock=immediate&_foreign_keys=on&_stmt_cache_size=64"
	reading = "mode=ro&_query_only=1&_busy_timeout=5000&_stmt_cache_size=64&_cache_size=-8000"
	readers = 4
)

// Open opens the history that dsn names, and makes it when the file is not there; see Path for what dsn may be. It
// brings an older history up to date. One process holds a history: a second Open of it is ErrBusy. A history of a newer
// program is ErrNewerSchema and left as it is. The caller closes the Store.
func Open(ctx context.Context, dsn string) (*Store, error) {
	path, err := Path(dsn)
	if err != nil {
		return nil, err
	}
	s, err := open(ctx, path)
	if err != nil {
		return nil, fmt.Errorf("open the history %s: %w", path, advise(err))
	}
	return s, nil
}

func open(ctx context.Context, path string) (_ *Store, err error) {
	at, err := locate(path)
	if err != nil {
		return nil, err
	}
	s := &Store{path: path}
	if s.lock, err = acquire(at + ".lock"); err != nil {
		return nil, err
	}
	undo := []func() error{s.lock.release}
	defer func() {
		for i := len(undo) - 1; err != nil && i >= 0; i-- {
			err = errors.Join(err, undo[i]())
		}
	}()

	if s.file, err = claim(at); err != nil {
		return nil, err
	}
	if err = recognise(ctx, at); err != nil {
		return nil, err
	}
	if s.write, err = pool(at, writing, 1); err != nil {
		return nil, err
	}
	undo = append(undo, s.write.Close)
	if err = migrate(ctx, s.write); err != nil {
		return nil, err
	}
	if err = s.reindex(ctx); err != nil {
		return nil, err
	}
	if s.read, err = pool(at, reading, readers); err != nil {
		return nil, err
	}
	undo = append(undo, s.read.Close)
	return s, s.Ping(ctx)
}

// locate finds the file itself, behind symbolic links, so that all its names share one lock.
func locate(path string) (string, error) {
	if os.IsPathSeparator(path[len(path)-1]) {
		return "", errFolder
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	at, err := filepath.EvalSymlinks(abs)
	if err == nil {
		if info, err := os.Stat(at); err == nil && !info.Mode().IsRegular() {
			return "", errFolder
		}
		return at, nil
	}
	if _, err := os.Lstat(abs); err == nil {
		return "", errors.New("it is a symbolic link to a file that is not there: make the file's folder, or mend the link")
	}
	folder, err := filepath.EvalSymlinks(filepath.Dir(abs))
	if errors.Is(err, os.ErrNotExist) {
		return "", fmt.Errorf("the folder %s does not exist: make it, or name another file", filepath.Dir(abs))
	}
	return filepath.Join(folder, filepath.Base(abs)), err
}

func pool(path, options string, size int) (*sql.DB, error) {
	d, err := sql.Open("sqlite3", uri(path, options))
	if err != nil {
		return nil, err
	}
	d.SetMaxOpenConns(size)
	d.SetMaxIdleConns(size)
	return d, nil
}
