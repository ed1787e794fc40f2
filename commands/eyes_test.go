package commands

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// What is found is found with eyes. hands see every channel, so they are for what is done to something found before.
func TestNothingIsFoundWithHands(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	allowed := regexp.MustCompile(`history\.(?:Star|SetNote|Delete|Places|RecipesOfCard|CorrectSeed)\(.*hands\(i\)` + // done to a card, or to what is theirs
		`|history\.SetPrivate\(ctx, hands\(i\), card\.Number, true\)` +
		`|\bq\.take\(|marks\.pair\(|history\.Ask\(short, hands\(i\), id\)`) // about themselves
	rest := map[string]int{
		"eyes.go":    2, // what eyes begin with, and what the pressed message shows
		"forget.go":  1, // whom to forget
		"getseed.go": 1, // what a message shows that the member sees
		"import.go":  1, // whose server it is, and all its own
		"reshow.go":  1, // how the card that was pressed is now
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		raw, err := os.ReadFile(file)
		require.NoError(t, err)
		for _, line := range strings.Split(string(raw), "\n") {
			if strings.Contains(line, "hands(i)") && !allowed.MatchString(line) {
				rest[file]--
			}
			if strings.Contains(line, "db.View{") {
				require.Contains(t, []string{"eyes.go", "export.go"}, file, "views are made in one place; the server's export sees all")
			}
		}
	}
	for file, n := range rest {
		require.Zero(t, n, "%s: %s", file, "look with eyes")
	}
}
