package bot

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestFilesThatMembersHandOver(t *testing.T) {
	t.Parallel()
	f := &fakeREST{answer: func(_ int, q exchange) (*http.Response, error) {
		switch q.path {
		case "/gone":
			return says(404, "This content is no longer available."), nil
		case "/away":
			return says(302, "", "Location", "https://example.com/secret"), nil
		case "/broken":
			return says(500, ""), nil
		case "/cut":
			return nil, errors.New("connection reset")
		}
		return says(200, strings.Repeat("x", 10)), nil
	}}
	b, _ := testBot(t, f)
	for name, test := range map[string]struct {
		url   string
		limit int64
		err   error
	}{
		"a file":                                {"https://cdn.discordapp.com/ephemeral-attachments/1/2/a.csv?ex=1&hm=2", 10, nil},
		"one on the other host":                 {"https://media.discordapp.net/a.csv", 10, nil},
		"one larger than is taken":              {"https://cdn.discordapp.com/a.csv", 9, ErrTooLarge},
		"one that is gone":                      {"https://cdn.discordapp.com/gone", 10, ErrNotFound},
		"one that leads elsewhere":              {"https://cdn.discordapp.com/away", 10, ErrForeignFile},
		"one on another host":                   {"https://example.com/a.csv", 10, ErrForeignFile},
		"one on a host of a similar name":       {"https://cdn.discordapp.com.example.com/a.csv", 10, ErrForeignFile},
		"one on this machine":                   {"http://127.0.0.1/a.csv", 10, ErrForeignFile},
		"one without encryption":                {"http://cdn.discordapp.com/a.csv", 10, ErrForeignFile},
		"one with a name and password":          {"https://me:you@cdn.discordapp.com/a.csv", 10, ErrForeignFile},
		"one on another port":                   {"https://cdn.discordapp.com:8443/a.csv", 10, ErrForeignFile},
		"one on the disk":                       {"file:///etc/passwd", 10, ErrForeignFile},
		"none":                                  {"", 10, ErrForeignFile},
		"something that is no address":          {"https://[", 10, ErrForeignFile},
		"one beside the API, of a real Discord": {"https://discord.com/a.csv", 10, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			raw, err := b.ReadFile(t.Context(), Attachment{ID: "7", URL: test.url}, test.limit)
			if test.err != nil {
				require.ErrorIs(t, err, test.err)
				return
			}
			require.NoError(t, err)
			require.Len(t, raw, 10)
		})
	}
	for _, path := range []string{"/broken", "/cut"} {
		_, err := b.ReadFile(t.Context(), Attachment{ID: "7", URL: "https://cdn.discordapp.com" + path + "?hm=secret"}, 10)
		require.Error(t, err)
		require.NotContains(t, err.Error(), "secret", "the address gives the file to whoever reads it")
	}
}

func TestFilesAreReadWithoutTheToken(t *testing.T) {
	t.Parallel()
	f := &fakeREST{answer: func(int, exchange) (*http.Response, error) { return says(200, "x"), nil }}
	b, _ := testBot(t, f)
	_, err := b.ReadFile(t.Context(), Attachment{URL: "https://cdn.discordapp.com/a"}, 10)
	require.NoError(t, err)
	require.Len(t, f.requests(), 1)
	require.Empty(t, f.requests()[0].header.Get("Authorization"))
	require.Empty(t, f.requests()[0].header.Get("Cookie"))
}
