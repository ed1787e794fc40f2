package db

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// entry is all that a card is found by. It follows from the card alone, so what was written for a card that changes or
// goes can be taken back.
type entry struct {
	owner string // whose space it stands in; '' for everyone's
	// Tokens, separated by blanks: of the prompt; of the note and tags; and marks, one for each property.
	words, notes, marks string
	tallies             []tallied
	audience            int64
	keys                []pictureKey
}

// tallied is a value that is counted.
type tallied struct{ Kind, Value string }

// Kinds of tallies.
const (
	tallyTag     = "tag"
	tallyVersion = "version"
	tallyCard    = "card" // with no value: the cards themselves
)

// entryOf makes the entry of a card that is read whole.
func entryOf(c Card) entry {
	e := entry{owner: owner(c.Private, c.Asker), keys: pictureKeys(c.Pictures), audience: audienceOf(c.Scope, c.Shown)}
	e.tallies = append(e.tallies, tallied{Kind: tallyCard})
	prompt := promptParts(c.Parameters)
	if prompt.Text == "" && len(prompt.Parameters) == 0 {
		prompt.Text = c.Prompt
	}
	words := tokens(prompt.Text)
	e.words = strings.Join(words, " ")

	// The bar between them keeps a phrase from reaching from one into the next, and the prompt's first word apart.
	notes := append([]string{bar}, tokens(c.Note)...)
	for _, t := range c.Tags {
		notes = append(append(notes, bar), tokens(t)...)
		e.tallies = append(e.tallies, tallied{tallyTag, t})
	}
	e.notes = strings.Join(notes, " ")
	if c.Version != "" {
		e.tallies = append(e.tallies, tallied{tallyVersion, c.Version})
	}

	marks := []string{bar, mark(markSeed, strconv.FormatUint(uint64(c.Seed), 10))}
	add := func(kind rune, value string) {
		if value != "" {
			marks = append(marks, mark(kind, value))
		}
	}
	add(markAsker, c.Asker)
	add(markChannel, c.Channel)
	add(markVersion, c.Version)
	marks = append(marks, audienceMark(e.audience))
	if c.Stars > 0 {
		marks = append(marks, mark(markStarred, ""))
	}
	for _, t := range c.Tags {
		add(markTag, t)
	}
	for _, p := range prompt.Parameters {
		for _, value := range parameterValues(p.Value) {
			marks = append(marks, parameterMark(p.Name, value))
		}
	}
	e.marks = strings.Join(append(marks, initials(words, notes)...), " ")
	return e
}

// initials are marks of the letters that words begin with. They answer who has typed no more than one letter yet; for
// that, FTS4 would have to merge the lists of every second word.
func initials(lists ...[]string) []string {
	seen := map[string]bool{}
	for _, word := range slices.Concat(lists...) {
		if first, _ := utf8.DecodeRuneInString(word); word != bar && !standsAlone(first) {
			seen[mark(markInitial, string(first))] = true
		}
	}
	return slices.Sorted(maps.Keys(seen))
}

// parts is what a caller tells of a prompt in Card.Parameters: its words, and the parameters by their long names.
type parts struct {
	Text       string `json:"text"`
	Parameters []struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	} `json:"parameters"`
}

// promptParts reads what it can: parameters are the caller's, and an older caller may have written something else.
func promptParts(parameters json.RawMessage) parts {
	var p parts
	if err := json.Unmarshal(parameters, &p); err != nil {
		return parts{}
	}
	return p
}
