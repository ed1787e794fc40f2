package main

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/discordtest"
	"seedbank/useapi/useapitest"
)

// TestKilledWhileForgetting kills the process between erasing and changing what was posted: the next one goes on.
func TestKilledWhileForgetting(t *testing.T) {
	t.Parallel()
	l := newLive(t)
	job := l.useapi.AddImageJob(useapitest.JobOptions{Prompt: "cat in the hat --v 7", Seed: 7, ImageSize: 64})
	l.start()
	posted := l.finished(l.seed(l.member, job))
	require.Eventually(t, func() bool { return strings.Contains(l.log.String(), "ask ended") }, 60*time.Second, 10*time.Millisecond, "it is not known where the card stands")
	name := "<@" + l.member.ID + ">"
	require.Contains(t, posted.Text(), name)

	edits := "/channels/*/messages/" + posted.ID
	l.discord.Fault(-1, "PATCH", edits, discordtest.Broken(503))
	asks := l.member.Slash(l.channel, "seeds forget-me", nil)
	_, err := asks.Modal(l.within(60 * time.Second))
	require.NoError(t, err)
	i := asks.Submit(map[string]any{"confirm": "forget me"})
	changes := l.discord.Watch(l.within(60 * time.Second))
	for len(l.discord.RequestsTo("PATCH", edits)) == 0 {
		_, open := <-changes
		require.True(t, open, "the message was not changed")
	}
	l.kill()
	l.discord.ClearFaults()

	l.start()
	told, err := i.Await(l.within(60*time.Second), func(m *discordtest.Message) bool { return !m.Loading() })
	require.NoError(t, err)
	require.Contains(t, told.Text(), "no longer knows you")
	now := l.discord.Message(posted.ChannelID, posted.ID)
	require.NotContains(t, now.Text(), name)
	require.Contains(t, now.Text(), "cat in the hat")
	require.Len(t, now.Attachments, 4)
}
