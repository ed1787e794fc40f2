package bot

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"
	"github.com/stretchr/testify/require"
)

func picture(t *testing.T, name string, size int) File {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, bytes.Repeat([]byte(name[:1]), size), 0o600))
	return File{Name: name, Type: "image/png", Path: path, Alt: "picture " + name, Size: int64(size)}
}

func TestAnUploadIsStreamedWithItsExactLengthAndAgainAtEachTry(t *testing.T) {
	t.Parallel()
	type upload struct {
		length  int64
		chunked bool
		payload map[string]any
		files   map[string]string // part → filename, type, bytes
	}
	var got []upload
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		u := upload{length: r.ContentLength, chunked: len(r.TransferEncoding) > 0, files: map[string]string{}}
		_, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
		if err != nil {
			t.Error(err)
			return
		}
		form := multipart.NewReader(r.Body, params["boundary"])
		for {
			part, err := form.NextPart()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Error(err)
				return
			}
			raw, _ := io.ReadAll(part)
			if part.FormName() == "payload_json" {
				_ = json.Unmarshal(raw, &u.payload)
			} else {
				u.files[part.FormName()] = part.FileName() + " " + part.Header.Get("Content-Type") + " " + string(raw)
			}
		}
		if got = append(got, u); len(got) == 1 {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		_, _ = io.WriteString(w, `{"id":"77","channel_id":"5","attachments":[{"id":"8","filename":"a.png","size":3,"url":"u","width":1,"height":2}]}`)
	}))
	defer server.Close()
	b, err := New(Config{Token: "x", APIURL: server.URL})
	require.NoError(t, err)

	a, z := picture(t, "a.png", 3), picture(t, `z "q".png`, 5)
	posted, err := b.Edit(t.Context(), aReply(), Message{
		Components: []discordgo.MessageComponent{discordgo.TextDisplay{Content: "done"}}, Files: []File{a, z}, Keep: []string{"31"},
	})
	require.NoError(t, err)
	require.Equal(t, Posted{Channel: "5", ID: "77", Attachments: []Attachment{{ID: "8", Filename: "a.png", Size: 3, URL: "u", Width: 1, Height: 2}}}, posted)
	require.Len(t, got, 2)
	for _, u := range got {
		require.False(t, u.chunked)
		require.Positive(t, u.length)
		require.Equal(t, map[string]string{"files[0]": "a.png image/png aaa", "files[1]": `z "q".png image/png zzzzz`}, u.files)
		require.Equal(t, []any{
			map[string]any{"id": "31"},
			map[string]any{"id": "0", "filename": "a.png", "description": "picture a.png"},
			map[string]any{"id": "1", "filename": `z "q".png`, "description": `picture z "q".png`},
		}, u.payload["attachments"])
		require.Equal(t, map[string]any{"parse": []any{}, "users": []any{}}, u.payload["allowed_mentions"])
		require.EqualValues(t, 1<<15, u.payload["flags"])
		require.Contains(t, u.payload, "content")
		require.Nil(t, u.payload["content"])
		require.Nil(t, u.payload["embeds"])
	}
}

// Not parallel: what other tests allocate would be counted.
func TestUploadsDoNotLieInMemory(t *testing.T) {
	const size = 8 << 20
	var files []File
	for _, name := range []string{"a.png", "b.png", "c.png", "d.png"} {
		path := filepath.Join(t.TempDir(), name)
		f, err := os.Create(path)
		require.NoError(t, err)
		require.NoError(t, f.Truncate(size))
		require.NoError(t, f.Close())
		files = append(files, File{Name: name, Path: path})
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	body, err := encodeMessage(Message{Files: files}.editPayload(), files)
	require.NoError(t, err)
	stream := body.open()
	n, err := io.CopyBuffer(struct{ io.Writer }{io.Discard}, stream, make([]byte, 32<<10))
	require.NoError(t, err)
	require.NoError(t, stream.Close())
	runtime.ReadMemStats(&after)
	require.Equal(t, body.length, n)
	require.Greater(t, n, int64(4*size))
	require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(size), "32 MB passed through, but were not held")
}

func TestAFileThatCannotBeSentIsToldAtOnce(t *testing.T) {
	t.Parallel()
	b, _ := testBot(t, &fakeREST{answer: always200})
	gone := File{Name: "gone.png", Path: filepath.Join(t.TempDir(), "gone")}
	_, err := b.Edit(t.Context(), aReply(), Message{Text: "x", Files: []File{gone}})
	require.ErrorIs(t, err, os.ErrNotExist)

	// Found when measured, then changed or gone when read.
	for name, spoil := range map[string]func(path string) error{
		"removed":   os.Remove,
		"shortened": func(path string) error { return os.Truncate(path, 1) },
		"grown":     func(path string) error { return os.Truncate(path, 100) },
	} {
		file := picture(t, "a.png", 30)
		f := &fakeREST{}
		b, _ := testBot(t, f)
		m := Message{Text: "x", Files: []File{file}}
		body, err := encodeMessage(m.editPayload(), m.Files)
		require.NoError(t, err)
		require.NoError(t, spoil(file.Path))
		_, err = b.rest.do(t.Context(), originalRequest(aReply(), body))
		var own *fileError
		require.ErrorAs(t, err, &own, name)
		require.Empty(t, f.requests(), name)
	}
}

func TestPayloads(t *testing.T) {
	t.Parallel()
	text := Message{Text: "hello"}
	v2 := Message{Components: textOnly("hello"), MentionUsers: []string{"42"}}
	shape := `[{"content":"hello","type":10}]`
	for name, test := range map[string]struct {
		payload any
		want    string
	}{
		"a new plain message":        {text.createPayload(0), `{"allowed_mentions":{"parse":[],"users":[]},"content":"hello"}`},
		"a new private message":      {text.createPayload(64), `{"allowed_mentions":{"parse":[],"users":[]},"content":"hello","flags":64}`},
		"a new components message":   {v2.createPayload(64), `{"allowed_mentions":{"parse":[],"users":["42"]},"components":` + shape + `,"flags":32832}`},
		"a plain edit":               {text.editPayload(), `{"allowed_mentions":{"parse":[],"users":[]},"attachments":[],"components":[],"content":"hello","embeds":[]}`},
		"an edit into components":    {v2.editPayload(), `{"allowed_mentions":{"parse":[],"users":["42"]},"attachments":[],"components":` + shape + `,"content":null,"embeds":null,"flags":32768}`},
		"a message that mentions":    {mentioning("42", text).createPayload(0), `{"allowed_mentions":{"parse":[],"users":["42"]},"content":"<@42> hello"}`},
		"components after a mention": {mentioning("42", v2).createPayload(0), `{"allowed_mentions":{"parse":[],"users":["42"]},"components":[{"content":"<@42>","type":10},{"content":"hello","type":10}],"flags":32768}`},
		"a form":                     {Modal{ID: "v1:f", Title: "T", Fields: []Field{{ID: "a", Label: "A", Long: true, Optional: true, Max: 9}}}.payload(), `{"components":[{"component":{"custom_id":"a","max_length":9,"required":false,"style":2,"type":4},"label":"A","type":18}],"custom_id":"v1:f","title":"T"}`},
		"a form of choices": {Modal{ID: "v1:f", Title: "T", Fields: []Field{
			{ID: "a", Label: "A", Input: RadioInput, Choices: []FieldChoice{{Value: "x", Label: "X", Hint: "h"}, {Value: "y", Label: "Y"}}, Chosen: []string{"y"}},
			{ID: "b", Label: "B", Input: MenuInput, Optional: true, Max: 2, Placeholder: "p", Choices: []FieldChoice{{Value: "x", Label: "X"}, {Value: "y", Label: "Y"}}},
			{ID: "c", Label: "C", Input: CheckboxInput, Value: "true"},
		}}.payload(), `{"components":[{"component":{"custom_id":"a","options":[{"description":"h","label":"X","value":"x"},{"default":true,"label":"Y","value":"y"}],"required":true,"type":21},"label":"A","type":18},` +
			`{"component":{"custom_id":"b","max_values":2,"min_values":0,"options":[{"label":"X","value":"x"},{"label":"Y","value":"y"}],"placeholder":"p","required":false,"type":3},"label":"B","type":18},` +
			`{"component":{"custom_id":"c","default":true,"type":23},"label":"C","type":18}],"custom_id":"v1:f","title":"T"}`},
		"a form of things on Discord": {Modal{ID: "v1:f", Title: "T", Fields: []Field{
			{ID: "a", Label: "A", Input: RoleInput, Optional: true, Max: 25, Chosen: []string{"7"}},
			{ID: "b", Label: "B", Input: ChannelInput, Types: []discordgo.ChannelType{0, 5}},
			{ID: "c", Label: "C", Input: UserInput},
			{ID: "d", Label: "D", Input: UploadInput, Optional: true, Max: 4},
		}}.payload(), `{"components":[{"component":{"custom_id":"a","default_values":[{"id":"7","type":"role"}],"max_values":25,"min_values":0,"required":false,"type":6},"label":"A","type":18},` +
			`{"component":{"channel_types":[0,5],"custom_id":"b","max_values":1,"min_values":1,"required":true,"type":8},"label":"B","type":18},` +
			`{"component":{"custom_id":"c","max_values":1,"min_values":1,"required":true,"type":5},"label":"C","type":18},` +
			`{"component":{"custom_id":"d","max_values":4,"min_values":0,"required":false,"type":19},"label":"D","type":18}],"custom_id":"v1:f","title":"T"}`},
		"suggestions Discord accepts": {offered([]Choice{{"a", "1"}, {strings.Repeat("n", 101), "2"}, {"long", strings.Repeat("v", 101)}}), `[{"name":"a","value":"1"},{"name":"` + strings.Repeat("n", 99) + `…","value":"2"}]`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			raw, err := json.Marshal(test.payload)
			require.NoError(t, err)
			require.JSONEq(t, test.want, string(raw))
		})
	}
	require.Len(t, offered(slices.Repeat([]Choice{{"n", "v"}}, 40)), 25)
}
