package retrieval

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/dbos-inc/dbos-transact-golang/dbos"
	"github.com/stretchr/testify/require"

	"seedbank/db"
)

// house is a service with everything around it.
type house struct {
	t      *testing.T
	folder string
	src    *fakeSource
	desk   *fakeDesk
	store  *db.Store
	*Service
	pace  pace
	asked int
}

// fast is a pace at which tests need not wait.
func fast() pace {
	return pace{
		pollSoon: time.Millisecond, pollFirst: 10 * time.Millisecond, pollMost: 20 * time.Millisecond, glance: time.Minute,
		deadline: time.Minute, making: time.Minute,
		busy: []time.Duration{10 * time.Millisecond}, busyMost: 200 * time.Millisecond,
		again: []time.Duration{10 * time.Millisecond, 10 * time.Millisecond}, parting: 30 * time.Second,
		picture: time.Minute, pictureIdle: 30 * time.Second, pictureAgain: 10 * time.Millisecond,
		deliverFirst: 10 * time.Millisecond, deliverMost: time.Hour, forward: time.Minute, saveMost: time.Minute,
		lastSteps: 5 * time.Second,
	}
}

// emptyWork is a work file whose tables are made, which is most of what opening a new one costs.
var emptyWork = sync.OnceValues(func() ([]byte, error) {
	folder, err := os.MkdirTemp("", "work")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(folder) }()
	path := filepath.Join(folder, "work.db")
	ctx := context.Background()
	e, err := startEngine(ctx, Config{Work: path, Slots: 3, Log: slog.New(slog.DiscardHandler)}, func(dbos.Context) {})
	if err != nil {
		return nil, err
	}
	if err := e.close(ctx); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

func newHouse(t *testing.T, change ...func(*pace)) *house {
	t.Helper()
	h := &house{t: t, folder: t.TempDir(), src: newFakeSource(t), desk: newFakeDesk()}
	work, err := emptyWork()
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(h.folder, "seedbank.work.db"), work, 0o600))
	h.store, err = db.Open(t.Context(), filepath.Join(h.folder, "seedbank.db"))
	require.NoError(t, err)
	p := fast()
	for _, c := range change {
		c(&p)
	}
	h.open(p)
	t.Cleanup(func() {
		h.close()
		require.NoError(t, h.store.Close())
	})
	return h
}

func (h *house) open(p pace) {
	h.t.Helper()
	h.pace = p
	origin, err := url.Parse(h.src.pictures)
	require.NoError(h.t, err)
	h.Service, err = open(h.t.Context(), Config{
		Work: filepath.Join(h.folder, "seedbank.work.db"), Spool: filepath.Join(h.folder, "seedbank.spool"), Inbox: filepath.Join(h.folder, "seedbank.inbox"),
		ImageHosts: []string{origin.Host}, Sheets: true, Log: slog.New(slog.NewTextHandler(h.t.Output(), &slog.HandlerOptions{Level: slog.LevelDebug})),
	}, h.src, h.store, h.desk, p)
	require.NoError(h.t, err)
}

func (h *house) close() {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 60*time.Second)
	defer cancel()
	require.NoError(h.t, h.Service.Close(ctx))
}

// put asks for a job.
func (h *house) put(job string, change ...func(*Ask)) Ask {
	h.t.Helper()
	h.asked++
	a := Ask{
		ID: fmt.Sprint(1300000000000000000 + h.asked), Scope: "3", Channel: "5", Member: "42", Job: job, At: time.Now().UTC(),
		Reply: json.RawMessage(`{"token":"secret"}`),
	}
	for _, c := range change {
		c(&a)
	}
	require.NoError(h.t, h.Ask(h.t.Context(), a, nil))
	return a
}
