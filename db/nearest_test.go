package db

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// sought is what a search finds, and whether these are only the nearest.
func sought(t *testing.T, s *Store, v View, text string) (list []int64, near bool) {
	t.Helper()
	q, err := ParseQuery(text)
	require.NoError(t, err)
	r, err := s.Search(t.Context(), v, q, "", 0)
	require.NoError(t, err)
	require.Equal(t, len(r.Cards), r.Total, text)
	return numbers(r.Cards), r.Near
}

func TestWhereNoCardHasAllWordsTheNearestAreFound(t *testing.T) {
	t.Parallel()
	s := kept(t,
		"an owl in rain",                // 1
		"an owl at night",               // 2
		"a red fox in the rain",         // 3
		"spring meadow with foxes",      // 4
		"雨の中の猫、夕暮れ",                     // 5
		"屋顶上的猫",                         // 6
		"비 오는 날의 고양이가 있는 그림",            // 7
		"แมวดำในสายฝน",                  // 8
		"кошка на крыше",                // 9
		"portrait of a painter, gatos",  // 10
		"two stories about a butterfly", // 11
		"ein Haus am See",               // 12
		"soft light on glass",           // 13
		"a letter from that place",      // 14
	)
	for _, c := range []struct {
		text string
		want []int64
	}{
		{"owls", []int64{2, 1}},
		{"that owl from spring", []int64{4, 2, 1}}, // the rarer word first; little words find nothing
		{"owls in the rain", []int64{1, 3, 2}},     // both, in whatever form, before one
		{"rainy night owl", []int64{2, 1, 3}},
		{"owl unicorn", []int64{2, 1}},
		{"fox spring rain", []int64{3, 4, 1}}, // two words before one, the word itself before another form
		{"foxs", []int64{3}},
		{"fox* unicorn", []int64{4, 3}},
		{"gato", []int64{10}},
		{"story", []int64{11}},
		{"butterflies", []int64{11}},
		{"paintings", []int64{10}},
		{"Häuser", []int64{12}},
		{"кошки", []int64{9}},
		{"Кошкой", []int64{9}},
		{"猫の夕暮れ", []int64{5, 6}},
		{"雨の日の夕暮れ", []int64{5}},
		{"屋顶的狗", []int64{6}},
		{"고양이는", []int64{7}},
		{"แมวดำตัวใหญ่", []int64{8}},
		{"owl-shaped lamp", []int64{2, 1}},
		{"from that unicorn", nil}, // little words do not count beside others
		{"that as", []int64{14}},   // but where there are no others
		{"unicorn", nil},
		{"3 owls", []int64{2, 1}},
		{"33", nil},
		{"stor", []int64{11}},
		{"storm", nil}, // is no form of story
		{"card", nil},
		// What is asked for beside words holds.
		{"owls -night", []int64{1}},
		{`owls -"owl at night"`, []int64{1}},
		{"owls seed:2", []int64{2}},
		{"unicorn seed:2", nil},
		{`"owl in" spring`, []int64{1}},
		{`"an owl" spring rain`, []int64{1, 2}},
		{`"owls"`, nil},
		{`"light soft"`, nil},
		{`"soft light" owls`, []int64{13}},
		{"owls tag:brand", nil},
		{"owls --ar 3:2", nil},
		{"-owl -rain tag:brand", nil},
	} {
		list, near := sought(t, s, by(colleague), c.text)
		require.ElementsMatch(t, c.want, list, c.text)
		if len(c.want) > 0 {
			require.Equal(t, c.want, list, c.text)
		}
		require.Equal(t, len(c.want) > 0, near, c.text)
	}
	for _, text := range []string{"owl", "owl rain", "rain fox", "猫 夕暮れ", "-owl", "seed:1", ""} {
		list, near := sought(t, s, by(colleague), text)
		require.NotEmpty(t, list, text)
		require.False(t, near, "a card has all of it: %s", text)
	}
}

func TestTheNearestAreWhatTheFilterLetsThroughAndTheViewSees(t *testing.T) {
	t.Parallel()
	s := kept(t, "an owl in rain", "an owl at night")
	keepCard(t, s, private(Card{Scope: guild, Source: Pasted, Asker: asker, Seed: 9, Prompt: "a secret owl"}))
	keepCard(t, s, Card{Scope: guild, Source: Pasted, Asker: colleague, Seed: 10, Prompt: "an owl of another", Channel: "closed"})
	keepCard(t, s, Card{Scope: "another", Source: Pasted, Asker: asker, Seed: 11, Prompt: "a strange owl"})
	_, err := s.Star(t.Context(), by(colleague), 1, true)
	require.NoError(t, err)

	list, near := sought(t, s, by(asker), "owls")
	require.Equal(t, []int64{1, 4, 3, 2}, list, "among equals stars come first, then the newer ones")
	require.True(t, near)
	list, _ = sought(t, s, by("stranger"), "owls")
	require.Equal(t, []int64{1, 4, 2}, list)
	list, _ = sought(t, s, View{Scope: guild, Member: "stranger", Channels: []string{"open"}}, "owls")
	require.Equal(t, []int64{1, 2}, list)
	list, _ = sought(t, s, View{Scope: "nowhere", Member: asker}, "owls")
	require.Empty(t, list)

	q, err := ParseQuery("owls")
	require.NoError(t, err)
	for _, c := range []struct {
		filter Filter
		want   []int64
	}{
		{Filter{Starred: true}, []int64{1}},
		{Filter{By: colleague}, []int64{4}},
		{Filter{In: "closed"}, []int64{4}},
		{Filter{Since: at(1 << 40)}, []int64{}},
	} {
		q.Filter = c.filter
		r, err := s.Search(t.Context(), by(asker), q, "", 0)
		require.NoError(t, err)
		require.Equal(t, c.want, numbers(r.Cards), "%v", c.filter)
	}
}

func TestPagesOfTheNearestStayWhereTheyAre(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	keepCards(t, s, slices.Repeat([]Card{cardOfPrompt("an owl"), cardOfPrompt("an owl in rain")}, 4))
	q, err := ParseQuery("owls rain unicorn")
	require.NoError(t, err)
	page := func(cursor string) Result {
		t.Helper()
		r, err := s.Search(t.Context(), by(asker), q, cursor, 3)
		require.NoError(t, err)
		require.True(t, r.Near)
		require.Regexp(t, `^[A-Za-z0-9_-]{0,40}$`, r.Next+r.Prev)
		return r
	}
	first := page("")
	require.Equal(t, []int64{8, 6, 4}, numbers(first.Cards))
	require.Equal(t, 8, first.Total)
	require.Empty(t, first.Prev)
	second := page(first.Next)
	require.Equal(t, []int64{2, 7, 5}, numbers(second.Cards))
	keepCard(t, s, cardOfPrompt("owls, rain, a unicorn"))
	require.Equal(t, []int64{2, 7, 5}, numbers(page(first.Next).Cards), "nor does a card change them that has all words")
	third := page(second.Next)
	require.Equal(t, []int64{3, 1}, numbers(third.Cards))
	require.Empty(t, third.Next)
	require.Equal(t, second.Cards, page(third.Prev).Cards)
	require.Equal(t, first.Cards, page(second.Prev).Cards)

	list, near := sought(t, s, by(asker), "owls rain unicorn")
	require.Equal(t, []int64{9}, list, "a search begun anew finds it")
	require.False(t, near)
}

func TestOldCardsAreNearEvenWhereEveryWordIsCommon(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	const pair, other, rare = 1, 2, 3
	keepCards(t, s, []Card{cardOfPrompt("picture of an owl"), cardOfPrompt("snow on an owl"), cardOfPrompt("owl on chrysoprase")})
	newer := make([]Card, 0, 3*(MaxTotal+1))
	for range MaxTotal + 1 {
		newer = append(newer, cardOfPrompt("an owl"), cardOfPrompt("a picture"), cardOfPrompt("snow"))
	}
	keepCards(t, s, newer)
	best := func(text string) (list []int64) {
		t.Helper()
		q, err := ParseQuery(text)
		require.NoError(t, err)
		r, err := s.Search(t.Context(), by(asker), q, "", 1)
		require.NoError(t, err)
		require.True(t, r.Near)
		require.Equal(t, MaxTotal, r.Total)
		require.True(t, r.More)
		return numbers(r.Cards)
	}
	require.Equal(t, []int64{pair}, best("picture owl unicorn"))
	require.Equal(t, []int64{other}, best("snow owl unicorns"))
	require.Equal(t, []int64{other}, best("snow owl picture"), "the one of pictures and owls is older")
	require.Equal(t, []int64{rare}, best("owl snow chrysoprase"))
}

func TestTheNearestOfLongSearches(t *testing.T) {
	t.Parallel()
	var words []string
	for i := range maxTerms {
		words = append(words, fmt.Sprint("w", strings.Repeat("x", i)))
	}
	s := kept(t, strings.Join(words[5:], " "), strings.Repeat("雨の中の猫", 20))
	for text, want := range map[string][]int64{
		strings.Join(words, " "):                 {1},
		strings.Join(words, "-"):                 {1},
		strings.Repeat("雨の中の犬", MaxQuery/5):      {2},
		strings.Repeat("雨天の猫と夕暮れ", MaxQuery/8):   {2},
		strings.Repeat("s", MaxQuery):            nil,
		"owl " + strings.Repeat("s", MaxQuery-4): nil,
	} {
		list, _ := sought(t, s, by(asker), text)
		require.ElementsMatch(t, want, list, text)
		cards, err := s.SuggestNearest(t.Context(), by(asker), text, 0)
		require.NoError(t, err)
		require.LessOrEqual(t, len(cards), 1)
	}
}

func TestSuggestNearest(t *testing.T) {
	t.Parallel()
	s := kept(t, "an owl in rain", "an owl at night", "a fox")
	keepCard(t, s, private(Card{Scope: guild, Source: Pasted, Asker: asker, Seed: 9, Prompt: "a secret owl"}))
	for typed, want := range map[string][]int64{
		"owls": {2, 1}, "that owl from spri": {2, 1}, "owls rai": {1, 2}, "foxes": {3}, "": {}, "  ": {}, "33": {}, "#2": {},
		"zebra": {}, "… !": {}, "z": {},
	} {
		cards, err := s.SuggestNearest(t.Context(), by(colleague), typed, 0)
		require.NoError(t, err)
		require.Equal(t, want, numbers(cards), typed)
	}
	cards, err := s.SuggestNearest(t.Context(), by(asker), "owls", 2)
	require.NoError(t, err)
	require.Equal(t, []int64{4, 2}, numbers(cards))
}
