package commands

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/bot"
	"seedbank/db"
	"seedbank/discordtest"
	"seedbank/retrieval"
)

// picturing is a world where members with the role may make pictures; the colleague has it.
func picturing(t *testing.T) *world {
	w := newWorldOf(t, Setup{Imagine: true})
	role := w.guild.AddRole("Makers", 0)
	w.colleague.SetRoles(role)
	w.rule(db.Settings{Roles: map[string][]string{"imagine": {role.ID}}})
	return w
}

const owlLine = "owl in the rain, 35 mm film --ar 3:2 --v 7"

func TestRunItAsksFirstAndRunsOnce(t *testing.T) {
	t.Parallel()
	w := picturing(t)
	w.recipe("owl", owlPrompt)
	line := owlLine + " --seed " + digits(fnvOf("owl"))
	used := w.answer(w.colleague.Slash(w.channel, "recipe use", discordtest.Options{"name": "owl"}))
	require.Equal(t, line, used.Content, "the button stands under the line, not in it")

	confirm := w.answer(w.colleague.Press(used, labelRunIt))
	require.True(t, confirm.Ephemeral())
	require.Contains(t, confirm.Text(), "about a minute of paid GPU time")
	require.Contains(t, confirm.Text(), line)
	require.Empty(t, w.asks.taken(), "asking is not running")

	first := w.colleague.Press(confirm, labelRunFast)
	order, err := w.asks.await(w.soon(), confirm.ID)
	require.NoError(t, err)
	require.False(t, first.Message().Ephemeral(), "the grid is for everyone")
	require.Equal(t, &retrieval.Generation{Prompt: line + " --fast", Channel: retrieval.ChannelOfJob(jobNumber(int(fnvOf("owl")))), Parent: 1}, order.Generate)
	require.Equal(t, w.colleague.ID, order.Member)
	require.Empty(t, order.Job)
	for _, label := range []string{labelRunFast, labelRunRelax} {
		require.Equal(t, textRunTwice, w.answer(w.colleague.Press(confirm, label)).Text())
	}
	require.Len(t, w.asks.taken(), 1)

	w.desk.Progress(order, retrieval.Progress{Phase: retrieval.Answering, Percent: 40})
	running, err := first.Await(w.soon(), func(m *discordtest.Message) bool { return m.Button(labelStop) != nil })
	require.NoError(t, err)
	require.Contains(t, running.Text(), headingMaking)
	require.Contains(t, running.Text(), "40 %")
	made := w.keep(db.Card{Scope: w.guild.ID, Seed: 8, Source: db.Prompt, Job: jobNumber(8), Prompt: line, Asker: w.colleague.ID, Parent: 1, Action: "imagine"})
	w.deliver(order, made)
	finished, err := first.Await(w.soon(), func(m *discordtest.Message) bool { return m.Button(labelCopyPrompt) != nil })
	require.NoError(t, err)
	require.Contains(t, finished.Text(), "#1")
}

// TestACardIsRunAgainFromWhatItsCopiesSay looks that what refusals promise is there: Copy prompt, and Run it below.
func TestACardIsRunAgainFromWhatItsCopiesSay(t *testing.T) {
	t.Parallel()
	w := picturing(t)
	m := w.show(w.asker, w.channel, w.card(7, "an owl in the rain"))
	for what, press := range map[string]func(*discordtest.Member) *discordtest.Interaction{
		"an owl in the rain --seed 7":         func(who *discordtest.Member) *discordtest.Interaction { return who.Press(m, labelCopyPrompt) },
		"an owl in the rain --v 8.2 --seed 7": func(who *discordtest.Member) *discordtest.Interaction { return w.fromMore(who, m, 1, morePin) },
		"an owl in the rain":                  func(who *discordtest.Member) *discordtest.Interaction { return w.fromMore(who, m, 1, moreSeed) },
	} {
		line := w.answer(press(w.colleague))
		require.Equal(t, what, line.Content, "phones copy the whole message")
		confirm := w.answer(w.colleague.Press(line, labelRunIt))
		require.Contains(t, confirm.Text(), what)
		w.colleague.Press(confirm, labelRunRelax)
		order, err := w.asks.await(w.soon(), confirm.ID)
		require.NoError(t, err)
		require.EqualValues(t, 1, order.Generate.Parent)
		require.Nil(t, w.answer(press(w.asker)).Button(labelRunIt), "who may not is offered nothing")
	}
}

func TestPressingTwiceAtOnceRunsOnce(t *testing.T) {
	t.Parallel()
	w := picturing(t)
	w.recipe("owl", owlPrompt)
	confirm := w.answer(w.colleague.Press(w.answer(w.colleague.Slash(w.channel, "recipe use", discordtest.Options{"name": "owl"})), labelRunIt))
	for range 5 {
		w.colleague.Press(confirm, labelRunRelax)
	}
	w.settle()
	require.Len(t, w.asks.taken(), 1)
	require.True(t, strings.HasSuffix(w.asks.taken()[0].Generate.Prompt, " --relax"))
}

func TestAnOrderIsKnownAfterARestart(t *testing.T) {
	t.Parallel()
	w := picturing(t)
	w.recipe("owl", owlPrompt)
	confirm := w.answer(w.colleague.Press(w.answer(w.colleague.Slash(w.channel, "recipe use", discordtest.Options{"name": "owl"})), labelRunIt))
	require.NoError(t, w.history.StartAsk(t.Context(), db.Ask{ID: confirm.ID, Scope: w.guild.ID, Member: w.colleague.ID}))
	require.Equal(t, textRunTwice, w.answer(w.colleague.Press(confirm, labelRunFast)).Text())
	require.Empty(t, w.asks.taken())
}

func TestWhoMayRunIt(t *testing.T) {
	t.Parallel()
	t.Run("is not offered to others", func(t *testing.T) {
		t.Parallel()
		w := picturing(t)
		w.recipe("owl", owlPrompt)
		require.Nil(t, w.answer(w.asker.Slash(w.channel, "recipe use", discordtest.Options{"name": "owl"})).Button(labelRunIt))
	})
	t.Run("is not offered where the owner does not allow it", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		w.recipe("owl", owlPrompt)
		manager := w.manager()
		require.Nil(t, w.answer(manager.Slash(w.channel, "recipe use", discordtest.Options{"name": "owl"})).Button(labelRunIt))
	})
	t.Run("is asked again at every press", func(t *testing.T) {
		t.Parallel()
		w := picturing(t)
		w.recipe("owl", owlPrompt)
		roles := w.rules().Roles["imagine"]
		used := w.answer(w.colleague.Slash(w.channel, "recipe use", discordtest.Options{"name": "owl"}))
		confirm := w.answer(w.colleague.Press(used, labelRunIt))
		w.colleague.SetRoles()
		require.Equal(t, textMayNot(rightImagine, roles), w.answer(w.colleague.Press(used, labelRunIt)).Text())
		require.Equal(t, textMayNot(rightImagine, roles), w.answer(w.colleague.Press(confirm, labelRunFast)).Text())
		require.Empty(t, w.asks.taken())
	})
	t.Run("and the day, the pause and the channel count", func(t *testing.T) {
		t.Parallel()
		w := picturing(t)
		w.recipe("owl", owlPrompt)
		used := w.answer(w.colleague.Slash(w.channel, "recipe use", discordtest.Options{"name": "owl"}))
		confirm := w.answer(w.colleague.Press(used, labelRunIt))
		set := w.rules()
		set.Paused = "later"
		w.rule(set)
		require.Equal(t, textPaused("later"), w.answer(w.colleague.Press(confirm, labelRunFast)).Text())
		set.Paused, set.DenyChannels = "", []string{w.channel.ID}
		w.rule(set)
		require.Equal(t, textNotHere(nil), w.answer(w.colleague.Press(confirm, labelRunFast)).Text())
		set.DenyChannels = nil
		w.rule(set)
		w.colleague.Press(confirm, labelRunFast)
		order, err := w.asks.await(w.soon(), confirm.ID)
		require.NoError(t, err, "what was refused can be pressed again")
		require.NotNil(t, order.Generate)
	})
}

func TestPicturesAreCountedApartFromSeeds(t *testing.T) {
	t.Parallel()
	w := picturing(t)
	w.recipe("owl", owlPrompt)
	set := w.rules()
	set.DailyLimit, set.PictureLimit = 1, 2
	w.rule(set)
	confirm := func() *discordtest.Message {
		t.Helper()
		used := w.answer(w.colleague.Slash(w.channel, "recipe use", discordtest.Options{"name": "owl"}))
		return w.answer(w.colleague.Press(used, labelRunIt))
	}
	order := func() {
		t.Helper()
		asked := confirm()
		w.colleague.Press(asked, labelRunFast)
		a, err := w.asks.await(w.soon(), asked.ID)
		require.NoError(t, err)
		require.NoError(t, w.history.SpendAsk(t.Context(), a.ID))
	}
	order()
	seed := w.asked(w.colleague.Slash(w.channel, "seed", discordtest.Options{"job": imageJob}))
	require.NoError(t, w.history.SpendAsk(t.Context(), seed.ID))
	order() // the day's one seed is used up, the pictures are not
	refused := w.answer(w.colleague.Press(confirm(), labelRunRelax))
	require.True(t, refused.Ephemeral())
	require.Contains(t, refused.Text(), "**You have ordered 2 of 2 pictures today.** You can order again <t:")
	require.Contains(t, w.answer(w.colleague.Slash(w.channel, "seed", discordtest.Options{"job": otherJobID})).Text(), "**You have asked for 1 of 1 new seed today.**")
	require.Len(t, w.asks.taken(), 3)
}

func TestWhatCannotBeRun(t *testing.T) {
	t.Parallel()
	for name, line := range map[string]string{
		"nothing":                "  ",
		"blanks":                 "an {animal} --seed 1",
		"alternatives":           "a {red, blue} owl --seed 1",
		"what ends the block":    "an owl ``` --seed 1",
		"more than can be shown": strings.Repeat("owl ", 700),
	} {
		require.False(t, isRunnable(line), name)
	}
	require.True(t, isRunnable(owlLine))
}

func TestAPrivatePictureIsNobodyElses(t *testing.T) {
	t.Parallel()
	w := picturing(t)
	secret := w.keep(db.Card{Scope: w.guild.ID, Seed: 5, Job: jobNumber(5), Prompt: "secret owl", Asker: w.colleague.ID, Private: true})
	line := "secret owl --seed 5"
	c := &counter{history: w.history, setup: Setup{Imagine: true}}
	row := c.runItRow(t.Context(), &bot.Interaction{
		Guild: w.guild.ID, User: bot.User{ID: w.colleague.ID}, Member: &bot.Member{Roles: w.rules().Roles["imagine"]},
	}, secret, line)
	posted, err := w.bot.PostMessage(w.soon(), w.channel.ID, bot.Message{Text: line, Rows: row}, "")
	require.NoError(t, err)
	confirm := w.answer(w.colleague.Press(w.discord.Message(w.channel.ID, posted.ID), labelRunIt))
	require.Contains(t, confirm.Text(), "shown only to you")
	made := w.colleague.Press(confirm, labelRunFast)
	order, err := w.asks.await(w.soon(), confirm.ID)
	require.NoError(t, err)
	require.True(t, order.Private)
	require.True(t, made.Message().Ephemeral())
	var entries []db.AuditEntry
	require.Eventually(t, func() bool { // it is written behind the order
		entries, err = w.history.AuditLog(t.Context(), w.guild.ID, w.colleague.ID, time.Time{}, 0, 10)
		return err == nil && len(entries) == 1
	}, waitMost, waitTick)
	require.Equal(t, auditImagine, entries[0].Action)
	require.Empty(t, entries[0].Target+entries[0].Detail)

	w.asker.SetRoles(w.discord.Role(w.rules().Roles["imagine"][0]))
	theirs := w.answer(w.asker.Press(w.discord.Message(w.channel.ID, posted.ID), labelRunIt))
	require.Contains(t, theirs.Text(), "for everyone", "the card is not there for another, and gives no parent")
	w.asker.Press(theirs, labelRunFast)
	order, err = w.asks.await(w.soon(), theirs.ID)
	require.NoError(t, err)
	require.Zero(t, order.Generate.Parent)
	require.Empty(t, order.Generate.Channel)
}

func TestWhatIsSent(t *testing.T) {
	t.Parallel()
	require.Equal(t, owlLine+" --seed 5 --relax", runLine(owlLine+" --repeat 4 --turbo --stealth --seed 5 --seed 6", speedRelax), "one job, as agreed to")
	require.Regexp(t, "^"+regexp.QuoteMeta(owlLine)+` --seed \d+ --fast$`, runLine(owlLine, speedFast), "a picture's seed is known from the beginning")
}

func TestALineIsFoundInItsMessage(t *testing.T) {
	t.Parallel()
	hash := lineHash(owlLine)
	for name, m := range map[string]*bot.Msg{
		"as the content":         {Content: " " + owlLine + "\n"},
		"in a block":             {Components: []byte(`[{"type":17,"components":[{"type":10,"content":"words"},{"type":10,"content":"` + "```\\n" + owlLine + "\\n```" + `"}]}]`)},
		"in a block among words": {Content: "Here: ```\n" + owlLine + "\n``` now"},
	} {
		line, found := lineIn(m, hash)
		require.True(t, found, name)
		require.Equal(t, owlLine, line, name)
	}
	for name, m := range map[string]*bot.Msg{"no message": nil, "another line": {Content: owlLine + " --v 6"}, "nothing in it": {}} {
		_, found := lineIn(m, hash)
		require.False(t, found, name)
	}
}

func TestAProblemOfAPictureIsItsOwn(t *testing.T) {
	t.Parallel()
	ask := retrieval.Ask{ID: "1", Member: "2", Generate: &retrieval.Generation{Prompt: owlLine}}
	for _, code := range []retrieval.Code{retrieval.Unclear, retrieval.Failed, retrieval.Moderated, retrieval.Busy, retrieval.Unavailable,
		retrieval.Stopped, retrieval.TooLong, retrieval.TokenRefused, retrieval.Rejected, retrieval.Unexpected} {
		m := problemMessage(ask, retrieval.Problem{Code: code, Detail: "x"})
		requireSendable(t, m)
		require.NotContains(t, render(m), "seed", "%s: nobody asked for one", code)
		told := saysWhy(code)
		require.Equal(t, told, strings.Contains(render(m), "\n> x\n"), "%s: members are told what only the source knows, not what is wrong with the connection", code)
		require.NotContains(t, render(m), labelTryAgain, "%s: what costs is not repeated by a mere press", code)
	}
}

func TestTheAccountThatMakesAPicture(t *testing.T) {
	t.Parallel()
	own := db.Card{Job: jobNumber(1)}
	for name, test := range map[string]struct {
		accounts []string
		parent   db.Card
		want     string
	}{
		"any":                         {nil, db.Card{}, ""},
		"the parent's":                {nil, own, "1234567890123456789"},
		"the parent's, of those here": {[]string{"1", "1234567890123456789"}, own, "1234567890123456789"},
		"the first of those here":     {[]string{"1", "2"}, own, "1"},
		"the first, without a parent": {[]string{"1", "2"}, db.Card{}, "1"},
	} {
		require.Equal(t, test.want, accountFor(db.Settings{Accounts: test.accounts}, test.parent), name)
	}
}
