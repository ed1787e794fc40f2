package prompt

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// isSpace holds for what separates words: Unicode's white space, the invisible characters that copying from a web page
// brings along, and the marks that keyboards set between scripts of different direction. The joiner inside an emoji is
// none of them.
func isSpace(r rune) bool {
	switch {
	case r < utf8.RuneSelf:
		return r == ' ' || '\t' <= r && r <= '\r'
	case r == '\u200b', r == '\u200e', r == '\u200f', r == '\u2060', r == '\ufeff':
		return true
	case '\u202a' <= r && r <= '\u202e', '\u2066' <= r && r <= '\u2069':
		return true
	}
	return unicode.IsSpace(r)
}

// isBreak holds for what ends a line.
func isBreak(r rune) bool {
	switch r {
	case '\n', '\r', '\v', '\f', '\u0085', '\u2028', '\u2029':
		return true
	}
	return false
}

func trimSpace(s string) string { return strings.TrimFunc(s, isSpace) }

// firstToken is what s begins with up to the next space.
func firstToken(s string) string {
	if i := strings.IndexFunc(s, isSpace); i >= 0 {
		return s[:i]
	}
	return s
}

// skipSpace is the first place at or after i that holds no space, at most end.
func skipSpace(s string, i, end int) int {
	for i < end {
		r, size := utf8.DecodeRuneInString(s[i:end])
		if !isSpace(r) {
			break
		}
		i += size
	}
	return i
}

// idle holds for space and stray punctuation, which are no words.
func idle(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return !isSpace(r) && !strings.ContainsRune(stray, r) }) < 0
}

// stray is the punctuation that people put behind a value, though Midjourney wants none.
const stray = ",.;，。；、"

// oneLine makes every stretch of space that holds a line break one space, and trims the ends. Nothing else changes.
func oneLine(s string) string {
	s = trimSpace(s)
	if strings.IndexFunc(s, isBreak) < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for len(s) > 0 {
		i := strings.IndexFunc(s, isSpace)
		if i < 0 {
			b.WriteString(s)
			break
		}
		b.WriteString(s[:i])
		s = s[i:]
		next := skipSpace(s, 0, len(s))
		if gap := s[:next]; strings.IndexFunc(gap, isBreak) >= 0 {
			b.WriteByte(' ')
		} else {
			b.WriteString(gap)
		}
		s = s[next:]
	}
	return b.String()
}

// squeeze makes every stretch of space one space, and trims the ends.
func squeeze(s string) string { return strings.Join(strings.FieldsFunc(s, isSpace), " ") }
