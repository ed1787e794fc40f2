package retrieval

import (
	"bytes"
	"fmt"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// pictureServer plays a host of pictures, each path a way in which it can behave.
func pictureServer(t *testing.T) *httptest.Server {
	t.Helper()
	var dot bytes.Buffer
	require.NoError(t, png.Encode(&dot, image.NewGray(image.Rect(0, 0, 4, 3))))
	mux := http.NewServeMux()
	send := func(contentType string, body []byte) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", contentType)
			_, _ = w.Write(body)
		}
	}
	var photo, film bytes.Buffer
	require.NoError(t, jpeg.Encode(&photo, image.NewGray(image.Rect(0, 0, 8, 8)), nil))
	require.NoError(t, gif.Encode(&film, image.NewGray(image.Rect(0, 0, 8, 8)), nil))
	mux.Handle("/dot.png", send("image/png", dot.Bytes()))
	mux.Handle("/lying", send("text/plain", photo.Bytes()))
	mux.Handle("/film", send("image/png", film.Bytes()))
	mux.Handle("/page", send("image/png", []byte("<html>not a picture</html>")))
	mux.Handle("/empty", send("image/png", nil))
	mux.Handle("/heavy", send("image/png", append(bytes.Clone(dot.Bytes()), make([]byte, 3000)...)))
	mux.HandleFunc("/heavy-untold", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write(dot.Bytes())
		w.(http.Flusher).Flush()
		_, _ = w.Write(make([]byte, 3000))
	})
	mux.Handle("/gone", http.NotFoundHandler())
	mux.HandleFunc("/forbidden", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) })
	mux.HandleFunc("/ill", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadGateway) })
	mux.HandleFunc("/cut", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1500")
		_, _ = w.Write(dot.Bytes())
	})
	mux.HandleFunc("/silent", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	mux.HandleFunc("/stalls", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "1500")
		_, _ = w.Write(dot.Bytes())
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	})
	mux.HandleFunc("/away", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://127.0.0.2:1/dot.png", http.StatusFound)
	})
	mux.HandleFunc("/round", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/round", http.StatusFound) })
	mux.HandleFunc("/moved", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/dot.png", http.StatusFound) })
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server
}

// newTestPictures waits idle for a byte of a picture: long where one will come, however much else the machine does.
func newTestPictures(t *testing.T, server *httptest.Server, idle time.Duration) *pictures {
	t.Helper()
	origin, err := url.Parse(server.URL)
	require.NoError(t, err)
	p := fast()
	p.pictureIdle = idle
	pics, err := newPictures(filepath.Join(t.TempDir(), "spool"), []string{origin.Host}, p, slog.Default())
	require.NoError(t, err)
	return pics
}

func TestAPictureOrTheReasonWhyNot(t *testing.T) {
	t.Parallel()
	server := pictureServer(t)
	patient, hasty := newTestPictures(t, server, time.Minute), newTestPictures(t, server, 300*time.Millisecond)
	for path, want := range map[string]Picture{
		"/dot.png":      {Type: "image/png", Width: 4, Height: 3},
		"/moved":        {Type: "image/png", Width: 4, Height: 3},
		"/lying":        {Type: "image/jpeg", Width: 8, Height: 8},
		"/film":         {Type: "image/gif", Width: 8, Height: 8},
		"/page":         {Missing: NotPicture},
		"/empty":        {Missing: NotPicture},
		"/heavy":        {Missing: TooBig},
		"/heavy-untold": {Missing: TooBig},
		"/gone":         {Missing: Gone},
		"/forbidden":    {Missing: Gone},
		"/ill":          {Missing: Unreadable},
		"/cut":          {Missing: Unreadable},
		"/silent":       {Missing: Slow},
		"/stalls":       {Missing: Slow},
		"/away":         {Missing: HostDenied},
		"/round":        {Missing: Unreadable},
	} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			pics := patient
			if want.Missing == Slow {
				pics = hasty
			}
			set := pics.fetch(t.Context(), [][]string{{server.URL + path}}, 2000, nil)
			defer set.remove()
			require.Len(t, set.pictures, 1)
			got := set.pictures[0]
			require.Equal(t, want.Missing, got.Missing)
			require.Equal(t, 1, got.Position)
			require.Equal(t, want.Type, got.Type)
			require.Equal(t, want.Width, got.Width)
			require.Equal(t, want.Height, got.Height)
			if want.Missing == "" {
				info, err := os.Stat(got.Path)
				require.NoError(t, err)
				require.Equal(t, info.Size(), got.Size)
				require.Len(t, got.SHA256, 64)
			}
		})
	}
}

func TestASecondAddressIsTried(t *testing.T) {
	t.Parallel()
	server := pictureServer(t)
	pics := newTestPictures(t, server, time.Minute)
	set := pics.fetch(t.Context(), [][]string{
		{"https://elsewhere.example/a.png", server.URL + "/dot.png"},
		{server.URL + "/gone", server.URL + "/heavy"},
		{server.URL + "/heavy", server.URL + "/gone"},
		nil,
	}, 2000, nil)
	defer set.remove()
	require.Empty(t, set.pictures[0].Missing)
	require.Equal(t, TooBig, set.pictures[1].Missing)
	require.Equal(t, TooBig, set.pictures[2].Missing)
	require.Equal(t, Gone, set.pictures[3].Missing)
	folder := set.folder
	set.remove()
	require.NoDirExists(t, folder)
}

func TestPicturesTooLargeTogetherAreGivenUpFromTheEnd(t *testing.T) {
	t.Parallel()
	list := []Picture{{Position: 1, Size: 40}, {Position: 2, Missing: Gone}, {Position: 3, Size: 50}, {Position: 4, Size: 20}, {Position: 5, Size: 10}}
	bound(list, 100)
	missing := make([]Missing, len(list))
	for i, p := range list {
		missing[i] = p.Missing
	}
	require.Equal(t, []Missing{"", Gone, "", TooMuch, ""}, missing)
}

func TestPicturesComeFromAllowedHostsOnly(t *testing.T) {
	t.Parallel()
	h, err := newHosts([]string{"cdn.discordapp.com", " Media.Discordapp.NET", "127.0.0.1:8080", "[::1]:99", "localhost:1"})
	require.NoError(t, err)
	for address, allowed := range map[string]bool{
		"https://cdn.discordapp.com/a.png":           true,
		"https://CDN.discordapp.com:443/a.png":       true,
		"https://media.discordapp.net/a.png":         true,
		"http://127.0.0.1:8080/a.png":                true,
		"http://[::1]:99/a.png":                      true,
		"http://localhost:1/a.png":                   true,
		"http://cdn.discordapp.com/a.png":            false,
		"https://cdn.discordapp.com:8443/a.png":      false,
		"https://cdn.discordapp.com.evil.example/":   false,
		"https://cdn.discordapp.com@evil.example/":   false,
		"https://someone@cdn.discordapp.com/a.png":   false,
		"https://evil.example/cdn.discordapp.com":    false,
		"http://127.0.0.1/a.png":                     false,
		"http://127.0.0.1:8081/a.png":                false,
		"http://localhost:8080/a.png":                false,
		"https://169.254.169.254/latest/meta-data":   false,
		"file:///etc/passwd":                         false,
		"ftp://cdn.discordapp.com/a.png":             false,
		"https://cdn.discordapp.com./a.png":          false,
		"":                                           false,
		"https:///a.png":                             false,
		"https://xn--cdn-discordapp.com/a.png":       false,
		"http://127.0.0.1:8080@evil.example:80/":     false,
		"https://cdn.discordapp.com%2eevil.example/": false,
	} {
		u, err := url.Parse(address)
		if err != nil {
			require.False(t, allowed, address)
			continue
		}
		require.Equal(t, allowed, h.allow(u) == nil, address)
	}
	_, err = newHosts([]string{"cdn.example.com:8080"})
	require.ErrorContains(t, err, "loopback")
}

func TestTheSpoolIsEmptiedAtStart(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "spool")
	require.NoError(t, os.MkdirAll(filepath.Join(folder, "answer-1"), 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(folder, "answer-1", "1"), []byte("x"), 0o600))
	_, err := newPictures(folder, nil, fast(), slog.Default())
	require.NoError(t, err)
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	require.Empty(t, entries)
}

func TestManyPicturesAreBounded(t *testing.T) {
	t.Parallel()
	server := pictureServer(t)
	pics := newTestPictures(t, server, time.Minute)
	var addresses [][]string
	for n := range mostPictures {
		addresses = append(addresses, []string{fmt.Sprintf("%s/dot.png?n=%d", server.URL, n)})
	}
	set := pics.fetch(t.Context(), addresses, defaultLimit, nil)
	defer set.remove()
	sums := map[string]bool{}
	for i, p := range set.pictures {
		require.Equal(t, i+1, p.Position)
		require.Empty(t, p.Missing)
		sums[p.SHA256] = true
		require.True(t, strings.HasPrefix(p.Path, set.folder))
	}
	require.Len(t, sums, 1)
}
