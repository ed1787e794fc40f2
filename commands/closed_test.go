package commands

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/db"
	"seedbank/discordtest"
	"seedbank/exchange"
	"seedbank/retrieval"
)

// closedWorld is a server with a channel that only the asker sees, and a card in it that says "zebra".
type closedWorld struct {
	*world
	closed *discordtest.Channel
	card   db.Card
	posted *discordtest.Message
}

const zebraID = "00000000-0000-4000-8000-000000000001"

func newClosedWorld(t *testing.T) *closedWorld {
	t.Helper()
	w := &closedWorld{world: newWorld(t)}
	w.closed = w.guild.AddChannel("closed", discordtest.Private(w.asker, w.guild.BotMember()))
	w.card = w.zebra(w.closed, 77, zebraID)
	w.posted = w.show(w.asker, w.closed, w.card)
	require.NoError(t, w.history.SetPosted(t.Context(), w.own(), 1, w.closed.ID, w.posted.ID, nil))
	require.NoError(t, w.history.SetNote(t.Context(), w.own(), 1, "a note on stripes", []string{"striped"}))
	_, err := w.history.Star(t.Context(), w.own(), 1, true)
	require.NoError(t, err)
	return w
}

// own is the asker, who is on the safe side.
func (w *closedWorld) own() db.View { return db.View{Scope: w.guild.ID, Member: w.asker.ID} }

// zebra is a card of the asker's in a channel.
func (w *closedWorld) zebra(c *discordtest.Channel, seed uint32, midjourney string) db.Card {
	card := exchange.CardOfPrompt("zebra in the snow --ar 9:16 --v 6", db.Midjourney)
	card.Scope, card.Asker, card.Channel, card.Seed = w.guild.ID, w.asker.ID, c.ID, seed
	card.Job, card.MidjourneyID, card.Created = jobNumber(int(seed)), midjourney, time.Now()
	return w.keep(card)
}

// says is what a member is told by a command in a channel.
func (w *closedWorld) says(m *discordtest.Member, c *discordtest.Channel, path string, o discordtest.Options) string {
	w.t.Helper()
	return w.answer(m.Slash(c, path, o)).Text()
}

func TestACardOfAClosedChannelIsFoundByNobodyElse(t *testing.T) {
	t.Parallel()
	w := newClosedWorld(t)
	midjourney := w.discord.AddBot("Midjourney Bot")
	none := textNoCard(1)
	told := func(path string, o discordtest.Options) string { return w.says(w.colleague, w.channel, path, o) }
	on := func(command, words string) string {
		return w.answer(w.colleague.UseOnMessage(w.channel, command, midjourney.Say(w.channel, words))).Text()
	}
	w.card2() // #2, which they see
	for name, text := range map[string]string{
		"history":       told("seeds history", nil),
		"by its asker":  told("seeds history", discordtest.Options{"by": w.asker}),
		"in it":         told("seeds history", discordtest.Options{"in": w.closed}),
		"with a star":   told("seeds history", discordtest.Options{"starred": true}),
		"since":         told("seeds history", discordtest.Options{"since": "day"}),
		"for everyone":  told("seeds history", discordtest.Options{"private": false}),
		"words":         told("seeds search", discordtest.Options{"text": "zebra"}),
		"a note":        told("seeds search", discordtest.Options{"text": "stripes"}),
		"a tag":         told("seeds search", discordtest.Options{"text": "tag:striped"}),
		"a seed":        told("seeds search", discordtest.Options{"text": "seed:77"}),
		"a parameter":   told("seeds search", discordtest.Options{"text": "--ar 9:16"}),
		"last":          told("seeds last", nil),
		"seed of an ID": told("seed", discordtest.Options{"job": zebraID}),
		"a member's":    w.answer(w.colleague.UseOnUser(w.channel, "Seed history", w.asker.User)).Text(),
		"a prompt":      on("Copy prompt with seed", jobNumber(77)),
		"a comparison":  on("Compare with…", zebraID),
		"a job of it":   told("seeds show", discordtest.Options{"card": jobNumber(77)}),
		"words for it":  told("seeds show", discordtest.Options{"card": "zebra"}),
		"Midjourney's":  told("seeds show", discordtest.Options{"card": zebraID}),
		"a link":        told("seeds show", discordtest.Options{"card": w.posted.Link()}),
	} {
		require.NotContains(t, text, "zebra in", name)
		require.NotContains(t, text, "`77`", name)
		require.NotContains(t, text, "#1 ", name)
	}
	for _, what := range []discordtest.Options{{"what": "search", "format": "csv", "text": "zebra"}, {"what": "starred", "format": "json"}} {
		require.Equal(t, textNothingToExport, told("seeds export", what))
	}
	for _, path := range []string{"seeds show", "seeds star", "seeds unstar", "seeds delete"} {
		require.Equal(t, none, told(path, discordtest.Options{"card": "1"}), path)
		require.Equal(t, textNoCard(99), told(path, discordtest.Options{"card": "99"}), "as of one that never was")
	}
	require.Equal(t, none, told("seed", discordtest.Options{"job": "#1"}))
	require.Equal(t, none, told("seeds compare", discordtest.Options{"a": "1", "b": "2"}))
	require.Equal(t, none, told("seeds compare", discordtest.Options{"a": "2", "b": "1"}))
	require.Equal(t, none, told("recipe save", discordtest.Options{"card": "1", "name": "zebras"}))
	require.Equal(t, textHiddenLink, told("seed", discordtest.Options{"job": w.posted.Link()}))
	require.Empty(t, w.asks.taken()[1:], "nothing of it was asked for")
	for _, ask := range []struct{ path, option, typed string }{
		{"seed", "job", ""}, {"seed", "job", "zebra"}, {"seed", "job", "1"}, {"seed", "job", jobNumber(77)}, {"seeds show", "card", ""},
		{"seeds show", "card", "zeb"}, {"seeds show", "card", "77"}, {"seeds compare", "a", ""}, {"seeds compare", "b", "snow"},
		{"seeds star", "card", ""}, {"seeds delete", "card", "z"}, {"seeds search", "tag", ""}, {"seeds search", "version", ""},
		{"recipe save", "card", ""}, {"recipe edit", "card", "zebra"},
	} {
		choices, err := w.colleague.Complete(w.channel, ask.path, ask.option, ask.typed, nil).Choices(w.soon())
		require.NoError(t, err)
		for _, row := range choices {
			for _, strange := range []string{"zebra in", "striped", "v6", "#1 "} {
				require.NotContains(t, row.Name, strange, ask)
			}
		}
	}
	t.Run("by a picture", func(t *testing.T) {
		w.pictures.say(nil)
		m := w.colleague.Say(w.channel, "", discordtest.WithUpload(discordtest.Upload{Name: "x.png", Data: aPicture(t)}))
		_, err := w.colleague.UseOnMessage(w.channel, "Get seed", m).AwaitFollowUp(w.soon(), func(*discordtest.Message) bool { return true })
		require.NoError(t, err)
		require.Equal(t, []db.View{{Scope: w.guild.ID, Member: w.colleague.ID, Channels: []string{w.channel.ID}}}, w.pictures.seenBy())
	})
	t.Run("its job is new to them", func(t *testing.T) {
		for _, i := range []*discordtest.Interaction{
			w.colleague.Slash(w.channel, "seed", discordtest.Options{"job": jobNumber(77)}),
			w.colleague.UseOnMessage(w.channel, "Get seed", midjourney.Say(w.channel, jobNumber(77))),
		} {
			ask := w.asked(i)
			require.Zero(t, ask.Card)
			require.Equal(t, jobNumber(77), ask.Job)
			require.False(t, w.desk.Sees(t.Context(), ask, w.card.Shown))
		}
	})
	t.Run("nor by bringing it", func(t *testing.T) {
		require.Equal(t, "**Imported 1 card.**", w.imports(w.colleague, w.channel, "seed,prompt\n77,zebra in the snow --ar 9:16 --v 6\n"))
	})
	t.Run("its asks are not suggested", func(t *testing.T) {
		require.NoError(t, w.history.StartAsk(t.Context(), db.Ask{
			ID: "1300000000000000777", Scope: w.guild.ID, Channel: w.closed.ID, Member: w.asker.ID, Job: jobNumber(78), At: time.Now(),
		}))
		choices, err := w.colleague.Complete(w.channel, "seed", "job", "", nil).Choices(w.soon())
		require.NoError(t, err)
		require.False(t, slices.ContainsFunc(choices, func(c discordtest.Choice) bool { return c.Value == "ask:1300000000000000777" }))
		require.Equal(t, textNoAsk, told("seed", discordtest.Options{"job": "ask:1300000000000000777"}))
	})
}

// card2 is a card in the open channel.
func (w *closedWorld) card2() db.Card {
	return w.keep(db.Card{Scope: w.guild.ID, Seed: 2, Job: jobNumber(2), Prompt: "owl", Asker: w.asker.ID, Channel: w.channel.ID, Created: time.Now()})
}

func TestACardOfAClosedChannelIsFoundByWhoSeesIt(t *testing.T) {
	t.Parallel()
	w := newClosedWorld(t)
	role := w.guild.AddRole("team", 0)
	w.closed.Permit(role, discordtest.ViewChannel, 0)
	admin := w.guild.AddMember("An administrator", discordtest.WithRoles(w.guild.AddRole("admins", discordtest.Administrator)))
	manager := managerOf(w.guild)
	teammate := w.guild.AddMember("Another of the team", discordtest.WithRoles(role))
	finds := func(m *discordtest.Member, c *discordtest.Channel) bool {
		t.Helper()
		list := w.says(m, c, "seeds search", discordtest.Options{"text": "zebra"})
		choices, err := m.Complete(c, "seeds show", "card", "zebra", nil).Choices(w.soon())
		require.NoError(t, err)
		require.Equal(t, strings.Contains(list, "zebra in"), len(choices) == 1 && choices[0].Value == "1", "all ways agree")
		require.NotContains(t, list, textPartly)
		return strings.Contains(list, "zebra in")
	}
	require.True(t, finds(w.asker, w.channel), "the asker")
	require.True(t, finds(teammate, w.channel), "by a role, from another channel")
	require.True(t, finds(teammate, w.closed), "in the channel itself")
	require.False(t, finds(manager, w.channel), "to manage the server is not to see")
	require.False(t, finds(w.colleague, w.channel))
	before := len(w.discord.RequestsTo("GET", "/guilds/**"))
	require.True(t, finds(admin, w.channel), "an administrator")
	require.Len(t, w.discord.RequestsTo("GET", "/guilds/**"), before, "of whom Discord is not asked")
	require.Equal(t, 2, before, "all of them together ask once for the server and once for its channels")

	t.Run("a list for everyone holds what everyone sees", func(t *testing.T) {
		open := w.toldAlone(admin.Slash(w.channel, "seeds history", discordtest.Options{"private": false}))
		require.NotContains(t, open, "zebra in")
		require.Contains(t, w.says(teammate, w.closed, "seeds history", discordtest.Options{"private": false}), "zebra in")
	})
	t.Run("the server's export holds all", func(t *testing.T) {
		require.Contains(t, w.download(w.exports(manager, w.channel, discordtest.Options{"what": "server", "format": "json"})), "zebra")
	})
	t.Run("a thread of it is as closed", func(t *testing.T) {
		thread := w.closed.AddThread("talk")
		w.zebra(thread, 78, "")
		require.Equal(t, textNoCard(2), w.says(w.colleague, w.channel, "seeds star", discordtest.Options{"card": "2"}))
		require.NotEqual(t, textNoCard(2), w.says(teammate, w.channel, "seeds star", discordtest.Options{"card": "2"}))
		require.NotEqual(t, textNoCard(2), w.says(teammate, thread, "seeds star", discordtest.Options{"card": "2"}))
	})
	t.Run("a thread of an open one is as open", func(t *testing.T) {
		w.zebra(w.channel.AddThread("talk"), 79, "")
		require.NotEqual(t, textNoCard(3), w.says(w.colleague, w.channel, "seeds star", discordtest.Options{"card": "3"}))
	})
	t.Run("a channel that is gone leaves its cards to their asker and the managers", func(t *testing.T) {
		gone := w.guild.AddChannel("old")
		w.zebra(gone, 80, "")
		gone.Delete()
		require.Equal(t, textNoCard(4), w.says(w.colleague, w.channel, "seeds star", discordtest.Options{"card": "4"}))
		require.Equal(t, textNoCard(4), w.says(teammate, w.channel, "seeds star", discordtest.Options{"card": "4"}))
		for _, m := range []*discordtest.Member{w.asker, manager, admin} {
			require.NotEqual(t, textNoCard(4), w.says(m, w.channel, "seeds star", discordtest.Options{"card": "4"}))
		}
	})
}

func TestWhatAMessageShowsCanBeUsed(t *testing.T) {
	t.Parallel()
	w := newClosedWorld(t)
	t.Run("where it was asked for, without asking Discord", func(t *testing.T) {
		require.NotEqual(t, textNoCard(1), w.answer(w.asker.Press(w.discord.Message(w.closed.ID, w.posted.ID), labelCopySeed)).Text())
		require.Empty(t, w.discord.RequestsTo("GET", "/guilds/**"))
	})
	t.Run("where it was shared to", func(t *testing.T) {
		m := w.discord.Message(w.closed.ID, w.posted.ID)
		where := w.answer(w.asker.Press(m, labelShare))
		i := w.asker.Choose(where, "v1:share-to:1", w.channel.ID)
		ask := w.asked(i)
		d, err := w.desk.Deliver(t.Context(), ask, retrieval.Outcome{Card: w.card, Known: true, Pictures: fourFiles(t)})
		require.NoError(t, err)
		shared := w.discord.Message(d.Channel, d.Message)

		require.Equal(t, "77", w.answer(w.colleague.Press(shared, labelCopySeed)).Text(), "even before it is noted that it stands here")
		require.NoError(t, w.colleague.Press(shared, labelStar(0)).Err())
		require.Eventually(t, func() bool {
			card, err := w.history.Card(t.Context(), w.own(), 1)
			return err == nil && card.Stars == 2
		}, waitMost, waitTick)
		other := w.guild.AddChannel("other")
		require.Equal(t, textNoCard(1), w.says(w.colleague, other, "seeds show", discordtest.Options{"card": "1"}))
		require.NoError(t, w.history.AddMessage(t.Context(), ask.View(), 1, d.Channel, d.Message))
		require.NotEqual(t, textNoCard(1), w.says(w.colleague, other, "seeds star", discordtest.Options{"card": "1"}))
		require.Contains(t, w.says(w.colleague, other, "seeds search", discordtest.Options{"text": "zebra"}), "zebra in")
	})
}

func TestARecipeShowsCardsToWhoSeesThem(t *testing.T) {
	t.Parallel()
	w := newClosedWorld(t)
	require.Contains(t, w.says(w.asker, w.channel, "recipe save", discordtest.Options{"card": "1", "name": "zebras"}), "#1")
	for _, path := range []string{"recipe show", "recipe log"} {
		require.NotContains(t, w.says(w.colleague, w.channel, path, discordtest.Options{"name": "zebras"}), "#1", path)
	}
	require.Contains(t, w.says(w.asker, w.channel, "recipe show", discordtest.Options{"name": "zebras"}), "#1")
	r, err := w.history.Recipe(t.Context(), w.own(), "zebras", 0)
	require.NoError(t, err)
	require.Equal(t, []int64{1}, r.Cards)
}
