package commands

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/bot"
	"seedbank/db"
	"seedbank/discordtest"
)

// filledIn are the fields of a form by their custom IDs, as the member sees them.
func filledIn(form *discordtest.ModalView) map[string]string {
	shown := map[string]string{}
	for _, f := range form.Fields() {
		shown[f.CustomID] = f.Value
		if options, ok := f.Component["options"].([]any); ok {
			for _, o := range options {
				if o := o.(map[string]any); o["default"] == true {
					shown[f.CustomID] = o["value"].(string)
				}
			}
		}
		if values, ok := f.Component["default_values"].([]any); ok {
			for _, v := range values {
				shown[f.CustomID] += v.(map[string]any)["id"].(string)
			}
		}
		if f.Component["default"] == true {
			shown[f.CustomID] = "true"
		}
	}
	return shown
}

// modal is the form that an interaction was answered with.
func (w *world) modal(i *discordtest.Interaction) *discordtest.ModalView {
	w.t.Helper()
	require.NoError(w.t, i.Err())
	form, err := i.Modal(w.soon())
	require.NoError(w.t, err)
	return form
}

// mistake is a form with something in it that is refused, and what mends it.
type formMistake struct {
	who   *discordtest.Member
	open  func() *discordtest.Interaction
	typed map[string]any
	told  string
	mend  map[string]any
	done  func(m *discordtest.Message) bool // what the mended form is answered with; nil for an ask
}

// formMistakes has one for every form in which something can be wrong.
func (w *world) formMistakes() map[string]formMistake {
	manager := w.manager()
	card := w.card(7, owlPrompt)
	m := w.show(w.asker, w.channel, card)
	added := w.keep(db.Card{Scope: w.guild.ID, Seed: 5, Job: jobNumber(5), Source: db.Pasted, Prompt: "by hand --v 7", Asker: w.asker.ID, Asked: time.Now(), Created: time.Now()})
	byHand := w.show(w.asker, w.channel, added)
	w.recipe("owl", owlPrompt)
	slash := func(who *discordtest.Member, path string, o discordtest.Options) func() *discordtest.Interaction {
		return func() *discordtest.Interaction { return who.Slash(w.channel, path, o) }
	}
	setting := func(label string) func() *discordtest.Interaction {
		return func() *discordtest.Interaction {
			panel := w.answer(manager.Slash(w.channel, "seedbot settings", nil))
			return manager.Press(w.answer(manager.Press(panel, labelRules)), label)
		}
	}
	bad := "-1"
	return map[string]formMistake{
		verbAdd: {
			w.colleague, slash(w.colleague, "seeds add", nil),
			map[string]any{fieldPaste: "two\nlines --v 7", fieldAddSeed: "12a", fieldAddJob: jobNumber(9), fieldWho: whoMe},
			textAddBadSeed(textBadSeed("12a")), map[string]any{fieldAddSeed: "12"}, nil,
		},
		verbForget: {
			w.colleague, slash(w.colleague, "seeds forget-me", nil), map[string]any{fieldConfirm: "forget mi"},
			textNotConfirmed, map[string]any{fieldConfirm: wordForget}, says("no longer knows you"),
		},
		verbFilter: {
			w.asker, func() *discordtest.Interaction {
				return w.asker.Press(w.answer(w.asker.Slash(w.channel, "seeds history", nil)), labelFilter)
			},
			map[string]any{fieldWords: "owl seed:abc", fieldBy: w.asker.ID, fieldIn: w.channel.ID, fieldSince: sinceWeek, fieldStarred: true},
			"", map[string]any{fieldWords: "owl", fieldStarred: false}, says("owl"),
		},
		verbReword: {
			w.colleague, func() *discordtest.Interaction { return w.fromMore(w.colleague, m, card.Number, moreWords) },
			map[string]any{fieldPrompt: "fox\nin the fog --v 7", fieldSeed: bad, fieldChange: onlyWords},
			textNotSeed(writtenBack("fox\nin the fog --v 7")), map[string]any{fieldSeed: "5"}, func(m *discordtest.Message) bool {
				return m.Content == "fox in the fog --ar 3:2 --v 7 --seed 5"
			},
		},
		verbNote: {
			w.asker, func() *discordtest.Interaction { return w.fromMore(w.asker, m, card.Number, moreNote) },
			map[string]any{fieldNote: "for\nthe client", fieldTags: "a,b,c,d,e,f,g,h,i,j,k"},
			textTooMany("a,b,c,d,e,f,g,h,i,j,k"), map[string]any{fieldTags: "a,b"}, says(textNoted),
		},
		verbCorrectTo: {
			w.asker, func() *discordtest.Interaction { return w.fromMore(w.asker, byHand, added.Number, moreCorrect) },
			map[string]any{fieldAddSeed: "12x"},
			textCorrectBadSeed(textBadSeed("12x")), map[string]any{fieldAddSeed: "12"}, says(textSeedCorrected(added.Number, 12)),
		},
		verbRecipeKeep: {
			w.colleague, func() *discordtest.Interaction { return w.pressOn(card, w.colleague, labelSaveRecipe) },
			map[string]any{fieldName: "OWL", fieldPrompt: "my owl --v 7", fieldTags: "rain", fieldNote: "why\nit works"},
			textRecipeExists("OWL"), map[string]any{fieldName: "my owl"}, says("Saved."),
		},
		verbRecipeChange: {
			w.asker, slash(w.asker, "recipe edit", discordtest.Options{"name": "owl"}),
			map[string]any{fieldPrompt: "owl in the fog --v 7", fieldSeed: bad, fieldTags: "fog", fieldNote: "soft"},
			textSeedNumber, map[string]any{fieldSeed: "9"}, says("Saved as revision 2."),
		},
		verbSetTo: {
			manager, setting(labelLimit), map[string]any{setLimit: bad},
			textLimitNumber(), map[string]any{setLimit: "12"}, says("12 for each member"),
		},
		verbSetTo + " of accounts": {
			manager, func() *discordtest.Interaction {
				return manager.Press(w.answer(manager.Slash(w.channel, "seedbot accounts", nil)), labelTypeAccounts)
			},
			map[string]any{setAccounts: "1234567890123456789\nart"},
			textAccountIDs, map[string]any{setAccounts: "1234567890123456789"}, says("1234567890123456789"),
		},
	}
}

func TestAFormThatIsRefusedComesBackWithWhatWasTyped(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	seen := map[string]bool{verbRecipeFill: true} // whatever is typed into it is taken
	for name, test := range w.formMistakes() {
		verb, _, _ := strings.Cut(name, " ")
		seen[verb] = true
		form := test.open()
		w.modal(form)
		told := w.answer(form.Submit(test.typed))
		require.True(t, told.Ephemeral(), name)
		require.Contains(t, told.Text(), test.told, name)
		require.NotNil(t, told.Button(labelRetype), name)

		for range 2 { // a form that was closed again is not lost either
			form = test.who.Press(told, labelRetype)
			shown := filledIn(w.modal(form))
			for field, value := range test.typed {
				require.Equal(t, fmt.Sprint(value), shown[field], "%s: %s", name, field)
			}
		}
		mended := form.Submit(test.mend)
		if test.done == nil {
			require.NotZero(t, w.asked(mended).Card, name)
			continue
		}
		_, err := mended.Await(w.soon(), test.done)
		require.NoError(t, err, name)
	}
	for verb := range (&counter{}).forms() {
		require.True(t, seen[verb], "nothing can be wrong in the form %s?", verb)
	}
}

func TestAMendedNoteStandsOnTheCard(t *testing.T) {
	t.Parallel()
	w := newClosedWorld(t)
	from := w.show(w.asker, w.channel, w.world.card(8, owlPrompt))
	closed := w.zebra(w.closed, 9, "")
	shared := w.show(w.asker, w.channel, closed) // who sees it here may use it here
	moderator := w.guild.AddMember("A moderator", discordtest.WithRoles(w.guild.AddRole("mods", discordtest.ManageMessages)))
	for _, m := range []*discordtest.Message{from, shared} {
		number := numberIn(strings.TrimPrefix(m.Button(labelCopySeed)["custom_id"].(string), "v1:seed:"))
		i := w.fromMore(moderator, m, number, moreNote)
		w.modal(i)
		told := w.answer(i.Submit(map[string]any{fieldTags: "a,b,c,d,e,f,g,h,i,j,k"}))
		again := moderator.Press(told, labelRetype)
		w.modal(again)
		require.Contains(t, w.answer(again.Submit(map[string]any{fieldTags: "mended"})).Text(), textNoted)
		w.shown(m, says("🏷️ mended"))
	}
}

func TestACorrectionChangesTheRevisionThatWasRead(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.recipe("owl", owlPrompt)
	form := w.asker.Slash(w.channel, "recipe edit", discordtest.Options{"name": "owl"})
	w.modal(form)
	told := w.answer(form.Submit(map[string]any{fieldPrompt: "owl in the fog --v 7", fieldSeed: "x"}))
	other := w.asker.Slash(w.channel, "recipe edit", discordtest.Options{"name": "owl"})
	w.modal(other)
	require.Contains(t, w.answer(other.Submit(map[string]any{fieldPrompt: "owl in the snow --v 7"})).Text(), "Saved as revision 2.")

	form = w.asker.Press(told, labelRetype)
	w.modal(form)
	conflict := w.answer(form.Submit(map[string]any{fieldSeed: "5"}))
	require.Contains(t, conflict.Text(), "was changed meanwhile", "nobody's change is written over unseen")
	form = w.asker.Press(conflict, labelRetype)
	require.Equal(t, "owl in the fog --v 7", filledIn(w.modal(form))[fieldPrompt])
	require.Contains(t, w.answer(form.Submit(map[string]any{})).Text(), "Saved as revision 3.")
}

func TestAfterARestartAFormComesBackEmptyAndSaysSo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	form := w.adds(w.asker, map[string]any{fieldPaste: "owl", fieldAddSeed: "x"})
	told := w.answer(form)
	w.lose()
	fresh := w.modal(w.asker.Press(told, labelRetype))
	require.Empty(t, filledIn(fresh)[fieldPaste])
	require.Equal(t, hintTypedGone, fresh.Fields()[0].Description)
}

func TestARefusalThatNoTypingMendsHasNoButton(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	form := w.asker.Slash(w.channel, "seeds add", nil)
	w.modal(form)
	w.rule(db.Settings{Roles: map[string][]string{"save": {"700000000000000001"}}})
	told := w.answer(form.Submit(map[string]any{fieldPaste: "owl", fieldAddSeed: "x"}))
	require.Equal(t, textMayNot(rightSave, []string{"700000000000000001"}), told.Text())
	require.Nil(t, told.Button(labelRetype))
}

func TestAFormThatFailsComesBackToo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.asks.fail = fmt.Errorf("no luck")
	told, err := w.adds(w.asker, map[string]any{fieldPaste: "owl", fieldAddSeed: "5"}).Await(w.soon(), has(labelSendAgain))
	require.NoError(t, err)
	require.Contains(t, told.Text(), "Something went wrong")
}

func TestWhatWasTypedIsRememberedWithinBounds(t *testing.T) {
	t.Parallel()
	var kept typed
	now := time.Now()
	by := func(member string, n int) typedKey { return typedKey{memberKey{"1", member}, fmt.Sprint(n)} }
	words := func(n int) typing { return typing{fields: map[string]string{"x": strings.Repeat("x", n)}} }
	there := func(key typedKey, at time.Time) bool {
		_, there := kept.of(key, at)
		return there
	}
	kept.remember(by("owl", 1), words(5), now)
	require.True(t, there(by("owl", 1), now.Add(typedLife-time.Second)))
	require.False(t, there(by("owl", 1), now.Add(typedLife)), "for a while")
	require.False(t, there(by("fox", 1), now), "for the member alone")
	require.False(t, there(typedKey{memberKey{"2", "owl"}, "1"}, now), "and where it was typed alone")

	for n := range 2 * mostTypedEach {
		kept.remember(by("fox", n), words(5), now)
	}
	require.True(t, there(by("owl", 1), now), "nobody takes another's room")
	require.False(t, there(by("fox", mostTypedEach-1), now))
	require.True(t, there(by("fox", mostTypedEach), now))

	for n := range 40 {
		kept.remember(by(fmt.Sprint(n), 1), words(maxTyped/20), now)
	}
	require.LessOrEqual(t, kept.size, maxTyped)
	require.False(t, there(by("owl", 1), now), "but there is an end to it")
	require.True(t, there(by("39", 1), now))

	kept.remember(by("late", 1), words(5), now.Add(2*typedLife))
	require.Len(t, kept.kept, 1)
	require.Len(t, kept.order, 1)
	require.Equal(t, words(5).size(), kept.size)
}

func TestAFormIsRefilledWithWhatItCanHold(t *testing.T) {
	t.Parallel()
	fields := []bot.Field{
		{ID: "name", Min: 2, Max: 3}, {ID: "words", Long: true}, {ID: "who", Input: bot.RadioInput, Chosen: []string{"a"}, Choices: []bot.FieldChoice{{Value: "a"}, {Value: "b"}}},
		{ID: "by", Input: bot.UserInput}, {ID: "files", Input: bot.UploadInput, Hint: "up"}, {ID: "on", Input: bot.CheckboxInput}, {ID: "new", Value: "is"},
	}
	got := refilled(fields, map[string]string{
		"name": "longer\nthan", "words": strings.Repeat("é", 5000), "who": "forged", "by": "nobody\n1300000000000000001\n1300000000000000002", "files": "1", "on": "true",
	})
	require.Equal(t, bot.Field{ID: "name", Min: 2, Max: 11, Value: "longer than"}, got[0])
	require.Equal(t, strings.Repeat("é", maxFormText), got[1].Value)
	require.Equal(t, []string{"a"}, got[2].Chosen)
	require.Equal(t, []string{"1300000000000000001"}, got[3].Chosen)
	require.Equal(t, hintFilesAgain, got[4].Hint)
	require.Equal(t, "true", got[5].Value)
	require.Equal(t, "is", got[6].Value)
	require.Equal(t, "up", fields[4].Hint, "the form itself is not touched")
}
