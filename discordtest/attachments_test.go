package discordtest_test

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/discordtest"
)

func pngFile(t *testing.T, name string) file { return file{name, "image/png", picture(t, 4, 3)} }

// names lists the attachments of an answer.
func names(a answer) string {
	var all []string
	for _, v := range a.body["attachments"].(list) {
		all = append(all, v.(obj)["filename"].(string))
	}
	return strings.Join(all, " ")
}

func TestAnUpload(t *testing.T) {
	t.Parallel()
	s := quick(t)
	api := newClient(t, s)
	c := s.AddGuild("G").AddChannel("c")
	a := api.upload("POST", "/channels/"+c.ID+"/messages", obj{
		"content":     "x",
		"attachments": list{obj{"id": "1", "description": "a plan"}, obj{"id": 0, "filename": "seed one.png", "is_spoiler": true}},
	}, pngFile(t, "a.png"), file{"../notes.txt", "text/plain", []byte("plain")}, file{"c.png", "image/png", []byte("no picture at all")})
	require.Equal(t, 200, a.status, "%s", a.raw)
	require.Equal(t, "notes.txt seed_one.png c.png", names(a), "listed ones first; names are cleaned")
	one, two := a.body["attachments"].(list)[0].(obj), a.body["attachments"].(list)[1].(obj)
	require.Equal(t, "a plan", one["description"])
	require.NotContains(t, one, "width")
	require.EqualValues(t, 4, two["width"])
	require.EqualValues(t, 3, two["height"])
	require.Equal(t, "image/png", two["content_type"])
	require.EqualValues(t, len(picture(t, 4, 3)), two["size"])
	require.EqualValues(t, 1<<5, two["flags"])
	require.Equal(t, picture(t, 4, 3), fetch(t, two["url"].(string)))
	require.Empty(t, broken(s))
	require.Len(t, s.RequestsTo("POST", "/channels/*/messages")[0].Files, 3)
}

func TestEditsOfAttachments(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		api   string
		kept  []int // of a.png b.png; nil: no list at all
		files int
		lists bool // the new files are in the list
		want  string
		flags string
	}{
		"v9 without a list keeps all":               {"/api/v9", nil, 0, false, "a.png b.png", ""},
		"v9 without a list appends":                 {"/api/v9", nil, 1, false, "a.png b.png new0.png", ""},
		"v9 with a list keeps those and appends":    {"/api/v9", []int{1}, 1, false, "b.png new0.png", ""},
		"v9 with an empty list replaces":            {"/api/v9", []int{}, 2, false, "new0.png new1.png", ""},
		"v9 takes new ones in the list too":         {"/api/v9", []int{0}, 1, true, "a.png new0.png", ""},
		"v10 without a list appends":                {"/api/v10", nil, 1, false, "a.png b.png new0.png", ""},
		"v10 with a list has what is listed":        {"/api/v10", []int{1}, 2, true, "b.png new0.png new1.png", ""},
		"v10 drops a file that the list leaves out": {"/api/v10", []int{0}, 1, false, "a.png", "files[0] is not in attachments"},
		"v10 with an empty list has none":           {"/api/v10", []int{}, 0, false, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := quick(t)
			api := newClient(t, s)
			ch := s.AddGuild("G").AddChannel("c")
			first := api.upload("POST", "/channels/"+ch.ID+"/messages", obj{"content": "x"}, pngFile(t, "a.png"), pngFile(t, "b.png"))
			var ids []string
			for _, v := range first.body["attachments"].(list) {
				ids = append(ids, v.(obj)["id"].(string))
			}
			payload := obj{"content": "y"}
			entries := list{}
			for _, n := range c.kept {
				entries = append(entries, obj{"id": ids[n]})
			}
			var files []file
			for n := range c.files {
				files = append(files, pngFile(t, fmt.Sprintf("new%d.png", n)))
				if c.lists {
					entries = append(entries, obj{"id": n})
				}
			}
			if c.kept != nil {
				payload["attachments"] = entries
			}
			api.api = c.api
			a := api.upload("PATCH", "/channels/"+ch.ID+"/messages/"+first.body["id"].(string), payload, files...)
			require.Equal(t, 200, a.status, "%s", a.raw)
			require.Equal(t, c.want, names(a))
			require.Contains(t, broken(s), c.flags)
			require.Equal(t, c.flags == "", broken(s) == "")
		})
	}
}

func TestUploadLimits(t *testing.T) {
	t.Parallel()
	const mega = 1 << 20
	sized := func(sizes ...int) (files []file) {
		for n, size := range sizes {
			files = append(files, file{fmt.Sprintf("%d.bin", n), "application/octet-stream", bytes.Repeat([]byte{'x'}, size)})
		}
		return files
	}
	for name, c := range map[string]struct {
		limit  int64
		files  []file
		status int
		code   int
	}{
		"ten files":                    {0, sized(1, 1, 1, 1, 1, 1, 1, 1, 1, 1), 200, 0},
		"eleven files":                 {0, sized(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1), 400, 30015},
		"10 MiB":                       {0, sized(10 * mega), 200, 0},
		"a byte more":                  {0, sized(10*mega + 1), 413, 40005},
		"25 MiB together":              {0, sized(10*mega, 10*mega, 5*mega), 200, 0},
		"a byte more together":         {0, sized(10*mega, 10*mega, 5*mega+1), 413, 40005},
		"more where the server allows": {50 * mega, sized(11*mega, 16*mega), 200, 0},
		"a lower limit of the asker":   {5 * mega, sized(5*mega + 1), 413, 40005},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var opts []discordtest.Option
			if c.limit != 0 {
				opts = append(opts, discordtest.WithAttachmentLimit(c.limit))
			}
			w := newWorld(t, opts...)
			_, e := w.ask()
			require.Equal(t, 204, w.respond(e, 5, nil).status)
			a := w.upload("PATCH", hookPath(e, "/messages/@original"), obj{"content": "x"}, c.files...)
			require.Equal(t, c.status, a.status, "%s", a.raw)
			require.Equal(t, c.code, a.code())
		})
	}
}

func TestMultipartThatIsWrong(t *testing.T) {
	t.Parallel()
	s := quick(t)
	api := newClient(t, s)
	path := "/channels/" + s.AddGuild("G").AddChannel("c").ID + "/messages"
	part := func(disposition, body string) string {
		return "--B\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n" + body + "\r\n"
	}
	for name, c := range map[string]struct {
		kind, body string
		code       int
	}{
		"cut":                          {"multipart/form-data; boundary=B", part(`name="payload_json"`, `{}`) + part(`name="files[0]"; filename="a"`, `x`), 50035},
		"an unknown part":              {"multipart/form-data; boundary=B", part(`name="picture"; filename="a"`, `x`) + "--B--", 50035},
		"one index twice":              {"multipart/form-data; boundary=B", part(`name="files[0]"; filename="a"`, `x`) + part(`name="files[0]"; filename="b"`, `x`) + "--B--", 50035},
		"payload_json that is no JSON": {"multipart/form-data; boundary=B", part(`name="payload_json"`, `{`) + "--B--", 50109},
		"no media type":                {"", `{"content":"x"}`, 50035},
		"another media type":           {"text/plain", `{"content":"x"}`, 50035},
		"JSON that is none":            {"application/json", `{"content":`, 50109},
		"JSON that is a number":        {"application/json", `7`, 50109},
		"JSON that is no UTF-8":        {"application/json", "{\"content\":\"\xff\"}", 50109},
		"JSON beyond any size":         {"application/json", `{"content":"` + strings.Repeat("x", 9<<20) + `"}`, 40005},
	} {
		t.Run(name, func(t *testing.T) {
			a := api.send("POST", path, c.kind, strings.NewReader(c.body))
			require.Equal(t, c.code, a.code(), "%d %s", a.status, a.raw)
		})
	}
}

func TestHalfARequestBreaksNoRule(t *testing.T) {
	t.Parallel()
	s := quick(t)
	path := "/channels/" + s.AddGuild("G").AddChannel("c").ID + "/messages"
	for kind, begun := range map[string]string{"application/json": `{"content":`, "multipart/form-data; boundary=B": "--B\r\nContent-Disp"} {
		client, err := net.Dial("tcp", strings.TrimPrefix(s.URL(), "http://"))
		require.NoError(t, err)
		_, err = fmt.Fprintf(client, "POST /api/v9%s HTTP/1.1\r\nHost: x\r\nContent-Type: %s\r\nContent-Length: 100\r\n\r\n%s", path, kind, begun)
		require.NoError(t, err)
		require.NoError(t, client.(*net.TCPConn).CloseWrite())
		answer, err := io.ReadAll(client)
		require.NoError(t, err)
		require.Empty(t, answer)
		require.NoError(t, client.Close())
	}
	require.Len(t, s.Requests(), 2)
	require.Empty(t, s.Violations())
}

func TestWhereAttachmentsAreSeen(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	i, e := w.ask()
	require.Equal(t, 204, w.respond(e, 5, obj{"flags": 64}).status)
	gallery := obj{"type": 12, "items": list{obj{"media": obj{"url": "attachment://seed-1.png"}, "description": "first"}}}
	a := w.upload("PATCH", hookPath(e, "/messages/@original"), v2(gallery, obj{"type": 13, "file": obj{"url": "attachment://log.txt"}}),
		pngFile(t, "seed-1.png"), file{"log.txt", "text/plain", []byte("log")})
	require.Equal(t, 200, a.status, "%s", a.raw)
	media := a.body["components"].(list)[0].(obj)["items"].(list)[0].(obj)["media"].(obj)
	require.EqualValues(t, 4, media["width"])
	require.Equal(t, picture(t, 4, 3), fetch(t, media["url"].(string)))
	require.Contains(t, media["url"], "/ephemeral-attachments/")
	shown := a.body["components"].(list)[1].(obj)
	require.Equal(t, "log.txt", shown["name"])
	require.EqualValues(t, 3, shown["size"])
	require.True(t, i.Message().Attachments[0].Ephemeral)
	require.Empty(t, broken(w.s))

	// An edit of the words alone keeps the pictures that components still show.
	again := w.ok("PATCH", hookPath(e, "/messages/@original"), obj{"attachments": list{}})
	require.Equal(t, "seed-1.png log.txt", names(again))

	w.upload("PATCH", hookPath(e, "/messages/@original"), obj{"components": list{text("x")}, "attachments": list{obj{"id": 0}}}, pngFile(t, "hidden.png"))
	require.Contains(t, broken(w.s), "hidden.png is in no component")
	w.s.Forgive(func(discordtest.Violation) bool { return true })

	// What an embed shows is not listed among the attachments.
	second := w.upload("POST", hookPath(e, ""), obj{"embeds": list{obj{"title": "t", "image": obj{"url": "attachment://in.png"}}}}, pngFile(t, "in.png"), pngFile(t, "out.png"))
	require.Equal(t, "out.png", names(second))
	require.Equal(t, picture(t, 4, 3), fetch(t, second.body["embeds"].(list)[0].(obj)["image"].(obj)["url"].(string)))
	require.Empty(t, broken(w.s))
	w.upload("POST", hookPath(e, ""), obj{"content": "x", "embeds": list{obj{"title": "t", "image": obj{"url": "attachment://a.pdf"}}, obj{"title": "t", "image": obj{"url": "attachment://b.png"}}}},
		file{"a.pdf", "application/pdf", []byte("%PDF-")})
	require.Contains(t, broken(w.s), "embeds show only jpg")
	require.Contains(t, broken(w.s), "there is no attachment b.png")
}

func TestTheCDN(t *testing.T) {
	t.Parallel()
	s := quick(t, discordtest.WithLinkLife(time.Hour))
	api := newClient(t, s)
	c := s.AddGuild("G").AddChannel("c")
	a := api.upload("POST", "/channels/"+c.ID+"/messages", obj{"content": "x"}, pngFile(t, "a.png"))
	link := a.body["attachments"].(list)[0].(obj)["url"].(string)
	status := func(address string) int {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
		require.NoError(t, err)
		resp, err := http.DefaultClient.Do(req)
		require.NoError(t, err)
		resp.Body.Close()
		return resp.StatusCode
	}
	require.Equal(t, 200, status(link))
	bare, _, _ := strings.Cut(link, "?")
	require.Equal(t, 404, status(bare), "unsigned")
	require.Equal(t, 404, status(strings.Replace(link, "hm=", "hm=0", 1)), "badly signed")
	require.Equal(t, 404, status(strings.Replace(link, "a.png", "b.png", 1)), "another file")
	s.Advance(time.Hour)
	require.Equal(t, 404, status(link), "too old")
	refreshed := api.ok("POST", "/attachments/refresh-urls", obj{"attachment_urls": list{link, s.URL() + "/attachments/1/2/x.png"}}).body["refreshed_urls"].(list)
	require.Equal(t, 200, status(refreshed[0].(obj)["refreshed"].(string)))
	require.Nil(t, refreshed[1].(obj)["refreshed"])
	require.Equal(t, "ATTACHMENT_URL_INVALID", api.do("POST", "/attachments/refresh-urls", obj{"attachment_urls": list{"https://x.org/a"}}).failure("attachment_urls.0"))
	require.Equal(t, "BASE_TYPE_BAD_LENGTH", api.do("POST", "/attachments/refresh-urls", obj{"attachment_urls": times(51, link)}).failure("attachment_urls"))
	fresh := api.ok("GET", "/channels/"+c.ID+"/messages/"+a.body["id"].(string), nil).body["attachments"].(list)[0].(obj)["url"].(string)
	require.Equal(t, 200, status(fresh), "reading the message signs anew")
	api.ok("DELETE", "/channels/"+c.ID+"/messages/"+a.body["id"].(string), nil)
	require.Equal(t, 404, status(fresh), "gone with its message")
}
