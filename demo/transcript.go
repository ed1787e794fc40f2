package demo

import (
	"fmt"
	"io"
	"strings"

	"seedbank/discordtest"
)

// transcript writes what happens as lines of text. The first error of the writer is kept, and nothing written after it.
type transcript struct {
	out   io.Writer
	world *world
	err   error
}

func (t *transcript) line(s string) {
	if t.err == nil {
		_, t.err = fmt.Fprintln(t.out, s)
	}
}

func (t *transcript) scene(title string) {
	t.line("")
	t.line("── " + title + " " + strings.Repeat("─", max(3, width-4-len([]rune(title)))))
}

// action is what a member does.
func (t *transcript) action(who *discordtest.User, what string) {
	t.line("")
	for i, l := range wrap(who.Name+" › "+what, width) {
		if i > 0 {
			l = "    " + l
		}
		t.line(l)
	}
}

// note is what Discord does not show.
func (t *transcript) note(s string) { t.line("    (" + s + ")") }

// message is a message as Discord would show it.
func (t *transcript) message(m *discordtest.Message) {
	head := "  " + m.Author.Name
	if m.Author.Bot {
		head += " [APP]"
	}
	if m.Ephemeral() {
		head += "  · only you can see this"
	}
	t.line(head)
	if m.Loading() {
		t.line("  │ thinking…")
		return
	}
	for _, l := range t.body(m) {
		t.line(strings.TrimRight("  │ "+l, " "))
	}
}
