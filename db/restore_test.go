package db

import (
	"bufio"
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// lifted is all that everyone of the server sees, as a load that brings it back.
func lifted(t *testing.T, s *Store, v View) Load {
	t.Helper()
	ctx := t.Context()
	l := Load{Own: true}
	for c, err := range s.Export(ctx, v, Query{}) {
		require.NoError(t, err)
		w := Whole{Card: c}
		w.StarredBy, err = s.StarredBy(ctx, v, c.Number)
		require.NoError(t, err)
		w.Places, err = s.Places(ctx, v, c.Number, maxPage)
		require.NoError(t, err)
		if c.Sheet {
			w.JPEG, err = s.Sheet(ctx, v, c.Number)
			require.NoError(t, err)
		}
		l.Cards = append(l.Cards, w)
	}
	names, err := s.RecipeNames(ctx, v.Scope)
	require.NoError(t, err)
	for _, name := range names {
		r, err := s.RecipeRevisions(ctx, v.Scope, name)
		require.NoError(t, err)
		l.Recipes = append(l.Recipes, r)
	}
	l.Last, err = s.LastNumber(ctx, v.Scope)
	require.NoError(t, err)
	return l
}

// livedIn is a history with all that a team makes of it, and with cards that are gone or somebody's own.
func livedIn(t *testing.T) *Store {
	s := fullHistory(t)
	ctx := t.Context()
	again := cardOf("ordered again", colleague)
	again.Seed, again.Parent = 2, 2 // the same seed and prompt as card 3, made from a private one
	keepCard(t, s, again)
	for range 2 {
		keepCard(t, s, Card{Scope: guild, Source: Pasted, Seed: 1, Prompt: "the same twice", Asker: asker, Asked: at(3)})
	}
	for _, member := range []string{asker, colleague, "100000000000000003"} {
		_, err := s.Star(ctx, by(member), 5, true)
		require.NoError(t, err)
	}
	require.NoError(t, s.AddMessage(ctx, by(asker), 3, "elsewhere", "m4"))
	last := keepCard(t, s, cardOf("deleted", asker))
	require.NoError(t, s.Delete(ctx, by(asker), last.Number, asker))

	seed := uint32(7)
	_, err := s.SaveRecipe(ctx, guild, Recipe{Name: "Brand Owl", Prompt: "owl {subject}", Seed: &seed, Cards: []int64{3, 5}, Tags: []string{"brand"}, Standard: true, By: asker})
	require.NoError(t, err)
	_, err = s.EditRecipe(ctx, by(""), "brand owl", 1, Recipe{Prompt: "owl {subject} 猫", Note: "better", Cards: []int64{3}, By: colleague})
	require.NoError(t, err)
	require.NoError(t, s.UseRecipe(ctx, guild, "brand owl"))
	_, err = s.SaveRecipe(ctx, guild, Recipe{Name: "alpha", Prompt: "fox", By: asker})
	require.NoError(t, err)
	return s
}

func TestALostHistoryComesBackWhole(t *testing.T) {
	t.Parallel()
	s := livedIn(t)
	ctx := t.Context()
	everyone := View{Scope: guild}
	want := lifted(t, s, everyone)
	fresh := newStore(t)
	result, err := fresh.Import(ctx, everyone, want)
	require.NoError(t, err)
	require.Equal(t, ImportResult{Counted: Counted{Added: len(want.Cards)}, Recipes: Counted{Added: 2}}, result)
	require.Equal(t, want, lifted(t, fresh, everyone), "numbers, stars, places, sheets, parents, recipes and all")
	found, err := fresh.CardOfMessage(ctx, everyone, "elsewhere", "m4")
	require.NoError(t, err)
	require.EqualValues(t, 3, found.Number, "a message still leads to its card")
	require.Equal(t, numbers(exportedOf(t, s, Query{Filter: Filter{Starred: true}})), numbers(exportedOf(t, fresh, Query{Filter: Filter{Starred: true}})))
	is := derived(t, fresh)
	require.NoError(t, fresh.change(ctx, func(tx *sql.Tx) error { return rebuild(ctx, tx) }))
	require.Equal(t, derived(t, fresh), is, "what cards are found by is as whole as they are")

	again, err := fresh.Import(ctx, everyone, want)
	require.NoError(t, err)
	require.Equal(t, ImportResult{Counted: Counted{Known: len(want.Cards)}, Recipes: Counted{Known: 2}}, again)
	require.Equal(t, want, lifted(t, fresh, everyone), "twice is once")

	own := Load{Cards: nil}
	for _, c := range lifted(t, s, by(asker)).Cards {
		if c.Private {
			own.Cards = append(own.Cards, c)
		}
	}
	_, err = fresh.Import(ctx, by(asker), own)
	require.NoError(t, err)
	require.Len(t, exported(t, fresh, by(asker), ""), len(exported(t, s, by(asker), "")), "each brings what is theirs alone")
	require.Equal(t, want.Last+int64(len(own.Cards))+1, keepCard(t, fresh, cardOf("new", asker)).Number, "no number means two things")
}

func TestAHistoryComesBackAlthoughSomebodyWasFaster(t *testing.T) {
	t.Parallel()
	want := lifted(t, livedIn(t), View{Scope: guild})
	s := newStore(t)
	ctx := t.Context()
	keepCard(t, s, cardOf("j0", asker)) // the card that was deleted there, asked for again
	keepCard(t, s, cardOf("new", asker))
	result, err := s.Import(ctx, View{Scope: guild}, want)
	require.NoError(t, err)
	require.Equal(t, Counted{Added: len(want.Cards)}, result.Counted)
	got := lifted(t, s, View{Scope: guild})
	require.Len(t, got.Cards, len(want.Cards)+2)
	for i, c := range want.Cards {
		if c.Parent <= 2 { // it is another card here
			c.Parent = 0
		}
		require.Equal(t, c, got.Cards[i+2], "a number that is free is kept, with all that it leads to")
	}

	elsewhere := newStore(t)
	want.Own = false
	_, err = elsewhere.Import(ctx, View{Scope: other}, want)
	require.NoError(t, err)
	_, err = elsewhere.CardOfMessage(ctx, View{Scope: other}, "elsewhere", "m4")
	require.ErrorIs(t, err, ErrNotFound, "what stands on one server is not on another")
	for _, c := range lifted(t, elsewhere, View{Scope: other}).Cards {
		require.Equal(t, nowhere(c), c)
	}
}

func TestAPrivateCardIsNotTheOneThatOthersSee(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	keepCard(t, s, Card{Scope: guild, Source: Pasted, Seed: 1, Prompt: "owl", Asker: colleague})
	own := Card{Seed: 1, Prompt: "owl", Asker: asker, Private: true, Note: "mine alone"}
	for _, want := range []Counted{{Added: 1}, {Known: 1}} {
		result, err := s.Import(t.Context(), by(asker), loadOf(own))
		require.NoError(t, err)
		require.Equal(t, want, result.Counted)
	}
	require.Equal(t, "mine alone", exported(t, s, by(asker), "")[1].Note)
}

func TestRecipesThatAreBrought(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	ctx := t.Context()
	_, err := s.SaveRecipe(ctx, guild, Recipe{Name: "owl", Prompt: "owl", By: asker})
	require.NoError(t, err)
	keepCard(t, s, cardOf("j1", asker))
	result, err := s.Import(ctx, by(asker), Load{
		Cards: []Whole{{Card: Card{Number: 50, Source: Midjourney, Job: "j1"}}, {Card: Card{Number: 51, Seed: 1, Prompt: "x", Private: true, Asker: asker}}},
		Recipes: [][]Recipe{
			{{Name: "OWL", Prompt: "owl"}},
			{{Name: "Owl", Prompt: "another"}},
			{{Name: "x", Prompt: "short"}},
			{{Name: "broken", Prompt: "1"}, {Prompt: " "}},
			{},
			{{Name: "proven", Prompt: "1", Cards: []int64{50, 51, 52, 1}, Updated: time.Now().Add(time.Hour)}},
			{{Name: "PROVEN", Prompt: "2"}},
		},
	})
	require.NoError(t, err)
	require.Equal(t, Counted{Added: 1, Known: 1, Rejected: []Rejected{
		{1, "A recipe of this name with another history is here already. Rename one of the two."},
		{2, "A recipe's name has 2 to 60 characters, this one has 1."},
		{3, "Revision 2: A recipe needs a prompt."},
		{4, "It has no revision."},
		{6, "A recipe of this name with another history is here already. Rename one of the two."},
	}}, result.Recipes)
	r, err := s.Recipe(ctx, by(""), "proven", 0)
	require.NoError(t, err)
	require.Equal(t, []int64{1}, r.Cards, "by the card that became of its number, if everyone sees it")
	require.False(t, r.Updated.After(time.Now()))
	require.False(t, r.Created.IsZero())
}

// importsMany is what the process does that is killed: it tells when it begins, and when it is in the middle.
func importsMany(ctx context.Context, s *Store) error {
	var l Load
	for i := range 3000 {
		l.Cards = append(l.Cards, Whole{Card: Card{Seed: uint32(i), Prompt: fmt.Sprint("owl ", i)}})
	}
	l.Recipes = [][]Recipe{{{Name: "owl", Prompt: "owl"}}}
	fmt.Println("begins")
	_, err := s.Import(&asked{Context: ctx, times: 5000, then: func() { fmt.Println("is in the middle") }}, by(asker), l)
	fmt.Println("is done")
	return err
}

// asked is a context that does something when it has been asked a number of times whether it is done, which happens at
// each statement.
type asked struct {
	context.Context
	n     atomic.Int64
	times int64
	then  func()
}

func (a *asked) Done() <-chan struct{} {
	if a.n.Add(1) == a.times {
		a.then()
	}
	return a.Context.Done()
}

func TestAKilledImportLeavesNothing(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "s.db")
	for _, at := range []string{"begins", "is in the middle"} {
		cmd := childCommand(t, imports, path)
		out, err := cmd.StdoutPipe()
		require.NoError(t, err)
		require.NoError(t, cmd.Start())
		lines := bufio.NewScanner(out)
		for lines.Scan() && lines.Text() != at {
		}
		require.Equal(t, at, lines.Text())
		require.NoError(t, cmd.Process.Kill())
		for lines.Scan() {
			require.NotEqual(t, "is done", lines.Text(), "it was killed too late")
		}
		require.Error(t, cmd.Wait())
		s, err := Open(t.Context(), path)
		require.NoError(t, err)
		require.Empty(t, exported(t, s, by(asker), ""))
		names, err := s.RecipeNames(t.Context(), guild)
		require.NoError(t, err)
		require.Empty(t, names)
		require.NoError(t, s.Close())
	}
}
