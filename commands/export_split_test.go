package commands

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/stretchr/testify/require"

	"seedbank/bot"
	"seedbank/db"
	"seedbank/discordtest"
	"seedbank/exchange"
)

// A server that is too large for one file comes back from several, the last one first.
func TestAServerInSeveralFilesComesBackToTheLetter(t *testing.T) {
	t.Parallel()
	store, discord := newHistory(t), wall{}
	fillAtRandom(t, store, rand.New(rand.NewPCG(11, 7)), discord)
	e := exporting{
		history: store, view: db.View{Scope: "900"}, format: formatJSON, everyones: true, from: exchange.Origin{At: noon, Scope: "900"},
	}
	const most = 25_000
	files, done, err := e.split(t.Context(), t.TempDir(), most, nothing)
	require.NoError(t, err)
	require.Greater(t, len(files), 2)
	require.Equal(t, len(files), done.files)
	require.Contains(t, textExported(done, formatJSON, true, "900"), "import each of them, in any order")

	i := &bot.Interaction{
		Guild: "900", Channel: "20", User: bot.User{ID: "1300000000000000042"}, Created: time.Now(),
		Member: &bot.Member{Permissions: discordgo.PermissionManageGuild},
	}
	c := &counter{history: newHistory(t), surveyor: discord}
	cards := 0
	for _, path := range slices.Backward(files) {
		raw, err := os.ReadFile(path)
		require.NoError(t, err)
		require.LessOrEqual(t, len(raw), most)
		content, err := exchange.Read(raw)
		require.NoError(t, err)
		require.True(t, content.WholeServer())
		brought, err := c.importContent(t.Context(), i, content)
		require.NoError(t, err)
		require.Empty(t, brought.rejected)
		require.Equal(t, len(content.Cards), brought.Added)
		cards += brought.Added
	}
	require.Equal(t, done.cards, cards)
	require.Equal(t, exportOf(t, store), exportOf(t, c.history))
}

func TestACardThatGoesBetweenTwoFilesTakesNoOtherAlong(t *testing.T) {
	t.Parallel()
	store := newHistory(t)
	for n := range 4 {
		keepCard(t, store, db.Card{Scope: "900", Seed: uint32(n), Prompt: "owl", Asker: "1"})
	}
	e := exporting{history: store, view: db.View{Scope: "900"}, format: formatJSON, from: exchange.Origin{At: noon, Scope: "900"}}
	folder, of := t.TempDir(), section{most: 2}
	_, more, err := e.section(t.Context(), filepath.Join(folder, "1"), maxExport, nothing, &of)
	require.NoError(t, err)
	require.True(t, more)
	require.NoError(t, store.Delete(t.Context(), e.view, 1, "1"))
	done, more, err := e.section(t.Context(), filepath.Join(folder, "2"), maxExport, nothing, &of)
	require.NoError(t, err)
	require.False(t, more)
	require.Equal(t, 2, done.cards)
}

func TestWhatIsTooLargeForOneFileIsHandedOverInSeveral(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for n := range 3 { // one fits into a file, and two files into a message
		w.keep(db.Card{Scope: w.guild.ID, Seed: uint32(n), Prompt: "owl", Typed: strings.Repeat("owl ", 1_500_000), Asker: w.asker.ID})
	}
	i := w.asker.Slash(w.channel, "seeds export", discordtest.Options{"what": "mine", "format": "json"})
	m := w.answer(i)
	require.Contains(t, m.Text(), "**3 cards.**")
	require.Contains(t, m.Text(), "These are 3 files")
	require.Len(t, m.Attachments, 2)
	require.Regexp(t, `^seeds-mine-\d{4}-\d\d-\d\d-1-of-3\.json$`, m.Attachments[0].Filename)
	more, err := i.AwaitFollowUp(w.soon(), says(textExportedMore(3, 3, 3)))
	require.NoError(t, err)
	require.True(t, more.Ephemeral())
	require.Len(t, more.Attachments, 1)
}
