package db

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// pieces are the parts of a term that say something by themselves: words; and of text in scripts without blanks, where
// nobody can tell the words apart, short stretches that overlap.
func (t term) pieces() (pieces []term) {
	for first := 0; first < len(t.tokens); {
		kind := kindOf(t.tokens[first])
		end := first + 1
		for kind.long > 0 && end < len(t.tokens) && kindOf(t.tokens[end]) == kind {
			end++
		}
		run := t.tokens[first:end]
		first = end
		if kind.long == 0 {
			pieces = append(pieces, term{tokens: run, begins: t.begins && end == len(t.tokens)})
			continue
		}
		for at := 0; at == 0 || at+kind.long <= len(run); at++ {
			pieces = append(pieces, term{tokens: run[at:min(at+kind.long, len(run))]})
		}
	}
	return pieces
}

// kind tells what belongs together in a text without blanks, and how long a stretch of it says something.
type kind struct {
	script string // "" for a word
	long   int    // 0 for what stands alone
}

func kindOf(token string) kind {
	r, _ := utf8.DecodeRuneInString(token)
	switch {
	case !standsAlone(r), unicode.Is(unicode.So, r), strings.ContainsRune(littleHan, r):
		return kind{}
	case unicode.Is(unicode.Han, r) || r == '々':
		return kind{"Han", 2}
	case unicode.Is(unicode.Hangul, r):
		return kind{"Hangul", 2}
	case unicode.Is(unicode.Katakana, r) || r == 'ー':
		return kind{"Katakana", maxToken}
	case unicode.Is(unicode.Hiragana, r):
		return kind{"Hiragana", maxToken}
	}
	return kind{"other", 4}
}
