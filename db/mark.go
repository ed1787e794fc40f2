package db

import (
	"strings"
	"unicode/utf8"
)

// Kinds of marks, the tokens of a card's properties. They and what else stands in marks beside letters and digits are
// private characters of Unicode, which no word has.
const (
	markSeed      = '\uE101'
	markAsker     = '\uE102'
	markChannel   = '\uE103'
	markVersion   = '\uE104'
	markStarred   = '\uE105'
	markTag       = '\uE106'
	markParameter = '\uE107'
	markInitial   = '\uE108' // of any word
	markAudience  = '\uE109'

	gives    = "\uE110" // a parameter's name and its value
	escaping = 0xE000   // begins the stand-ins of ASCII characters that would part a token or lose their case

	bar = "\uE120" // a token that every entry has, and no query but the one for everything
)

func mark(kind rune, value string) string { return string(kind) + escape(value) }

// escape makes one token of any text.
func escape(value string) string {
	var b strings.Builder
	for _, r := range firstRunes(value, maxToken) {
		if r < utf8.RuneSelf && (r < '0' || r > '9') && (r < 'a' || r > 'z') {
			r += escaping
		}
		b.WriteRune(r)
	}
	return b.String()
}

// maxValues bounds how many words of one parameter can be found by.
const maxValues = 20

// parameterValues are the values that a parameter is found by: nothing, the whole, and each of several.
func parameterValues(value string) []string {
	values := []string{""}
	whole := strings.Join(strings.Fields(fold(value)), " ")
	if whole == "" {
		return values
	}
	values = append(values, whole)
	list := strings.FieldsFunc(whole, func(r rune) bool { return r == ' ' || r == ',' })
	if len(list) > 1 {
		values = append(values, list[:min(len(list), maxValues)]...)
	}
	return values
}

func parameterMark(name, value string) string {
	return mark(markParameter, longName(name)) + gives + escape(value)
}

// longName is what parameters are kept by: the longest name that Midjourney gives them.
func longName(name string) string {
	switch name = strings.ToLower(name); name {
	case "ar":
		return "aspect"
	case "v":
		return "version"
	case "s":
		return "stylize"
	case "c":
		return "chaos"
	case "w":
		return "weird"
	case "q":
		return "quality"
	case "r":
		return "repeat"
	case "p", "personalize":
		return "profile"
	}
	return name
}

// isFlag tells the parameters that take no value, so that a word behind one is a word.
func isFlag(name string) bool {
	switch name {
	case "raw", "tile", "draft", "hd", "sd", "fast", "relax", "turbo", "stealth", "public", "video", "loop", "uplight",
		"upbeta", "upanime", "beta", "test", "testp", "creative":
		return true
	}
	return false
}
