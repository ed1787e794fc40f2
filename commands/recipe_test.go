package commands

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/db"
	"seedbank/discordtest"
)

const owlPrompt = "owl in the rain, 35 mm film --ar 3:2 --v 7 --fast"

// recipe saves a recipe of a new public card by the asker's command.
func (w *world) recipe(name, words string) db.Card {
	w.t.Helper()
	card := w.card(fnvOf(name), words)
	m := w.answer(w.asker.Slash(w.channel, "recipe save", discordtest.Options{"card": fmt.Sprint(card.Number), "name": name}))
	require.Contains(w.t, m.Text(), "Saved.")
	return card
}

func TestARecipeIsSavedAndUsed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	card := w.card(3718204551, owlPrompt)
	m := w.answer(w.asker.Slash(w.channel, "recipe save", discordtest.Options{
		"card": "#" + fmt.Sprint(card.Number), "name": "  Brand   owl ", "tags": "Rain, #film, rain",
	}))
	require.True(t, m.Ephemeral())
	require.Contains(t, m.Text(), "## Brand owl")
	require.Contains(t, m.Text(), "seed `3718204551`")
	require.Contains(t, m.Text(), "proven by #1")
	require.Contains(t, m.Text(), "**Tags:** film, rain")

	for name, who := range map[string]*discordtest.Member{"its maker": w.asker, "anybody": w.colleague} {
		used := w.answer(who.Slash(w.channel, "recipe use", discordtest.Options{"name": "brand OWL"}))
		require.True(t, used.Ephemeral(), name)
		require.Equal(t, "owl in the rain, 35 mm film --ar 3:2 --v 7 --seed 3718204551", used.Content, name)
	}
	require.Contains(t, w.answer(w.colleague.Slash(w.channel, "recipe show", discordtest.Options{"name": "Brand owl"})).Text(), "used 2×")

	choices, err := w.colleague.Complete(w.channel, "recipe use", "name", "bra", nil).Choices(w.soon())
	require.NoError(t, err)
	require.Equal(t, []discordtest.Choice{{Name: "Brand owl · r1 · used 2×", Value: "Brand owl"}}, choices)
	pasted := w.answer(w.colleague.Slash(w.channel, "recipe use", discordtest.Options{"name": choices[0].Name}))
	require.Contains(t, pasted.Content, "--seed 3718204551", "what autocomplete shows can be pasted as a whole")
}

func TestARecipeIsSavedByTheFormOfACard(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	card := w.card(7, owlPrompt)
	press := w.pressOn(card, w.colleague, labelSaveRecipe)
	form, err := press.Modal(w.soon())
	require.NoError(t, err)
	field, there := form.Field(fieldPrompt)
	require.True(t, there)
	require.Equal(t, "owl in the rain, 35 mm film --ar 3:2 --v 7", field.Value)

	m := w.answer(press.Submit(map[string]any{
		fieldName: "any owl", fieldPrompt: "{animal} in the {weather}, {animal} eyes --v 7", fieldNote: "soft *light*", fieldTags: "x",
	}))
	require.Contains(t, m.Text(), "**Blanks:** animal, weather")
	require.Contains(t, m.Text(), `**Why it works:** soft \*light\*`)
	require.Contains(t, m.Text(), "seed `7`", "the seed is the card's")

	press = w.pressOn(card, w.colleague, labelSaveRecipe)
	_, err = press.Modal(w.soon())
	require.NoError(t, err)
	again := w.answer(press.Submit(map[string]any{fieldName: "ANY owl"}))
	require.Equal(t, textRecipeExists("ANY owl"), again.Text())
}

// pressOn shows a card in the channel and lets a member press one of its buttons.
func (w *world) pressOn(card db.Card, who *discordtest.Member, label string) *discordtest.Interaction {
	w.t.Helper()
	m := cardMessage(card, false, nil)
	posted, err := w.bot.PostMessage(w.soon(), w.channel.ID, m, "")
	require.NoError(w.t, err)
	shown := w.discord.Message(w.channel.ID, posted.ID)
	require.NotNil(w.t, shown)
	return who.Press(shown, label)
}

func TestARecipeIsEditedInRevisions(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.recipe("owl", owlPrompt)
	w.colleague.SetRoles(w.guild.AddRole("mods", discordtest.ManageMessages))
	first := w.colleague.Slash(w.channel, "recipe edit", discordtest.Options{"name": "owl"})
	_, err := first.Modal(w.soon())
	require.NoError(t, err)
	second := w.asker.Slash(w.channel, "recipe edit", discordtest.Options{"name": "owl"})
	_, err = second.Modal(w.soon())
	require.NoError(t, err)

	m := w.answer(first.Submit(map[string]any{fieldPrompt: "owl in the snow --v 7", fieldSeed: "0"}))
	require.Contains(t, m.Text(), "Saved as revision 2.")
	require.Contains(t, m.Text(), "seed `0`")

	told := w.answer(second.Submit(map[string]any{fieldPrompt: "owl in the fog --v 7", fieldSeed: ""}))
	require.Contains(t, told.Text(), "was changed meanwhile, so your change was not saved")
	require.Len(t, told.Attachments, 1, "the words are not lost")
	content, err := os.ReadFile(told.Attachments[0].Path)
	require.NoError(t, err)
	require.Equal(t, "owl in the fog --v 7", string(content))

	log := w.answer(w.colleague.Slash(w.channel, "recipe log", discordtest.Options{"name": "owl"})).Text()
	require.Contains(t, log, "**r2** · by <@"+w.colleague.ID+">")
	require.Contains(t, log, "**r1** · by <@"+w.asker.ID+">")
	require.Contains(t, log, "changed: words, aspect, seed")
	require.Contains(t, log, "**r1**")
	old := w.answer(w.colleague.Slash(w.channel, "recipe show", discordtest.Options{"name": "owl", "revision": 1})).Text()
	require.Contains(t, old, "35 mm film")
	require.Equal(t, textNoRevision("owl", 3), w.answer(w.colleague.Slash(w.channel, "recipe show", discordtest.Options{"name": "owl", "revision": 3})).Text())
}

func TestMoreCardsCanProveARecipe(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.recipe("owl", owlPrompt)
	proof := w.keep(db.Card{Scope: w.guild.ID, Seed: fnvOf("owl"), Job: jobNumber(2), Prompt: owlPrompt, Asker: w.colleague.ID})
	m := w.answer(w.asker.Slash(w.channel, "recipe edit", discordtest.Options{"name": "owl", "card": fmt.Sprint(proof.Number)}))
	require.Contains(t, m.Text(), "proven by #1, #2")
	again := w.answer(w.asker.Slash(w.channel, "recipe edit", discordtest.Options{"name": "owl", "card": fmt.Sprint(proof.Number)}))
	require.Equal(t, textProvedAlready("owl", 2), again.Text())
}

func TestWhoMayChangeARecipe(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	moderator := w.guild.AddMember("A moderator", discordtest.WithRoles(w.guild.AddRole("mods", discordtest.ManageMessages)))
	w.recipe("owl", owlPrompt)
	curators := textKeepsStandards(nil)

	proof := fmt.Sprint(w.card(8, "owl --v 7").Number)
	shown := w.answer(w.colleague.Slash(w.channel, "recipe show", discordtest.Options{"name": "owl"}))
	for name, i := range map[string]*discordtest.Interaction{
		"edit":             w.colleague.Slash(w.channel, "recipe edit", discordtest.Options{"name": "owl"}),
		"edit by a button": w.colleague.Press(shown, labelEditRecipe),
		"prove":            w.colleague.Slash(w.channel, "recipe edit", discordtest.Options{"name": "owl", "card": proof}),
		"rename":           w.colleague.Slash(w.channel, "recipe rename", discordtest.Options{"name": "owl", "to": "owls"}),
		"delete":           w.colleague.Slash(w.channel, "recipe delete", discordtest.Options{"name": "owl"}),
	} {
		require.Equal(t, textNotYourRecipe(w.asker.ID, nil), w.answer(i).Text(), "another's recipe is nobody's to %s", name)
	}
	require.Equal(t, curators, w.answer(w.asker.Slash(w.channel, "recipe standard", discordtest.Options{"name": "owl", "mark": "on"})).Text())
	require.Contains(t, w.answer(w.asker.Slash(w.channel, "recipe rename", discordtest.Options{"name": "owl", "to": "Owls"})).Text(), "is called Owls now")

	marked := w.answer(moderator.Slash(w.channel, "recipe standard", discordtest.Options{"name": "owls", "mark": "on"}))
	require.Contains(t, marked.Text(), "## ★ Owls")
	for name, i := range map[string]*discordtest.Interaction{
		"edit":   w.asker.Slash(w.channel, "recipe edit", discordtest.Options{"name": "owls"}),
		"rename": w.asker.Slash(w.channel, "recipe rename", discordtest.Options{"name": "owls", "to": "mine"}),
		"delete": w.asker.Slash(w.channel, "recipe delete", discordtest.Options{"name": "owls"}),
	} {
		require.Equal(t, textChangesStandard(db.Recipe{Name: "Owls"}, nil), w.answer(i).Text(), "a standard is not its maker's to %s", name)
	}

	question := w.answer(moderator.Slash(w.channel, "recipe delete", discordtest.Options{"name": "★ Owls · r1 · not used yet"}))
	require.Contains(t, question.Text(), "**Delete Owls with its 1 revision?**")
	gone := moderator.Press(question, labelDeleteRecipe)
	require.Contains(t, w.answer(gone).Text(), "**Owls was deleted.**")
	require.Equal(t, textNoRecipe("Owls"), w.answer(w.asker.Slash(w.channel, "recipe use", discordtest.Options{"name": "Owls"})).Text())

	entries, err := w.history.AuditLog(t.Context(), w.guild.ID, "", time.Time{}, 0, 10)
	require.NoError(t, err)
	var actions []string
	for _, e := range entries {
		actions = append(actions, e.Action)
	}
	require.Equal(t, []string{auditRecipeDeleted, auditRecipeMarked, auditRecipeRenamed, auditRecipeSaved}, actions)
}

func TestOnesOwnRecipeTakesTheRightToSave(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.recipe("owl", owlPrompt)
	saver, curator := w.guild.AddRole("savers", 0), w.guild.AddRole("curators", 0)
	w.rule(db.Settings{Roles: map[string][]string{"save": {saver.ID}, "curate": {curator.ID}}})
	edit := func(who *discordtest.Member) *discordtest.Interaction {
		return who.Slash(w.channel, "recipe edit", discordtest.Options{"name": "owl"})
	}
	require.Equal(t, textMayNot(rightSave, []string{saver.ID}), w.answer(edit(w.asker)).Text())
	w.colleague.SetRoles(saver)
	require.Equal(t, textNotYourRecipe(w.asker.ID, []string{curator.ID}), w.answer(edit(w.colleague)).Text())
	for _, who := range []*discordtest.Member{w.asker, w.colleague} {
		w.asker.SetRoles(saver)
		w.colleague.SetRoles(curator)
		_, err := edit(who).Modal(w.soon())
		require.NoError(t, err)
	}
	t.Run("also when the form was opened before", func(t *testing.T) {
		form := edit(w.colleague)
		_, err := form.Modal(w.soon())
		require.NoError(t, err)
		w.colleague.SetRoles(saver)
		require.Equal(t, textNotYourRecipe(w.asker.ID, []string{curator.ID}), w.answer(form.Submit(map[string]any{fieldPrompt: "a cat"})).Text())
	})
	t.Run("whoever wrote the newest revision", func(t *testing.T) {
		w.colleague.SetRoles(curator)
		form := edit(w.colleague)
		_, err := form.Modal(w.soon())
		require.NoError(t, err)
		require.Contains(t, w.answer(form.Submit(map[string]any{fieldPrompt: "a cat"})).Text(), "Saved as revision 2.")
		_, err = edit(w.asker).Modal(w.soon())
		require.NoError(t, err)
	})
}

func TestAnEditThatChangesNothingMakesNoRevision(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	card := w.card(7, owlPrompt)
	w.answer(w.asker.Slash(w.channel, "recipe save", discordtest.Options{"card": fmt.Sprint(card.Number), "name": "owl", "tags": "rain, film"}))
	edit := func(fields map[string]any) string {
		t.Helper()
		form := w.asker.Slash(w.channel, "recipe edit", discordtest.Options{"name": "owl"})
		_, err := form.Modal(w.soon())
		require.NoError(t, err)
		return w.answer(form.Submit(fields)).Text()
	}
	for name, fields := range map[string]map[string]any{
		"the form as it was":     nil,
		"tags in another order":  {fieldTags: "#Film, rain, film"},
		"a speed and the seed":   {fieldPrompt: "owl in the rain, 35 mm film --ar 3:2 --v 7 --relax --seed 7"},
		"white space and a note": {fieldNote: "  \n"},
	} {
		told := edit(fields)
		require.Contains(t, told, textRecipeUnchanged, name)
		require.Contains(t, told, "r1 ·", name)
	}
	require.Contains(t, edit(map[string]any{fieldNote: "soft light"}), "Saved as revision 2.")
	entries, err := w.history.AuditLog(t.Context(), w.guild.ID, "", time.Time{}, 0, 10)
	require.NoError(t, err)
	require.Len(t, entries, 2, "what changed nothing is not in the log")
}

func TestRecipesRefuse(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	card := w.card(1, owlPrompt)
	secret := w.keep(db.Card{Scope: w.guild.ID, Seed: 2, Job: jobNumber(2), Prompt: "x", Asker: w.asker.ID, Private: true})
	theirs := w.keep(db.Card{Scope: w.guild.ID, Seed: 3, Job: jobNumber(3), Prompt: "x", Asker: w.colleague.ID, Private: true})
	bare := w.card(4, "")
	many := w.card(5, "{a} {b} {c} {d} {e} {f}")
	for name, test := range map[string]struct {
		card int64
		name string
		says string
	}{
		"a name of signs":            {card.Number, "**!!**", textRecipeName},
		"a name with a colon":        {card.Number, "a:b", textRecipeName},
		"a name that turns the text": {card.Number, "a\u202eb c", ""},
		"one's own private card":     {secret.Number, "mine", textRecipePrivate(secret.Number)},
		"another's private card":     {theirs.Number, "theirs", textNoCard(theirs.Number)},
		"no such card":               {999, "none", textNoCard(999)},
		"a card without a prompt":    {bare.Number, "bare", textRecipeEmpty},
		"six blanks":                 {many.Number, "many", textManyBlanks},
	} {
		got := w.answer(w.asker.Slash(w.channel, "recipe save", discordtest.Options{"card": fmt.Sprint(test.card), "name": test.name})).Text()
		if test.says == "" {
			require.Contains(t, got, "## ab c", name)
			continue
		}
		require.Equal(t, test.says, got, name)
	}
	require.Equal(t, textNoRecipe("nothing"), w.answer(w.asker.Slash(w.channel, "recipe log", discordtest.Options{"name": "nothing"})).Text())
}

func TestARecipesCardIsMeantAsEverywhere(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.card(1, "a brown owl --v 7")
	w.card(2, "a red car --v 7")
	save := func(card, name string) string {
		t.Helper()
		return w.answer(w.asker.Slash(w.channel, "recipe save", discordtest.Options{"card": card, "name": name})).Text()
	}
	require.Contains(t, save("owl", "bird"), "proven by #1")
	require.Contains(t, save("last", "vehicle"), "proven by #2")
	require.Equal(t, textNoCardSo, save("zebra", "none"))
	require.Contains(t, save("a", "which"), "#1", "among several nothing is guessed")
	m := w.answer(w.asker.Slash(w.channel, "recipe edit", discordtest.Options{"name": "bird", "card": "car"}))
	require.Contains(t, m.Text(), "#2 has other words")
	shown := w.answer(w.asker.Slash(w.channel, "recipe show", discordtest.Options{"name": "bird"}))
	require.Contains(t, fmt.Sprint(shown.Components), "#1 · a brown owl", "the choice of a card says which it is")
}

func TestRecipesAreListed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	require.Equal(t, textNoRecipes(false), w.answer(w.asker.Slash(w.channel, "recipe list", nil)).Text())
	for n := range 12 {
		w.recipe(fmt.Sprintf("owl %02d", n), "owl *"+strings.Repeat("long ", 100))
	}
	m := w.answer(w.colleague.Slash(w.channel, "recipe list", nil))
	require.Equal(t, 10, strings.Count(m.Text(), "· r1 ·"))
	require.Contains(t, m.Text(), `owl \*long`)
	turned := w.colleague.Press(m, labelOn)
	require.Equal(t, 2, strings.Count(w.answer(turned).Text(), "· r1 ·"))
	back := w.colleague.Press(turned.Message(), labelBack)
	require.Equal(t, 10, strings.Count(w.answer(back).Text(), "· r1 ·"))
	shown := w.answer(w.colleague.Choose(back.Message(), "v1:recipe-show", "owl 03"))
	require.Contains(t, shown.Text(), "## owl 03")
	require.Equal(t, textNoRecipes(true), w.answer(w.colleague.Slash(w.channel, "recipe list", discordtest.Options{"by": w.colleague.User})).Text())
	require.Equal(t, textNoRecipes(true), w.answer(w.colleague.Slash(w.channel, "recipe list", discordtest.Options{"tag": "ghost"})).Text())
}

func TestRecipesOfTwoServersNeverMeet(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.recipe("owl", owlPrompt)
	other := w.discord.AddGuild("Other")
	there := other.AddChannel("art")
	outsider := other.Join(w.asker.User)
	for name, i := range map[string]*discordtest.Interaction{
		"use":    outsider.Slash(there, "recipe use", discordtest.Options{"name": "owl"}),
		"show":   outsider.Slash(there, "recipe show", discordtest.Options{"name": "owl"}),
		"edit":   outsider.Slash(there, "recipe edit", discordtest.Options{"name": "owl"}),
		"log":    outsider.Slash(there, "recipe log", discordtest.Options{"name": "owl"}),
		"delete": outsider.Slash(there, "recipe delete", discordtest.Options{"name": "owl"}),
		"rename": outsider.Slash(there, "recipe rename", discordtest.Options{"name": "owl", "to": "mine"}),
	} {
		require.Equal(t, textNoRecipe("owl"), w.answer(i).Text(), name)
	}
	require.Equal(t, textNoRecipes(false), w.answer(outsider.Slash(there, "recipe list", nil)).Text())
	choices, err := outsider.Complete(there, "recipe use", "name", "o", nil).Choices(w.soon())
	require.NoError(t, err)
	require.Empty(t, choices)
	require.Equal(t, textNoCard(1), w.answer(outsider.Slash(there, "recipe save", discordtest.Options{"card": "1", "name": "taken"})).Text())
}

func TestRecipesInADirectMessage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	dm := w.asker.DM()
	w.keep(db.Card{Scope: "dm:" + dm.ID, Seed: 5, Prompt: owlPrompt, Job: jobNumber(5), Asker: w.asker.ID})
	require.Contains(t, w.answer(w.asker.Slash(dm, "recipe save", discordtest.Options{"card": "1", "name": "mine"})).Text(), "Saved.")
	require.Contains(t, w.answer(w.asker.Slash(dm, "recipe use", discordtest.Options{"name": "mine"})).Content, "--seed 5")
	w.keep(db.Card{Scope: "dm:" + dm.ID, Seed: 6, Prompt: owlPrompt, Job: jobNumber(6), Asker: w.asker.ID, Private: true})
	require.Contains(t, w.answer(w.asker.Slash(dm, "recipe save", discordtest.Options{"card": "2", "name": "secret"})).Text(), "seed `6`")
}

func TestRecipeMessagesAreWithinDiscordsLimits(t *testing.T) {
	t.Parallel()
	seed := ^uint32(0)
	long := strings.Repeat("*", 3000)
	r := db.Recipe{
		Name: strings.Repeat("名", maxRecipeName), Revision: maxRevision, Prompt: long + " {a} {b}" + strings.Repeat(" --no "+long, 2), Seed: &seed,
		Tags: []string{strings.Repeat("t", 32), strings.Repeat("_", 32)}, Note: strings.Repeat("`", maxRecipeNote), Standard: true, By: "1", Uses: 1 << 30,
	}
	for n := range db.MaxRecipeCards {
		r.Cards = append(r.Cards, int64(1<<50+n))
	}
	requireSendable(t, recipeMessage(r, textRecipeMarked(true)))
	require.LessOrEqual(t, units(textNoRecipe(long)), maxContent)
	require.LessOrEqual(t, units(suggestRecipe(r)), maxSuggestionName)
}
