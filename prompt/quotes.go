package prompt

import (
	"strings"
	"unicode/utf8"
)

// quotes finds quoted values. It remembers which marks never close again, which keeps a text full of opening marks
// from being searched to its end once for each.
type quotes struct {
	open [4]bool
}

// quotePairs are the marks that may stand around a value.
func quotePair(r rune) (index int, closing string) {
	switch r {
	case '"':
		return 0, `"`
	case '\'':
		return 1, `'`
	case '“', '„':
		return 2, "”"
	case '«':
		return 3, "»"
	}
	return 0, ""
}

// closing is the place behind the mark that closes the one at i, or 0 when none stands there or none closes it. A mark
// closes where a word ends, so that the apostrophe in it's does not.
func (q *quotes) closing(s string, i int) int {
	r, size := utf8.DecodeRuneInString(s[i:])
	index, mark := quotePair(r)
	if mark == "" || q.open[index] {
		return 0
	}
	for at := i + size; ; {
		n := strings.Index(s[at:], mark)
		if n < 0 {
			q.open[index] = true
			return 0
		}
		at += n + len(mark)
		if next, _ := utf8.DecodeRuneInString(s[at:]); at == len(s) || isSpace(next) || strings.ContainsRune(stray, next) {
			return at
		}
	}
}

// unquote takes the marks off a value that stands between two. Of a list of quoted values it takes all the double ones.
func unquote(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	_, mark := quotePair(r)
	if mark == "" {
		return s
	}
	if inner, ok := strings.CutSuffix(s[size:], mark); ok && !strings.Contains(inner, mark) {
		return inner
	}
	if r == '\'' {
		return s
	}
	return strings.Map(func(c rune) rune {
		if c == r || string(c) == mark {
			return -1
		}
		return c
	}, s)
}
