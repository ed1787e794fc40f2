package prompt_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/prompt"
)

// entry is one prompt of testdata/corpus with what must come out of it; README.md there tells the form.
type entry struct {
	where, prompt, facts, want string
	line, paste                *string
}

func TestCorpus(t *testing.T) {
	t.Parallel()
	entries := corpus(t)
	require.Greater(t, len(entries), 250)
	for _, e := range entries {
		t.Run(e.where, func(t *testing.T) {
			t.Parallel()
			p := prompt.Parse(e.prompt)
			require.Equal(t, e.prompt, p.String())
			require.Equal(t, e.want, outcome(p, e.given(t)), "%s", e.prompt)
			if e.line != nil {
				require.Equal(t, *e.line, p.ParameterLine())
			}
			if e.paste != nil {
				require.Equal(t, *e.paste, p.WithSeed(42))
			}
			checkWithSeed(t, e.prompt, 3718204551)
		})
	}
}

// outcome writes what was read from a prompt the way the corpus does.
func outcome(p prompt.Prompt, facts prompt.Facts) string {
	dash := func(s string) string {
		if s == "" {
			return "-"
		}
		return strings.ReplaceAll(s, " ", "_")
	}
	seed := ""
	if n, ok := p.Seed(); ok {
		seed = strconv.FormatUint(uint64(n), 10)
	}
	verdict := prompt.Repeatable(p, facts)
	columns := []string{dash(p.Version()), dash(p.Aspect()), dash(seed), verdict.Level.String()}
	for _, reason := range verdict.Reasons {
		columns = append(columns, string(reason.Code))
	}
	return strings.Join(columns, " ") + " | " + p.Text
}

// given reads the facts of an entry.
func (e entry) given(t *testing.T) prompt.Facts {
	t.Helper()
	facts := prompt.Facts{Source: prompt.FromMidjourney, At: time.Date(2026, 8, 1, 0, 0, 0, 0, time.UTC)}
	for fact := range strings.FieldsSeq(e.facts) {
		switch fact {
		case "none":
			facts.Source = prompt.NoSource
		case "pasted", "imported":
			facts.Source = prompt.Source(fact)
		case "turbo":
			facts.Turbo = true
		case "truncated":
			facts.Truncated = true
		case "dead":
			facts.DeadReferences = []string{"https://example.com/a.png"}
		case "grid", "variation", "upscale", "pan", "region", "remix":
			facts.Action = prompt.Action(fact)
		default:
			at, err := time.Parse(time.DateOnly, fact)
			require.NoError(t, err)
			facts.At = at
		}
	}
	return facts
}

// corpus reads all entries.
func corpus(tb testing.TB) []entry {
	tb.Helper()
	files, err := filepath.Glob("testdata/corpus/*.txt")
	require.NoError(tb, err)
	require.NotEmpty(tb, files)
	var entries []entry
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(tb, err)
		name := strings.TrimSuffix(filepath.Base(file), ".txt")
		open := false // the last entry still takes lines of its prompt
		for i, line := range strings.Split(string(text), "\n") {
			mark, rest := "", ""
			if line != "" {
				mark, rest = line[:1], line[1:]
			}
			if mark == ">" && !open {
				entries = append(entries, entry{where: fmt.Sprintf("%s line %d", name, i+1)})
			}
			switch mark {
			case "", "#":
			case ">":
				content := plainOrGo(tb, rest)
				if e := &entries[len(entries)-1]; open {
					e.prompt += "\n" + content
				} else {
					e.prompt = content
				}
			case "@":
				entries[len(entries)-1].facts = rest
			case "=":
				columns, words, ok := strings.Cut(rest, "|")
				require.True(tb, ok, "%s line %d", name, i+1)
				entries[len(entries)-1].want = strings.TrimSpace(columns) + " | " + plainOrGo(tb, words)
			case "~":
				content := plainOrGo(tb, rest)
				entries[len(entries)-1].line = &content
			case "$":
				content := plainOrGo(tb, rest)
				entries[len(entries)-1].paste = &content
			default:
				require.Fail(tb, "no such line", "%s line %d: %s", name, i+1, line)
			}
			open = mark == ">"
		}
	}
	return entries
}

// plainOrGo reads " text" as it is and `"text"` as a Go string.
func plainOrGo(tb testing.TB, s string) string {
	tb.Helper()
	if !strings.HasPrefix(s, `"`) {
		return strings.TrimPrefix(s, " ")
	}
	text, err := strconv.Unquote(s)
	require.NoError(tb, err)
	return text
}

// seeds are the prompts of the corpus, for fuzzing.
func seeds(tb testing.TB) []string {
	tb.Helper()
	var all []string
	for _, e := range corpus(tb) {
		all = append(all, e.prompt)
	}
	return all
}
