package db

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTheShapeOfAQuery(t *testing.T) {
	t.Parallel()
	s := kept(t, "soft owl light", "an owl at night")
	parse := func(text string) Query {
		q, err := ParseQuery(text)
		require.NoError(t, err)
		return q
	}
	find := func(q Query) []int64 {
		r, err := s.Search(t.Context(), by(asker), q, "", 0)
		require.NoError(t, err)
		return numbers(r.Cards)
	}
	for text, want := range map[string][]int64{"owl -soft -night": {2, 1}, "-owl": {2, 1}, "night -seed:2": {2}} {
		q := parse(text)
		require.Empty(t, find(q), text)
		without, ok := q.LeavesOut()
		require.True(t, ok, text)
		require.Equal(t, want, find(without), text)
		require.Empty(t, find(q), "the query itself stays: %s", text)
	}
	_, ok := parse("owl").LeavesOut()
	require.False(t, ok)

	for text, want := range map[string][]int64{"owl night --ar 3:2": {2}, "owl seed:99 tag:x": {2, 1}} {
		words, ok := parse(text).Asks()
		require.True(t, ok, text)
		require.Equal(t, want, find(words), text)
	}
	for _, text := range []string{"owl", "-owl", "--ar 3:2", "seed:1", "tag:x -owl"} {
		_, ok = parse(text).Asks()
		require.False(t, ok, text)
	}

	words, ok := parse(`"soft light" owl`).Quotes()
	require.True(t, ok)
	require.Equal(t, []int64{1}, find(words))
	for _, text := range []string{"owl", `"owl"`, `-"soft light"`} {
		_, ok = parse(text).Quotes()
		require.False(t, ok, text)
	}
	for text, want := range map[string]string{
		"seed:99": "99", "Seed:007": "7", "seed:9 owl": "", "-seed:9": "", "seed:9 seed:8": "", "--ar 3:2": "", "seed:9 tag:x": "", "": "",
	} {
		require.Equal(t, want, parse(text).OnlySeed(), text)
	}
	for text, want := range map[string]bool{"z": true, "x y": true, "x ow": false, "猫": false, "の": false, "é": true, "7": false, "": false, "-z": false} {
		require.Equal(t, want, parse(text).IsShort(), text)
	}
}
