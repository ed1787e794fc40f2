package commands

import (
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/retrieval"
)

func TestTheStatusSaysWhatOnlyItsReaderCanMend(t *testing.T) {
	t.Parallel()
	for code, why := range map[retrieval.Code]string{
		retrieval.TokenRefused: "It refused the bot's access token.",
		retrieval.Unpaid:       "Its subscription is missing or has ended.",
		retrieval.SignedOut:    "waits for a human",
	} {
		said := textService(health{failed: time.Now(), why: code})
		require.Contains(t, said, why)
		require.NotContains(t, said, textTellOwner)
	}
	require.NotContains(t, textService(health{failed: time.Now(), why: retrieval.Unavailable}), "try again", "that is for who asked")
}

func TestTheStatusSaysThatNothingCanBeKept(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	manager := managerOf(w.guild)
	require.NotContains(t, w.answer(manager.Slash(w.channel, "seedbot status", nil)).Text(), textUnwritable)
	path := w.history.Path()
	require.NoError(t, os.Rename(path, path+".gone"))
	said := w.answer(manager.Slash(w.channel, "seedbot status", nil)).Text()
	require.Contains(t, said, textUnwritable)
	require.NotContains(t, said, path)
	require.NoError(t, os.Rename(path+".gone", path))
	require.NotContains(t, w.answer(manager.Slash(w.channel, "seedbot status", nil)).Text(), textUnwritable)
}
