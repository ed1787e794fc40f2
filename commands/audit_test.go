package commands

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/db"
	"seedbank/discordtest"
)

func TestTheAuditLogIsReadAloud(t *testing.T) {
	t.Parallel()
	for says, e := range map[string]db.AuditEntry{
		"<@7> deleted #4":                                                             {Action: "delete", Target: "#4"},
		"<@7> changed the note and tags of #4":                                        {Action: auditNoted, Target: "#4"},
		"<@7> gave a recipe the name owls\n-# it was owl":                             {Action: auditRecipeRenamed, Target: "owls", Detail: "owl"},
		"<@7> saved the recipe owl\n-# from #4":                                       {Action: auditRecipeSaved, Target: "owl", Detail: "#4"},
		"<@7> marked the recipe owl\n-# team standard: on":                            {Action: auditRecipeMarked, Target: "owl", Detail: "on"},
		"<@7> ordered a picture from #4\n-# owl --v 7":                                {Action: auditImagine, Target: "#4", Detail: "owl --v 7"},
		"<@7> ordered a picture":                                                      {Action: auditImagine},
		"<@7> imported cards\n-# 12 added":                                            {Action: auditImport, Detail: "12"},
		"<@7> `later.on` x":                                                           {Action: "later.on", Target: "x"},
		"<@7> changed the settings\n-# new seeds a day: no limit → 20":                {Action: auditSettings, Detail: "daily limit: 0 → 20"},
		"<@7> changed the settings\n-# cards are kept: always → 90 days":              {Action: auditSettings, Detail: "retention days: 0 → 90"},
		"<@7> changed the settings\n-# answers are private: no → yes":                 {Action: auditSettings, Detail: "private by default: false → true"},
		"<@7> changed the settings\n-# asking is allowed in: everywhere → <#5>, <#6>": {Action: auditSettings, Detail: "ask channels: none → 5, 6"},
		"<@7> changed the settings\n-# Midjourney accounts: `5` → all":                {Action: auditSettings, Detail: "accounts: 5 → none"},
		"<@7> changed the settings\n-# roles that may save: <@&3> → everyone":         {Action: auditSettings, Detail: "roles: ask (1, 2), save (3) → ask (1, 2)"},
		"<@7> changed the settings\n-# paused asking: a; b \\*c\\*":                   {Action: auditSettings, Detail: "paused: none → a; b *c*"},
		"<@7> changed the settings\n-# went on asking; the pause was: a":              {Action: auditSettings, Detail: "paused: a → none"},
		"<@7> changed the settings\n-# reason for the pause: a → b":                   {Action: auditSettings, Detail: "paused: a → b"},
		"<@7> changed the settings\n-# roles that may curate: <@&3> → who has Manage Messages": {
			Action: auditSettings, Detail: "roles: curate (3) → none"},
		"<@7> changed the settings\n-# pictures a day: no limit → 5\n-# roles that may ask: everyone → <@&1>, <@&2>, <@&3>, … and 2 more": {
			Action: auditSettings, Detail: "daily picture limit: 0 → 5; roles: none → ask (1, 2, 3, 4, 5)"},
		"<@7> changed the settings\n-# something of later": {Action: auditSettings, Detail: "something of later"},
	} {
		e.Member, e.At = "7", noon
		require.Equal(t, ago(noon)+" "+says, auditRow(e))
	}
	require.Contains(t, auditRow(db.AuditEntry{Action: "delete", At: noon}), "a member who is forgotten deleted")
}

func TestRolesInTheAuditLogAreMentionsThatPingNobody(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	manager := w.manager()
	studio := w.guild.AddRole("Studio", 0)
	panel := w.answer(manager.Slash(w.channel, "seedbot settings", nil))
	w.answer(manager.Choose(w.answer(manager.Press(panel, labelRoles)), "v1:set:roles:ask", studio.ID))
	m := w.answer(manager.Slash(w.channel, "seedbot audit", nil))
	require.Contains(t, m.Text(), "-# roles that may ask: everyone → <@&"+studio.ID+">")
	require.Empty(t, m.Mentions)
}

func TestLongEntriesOfTheAuditLogMakeShorterPages(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	manager := w.manager()
	detail := strings.Repeat("*", maxAuditDetail)
	for n := range 9 {
		require.NoError(t, w.history.Audit(t.Context(), w.guild.ID, db.AuditEntry{Member: w.colleague.ID, Action: auditImagine, Target: cardNumber(int64(n)), Detail: detail}))
	}
	m := w.answer(manager.Slash(w.channel, "seedbot audit", nil))
	seen := 0
	for range 9 {
		require.NotContains(t, m.Text(), `*…`, "nothing is cut")
		seen += strings.Count(m.Text(), "ordered a picture from #")
		if older := m.Button(labelOlder); older == nil || older["disabled"] == true {
			break
		}
		m = w.answer(manager.Press(m, labelOlder))
	}
	require.Equal(t, 9, seen, "each entry stands on one page")
	require.Equal(t, textNoAudit(true), w.answer(manager.Slash(w.channel, "seedbot audit", discordtest.Options{"by": w.asker.User, "since": "day"})).Text())
	requireSendable(t, framed(blue, text(auditRow(db.AuditEntry{At: time.Now(), Member: strings.Repeat("9", 20), Action: strings.Repeat("`", 200), Target: strings.Repeat("_", 300), Detail: strings.Repeat("~", 9000)}))))
}

// What the history calls a setting in the log is what the log is read by.
func TestEverySettingHasItsWordsInTheAuditLog(t *testing.T) {
	t.Parallel()
	history := newHistory(t)
	require.NoError(t, history.SaveSettings(t.Context(), "9", db.Settings{
		AskChannels: []string{"1"}, DenyChannels: []string{"2"}, Roles: map[string][]string{"ask": {"3"}}, DailyLimit: 4, PictureLimit: 5,
		PrivateByDefault: true, ResultChannel: "6", RetentionDays: 30, Accounts: []string{"7"}, Paused: "why",
	}, "8"))
	log, err := history.AuditLog(t.Context(), "9", "", time.Time{}, 0, 5)
	require.NoError(t, err)
	require.Equal(t, []string{
		"asking is allowed in: everywhere → <#1>", "asking is not allowed in: nowhere → <#2>", "roles that may ask: everyone → <@&3>",
		"new seeds a day: no limit → 4", "pictures a day: no limit → 5", "answers are private: no → yes", "result channel: none → <#6>",
		"cards are kept: always → 30 days", "Midjourney accounts: all → `7`", "paused asking: why",
	}, settingChanges(log[0].Detail))
}
