package commands

import (
	"fmt"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"
	"github.com/stretchr/testify/require"

	"seedbank/discordtest"
)

func TestAPictureOfMidjourneysOwnLeadsToItsSeed(t *testing.T) {
	t.Parallel()
	for _, says := range []string{textUUID, helpTopics()[0].text} {
		for _, step := range []string{"react to it with ✉️", "forward", "Record this ✉️ answer", "/seeds add"} {
			require.Contains(t, strings.ToLower(says), strings.ToLower(step))
		}
	}
	require.NotContains(t, textUUID, "Get seed", "that is where it comes from")
	for _, empty := range []string{textFirstUse, textNoLast} {
		require.Contains(t, empty, "✉️")
	}
}

func TestHelp(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, topic := range helpTopics() {
		m := w.answer(w.colleague.Slash(w.colleague.DM(), "help", discordtest.Options{"topic": topic.value}))
		require.True(t, m.Ephemeral())
		require.Equal(t, topic.text, m.Text())
		require.LessOrEqual(t, units(topic.text), 1900, "short enough to be read")
	}
	privacy := helpTopics()[3]
	require.Equal(t, "privacy", privacy.value)
	for _, fact := range []string{"In direct messages", fmt.Sprint(directLimit, " new seeds a day"), "no **Run it**", "that conversation alone", "Who runs me"} {
		require.Contains(t, privacy.text, fact)
	}
	all := helpTopics()[len(helpTopics())-1].text
	for _, c := range definitions() {
		require.Contains(t, all, c.Name, "the help leaves a command out")
		for _, o := range c.Options {
			if o.Type == discordgo.ApplicationCommandOptionSubCommand {
				require.Contains(t, all, "`"+o.Name+"`", "the help leaves a part of /%s out", c.Name)
			}
		}
	}
	require.Equal(t, helpTopics()[0].text, w.answer(w.colleague.Slash(w.channel, "help", nil)).Text())
}
