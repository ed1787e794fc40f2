package exchange

import (
	"encoding/json"
	"errors"
	"io"
	"strings"
)

// readJSON reads JSON: a file of ours, or a bare list of cards.
func readJSON(text string) (*Content, error) {
	r := jsonReader{text: text, d: json.NewDecoder(strings.NewReader(text)), lines: lineCounter{text: text}}
	first, err := r.d.Token()
	switch {
	case err != nil:
		return nil, r.broken(err)
	case first == json.Delim('['):
		if err := r.cards(); err != nil {
			return nil, err
		}
	case first != json.Delim('{'):
		return nil, broken(1, Problem{Code: NoCards})
	default:
		if err := r.object(); err != nil {
			return nil, err
		}
	}
	if _, err := r.d.Token(); !errors.Is(err, io.EOF) {
		return nil, broken(r.lines.at(int(r.d.InputOffset())), Problem{Code: BehindEnd})
	}
	if !r.found {
		return nil, broken(1, Problem{Code: NoCards})
	}
	return &r.content, nil
}

// jsonReader reads card by card, so that what is wrong with one is told with its line.
type jsonReader struct {
	text    string
	d       *json.Decoder
	content Content
	found   bool
	lines   lineCounter
}

func (r *jsonReader) object() error {
	seen := map[string]bool{}
	for r.d.More() {
		key, err := r.d.Token()
		if err != nil {
			return r.broken(err)
		}
		name, _ := key.(string) // keys are texts
		first := !seen[name]
		seen[name] = true
		switch {
		case first && name == "cards":
			err = r.list(r.cards)
		case first && name == "recipes":
			err = r.list(r.recipes)
		case first && name == "scope":
			err = r.value(name, &r.content.Scope)
		case first && name == "last":
			err = r.value(name, &r.content.Last)
		default:
			var skipped json.RawMessage
			err = r.broken(r.d.Decode(&skipped))
		}
		if err != nil {
			return err
		}
	}
	_, err := r.d.Token()
	return r.broken(err)
}

// value reads what a key has.
func (r *jsonReader) value(key string, into any) error {
	err := r.d.Decode(into)
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return broken(r.lines.at(int(r.d.InputOffset())), Problem{Code: WrongType, Field: key, Value: wrong.Value})
	}
	return r.broken(err)
}

// list reads the list that a key has.
func (r *jsonReader) list(read func() error) error {
	opens, err := r.d.Token()
	if err != nil {
		return r.broken(err)
	}
	if opens != json.Delim('[') {
		return broken(r.lines.at(int(r.d.InputOffset())), Problem{Code: NoCards})
	}
	return read()
}

func (r *jsonReader) cards() error {
	return r.each(func(line int, raw []byte) error {
		var record Record
		if err := json.Unmarshal(raw, &record); err != nil {
			return r.content.reject(line, wrongValue(err, NotACard))
		}
		if record.Seed == nil {
			return r.content.reject(line, Problem{Code: SeedMissing})
		}
		return r.content.add(line, record)
	})
}

func (r *jsonReader) recipes() error {
	return r.each(func(line int, raw []byte) error {
		var recipe Recipe
		if err := json.Unmarshal(raw, &recipe); err != nil {
			return r.content.reject(line, wrongValue(err, NotARecipe))
		}
		return r.content.addRecipe(line, recipe)
	})
}

// each reads a list to its end, one by one, so that what is wrong with one is told with its line.
func (r *jsonReader) each(take func(line int, raw []byte) error) error {
	r.found = true
	for r.d.More() {
		var raw json.RawMessage
		if err := r.d.Decode(&raw); err != nil {
			return r.broken(err)
		}
		if err := take(r.lines.at(int(r.d.InputOffset())-len(raw)), raw); err != nil {
			return err
		}
	}
	_, err := r.d.Token()
	return r.broken(err)
}

// broken says on which line the JSON ends to be JSON; nil for nil.
func (r *jsonReader) broken(err error) error {
	if err == nil {
		return nil
	}
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &syntax):
		return broken(r.lines.at(int(syntax.Offset)), Problem{Code: NotJSON})
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return broken(r.lines.at(len(r.text)), Problem{Code: CutOff})
	}
	return broken(r.lines.at(int(r.d.InputOffset())), Problem{Code: NotJSON})
}

// wrongValue says which field is wrong of what should be a card or a recipe.
func wrongValue(err error, none Code) Problem {
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) && wrong.Field != "" {
		return Problem{Code: WrongType, Field: wrong.Field, Value: wrong.Value}
	}
	return Problem{Code: none}
}
