package commands

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/db"
)

func TestKeepingCardsForFewerDaysIsAskedFirst(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	manager := w.manager()
	for seed, days := range map[uint32]int{1: 1, 2: 40, 3: 100, 4: 400} {
		at := time.Now().AddDate(0, 0, -days)
		w.keep(db.Card{Scope: w.guild.ID, Seed: seed, Job: jobNumber(int(seed)), Prompt: "owl", Asker: w.asker.ID, Private: seed == 3, Asked: at, Created: at})
	}
	panel := w.answer(manager.Press(w.answer(manager.Slash(w.channel, "seedbot settings", nil)), labelRules))
	choose := func(days string) { panel = w.answer(manager.Choose(panel, "v1:set:rules:retention", days)) }

	choose("30")
	require.Equal(t, textRetentionErases(30, 3), panel.Text())
	require.Contains(t, panel.Text(), "erases 3 cards for good")
	require.Zero(t, w.rules().RetentionDays, "nothing is settled yet")
	panel = w.answer(manager.Press(panel, labelCancel))
	require.Zero(t, w.rules().RetentionDays)
	require.NotNil(t, panel.Find("v1:set:rules:retention"), "the panel is back")

	choose("90")
	require.Contains(t, panel.Text(), "erases 2 cards for good")
	panel = w.answer(manager.Press(panel, labelErase))
	require.Equal(t, 90, w.rules().RetentionDays)
	choose("365")
	require.Equal(t, 365, w.rules().RetentionDays, "what erases nothing is not asked")
	choose("0")
	require.Zero(t, w.rules().RetentionDays)

	choose("30")
	manager.SetRoles()
	require.Equal(t, textManageOnly, w.answer(manager.Press(panel, labelErase)).Text())
	require.Zero(t, w.rules().RetentionDays)
}
