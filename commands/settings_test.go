package commands

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/db"
	"seedbank/discordtest"
	"seedbank/retrieval"
)

// manager is a member who may manage the world's server.
func (w *world) manager() *discordtest.Member {
	return w.guild.AddMember("A manager", discordtest.WithRoles(w.guild.AddRole("managers", discordtest.ManageGuild)))
}

func (w *world) rules() db.Settings {
	w.t.Helper()
	set, err := w.history.Settings(w.t.Context(), w.guild.ID)
	require.NoError(w.t, err)
	return set
}

func TestThePanelChangesSettings(t *testing.T) {
	t.Parallel()
	w := newWorldOf(t, Setup{Imagine: true})
	manager := w.manager()
	hall := w.guild.AddChannel("hall")
	studio := w.guild.AddRole("Studio", 0)
	panel := w.answer(manager.Slash(w.channel, "seedbot settings", nil))
	require.True(t, panel.Ephemeral())
	require.Contains(t, panel.Text(), "Nothing was changed yet.")

	choose := func(key string, values ...string) {
		t.Helper()
		panel = w.answer(manager.Choose(panel, key, values...))
	}
	choose("v1:set:channels:ask-in", w.channel.ID, hall.ID)
	require.Contains(t, panel.Text(), "Last changed")
	choose("v1:set:channels:ask-not-in", hall.ID)
	choose("v1:set:channels:results", hall.ID)
	require.Equal(t, []any{hall.ID}, chosenIn(panel, "v1:set:channels:results"), "the panel shows what is set")
	panel = w.answer(manager.Press(panel, labelRoles))
	for _, r := range []right{rightAsk, rightShare, rightSave, rightCurate, rightImagine} {
		choose("v1:set:roles:"+string(r), studio.ID)
	}
	choose("v1:set:roles:share")
	panel = w.answer(manager.Press(panel, labelRules))
	choose("v1:set:rules:visibility", pickPrivate)
	choose("v1:set:rules:retention", "90")
	panel = w.answer(manager.Press(panel, labelSetRetention))
	for label, value := range map[string]string{labelLimit: " 20 ", labelPictureLimit: "5", labelPause: "the house  is\tfull"} {
		form := manager.Press(panel, label)
		view, err := form.Modal(w.soon())
		require.NoError(t, err)
		panel = w.answer(form.Submit(map[string]any{view.Fields()[0].CustomID: value}))
	}
	require.Contains(t, panel.Text(), "**New seeds a day:** 20 for each member")
	require.Contains(t, panel.Text(), "**Asking is paused:** the house is full")

	set := w.rules()
	require.Equal(t, manager.ID, set.By)
	set.Updated, set.By = time.Time{}, ""
	require.Empty(t, set.Roles["share"])
	delete(set.Roles, "share")
	require.Equal(t, db.Settings{
		AskChannels: []string{w.channel.ID, hall.ID}, DenyChannels: []string{hall.ID}, ResultChannel: hall.ID,
		Roles:      map[string][]string{"ask": {studio.ID}, "save": {studio.ID}, "curate": {studio.ID}, "imagine": {studio.ID}},
		DailyLimit: 20, PictureLimit: 5, PrivateByDefault: true, RetentionDays: 90, Paused: "the house is full",
	}, set)

	panel = w.answer(manager.Press(panel, labelResume))
	require.Empty(t, w.rules().Paused)
	form := manager.Press(panel, labelLimit)
	_, err := form.Modal(w.soon())
	require.NoError(t, err)
	require.Contains(t, w.answer(form.Submit(map[string]any{setLimit: ""})).Text(), "no limit")
	require.Zero(t, w.rules().DailyLimit)
	form = manager.Press(panel, labelLimit)
	_, err = form.Modal(w.soon())
	require.NoError(t, err)
	require.Equal(t, textLimitNumber(), w.answer(form.Submit(map[string]any{setLimit: "-1"})).Text())
	require.Zero(t, w.rules().DailyLimit)
}

// chosenIn is what a menu of a message shows as chosen.
func chosenIn(m *discordtest.Message, menu string) (ids []any) {
	values, _ := m.Find(menu)["default_values"].([]any)
	for _, v := range values {
		ids = append(ids, v.(map[string]any)["id"])
	}
	return ids
}

func TestWhoMayNotManageChangesNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	manager := w.manager()
	panel := w.answer(manager.Slash(w.channel, "seedbot settings", nil))
	form := manager.Press(w.answer(manager.Press(panel, labelRules)), labelPause)
	_, err := form.Modal(w.soon())
	require.NoError(t, err)
	manager.SetRoles() // who could manage when the panel was opened cannot any more
	require.Equal(t, textManageOnly, w.answer(manager.Press(panel, labelLimit)).Text())
	require.Equal(t, textManageOnly, w.answer(manager.Press(panel, labelRoles)).Text())
	require.Equal(t, textManageOnly, w.answer(manager.Choose(panel, "v1:set:rules:retention", "30")).Text())
	require.Equal(t, textManageOnly, w.answer(form.Submit(map[string]any{setPause: "ha"})).Text())
	require.Equal(t, db.Settings{}, w.rules())
}

func TestForgedSettingsAreRefused(t *testing.T) {
	t.Parallel()
	many := make([]string, 26)
	for n := range many {
		many[n] = "70000000000000000" + string(rune('a'+n))
	}
	for name, test := range map[string]struct {
		key    string
		values []string
	}{
		"a setting nobody knows": {"token", []string{"1"}},
		"a channel that is none": {setAskChannels, []string{"everywhere"}},
		"a role that is none":    {string(rightAsk), []string{"700000000000000001", "<@&1>"}},
		"more than can be":       {setDenyChannels, many},
		"the right to manage":    {string(rightManage), []string{"700000000000000001"}},
		"two visibilities":       {setVisibility, []string{pickPublic, pickPrivate}},
		"an odd retention":       {setRetention, []string{"1"}},
		"no retention":           {setRetention, nil},
		"a result channel":       {setResults, []string{"1"}},
	} {
		var set db.Settings
		require.EqualError(t, choose(&set, test.key, test.values), textNoChoice, name)
	}
}

func TestAdminsDoNotUndoEachOthersChanges(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	manager := w.manager()
	require.NoError(t, w.history.SaveSettings(t.Context(), w.guild.ID, db.Settings{RetentionDays: 30}, manager.ID))
	rules := w.answer(manager.Press(w.answer(manager.Slash(w.channel, "seedbot settings", nil)), labelRules))
	var all []*discordtest.Interaction
	channels := w.answer(manager.Slash(w.channel, "seedbot settings", nil))
	all = append(all, manager.Choose(rules, "v1:set:rules:retention", "90"), manager.Choose(rules, "v1:set:rules:visibility", pickPrivate),
		manager.Choose(channels, "v1:set:channels:ask-in", w.channel.ID), manager.Choose(channels, "v1:set:channels:results", w.channel.ID))
	for _, i := range all {
		_, err := i.Acknowledged(w.soon())
		require.NoError(t, err)
	}
	w.settle()
	set := w.rules()
	require.Equal(t, 90, set.RetentionDays)
	require.True(t, set.PrivateByDefault)
	require.Equal(t, []string{w.channel.ID}, set.AskChannels)
	require.Equal(t, w.channel.ID, set.ResultChannel)
}

func TestThePanelIsWithinDiscordsLimits(t *testing.T) {
	t.Parallel()
	ids := make([]string, 25)
	for n := range ids {
		ids[n] = "70000000000000000" + string(rune('0'+n%10))
	}
	set := db.Settings{
		AskChannels: ids, DenyChannels: ids, ResultChannel: ids[0], Accounts: ids, DailyLimit: maxDailyLimit, PictureLimit: maxDailyLimit, By: ids[0], Updated: time.Now(),
		Paused: strings.Repeat("*", maxPauseReason), Roles: map[string][]string{"ask": ids, "share": ids, "save": ids, "curate": ids, "imagine": ids},
	}
	c := &counter{setup: Setup{Imagine: true}}
	for _, page := range []string{pageChannels, pageRoles, pageRules, "forged"} {
		requireSendable(t, c.settingsMessage(set, page))
		requireSendable(t, c.settingsMessage(db.Settings{}, page))
	}
	require.LessOrEqual(t, units(textPaused(set.Paused)), maxContent)
}

func TestAccounts(t *testing.T) {
	t.Parallel()
	const first, second, third = "1111111111111111111", "2222222222222222222", "3333333333333333333"
	var broken bool
	w := newWorldOf(t, Setup{Accounts: func(context.Context) ([]string, error) {
		if broken {
			return nil, errors.New("user:1-secret")
		}
		return []string{first, second, "not an ID"}, nil
	}})
	manager := w.manager()
	w.rule(db.Settings{Accounts: []string{third}, DailyLimit: 3})
	m := w.answer(manager.Slash(w.channel, "seedbot accounts", nil))
	require.True(t, m.Ephemeral())
	require.Contains(t, m.Text(), "1 Midjourney account: channel `"+third+"`")
	m = w.answer(manager.Choose(m, "v1:set:accounts:accounts", first, third))
	require.Contains(t, m.Text(), "2 Midjourney accounts: channel `"+first+"` or `"+third+"`")
	require.Equal(t, []string{first, third}, w.rules().Accounts)
	require.Equal(t, 3, w.rules().DailyLimit, "the other settings stay")

	broken = true
	m = w.answer(manager.Slash(w.channel, "seedbot accounts", nil))
	require.Contains(t, m.Text(), textAccountsUnknown)
	require.NotContains(t, m.Text(), "secret")
	form := manager.Press(m, labelTypeAccounts)
	view, err := form.Modal(w.soon())
	require.NoError(t, err)
	require.Equal(t, first+"\n"+third, view.Fields()[0].Value)
	require.Contains(t, w.answer(form.Submit(map[string]any{setAccounts: second + "\n" + second + ", " + first})).Text(), "2 Midjourney accounts")
	require.Equal(t, []string{second, first}, w.rules().Accounts)
	form = manager.Press(m, labelTypeAccounts)
	_, err = form.Modal(w.soon())
	require.NoError(t, err)
	require.Equal(t, textAccountIDs, w.answer(form.Submit(map[string]any{setAccounts: "#art"})).Text())
	form = manager.Press(m, labelTypeAccounts)
	_, err = form.Modal(w.soon())
	require.NoError(t, err)
	require.Contains(t, w.answer(form.Submit(map[string]any{setAccounts: ""})).Text(), "all Midjourney accounts")
	require.Empty(t, w.rules().Accounts)
}

func TestStatusTellsHowTheServiceDoes(t *testing.T) {
	t.Parallel()
	w := newWorldOf(t, Setup{Version: "v1.2.3 (abc) *x*", Slots: 3})
	manager := w.manager()
	status := func() string {
		m := w.answer(manager.Slash(w.channel, "seedbot status", nil))
		require.True(t, m.Ephemeral())
		return m.Text()
	}
	require.Contains(t, status(), `**Version:** v1.2.3 (abc) \*x\*`)
	require.Contains(t, status(), "nothing was asked since the start")
	require.Contains(t, status(), "**Latest problems:** none")

	ask, _, _ := w.running(false)
	queued := w.asked(w.colleague.Slash(w.channel, "seed", discordtest.Options{"job": otherJobID}))
	w.desk.Progress(queued, retrieval.Progress{Phase: retrieval.Queued, Percent: -1})
	require.Contains(t, status(), "3 for each Midjourney account · 1 under way, 1 waiting")
	w.end(ask, retrieval.TokenRefused)
	require.NoError(t, w.history.StartAsk(t.Context(), db.Ask{ID: "1300000000000000077", Scope: w.guild.ID, Member: w.colleague.ID, Job: jobNumber(7), At: time.Now()}))
	require.NoError(t, w.history.EndAsk(t.Context(), "1300000000000000077", db.Ended, string(retrieval.Rejected), "Bearer user:1-secret "+jobNumber(7), 0))
	said := status()
	require.Contains(t, said, "**no answer since the start**, last failure")
	require.Contains(t, said, "needs the person who runs this bot")
	require.Contains(t, said, "The Midjourney connection refused this job.")
	for _, secret := range []string{"user:1-secret", w.colleague.ID, jobNumber(7)} {
		require.NotContains(t, said, secret)
	}
	w.deliver(queued, w.card(9, owlPrompt))
	require.Contains(t, status(), "works, last answer")
	require.Contains(t, status(), "0 under way, 0 waiting")
	require.Contains(t, status(), "1 card, 0 recipes")
}

// deliver lets an ask end with a card, as retrieval does.
func (w *world) deliver(ask retrieval.Ask, card db.Card) retrieval.Delivered {
	w.t.Helper()
	d, err := w.desk.Deliver(w.t.Context(), ask, retrieval.Outcome{Card: card})
	require.NoError(w.t, err)
	return d
}

func TestTheAuditLogIsLeafedThrough(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	manager := w.manager()
	require.Equal(t, textNoAudit(false), w.answer(manager.Slash(w.channel, "seedbot audit", nil)).Text())
	for n := range 12 {
		require.NoError(t, w.history.Audit(t.Context(), w.guild.ID, db.AuditEntry{Member: w.colleague.ID, Action: "card.delete", Target: cardNumber(int64(n)), Detail: "*bold* `x`"}))
	}
	require.NoError(t, w.history.Audit(t.Context(), "1", db.AuditEntry{Member: w.colleague.ID, Action: "theirs"}))
	m := w.answer(manager.Slash(w.channel, "seedbot audit", nil))
	require.Equal(t, 10, strings.Count(m.Text(), "`card.delete`"))
	require.Contains(t, m.Text(), `\*bold\*`)
	require.NotContains(t, m.Text(), "theirs")
	older := w.answer(manager.Press(m, labelOlder))
	require.Equal(t, 2, strings.Count(older.Text(), "`card.delete`"))
	require.Equal(t, 10, strings.Count(w.answer(manager.Press(older, labelNewest)).Text(), "`card.delete`"))
	require.Equal(t, textNoAudit(true), w.answer(manager.Slash(w.channel, "seedbot audit", discordtest.Options{"by": w.asker.User, "since": "day"})).Text())
	manager.SetRoles()
	require.Equal(t, textManageOnly, w.answer(manager.Press(m, labelOlder)).Text())
}
