package db

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestChannelsOfAScope(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	ctx := t.Context()
	channels := func() []string {
		list, err := s.Channels(ctx, guild)
		require.NoError(t, err)
		return list
	}
	require.Empty(t, channels())
	keepCard(t, s, cardOf("j", asker))
	keepCard(t, s, private(cardOf("k", asker)))
	require.Equal(t, []string{"chan"}, channels())
	require.NoError(t, s.AddMessage(ctx, by(asker), 1, "wall", "m"))
	require.NoError(t, s.SetPosted(ctx, by(asker), 2, "hall", "n", nil))
	require.Equal(t, []string{"chan", "wall"}, channels(), "of public cards alone")
	_, err := s.SetPrivate(ctx, by(asker), 2, false)
	require.NoError(t, err)
	require.Equal(t, []string{"chan", "hall", "wall"}, channels())
	require.NoError(t, s.Delete(ctx, by(asker), 1, asker))
	require.Equal(t, []string{"hall"}, channels())
}

func TestRecipesKeepProofsThatTheirWriterDoesNotSee(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	ctx := t.Context()
	closed := keepCard(t, s, cardOf("j", asker))
	open := cardOf("k", asker)
	open.Channel = "open"
	opened := keepCard(t, s, open)
	_, err := s.SaveRecipe(ctx, guild, Recipe{Name: "owl", Prompt: "owl", Cards: []int64{closed.Number, opened.Number}})
	require.NoError(t, err)
	outsider := seeing(colleague, "open")
	r, err := s.Recipe(ctx, outsider, "owl", 0)
	require.NoError(t, err)
	require.Equal(t, []int64{opened.Number}, r.Cards)
	for _, note := range []string{"soft", "softer"} {
		r.Note = note
		r, err = s.EditRecipe(ctx, outsider, "owl", r.Revision, r)
		require.NoError(t, err)
		require.Equal(t, []int64{opened.Number}, r.Cards)
	}
	r, err = s.Recipe(ctx, by(colleague), "owl", 0)
	require.NoError(t, err)
	require.ElementsMatch(t, []int64{closed.Number, opened.Number}, r.Cards)
	list, err := s.Recipes(ctx, outsider, RecipeFilter{}, "", 0)
	require.NoError(t, err)
	require.Equal(t, []int64{opened.Number}, list[0].Cards)
	log, err := s.RecipeLog(ctx, outsider, "owl", 0)
	require.NoError(t, err)
	require.Len(t, log, 3)
	for _, one := range log {
		require.Equal(t, []int64{opened.Number}, one.Cards)
	}
	list[0].Prompt, list[0].Cards = "fox", nil
	_, err = s.EditRecipe(ctx, outsider, "owl", 3, list[0])
	require.NoError(t, err)
	r, err = s.Recipe(ctx, by(colleague), "owl", 0)
	require.NoError(t, err)
	require.Empty(t, r.Cards, "of other words nothing is proved yet")
}

// A search names what a view sees or what it does not, whichever is less, and never more than it can.
func TestManyClosedChannels(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	const channels = 2*maxMarked + 200
	var cards []Card
	for n := range channels {
		c := cardOf(fmt.Sprint("j", n), asker)
		c.Channel = fmt.Sprintf("c%04d", n)
		cards = append(cards, c)
	}
	keepCards(t, s, cards)
	name := func(from, to int) (list []string) {
		for n := from; n < to; n++ {
			list = append(list, fmt.Sprintf("c%04d", n))
		}
		return list
	}
	for _, seen := range []int{0, 1, 100, maxMarked, channels - maxMarked, channels - 1, channels} {
		require.Len(t, found(t, s, seeing(colleague, name(0, seen)...), "lighthouse"), min(seen, MaxTotal), "%d", seen)
		n, err := s.Count(t.Context(), seeing(colleague, name(0, seen)...), Filter{})
		require.NoError(t, err)
		require.Equal(t, seen, n)
		n, err = s.Count(t.Context(), seeing(asker, name(0, seen)...), Filter{})
		require.NoError(t, err)
		require.Equal(t, channels, n, "one's own come on top")
	}
	half := found(t, s, seeing(colleague, name(0, channels/2)...), "lighthouse")
	require.Len(t, half, maxMarked, "in doubt less is shown, never more")
	for _, number := range half {
		require.LessOrEqual(t, number, int64(channels/2))
	}
}
