package demo

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"seedbank/discordtest"
)

// width is how wide the transcript is, in characters.
const width = 100

// Component types of Discord's component reference.
const (
	typeRow       = 1
	typeButton    = 2
	typeSelect    = 3
	typeSection   = 9
	typeText      = 10
	typeThumbnail = 11
	typeGallery   = 12
	typeFile      = 13
	typeSeparator = 14
	typeContainer = 17

	typeChannelSelect = 8
)

// body is the lines of a message.
func (t *transcript) body(m *discordtest.Message) []string {
	var lines []string
	if m.Content != "" {
		lines = append(lines, t.text(m.Content)...)
	}
	for _, e := range m.Embeds {
		for _, key := range []string{"title", "description"} {
			if s, _ := e[key].(string); s != "" {
				lines = append(lines, t.text(s)...)
			}
		}
	}
	for _, c := range m.Components {
		lines = append(lines, t.component(m, c)...)
	}
	if !m.V2() {
		for _, a := range m.Attachments {
			lines = append(lines, "[ "+a.Filename+", "+size(a.Size)+" ]")
		}
	}
	return lines
}

func (t *transcript) component(m *discordtest.Message, c map[string]any) []string {
	kind := number(c["type"])
	switch kind {
	case typeText:
		s, _ := c["content"].(string)
		return t.text(s)
	case typeRow:
		return []string{row(children(c))}
	case typeGallery:
		var lines []string
		for _, item := range list(c["items"]) {
			lines = append(lines, "[ "+picture(m, item)+" ]")
		}
		return lines
	case typeSeparator:
		return []string{strings.Repeat("┈", 20)}
	case typeFile:
		return []string{"[ file ]"}
	case typeContainer, typeSection:
		var lines []string
		for _, child := range children(c) {
			lines = append(lines, t.component(m, child)...)
		}
		return lines
	}
	return nil
}

// row is buttons and menus beside each other.
func row(parts []map[string]any) string {
	var shown []string
	for _, p := range parts {
		label, _ := p["label"].(string)
		if label == "" {
			label, _ = p["placeholder"].(string)
		}
		if emoji, ok := p["emoji"].(map[string]any); ok {
			name, _ := emoji["name"].(string)
			label = name + " " + label
		}
		if number(p["type"]) == typeSelect {
			label += " ▾"
		}
		shown = append(shown, "["+label+"]")
	}
	return strings.Join(shown, " ")
}

// picture is one picture of a gallery in words.
func picture(m *discordtest.Message, item map[string]any) string {
	media, _ := item["media"].(map[string]any)
	id, _ := media["attachment_id"].(string)
	alt, _ := item["description"].(string)
	for _, a := range m.Attachments {
		if a.ID == id {
			return fmt.Sprintf("%s  %d×%d, %s  “%s”", a.Filename, a.Width, a.Height, size(a.Size), cut(alt, 50))
		}
	}
	return "picture"
}

var (
	timestamp = regexp.MustCompile(`<t:(\d+)(?::([a-zA-Z]))?>`)
	userTag   = regexp.MustCompile(`<@!?(\d+)>`)
	escapes   = regexp.MustCompile(`\\([\\*_~|` + "`" + `<>\[\]@:#\-+.)(])`)
	bold      = regexp.MustCompile(`\*\*([^*]+)\*\*`)
	code      = regexp.MustCompile("`([^`]+)`")
)

// text is a piece of Discord's markdown as lines.
func (t *transcript) text(s string) []string {
	var lines []string
	for l := range strings.SplitSeq(s, "\n") {
		indent := ""
		for _, mark := range []string{"### ", "## ", "# ", "-# "} {
			l = strings.TrimPrefix(l, mark)
		}
		if rest, quoted := strings.CutPrefix(l, "> "); quoted {
			l, indent = rest, "▎ "
		}
		l = timestamp.ReplaceAllStringFunc(l, moment)
		l = userTag.ReplaceAllStringFunc(l, t.name)
		l = code.ReplaceAllString(bold.ReplaceAllString(l, "$1"), "$1")
		l = escapes.ReplaceAllString(l, "$1")
		for _, part := range wrap(l, width-4-len([]rune(indent))) {
			lines = append(lines, indent+part)
		}
	}
	return lines
}

// name is a mention as the name of the one mentioned.
func (t *transcript) name(tag string) string {
	id := userTag.FindStringSubmatch(tag)[1]
	for _, m := range t.world.studio.Members() {
		if m.User.ID == id {
			return "@" + m.User.Name
		}
	}
	return "@somebody"
}

// moment is a timestamp as a client shows it just now.
func moment(tag string) string {
	m := timestamp.FindStringSubmatch(tag)
	n, err := strconv.ParseInt(m[1], 10, 64)
	if err != nil {
		return tag
	}
	at := time.Unix(n, 0)
	if m[2] != "R" {
		return at.Format("2 January 2006")
	}
	switch d := time.Since(at).Round(time.Second); {
	case d < 0:
		return fmt.Sprintf("in %d seconds", int(-d.Seconds()))
	case d < 2*time.Second:
		return "just now"
	default:
		return fmt.Sprintf("%d seconds ago", int(d.Seconds()))
	}
}

// wrap breaks a line between words. A word that is too long stays whole, so that it can be copied.
func wrap(s string, most int) []string {
	var lines []string
	current := ""
	for word := range strings.SplitSeq(s, " ") {
		if current != "" && len([]rune(current))+1+len([]rune(word)) > most {
			lines = append(lines, current)
			current = word
			continue
		}
		if current != "" {
			current += " "
		}
		current += word
	}
	return append(lines, current)
}

func size(bytes int64) string { return fmt.Sprintf("%d kB", (bytes+999)/1000) }

func cut(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}

func number(v any) int {
	switch n := v.(type) {
	case float64:
		return int(n)
	case int:
		return n
	}
	return 0
}

// children are the components inside a component.
func children(c map[string]any) []map[string]any { return list(c["components"]) }

func list(v any) []map[string]any {
	var out []map[string]any
	switch l := v.(type) {
	case []any:
		for _, e := range l {
			if o, ok := e.(map[string]any); ok {
				out = append(out, o)
			}
		}
	case []map[string]any:
		out = l
	}
	return out
}
