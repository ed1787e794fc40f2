package prompt_test

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/prompt"
)

func FuzzParse(f *testing.F) {
	for _, s := range seeds(f) {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p := prompt.Parse(s)
		require.Equal(t, s, p.String())
		require.True(t, json.Valid(p.JSON()))
		require.NotContains(t, p.ParameterLine(), "\n")
		for _, parameter := range p.Parameters {
			require.Contains(t, s, parameter.Raw)
			require.True(t, strings.HasPrefix(parameter.Raw, parameter.Written))
		}
		p.Weights()
		prompt.Repeatable(p, prompt.Facts{At: time.Date(2026, 8, 1, 0, 0, 0, 0, time.UTC)})
		require.Empty(t, prompt.Diff(p, prompt.Parse(s)).Differences)
	})
}

func FuzzWithSeed(f *testing.F) {
	for i, s := range seeds(f) {
		f.Add(s, uint32(i)*65537)
	}
	f.Fuzz(func(t *testing.T, s string, seed uint32) {
		checkWithSeed(t, s, seed)
	})
}

// Fuzzing changes single bytes; this puts whole pieces of grammar into orders nobody writes. The pieces once broke it.
func TestPiecesOfGrammarInAnyOrder(t *testing.T) {
	t.Parallel()
	pieces := []string{
		"--", "—", "-", "seed", "ar", "v", "no", "foo", "fast", "raw", "p", "sref", "r", "style", "c", "niji", "random",
		"5", "42", "16:9", " ", " ", " ", "\n", "\u200e", ",", ".", "::", ":", "=", "\"", "'", "“", "”", "{", "}", "\\", "<",
		"x", "owl", "é", "https://", " --seed 5", " --fast", " --foo", " --no ",
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		var b strings.Builder
		for range 2 + random.IntN(14) {
			b.WriteString(pieces[random.IntN(len(pieces))])
		}
		s := b.String()
		require.Equal(t, s, prompt.Parse(s).String())
		checkWithSeed(t, s, 7)
	}
}

// checkWithSeed holds what every paste-ready line promises.
func checkWithSeed(t *testing.T, s string, seed uint32) {
	t.Helper()
	line := prompt.Parse(s).WithSeed(seed)
	p := prompt.Parse(line)
	got, ok := p.Seed()
	require.True(t, ok, "%q becomes %q", s, line)
	require.Equal(t, seed, got, "%q becomes %q", s, line)
	require.Len(t, p.All("seed"), 1, "%q becomes %q", s, line)
	require.Equal(t, "seed", p.Parameters[len(p.Parameters)-1].Name, "%q becomes %q", s, line)
	require.Equal(t, line, p.WithSeed(seed), "%q", s)
	require.NotContains(t, line, "\n")
	for _, gone := range []string{"fast", "relax", "turbo", "stealth", "public", "repeat"} {
		require.Empty(t, p.All(gone), "%q becomes %q", s, line)
	}
}
