package prompt

import (
	"strings"
	"unicode/utf8"
)

// valueStart is where the value may begin: behind the name, one "=" or ":", and space. At most end.
func (m mark) valueStart(s string, end int) int {
	i := m.nameEnd
	if i < end && (s[i] == '=' || s[i] == ':' && !strings.HasPrefix(s[i:end], "::")) {
		i++
	}
	return skipSpace(s, i, end)
}

// value reads the value of a parameter out of s, no further than end, where the next parameter begins, and the place
// where it stops. What follows there are words. They never begin in the middle of a token, which might read otherwise
// once it stands elsewhere.
func (m mark) value(s string, end int) (value string, stop int) {
	r := reach{s: s, end: end, groups: m.groups}
	bare := m.nameEnd + len(strings.TrimRight(s[m.nameEnd:r.token(m.nameEnd)], stray))
	if m.kind == flag {
		return "", bare
	}
	start := m.valueStart(s, end)
	if m.takesAll() {
		value = strings.TrimRightFunc(s[start:end], isSpace)
		switch {
		case value == "":
			return "", bare
		case m.quoted > 0:
			return unquote(value), start + len(value)
		}
		return value, start + len(value)
	}
	if m.quoted > 0 {
		stop = m.quoted
		if m.kind == links || m.kind == codes {
			stop = r.more(stop, m.kind)
		}
		return unquote(s[start:stop]), stop
	}
	first := r.token(start)
	switch {
	case r.lone(start):
		stop = first
	case m.kind == number && numeric(s[start:first]), m.kind == word && !r.dashed(start):
		stop = first
	case m.kind == ratio:
		stop = r.ratio(start)
	case m.kind == version:
		stop = r.version(start)
	case m.kind == links || m.kind == codes:
		stop = r.more(start, m.kind)
	default:
		stop = start
	}
	stop = max(stop, r.token(m.nameEnd))
	if value = strings.TrimRight(s[start:stop], stray); value == "" {
		return "", bare
	}
	return value, start + len(value)
}

func (m mark) takesAll() bool { return m.kind == anything || m.kind == list }

// reach measures values in what stands between one parameter and the next.
type reach struct {
	s      string
	end    int
	groups map[int]int
}

// token is the end of the token at i: up to the next space, a permutation in one piece.
func (r reach) token(i int) int {
	for i < r.end {
		c, size := utf8.DecodeRuneInString(r.s[i:r.end])
		switch {
		case isSpace(c):
			return i
		case c == '{' && r.groups[i] > 0:
			i = min(r.groups[i], r.end)
		default:
			i += size
		}
	}
	return i
}

// next is the start of the token behind i.
func (r reach) next(i int) int { return skipSpace(r.s, i, r.end) }

// lone tells whether no words follow the token at i. Such a token belongs to the parameter before it, sensible or not,
// unless it begins like a parameter.
func (r reach) lone(i int) bool {
	return !r.dashed(i) && idle(r.s[r.token(i):r.end])
}

// dashed tells whether a dash stands at i.
func (r reach) dashed(i int) bool {
	first, _ := utf8.DecodeRuneInString(r.s[i:r.end])
	return isDash(first)
}

// ratio is the end of "3:2" or "3 : 2" at i.
func (r reach) ratio(i int) int {
	first := r.token(i)
	if !numeric(r.s[i:first]) {
		return i
	}
	second := r.next(first)
	third := r.token(second)
	switch {
	case digits(r.s[i:first]) && r.s[second:third] == ":":
		last := r.next(third)
		if stop := r.token(last); digits(r.s[last:stop]) {
			return stop
		}
	case digits(r.s[i:first]) && strings.HasPrefix(r.s[second:third], ":") && digits(r.s[second+1:third]),
		strings.HasSuffix(r.s[i:first], ":") && digits(r.s[i:first-1]) && digits(r.s[second:third]):
		return third
	}
	return first
}

// version is the end of "7", "v7" or "niji 6" at i.
func (r reach) version(i int) int {
	first := r.token(i)
	token := r.s[i:first]
	if strings.EqualFold(token, nameNiji) {
		second := r.next(first)
		if third := r.token(second); numeric(r.s[second:third]) {
			return third
		}
		return first
	}
	if len(token) > 1 && (token[0] == 'v' || token[0] == 'V') && isDigit(token[1]) || numeric(token) {
		return first
	}
	return i
}

// more is the end of the links and codes that follow i, or i when none do.
func (r reach) more(i int, k kind) int {
	for at := r.next(i); at < r.end; at = r.next(i) {
		end := r.token(at)
		if !code(strings.Trim(r.s[at:end], `"“”`), k) {
			break
		}
		i = end
	}
	return i
}

// codeLetters are what codes consist of; the comma stands between several.
const codeLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-,"

// shortestCode keeps "--p 35mm film" apart from "--p k2zz1qy". Personalization codes have seven characters or more.
const shortestCode = 6

// code tells a link, a code, "random" or a weight from a word of prose.
func code(token string, k kind) bool {
	if strings.HasPrefix(token, "::") || strings.HasPrefix(token, "{") {
		return true
	}
	if k == links && (strings.Contains(token, "://") || strings.EqualFold(strings.TrimRight(token, stray), "random") ||
		strings.HasPrefix(token, "s.mj.run/")) {
		return true
	}
	name, _, _ := strings.Cut(strings.TrimRight(token, stray), "::")
	if k == codes && len(name) < shortestCode {
		return false
	}
	return strings.ContainsAny(name, "0123456789") && strings.Trim(name, codeLetters) == ""
}

// numeric tells whether a token begins as a number does. Whether it is one, and in range, is for the readers.
func numeric(token string) bool {
	rest := strings.TrimLeft(token, "+-.")
	return rest != "" && (isDigit(rest[0]) || rest[0] == '{')
}

// digits tells whether s is digits and nothing else.
func digits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}
