package commands

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"seedbank/bot"
	"seedbank/db"
	"seedbank/discordtest"
)

func TestNoteAndTags(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	card := w.card(7, "owl in the rain --v 7")
	other := w.show(w.colleague, w.channel, card)
	m := w.show(w.asker, w.channel, card)
	refusal := w.answer(w.fromMore(w.colleague, m, 1, moreNote))
	require.Contains(t, refusal.Text(), "<@"+w.asker.ID+">", "it says who may")

	i := w.fromMore(w.asker, m, 1, moreNote)
	_, err := i.Modal(w.soon())
	require.NoError(t, err)
	w.answer(i.Submit(map[string]any{fieldNote: "for *the client*", fieldTags: "Owl, #Rainy Night,, 猫; owl"}))
	now := w.shown(m, says("📝 for \\*the client\\*\n🏷️ owl, rainy-night, 猫"))
	require.Len(t, now.Attachments, 4)
	w.shown(other, says("🏷️ owl"))

	t.Run("stand in the form the next time", func(t *testing.T) {
		i := w.fromMore(w.asker, now, 1, moreNote)
		form, err := i.Modal(w.soon())
		require.NoError(t, err)
		note, _ := form.Field(fieldNote)
		require.Equal(t, "for *the client*", note.Value)
		tags, _ := form.Field(fieldTags)
		require.Equal(t, "owl, rainy-night, 猫", tags.Value)
		w.answer(i.Submit(map[string]any{fieldNote: "", fieldTags: ""}))
		w.shown(m, func(m *discordtest.Message) bool {
			return !strings.Contains(m.Text(), "📝") && !strings.Contains(m.Text(), "🏷️")
		})
	})
	t.Run("of too many tags nothing is kept, and nothing typed is lost", func(t *testing.T) {
		i := w.fromMore(w.asker, now, 1, moreNote)
		_, err := i.Modal(w.soon())
		require.NoError(t, err)
		said := w.answer(i.Submit(map[string]any{fieldNote: "x", fieldTags: "a,b,c,d,e,f,g,h,i,j,k"}))
		require.Equal(t, textTooMany("a,b,c,d,e,f,g,h,i,j,k"), said.Text())
		got, err := w.history.Card(t.Context(), db.View{Scope: w.guild.ID}, 1)
		require.NoError(t, err)
		require.Empty(t, got.Note)
	})
	t.Run("are forged by nobody", func(t *testing.T) {
		c := &counter{history: w.history, reader: w.bot}
		i := &bot.Interaction{Guild: w.guild.ID, User: bot.User{ID: w.colleague.ID}, CustomID: bot.CustomID{Args: []string{"1"}}, Fields: map[string]string{fieldNote: "mine"}}
		var refusal *bot.UserError
		require.ErrorAs(t, c.note(t.Context(), i), &refusal)
	})
}

func TestTagsAsMembersWriteThem(t *testing.T) {
	t.Parallel()
	for written, want := range map[string][]string{
		"":                      nil,
		" , ,#":                 nil,
		"Owl":                   {"owl"},
		"owl, OWL ,owl":         {"owl"},
		"#owl #rain":            {"owl", "rain"},
		"rainy  night":          {"rainy-night"},
		"a/b*c`d":               {"abcd"},
		"--x--":                 {"x"},
		"猫、雨":                   {"猫", "雨"},
		strings.Repeat("é", 40): {strings.Repeat("é", 32)},
		"@everyone":             {"everyone"},
		"\u202eabc":             {"abc"},
		"<b>":                   {"b"},
	} {
		require.Equal(t, want, tagsIn(written), written)
	}
}
