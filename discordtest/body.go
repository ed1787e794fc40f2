package discordtest

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

const (
	maxJSONBody  = 8 << 20   // far above any body that keeps the rules
	maxKeptBytes = 512 << 20 // of one file; no limit of Discord's is higher
)

var fileField = regexp.MustCompile(`^files?(?:\[(\d{1,2})\])?$`)

// arriving is a body that remembers whether it broke off: its client is gone
// then, maybe killed, and has broken no rule.
type arriving struct {
	io.ReadCloser
	cut bool
}

func (a *arriving) Read(p []byte) (int, error) {
	n, err := a.ReadCloser.Read(p)
	a.cut = a.cut || err != nil && !errors.Is(err, io.EOF)
	return n, err
}

// readBody takes the whole body in: JSON into c.body or c.array, files to disk.
// A body that is wrong is still read to its end, so that the client gets the
// answer and no reset.
func (c *call) readBody() *apiError {
	defer func() { _, _ = io.Copy(io.Discard, io.LimitReader(c.r.Body, maxKeptBytes)) }()
	kind, params, err := mime.ParseMediaType(c.r.Header.Get("Content-Type"))
	switch {
	case c.r.ContentLength == 0 || c.r.Method == "GET" || c.r.Method == "DELETE":
		return nil
	case kind == "multipart/form-data" && params["boundary"] != "":
		return c.readParts(multipart.NewReader(c.r.Body, params["boundary"]))
	case err != nil || kind != "application/json":
		return broken(400, 50035, "Expected \"Content-Type\" header to be one of {application/json, multipart/form-data}.")
	}
	raw, err := io.ReadAll(io.LimitReader(c.r.Body, maxJSONBody+1))
	switch {
	case err != nil:
		return errBadJSON()
	case len(raw) > maxJSONBody:
		return errTooLarge()
	}
	return c.parse(raw)
}

func (c *call) parse(raw []byte) *apiError {
	var v any
	if !utf8.Valid(raw) || json.Unmarshal(raw, &v) != nil {
		return errBadJSON()
	}
	switch v := v.(type) {
	case obj:
		c.body, c.rec.Payload = v, cloneObj(v)
	case []any:
		c.array, c.rec.Array = v, v
	default:
		return errBadJSON()
	}
	return nil
}

func (c *call) readParts(parts *multipart.Reader) *apiError {
	var bad *apiError
	for {
		part, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return broken(400, 50035, "Invalid Form Body: the multipart body is cut or malformed")
		}
		name := part.FormName()
		switch field := fileField.FindStringSubmatch(name); {
		case name == "payload_json":
			raw, err := io.ReadAll(io.LimitReader(part, maxJSONBody))
			if err != nil {
				return errBadJSON()
			}
			bad = firstError(bad, c.parse(raw))
		case field != nil && part.FileName() != "":
			bad = firstError(bad, c.keepFile(part, field[1]))
		default:
			bad = firstError(bad, broken(400, 50035, "Invalid Form Body: unexpected part "+strconv.Quote(name)))
		}
	}
	if c.body == nil {
		c.body = obj{}
	}
	return bad
}

// keepFile streams one part to disk.
func (c *call) keepFile(part *multipart.Part, index string) *apiError {
	n := len(c.files)
	if index != "" {
		n, _ = strconv.Atoi(index) // the pattern lets only digits through
	}
	for _, f := range c.files {
		if f.index == n {
			return broken(400, 50035, "Invalid Form Body: "+part.FormName()+" is given twice")
		}
	}
	out, err := os.CreateTemp(c.s.files, "upload-")
	if err != nil {
		return world(500, 0, "500: Internal Server Error")
	}
	size, err := io.Copy(out, io.LimitReader(part, maxKeptBytes+1))
	if err := errors.Join(err, out.Close()); err != nil {
		return broken(400, 50035, "Invalid Form Body: the upload was cut")
	}
	f := File{
		Field: part.FormName(), Name: cleanName(part.FileName()), Type: part.Header.Get("Content-Type"), Size: size,
		index: n, path: out.Name(), over: size > maxKeptBytes,
	}
	f.kind, f.width, f.height = inspect(f.path, f.Type)
	c.files = append(c.files, f)
	c.rec.Files = append(c.rec.Files, f)
	return nil
}

var unkeptRunes = regexp.MustCompile(`[^A-Za-z0-9_.\-]+`)

// cleanName is what Discord makes of a file's name: its base, spaces as
// underscores, other unusual characters gone.
func cleanName(name string) string {
	name = filepath.Base(strings.ReplaceAll(name, "\\", "/"))
	name = unkeptRunes.ReplaceAllString(strings.ReplaceAll(name, " ", "_"), "")
	if strings.Trim(name, "._-") == "" {
		return "unknown"
	}
	return name
}
