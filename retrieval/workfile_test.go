package retrieval

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/useapi"
)

// bound lets the work file grow no further than it is, as on a full disk, or as far as it likes.
func (h *house) bound(full bool) {
	h.t.Helper()
	var all []*sql.Conn
	for range workConns { // each connection has a limit of its own
		c, err := h.engine.file.Conn(h.t.Context())
		require.NoError(h.t, err)
		all = append(all, c)
	}
	var pages, free int
	require.NoError(h.t, all[0].QueryRowContext(h.t.Context(), "PRAGMA page_count").Scan(&pages))
	require.NoError(h.t, all[0].QueryRowContext(h.t.Context(), "PRAGMA freelist_count").Scan(&free))
	require.Zero(h.t, free)
	if !full {
		pages = 1 << 30
	}
	for _, c := range all {
		_, err := c.ExecContext(h.t.Context(), fmt.Sprintf("PRAGMA max_page_count = %d", pages))
		require.NoError(h.t, err)
		require.NoError(h.t, c.Close())
	}
}

func TestAFullDiskIsWaitedOut(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	job := imageJob(1, oneChannel)
	begun, goOn := make(chan struct{}), make(chan struct{})
	h.src.script(job, func(yield func(useapi.Event, error) bool, s *fakeSource, parent string) {
		s.put(parent, "progress", nil)
		close(begun)
		<-goOn
		answers(7)(yield, s, parent)
	})
	h.put(job)
	<-begun
	h.bound(true)
	// So much is asked that some of it cannot be written down.
	var kept, refused []Ask
	for n := 2; len(refused) == 0; n++ {
		a := Ask{ID: fmt.Sprint(1400000000000000000 + n), Scope: "3", Channel: "5", Member: "42", Job: imageJob(n, otherChannel), At: time.Now().UTC(), Reply: []byte(`"` + strings.Repeat("x", 3000) + `"`)}
		h.src.script(a.Job, answers(uint32(n)))
		short, cancel := context.WithTimeout(t.Context(), time.Second)
		switch err := h.Ask(short, a, nil); {
		case err == nil:
			kept = append(kept, a)
		default:
			require.ErrorIs(t, err, ErrNotKept)
			refused = append(refused, a)
		}
		cancel()
	}
	close(goOn)
	h.bound(false)
	require.Len(t, h.desk.wait(t, 1+len(kept)+len(refused)), 1+len(kept)+len(refused))
	require.Equal(t, 1, h.src.postsOf(job))
}

func TestTroubleIsToldAsThatOfANetwork(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "work.db")
	file, err := openWork(t.Context(), path)
	require.NoError(t, err)
	defer file.Close()
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm(), "the tokens of replies are in it")
	file.SetMaxOpenConns(1)
	_, err = file.ExecContext(t.Context(), "CREATE TABLE t (x); PRAGMA max_page_count = 2")
	require.NoError(t, err)
	tx, err := file.BeginTx(t.Context(), nil)
	require.NoError(t, err)
	_, err = tx.ExecContext(t.Context(), "INSERT INTO t VALUES (zeroblob(100000))")
	_, full := errors.AsType[net.Error](err)
	require.True(t, full, err)
	_ = tx.Rollback() // SQLite has done it
	_, err = file.ExecContext(t.Context(), "INSERT INTO nowhere VALUES (1)")
	_, full = errors.AsType[net.Error](err)
	require.False(t, full, err)
}
