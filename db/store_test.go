package db

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const (
	guild     = "900000000000000001"
	other     = "900000000000000002"
	asker     = "100000000000000001"
	colleague = "100000000000000002"
)

// TestMain lets the test binary play another process of the program, and clears the benchmarks' history away.
func TestMain(m *testing.M) {
	if role := os.Getenv(childRole); role != "" {
		os.Exit(child(role, os.Getenv(childFile)))
	}
	code := m.Run()
	if err := os.RemoveAll(benchFolder()); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	os.Exit(code)
}

func newStore(t testing.TB) *Store {
	t.Helper()
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "seedbank.db"))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

func by(member string) View { return View{Scope: guild, Member: member} }

// cardOf is a full card, so that a column that is lost or swapped shows.
func cardOf(job, asker string) Card {
	return Card{
		Scope: guild, Seed: 3937070146, Source: Midjourney, Job: job, SeedJob: "seed of " + job,
		MidjourneyID: "b7d4c8a0-0000-4000-8000-" + job, Prompt: "a lighthouse at dusk --ar 3:2 --v 7", Typed: "a lighthouse",
		Parameters: []byte(`{"ar":"3:2"}`), Version: "7", Aspect: "3:2", Channel: "chan", Asker: asker,
		Asked: at(1), Created: at(2), Raw: []byte(`{"status":"completed"}`),
		Pictures: []Picture{
			{Position: 1, Channel: "chan", Message: "msg", Attachment: "att", Name: "seed-1-1.png", Type: "image/png",
				Size: 1 << 20, Width: 1024, Height: 768, SHA256: "abc", Hash: 1<<63 | 5},
			{Position: 2, Missing: "too_big"},
		},
		Note: "good in print", Tags: []string{"brand", "sea"}, Parent: 7, Action: "imagine", Speed: "fast",
		Shown: []string{"chan"},
	}
}

func private(c Card) Card { c.Private = true; return c }

func at(seconds int64) time.Time { return time.Unix(1_700_000_000+seconds, 5_000_000).UTC() }

func keepCard(t testing.TB, s *Store, c Card) Card {
	t.Helper()
	kept, known, err := s.Keep(t.Context(), "", c)
	require.NoError(t, err)
	require.False(t, known)
	return kept
}

// keepCards keeps many in one go.
func keepCards(t testing.TB, s *Store, cards []Card) {
	t.Helper()
	require.NoError(t, s.change(t.Context(), func(tx *sql.Tx) error {
		for _, c := range cards {
			if _, _, err := keep(t.Context(), tx, "", c, nil); err != nil {
				return err
			}
		}
		return nil
	}))
}

func numbers(cards []Card) []int64 {
	list := []int64{}
	for _, c := range cards {
		list = append(list, c.Number)
	}
	return list
}
