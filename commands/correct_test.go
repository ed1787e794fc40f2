package commands

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/db"
	"seedbank/discordtest"
)

func TestASeedThatWasMistypedIsCorrected(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	i := w.adds(w.asker, map[string]any{"paste": "owl --v 7", "seed": "5", "job": midjourneyID})
	ask := w.asked(i)
	card, err := w.history.Card(t.Context(), ask.View(), 1)
	require.NoError(t, err)
	posted := w.handOver(i, ask, card, fourFiles(t))
	_, err = w.history.Star(t.Context(), db.View{Scope: w.guild.ID, Member: w.colleague.ID}, 1, true)
	require.NoError(t, err)

	theirs := w.answer(w.adds(w.colleague, map[string]any{"paste": "owl --v 7", "seed": "6", "job": midjourneyID}))
	require.Equal(t, textOtherSeedHere(1, 5), theirs.Text())
	require.Nil(t, theirs.Button(labelUseSeed(6)), "what others added is theirs to correct")

	mine := w.answer(w.adds(w.asker, map[string]any{"paste": "owl --v 7", "seed": "6", "job": midjourneyID}))
	require.True(t, mine.Ephemeral())
	require.Equal(t, textOwnSeedHere(1, 5, 6), mine.Text())
	require.Equal(t, textSeedCorrected(1, 6), w.answer(w.asker.Press(mine, labelUseSeed(6))).Text())
	card, err = w.history.Card(t.Context(), ask.View(), 1)
	require.NoError(t, err)
	require.EqualValues(t, 6, card.Seed)
	require.Equal(t, 1, card.Stars)
	now := w.shown(posted, says(seedHeading(6)))
	require.Len(t, now.Attachments, 4, "its message shows it, with its pictures")
	require.Equal(t, "6", w.answer(w.asker.Press(now, labelCopySeed)).Content)

	log, err := w.history.AuditLog(t.Context(), w.guild.ID, w.asker.ID, time.Time{}, 0, 1)
	require.NoError(t, err)
	require.Contains(t, auditRow(log[0]), "corrected the seed of #1\n-# 5 → 6")

	fetched := w.keep(db.Card{Scope: w.guild.ID, Seed: 8, MidjourneyID: "00000000-0000-4000-8000-000000000001", Prompt: "hen", Asker: w.asker.ID, Asked: time.Now()})
	m := w.answer(w.adds(w.asker, map[string]any{"paste": "hen", "seed": "9", "job": fetched.MidjourneyID}))
	require.Equal(t, textOtherSeedHere(fetched.Number, 8), m.Text(), "Midjourney's own answer stays")
	require.Nil(t, m.Button(labelUseSeed(9)))
	forged := w.puts(otherSeedMessage(db.Card{Number: fetched.Number, Source: db.Pasted, Asker: w.asker.ID}, 9, w.asker.ID))
	require.Equal(t, textCannotCorrect(fetched.Number), w.answer(w.asker.Press(forged, labelUseSeed(9))).Text())
}

func TestADeletedSeedDoesNotComeBackBesideItsCorrection(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.asked(w.adds(w.asker, map[string]any{"paste": "owl --v 7", "seed": "5", "job": midjourneyID}))
	deleted := w.answer(w.asker.Slash(w.channel, "seeds delete", discordtest.Options{"card": "1"}))
	w.asked(w.adds(w.asker, map[string]any{"paste": "owl --v 7", "seed": "6", "job": midjourneyID}))
	require.Equal(t, textUndoOther(2), w.answer(w.asker.Press(deleted, labelUndo)).Text())
}
