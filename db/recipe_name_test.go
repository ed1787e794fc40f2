package db

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestARecipeIsFoundWhateverItIsCalled(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	ctx, v := t.Context(), by(asker)
	made := func(name string) Recipe {
		t.Helper()
		r, err := s.SaveRecipe(ctx, guild, Recipe{Name: name, Prompt: "first called " + name, By: asker})
		require.NoError(t, err)
		return r
	}
	bottle := made("bottle")
	require.NoError(t, s.RenameRecipe(ctx, guild, "Bottle", "flask"))
	require.NoError(t, s.RenameRecipe(ctx, guild, "flask", "jug"))
	require.NoError(t, s.RenameRecipe(ctx, guild, "jug", "JUG"), "which is the same name")
	called := func(name string) string {
		t.Helper()
		r, err := s.Recipe(ctx, v, name, 1)
		require.NoError(t, err)
		return r.Prompt
	}
	for _, name := range []string{"bottle", "FLASK", "jug"} {
		require.Equal(t, "first called bottle", called(name))
	}
	_, err := s.Recipe(ctx, View{Scope: other}, "bottle", 0)
	require.ErrorIs(t, err, ErrNotFound, "on its own server")

	second := made("Bottle")
	require.Equal(t, "first called Bottle", called("bottle"), "a name that is another's now leads there")
	require.True(t, second.Created.After(bottle.Created), "no two were made at once")
	for _, want := range []Recipe{bottle, second} {
		r, err := s.RecipeMade(ctx, v, want.Created, 0)
		require.NoError(t, err)
		require.Equal(t, want.Prompt, r.Prompt)
	}
	_, err = s.RecipeMade(ctx, v, time.UnixMilli(1), 0)
	require.ErrorIs(t, err, ErrNotFound)

	require.NoError(t, s.DeleteRecipe(ctx, guild, "bottle"))
	require.Equal(t, "first called bottle", called("bottle"))
	require.NoError(t, s.RenameRecipe(ctx, guild, "jug", "bottle"))
	require.NoError(t, s.RenameRecipe(ctx, guild, "bottle", "carafe"))
	require.Equal(t, "first called bottle", called("bottle"))
	require.NoError(t, s.DeleteRecipe(ctx, guild, "carafe"))
	_, err = s.Recipe(ctx, v, "bottle", 0)
	require.ErrorIs(t, err, ErrNotFound, "no name leads to what is gone")
}

func TestRecipesOfAMember(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	ctx := t.Context()
	_, err := s.SaveRecipe(ctx, guild, Recipe{Name: "owl", Prompt: "owl", By: asker})
	require.NoError(t, err)
	_, err = s.EditRecipe(ctx, by(colleague), "owl", 1, Recipe{Prompt: "owl 2", By: colleague})
	require.NoError(t, err)
	for _, member := range []string{asker, colleague} {
		list, err := s.Recipes(ctx, by(colleague), RecipeFilter{By: member}, "", 0)
		require.NoError(t, err)
		require.Len(t, list, 1, "of who made it, and of who changed it")
		require.Equal(t, asker, list[0].Maker)
	}
	list, err := s.Recipes(ctx, by(colleague), RecipeFilter{By: "100000000000000009"}, "", 0)
	require.NoError(t, err)
	require.Empty(t, list)
}
