package exchange

import (
	"encoding/json"
	"errors"
	"io"
	"strings"
	"time"
)

// formatName tells a JSON file of ours from others.
const formatName = "seedbank-cards"

// JSONWriter writes cards as one JSON object, a card on each line, so that a fault is found by its line.
type JSONWriter struct {
	w     io.Writer
	comma string
}

// NewJSON begins a JSON file that was exported at the moment. Errors here and later are the underlying writer's, which
// stays its caller's to close.
func NewJSON(to io.Writer, at time.Time) (*JSONWriter, error) {
	head, err := plainJSON(map[string]any{"format": formatName, "version": 1, "exported": timeTold(at)})
	if err != nil {
		return nil, err
	}
	head[len(head)-1] = ',' // in the place of the closing brace
	_, err = to.Write(append(head, `"cards":[`...))
	return &JSONWriter{w: to, comma: "\n"}, err
}

// Card writes one card.
func (w *JSONWriter) Card(r Record) error {
	raw, err := plainJSON(r)
	if err != nil {
		return err
	}
	_, err = w.w.Write(append([]byte(w.comma), raw...))
	w.comma = ",\n"
	return err
}

// End ends the file: without it, it is no JSON.
func (w *JSONWriter) End() error {
	_, err := io.WriteString(w.w, "\n]}\n")
	return err
}

// readJSON reads cards from JSON: a file of ours, or a bare list of cards.
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
	for r.d.More() {
		key, err := r.d.Token()
		if err != nil {
			return r.broken(err)
		}
		if key != "cards" || r.found {
			var skipped json.RawMessage
			if err := r.d.Decode(&skipped); err != nil {
				return r.broken(err)
			}
			continue
		}
		opens, err := r.d.Token()
		if err != nil {
			return r.broken(err)
		}
		if opens != json.Delim('[') {
			return broken(r.lines.at(int(r.d.InputOffset())), Problem{Code: NoCards})
		}
		if err := r.cards(); err != nil {
			return err
		}
	}
	_, err := r.d.Token()
	return r.broken(err)
}

func (r *jsonReader) cards() error {
	r.found = true
	for r.d.More() {
		var raw json.RawMessage
		if err := r.d.Decode(&raw); err != nil {
			return r.broken(err)
		}
		line := r.lines.at(int(r.d.InputOffset()) - len(raw))
		var record Record
		if err := json.Unmarshal(raw, &record); err != nil {
			r.content.reject(line, wrongValue(err))
			continue
		}
		if record.Seed == nil {
			r.content.reject(line, Problem{Code: SeedMissing})
			continue
		}
		if err := r.content.add(line, record); err != nil {
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

// wrongValue says which field of a card is wrong.
func wrongValue(err error) Problem {
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) && wrong.Field != "" {
		return Problem{Code: WrongType, Field: wrong.Field, Value: wrong.Value}
	}
	return Problem{Code: NotACard}
}
