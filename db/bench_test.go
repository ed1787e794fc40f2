package db

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// benchCards is how many cards the benchmarks' history holds, unless SEEDBANK_BENCH_CARDS says otherwise. A fifth of them
// stand in the busy scope, the others in 49 quiet ones. A history of a million takes minutes to make, so it is kept for
// the next run in the folder that SEEDBANK_BENCH_FOLDER names, if it names one.
const (
	benchCards  = 20_000
	benchSize   = "SEEDBANK_BENCH_CARDS"
	benchKeep   = "SEEDBANK_BENCH_FOLDER"
	benchScopes = 50
	busy, quiet = "scope 0", "scope 7"
)

func benchFolder() string {
	return filepath.Join(os.TempDir(), fmt.Sprint("seedbank-bench-", os.Getpid()))
}

func benchTotal() int {
	if size, err := strconv.Atoi(os.Getenv(benchSize)); err == nil {
		return size
	}
	return benchCards
}

// benchStore is built once a run, and only if a benchmark asks for it.
var benchStore = sync.OnceValues(func() (*Store, error) {
	folder := os.Getenv(benchKeep)
	if folder == "" {
		folder = benchFolder()
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	ctx := context.Background()
	s, err := Open(ctx, filepath.Join(folder, fmt.Sprint("bench-", benchTotal(), ".db")))
	if err != nil {
		return nil, err
	}
	var has int
	if err := s.read.QueryRow(`SELECT count(*) FROM (SELECT 1 FROM card LIMIT 1)`).Scan(&has); err != nil || has > 0 {
		return s, err
	}
	if _, err := s.write.Exec(`PRAGMA cache_size = -500000`); err != nil { // kB: a million cards do not fit in two
		return nil, err
	}
	err = s.change(ctx, func(tx *sql.Tx) error {
		x := newIndex(tx)
		last := map[string]int64{}
		for i := range benchTotal() {
			c := benchCard(i)
			last[c.Scope]++
			c.Number = last[c.Scope]
			if _, err := insert(ctx, x, "", c, newestID); err != nil {
				return err
			}
		}
		for scope, n := range last {
			if _, err := tx.Exec(reserveUpTo, scope, n, 0, 0); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	_, err = s.write.Exec(`PRAGMA wal_checkpoint(TRUNCATE)`)
	return s, err
})

// benchCard makes cards that differ as those of people do: few words that many use, many that few use.
func benchCard(i int) Card {
	random := mathrand.New(mathrand.NewPCG(7, uint64(i)))
	c := cardOf(fmt.Sprint("j", i), fmt.Sprint("m", random.IntN(500)))
	if c.Scope = busy; i%5 != 0 {
		c.Scope = fmt.Sprint("scope ", 1+i%(benchScopes-1))
	}
	c.Seed = random.Uint32()
	c.Private = random.IntN(10) == 0
	c.Channel = fmt.Sprint("channel ", random.IntN(20))
	c.Version = []string{"7", "6.1", "8.2", "niji 6"}[random.IntN(4)]
	c.Created = at(int64(i))
	var words []string
	pick := func(list []string) { words = append(words, list[random.IntN(len(list))]) }
	for range 9 { // the first words in every other prompt, the eight thousandth in every eight thousandth
		words = append(words, spell(random.IntN(1<<random.IntN(13))))
	}
	pick([]string{"lighthouse", "owl", "portrait", "forest", "café"})
	pick([]string{"in soft light", "at dusk", "oil on canvas", "35 mm film", "résumé of a storm"})
	switch i % 4 {
	case 1:
		pick([]string{"雨の中の猫", "夕暮れの灯台", "静かな森の朝", "東京の夜景"})
	case 2:
		pick([]string{"비 오는 날의 고양이가", "조용한 숲", "서울의 밤", "바다 위의 등대"})
	}
	if i%50_000 == 7 {
		words = append(words, "chrysoprase", "雨燕", "해돋이")
	}
	words = slices.Insert(words, random.IntN(3), "picture")
	c.Prompt = strings.Join(words, " ")
	c.Parameters = fmt.Appendf(nil, `{"text":%q,"parameters":[{"name":"aspect","written":"--ar","value":"3:2"},{"name":"version","written":"--v","value":%q}]}`,
		c.Prompt, c.Version)
	c.Prompt += " --ar 3:2 --v " + c.Version
	c.Typed = c.Prompt
	c.Raw = fmt.Appendf(nil, `{"status":"completed","filler":%q}`, strings.Repeat("x", 1000))
	if random.IntN(20) == 0 {
		c.Tags = []string{[]string{"film-noir", "brand", "rejected"}[random.IntN(3)]}
	}
	c.Pictures = nil
	for p := range 4 {
		c.Pictures = append(c.Pictures, Picture{Position: p + 1, Channel: "chan", Message: "msg", Attachment: "att", Type: "image/png",
			SHA256: fmt.Sprintf("%016x%048x", random.Uint64(), i), Hash: random.Uint64()})
	}
	return c
}

// spell makes a word of a number.
func spell(n int) string {
	const consonants, vowels = "bdfghklmnprstvz", "aeiou"
	var word []byte
	for n++; n > 0; n /= len(consonants) * len(vowels) {
		word = append(word, consonants[n%len(consonants)], vowels[n/len(consonants)%len(vowels)])
	}
	return string(word)
}

// bench runs one query as a busy server would: a view of somebody with a few private cards of their own. In a large
// history a quiet server runs it, too.
func bench(b *testing.B, do func(ctx context.Context, s *Store, v View, i int) error) {
	scopes := []string{busy}
	if benchTotal() > benchCards {
		scopes = append(scopes, quiet)
	}
	for _, scope := range scopes {
		b.Run(map[string]string{busy: "busy", quiet: "quiet"}[scope], func(b *testing.B) {
			s, err := benchStore()
			require.NoError(b, err)
			ctx := b.Context()
			i := 0
			for b.Loop() {
				i++
				if err := do(ctx, s, View{Scope: scope, Member: "m5"}, i); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkHistory(b *testing.B) {
	bench(b, func(ctx context.Context, s *Store, v View, _ int) error {
		_, err := s.History(ctx, v, Filter{}, Page{Limit: 10})
		return err
	})
}

func BenchmarkHistoryDeep(b *testing.B) {
	bench(b, func(ctx context.Context, s *Store, v View, i int) error {
		_, err := s.History(ctx, v, Filter{}, Page{Before: int64(i*7919%(benchTotal()/benchScopes)) + 2, Limit: 10})
		return err
	})
}

func BenchmarkHistoryFiltered(b *testing.B) {
	for name, f := range map[string]Filter{"by": {By: "m9"}, "since": {Since: at(int64(benchTotal() / 2))}} {
		b.Run(name, func(b *testing.B) {
			bench(b, func(ctx context.Context, s *Store, v View, _ int) error {
				_, err := s.History(ctx, v, f, Page{Limit: 10})
				if err == nil {
					_, err = s.Count(ctx, v, f)
				}
				return err
			})
		})
	}
}

func BenchmarkCount(b *testing.B) {
	bench(b, func(ctx context.Context, s *Store, v View, _ int) error {
		_, err := s.Count(ctx, v, Filter{})
		return err
	})
}

func BenchmarkCardOfJob(b *testing.B) {
	bench(b, func(ctx context.Context, s *Store, v View, i int) error {
		_, err := s.CardOfJob(ctx, v, fmt.Sprint("j", i*5%benchTotal()), false)
		if errors.Is(err, ErrNotFound) { // another scope's
			return nil
		}
		return err
	})
}

func BenchmarkCardsOfPicture(b *testing.B) {
	for _, distance := range []int{3, 11} {
		b.Run(fmt.Sprint("within ", distance), func(b *testing.B) {
			bench(b, func(ctx context.Context, s *Store, v View, i int) error {
				c := benchCard(i * 5 % benchTotal())
				_, err := s.CardsOfPicture(ctx, v, "", c.Pictures[i%4].Hash^1<<(i%64), distance, 5)
				return err
			})
		})
	}
}

// searches are words that are common, rare and absent, in three scripts, and what else can be searched for. Those of one
// word can be searched for with LIKE, too.
func searches() []struct{ name, text string } {
	return []struct{ name, text string }{
		{"common Latin", "picture"}, {"rare Latin", "chrysoprase"}, {"no Latin", "nowhere"},
		{"common Japanese", "雨の中の猫"}, {"rare Japanese", "雨燕"}, {"no Japanese", "雨虎"},
		{"common Korean", "고양이"}, {"rare Korean", "해돋이"}, {"no Korean", "호랑이"},
		{"two words", "picture light"}, {"phrase", `"soft light"`}, {"prefix", "li*"}, {"excluding", "owl -" + spell(0)}, {"parameter", "--v 7"},
	}
}

func BenchmarkSearch(b *testing.B) { benchSearches(b, searches()) }

func benchSearches(b *testing.B, searches []struct{ name, text string }) {
	for _, c := range searches {
		q, err := ParseQuery(c.text)
		require.NoError(b, err)
		b.Run(c.name, func(b *testing.B) {
			bench(b, func(ctx context.Context, s *Store, v View, _ int) error {
				_, err := s.Search(ctx, v, q, "", 10)
				return err
			})
		})
	}
}

// BenchmarkSearchLike is what Search would be without an index: a scan for the text, newest first, and a count to a
// thousand.
func BenchmarkSearchLike(b *testing.B) {
	const (
		find = `SELECT ` + listed + ` FROM card WHERE scope = ?1 AND` + visible + `AND prompt LIKE '%' || ?4 || '%' ORDER BY number DESC LIMIT 10`
		sum  = `SELECT count(*) FROM (SELECT 1 FROM card WHERE scope = ?1 AND` + visible + `AND prompt LIKE '%' || ?4 || '%' LIMIT 1001)`
	)
	for _, c := range searches() {
		if strings.ContainsAny(c.text, `-*":`) || strings.Contains(c.text, " ") {
			continue
		}
		b.Run(c.name, func(b *testing.B) {
			bench(b, func(ctx context.Context, s *Store, v View, _ int) error {
				if _, err := s.cards(ctx, find, v, c.text); err != nil {
					return err
				}
				var n int
				return s.read.QueryRowContext(ctx, sum, v.Scope, v.Member, nil, c.text).Scan(&n)
			})
		})
	}
}

func BenchmarkSuggest(b *testing.B) {
	for _, typed := range []string{"14", "l", "lighth"} {
		b.Run(strconv.Quote(typed), func(b *testing.B) {
			bench(b, func(ctx context.Context, s *Store, v View, _ int) error {
				_, err := s.Suggest(ctx, v, typed, 25)
				return err
			})
		})
	}
}

func BenchmarkKeep(b *testing.B) {
	bench(b, func(ctx context.Context, s *Store, v View, i int) error {
		c := benchCard(i)
		c.Scope, c.Job, c.Created = v.Scope, rand.Text(), time.Now()
		_, _, err := s.Keep(ctx, c.Job, c)
		return err
	})
}
