// Package prompt is the grammar of Midjourney prompts: image links, words, weights, permutations and parameters; the
// line that repeats a picture; what stands against repeating it; and what tells two prompts apart.
//
// It is pure: no input or output, no clock, no state, so that everything is safe for concurrent use. It knows neither
// Discord nor useapi.net, and it does not judge whether Midjourney would accept a prompt. Any text parses, in time
// proportional to its length, and nothing of it is lost.
package prompt

import (
	"strings"
	"unicode/utf8"
)

// Prompt is a prompt taken apart. Its fields are for reading: changing one does not change what String and WithSeed
// print.
type Prompt struct {
	// Text is the words without image links and parameters, as written, trimmed at both ends. Words that stand behind
	// a parameter, where Midjourney does not expect them, are joined to it by one space.
	Text string
	// Images are the links at the very front, without the angle brackets that Discord users put around links.
	Images []string
	// Parameters stand in the order written, repeated and unknown ones included.
	Parameters []Parameter

	source string
	// words is Text with the image links as written in front.
	words string
}

// Parameter is one "--name value" of a prompt.
type Parameter struct {
	// Name is lower case and, for a parameter this package knows, the longest name Midjourney gives it: "version" for
	// --v, "aspect" for --ar, "profile" for --p. Names that have no longer form (sref, iw, sw, ow) stay.
	Name string
	// Written is the name with its dashes as it stands in the prompt, e.g. "--v" or "—AR".
	Written string
	// Value is as written, without quotation marks around it and without a stray comma or full stop behind it; "" when
	// there is none.
	Value string
	// Raw is the whole parameter to the letter, from its first dash to the end of its value.
	Raw string
	// Known tells whether this package knows the name. Unknown parameters keep all that follows as their value.
	Known bool
}

// Parse takes a prompt apart. It never fails: what is no parameter is words.
func Parse(s string) Prompt {
	marks := scan(s)
	head := s
	if len(marks) > 0 {
		head = s[:marks[0].start]
	}
	p := Prompt{source: s}
	images, text := cutImages(head)
	p.Images = images
	pieces := appendPiece(nil, text)
	words := appendPiece(nil, head)
	for i, m := range marks {
		end := len(s)
		if i+1 < len(marks) {
			end = marks[i+1].start
		}
		value, stop := m.value(s, end)
		p.Parameters = append(p.Parameters, Parameter{
			Name:    m.name,
			Written: s[m.start:m.nameEnd],
			Value:   value,
			Raw:     s[m.start:stop],
			Known:   m.known,
		})
		if tail := behind(s[stop:end]); !idle(tail) {
			pieces = appendPiece(pieces, tail)
			words = appendPiece(words, tail)
		}
	}
	p.Text = strings.Join(pieces, " ")
	p.words = strings.Join(words, " ")
	return p
}

// String is the prompt as it was parsed, to the letter.
func (p Prompt) String() string { return p.source }

// appendPiece adds s without the space around it, unless nothing is left.
func appendPiece(pieces []string, s string) []string {
	if s = trimSpace(s); s != "" {
		return append(pieces, s)
	}
	return pieces
}

// behind is what follows a parameter, without the comma that some put between.
func behind(tail string) string {
	rest := strings.TrimLeft(tail, stray)
	if next, _ := utf8.DecodeRuneInString(rest); isSpace(next) {
		return rest
	}
	return tail
}

// cutImages takes the links from the front of a prompt and returns them with the words behind them.
func cutImages(head string) (images []string, text string) {
	for {
		head = trimSpace(head)
		token := firstToken(head)
		link, ok := imageLink(token)
		if !ok {
			return images, head
		}
		images = append(images, link)
		head = head[len(token):]
	}
}

// imageLink reads "https://…", "<https://…>" and the same with a comma behind it.
func imageLink(token string) (string, bool) {
	link := strings.TrimRight(token, ",;")
	link = strings.TrimSuffix(strings.TrimPrefix(link, "<"), ">")
	for _, scheme := range []string{"https://", "http://"} {
		if len(link) > len(scheme) && strings.EqualFold(link[:len(scheme)], scheme) {
			return link, true
		}
	}
	return "", false
}
