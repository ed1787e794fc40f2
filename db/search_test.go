package db

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// kept is a history with one card for each prompt, numbered from 1; parameters are those of a caller.
func kept(t *testing.T, prompts ...string) *Store {
	t.Helper()
	s := newStore(t)
	for i, p := range prompts {
		keepCard(t, s, Card{Scope: guild, Source: Pasted, Asker: asker, Seed: uint32(i + 1), Prompt: p})
	}
	return s
}

func TestSearchFindsWordsOfAnyScript(t *testing.T) {
	t.Parallel()
	s := kept(t,
		"A LIGHTHOUSE at dusk, soft rim light",   // 1
		"雨の中の猫、夕暮れ",                              // 2
		"비 오는 날의 고양이가 있는 그림",                     // 3
		"résumé of a café",                       // 4
		"un gato en la lluvia",                   // 5
		"แมวดำในสายฝน",                           // 6
		"雨中的貓",                                   // 7
		"Кот под дождём",                         // 8
		"قطة تحت المطر",                          // 9
		"soft and light as a feather, lightness", // 10
		"🌱 seedling",                             // 11
		"बारिश में बिल्ली",                       // 12
	)
	for _, c := range []struct {
		text string
		want []int64
	}{
		{"lighthouse", []int64{1}},
		{"light", []int64{10, 1}},
		{"light*", []int64{10, 1}},
		{"lightho*", []int64{1}},
		{"ighthouse", []int64{}},
		{`"soft light"`, []int64{}},
		{`"rim light"`, []int64{1}},
		{`"soft ri*"`, []int64{1}},
		{"soft light", []int64{10, 1}}, // 10 begins with it
		{"light -lighthouse", []int64{10}},
		{`soft -"rim light"`, []int64{10}},
		{"猫", []int64{2}},
		{"雨", []int64{7, 2}},
		{"雨の中", []int64{2}},
		{"中の猫", []int64{2}},
		{`"の雨"`, []int64{}},
		{"猫 夕暮れ", []int64{2}},
		{"고양이", []int64{3}},
		{"양이가", []int64{3}},
		{"고양이 그림", []int64{3}},
		{"CAFE resume", []int64{4}},
		{"café", []int64{4}},
		{"ＣＡＦＥ", []int64{4}},
		{"แมว", []int64{6}},
		{"ฝน", []int64{6}},
		{"дождем КОТ", []int64{8}},
		{"المطر", []int64{9}},
		{"🌱", []int64{11}},
		{"बिल्ली", []int64{12}},
		{"seed:5", []int64{5}},
		{"gato seed:4", []int64{}},
		{"-gato seed:5", []int64{}},
		{"-雨 -light", []int64{12, 11, 9, 8, 6, 5, 4, 3}},
		{"", []int64{12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1}},
		{"nowhere", []int64{}},
	} {
		require.Equal(t, c.want, found(t, s, by(colleague), c.text), c.text)
	}
}

func TestSearchFindsWhatCardsSayOfThemselves(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	a, b := cardOf("a", asker), cardOf("b", colleague)
	a.Note, a.Tags, a.Version, a.Channel = "", nil, "7", "c1"
	b.Note, b.Tags, b.Version, b.Channel = "", nil, "niji 6", "c2"
	a.Parameters = []byte(`{"text":"owl","parameters":[{"name":"aspect","written":"--ar","value":"16:9"},
		{"name":"raw","written":"--raw"},{"name":"no","written":"--no","value":"Red, blue sky"},{"name":"wobble","value":"x y"}]}`)
	b.Parameters = []byte(`{"text":"fox --v","parameters":[{"name":"version","written":"--v","value":"7"},{"name":"sref","value":"123 456"}]}`)
	keepCard(t, s, a)
	keepCard(t, s, b)
	require.NoError(t, s.SetNote(t.Context(), by(asker), 1, "good in Print", []string{"Film Noir", "brand"}))
	_, err := s.Star(t.Context(), by(colleague), 1, true)
	require.NoError(t, err)
	for _, c := range []struct {
		text string
		want []int64
	}{
		{"lighthouse", []int64{}}, // the words are those that Parameters tell of
		{"owl", []int64{1}},
		{"print", []int64{1}},
		{`"in print"`, []int64{1}},
		{`"print brand"`, []int64{}}, // a phrase does not reach from the note to a tag
		{"owl noir", []int64{1}},
		{"tag:brand", []int64{1}},
		{"tag:film-noir tag:BRAND", []int64{1}},
		{"tag:film", []int64{}},
		{"-tag:brand", []int64{2}},
		{"--ar 16:9", []int64{1}},
		{"--aspect 16:9", []int64{1}},
		{"--ar 16:10", []int64{}},
		{"--ar", []int64{1}},
		{"--raw owl", []int64{1}},
		{"--no sky", []int64{1}},
		{`--no "red, blue sky"`, []int64{1}},
		{"--wobble", []int64{1}},
		{"--v 7", []int64{2}},
		{"--sref 456", []int64{2}},
		{"--sref 45", []int64{}},
		{"7", []int64{}}, // a value is no word
		{"fox v", []int64{2}},
	} {
		require.Equal(t, c.want, found(t, s, by(asker), c.text), c.text)
	}
	for _, c := range []struct {
		name string
		f    Filter
		want []int64
	}{
		{"all", Filter{}, []int64{2, 1}},
		{"by", Filter{By: asker}, []int64{1}},
		{"by nobody", Filter{By: "x"}, []int64{}},
		{"in", Filter{In: "c2"}, []int64{2}},
		{"version", Filter{Version: "niji 6"}, []int64{2}},
		{"starred by anyone", Filter{Starred: true}, []int64{1}},
		{"tag", Filter{Tag: []string{"Brand", "film noir"}}, []int64{1}},
		{"since", Filter{Since: at(2)}, []int64{2, 1}},
		{"since later", Filter{Since: at(3)}, []int64{}},
		{"all at once", Filter{By: asker, In: "c1", Version: "7", Starred: true, Tag: []string{"brand"}, Since: at(1)}, []int64{1}},
	} {
		cards, err := s.History(t.Context(), by(asker), c.f, Page{})
		require.NoError(t, err)
		require.Equal(t, c.want, numbers(cards), c.name)
		n, err := s.Count(t.Context(), by(asker), c.f)
		require.NoError(t, err)
		require.Len(t, c.want, n, c.name)
		r, err := s.Search(t.Context(), by(asker), Query{Filter: c.f}, "", 0)
		require.NoError(t, err)
		require.Equal(t, c.want, numbers(r.Cards), c.name)
	}
}

func TestTheBestMatchesComeFirst(t *testing.T) {
	t.Parallel()
	s := kept(t,
		"soft light",                           // 1: a phrase at the start
		"a portrait in soft light",             // 2: a phrase
		"soft portrait in the light",           // 3: near, at the start
		"a soft portrait in the light",         // 4: near
		"soft a b c d e f g h i j light",       // 5: scattered, at the start
		"a soft b c d e f g h i j light",       // 6: scattered, with two stars
		"a soft b c d e f g h i j light",       // 7: scattered, with a star
		"a soft b c d e f g h i j light",       // 8: scattered
		"a light b c d e f g h i j soft",       // 9: scattered, newest
		"soft only",                            // 10
		"the light of another soft light bulb", // 11: a phrase, newer than 2
	)
	for number, members := range map[int64][]string{6: {asker, colleague}, 7: {asker}} {
		for _, m := range members {
			_, err := s.Star(t.Context(), by(m), number, true)
			require.NoError(t, err)
		}
	}
	require.Equal(t, []int64{1, 11, 2, 3, 4, 5, 6, 7, 9, 8}, found(t, s, by(asker), "soft light"))
	require.Equal(t, []int64{1, 11, 2, 3, 4, 5, 6, 7, 9, 8}, found(t, s, by(asker), "soft lig*"))
	for _, text := range []string{"soft", "sof*", "so*"} {
		require.Equal(t, []int64{10, 5, 3, 1, 6, 7, 11, 9, 8, 4, 2}, found(t, s, by(asker), text))
	}
}

func TestStarsCountHoweverManyCardsHaveSome(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	keepCards(t, s, slices.Concat([]Card{cardOfPrompt("an owl"), cardOfPrompt("an owl")},
		slices.Repeat([]Card{cardOfPrompt("a fox")}, MaxTotal+1), []Card{cardOfPrompt("an owl")}))
	for number := range int64(MaxTotal + 3) {
		if number++; number != 2 {
			_, err := s.Star(t.Context(), by(asker), number, true)
			require.NoError(t, err)
		}
	}
	require.Equal(t, []int64{1, MaxTotal + 4, 2}, found(t, s, by(asker), "owl"))
	require.Equal(t, []int64{1, MaxTotal + 4, 2}, found(t, s, by(asker), "owls"))
}

func TestTheLongestSearchesAreSearches(t *testing.T) {
	t.Parallel()
	var words []string
	for i := range maxTerms {
		words = append(words, fmt.Sprint("w", i))
	}
	long := strings.Repeat("雨の中の猫", MaxQuery/5)
	s := kept(t, strings.Join(words, " "), long)
	keepCard(t, s, private(Card{Scope: guild, Source: Pasted, Asker: asker, Prompt: "x"}))
	for text, want := range map[string][]int64{
		strings.Join(words, " "):             {1},
		strings.Join(words, "* "):            {1},
		`"` + strings.Join(words, " ") + `"`: {1},
		"-" + strings.Join(words, " -"):      {3, 2},
		strings.Join(words[:10], " ") + " -" + strings.Join(words[:10], "x -") + "x": {1},
		long: {2},
	} {
		require.Equal(t, want, found(t, s, by(asker), text), text)
		_, err := s.Suggest(t.Context(), by(asker), text, 0)
		require.NoError(t, err)
	}
}

func TestASearchCountsToAThousandAndSaysThatThereIsMore(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	keepCards(t, s, slices.Repeat([]Card{cardOfPrompt("owl")}, MaxTotal+1))
	for _, text := range []string{"owl", ""} {
		q, err := ParseQuery(text)
		require.NoError(t, err)
		r, err := s.Search(t.Context(), by(asker), q, "", 10)
		require.NoError(t, err)
		require.Equal(t, MaxTotal, r.Total)
		require.True(t, r.More)
		require.EqualValues(t, MaxTotal+1, r.Cards[0].Number)
		all := 0
		for cursor := ""; ; cursor = r.Next {
			r, err = s.Search(t.Context(), by(asker), q, cursor, 300)
			require.NoError(t, err)
			if all += len(r.Cards); r.Next == "" {
				break
			}
		}
		require.Equal(t, map[string]int{"owl": MaxTotal, "": MaxTotal + 1}[text], all, "by age all are shown, by quality the newest")
	}
	require.NoError(t, s.Delete(t.Context(), by(asker), 5, asker))
	q, err := ParseQuery("owl")
	require.NoError(t, err)
	r, err := s.Search(t.Context(), by(asker), q, "", 10)
	require.NoError(t, err)
	require.Equal(t, MaxTotal, r.Total)
	require.False(t, r.More)
}

func TestPagesStayWhereTheyAre(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"owl", "-fox", "owl -fox --nothing"} {
		s := newStore(t)
		ctx := t.Context()
		q, err := ParseQuery(text)
		require.NoError(t, err)
		page := func(cursor string) Result {
			r, err := s.Search(ctx, by(asker), q, cursor, 3)
			require.NoError(t, err)
			require.Regexp(t, `^[A-Za-z0-9_-]{0,40}$`, r.Next)
			require.Regexp(t, `^[A-Za-z0-9_-]{0,40}$`, r.Prev)
			return r
		}
		if text == "owl -fox --nothing" {
			require.Equal(t, Result{}, page(""))
			continue
		}
		keepCards(t, s, slices.Repeat([]Card{cardOfPrompt("an owl")}, 8))
		first := page("")
		require.Equal(t, []int64{8, 7, 6}, numbers(first.Cards))
		require.Empty(t, first.Prev)
		keepCard(t, s, cardOfPrompt("an owl, new"))
		second := page(first.Next)
		require.Equal(t, []int64{5, 4, 3}, numbers(second.Cards), "a new card pushes nothing")
		require.NoError(t, s.Delete(ctx, by(asker), 6, asker))
		require.Equal(t, []int64{5, 4, 3}, numbers(page(first.Next).Cards), "nor does the edge going")
		third := page(second.Next)
		require.Equal(t, []int64{2, 1}, numbers(third.Cards))
		require.Empty(t, third.Next)
		back := page(third.Prev)
		require.Equal(t, []int64{5, 4, 3}, numbers(back.Cards))
		require.Equal(t, third.Cards, page(back.Next).Cards)
		first = page(back.Prev)
		require.Contains(t, [][]int64{{8, 7}, {9, 8, 7}}, numbers(first.Cards))
		for _, odd := range []string{"x", "=", "AAAA", "____________", cursor{}.String(), first.Next + "A"} {
			require.Equal(t, page(""), page(odd), "what is no cursor begins anew: %q", odd)
		}
	}
}

func cardOfPrompt(prompt string) Card {
	return Card{Scope: guild, Source: Pasted, Asker: asker, Prompt: prompt, Created: at(5)}
}
