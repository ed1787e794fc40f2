package exchange

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// csvColumns are the columns of an exported CSV file, in order. A file that is read needs seed and prompt; the others
// may be missing and may stand in any order.
func csvColumns() []string {
	return []string{
		"number", "seed", "prompt", "note", "tags", "stars", "version", "aspect", "source", "job", "seed_job", "midjourney_id",
		"typed", "action", "speed", "parent", "private", "asker", "channel", "message", "asked", "created",
	}
}

func (r Record) cells() []string {
	optional := func(n int64) string {
		if n == 0 {
			return ""
		}
		return strconv.FormatInt(n, 10)
	}
	private := ""
	if r.Private {
		private = "yes"
	}
	return []string{
		optional(r.Number), strconv.FormatUint(uint64(*r.Seed), 10), r.Prompt, r.Note, strings.Join(r.Tags, " "),
		optional(int64(r.Stars)), r.Version, r.Aspect, r.Source, r.Job, r.SeedJob, r.MidjourneyID, r.Typed, r.Action, r.Speed,
		optional(r.Parent), private, r.Asker, r.Channel, r.Message, r.Asked, r.Created,
	}
}

// csvMark stands before a cell that a spreadsheet would otherwise take for a formula, and run, or for a number, and
// round: Excel, LibreOffice and Google Sheets all show such a cell as text. The rule can be read back without loss: the
// mark goes before cells that begin, after any space, with one of =+-@ or their wide forms, before cells of twelve
// digits or more, and before cells that begin with the mark itself; a mark before one of those is not part of the text.
// (CSV itself does not tell a line's end of two characters from one of one.)
const csvMark = "'"

func guarded(cell string) string {
	if mustGuard(cell) || strings.HasPrefix(cell, csvMark) {
		return csvMark + cell
	}
	return cell
}

func unguarded(cell string) string {
	rest, marked := strings.CutPrefix(cell, csvMark)
	if marked && (mustGuard(rest) || strings.HasPrefix(rest, csvMark)) {
		return rest
	}
	return cell
}

func mustGuard(cell string) bool {
	if strings.HasPrefix(cell, "\t") || strings.HasPrefix(cell, "\r") {
		return true
	}
	text := strings.TrimLeftFunc(cell, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) // the last are invisible
	})
	if first, size := utf8.DecodeRuneInString(text); size > 0 && strings.ContainsRune("=+-@＝＋－＠", first) {
		return true
	}
	return len(text) >= 12 && strings.Trim(text, "0123456789") == ""
}

// CSVWriter writes cards as CSV, a row each, with nothing in it that a spreadsheet would run.
type CSVWriter struct{ w *csv.Writer }

const byteOrderMark = "\uFEFF"

// NewCSV begins a CSV file, with a byte order mark, by which Excel knows UTF-8, and a row of names. Errors here and
// later are the underlying writer's, which stays its caller's to close.
func NewCSV(to io.Writer) (*CSVWriter, error) {
	if _, err := io.WriteString(to, byteOrderMark); err != nil {
		return nil, err
	}
	w := &CSVWriter{csv.NewWriter(to)}
	return w, w.w.Write(csvColumns())
}

// Card writes one card through to the underlying writer. Its seed must be there.
func (w *CSVWriter) Card(r Record) error {
	cells := r.cells()
	for n, cell := range cells {
		cells[n] = guarded(cell)
	}
	if err := w.w.Write(cells); err != nil {
		return err
	}
	w.w.Flush()
	return w.w.Error()
}

// End ends the file.
func (w *CSVWriter) End() error {
	w.w.Flush()
	return w.w.Error()
}
