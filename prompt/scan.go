package prompt

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// mark is where a parameter begins. What counts as one is decided by the characters of the name alone, never by what
// follows after a space: so a prompt whose parts are put in another order still reads the same.
type mark struct {
	start   int // first dash
	nameEnd int
	name    string // canonical
	kind    kind
	known   bool
	quoted  int         // place behind the closing quotation mark of the value, 0 when it is not quoted
	groups  map[int]int // permutations of the whole prompt
}

// scan finds all parameters, in one pass. What stands in permutations or in a quoted value is no parameter.
func scan(s string) []mark {
	var (
		marks  []mark
		braces = groups(s)
		quotes quotes
		begun  = false // inside a token
		wordy  = false // inside a token that has a letter or digit by now
		whole  = false // inside a token that keeps its dashes: a link, or "--so-called--"
	)
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == '{' && braces[i] > 0:
			i, begun, wordy = braces[i], true, true
			continue
		case isSpace(r):
			begun, wordy, whole = false, false, false
		case r == ':' && strings.HasPrefix(s[i:], "://"):
			begun, whole = true, true
		case isDash(r):
			run := dashes(s[i:])
			m, ok := readMark(s, i, run)
			if !ok || begun && (whole || !wordy || !m.cuts(s, run)) {
				whole = whole || !begun && s[i:i+run] == "--"
				i, begun = i+run, true
				continue
			}
			m.groups = braces
			i, begun, wordy = m.nameEnd, true, true
			if m.kind != flag {
				if m.quoted = quotes.closing(s, m.valueStart(s, len(s))); m.quoted > 0 {
					i = m.quoted
				}
			}
			marks = append(marks, m)
			continue
		default:
			begun, wordy = true, wordy || unicode.IsLetter(r) || unicode.IsDigit(r)
		}
		i += size
	}
	return marks
}

// cuts says whether a parameter may stand right behind another character.
func (m mark) cuts(s string, run int) bool {
	return s[m.start:m.start+run] == "--" && cutsWords(s[m.start+run:m.nameEnd])
}

// readMark reads dashes and name at i, where a run of dashes of that many bytes stands.
func readMark(s string, i, run int) (mark, bool) {
	plain := s[i:i+run] == "--"
	if !plain && !typographic(s[i:i+run]) {
		return mark{}, false
	}
	start := i + run
	end := start + nameLen(s[start:])
	if end == start {
		return mark{}, false
	}
	m := mark{start: i, nameEnd: end}
	if m.name, m.kind, m.known = lookUp(s[start:end]); m.known {
		return m, true
	}
	// --v6.1 and --ar16:9: the digits belong to the value.
	if letters := start + strings.IndexAny(s[start:end], "0123456789"); letters > start {
		if name, k, known := lookUp(s[start:letters]); known && k.mayTouch() {
			return mark{start: i, nameEnd: letters, name: name, kind: k, known: true}, true
		}
	}
	// An unknown name is taken for a parameter only where it cannot be prose or markup.
	if next, _ := utf8.DecodeRuneInString(s[end:]); !plain || end < len(s) && !isSpace(next) && next != '=' && next != ':' {
		return mark{}, false
	}
	return m, true
}

// nameLen is the length of the name s begins with: a letter, then letters, digits, and single hyphens or underscores
// between them.
func nameLen(s string) int {
	end := 0
	for i, r := range s {
		switch {
		case unicode.IsLetter(r):
		case i > 0 && (unicode.IsDigit(r) || unicode.IsMark(r)):
		case i > 0 && i == end && (r == '-' || r == '_'):
			continue // Part of the name only if more of it follows.
		default:
			return end
		}
		end = i + utf8.RuneLen(r)
	}
	return end
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// isDash holds for the dashes that keyboards, phones and word processors make of "--".
func isDash(r rune) bool {
	switch r {
	case '-', '\u2010', '\u2011', '\u2012', '–', '—', '―', '−', '\ufe58', '\ufe63', '\uff0d':
		return true
	}
	return false
}

// dashes is the length in bytes of the run of dashes s begins with.
func dashes(s string) int {
	for i, r := range s {
		if !isDash(r) {
			return i
		}
	}
	return len(s)
}

// typographic tells whether a run of dashes stands for "--": one long dash, or two or three of any kind.
func typographic(run string) bool {
	switch utf8.RuneCountInString(run) {
	case 1:
		return run == "–" || run == "—" || run == "―"
	case 2, 3:
		return true
	}
	return false
}
