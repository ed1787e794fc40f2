package commands

import (
	"errors"
	"fmt"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"seedbank/bot"
)

func TestAFullDiskHasItsOwnWords(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.asks.fail = fmt.Errorf("write: %w", syscall.ENOSPC)
	form := w.adds(w.asker, map[string]any{fieldPaste: "owl --v 7", fieldAddSeed: "5"})
	told, err := form.Await(w.soon(), has(labelSendAgain))
	require.NoError(t, err)
	require.Equal(t, textDisk, told.Text())
	require.Contains(t, w.log.String(), "interaction failed", "whoever runs the bot finds it in the log")

	back := w.modal(w.asker.Press(told, labelSendAgain))
	require.Equal(t, "owl --v 7", filledIn(back)[fieldPaste], "what was typed waits for the room")
}

func TestWordsOfFailures(t *testing.T) {
	t.Parallel()
	full := fmt.Errorf("star card 1: %w", syscall.ENOSPC)
	require.Equal(t, textDisk, failureWords(full))
	require.Equal(t, textDisk, failureWords(bot.Below(full)))
	require.Equal(t, textDiskUnrecorded, failureWords(errors.Join(&unrecorded{full}, nil)), "what was done is not denied")
	require.Empty(t, failureWords(&unrecorded{errors.New("no luck")}))
	require.Empty(t, failureWords(errors.New("no luck")))
}
