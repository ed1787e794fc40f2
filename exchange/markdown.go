package exchange

import (
	"fmt"
	"io"
	"strings"

	"seedbank/prompt"
)

// markdownTitle begins our Markdown files: by it one is known that somebody tries to read back.
const markdownTitle = "# Seeds"

// Markdown is what a Markdown file says beside the cards themselves; all of it is its caller's to word.
type Markdown struct {
	Intro string                   // stands below the title
	Facts func(Record) string      // the line below a card, as Markdown; "" for none
	Quote func(line string) string // a line of a member's own words, as Markdown that shows it and does nothing
}

// MarkdownWriter writes cards for people to read. It is not read back.
type MarkdownWriter struct {
	w     io.Writer
	words Markdown
}

// NewMarkdown begins a Markdown file. Errors here and later are the underlying writer's, which stays its caller's to
// close.
func NewMarkdown(to io.Writer, words Markdown) (*MarkdownWriter, error) {
	_, err := fmt.Fprintf(to, "%s\n\n%s\n", markdownTitle, words.Intro)
	return &MarkdownWriter{w: to, words: words}, err
}

// Card writes one card, its prompt with the seed put in, ready to be copied. Its seed must be there.
func (w *MarkdownWriter) Card(r Record) error {
	line := prompt.Parse(r.Prompt).WithSeed(*r.Seed)
	fence := fenceFor(line)
	parts := []string{fmt.Sprintf("\n## #%d · %d\n\n%s\n%s\n%s\n", r.Number, *r.Seed, fence, line, fence)}
	if r.Note != "" {
		lines := strings.Split(strings.ReplaceAll(r.Note, "\r\n", "\n"), "\n")
		for n, line := range lines {
			lines[n] = w.words.Quote(line)
		}
		parts = append(parts, "\n> "+strings.Join(lines, "\n> ")+"\n")
	}
	if facts := w.words.Facts(r); facts != "" {
		parts = append(parts, "\n"+facts+"\n")
	}
	_, err := io.WriteString(w.w, strings.Join(parts, ""))
	return err
}

// End ends the file.
func (w *MarkdownWriter) End() error { return nil }

// fenceFor is a fence that the line cannot close.
func fenceFor(line string) string {
	fence := "```"
	for strings.Contains(line, fence) {
		fence += "`"
	}
	return fence
}
