package commands

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/db"
	"seedbank/discordtest"
)

// rule saves settings of the world's server.
func (w *world) rule(set db.Settings) {
	w.t.Helper()
	require.NoError(w.t, w.history.SaveSettings(w.t.Context(), w.guild.ID, set, w.asker.ID))
}

func TestAskingObeysTheSettings(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	studio := w.guild.AddRole("Studio", 0)
	hall := w.guild.AddChannel("hall")
	w.rule(db.Settings{AskChannels: []string{w.channel.ID}, Roles: map[string][]string{"ask": {studio.ID}}})
	noRole, notHere := textMayNot(rightAsk, []string{studio.ID}), textNotHere([]string{w.channel.ID})
	grid := w.colleague.Say(w.channel, "look "+imageJob)

	require.Equal(t, noRole, w.refused(w.colleague.Slash(w.channel, "seed", discordtest.Options{"job": imageJob})))
	require.Equal(t, noRole, w.refused(w.colleague.UseOnMessage(w.channel, "Get seed", grid)))
	w.colleague.SetRoles(studio)
	require.Equal(t, notHere, w.refused(w.colleague.Slash(hall, "seed", discordtest.Options{"job": imageJob})))
	require.Equal(t, notHere, w.refused(w.colleague.UseOnMessage(hall, "Get seed", w.colleague.Say(hall, "look "+imageJob))))
	require.Equal(t, w.colleague.ID, w.asked(w.colleague.Slash(w.channel, "seed", discordtest.Options{"job": imageJob})).Member)
	thread := w.channel.AddThread("owls")
	require.Equal(t, thread.ID, w.asked(w.colleague.Slash(thread, "seed", discordtest.Options{"job": imageJob})).Channel)

	t.Run("and so do buttons of before", func(t *testing.T) {
		picker := w.colleague.Slash(w.channel, "seed", discordtest.Options{"job": imageJob + " " + otherJobID})
		choice := w.answer(picker)
		w.colleague.SetRoles()
		before := len(w.asks.taken())
		require.Equal(t, noRole, w.answer(w.colleague.Choose(choice, "v1:pick:public", imageJob)).Text())
		require.Len(t, w.asks.taken(), before)
	})
}

func TestTryAgainObeysTheSettings(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	_, failed := w.failed()
	w.rule(db.Settings{Paused: "the *house* is full"})
	told := w.answer(w.colleague.Press(failed, labelTryAgain))
	require.Equal(t, textPaused("the *house* is full"), told.Text())
	require.True(t, told.Ephemeral())
	require.Contains(t, told.Text(), `the \*house\* is full`)
}

func TestWhatIsKnownIsFree(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	card := w.card(5, owlPrompt)
	w.rule(db.Settings{Paused: "closed", Accounts: []string{"1111111111111111111"}, DailyLimit: 1})
	ask := w.asked(w.colleague.Slash(w.channel, "seed", discordtest.Options{"job": card.Job}))
	require.Equal(t, card.Number, ask.Card, "no request can come of it")
	require.Equal(t, card.Job, ask.Job, "and yet it is known what was asked for")
	require.Equal(t, card.Number, w.asked(w.colleague.Slash(w.channel, "seed", discordtest.Options{"job": "#1"})).Card)
	unknown := w.answer(w.colleague.Slash(w.channel, "seed", discordtest.Options{"job": imageJob}))
	require.Equal(t, textOtherAccount, unknown.Text())
	require.Len(t, w.asks.taken(), 2)
}

func TestAServerReadsJobsOfItsOwnAccounts(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.rule(db.Settings{Accounts: []string{"1234567890123456789"}})
	require.NotEmpty(t, w.asked(w.colleague.Slash(w.channel, "seed", discordtest.Options{"job": jobNumber(1)})).ID)
	strange := "j1023141520000000002i-u12345-c9999999999999999999-bot:midjourney"
	told := w.answer(w.colleague.Slash(w.channel, "seed", discordtest.Options{"job": strange}))
	require.Equal(t, textOtherAccount, told.Text())
	require.NotContains(t, told.Text(), "9999999999999999999", "whose it is, is nobody's business")
	require.Len(t, w.asks.taken(), 1)
}

func TestADayIsUsedUp(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.rule(db.Settings{DailyLimit: 2})
	spend := func(n int) {
		ask := w.asked(w.colleague.Slash(w.channel, "seed", discordtest.Options{"job": jobNumber(n)}))
		require.NoError(t, w.history.SpendAsk(t.Context(), ask.ID))
		require.NoError(t, w.history.EndAsk(t.Context(), ask.ID, db.Answered, "", "", 0))
	}
	spend(1)
	free := w.asked(w.colleague.Slash(w.channel, "seed", discordtest.Options{"job": jobNumber(2)}))
	require.NoError(t, w.history.EndAsk(t.Context(), free.ID, db.Answered, "", "", 0))
	spend(3) // the one before was answered without a request
	told := w.answer(w.colleague.Slash(w.channel, "seed", discordtest.Options{"job": jobNumber(4)}))
	require.True(t, told.Ephemeral())
	require.Contains(t, told.Text(), "**You have asked for 2 of 2 new seeds today.** You can ask again <t:"+fmt.Sprint(dayOf(time.Now()).AddDate(0, 0, 1).Unix())+":R>. An admin can change this in /seedbot settings.")
	require.Contains(t, told.Text(), "Known seeds are free")
	require.NotEmpty(t, w.asked(w.asker.Slash(w.channel, "seed", discordtest.Options{"job": jobNumber(4)})).ID, "each has a day of their own")
}

func TestManyAtOnceAreNotMoreThanADayAllows(t *testing.T) {
	t.Parallel()
	history := newHistory(t)
	v := db.View{Scope: "1", Member: "2"}
	five := allowance{limit: 5, spent: history.Spent}
	var q quota
	now := time.Now()
	var mu sync.Mutex
	var taken []string
	var all sync.WaitGroup
	for n := range 20 {
		all.Go(func() {
			id := fmt.Sprintf("13000000000000000%02d", n)
			used, err := q.take(t.Context(), history, five, v, id, now)
			mu.Lock()
			defer mu.Unlock()
			if err == nil && used < 5 {
				taken = append(taken, id)
			}
		})
	}
	all.Wait()
	require.Len(t, taken, 5)
	take := func(ask string, at time.Time) int {
		used, err := q.take(t.Context(), history, five, v, ask, at)
		require.NoError(t, err)
		return used
	}
	require.Equal(t, 5, take("x", now), "they count before the history knows them")

	for _, id := range taken[:2] { // sent, and under way
		require.NoError(t, history.StartAsk(t.Context(), db.Ask{ID: id, Scope: "1", Member: "2", Job: "j", At: now}))
		require.NoError(t, history.SpendAsk(t.Context(), id))
	}
	require.Equal(t, 5, take("x", now), "and are not counted twice when it does")
	require.NoError(t, history.StartAsk(t.Context(), db.Ask{ID: taken[2], Scope: "1", Member: "2", Job: "j", At: now}))
	require.NoError(t, history.EndAsk(t.Context(), taken[2], db.Answered, "", "", 0))
	require.Equal(t, 4, take("y", now), "what ended without a request is free")
	require.Equal(t, 2, take("z", now.Add(2*startTime)), "what never began is free after a while")
	used, err := q.take(t.Context(), history, five, db.View{Scope: "2", Member: "2"}, "x", now)
	require.NoError(t, err)
	require.Zero(t, used, "another server counts for itself")
	_, err = q.take(t.Context(), history, five, db.View{Scope: "3", Member: "2"}, "x", now.Add(2*admittedLife))
	require.NoError(t, err)
	require.Len(t, q.members, 1, "nobody is remembered for ever")
}

func TestAnswersArePrivateWhereTheServerSaysSo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.rule(db.Settings{PrivateByDefault: true})
	require.True(t, w.asked(w.colleague.Slash(w.channel, "seed", discordtest.Options{"job": imageJob})).Private)
	require.False(t, w.asked(w.colleague.Slash(w.channel, "seed", discordtest.Options{"job": imageJob, "private": false})).Private)
	grid := w.colleague.Say(w.channel, "look "+otherJobID)
	require.True(t, w.asked(w.colleague.UseOnMessage(w.channel, "Get seed", grid)).Private)
}

func TestTheFieldOfAnAskTellsWhoMayNot(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	card := w.card(5, owlPrompt)
	w.asked(w.colleague.Slash(w.channel, "seed", discordtest.Options{"job": otherJobID}))
	w.rule(db.Settings{Roles: map[string][]string{"ask": {"700000000000000001"}}})
	for typed, offered := range map[string]string{
		"": cardChoice(card).Name, "owl": cardChoice(card).Name, card.Job: cardChoice(card).Name, imageJob: suggestMayNot,
	} {
		choices, err := w.colleague.Complete(w.channel, "seed", "job", typed, nil).Choices(w.soon())
		require.NoError(t, err)
		require.Len(t, choices, 1, typed)
		require.Equal(t, offered, choices[0].Name, typed)
	}
	choices, err := w.colleague.Complete(w.channel, "seeds show", "card", "owl", nil).Choices(w.soon())
	require.NoError(t, err)
	require.Len(t, choices, 1, "looking is anyone's")
}

func TestDirectMessagesHaveRulesOfTheirOwn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	dm := w.asker.DM()
	w.rule(db.Settings{Accounts: []string{"9999999999999999999"}, DailyLimit: 1})
	seed := func(job string) *discordtest.Interaction {
		return w.asker.Slash(dm, "seed", discordtest.Options{"job": job})
	}
	theirs := "j1023141520000000002i-u12345-c9999999999999999999-bot:midjourney"
	require.Equal(t, textServersAccount, w.refused(seed(theirs)), "what a server has chosen is read there")
	require.Equal(t, textServersAccount, w.refused(w.asker.UseOnMessage(dm, getSeedName, w.asker.Say(dm, "see "+theirs))))
	form := w.asker.Slash(dm, "seeds add", nil)
	_, err := form.Modal(w.soon())
	require.NoError(t, err)
	require.Equal(t, textServersAccount, w.refused(form.Submit(map[string]any{fieldPaste: "owl", fieldAddSeed: "1", fieldAddJob: theirs})), "and its pictures are not had by a card of it")

	for n := range directLimit {
		ask := w.asked(seed(jobNumber(n)))
		require.NoError(t, w.history.SpendAsk(t.Context(), ask.ID))
		require.NoError(t, w.history.EndAsk(t.Context(), ask.ID, db.Answered, "", "", 0))
	}
	told := w.answer(seed(jobNumber(99))).Text()
	require.Contains(t, told, fmt.Sprintf("**You have asked for %d of %d new seeds today.** That is what a member may ask for in direct messages.", directLimit, directLimit))
	known := w.keep(db.Card{Scope: "dm:" + dm.ID, Seed: 1, Job: theirs, Prompt: owlPrompt, Asker: w.asker.ID})
	require.Equal(t, known.Number, w.asked(seed(theirs)).Card, "what is known is free")
	require.NotEmpty(t, w.asked(w.colleague.Slash(w.colleague.DM(), "seed", discordtest.Options{"job": jobNumber(99)})).ID, "each has a day of their own")
}
