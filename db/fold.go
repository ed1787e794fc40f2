package db

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxToken is how many characters of one word are looked at.
const maxToken = 64

// caseless makes texts equal that differ in case alone, or in ways of writing the same letter (full width, ligatures).
func caseless(s string) string {
	return norm.NFC.String(strings.ToLower(strings.ToUpper(norm.NFKC.String(text(s)))))
}

// fold is what searching compares: without case, without accents, in one way of writing.
func fold(s string) string {
	if isPlain(s) {
		return strings.ToLower(s)
	}
	var b strings.Builder
	for _, r := range norm.NFKD.String(text(s)) {
		switch {
		case isAccent(r):
		case unicode.ToLower(unicode.ToUpper(r)) != r:
			b.WriteString(plainLetter(unicode.ToLower(unicode.ToUpper(r))))
		default:
			b.WriteString(plainLetter(r))
		}
	}
	return norm.NFC.String(b.String()) // NFKD took Hangul and the marks of Kana apart too, where they are no accents
}

func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] == 0 || s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// isAccent tells the marks that people leave out when they type: of Latin, Greek and Cyrillic letters, and the vowels
// of Hebrew and Arabic. Those of Indic scripts, Thai and Kana make other letters and stay.
func isAccent(r rune) bool {
	switch {
	case r < 0x300:
		return false
	case r <= 0x36F, 0x591 <= r && r <= 0x5C7 && r != 0x5BE && r != 0x5C0 && r != 0x5C3 && r != 0x5C6, 0x64B <= r && r <= 0x65F, r == 0x670:
		return true
	}
	return 0x1AB0 <= r && r <= 0x1AFF || 0x1DC0 <= r && r <= 0x1DFF || 0x20D0 <= r && r <= 0x20FF
}

// plainLetter spells letters that have no accent to take off but are typed without their stroke all the same.
func plainLetter(r rune) string {
	switch r {
	case 'ß':
		return "ss"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'ø':
		return "o"
	case 'ł':
		return "l"
	case 'đ', 'ð':
		return "d"
	case 'þ':
		return "th"
	case 'ı':
		return "i"
	}
	return string(r)
}

// tokens cuts a text into what is found by itself: words in scripts that write blanks between them; single characters
// in those that do not, and in Korean, where endings are joined to words. So a part of a Chinese or Japanese sentence
// is found as a phrase. Emoji count as words, everything else parts them.
func tokens(s string) []string {
	var list []string
	var word []rune
	end := func() {
		if len(word) > 0 {
			list = append(list, string(word))
			word = word[:0]
		}
	}
	for _, r := range fold(s) {
		switch {
		case standsAlone(r):
			end()
			list = append(list, string(r))
		case !unicode.In(r, unicode.L, unicode.N, unicode.M) || 0xFE00 <= r && r <= 0xFE0F: // the latter choose an emoji's looks
			end()
		case len(word) < maxToken:
			word = append(word, r)
		}
	}
	end()
	return list
}

// standsAlone tells the characters of scripts without blanks between words, and pictures.
func standsAlone(r rune) bool {
	if r < 0xE00 || r == utf8.RuneError {
		return false
	}
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Bopomofo, unicode.Thai,
		unicode.Lao, unicode.Khmer, unicode.Myanmar, unicode.Tibetan, unicode.So) || r == 'ー' || r == '々'
}
