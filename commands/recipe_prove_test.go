package commands

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"seedbank/bot"
	"seedbank/db"
	"seedbank/discordtest"
)

func TestARecipeKeepsItsMakerAndNoFalseProof(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.recipe("owl", owlPrompt)
	w.colleague.SetRoles(w.guild.AddRole("mods", discordtest.ManageMessages))
	edit := func(fields map[string]any) string {
		t.Helper()
		form := w.colleague.Slash(w.channel, "recipe edit", discordtest.Options{"name": "owl"})
		_, err := form.Modal(w.soon())
		require.NoError(t, err)
		return w.answer(form.Submit(fields)).Text()
	}
	require.Contains(t, edit(map[string]any{fieldNote: "soft"}), "proven by #1", "a note makes no other picture")
	other := edit(map[string]any{fieldPrompt: "fox in the rain --ar 3:2 --v 7"})
	require.Contains(t, other, textRecipeUnproved(3))
	require.NotContains(t, other, "proven by")
	require.Contains(t, other, "by <@"+w.asker.ID+">, changed by <@"+w.colleague.ID+">")
	first := w.answer(w.colleague.Slash(w.channel, "recipe show", discordtest.Options{"name": "owl", "revision": 1})).Text()
	require.Contains(t, first, "proven by #1", "what proved the old prompt still does")
	for _, by := range []*discordtest.Member{w.asker, w.colleague} {
		require.Contains(t, w.answer(w.asker.Slash(w.channel, "recipe list", discordtest.Options{"by": by.User})).Text(), "owl")
	}
}

func TestACardOfSomethingElseIsAskedAboutBeforeItProves(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.recipe("owl", owlPrompt)
	prove := func(card db.Card) *discordtest.Message {
		t.Helper()
		return w.answer(w.asker.Slash(w.channel, "recipe edit", discordtest.Options{"name": "owl", "card": fmt.Sprint(card.Number)}))
	}
	again := func(n int) db.Card {
		return w.keep(db.Card{Scope: w.guild.ID, Seed: fnvOf("owl"), Job: jobNumber(n), Prompt: owlPrompt, Asker: fmt.Sprint(n)})
	}
	question := prove(w.card(99, "a fox --ar 3:2 --v 7"))
	require.Contains(t, question.Text(), "**#2 has other words, seed than owl.**")
	answer := w.asker.Press(question, labelProveAnyway)
	require.Contains(t, w.answer(answer).Text(), "proven by #1, #2")
	require.Contains(t, prove(again(3)).Text(), "proven by #1, #2, #3", "one of the same is taken as it is")
	late := prove(w.card(98, "a cat --ar 3:2 --v 7"))
	require.Contains(t, prove(again(5)).Text(), "#5")
	require.Contains(t, w.answer(w.asker.Press(late, labelProveAnyway)).Text(), "was changed meanwhile")
}

func TestWhatProvesARecipeWithBlanks(t *testing.T) {
	t.Parallel()
	seed := uint32(7)
	r := db.Recipe{Prompt: "an {animal} in the {weather}, 35 mm --ar {shape} --v 7", Seed: &seed}
	for words, want := range map[string][]string{
		"an owl in the rain, 35 mm --ar 3:2 --v 7":            nil,
		"an owl in the rain, 35 mm --ar 3:2 --v 7 --fast":     nil,
		"an owl in  the\nrain, 35 mm --ar 1:1 --v 7 --seed 7": nil,
		"a fox in the rain, 35 mm --ar 3:2 --v 7":             {"words"},
		"an owl in the rain, 35 mm --ar 3:2 --v 6":            {"version"},
	} {
		require.Equal(t, want, provesOther(r, db.Card{Prompt: words, Seed: 7}), words)
	}
	require.Equal(t, []string{"seed"}, provesOther(r, db.Card{Prompt: "an owl in the rain, 35 mm --ar 3:2 --v 7", Seed: 8}))
}

func TestButtonsFollowARecipeThatIsRenamed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.recipe("bottle", "a bottle --v 7")
	shown := w.answer(w.asker.Slash(w.channel, "recipe show", discordtest.Options{"name": "bottle"}))
	question := w.answer(w.asker.Slash(w.channel, "recipe delete", discordtest.Options{"name": "bottle"}))
	r, err := w.history.Recipe(t.Context(), db.View{Scope: w.guild.ID}, "bottle", 0)
	require.NoError(t, err)
	log := w.answer(w.asker.Press(shown, labelLogRecipe))
	w.answer(w.asker.Slash(w.channel, "recipe rename", discordtest.Options{"name": "bottle", "to": "flask"}))
	require.Contains(t, w.answer(w.asker.Slash(w.channel, "recipe show", discordtest.Options{"name": "bottle"})).Text(), "## flask", "an old name leads to it")
	w.recipe("Bottle", "another bottle --v 7")

	require.Contains(t, w.answer(w.asker.Press(shown, labelUseRecipe)).Content, "a bottle --v 7 --seed")
	form := w.asker.Press(shown, labelEditRecipe)
	_, err = form.Modal(w.soon())
	require.NoError(t, err)
	require.Contains(t, w.answer(form.Submit(map[string]any{fieldNote: "soft"})).Text(), "## flask")
	require.Contains(t, w.answer(w.asker.Press(shown, labelLogRecipe)).Text(), "Revisions of flask")
	require.Contains(t, w.answer(w.asker.Choose(log, bot.ID(verbRecipeShow, recipeID(r)), "1")).Text(), "## flask")
	require.Contains(t, w.answer(w.asker.Press(question, labelDeleteRecipe)).Text(), "**flask was deleted.**")
	require.Equal(t, textRecipeGone, w.answer(w.asker.Press(shown, labelUseRecipe)).Text())
	require.Contains(t, w.answer(w.asker.Slash(w.channel, "recipe show", discordtest.Options{"name": "bottle"})).Text(), "another bottle")
}
