// Package exchange is what a history looks like outside the bot: CSV for spreadsheets, JSON without loss, Markdown to
// read, and the texts that Midjourney answers ✉️ with. It writes all but the last, and reads all but Markdown.
//
// It knows nothing of Discord, of who asks, or of what a member may claim: a file is written by anybody, and its caller
// says how far it is believed. It has no words for members either: what is wrong with a file is a Problem, a code with
// what stands there, and its caller words it.
//
// Writers stream, a card at a time; readers take a whole text, of which callers bound the size. Nothing here is safe for
// concurrent use but functions.
package exchange

import (
	"net/http" // for its knowledge of what files begin with
	"strings"
	"unicode/utf8"

	"seedbank/db"
)

// MaxCards is how many cards a file may hold that is read: keeping them must not hold up everybody else's writing for
// long.
const MaxCards = 10_000

// How many recipes a file may hold, for the same reason, and how many revisions all of them.
const (
	MaxRecipes   = 2000
	MaxRevisions = 10_000
)

// Content is what was read of a file.
type Content struct {
	Scope    string // that a JSON file says it is of, and the last number given there: nothing that is proved
	Last     int64
	Cards    []Entry
	Recipes  []RecipeEntry
	Rejected []Rejected // parts of the file that are neither

	revisions int
}

// WholeServer tells whether the file says that it holds all that everyone of a server sees: only such a file knows the
// last number.
func (c *Content) WholeServer() bool { return c.Scope != "" && c.Last > 0 }

// Entry is a card as a file tells it, and the line on which it begins, 1 for the first.
type Entry struct {
	Line   int
	Record Record
}

// RecipeEntry is a recipe as a file tells it, and the line on which it begins.
type RecipeEntry struct {
	Line   int
	Recipe Recipe
}

// Rejected is a part of a file or text that is no card, and why. Line is where it begins, 1 for the first.
type Rejected struct {
	Line    int
	Problem Problem
}

func (c *Content) reject(line int, p Problem) error {
	if len(c.Rejected) == MaxCards { // a file of nothing but faults must not take much more memory than it has itself
		return broken(line, Problem{Code: TooManyCards, Most: MaxCards})
	}
	c.Rejected = append(c.Rejected, Rejected{line, p})
	return nil
}

func (c *Content) add(line int, r Record) error {
	if len(c.Cards) == MaxCards {
		return broken(line, Problem{Code: TooManyCards, Most: MaxCards})
	}
	c.Cards = append(c.Cards, Entry{line, r})
	return nil
}

func (c *Content) addRecipe(line int, r Recipe) error {
	if c.revisions += len(r.Revisions); c.revisions > MaxRevisions {
		return broken(line, Problem{Code: TooManyRecipes, Most: MaxRevisions})
	}
	if len(c.Recipes) == MaxRecipes {
		return broken(line, Problem{Code: TooManyRecipes, Most: MaxRecipes})
	}
	c.Recipes = append(c.Recipes, RecipeEntry{line, r})
	return nil
}

// Read reads a file of cards: our JSON and CSV, or a text with ✉️ answers, of at most MaxCards cards, in UTF-8 with or
// without a byte order mark. JSON may hold recipes too. What it is, its content tells: names are changed too easily. A file that cannot be read as
// what it is gives a *Broken and nothing else; parts that are no card are in Content.Rejected.
func Read(raw []byte) (*Content, error) {
	text := strings.TrimPrefix(string(raw), byteOrderMark)
	switch {
	case strings.HasPrefix(text, "\xff\xfe"), strings.HasPrefix(text, "\xfe\xff"):
		return nil, broken(1, Problem{Code: UTF16})
	case strings.HasPrefix(text, "PK\x03\x04"):
		return nil, broken(1, Problem{Code: Packed})
	case !utf8.ValidString(text) && !strings.HasPrefix(http.DetectContentType(raw), "text/"):
		return nil, broken(1, Problem{Code: Binary})
	case !utf8.ValidString(text):
		return nil, broken(lineAt(text, invalidAt(text)), Problem{Code: NotUTF8})
	case strings.ContainsRune(text, 0):
		return nil, broken(lineAt(text, strings.IndexByte(text, 0)), Problem{Code: Binary})
	}
	begin := strings.TrimLeft(text, " \t\r\n")
	switch {
	case begin == "":
		return nil, broken(1, Problem{Code: Empty})
	case begin[0] == '{', begin[0] == '[':
		return readJSON(text)
	case looksLikeCSV(begin):
		return readCSV(text)
	case strings.HasPrefix(begin, markdownTitle):
		return nil, broken(1, Problem{Code: MarkdownOnly})
	}
	return readEnvelopes(text)
}

// invalidAt is the first byte that is no UTF-8.
func invalidAt(s string) int {
	for at, r := range s {
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(s[at:]); size == 1 {
				return at
			}
		}
	}
	return len(s)
}

// looksLikeCSV tells by the first line: it has several cells, and some of those that a list of cards has.
func looksLikeCSV(text string) bool {
	_, text = withoutSeparatorLine(text)
	head, _, _ := strings.Cut(strings.ToLower(text), "\n")
	if !strings.ContainsAny(head, ",;\t") {
		return false
	}
	for _, cell := range strings.FieldsFunc(head, func(r rune) bool { return strings.ContainsRune(",;\t", r) }) {
		switch strings.Trim(cell, "\" \r") {
		case "seed", "prompt", "number":
			return true
		}
	}
	return false
}

// readEnvelopes reads a text with ✉️ answers below each other.
func readEnvelopes(text string) (*Content, error) {
	found, bad := Envelopes(text)
	if len(found) == 0 && len(bad) == 0 {
		return nil, broken(1, Problem{Code: Unknown})
	}
	content := &Content{}
	for _, b := range bad {
		if err := content.reject(b.Line, b.Problem); err != nil {
			return nil, err
		}
	}
	for _, e := range found {
		seed := e.Seed
		record := Record{Seed: &seed, Prompt: e.Prompt, MidjourneyID: e.MidjourneyID, Source: string(db.Pasted)}
		if err := content.add(e.Line, record); err != nil {
			return nil, err
		}
	}
	return content, nil
}

// lineAt is the line on which a byte of a text stands, 1 for the first.
func lineAt(text string, at int) int {
	lines := lineCounter{text: text}
	return lines.at(at)
}

// lineCounter tells the lines of bytes that are asked for in rising order, and so counts each line once.
type lineCounter struct {
	text    string
	counted int // bytes
	lines   int
}

func (c *lineCounter) at(at int) int {
	if at = min(at, len(c.text)); at > c.counted {
		c.lines += strings.Count(c.text[c.counted:at], "\n")
		c.counted = at
	}
	return c.lines + 1
}
