package play

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strings"

	"seedbank/discordtest"
)

// Bounds of a request. Ten files of ten megabytes are what Discord takes.
const (
	maxBody  = 110 << 20
	maxJSON  = 1 << 20
	maxFiles = 10
)

// option is one option of a slash command: a type of Discord's table, and a value that is text, a number, true or
// false, the id of a user, role or channel, or for a file its place among the uploads.
type option struct {
	Name  string `json:"name"`
	Type  int    `json:"type"`
	Value any    `json:"value"`
}

// Option types that name something, of Discord's "Application Command Option Type".
const (
	optionUser        = 6
	optionChannel     = 7
	optionRole        = 8
	optionMentionable = 9
	optionAttachment  = 11
)

// read takes in a request: JSON, or multipart with the JSON as payload_json and the files as files[n], as Discord has it.
func (b *Bridge) read(w http.ResponseWriter, r *http.Request) (*act, error) {
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	a := &act{s: b.s}
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case err == nil && kind == "application/json":
		raw, err := io.ReadAll(io.LimitReader(r.Body, maxJSON))
		if err != nil {
			return nil, fmt.Errorf("read the request: %w", err)
		}
		if err := json.Unmarshal(raw, a); err != nil {
			return nil, fmt.Errorf("read the request: %w", err)
		}
	case err == nil && kind == "multipart/form-data":
		if err := a.parts(multipart.NewReader(r.Body, params["boundary"])); err != nil {
			return nil, err
		}
	default:
		return nil, errors.New("the request is neither JSON nor multipart")
	}
	return a, a.find()
}

// parts reads the parts of a form, files in the order of their numbers.
func (a *act) parts(form *multipart.Reader) error {
	for {
		p, err := form.NextPart()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("read the form: %w", err)
		}
		raw, err := io.ReadAll(p)
		if err != nil {
			return fmt.Errorf("read part %q: %w", p.FormName(), err)
		}
		switch {
		case p.FormName() == "payload_json":
			if err := json.Unmarshal(raw, a); err != nil {
				return fmt.Errorf("read payload_json: %w", err)
			}
		case p.FormName() == fmt.Sprintf("files[%d]", len(a.uploads)) && len(a.uploads) < maxFiles:
			kind := p.Header.Get("Content-Type")
			a.uploads = append(a.uploads, discordtest.Upload{Name: p.FileName(), Type: kind, Data: raw, Spoiler: strings.HasPrefix(p.FileName(), "SPOILER_")})
		default:
			return fmt.Errorf("part %q is not expected", p.FormName())
		}
	}
}

// options makes what the server takes of what the page sent.
func (a *act) options() (discordtest.Options, error) {
	out := discordtest.Options{}
	for _, o := range a.Options {
		v, err := a.value(o)
		if err != nil {
			return nil, fmt.Errorf("%w: option %q: %w", errWrong, o.Name, err)
		}
		out[o.Name] = v
	}
	return out, nil
}

func (a *act) value(o option) (any, error) {
	id, _ := o.Value.(string)
	switch o.Type {
	case optionUser, optionMentionable:
		if u := a.s.User(id); u != nil {
			return u, nil
		}
		if r := a.s.Role(id); r != nil && o.Type == optionMentionable {
			return r, nil
		}
		return nil, errors.New("there is nobody with this id")
	case optionRole:
		if r := a.s.Role(id); r != nil {
			return r, nil
		}
		return nil, errors.New("there is no role with this id")
	case optionChannel:
		if c := a.s.Channel(id); c != nil {
			return c, nil
		}
		return nil, errors.New("there is no channel with this id")
	case optionAttachment:
		n, isNumber := o.Value.(float64)
		if !isNumber || n < 0 || int(n) >= len(a.uploads) {
			return nil, errors.New("the file is missing")
		}
		return a.uploads[int(n)], nil
	}
	switch v := o.Value.(type) {
	case string, bool, float64:
		return v, nil
	}
	return nil, errors.New("the value is of no known kind")
}
