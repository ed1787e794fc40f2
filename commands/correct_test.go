package commands

import (
	"fmt"
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
	require.Equal(t, textOtherSeedHere(1, 5, w.asker.ID), theirs.Text())
	require.Contains(t, theirs.Text(), w.asker.Mention()+", who added it by hand, can correct it.")
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
	require.Equal(t, textOtherSeedHere(fetched.Number, 8, ""), m.Text(), "Midjourney's own answer stays")
	require.Nil(t, m.Button(labelUseSeed(9)))
	forged := w.puts(otherSeedMessage(db.Card{Number: fetched.Number, Source: db.Pasted, Asker: w.asker.ID}, 9, w.asker.ID))
	require.Equal(t, textCannotCorrect(fetched.Number, ""), w.answer(w.asker.Press(forged, labelUseSeed(9))).Text())
}

func TestADeletedSeedDoesNotComeBackBesideItsCorrection(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.asked(w.adds(w.asker, map[string]any{"paste": "owl --v 7", "seed": "5", "job": midjourneyID}))
	deleted := w.answer(w.asker.Slash(w.channel, "seeds delete", discordtest.Options{"card": "1"}))
	w.asked(w.adds(w.asker, map[string]any{"paste": "owl --v 7", "seed": "6", "job": midjourneyID}))
	require.Equal(t, textUndoOther(2), w.answer(w.asker.Press(deleted, labelUndo)).Text())
}

func TestASeedWithoutAJobIsCorrectedOnItsCard(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	add := func(who *discordtest.Member, words, seed string) (*discordtest.Message, db.Card) {
		i := w.adds(who, map[string]any{"paste": words, "seed": seed})
		ask := w.asked(i)
		card, err := w.history.Card(t.Context(), ask.View(), ask.Card)
		require.NoError(t, err)
		return w.handOver(i, ask, card, fourFiles(t)), card
	}
	m, card := add(w.asker, "owl --v 7", "5")
	again := w.colleague.Slash(w.channel, "seed", discordtest.Options{"job": "#1"})
	shown := w.handOver(again, w.asked(again), card, fourFiles(t))
	require.Equal(t, textCannotCorrect(1, w.asker.ID), w.answer(w.fromMore(w.colleague, m, 1, moreCorrect)).Text())

	i := w.fromMore(w.asker, m, 1, moreCorrect)
	form, err := i.Modal(w.soon())
	require.NoError(t, err)
	require.Contains(t, fmt.Sprint(form), "5")
	require.Equal(t, textCorrectBadSeed(textBadSeed("12x")), w.answer(i.Submit(map[string]any{"seed": "12x"})).Text())

	i = w.fromMore(w.asker, w.discord.Message(m.ChannelID, m.ID), 1, moreCorrect)
	_, err = i.Modal(w.soon())
	require.NoError(t, err)
	w.answer(i.Submit(map[string]any{"seed": "         6         "}))
	for _, m := range []*discordtest.Message{m, shown} {
		now := w.shown(m, says(seedHeading(6)))
		require.Len(t, now.Attachments, 4)
		require.Equal(t, "6", w.answer(w.asker.Press(now, labelCopySeed)).Content)
	}
	log, err := w.history.AuditLog(t.Context(), w.guild.ID, w.asker.ID, time.Time{}, 0, 1)
	require.NoError(t, err)
	require.Contains(t, auditRow(log[0]), "corrected the seed of #1\n-# 5 → 6")

	other, _ := add(w.asker, "owl --v 7", "9")
	i = w.fromMore(w.asker, other, 2, moreCorrect)
	_, err = i.Modal(w.soon())
	require.NoError(t, err)
	require.Equal(t, textCorrectedAlready(1, 2), w.answer(i.Submit(map[string]any{"seed": "6"})).Text(), "one card of it is enough")

	for _, option := range moreOptions(db.Card{Number: 3, Source: db.Midjourney, Asker: w.asker.ID}) {
		require.NotEqual(t, moreCorrect, option.Value, "Midjourney's own answer stays")
	}
}
