package db

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestARecipeAndItsRevisions(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	ctx := t.Context()
	for i := range 3 {
		keepCard(t, s, cardOf(fmt.Sprint("j", i), asker))
	}
	seed := uint32(1<<32 - 1)
	first := Recipe{
		Name: "  Brand   Owl ", Prompt: "owl {subject} --ar 3:2", Seed: &seed, Cards: []int64{3, 1}, Tags: []string{"Brand"},
		Note: " works ", Standard: true, By: asker, Uses: 9, Revision: 9,
	}
	kept, err := s.SaveRecipe(ctx, guild, first)
	require.NoError(t, err)
	require.WithinDuration(t, time.Now(), kept.Created, time.Minute)
	first.Scope, first.Name, first.Note, first.Tags, first.Revision, first.Uses = guild, "Brand Owl", "works", []string{"brand"}, 1, 0
	first.Created, first.Updated, first.Maker = kept.Created, kept.Created, asker
	require.Equal(t, first, kept)
	_, err = s.SaveRecipe(ctx, guild, Recipe{Name: "BRAND owl", Prompt: "x"})
	require.ErrorIs(t, err, ErrExists)
	_, err = s.SaveRecipe(ctx, other, Recipe{Name: "BRAND owl", Prompt: "x"})
	require.NoError(t, err, "another server has its own")

	second, err := s.EditRecipe(ctx, by(""), "brand owl", 1, Recipe{Name: "ignored", Prompt: "owl 2", By: colleague})
	require.NoError(t, err)
	require.Equal(t, Recipe{
		Scope: guild, Name: "Brand Owl", Revision: 2, Prompt: "owl 2", Standard: true, Maker: asker, By: colleague, Created: kept.Created, Updated: second.Updated,
	}, second)
	_, err = s.EditRecipe(ctx, by(""), "brand owl", 1, Recipe{Prompt: "owl 2 too"})
	require.ErrorIs(t, err, ErrConflict)
	_, err = s.EditRecipe(ctx, by(""), "brand owl", 2, Recipe{Prompt: " owl 2 ", Tags: []string{}, By: asker})
	require.ErrorIs(t, err, ErrUnchanged)
	_, err = s.EditRecipe(ctx, by(""), "brand owl", 3, Recipe{Prompt: "from the future"})
	require.ErrorIs(t, err, ErrConflict)
	_, err = s.EditRecipe(ctx, by(""), "no such", 1, Recipe{Prompt: "x"})
	require.ErrorIs(t, err, ErrNotFound)
	for revision, want := range map[int]Recipe{0: second, 1: first, 2: second} {
		got, err := s.Recipe(ctx, by(""), "BRAND OWL", revision)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	for _, missing := range []struct {
		scope, name string
		revision    int
	}{{guild, "Brand Owl", 3}, {guild, "Brand Owl", -1}, {guild, "x", 0}, {guild, "", 0}, {"x", "Brand Owl", 0}} {
		_, err := s.Recipe(ctx, View{Scope: missing.scope}, missing.name, missing.revision)
		require.ErrorIs(t, err, ErrNotFound, "%+v", missing)
	}
	log, err := s.RecipeLog(ctx, by(""), "brand owl", 0)
	require.NoError(t, err)
	require.Equal(t, []Recipe{second, first}, log)

	require.NoError(t, s.UseRecipe(ctx, guild, "brand owl"))
	require.NoError(t, s.SetRecipeStandard(ctx, guild, "brand owl", false))
	require.NoError(t, s.RenameRecipe(ctx, guild, "brand owl", "BRAND OWL"), "its own name in another case is free")
	require.NoError(t, s.RenameRecipe(ctx, guild, "brand owl", "Uhu"))
	got, err := s.Recipe(ctx, by(""), "uhu", 0)
	require.NoError(t, err)
	require.Equal(t, "Uhu", got.Name)
	require.Equal(t, 1, got.Uses)
	require.False(t, got.Standard)
	_, err = s.SaveRecipe(ctx, guild, Recipe{Name: "second", Prompt: "x"})
	require.NoError(t, err)
	require.ErrorIs(t, s.RenameRecipe(ctx, guild, "second", "UHU"), ErrExists)
	require.NoError(t, s.DeleteRecipe(ctx, guild, "uhu"))
	var left int
	require.NoError(t, s.read.QueryRow(`SELECT count(*) FROM recipe_revision`).Scan(&left))
	require.Equal(t, 2, left)
	for name, err := range map[string]error{
		"delete": s.DeleteRecipe(ctx, guild, "uhu"), "rename": s.RenameRecipe(ctx, guild, "uhu", "xx"),
		"standard": s.SetRecipeStandard(ctx, guild, "uhu", true), "use": s.UseRecipe(ctx, guild, "uhu"),
	} {
		require.ErrorIs(t, err, ErrNotFound, name)
	}
	_, err = s.Recipe(ctx, View{Scope: other}, "brand owl", 0)
	require.NoError(t, err)
}

func TestWhatARecipeMayHold(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	ctx := t.Context()
	keepCard(t, s, cardOf("j", asker))
	keepCard(t, s, private(cardOf("k", asker)))
	elsewhere := cardOf("l", asker)
	elsewhere.Scope = other
	keepCard(t, s, elsewhere)
	good := Recipe{Name: "owl", Prompt: "owl"}
	for name, c := range map[string]struct {
		change func(r *Recipe)
		says   string
	}{
		"a short name":     {func(r *Recipe) { r.Name = "x" }, "2 to 60 characters, this one has 1"},
		"a long name":      {func(r *Recipe) { r.Name = strings.Repeat("猫", 61) }, "this one has 61"},
		"a blank name":     {func(r *Recipe) { r.Name = "\n \t" }, "this one has 0"},
		"no prompt":        {func(r *Recipe) { r.Prompt = " " }, "needs a prompt"},
		"a long prompt":    {func(r *Recipe) { r.Prompt = strings.Repeat("x", MaxRecipePrompt+1) }, "at most 6000"},
		"a bad tag":        {func(r *Recipe) { r.Tags = []string{"a,b"} }, "letters, digits"},
		"a long note":      {func(r *Recipe) { r.Note = strings.Repeat("x", MaxNote+1) }, "leave 1 out"},
		"very many cards":  {func(r *Recipe) { r.Cards = make([]int64, MaxRecipeCards+1) }, "25 cards at most"},
		"a private card":   {func(r *Recipe) { r.Cards = []int64{1, 2} }, "card 2"},
		"another's card":   {func(r *Recipe) { r.Cards = []int64{3} }, "card 3"},
		"no scope at all ": {func(r *Recipe) { r.Scope = "-" }, "names no scope"},
	} {
		r, scope := good, guild
		if c.change(&r); r.Scope == "-" {
			scope = ""
		}
		_, err := s.SaveRecipe(ctx, scope, r)
		require.ErrorContains(t, err, c.says, name)
		_, err = s.Recipe(ctx, by(""), "owl", 0)
		require.ErrorIs(t, err, ErrNotFound, "%s: nothing of it stays", name)
	}
	r, err := s.SaveRecipe(ctx, guild, Recipe{Name: "owl", Prompt: "owl", Cards: []int64{1}})
	require.NoError(t, err)
	require.Equal(t, []int64{1}, r.Cards)
	_, err = s.SetPrivate(ctx, by(asker), 1, true)
	require.NoError(t, err)
	r, err = s.Recipe(ctx, by(""), "owl", 0)
	require.NoError(t, err)
	require.Empty(t, r.Cards, "a private card leaves")
	require.ErrorIs(t, s.RenameRecipe(ctx, guild, "none", "other"), ErrNotFound)
	var input *InputError
	require.ErrorAs(t, s.RenameRecipe(ctx, guild, "owl", "x"), &input)
}

func TestEditingAtTheSameTimeLosesNothing(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	_, err := s.SaveRecipe(t.Context(), guild, Recipe{Name: "owl", Prompt: "0"})
	require.NoError(t, err)
	var wg sync.WaitGroup
	var mu sync.Mutex
	won := 0
	for i := range 8 {
		wg.Go(func() {
			_, err := s.EditRecipe(t.Context(), by(""), "owl", 1, Recipe{Prompt: fmt.Sprint(i)})
			mu.Lock()
			defer mu.Unlock()
			if err == nil {
				won++
			}
		})
	}
	wg.Wait()
	require.Equal(t, 1, won)
}

func TestListsOfRecipes(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	ctx := t.Context()
	for i, r := range []Recipe{
		{Name: "alpha", Prompt: "an owl in the café", Tags: []string{"brand"}, By: asker},
		{Name: "beta", Prompt: "雨の中の猫", By: asker},
		{Name: "gamma", Prompt: "a fox", Note: "for the Brand book", By: colleague},
		{Name: "delta", Prompt: "another owl", Standard: true, By: colleague},
		{Name: "epsilon", Prompt: "x", Standard: true, By: asker},
	} {
		_, err := s.SaveRecipe(ctx, guild, r)
		require.NoError(t, err)
		for range []int{0, 2, 1, 0, 3}[i] {
			require.NoError(t, s.UseRecipe(ctx, guild, r.Name))
		}
	}
	names := func(f RecipeFilter, after string, limit int) string {
		list, err := s.Recipes(ctx, by(""), f, after, limit)
		require.NoError(t, err)
		var names []string
		for _, r := range list {
			names = append(names, r.Name)
		}
		return strings.Join(names, " ")
	}
	require.Equal(t, "epsilon delta beta gamma alpha", names(RecipeFilter{}, "", 0))
	require.Equal(t, "epsilon delta", names(RecipeFilter{}, "", 2))
	require.Equal(t, "beta gamma", names(RecipeFilter{}, "DELTA", 2))
	require.Equal(t, "", names(RecipeFilter{}, "alpha", 2))
	require.Equal(t, "epsilon", names(RecipeFilter{}, "gone", 1))
	require.Equal(t, "alpha", names(RecipeFilter{Tag: "#Brand"}, "", 0))
	require.Equal(t, "delta gamma", names(RecipeFilter{By: colleague}, "", 0))
	require.Equal(t, "delta alpha", names(RecipeFilter{Text: "OWL"}, "", 0))
	require.Equal(t, "alpha", names(RecipeFilter{Text: "cafe brand"}, "", 0))
	require.Equal(t, "gamma", names(RecipeFilter{Text: "brand book"}, "", 0))
	require.Equal(t, "beta", names(RecipeFilter{Text: "中の"}, "", 0))
	require.Equal(t, "alpha", names(RecipeFilter{Text: "owl", By: asker}, "", 0))
	require.Equal(t, "", names(RecipeFilter{Text: "%"}, "", 0))
	_, err := s.EditRecipe(ctx, by(""), "alpha", 1, Recipe{Prompt: "a hare", By: colleague})
	require.NoError(t, err)
	require.Equal(t, "delta", names(RecipeFilter{Text: "owl"}, "", 0), "the newest revision counts")
	list, err := s.Recipes(ctx, View{Scope: other}, RecipeFilter{}, "", 0)
	require.NoError(t, err)
	require.Empty(t, list)
	var input *InputError
	_, err = s.Recipes(ctx, by(""), RecipeFilter{Tag: "a/b"}, "", 0)
	require.ErrorAs(t, err, &input)
}
