package db

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// benchCards is how many cards the benchmarks' history holds, unless benchSize says otherwise.
const (
	benchCards = 100_000
	benchSize  = "SEEDBANK_BENCH_CARDS"
)

func benchFolder() string {
	return filepath.Join(os.TempDir(), fmt.Sprint("seedbank-bench-", os.Getpid()))
}

// benchStore is built once a run, and only if a benchmark asks for it.
var benchStore = sync.OnceValues(func() (*Store, error) {
	size, err := strconv.Atoi(os.Getenv(benchSize))
	if err != nil {
		size = benchCards
	}
	if err := os.MkdirAll(benchFolder(), 0o700); err != nil {
		return nil, err
	}
	ctx := context.Background()
	s, err := Open(ctx, filepath.Join(benchFolder(), "bench.db"))
	if err != nil {
		return nil, err
	}
	return s, s.change(ctx, func(tx *sql.Tx) error {
		for i := range size {
			c := cardOf(fmt.Sprint("j", i), fmt.Sprint("m", i%500))
			c.Seed = uint32(i) * 2654435761
			c.Private = i%5 == 0
			c.Prompt = fmt.Sprint("a lighthouse at dusk, number ", i, ", oil on canvas, soft light, wide angle, in the manner of ",
				i%97, " painters of the sea --ar 3:2 --stylize 250 --v 7")
			if _, _, err := keep(ctx, tx, fmt.Sprint("a", i), c); err != nil {
				return err
			}
		}
		return nil
	})
})

// bench runs one query as a busy server would: a view of somebody with a few private cards of their own.
func bench(b *testing.B, do func(ctx context.Context, s *Store, v View, i int) error) {
	s, err := benchStore()
	require.NoError(b, err)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	i := 0
	for b.Loop() {
		i++
		if err := do(ctx, s, by("m5"), i); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkHistory(b *testing.B) {
	bench(b, func(ctx context.Context, s *Store, v View, _ int) error {
		_, err := s.History(ctx, v, Page{Limit: 10})
		return err
	})
}

func BenchmarkHistoryDeep(b *testing.B) {
	bench(b, func(ctx context.Context, s *Store, v View, i int) error {
		_, err := s.History(ctx, v, Page{Before: int64(i*7919%benchCards) + 1, Limit: 10})
		return err
	})
}

func BenchmarkCardOfJob(b *testing.B) {
	bench(b, func(ctx context.Context, s *Store, v View, i int) error {
		_, err := s.CardOfJob(ctx, v, fmt.Sprint("j", i%500*5+1), false)
		return err
	})
}

func BenchmarkCount(b *testing.B) {
	bench(b, func(ctx context.Context, s *Store, v View, _ int) error {
		_, err := s.Count(ctx, v)
		return err
	})
}

func BenchmarkSuggest(b *testing.B) {
	for _, typed := range []string{"", "14", "lighthouse", "nowhere to be found"} {
		b.Run(strconv.Quote(typed), func(b *testing.B) {
			bench(b, func(ctx context.Context, s *Store, v View, _ int) error {
				_, err := s.Suggest(ctx, v, typed, 25)
				return err
			})
		})
	}
}

func BenchmarkKeep(b *testing.B) {
	bench(b, func(ctx context.Context, s *Store, _ View, _ int) error {
		job := rand.Text()
		_, _, err := s.Keep(ctx, job, cardOf(job, ann))
		return err
	})
}
