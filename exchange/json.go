package exchange

import (
	"io"
	"time"
)

// formatName tells a JSON file of ours from others.
const formatName = "seedbank-cards"

// Origin is what a JSON file says of where it comes from: when it was exported, of which scope, and the last number that
// was given to a card there, 0 where that is not told.
type Origin struct {
	At    time.Time
	Scope string
	Last  int64
}

// JSONWriter writes cards, and after them recipes, as one JSON object, each on a line, so that a fault is found by its
// line.
type JSONWriter struct {
	w       io.Writer
	comma   string
	recipes bool // have begun
}

// NewJSON begins a JSON file. Errors here and later are the underlying writer's, which stays its caller's to close.
func NewJSON(to io.Writer, from Origin) (*JSONWriter, error) {
	head, err := plainJSON(struct {
		Format   string `json:"format"`
		Version  int    `json:"version"`
		Exported string `json:"exported"`
		Scope    string `json:"scope,omitempty"`
		Last     int64  `json:"last,omitempty"`
	}{formatName, 1, timeTold(from.At), from.Scope, from.Last})
	if err != nil {
		return nil, err
	}
	head[len(head)-1] = ',' // in the place of the closing brace
	_, err = to.Write(append(head, `"cards":[`...))
	return &JSONWriter{w: to, comma: "\n"}, err
}

// Card writes one card. All cards stand before the first recipe.
func (w *JSONWriter) Card(r Record) error { return w.line(r) }

// Recipe writes one recipe.
func (w *JSONWriter) Recipe(r Recipe) error {
	if !w.recipes {
		w.recipes, w.comma = true, "\n],\"recipes\":[\n"
	}
	return w.line(r)
}

func (w *JSONWriter) line(v any) error {
	raw, err := plainJSON(v)
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
