package db

import (
	"slices"
	"strings"
	"unicode"
)

// What a word may be met by where no card has it as it was written. Only queries are widened: the index holds words as
// they stand in prompts, so nothing here is ever wrong about a card for good.

const (
	minStem   = 4 // letters that are left of a word without its ending
	minPlural = 3 // the same for the endings s and es, which short words take on, too
	longWord  = 8 // letters of a word, without an s at its end, whose last three may be any
)

// forms are the word itself and what else it may be written as: longer, without an ending, with another one. Numbers and
// what stands for a word by itself have no forms; nor do several tokens.
func (t term) forms() []term {
	forms := []term{t}
	if len(t.tokens) != 1 {
		return forms
	}
	word := []rune(t.tokens[0])
	if len(word) < minPlural || standsAlone(word[0]) || slices.ContainsFunc(word, unicode.IsDigit) {
		return forms
	}
	add := func(token []rune, begins bool) {
		forms = append(forms, term{tokens: []string{string(token)}, begins: begins})
	}
	if !t.begins {
		add(word, true)
	}
	if !unicode.Is(unicode.Latin, word[0]) {
		for cut, least := 1, minStem; cut <= 2 && len(word) >= least; cut, least = cut+1, least+2 {
			add(word[:len(word)-cut], true)
		}
		return forms
	}
	for _, e := range endings() {
		stem, ok := strings.CutSuffix(string(word), e.from)
		if ok && len([]rune(stem)) >= e.least {
			add([]rune(stem+e.to), false)
		}
	}
	if one := strings.TrimSuffix(string(word), "s"); len([]rune(one)) >= longWord {
		add(word[:len([]rune(one))-3], true)
	}
	return forms
}

// ending is what a word may end in, what may stand in its place, and how many letters stand before it at least.
type ending struct {
	from, to string
	least    int
}

// endings are those of languages in Latin letters, without accents, as words are compared. Longer words that begin with a
// word are found without them.
func endings() []ending {
	return []ending{
		{"s", "", minPlural}, {"es", "", minPlural},
		{"e", "", minStem}, {"n", "", minStem}, {"y", "", minStem}, {"x", "", minStem}, {"a", "", minStem}, {"o", "", minStem},
		{"en", "", minStem}, {"er", "", minStem}, {"ed", "", minStem}, {"em", "", minStem}, {"ly", "", minStem}, {"ing", "", minStem},
		{"ies", "y", minPlural}, {"y", "ie", minPlural}, {"y", "ies", minPlural}, {"ing", "e", minPlural}, {"e", "ing", minPlural},
		{"o", "a", minPlural}, {"a", "o", minPlural}, {"os", "a", minPlural}, {"as", "o", minPlural},
		{"os", "as", minPlural}, {"as", "os", minPlural},
	}
}
