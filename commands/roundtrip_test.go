package commands

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/stretchr/testify/require"

	"seedbank/bot"
	"seedbank/db"
	"seedbank/exchange"
)

// wall is a Discord on which every message of the cards hangs.
type wall map[string][]bot.Msg

func (wall) UserID() string { return "1" }

func (wall) GuildOf(context.Context, string) (string, error) { return "900", nil }

func (w wall) ReadMessages(_ context.Context, channel, after string) ([]bot.Msg, error) {
	list := slices.DeleteFunc(slices.Clone(w[channel]), func(m bot.Msg) bool { return m.ID <= after })
	slices.SortFunc(list, func(a, b bot.Msg) int { return cmp.Compare(a.ID, b.ID) })
	return list[:min(len(list), 3)], nil
}

// hang puts a message up that shows a card, with files of these IDs.
func (w wall) hang(card db.Card, channel, message string, files ...string) {
	components, _ := json.Marshal([]any{map[string]any{"type": 10, "content": seedHeading(card.Seed)}, map[string]any{"type": 2, "custom_id": fmt.Sprint("v1:seed:", card.Number)}})
	m := bot.Msg{ID: message, Author: bot.User{ID: "1"}, Components: components}
	for _, id := range files {
		m.Attachments = append(m.Attachments, bot.Attachment{ID: id})
	}
	w[channel] = append(w[channel], m)
}

// Any history, exported and brought into an empty one, is exported again to the letter.
func TestAnyHistoryComesBackToTheLetter(t *testing.T) {
	t.Parallel()
	for round := range uint64(6) {
		t.Run(fmt.Sprint(round), func(t *testing.T) {
			t.Parallel()
			random := rand.New(rand.NewPCG(round, 7))
			store, discord := newHistory(t), wall{}
			fillAtRandom(t, store, random, discord)
			i := &bot.Interaction{
				Guild: "900", Channel: "20", User: bot.User{ID: "1300000000000000042"}, Created: time.Now(),
				Member: &bot.Member{Permissions: discordgo.PermissionManageGuild},
			}
			file := exportOf(t, store)
			content, err := exchange.Read([]byte(file))
			require.NoError(t, err)
			require.NotEmpty(t, content.Cards)
			c := &counter{history: newHistory(t), surveyor: discord}
			done, err := c.importContent(t.Context(), i, content)
			require.NoError(t, err)
			require.Empty(t, done.rejected)
			require.Zero(t, done.lost)
			require.Equal(t, strings.Split(file, "\n"), strings.Split(exportOf(t, c.history), "\n"))
			again, err := c.importContent(t.Context(), i, content)
			require.NoError(t, err)
			require.Zero(t, again.Added+again.Recipes.Added)
			require.Equal(t, len(content.Cards), again.Known)
			require.Equal(t, len(content.Recipes), again.Recipes.Known)
			require.Equal(t, file, exportOf(t, c.history))
		})
	}
}

func exportOf(t *testing.T, s *db.Store) string {
	t.Helper()
	file, err := os.Create(filepath.Join(t.TempDir(), "x"))
	require.NoError(t, err)
	defer func() { _ = file.Close() }()
	e := exporting{history: s, view: db.View{Scope: "900"}, format: formatJSON, everyones: true, from: exchange.Origin{At: noon, Scope: "900"}}
	_, err = e.fit(t.Context(), file, maxExport)
	require.NoError(t, err)
	raw, err := os.ReadFile(file.Name())
	require.NoError(t, err)
	return string(raw)
}

// fillAtRandom makes a history of some sixty cards and a few recipes.
func fillAtRandom(t *testing.T, s *db.Store, random *rand.Rand, discord wall) {
	t.Helper()
	ctx := t.Context()
	words := []string{
		"owl", "=1+1", "\"", "\n", "\\u0000", "\u202e", "雨の猫", "🦉", "'", "`", "<@1>", "@everyone", "--ar 3:2", "--seed 5", "—v 7", "\t", "  ", ",;", "</script>", "\u2028", "{\"a\":1}", "::2", "\ufffd",
	}
	some := func(most int) string {
		var b strings.Builder
		for range 1 + random.IntN(most) {
			b.WriteString(words[random.IntN(len(words))] + " ")
		}
		return "x" + b.String()
	}
	chance := func(of int) bool { return random.IntN(of) == 0 }
	member := func() string { return "13000000000000000" + strconv.Itoa(40+random.IntN(5)) }
	id := 1_300_000_000_000_001_000
	next := func() string { id++; return strconv.Itoa(id) }
	for n := range 60 {
		source := []db.Source{db.Midjourney, db.Prompt, db.Pasted, db.Imported}[random.IntN(4)]
		card := exchange.CardOfPrompt(some(8), source)
		if chance(8) {
			card = exchange.CardOfPrompt("the same words", source)
		}
		card.Scope, card.Seed, card.Asker, card.Private = "900", []uint32{0, 7, 1<<32 - 1, random.Uint32()}[random.IntN(4)], member(), chance(5)
		card.Asked, card.Created = noon.Add(time.Duration(n)*time.Minute), noon.Add(-time.Duration(random.IntN(99))*time.Hour)
		card.Parent = int64(random.IntN(n + 1))
		if source == db.Midjourney || source == db.Prompt {
			card.Job, card.SeedJob, card.MidjourneyID = jobNumber(n), strings.Replace(jobNumber(900+n), "i-u", "-u", 1), midjourneyID
		}
		if chance(2) {
			card.Typed, card.Action, card.Speed, card.Raw = some(4), "pan_left", "relax", []byte(`{ "a" : "<`+strconv.Itoa(n)+`>" }`)
		}
		if chance(2) {
			card.Note, card.Tags = some(5), []string{"brand", "t" + strconv.Itoa(n), "雨"}
		}
		card, known, err := s.Keep(ctx, strconv.Itoa(n), card)
		require.NoError(t, err)
		require.False(t, known)
		eyes := db.View{Scope: "900", Member: card.Asker}
		if chance(2) && !card.Private {
			channel, message, files := "130000000000000000"+strconv.Itoa(random.IntN(3)), next(), []string{next(), next()}
			require.NoError(t, s.SetPosted(ctx, eyes, card.Number, channel, message, []db.Picture{
				{Position: 1, Channel: channel, Message: message, Attachment: files[0], Name: fmt.Sprintf("seed-%d-1.png", card.Number), Type: "image/png", Size: 9, Width: 8, Height: 7, SHA256: strings.Repeat("0a", 32), Hash: random.Uint64()},
				{Position: 2, Missing: "too_big"}, {Position: 3, Channel: channel, Message: message, Attachment: files[1], Name: fmt.Sprintf("seed-%d-3.webp", card.Number), Type: "image/webp"},
			}))
			discord.hang(card, channel, message, files...)
			if further := next(); chance(2) {
				require.NoError(t, s.AddMessage(ctx, eyes, card.Number, channel, further))
				discord.hang(card, channel, further)
			}
			discord.hang(db.Card{}, channel, next()) // something else in between
		}
		for range random.IntN(4) {
			who := db.View{Scope: "900", Member: member()}
			if card.Private {
				who = eyes
			}
			_, err := s.Star(ctx, who, card.Number, true)
			require.NoError(t, err)
		}
		if chance(3) {
			require.NoError(t, s.SaveSheet(ctx, eyes, card.Number, aSheet(t)))
		}
		if chance(9) {
			require.NoError(t, s.Delete(ctx, eyes, card.Number, card.Asker))
		}
	}
	for n := range 5 {
		line, seed, err := readRecipePrompt(some(6))
		require.NoError(t, err)
		r := db.Recipe{Name: fmt.Sprint("Recipe ", n), Prompt: line, Seed: seed, By: member(), Standard: chance(2), Tags: []string{"brand"}, Note: some(3)}
		for card := range s.Export(ctx, db.View{Scope: "900"}, db.Query{}) {
			if chance(9) && len(r.Cards) < 4 {
				r.Cards = append(r.Cards, card.Number)
			}
		}
		_, err = s.SaveRecipe(ctx, "900", r)
		require.NoError(t, err)
		for revision := range random.IntN(3) {
			r.Prompt, r.Note, r.By = line+fmt.Sprint(" ", revision), "", member()
			_, err := s.EditRecipe(ctx, db.View{Scope: "900"}, r.Name, revision+1, r)
			require.NoError(t, err)
		}
		for range random.IntN(3) {
			require.NoError(t, s.UseRecipe(ctx, "900", r.Name))
		}
	}
}
