package db

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// isLittle tells words that say nothing about what was looked for, as people write them around what does: single letters,
// and those that hold sentences together in the languages that most prompts are written in. They come without accents.
func isLittle(word string) bool {
	r, size := utf8.DecodeRuneInString(word)
	if size < len(word) {
		return strings.Contains(littleWords, " "+word+" ")
	}
	return unicode.Is(unicode.Hiragana, r) || strings.ContainsRune(littleHan, r) || unicode.IsLetter(r) && !standsAlone(r)
}

const (
	// littleHan are characters that hold Chinese sentences together. Others do, too, but make words with their neighbours as
	// often.
	littleHan = "的了在是"

	littleWords = " the an and or of in on at to by for from with that this these those is are was were it its as my our your their some any " +
		"der die das den dem des ein eine einen einem einer eines und oder von vom mit im am zu zum zur auf aus bei fur ist " +
		"le la les un une du de et ou au aux dans sur avec par pour ce cette ces est " +
		"el los las una uno del al con en por para que es um uma os as do da dos das no na nos nas com il lo gli di che " +
		"на из от по за для под при не " +
		"から まで です ます する した して ない ある いる という との への では には とは "
)
