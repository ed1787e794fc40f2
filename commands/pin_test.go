package commands

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/bot"
	"seedbank/db"
)

func TestAVersionIsPinnedByOnePress(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	card := w.keep(db.Card{
		Scope: w.guild.ID, Seed: 7, Job: "j0801" + jobNumber(7)[5:], Prompt: "owl in the rain --ar 3:2 --fast --seed 9", Asker: w.asker.ID,
		Asked: noon, Created: noon,
	})
	const line = "owl in the rain --ar 3:2 --v 8.2 --seed 7"
	m := w.show(w.asker, w.channel, card)
	require.Contains(t, m.Text(), "Add --v 8.2 to pin it.")

	why := w.answer(w.fromMore(w.colleague, m, 1, moreWhy))
	require.Contains(t, why.Text(), "Add --v 8.2 to pin it.")
	for name, copied := range map[string]string{
		"from the reasons": w.answer(w.colleague.Press(why, labelCopyPinned("8.2"))).Content,
		"from the card":    w.answer(w.fromMore(w.colleague, m, 1, morePin)).Content,
	} {
		require.Equal(t, line, copied, name)
	}
	require.Equal(t, "owl in the rain --ar 3:2 --seed 7", w.answer(w.colleague.Press(m, labelCopyPrompt)).Content, "Copy prompt leaves it as it was")
}

func TestWhereThereIsNothingToPin(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for name, change := range map[string]func(*db.Card){
		"a version that is written": func(*db.Card) {},
		"niji":                      func(c *db.Card) { c.Prompt = "owl --niji 6" },
		"a test model":              func(c *db.Card) { c.Prompt = "owl --test" },
		"no prompt":                 func(c *db.Card) { c.Prompt = "" },
		"a model nobody knows":      func(c *db.Card) { c.Prompt, c.Job, c.Created = "owl", "", time.Time{} },
	} {
		card := owlCard()
		change(&card)
		require.NotContains(t, render(cardMessage(card, false, nil)), labelPin, name)
		require.NotContains(t, render(whyMessage(card)), "v1:pin", name)
	}
	w.card(7, "owl --v 7")
	c := &counter{history: w.history}
	i := &bot.Interaction{Guild: w.guild.ID, CustomID: bot.CustomID{Args: []string{"1"}}}
	require.Equal(t, bot.Refuse(textNothingToPin), c.copyPinned(t.Context(), i))
	i.Values = []string{morePin}
	require.Equal(t, bot.Refuse(textNothingToPin), c.more(t.Context(), i))
}
