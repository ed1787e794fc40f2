package db

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bounds of a search that a member writes.
const (
	MaxQuery = 400 // characters
	maxTerms = 20
	// minPrefix keeps a search for a* from meaning every second word. In scripts where a character is a word it may be one.
	minPrefix = 2
)

// Query is a search, taken apart. Its zero value finds everything. The fields may be changed after parsing; what Text
// says was read already, so changing that changes nothing.
type Query struct {
	Filter
	Text string // as typed

	all, none       []term   // what has to be in a card's words, note or tags, and what must not
	marked, without []string // marks that it must have, and must not
}

// term is a word or a phrase, as tokens that follow each other.
type term struct {
	tokens []string
	begins bool // the last token is the beginning of a word
	quoted bool // it is wanted as it stands, even where only the nearest can be found
}

// IsZero tells whether the query finds everything.
func (q Query) IsZero() bool {
	return q.Filter.isZero() && len(q.all) == 0 && len(q.none) == 0 && len(q.marked) == 0 && len(q.without) == 0
}

// ParseQuery reads what a member types to search: words, all of which must be there; "phrases"; begin*; tag:name;
// seed:number; parameters such as --ar 16:9, --raw or --v 7 (one word is their value, or more in quotation marks); and a
// - before any of the first four for what must not be there. Text in scripts without blanks is found wherever it stands
// in a sentence. Errors are *InputError.
func ParseQuery(text string) (Query, error) {
	r := reader{rest: strings.TrimSpace(text), query: Query{Text: text}}
	if n := utf8.RuneCountInString(r.rest); n > MaxQuery {
		return Query{}, wrong("A search has at most %d characters, yours has %d: leave some words out.", MaxQuery, n)
	}
	if !utf8.ValidString(r.rest) {
		r.rest = strings.ToValidUTF8(r.rest, " ")
	}
	for r.skip(); r.rest != ""; r.skip() {
		if err := r.part(); err != nil {
			return Query{}, err
		}
		if len(r.query.all)+len(r.query.none)+len(r.query.marked)+len(r.query.without)+len(r.query.Tag) > maxTerms {
			return Query{}, wrong("A search has at most %d words: leave some out.", maxTerms)
		}
	}
	if text != "" && r.query.IsZero() && strings.TrimSpace(text) != "" {
		return Query{}, wrong("I see no word in that. Write words, a \"phrase\", tag:name, seed:123 or a parameter such as --ar 3:2.")
	}
	return r.query, nil
}

// reader takes a search apart from its front.
type reader struct {
	rest  string
	query Query
}

func (r *reader) skip() { r.rest = strings.TrimLeftFunc(r.rest, unicode.IsSpace) }

func isDash(c rune) bool { return c == '-' || c == '–' || c == '—' || c == '−' }
func isQuote(c rune) bool {
	return c == '"' || c == '“' || c == '”' || c == '„' || c == '«' || c == '»' || c == '＂'
}

// part reads one word, phrase, parameter, tag or seed.
func (r *reader) part() error {
	dashes := 0
	for c, size := utf8.DecodeRuneInString(r.rest); isDash(c); c, size = utf8.DecodeRuneInString(r.rest) {
		if dashes++; c != '-' && c != '−' {
			dashes++ // what phones make of --
		}
		r.rest = r.rest[size:]
	}
	if dashes > 1 {
		return r.parameter()
	}
	return r.term(dashes == 1)
}

// parameter reads what follows the dashes of --ar 16:9.
func (r *reader) parameter() error {
	end := strings.IndexFunc(r.rest, func(c rune) bool { return c != '_' && c != '-' && !unicode.IsLetter(c) && !unicode.IsDigit(c) })
	if end < 0 {
		end = len(r.rest)
	}
	name := strings.ToLower(r.rest[:end])
	r.rest = r.rest[end:]
	if name == "" {
		return nil // dashes alone say nothing
	}
	glued := r.rest != "" && (r.rest[0] == '=' || r.rest[0] == ':')
	if glued {
		r.rest = r.rest[1:]
	}
	var value string
	if !isFlag(name) || glued {
		r.skip()
		if next, _ := utf8.DecodeRuneInString(r.rest); r.rest != "" && !isDash(next) {
			var err error
			if value, _, err = r.text(); err != nil {
				return err
			}
		}
	}
	values := parameterValues(strings.TrimRight(value, ",;"))
	r.query.marked = append(r.query.marked, parameterMark(name, values[min(1, len(values)-1)]))
	return nil
}

// term reads a word or a phrase, or what follows tag: or seed:.
func (r *reader) term(not bool) error {
	if key, ok := r.key(); ok {
		value, _, err := r.text()
		if err != nil {
			return err
		}
		return r.keyed(key, value, not)
	}
	words, quoted, err := r.text()
	if err != nil {
		return err
	}
	if strings.HasPrefix(r.rest, "*") && quoted {
		r.rest, words = r.rest[1:], words+"*"
	}
	bare := strings.TrimRight(words, "*")
	if strings.Contains(bare, "*") || bare == "" && words != "" {
		return wrong("A * can only stand at the end of a word: light* finds lights and lighthouse.")
	}
	t := term{tokens: tokens(bare), begins: bare != words, quoted: quoted}
	if len(t.tokens) == 0 {
		return nil
	}
	if last := []rune(t.tokens[len(t.tokens)-1]); t.begins && len(last) < minPrefix && !standsAlone(last[0]) {
		return wrong("Write at least %d letters before a *.", minPrefix)
	}
	if not {
		r.query.none = append(r.query.none, t)
	} else {
		r.query.all = append(r.query.all, t)
	}
	return nil
}

// key takes tag: or seed: from the front.
func (r *reader) key() (key string, ok bool) {
	for _, key := range []string{"tag", "seed"} {
		if len(r.rest) <= len(key) || !strings.EqualFold(r.rest[:len(key)], key) {
			continue
		}
		for _, colon := range []string{":", "："} {
			if rest, ok := strings.CutPrefix(r.rest[len(key):], colon); ok {
				r.rest = rest
				return key, true
			}
		}
	}
	return "", false
}

func (r *reader) keyed(key, value string, not bool) error {
	var m string
	switch key {
	case "tag":
		if value == "" {
			return wrong("Write the tag right after the colon: tag:film-noir.")
		}
		t, err := NormalTag(value)
		if err != nil {
			return err
		}
		if !not {
			r.query.Tag = append(r.query.Tag, t)
			return nil
		}
		m = mark(markTag, t)
	case "seed":
		seed, err := strconv.ParseUint(value, 10, 32)
		if err != nil {
			return wrong("A seed is a number from 0 to 4294967295, right after the colon: seed:123.")
		}
		m = mark(markSeed, strconv.FormatUint(seed, 10))
	}
	if not {
		r.query.without = append(r.query.without, m)
	} else {
		r.query.marked = append(r.query.marked, m)
	}
	return nil
}

// text takes a word, or what stands in quotation marks, from the front.
func (r *reader) text() (words string, quoted bool, err error) {
	first, size := utf8.DecodeRuneInString(r.rest)
	if r.rest != "" && isQuote(first) {
		rest := r.rest[size:]
		end := strings.IndexFunc(rest, isQuote)
		if end < 0 {
			return "", false, wrong("A quotation mark has no partner: write \"soft light\", or leave it out.")
		}
		_, size = utf8.DecodeRuneInString(rest[end:])
		words, r.rest = rest[:end], rest[end+size:]
		return words, true, nil
	}
	end := strings.IndexFunc(r.rest, unicode.IsSpace)
	if end < 0 {
		end = len(r.rest)
	}
	words, r.rest = r.rest[:end], r.rest[end:]
	return words, false, nil
}
