package db

import (
	"database/sql"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestPath(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, dsn, want, refusal string }{
		{name: "a path is itself", dsn: "seedbank.db", want: "seedbank.db"},
		{name: "so is an absolute one with a space and a percent sign", dsn: "/var/lib/a b%41.db", want: "/var/lib/a b%41.db"},
		{name: "a file URI may be relative", dsn: "file:seedbank.db", want: "seedbank.db"},
		{name: "or absolute with one slash", dsn: "file:/srv/s.db", want: "/srv/s.db"},
		{name: "or with three", dsn: "file:///srv/s.db", want: "/srv/s.db"},
		{name: "or name this machine", dsn: "file://localhost/srv/s.db", want: "/srv/s.db"},
		{name: "its scheme has no case", dsn: "FILE:s.db", want: "s.db"},
		{name: "its percent codes are read", dsn: "file:what%3F%23.db", want: "what?#.db"},
		{name: "its options and fragment are left out", dsn: "file:s.db?cache=shared&_fk=1#x", want: "s.db"},
		{name: "a colon later on is part of the name", dsn: "./a:b.db", want: "./a:b.db"},
		{name: "nothing is refused", dsn: "", refusal: "no history named"},
		{name: "blanks are refused", dsn: " \t", refusal: "no history named"},
		{name: "memory is refused", dsn: ":memory:", refusal: "lost at the first restart"},
		{name: "memory in a URI is refused", dsn: "file::memory:?cache=shared", refusal: "lost at the first restart"},
		{name: "memory in percent codes is refused", dsn: "file:%3Amemory%3A", refusal: "lost at the first restart"},
		{name: "memory as a mode is refused", dsn: "file:s.db?mode=memory", refusal: "lost at the first restart"},
		{name: "memory as a VFS is refused", dsn: "file:/s.db?vfs=memdb", refusal: "lost at the first restart"},
		{name: "reading only is refused", dsn: "file:s.db?mode=ro", refusal: "reading only"},
		{name: "options on a plain path are refused", dsn: "s.db?_fk=1", refusal: "path alone"},
		{name: "another machine is refused", dsn: "file://nas/s.db", refusal: `host "nas"`},
		{name: "a URI without a file is refused", dsn: "file:", refusal: "names no file"},
		{name: "a URI of the root is refused", dsn: "file:///", refusal: "names no file"},
		{name: "a broken percent code is refused", dsn: "file:s%zz.db", refusal: "cannot be read"},
		{name: "a NUL is refused", dsn: "s\x00.db", refusal: "NUL"},
		{name: "a NUL in percent codes is refused", dsn: "file:s%00.db", refusal: "NUL"},
		{name: "postgres is not yet", dsn: "postgres://bot:hunter2@host/db", refusal: "PostgreSQL is not supported yet"},
		{name: "by its long name too", dsn: "PostgreSQL://bot:hunter2@host/db", refusal: "PostgreSQL is not supported yet"},
		{name: "another scheme is refused", dsn: "mysql://bot:hunter2@host/db", refusal: "mysql: is nothing"},
		{name: "sqlite as a scheme is refused with the right spelling", dsn: "sqlite:seedbank.db", refusal: "file: URI"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := Path(c.dsn)
			if c.refusal == "" {
				require.NoError(t, err)
				require.Equal(t, c.want, got)
				return
			}
			require.ErrorContains(t, err, c.refusal)
			require.NotContains(t, err.Error(), "hunter2")
		})
	}
	_, err := Path("postgres://x")
	require.ErrorIs(t, err, ErrNotYet)
}

func TestOpenMakesAndReopens(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"plain.db", "blank and %41 + ü 🌱.db", "what?#&=.db"} {
		path := filepath.Join(t.TempDir(), name)
		dsn := uri(path, "cache=shared")
		s, err := Open(t.Context(), dsn)
		require.NoError(t, err, name)
		require.Equal(t, path, s.Path())
		card := keepCard(t, s, cardOf("j1", asker))
		require.NoError(t, s.Close())
		require.FileExists(t, path)
		require.NoFileExists(t, path+"-wal", "a closed history is one file")

		s, err = Open(t.Context(), dsn)
		require.NoError(t, err, name)
		again, err := s.Card(t.Context(), by(asker), card.Number)
		require.NoError(t, err)
		require.Equal(t, card, again)
		require.NoError(t, s.Close())

		info, err := os.Stat(path)
		require.NoError(t, err)
		require.Zero(t, info.Mode().Perm()&0o077, "private cards are for the owner of the process alone")
	}
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		prepare func(t *testing.T, dir string) string // returns the DSN
		says    string
	}{
		{"a folder that is missing", func(_ *testing.T, dir string) string {
			return filepath.Join(dir, "no", "s.db")
		}, "does not exist: make it"},
		{"a parent that is a file", func(t *testing.T, dir string) string {
			write(t, filepath.Join(dir, "f"), "x")
			return filepath.Join(dir, "f", "s.db")
		}, "not a directory"},
		{"a folder", func(_ *testing.T, dir string) string { return dir }, "it is a folder"},
		{"the name of a folder that is not there", func(_ *testing.T, dir string) string { return dir + "/data/" }, "it is a folder"},
		{"a text file", func(t *testing.T, dir string) string {
			return write(t, filepath.Join(dir, "s.db"), "dear diary, this is no database at all")
		}, "not a SQLite database"},
		{"a text file that is very short", func(t *testing.T, dir string) string {
			return write(t, filepath.Join(dir, "s.db"), "x")
		}, "not a SQLite database"},
		{"a damaged database", func(t *testing.T, dir string) string {
			return write(t, filepath.Join(dir, "s.db"), "SQLite format 3\x00 and then nothing sensible for a while")
		}, "the file is damaged"},
		{"the database of another program", func(t *testing.T, dir string) string {
			return foreignFile(t, filepath.Join(dir, "s.db"), `CREATE TABLE diary (day TEXT)`)
		}, "database of another program"},
		{"a link to nowhere", func(t *testing.T, dir string) string {
			require.NoError(t, os.Symlink(filepath.Join(dir, "gone", "s.db"), filepath.Join(dir, "s.db")))
			return filepath.Join(dir, "s.db")
		}, "symbolic link"},
		{"memory", func(*testing.T, string) string { return ":memory:" }, "lost at the first restart"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			dsn := c.prepare(t, t.TempDir())
			before, _ := os.ReadFile(dsn)
			s, err := Open(t.Context(), dsn)
			require.ErrorContains(t, err, c.says)
			require.Nil(t, s)
			after, _ := os.ReadFile(dsn)
			require.Equal(t, before, after, "a file that is not ours is left alone")
		})
	}
}

func TestOpenTakesUpAnInterruptedMaking(t *testing.T) {
	t.Parallel()
	path := foreignFile(t, filepath.Join(t.TempDir(), "s.db"),
		`CREATE TABLE goose_db_version (id INTEGER PRIMARY KEY AUTOINCREMENT, version_id INTEGER NOT NULL,
		is_applied INTEGER NOT NULL, tstamp TIMESTAMP DEFAULT (datetime('now')));
		INSERT INTO goose_db_version (version_id, is_applied) VALUES (0, 1)`)
	s, err := Open(t.Context(), path)
	require.NoError(t, err)
	require.NoError(t, s.Close())
}

func TestOpenRefusesANewerSchemaAndChangesNothing(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "s.db")
	s, err := Open(t.Context(), path)
	require.NoError(t, err)
	keepCard(t, s, cardOf("j1", asker))
	_, err = s.write.Exec(`INSERT INTO goose_db_version (version_id, is_applied) VALUES (9000, 1)`)
	require.NoError(t, err)
	require.NoError(t, s.Close())
	before, err := os.ReadFile(path)
	require.NoError(t, err)

	_, err = Open(t.Context(), path)
	require.ErrorIs(t, err, ErrNewerSchema)
	require.ErrorContains(t, err, "9000")
	after, err := os.ReadFile(path)
	require.NoError(t, err)
	require.True(t, string(before) == string(after), "the file is byte for byte what it was")
}

func TestOneHolderOnly(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	link := filepath.Join(t.TempDir(), "link.db")
	require.NoError(t, os.Symlink(s.Path(), link))
	for _, name := range []string{s.Path(), "file:" + s.Path(), link} {
		_, err := Open(t.Context(), name)
		require.ErrorIs(t, err, ErrBusy, name)
		require.ErrorContains(t, err, "stop the other program", name)
	}
	require.NoError(t, s.Ping(t.Context()), "the first one goes on")
}

func TestEveryConnectionHasTheOptions(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	pragma := func(conn *sql.Conn, name string) (value string) {
		require.NoError(t, conn.QueryRowContext(t.Context(), "PRAGMA "+name).Scan(&value))
		return value
	}
	for range readers {
		conn, err := s.read.Conn(t.Context())
		require.NoError(t, err)
		defer conn.Close()
		require.Equal(t, "1", pragma(conn, "query_only"))
		_, err = conn.ExecContext(t.Context(), `DELETE FROM card`)
		require.ErrorContains(t, err, "readonly")
	}
	conn, err := s.write.Conn(t.Context())
	require.NoError(t, err)
	defer conn.Close()
	require.Equal(t, "wal", pragma(conn, "journal_mode"))
	require.Equal(t, "2", pragma(conn, "synchronous"), "FULL")
	require.Equal(t, "1", pragma(conn, "foreign_keys"))
	require.Equal(t, "5000", pragma(conn, "busy_timeout"))
	require.Equal(t, "1397048644", pragma(conn, "application_id"))
}

func TestPing(t *testing.T) {
	t.Parallel()
	t.Run("a history that works is fine, again and again", func(t *testing.T) {
		t.Parallel()
		s := newStore(t)
		require.NoError(t, s.Ping(t.Context()))
		require.NoError(t, s.Ping(t.Context()))
	})
	t.Run("one that was deleted is not", func(t *testing.T) {
		t.Parallel()
		s := newStore(t)
		require.NoError(t, os.Remove(s.Path()))
		require.ErrorContains(t, s.Ping(t.Context()), "no such file")
	})
	t.Run("nor one that was replaced", func(t *testing.T) {
		t.Parallel()
		s := newStore(t)
		require.NoError(t, os.Remove(s.Path()))
		write(t, s.Path(), "")
		require.ErrorContains(t, s.Ping(t.Context()), "replaced")
	})
	t.Run("nor one that another program has locked, which is told apart", func(t *testing.T) {
		t.Parallel()
		s := newStore(t)
		_, err := s.write.Exec(`PRAGMA busy_timeout = 1`)
		require.NoError(t, err)
		d, err := pool(s.Path(), "mode=rw&_txlock=immediate", 1)
		require.NoError(t, err)
		defer d.Close()
		tx, err := d.Begin()
		require.NoError(t, err)
		require.ErrorIs(t, s.Ping(t.Context()), ErrBusy)
		require.NoError(t, tx.Rollback())
		require.NoError(t, s.Ping(t.Context()))
	})
}

func TestAdvice(t *testing.T) {
	t.Parallel()
	denied := &os.PathError{Op: "open", Path: "s.db", Err: os.ErrPermission}
	require.ErrorContains(t, advise(denied), "let this user write")
	require.ErrorIs(t, advise(denied), os.ErrPermission)
	require.Equal(t, os.ErrClosed, advise(os.ErrClosed), "no advice where there is none")
}

func write(t *testing.T, path, content string) string {
	t.Helper()
	require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
	return path
}

func foreignFile(t *testing.T, path, schema string) string {
	t.Helper()
	d, err := sql.Open("sqlite3", uri(path, "mode=rwc"))
	require.NoError(t, err)
	_, err = d.Exec(schema)
	require.NoError(t, err)
	require.NoError(t, d.Close())
	return path
}
