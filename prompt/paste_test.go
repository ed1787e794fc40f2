package prompt_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/prompt"
)

func TestPinVersionAddsTheModelOnlyWhereNoneIsWritten(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ prompt, pin, want string }{
		{"owl", "8.2", "owl --v 8.2 --seed 5"},
		{"owl", "niji 7", "owl --niji 7 --seed 5"},
		{"owl --ar 3:2 --seed 1", "7.0", "owl --ar 3:2 --v 7 --seed 5"},
		{"owl --v 6", "8.2", "owl --v 6 --seed 5"},
		{"owl --niji", "8.2", "owl --niji --seed 5"},
		{"owl --test", "8.2", "owl --test --seed 5"},
		{"owl --v", "8.2", "owl --v --seed 5"},
		{"owl", "", "owl --seed 5"},
		{"owl", "8.2 --seed 9", "owl --seed 5"},
		{"owl", "newest", "owl --seed 5"},
		{"", "8.2", "--v 8.2 --seed 5"},
	} {
		require.Equal(t, test.want, prompt.Parse(test.prompt).WithSeed(5, prompt.PinVersion(test.pin)), "%+v", test)
	}
}

func TestWithoutSeedKeepsTheRest(t *testing.T) {
	t.Parallel()
	p := prompt.Parse("owl\nin rain --seed 5 --ar 3:2 --fast --seed 6 --no a, b")
	require.Equal(t, "owl in rain --ar 3:2 --no a, b", p.WithoutSeed())
	require.Equal(t, "owl in rain --ar 3:2 --no a, b --v 7", p.WithoutSeed(prompt.PinVersion("7")))
	require.Empty(t, prompt.Parse("--seed 5").WithoutSeed())
}

// Eight times the text takes about eight times the time on any text made to be slow, and would take sixty-four times if
// something looked at all of it again for each of its parts. Only a text that is slow in every one of several tries
// fails, so that a busy machine does not.
func TestNoTextMakesAnythingSlow(t *testing.T) {
	t.Parallel()
	const small, large = 1 << 12, 1 << 15
	for _, piece := range []string{
		"-", "--", "—", "{", "}", "{,", "{,}", "{{,}", "\\", `"`, `--no "`, `--no "a`, `--no 'a'b`, "--no “a ", "--seed 5 ",
		"--seed", "x--seed", "--a", "--a ", "--a-", "-a", "--no a ", "::", "a::", "::1", "--sref ::", "--sref a1::",
		"--sref 1 ", "--p a1 ", "https://a ", "https://--v", "<", ", ", "--v 1 ,", "\n", " \n", " ", "é", "\xff", "--ar 1 : ",
		"--v niji ", "--ar", "--v7", "a,", "--no=", "--foo:", "--r 2 x ", "'", "--x 'a' ", "--p , ", "--p", `--raw "a" `,
	} {
		slow := func() bool {
			return everything(t, strings.Repeat(piece, large/len(piece))) >
				20*time.Millisecond+24*everything(t, strings.Repeat(piece, small/len(piece)))
		}
		tries := 0
		for slow() {
			tries++
			require.Less(t, tries, 10, "%q", piece)
		}
	}
}

// everything is how long it takes to do all this package can with s.
func everything(t *testing.T, s string) time.Duration {
	t.Helper()
	start := time.Now()
	p := prompt.Parse(s)
	line := p.WithSeed(5)
	p.ParameterLine()
	p.JSON()
	p.Weights()
	p.References()
	prompt.Repeatable(p, prompt.Facts{})
	prompt.Diff(p, prompt.Parse(line))
	return time.Since(start)
}
