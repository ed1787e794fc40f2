package commands

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/db"
	"seedbank/discordtest"
)

func TestTheHistoryPage(t *testing.T) {
	t.Parallel()
	second := owlCard()
	second.Number, second.Seed, second.Private, second.Version, second.Aspect = 141, 5, true, "niji 6", ""
	second.Prompt = "**bold** " + strings.Repeat("words ", 60) + "--niji 6"
	m := historyMessage("900", listing{by: "42", since: sinceWeek}, []db.Card{owlCard(), second}, 10, 214)
	requireSendable(t, m)
	require.Equal(t, `┏ blue
**Seeds in this server** · 11–12 of 214 · newest first
-# filter: by <@42>, the last 7 days
**#142** `+"`3718204551`"+` owl in the rain, 35 mm film · v7 · 3:2 · <@42> <t:1792756801:R>
**#141** 🔒 `+"`5`"+` \*\*bold\*\* words words words words words words words words words words words words words words words words words word… · niji 6 · <@42> <t:1792756801:R>
(Open card… → v1:open)
  142 = #142 · owl in the rain, 35 mm film | 3718204551 · v7 · 3:2
  141 = #141 · **bold** words words words words words words words words words words words words words words… | 5 · niji 6
[Newer → v1:page:newer:142:16..w]
[Older → v1:page:older:141:16..w]
[Filter… → v1:filter:16..w]
`, render(m))
}

func TestHistoryPagesOfHostilePrompts(t *testing.T) {
	t.Parallel()
	for name, prompt := range map[string]string{
		"none": "", "stars": strings.Repeat("*", 6000), "emoji": strings.Repeat("🦉", 3000),
		"lines": "a\n# b\n> c\n- d", "mentions": "@everyone <@1>", "parameters alone": "--v 7 --ar 3:2",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var cards []db.Card
			for n := range pageRows {
				c := owlCard()
				c.Number, c.Prompt, c.Version, c.Aspect = 999999999-int64(n), prompt, strings.Repeat("9*", 40), strings.Repeat("`", 200)
				cards = append(cards, c)
			}
			m := historyMessage("dm:5", listing{}, cards, 0, 10)
			requireSendable(t, m)
			require.Contains(t, render(m), headingHistoryDM)
			require.NotContains(t, render(m), labelOlder, "a single page has nothing to turn to")
		})
	}
}

func TestHistory(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	empty := w.answer(w.asker.Slash(w.channel, "seeds history", nil))
	require.Equal(t, textFirstUse, empty.Text())
	require.True(t, empty.Ephemeral(), "private by default")

	for n := range 25 {
		w.card(uint32(100+n), fmt.Sprintf("owl %d", n))
	}
	w.keep(db.Card{Scope: w.guild.ID, Seed: 7, Job: jobNumber(7), Prompt: "hidden words", Asker: w.colleague.ID, Private: true, Created: time.Now()})
	w.keep(db.Card{Scope: "1", Seed: 8, Job: jobNumber(8), Prompt: "strange words", Asker: w.asker.ID, Created: time.Now()})

	i := w.asker.Slash(w.channel, "seeds history", nil)
	page := w.answer(i)
	require.Contains(t, page.Text(), "1–10 of 25")
	require.Contains(t, page.Text(), "**#25** `124` owl 24")
	require.NotContains(t, page.Text(), "hidden words")
	require.NotContains(t, page.Text(), "strange words")
	require.Error(t, w.asker.Press(page, labelNewer).Err(), "there is nothing newer: the button is off")

	turn := func(label, shows string) {
		t.Helper()
		pressed := w.asker.Press(page, label)
		var err error
		page, err = pressed.Await(w.soon(), func(m *discordtest.Message) bool { return strings.Contains(m.Text(), shows) })
		require.NoError(t, err)
	}
	turn(labelOlder, "11–20 of 25")
	require.Contains(t, page.Text(), "**#15**")
	turn(labelOlder, "21–25 of 25")
	require.Error(t, w.asker.Press(page, labelOlder).Err())
	turn(labelNewer, "11–20 of 25")
	turn(labelNewer, "1–10 of 25")

	t.Run("opens a card privately", func(t *testing.T) {
		opened := w.asker.Choose(page, "v1:open", "24")
		ask := w.asked(opened)
		require.EqualValues(t, 24, ask.Card)
		require.True(t, ask.Private)
		require.True(t, opened.Message().Ephemeral())
	})
	t.Run("shows one's own private cards to oneself", func(t *testing.T) {
		require.Contains(t, w.answer(w.colleague.Slash(w.channel, "seeds history", nil)).Text(), "🔒 `7` hidden words")
	})
	t.Run("in public shows nobody's private cards, whoever turns the page", func(t *testing.T) {
		public := w.answer(w.colleague.Slash(w.channel, "seeds history", discordtest.Options{"private": false}))
		require.False(t, public.Ephemeral())
		require.Contains(t, public.Text(), "1–10 of 25")
		require.NotContains(t, public.Text(), "hidden words")
		older, err := w.colleague.Press(public, labelOlder).Await(w.soon(), func(m *discordtest.Message) bool { return strings.Contains(m.Text(), "11–20") })
		require.NoError(t, err)
		newest, err := w.colleague.Press(older, labelNewer).Await(w.soon(), func(m *discordtest.Message) bool { return strings.Contains(m.Text(), "1–10") })
		require.NoError(t, err)
		require.NotContains(t, newest.Text(), "hidden words")
	})
	t.Run("of a conversation is the conversation's alone", func(t *testing.T) {
		require.Equal(t, textFirstUse+"\n"+textOnlyConversation, w.answer(w.asker.Slash(w.asker.DM(), "seeds history", nil)).Text())
		found := w.answer(w.asker.Slash(w.asker.DM(), "seeds search", discordtest.Options{"text": "owl"})).Text()
		require.Contains(t, found, textFirstUse+"\n"+textOnlyConversation)
		require.Equal(t, textNoCard(1)+"\n"+textOnlyConversation, w.answer(w.asker.Slash(w.asker.DM(), "seeds show", discordtest.Options{"card": "1"})).Text())
	})
	t.Run("posts nothing where there is nothing", func(t *testing.T) {
		nothing := discordtest.Options{"by": w.guild.AddMember("A newcomer").User, "private": false}
		told := w.toldAlone(w.colleague.Slash(w.channel, "seeds history", nothing))
		require.Equal(t, textNothingWithin+"\n"+labelAnyone+" · 25", told)
		require.NotContains(t, told, "/seeds history", "that is where it comes from")
		nothing["text"] = "xyzzy"
		require.Equal(t, textNothingFound, w.toldAlone(w.colleague.Slash(w.channel, "seeds search", nothing)))
	})
}

func TestAPageThatIsGoneIsTheFirstOne(t *testing.T) {
	t.Parallel()
	history := newHistory(t)
	c := &counter{history: history}
	keepCard(t, history, db.Card{Scope: "1", Seed: 1, Job: jobNumber(1), Asker: "42"})
	for _, p := range []db.Page{{Before: 1}, {After: 99}} {
		m, _, err := c.page(t.Context(), db.View{Scope: "1", Member: "42"}, listing{}, p)
		require.NoError(t, err)
		require.Contains(t, render(m), "· 1 seed")
	}
}

func TestShow(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.card(1, "owl")
	w.keep(db.Card{Scope: w.guild.ID, Seed: 2, Job: jobNumber(2), Asker: w.asker.ID, Private: true})
	for name, test := range map[string]struct {
		options discordtest.Options
		card    int64
		private bool
	}{
		"privately by default":    {discordtest.Options{"card": "#1"}, 1, true},
		"to everyone when wanted": {discordtest.Options{"card": "1", "private": false}, 1, false},
		"never a private one":     {discordtest.Options{"card": "2", "private": false}, 2, true},
	} {
		t.Run(name, func(t *testing.T) {
			ask := w.asked(w.asker.Slash(w.channel, "seeds show", test.options))
			require.Equal(t, test.card, ask.Card)
			require.Equal(t, test.private, ask.Private)
		})
	}
	before := len(w.asks.taken())
	for card, says := range map[string]string{"3": textNoCard(3), "nothing": textNoCardSo, "-1": textNoCardSo, "0": textNoCardSo} {
		require.Equal(t, says, w.answer(w.asker.Slash(w.channel, "seeds show", discordtest.Options{"card": card})).Text())
	}
	require.Equal(t, textNoCard(2), w.answer(w.colleague.Slash(w.channel, "seeds show", discordtest.Options{"card": "2"})).Text())
	require.Len(t, w.asks.taken(), before)
}
