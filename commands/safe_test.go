package commands

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

func TestForeignWords(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ said, want string }{
		"plain words pass":          {"Parent job status is \"progress\"", `Parent job status is "progress"`},
		"a token does not":          {"bad token Bearer user:12-abc!def", "bad token …"},
		"a bare token does not":     {"user:12345-Xy_z is unknown", "… is unknown"},
		"addresses do not":          {"see https://useapi.net/docs?x=1 now", "see … now"},
		"job IDs are shortened":     {"Job " + imageJob + " has expired", "Job j1023…midjourney has expired"},
		"Midjourney's IDs do not":   {"id " + midjourneyID, "id …"},
		"Discord's IDs do not":      {"channel 1234567890123456789", "channel …"},
		"mentions lose their sense": {"hi @everyone <@5>", `hi \@everyone \<\@5>`},
		"pages are left out":        {"<html><head></head></html>", ""},
		"less-than signs are words": {"1 < 2", `1 \< 2`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, test.want, foreign(test.said))
		})
	}
}

func TestQuotedIsCutAtAWholeLetter(t *testing.T) {
	t.Parallel()
	for max := 1; max < 12; max++ {
		got, cut := quoted("a*🦉b_c", max)
		require.LessOrEqual(t, units(got), max)
		require.True(t, utf8.ValidString(got))
		require.Equal(t, max < units(`a\*🦉b\_c`), cut)
		require.Equal(t, cut, strings.HasSuffix(got, "…"))
		require.NotRegexp(t, `(^|[^\\])\\…$`, got, "an escape does not lose its letter")
	}
}

func TestShortenedIsPlainAndWithinItsBounds(t *testing.T) {
	t.Parallel()
	require.Equal(t, "owl in the rain", shortened(" owl\n in\tthe  rain ", 100))
	require.Equal(t, "owl in…", shortened("owl in the rain", 8))
	require.Equal(t, "🦉…", shortened("🦉🦉🦉", 4))
	require.Empty(t, shortened("", 5))
	require.Equal(t, "…", shortened("owl", 1))
}

func FuzzQuoted(f *testing.F) {
	f.Add("**bold** https://x.example/y @everyone", 20)
	f.Add("# 1. - > \u202e🦉", 3)
	f.Fuzz(func(t *testing.T, s string, max int) {
		if max < 1 || max > 5000 {
			max = 100
		}
		got, _ := quoted(s, max)
		require.LessOrEqual(t, units(got), max)
		require.True(t, utf8.ValidString(got))
		require.NotContains(t, got, "\n")
		require.NotContains(t, strings.ReplaceAll(got, `\://`, ""), "://", "no address is a link")
		for at, r := range got { // every sign that Discord reads is escaped
			if strings.ContainsRune("*_~|`<[]@", r) {
				require.True(t, at > 0 && got[at-1] == '\\')
			}
		}
		require.LessOrEqual(t, units(shortened(s, max)), max)
	})
}
