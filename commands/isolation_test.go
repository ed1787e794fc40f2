package commands

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"seedbank/bot"
	"seedbank/db"
	"seedbank/discordtest"
	"seedbank/exchange"
)

// TestTwoServersNeverSeeEachOthers has the same words, seed, job, picture and tag on two servers, and cards on one of
// them that the other has not, and goes through every way to a card.
func TestTwoServersNeverSeeEachOthers(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	other := w.discord.AddGuild("Other")
	there := other.AddChannel("there")
	manager := managerOf(other)
	midjourney := w.discord.AddBot("Midjourney Bot")
	const onlyID = "00000000-0000-4000-8000-000000000001"
	shared := func(scope, asker string) db.Card {
		card := exchange.CardOfPrompt("owl in the rain --ar 3:2 --v 7", db.Midjourney)
		card.Scope, card.Asker, card.Seed, card.Job, card.MidjourneyID = scope, asker, 5, jobNumber(5), midjourneyID
		return w.keep(card)
	}
	shared(other.ID, manager.ID)
	posted := midjourney.Say(w.channel, "x")
	only := exchange.CardOfPrompt("zebra in the snow --ar 9:16 --v 6", db.Midjourney)
	only.Scope, only.Asker, only.Seed, only.Job, only.MidjourneyID = w.guild.ID, manager.ID, 77, jobNumber(77), onlyID
	only.Channel, only.Message = w.channel.ID, posted.ID
	only.Pictures = []db.Picture{{Position: 1, SHA256: strings.Repeat("a", 64), Hash: 1}}
	w.keep(only)                   // #1 of the first server
	shared(w.guild.ID, w.asker.ID) // #2 of it
	mine := db.View{Scope: w.guild.ID, Member: manager.ID}
	require.NoError(t, w.history.SetNote(t.Context(), mine, 1, "a note on zebras", []string{"stripes"}))
	_, err := w.history.Star(t.Context(), mine, 1, true)
	require.NoError(t, err)

	slash := func(path string, o discordtest.Options) string {
		t.Helper()
		return w.answer(manager.Slash(there, path, o)).Text()
	}
	for name, text := range map[string]string{
		"history":       slash("seeds history", nil),
		"by its asker":  slash("seeds history", discordtest.Options{"by": manager}),
		"with a star":   slash("seeds history", discordtest.Options{"starred": true}),
		"words":         slash("seeds search", discordtest.Options{"text": "zebra"}),
		"a note":        slash("seeds search", discordtest.Options{"text": "zebras"}),
		"a tag":         slash("seeds search", discordtest.Options{"text": "tag:stripes"}),
		"a seed":        slash("seeds search", discordtest.Options{"text": "seed:77"}),
		"a parameter":   slash("seeds search", discordtest.Options{"text": "--ar 9:16"}),
		"a number":      slash("seeds show", discordtest.Options{"card": "2"}),
		"a job":         slash("seeds show", discordtest.Options{"card": jobNumber(77)}),
		"Midjourney's":  slash("seeds show", discordtest.Options{"card": onlyID}),
		"a link":        slash("seeds show", discordtest.Options{"card": posted.Link()}),
		"compare":       slash("seeds compare", discordtest.Options{"a": "1", "b": "2"}),
		"star":          slash("seeds star", discordtest.Options{"card": "2"}),
		"delete":        slash("seeds delete", discordtest.Options{"card": "2"}),
		"export":        slash("seeds export", discordtest.Options{"what": "search", "format": "csv", "text": "zebra"}),
		"seed of an ID": slash("seed", discordtest.Options{"job": onlyID}),
		"the member's":  w.answer(manager.UseOnUser(there, "Seed history", manager.User)).Text(),
		"a message":     w.answer(manager.UseOnMessage(there, "Copy prompt with seed", midjourney.Say(there, jobNumber(77)))).Text(),
		"a comparison":  w.answer(manager.UseOnMessage(there, "Compare with…", midjourney.Say(there, onlyID))).Text(),
	} {
		require.NotContains(t, text, "zebra in", name)
		require.NotContains(t, text, "`77`", name)
	}
	for _, ask := range []struct{ path, option, typed string }{
		{"seeds show", "card", "zebra"}, {"seeds show", "card", "2"}, {"seeds show", "card", "77"}, {"seeds compare", "a", ""}, {"seed", "job", "zebra"},
		{"seed", "job", jobNumber(77)}, {"seeds search", "tag", ""}, {"seeds search", "version", ""},
	} {
		choices, err := manager.Complete(there, ask.path, ask.option, ask.typed, nil).Choices(w.soon())
		require.NoError(t, err)
		for _, row := range choices {
			for _, strange := range []string{"zebra in", "stripes", "v6", "#2"} {
				require.NotContains(t, row.Name, strange, ask)
			}
		}
	}
	file := w.download(w.exports(manager, there, discordtest.Options{"what": "server", "format": "json"}))
	require.NotContains(t, file, "zebra")
	require.Equal(t, "**Imported 1 card.**", w.imports(manager, there, "seed,prompt,job\n77,zebra in the snow --ar 9:16 --v 6,"+jobNumber(77)+"\n"),
		"what is known on one server is new on the other")
	require.Len(t, w.all(mine), 2, "and an import changes nothing elsewhere")

	t.Run("by a picture", func(t *testing.T) {
		w.pictures.say(nil)
		m := w.asker.Say(w.channel, "", discordtest.WithUpload(discordtest.Upload{Name: "x.png", Data: aPicture(t)}))
		_, err := w.asker.UseOnMessage(w.channel, "Get seed", m).AwaitFollowUp(w.soon(), func(*discordtest.Message) bool { return true })
		require.NoError(t, err)
		require.Equal(t, []db.View{{Scope: w.guild.ID, Member: w.asker.ID, Channels: []string{w.channel.ID}}}, w.pictures.seenBy(), "a picture is looked for with the asker's eyes")
	})
}

func TestForgedCustomIDs(t *testing.T) {
	t.Parallel()
	history := newHistory(t)
	keepCard(t, history, db.Card{Scope: "1", Seed: 5, Job: jobNumber(5), Prompt: "secret", Asker: "43", Private: true})
	keepCard(t, history, db.Card{Scope: "2", Seed: 6, Job: jobNumber(6), Prompt: "elsewhere", Asker: "42"})
	c := &counter{history: history, reader: nobody{}}
	for id, says := range map[string]string{
		"v1:card:1": textNoCard(1), "v1:card:": textNotNumber, "v1:card:x": textNotNumber, "v1:card:-1": textNotNumber,
		"v1:card:99999999999999999999": textNotNumber, "v1:card:ask%3A1300000000000000001": textNotNumber,
		"v1:page:older:x:..": textNoChoice, "v1:page": textNoChoice, "v1:find:older:x:1:..": textNoChoice, "v1:find": textNoChoice,
		"v1:fetch:": textNoChoice, "v1:fetch:owl": textNoChoice, "v1:fetch:#1": textNoChoice, "v1:line": textNoChoice,
	} {
		custom, ours := bot.ParseID(id)
		require.True(t, ours)
		i := &bot.Interaction{Guild: "1", User: bot.User{ID: "42"}, CustomID: custom, Member: &bot.Member{}}
		handler := map[string]bot.Handler{
			verbCard: c.openCard, verbPage: c.turnPage, verbFind: c.turnFound, verbFetch: c.fetchJob, verbLine: c.copyLineShown,
		}[custom.Verb]
		require.EqualError(t, handler(t.Context(), i), says, id)
	}
}

// nobody sees nothing of Discord.
type nobody struct{ reader }

func (nobody) UserID() string { return "" }

func TestDeletingByName(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	card := w.card(1, "owl")
	refused := w.answer(w.colleague.Slash(w.channel, "seeds delete", discordtest.Options{"card": "1"}))
	require.True(t, refused.Ephemeral())
	require.Contains(t, refused.Text(), "<@"+w.asker.ID+">", "who may is named")
	m := w.answer(w.asker.Slash(w.channel, "seeds delete", discordtest.Options{"card": "1"}))
	require.NotNil(t, m.Button(labelUndo))
	_, err := w.history.Card(t.Context(), db.View{Scope: w.guild.ID, Member: w.asker.ID}, card.Number)
	require.ErrorIs(t, err, db.ErrNotFound)
	require.Equal(t, textNoCard(1), w.answer(w.asker.Slash(w.channel, "seeds show", discordtest.Options{"card": "1"})).Text())
	require.NoError(t, w.asker.Press(m, labelUndo).Err())
	require.Eventually(t, func() bool {
		_, err := w.history.Card(t.Context(), db.View{Scope: w.guild.ID, Member: w.asker.ID}, card.Number)
		return err == nil
	}, waitMost, waitTick)
}
