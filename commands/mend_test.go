package commands

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"seedbank/discordtest"
)

// The file of a whole server is for who may speak for it: by any other hand each card would be that member's own.
func TestAServersFileIsForWhoManagesIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	manager := managerOf(w.guild)
	moderator := w.guild.AddMember("A moderator", discordtest.WithRoles(w.guild.AddRole("mods", discordtest.ManageMessages)))
	w.livedIn()
	options := discordtest.Options{"what": "server", "format": "json"}
	file := w.download(w.exports(manager, w.channel, options))
	w.lose()
	require.Equal(t, textWholeServer, w.imports(moderator, w.channel, file))
	require.Empty(t, w.exports(manager, w.channel, options).Attachments, "nothing came in")

	t.Run("what such a hand brought before is mended", func(t *testing.T) {
		unmarked := regexp.MustCompile(`"last":\d+,`).ReplaceAllString(file, "")
		require.Contains(t, w.imports(moderator, w.channel, unmarked), "**Imported ")
		spoilt := w.download(w.exports(manager, w.channel, options))
		require.False(t, strings.Contains(spoilt, w.asker.ID), "each card is the moderator's own")
		require.Contains(t, w.imports(manager, w.channel, file), "mended: who asked, jobs and pictures are as this file says.")
		mended := w.download(w.exports(manager, w.channel, options))
		require.False(t, strings.Contains(mended, moderator.ID))
		require.Equal(t, untimed(strings.Replace(file, `"parent":2,`, "", 1)), untimed(mended), "all but a parent that is not here")
		require.Equal(t, "**Nothing new.** 7 cards and 1 recipe were here already.", w.imports(manager, w.channel, file), "twice is once")
	})
}
