package demo

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// served starts the playground with a bot that does nothing, and gives its address.
func served(t *testing.T) string {
	t.Helper()
	self, err := os.Executable()
	require.NoError(t, err)
	out := &syncWriter{}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- Play(ctx, PlayOptions{Out: out, Addr: "127.0.0.1:0", Program: self, Env: []string{asBot + "=stays"}})
	}()
	t.Cleanup(func() {
		stop()
		require.NoError(t, <-ended)
	})
	var url string
	require.Eventually(t, func() bool {
		url = regexp.MustCompile(`http://\S+`).FindString(out.String())
		return url != ""
	}, 10*time.Second, 5*time.Millisecond)
	require.NotContains(t, out.String(), "Warning")
	return url
}

func get(t *testing.T, url string) (int, http.Header, string) {
	t.Helper()
	answer, err := http.Get(url)
	require.NoError(t, err)
	defer answer.Body.Close()
	raw, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	return answer.StatusCode, answer.Header, string(raw)
}

func post(t *testing.T, url, body string) (int, string) {
	t.Helper()
	answer, err := http.Post(url, "application/json", strings.NewReader(body))
	require.NoError(t, err)
	defer answer.Body.Close()
	raw, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	return answer.StatusCode, string(raw)
}

func TestThePageAndItsStageAreServed(t *testing.T) {
	t.Parallel()
	url := served(t)
	status, header, index := get(t, url)
	require.Equal(t, http.StatusOK, status)
	require.Contains(t, header.Get("Content-Security-Policy"), "default-src 'none'")
	for _, name := range regexp.MustCompile(`(?:src|href)="([^"]+)"`).FindAllStringSubmatch(index, -1) {
		status, _, _ := get(t, url+"/"+name[1])
		require.Equal(t, http.StatusOK, status, name[1])
	}
	status, _, _ = get(t, url+"/nothing")
	require.Equal(t, http.StatusNotFound, status)

	_, _, raw := get(t, url+"/stage")
	var about struct {
		As     string            `json:"as"`
		Open   string            `json:"open"`
		Cast   map[string]string `json:"cast"`
		Scenes []scene           `json:"scenes"`
	}
	require.NoError(t, json.Unmarshal([]byte(raw), &about))
	require.Len(t, about.Cast, 4)
	form := `{"as":"` + about.As + `","channel":"` + about.Open + `"}`
	for _, s := range about.Scenes {
		status, said := post(t, url+"/stage/"+s.ID, form)
		require.Equal(t, http.StatusOK, status, "%s: %s", s.ID, said)
		require.Equal(t, s.Group == aPicture, strings.Contains(said, "grid.png"), s.ID)
	}
	for why, c := range map[string]struct {
		scene, form string
		status      int
	}{
		"an unknown scene":  {"nothing", form, http.StatusConflict},
		"nobody":            {"usual", `{"as":"1","channel":"` + about.Open + `"}`, http.StatusBadRequest},
		"no JSON":           {"usual", `{`, http.StatusBadRequest},
		"an unknown place":  {"usual", `{"as":"` + about.As + `","channel":"1"}`, http.StatusConflict},
		"too much of a bad": {"usual", `{"as":"` + strings.Repeat("x", 5000) + `"}`, http.StatusBadRequest},
	} {
		status, said := post(t, url+"/stage/"+c.scene, c.form)
		require.Equal(t, c.status, status, why)
		require.Contains(t, said, "error", why)
	}
	status, _, raw = get(t, url+"/stage/requests?from=0&to=99999999999999")
	require.Equal(t, http.StatusOK, status)
	require.Equal(t, "[]", raw)
	status, _, _ = get(t, url+"/stage/requests")
	require.Equal(t, http.StatusBadRequest, status)
}

func TestWhereThePageCannotBeServedIsTold(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer taken.Close()
	require.ErrorContains(t, Play(t.Context(), PlayOptions{Out: io.Discard, Addr: taken.Addr().String()}), "-addr")
	require.ErrorContains(t, Play(t.Context(), PlayOptions{Out: io.Discard, Addr: "nonsense"}), "-addr")
	self, err := os.Executable()
	require.NoError(t, err)
	err = Play(t.Context(), PlayOptions{Out: io.Discard, Addr: "127.0.0.1:0", Program: self, Env: []string{asBot + "=ends"}})
	require.ErrorContains(t, err, "the last words", "the log of a bot that does not run is shown")
}

func TestAnAddressOfOthersIsWarnedOf(t *testing.T) {
	t.Parallel()
	for addr, warned := range map[string]bool{"127.0.0.1": false, "::1": false, "0.0.0.0": true, "::": true, "192.0.2.1": true} {
		var out strings.Builder
		require.NoError(t, greet(&out, &net.TCPAddr{IP: net.ParseIP(addr), Port: 8377}, "log"))
		require.Equal(t, warned, strings.Contains(out.String(), "Warning"), addr)
	}
}

// maxPage is what the page may weigh on its way, in bytes.
const maxPage = 150 << 10

func TestThePageIsLight(t *testing.T) {
	t.Parallel()
	total := 0
	require.NoError(t, fs.WalkDir(built, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := built.ReadFile(path)
		require.NoError(t, err)
		n := &counter{}
		z := gzip.NewWriter(n)
		_, err = z.Write(raw)
		require.NoError(t, err)
		require.NoError(t, z.Close())
		total += n.n
		return nil
	}))
	require.NotZero(t, total)
	require.Less(t, total, maxPage)
	t.Logf("the page is %d bytes, compressed", total)
}

type counter struct{ n int }

func (c *counter) Write(p []byte) (int, error) {
	c.n += len(p)
	return len(p), nil
}

// TestThePageKnowsDiscordAlone reads its sources: what the bot is about must not be in them.
func TestThePageKnowsDiscordAlone(t *testing.T) {
	t.Parallel()
	seen := 0
	require.NoError(t, filepath.WalkDir("page/src", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		require.NoError(t, err)
		seen++
		for _, word := range []string{"seed", "midjourney", "useapi"} {
			require.NotContains(t, strings.ToLower(string(raw)), word, path)
		}
		return nil
	}))
	require.Greater(t, seen, 10)
}
