package exchange

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// separatorLine is how some spreadsheets, and people who know them, say before all what stands between cells.
var separatorLine = regexp.MustCompile(`^\s*"?sep=[,;\t]"?\r?\n`)

// withoutSeparatorLine parts that line, if it is there, from the text.
func withoutSeparatorLine(text string) (line, rest string) {
	line = separatorLine.FindString(text)
	return line, text[len(line):]
}

// readCSV reads cards from CSV. Spreadsheets write it with commas, semicolons or tabs; the row of names tells.
func readCSV(text string) (*Content, error) {
	before, text := withoutSeparatorLine(text)
	content, err := readRows(text)
	if before == "" {
		return content, err
	}
	above := strings.Count(before, "\n")
	if bad, ok := errors.AsType[*Broken](err); ok {
		bad.Line += above
		return nil, bad
	}
	for n := range content.Cards {
		content.Cards[n].Line += above
	}
	for n := range content.Rejected {
		content.Rejected[n].Line += above
	}
	return content, nil
}

func readRows(text string) (*Content, error) {
	head, _, _ := strings.Cut(strings.TrimLeft(text, " \t\r\n"), "\n")
	r := csv.NewReader(strings.NewReader(text))
	r.Comma = ','
	for _, comma := range []rune{';', '\t'} {
		if strings.Count(head, string(comma)) > strings.Count(head, string(r.Comma)) {
			r.Comma = comma
		}
	}
	names, err := r.Read()
	if err != nil {
		return nil, csvBroken(err)
	}
	columns := map[string]int{}
	for n, name := range names {
		name = strings.ToLower(strings.TrimSpace(name))
		if _, twice := columns[name]; twice && name != "" {
			return nil, broken(1, Problem{Code: ColumnTwice, Field: name})
		}
		columns[name] = n
	}
	for _, needed := range []string{"seed", "prompt"} {
		if _, there := columns[needed]; !there {
			return nil, broken(1, Problem{Code: ColumnMissing, Field: needed})
		}
	}
	content := &Content{}
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return content, nil
		}
		if err != nil {
			return nil, csvBroken(err)
		}
		line, _ := r.FieldPos(0)
		record, problem := recordOfRow(func(name string) string {
			if n, there := columns[name]; there {
				return unguarded(row[n])
			}
			return ""
		})
		if problem != nil {
			if err := content.reject(line, *problem); err != nil {
				return nil, err
			}
			continue
		}
		if err := content.add(line, record); err != nil {
			return nil, err
		}
	}
}

// recordOfRow reads a row, or says what is wrong with it.
func recordOfRow(cell func(name string) string) (r Record, problem *Problem) {
	number := func(name string) int64 {
		text := strings.TrimPrefix(strings.TrimSpace(cell(name)), "#")
		if text == "" {
			return 0
		}
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil && problem == nil {
			problem = &Problem{Code: NoNumber, Field: name, Value: text}
		}
		return n
	}
	trimmed := func(name string) string { return strings.TrimSpace(cell(name)) }
	r = Record{
		Number: number("number"), Source: trimmed("source"), Prompt: cell("prompt"), Typed: cell("typed"), Note: cell("note"),
		Tags: strings.FieldsFunc(cell("tags"), func(r rune) bool { return unicode.IsSpace(r) || r == ',' || r == ';' }),
		Job:  trimmed("job"), SeedJob: trimmed("seed_job"), MidjourneyID: trimmed("midjourney_id"), Action: trimmed("action"),
		Speed: trimmed("speed"), Parent: number("parent"), Asker: trimmed("asker"), Channel: trimmed("channel"),
		Message: trimmed("message"), Asked: trimmed("asked"), Created: trimmed("created"),
	}
	switch strings.ToLower(trimmed("private")) {
	case "", "no", "false", "0":
	case "yes", "true", "1":
		r.Private = true
	default:
		problem = &Problem{Code: NoYesNo, Field: "private", Value: trimmed("private")}
	}
	digits := trimmed("seed")
	if digits == "" {
		return r, &Problem{Code: SeedMissing}
	}
	seed, err := strconv.ParseUint(digits, 10, 32)
	if err != nil {
		problem := WrongSeed(digits)
		return r, &problem
	}
	n := uint32(seed)
	r.Seed = &n
	return r, problem
}

var (
	groupedDigits = regexp.MustCompile(`^\d{1,3}(?:[.,'’\x{a0}\x{202f} ]\d{3})+$`)
	shortenedForm = regexp.MustCompile(`^\d(?:[.,]\d*)?[eE]\+?\d+$`)
)

// WrongSeed says what is wrong with what should be a seed. What spreadsheets make of long numbers is not read back:
// 1.234 may be one thing or another, and a number that was rounded is lost.
func WrongSeed(text string) Problem {
	switch {
	case groupedDigits.MatchString(text):
		return Problem{Code: GroupedSeed, Value: text}
	case shortenedForm.MatchString(text):
		return Problem{Code: RoundedSeed, Value: text}
	}
	return Problem{Code: BadSeed, Value: text}
}

// csvBroken says what is wrong with a file, and on which line.
func csvBroken(err error) error {
	var wrong *csv.ParseError
	switch {
	case errors.Is(err, io.EOF):
		return broken(1, Problem{Code: Empty})
	case errors.As(err, &wrong) && errors.Is(wrong.Err, csv.ErrFieldCount):
		return broken(wrong.StartLine, Problem{Code: ColumnCount})
	case errors.As(err, &wrong):
		return broken(wrong.StartLine, Problem{Code: Quotes})
	}
	return fmt.Errorf("read a CSV file: %w", err)
}
