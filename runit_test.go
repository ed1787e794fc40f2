package main

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/discordtest"
	"seedbank/useapi/useapitest"
)

// TestAPictureIsMadeOnce makes the next picture of a card through a recipe, and kills the process while it is made.
func TestAPictureIsMadeOnce(t *testing.T) {
	t.Parallel()
	l := newLive(t)
	job := l.useapi.AddImageJob(useapitest.JobOptions{Prompt: "cat in the hat --v 7", Seed: 3937070146, ImageSize: 64})
	maker := l.guild.AddMember("A maker", discordtest.WithRoles(l.guild.AddRole("makers", discordtest.ManageGuild)))
	l.start("ALLOW_IMAGINE=true")
	l.finished(l.seed(maker, job))
	saved, err := maker.Slash(l.channel, "recipe save", discordtest.Options{"card": "1", "name": "hat"}).Answer(l.within(60 * time.Second))
	require.NoError(t, err)
	require.Contains(t, saved.Text(), "Saved.")
	used, err := maker.Slash(l.channel, "recipe use", discordtest.Options{"name": "hat"}).Answer(l.within(60 * time.Second))
	require.NoError(t, err)
	confirm, err := maker.Press(used, "Run it").Answer(l.within(60 * time.Second))
	require.NoError(t, err)
	require.Zero(t, l.useapi.Imagines(""))

	endless := useapitest.Running(150*time.Millisecond, 10, 30)
	endless.End = useapitest.Never // until the test ends it, however long a restart takes
	l.useapi.Next(1, endless)
	i := maker.Press(confirm, "Run it fast")
	_, err = i.Await(l.within(60*time.Second), func(m *discordtest.Message) bool { return strings.Contains(m.Text(), " %") })
	require.NoError(t, err)
	l.kill()
	l.start("ALLOW_IMAGINE=true")
	again, err := maker.Press(confirm, "Run it fast").Answer(l.within(60 * time.Second))
	require.NoError(t, err)
	require.Contains(t, again.Text(), "This was ordered already")

	l.useapi.Finish(l.useapi.Made("")[0])
	m := l.finished(i)
	require.Contains(t, m.Text(), "made from #1")
	require.Contains(t, m.Text(), "3937070146")
	require.Len(t, m.Attachments, 1, "the grid")
	require.Equal(t, 1, l.useapi.Imagines(""))
	require.Equal(t, 1, l.useapi.Imagines(used.Content+" --fast"), "what was agreed to, to the letter")
	require.Contains(t, used.Content, "--seed 3937070146")
}
