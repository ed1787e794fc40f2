package db

import (
	"errors"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/stretchr/testify/require"
)

func TestParseQuery(t *testing.T) {
	t.Parallel()
	word := func(w ...string) term { return term{tokens: w} }
	begins := func(w ...string) term { return term{tokens: w, begins: true} }
	quoted := func(t term) term { t.quoted = true; return t }
	for _, c := range []struct {
		name, text string
		want       Query
	}{
		{"nothing", "", Query{}},
		{"blanks", " \t ", Query{}},
		{"words", "Owl  RAIN", Query{all: []term{word("owl"), word("rain")}}},
		{"a phrase", `"soft rim" light`, Query{all: []term{quoted(word("soft", "rim")), word("light")}}},
		{"typographic quotes", "“soft rim” «light»", Query{all: []term{quoted(word("soft", "rim")), quoted(word("light"))}}},
		{"a compound is a phrase", "owl-like", Query{all: []term{word("owl", "like")}}},
		{"so is a sentence without blanks", "雨の中", Query{all: []term{word("雨", "の", "中")}}},
		{"a word that must not be there", "owl -rain", Query{all: []term{word("owl")}, none: []term{word("rain")}}},
		{"nor a phrase", `-"soft rim"`, Query{none: []term{quoted(word("soft", "rim"))}}},
		{"a beginning", "light*", Query{all: []term{begins("light")}}},
		{"a phrase that ends in one", `"soft li*" "soft li"* -da*`, Query{
			all: []term{quoted(begins("soft", "li")), quoted(begins("soft", "li"))}, none: []term{begins("da")},
		}},
		{"one character of Chinese may begin", "猫*", Query{all: []term{begins("猫")}}},
		{"a seed", "seed:123 Seed：0 -seed:4294967295", Query{
			marked: []string{mark(markSeed, "123"), mark(markSeed, "0")}, without: []string{mark(markSeed, "4294967295")},
		}},
		{"a tag", `tag:Brand TAG:"film noir" -tag:x`, Query{
			Filter: Filter{Tag: []string{"brand", "film-noir"}}, without: []string{mark(markTag, "x")},
		}},
		{"tag without colon is a word", "tag brand", Query{all: []term{word("tag"), word("brand")}}},
		{"a parameter by its short name", "--ar 16:9", Query{marked: []string{parameterMark("aspect", "16:9")}}},
		{"as phones write it", "—ar 16:9 –v 7", Query{marked: []string{parameterMark("aspect", "16:9"), parameterMark("version", "7")}}},
		{"with a sign between", "--ar=16:9 --v:6.1", Query{marked: []string{parameterMark("aspect", "16:9"), parameterMark("version", "6.1")}}},
		{"without a value", "--sref", Query{marked: []string{parameterMark("sref", "")}}},
		{"before another", "--sref --tile", Query{marked: []string{parameterMark("sref", ""), parameterMark("tile", "")}}},
		{"a flag takes no word", "--raw owl", Query{marked: []string{parameterMark("raw", "")}, all: []term{word("owl")}}},
		{"a value takes one", "--style raw owl", Query{marked: []string{parameterMark("style", "raw")}, all: []term{word("owl")}}},
		{"or what is quoted", `--no "Blue  Sky" owl`, Query{marked: []string{parameterMark("no", "blue sky")}, all: []term{word("owl")}}},
		{"an unknown one", "--Wobble 3", Query{marked: []string{parameterMark("wobble", "3")}}},
		{"signs alone say nothing beside words", "owl - -- … !", Query{all: []term{word("owl")}}},
		{"inches are no phrase", `12"x owl`, Query{all: []term{word("12", "x"), word("owl")}}},
		{"operators are words", "AND NOT NEAR", Query{all: []term{word("and"), word("not"), word("near")}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := ParseQuery(c.text)
			require.NoError(t, err)
			c.want.Text = c.text
			require.Equal(t, c.want, got)
		})
	}
}

func TestParseQuerySaysWhatToWriteInstead(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, says string }{
		{"too long", strings.Repeat("猫", MaxQuery+1), "at most 400 characters, yours has 401"},
		{"too many words", strings.Repeat("owl ", maxTerms+1), "at most 20 words"},
		{"a quotation mark alone", `owl "soft light`, "has no partner"},
		{"an empty tag", "tag: brand", "right after the colon"},
		{"a tag that no card has", "tag:a/b", "letters, digits, - and _"},
		{"a seed that is none", "seed:owl", "0 to 4294967295"},
		{"a seed too large", "seed:4294967296", "0 to 4294967295"},
		{"a seed below zero", "seed:-1", "0 to 4294967295"},
		{"no seed", "seed:", "0 to 4294967295"},
		{"a star in front", "*light", "at the end of a word"},
		{"a star inside", "li*ht", "at the end of a word"},
		{"a star alone", "*", "at the end of a word"},
		{"a star after one letter", "l*", "at least 2 letters"},
		{"signs alone", "… !?", "I see no word"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := ParseQuery(c.text)
			var input *InputError
			require.ErrorAs(t, err, &input)
			require.Contains(t, input.Problem, c.says)
			require.True(t, unicode.IsUpper([]rune(input.Problem)[0]), "it is shown as it is")
		})
	}
}

func FuzzSearch(f *testing.F) {
	s := newStore(f)
	c := cardOf("j", asker)
	c.Prompt, c.Parameters = `a "quoted" 猫 owl --ar 3:2`, []byte(`{"text":"a quoted 猫 owl","parameters":[{"name":"aspect","value":"3:2"}]}`)
	keepCard(f, s, c)
	for _, seed := range []string{
		"", "owl", `"quoted 猫"`, "-owl", "ow*", "seed:1", "tag:brand", "--ar 3:2", `-"a b"*`, "—", "--", "a AND b", "tag:", "\xff\x00", "^a", "NEAR/2",
		"that owls-like 夕暮れの猫を から кошки แมวดำตัวใหญ่ ies",
	} {
		f.Add(seed, "")
	}
	f.Add("owl", "AAAAAQE")
	f.Fuzz(func(t *testing.T, text, cursor string) {
		q, err := ParseQuery(text)
		if _, ok := errors.AsType[*InputError](err); ok {
			return
		}
		require.NoError(t, err)
		_, err = s.Search(t.Context(), by(asker), q, cursor, 10)
		require.NoError(t, err)
		_, err = s.Suggest(t.Context(), by(asker), text, 10)
		require.NoError(t, err)
		_, err = s.SuggestNearest(t.Context(), by(asker), text, 10)
		require.NoError(t, err)
		_, err = s.Tags(t.Context(), by(asker), text, 10)
		require.NoError(t, err)
	})
}

func TestFilterTags(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	var input *InputError
	_, err := s.History(t.Context(), by(asker), Filter{Tag: []string{"a/b"}}, Page{})
	require.ErrorAs(t, err, &input)
	_, err = s.Count(t.Context(), by(asker), Filter{Tag: []string{""}, Since: time.Now()})
	require.ErrorAs(t, err, &input)
}
