package db

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/mattn/go-sqlite3"
	"github.com/stretchr/testify/require"
)

func TestAFullDiskIsToldFromWhatIsWrong(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		err  error
		disk bool
	}{
		"a full disk":               {wrap(sqlite3.Error{Code: sqlite3.ErrFull}, "star card 1"), true},
		"a broken one":              {wrap(sqlite3.Error{Code: sqlite3.ErrIoErr, ExtendedCode: sqlite3.ErrIoErrWrite}, "star card 1"), true},
		"one that is only read":     {sqlite3.Error{Code: sqlite3.ErrReadonly}, true},
		"no room for a file":        {fmt.Errorf("write: %w", &fs.PathError{Op: "write", Path: "x", Err: syscall.ENOSPC}), true},
		"a busy history":            {wrap(sqlite3.Error{Code: sqlite3.ErrBusy}, "star card 1"), false},
		"something that is not so":  {wrap(sqlite3.Error{Code: sqlite3.ErrConstraint}, "star card 1"), false},
		"something else altogether": {errors.New("database or disk is full"), false},
		"nothing":                   {nil, false},
	} {
		require.Equal(t, test.disk, DiskTrouble(test.err), name)
	}
}

// Whatever is written says so, and has changed nothing.
func TestEveryChangeOnAFullDisk(t *testing.T) {
	t.Parallel()
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "history.db"))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	card, _, err := s.Keep(t.Context(), "1", Card{Scope: "1", Seed: 7, Job: "j", Prompt: "owl", Asker: "2", Source: Midjourney})
	require.NoError(t, err)
	var pages int
	require.NoError(t, s.write.QueryRowContext(t.Context(), "PRAGMA page_count").Scan(&pages))
	_, err = s.write.ExecContext(t.Context(), fmt.Sprintf("PRAGMA max_page_count = %d", pages))
	require.NoError(t, err)

	v := View{Scope: "1", Member: "2"}
	long := strings.Repeat("owl ", 20_000) // more than the last page has room for
	for name, change := range map[string]func() error{
		"a recipe": func() error {
			_, err := s.SaveRecipe(t.Context(), "1", Recipe{Name: "owl", Prompt: long[:6000], By: "2"})
			return err
		},
		"settings": func() error { return s.SaveSettings(t.Context(), "1", Settings{Paused: long}, "2") },
		"a card": func() error {
			_, _, err := s.Keep(t.Context(), "2", Card{Scope: "1", Seed: 8, Prompt: long, Source: Midjourney})
			return err
		},
		"an entry": func() error { return s.Audit(t.Context(), "1", AuditEntry{Member: "2", Action: "x", Detail: long}) },
	} {
		err := change()
		require.Error(t, err, name)
		require.True(t, DiskTrouble(err), "%s: %v", name, err)
	}
	_, err = s.Recipe(t.Context(), v, "owl", 0)
	require.ErrorIs(t, err, ErrNotFound)
	set, err := s.Settings(t.Context(), "1")
	require.NoError(t, err)
	require.Empty(t, set.Paused)
	_, err = s.Card(t.Context(), v, card.Number+1)
	require.ErrorIs(t, err, ErrNotFound)
}
