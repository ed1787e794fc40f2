package discordtest_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"io"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"seedbank/discordtest"
)

// obj is a JSON object, list an array.
type (
	obj  = map[string]any
	list = []any
)

// quick makes a server without rate limits.
func quick(t *testing.T, opts ...discordtest.Option) *discordtest.Server {
	t.Helper()
	none := discordtest.Rate{}
	opts = append([]discordtest.Option{
		discordtest.WithWebhookRate(none), discordtest.WithChannelRate(none), discordtest.WithGlobalRate(none), discordtest.WithRouteRate(none),
	}, opts...)
	s := discordtest.New(opts...)
	t.Cleanup(s.Close)
	return s
}

// client speaks Discord's REST with no library that knows Discord.
type client struct {
	t     *testing.T
	s     *discordtest.Server
	token string
	api   string
}

func newClient(t *testing.T, s *discordtest.Server) *client {
	return &client{t: t, s: s, token: "Bot " + s.Token(), api: "/api/v10"}
}

// answer is one REST answer.
type answer struct {
	status int
	header http.Header
	raw    []byte
	body   obj
	array  list
}

// code is Discord's error code.
func (a answer) code() int {
	n, _ := a.body["code"].(float64)
	return int(n)
}

// failure is the error code at a path of the form errors, such as "data.content".
func (a answer) failure(path string) string {
	at, _ := a.body["errors"].(obj)
	if path != "" {
		for _, key := range strings.Split(path, ".") {
			at, _ = at[key].(obj)
		}
	}
	all, _ := at["_errors"].(list)
	if len(all) == 0 {
		return ""
	}
	return all[0].(obj)["code"].(string)
}

func (c *client) send(method, path, contentType string, body io.Reader) answer {
	c.t.Helper()
	req, err := http.NewRequestWithContext(soon(c.t), method, c.s.URL()+c.api+path, body)
	require.NoError(c.t, err)
	if c.token != "" {
		req.Header.Set("Authorization", c.token)
	}
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	resp, err := http.DefaultClient.Do(req)
	require.NoError(c.t, err)
	defer resp.Body.Close()
	a := answer{status: resp.StatusCode, header: resp.Header}
	a.raw, err = io.ReadAll(resp.Body)
	require.NoError(c.t, err)
	var v any
	if json.Unmarshal(a.raw, &v) == nil {
		a.body, _ = v.(obj)
		a.array, _ = v.(list)
	}
	return a
}

// do sends JSON, or with a nil body none.
func (c *client) do(method, path string, body any) answer {
	c.t.Helper()
	if body == nil {
		return c.send(method, path, "", nil)
	}
	raw, err := json.Marshal(body)
	require.NoError(c.t, err)
	return c.send(method, path, "application/json", bytes.NewReader(raw))
}

// ok is do for what must work.
func (c *client) ok(method, path string, body any) answer {
	c.t.Helper()
	a := c.do(method, path, body)
	require.Less(c.t, a.status, 300, "%s %s: %s", method, path, a.raw)
	return a
}

// file is one file of an upload.
type file struct {
	name string
	kind string
	data []byte
}

// upload sends multipart/form-data with payload_json and files[0..n].
func (c *client) upload(method, path string, payload any, files ...file) answer {
	c.t.Helper()
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	raw, err := json.Marshal(payload)
	require.NoError(c.t, err)
	part, err := form.CreatePart(textproto.MIMEHeader{"Content-Disposition": {`form-data; name="payload_json"`}, "Content-Type": {"application/json"}})
	require.NoError(c.t, err)
	_, err = part.Write(raw)
	require.NoError(c.t, err)
	for n, f := range files {
		part, err := form.CreatePart(textproto.MIMEHeader{
			"Content-Disposition": {fmt.Sprintf(`form-data; name="files[%d]"; filename="%s"`, n, f.name)}, "Content-Type": {f.kind},
		})
		require.NoError(c.t, err)
		_, err = part.Write(f.data)
		require.NoError(c.t, err)
	}
	require.NoError(c.t, form.Close())
	return c.send(method, path, form.FormDataContentType(), &b)
}

// picture is a PNG of a size.
func picture(t *testing.T, width, height int) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, png.Encode(&b, image.NewGray(image.Rect(0, 0, width, height))))
	return b.Bytes()
}

// fetch gets the bytes behind a CDN link.
func fetch(t *testing.T, address string) []byte {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	require.NoError(t, err)
	resp, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	require.Equal(t, 200, resp.StatusCode, "%s", raw)
	return raw
}
