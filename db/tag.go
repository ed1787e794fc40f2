package db

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Bounds of what members write on cards and recipes, in characters.
const (
	MaxTags = 10
	MaxTag  = 32
	MaxNote = 2000
)

// NormalTag is a tag as it is kept: lower case, without a # in front, a hyphen for blanks inside; letters, digits,
// hyphens and underscores. The error is an *InputError.
func NormalTag(tag string) (string, error) {
	t := caseless(strings.TrimLeft(strings.TrimSpace(tag), "#"))
	t = strings.Join(strings.Fields(t), "-")
	if t == "" {
		return "", wrong("A tag needs a letter or a digit: write something like film-noir.")
	}
	if utf8.RuneCountInString(t) > MaxTag {
		return "", wrong("A tag has at most %d characters: shorten “%s…”.", MaxTag, firstRunes(t, MaxTag))
	}
	for _, r := range t {
		if r != '-' && r != '_' && !unicode.In(r, unicode.L, unicode.M, unicode.N) {
			return "", wrong("A tag holds letters, digits, - and _ only: leave “%c” out of “%s”.", r, t)
		}
	}
	return t, nil
}

// normalTags are tags as they are kept: each as NormalTag says, sorted, without doubles or empty ones.
func normalTags(tags []string) ([]string, error) {
	var list []string
	for _, tag := range tags {
		if strings.Trim(tag, "# \t\r\n") == "" {
			continue
		}
		t, err := NormalTag(tag)
		if err != nil {
			return nil, err
		}
		list = append(list, t)
	}
	slices.Sort(list)
	if list = slices.Compact(list); len(list) > MaxTags {
		return nil, wrong("At most %d tags: leave %d of these %d out.", MaxTags, len(list)-MaxTags, len(list))
	}
	return list, nil
}

func joinTags(tags []string) string { return strings.Join(tags, " ") }

func splitTags(s string) []string { // nil for none
	if s == "" {
		return nil
	}
	return strings.Fields(s)
}

// normalNote is a note as it is kept.
func normalNote(note string) (string, error) {
	note = strings.TrimSpace(text(note))
	if n := utf8.RuneCountInString(note); n > MaxNote {
		return "", wrong("A note has at most %d characters: leave %d out.", MaxNote, n-MaxNote)
	}
	return norm.NFC.String(note), nil
}

// firstRunes is the beginning of s.
func firstRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}
