package discordtest_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"seedbank/discordtest"
)

func TestPressingAndChoosing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	colleague := w.guild.AddMember("Colleague")
	role := w.guild.AddRole("Crew", 0)
	i, e := w.ask()
	require.Equal(t, 204, w.respond(e, 4, rows(
		row(button("go"), with(button("off"), obj{"disabled": true}), with(button("named"), obj{"label": "Name"}), obj{"type": 2, "style": 5, "label": "Link", "url": "https://x.org"}),
		row(menu(3, obj{"max_values": 2})), row(obj{"type": 7, "custom_id": "any", "max_values": 3}), row(obj{"type": 8, "custom_id": "ch", "channel_types": list{0}}),
		row(with(menu(2, nil), obj{"custom_id": "shut", "disabled": true})),
	)).status)
	m := i.Message()

	p := colleague.Press(m, "go")
	require.NoError(t, p.Err())
	got := w.receive()
	require.EqualValues(t, 3, got["type"])
	require.Equal(t, m.ID, got["message"].(obj)["id"])
	require.Equal(t, colleague.ID, got["member"].(obj)["user"].(obj)["id"])
	require.Equal(t, "go", got["data"].(obj)["custom_id"])
	require.EqualValues(t, 2, got["data"].(obj)["component_type"])
	require.Equal(t, 204, w.respond(got, 7, obj{"content": "pressed"}).status)
	updated, err := p.Answer(soon(t))
	require.NoError(t, err)
	require.Equal(t, m.ID, updated.ID)
	require.Equal(t, "pressed", updated.Content)
	require.Len(t, updated.Components, 5, "what is not named stays")
	require.Equal(t, "pressed", i.Message().Content, "the first asker sees it too")
	require.Equal(t, []string{"x", "pressed"}, []string{i.History()[0].Content, i.History()[1].Content})

	require.NoError(t, colleague.Press(m, "Name").Err(), "by its label")
	require.Equal(t, 204, w.respond(w.receive(), 6, nil).status)
	answering := colleague.Press(m, "go")
	got = w.receive()
	require.Equal(t, 204, w.respond(got, 4, obj{"content": "new", "flags": 64}).status)
	own, err := answering.Answer(soon(t))
	require.NoError(t, err)
	require.Equal(t, m.ID, own.ReplyTo)
	require.Equal(t, colleague.ID, own.Viewer)
	require.Nil(t, asker(w).Press(own, "go").Message(), "an ephemeral message is its viewer's")
	deferred := colleague.Press(m, "go")
	got = w.receive()
	require.Equal(t, 204, w.respond(got, 6, nil).status)
	w.ok("PATCH", hookPath(got, "/messages/@original"), obj{"content": "later"})
	later, err := deferred.Await(soon(t), func(m *discordtest.Message) bool { return m.Content == "later" })
	require.NoError(t, err)
	require.Equal(t, m.ID, later.ID)

	require.NoError(t, w.asker.Choose(m, "m", "0", "2").Err())
	got = w.receive()
	require.Equal(t, list{"0", "2"}, got["data"].(obj)["values"])
	require.NoError(t, w.asker.Choose(m, "any", colleague.ID, role.ID).Err())
	resolved := w.receive()["data"].(obj)["resolved"].(obj)
	require.Contains(t, resolved["users"], colleague.ID)
	require.Contains(t, resolved["members"], colleague.ID)
	require.Contains(t, resolved["roles"], role.ID)
	require.NoError(t, w.asker.Choose(m, "ch", w.channel.ID).Err())
	require.Contains(t, w.receive()["data"].(obj)["resolved"].(obj)["channels"], w.channel.ID)

	foreign := w.s.AddBot("Other").Say(w.channel, "mine", discordtest.WithComponents(row(button("go"))))
	hidden := w.guild.AddChannel("hidden", discordtest.Private(colleague, w.s.Bot()))
	inHidden := w.ok("POST", "/channels/"+hidden.ID+"/messages", rows(row(button("go")))).body["id"].(string)
	gone := w.asker.Say(w.channel, "gone")
	require.True(t, w.asker.Delete(gone))
	for why, refusal := range map[string]*discordtest.Interaction{
		"no such button":           w.asker.Press(m, "nothing"),
		"is disabled":              w.asker.Press(m, "off"),
		"opens a page":             w.asker.Press(m, "Link"),
		"no message":               w.asker.Press(nil, "go"),
		"message is gone":          w.asker.Press(gone, "go"),
		"another application":      w.asker.Press(foreign, "go"),
		"not visible":              w.asker.Press(w.s.Message(hidden.ID, inHidden), "go"),
		"bots cannot":              w.s.AddBot("B").Press(m, "go"),
		"no such menu":             w.asker.Choose(m, "go", "0"),
		"menu is disabled":         w.asker.Choose(m, "shut", "0"),
		`"9" is not offered`:       w.asker.Choose(m, "m", "9"),
		"chosen twice":             w.asker.Choose(m, "m", "1", "1"),
		"0 values are chosen":      w.asker.Choose(m, "m"),
		"3 values are chosen":      w.asker.Choose(m, "m", "0", "1", "2"),
		`"5" is not offered`:       w.asker.Choose(m, "any", "5"),
		"the message is not there": w.asker.UseOnMessage(w.channel, "Get seed", own),
		"there is no message":      w.asker.UseOnMessage(w.channel, "Get seed", nil),
		"no such command":          w.asker.UseOnMessage(w.channel, "Get seeds", m),
		"there is no user":         w.asker.UseOnUser(w.channel, "Greet", nil),
	} {
		require.ErrorIs(t, refusal.Err(), discordtest.ErrRefusedByClient, why)
		require.ErrorContains(t, refusal.Err(), why)
	}
}

func asker(w *world) *discordtest.User { return w.asker.User }

func TestSaying(t *testing.T) {
	t.Parallel()
	s := quick(t)
	g := s.AddGuild("G")
	c, shut := g.AddChannel("c"), g.AddChannel("shut", discordtest.Deny(g.Everyone(), discordtest.SendMessages))
	asker := g.AddMember("Asker")
	colleague := g.AddMember("Colleague", discordtest.WithRoles(g.AddRole("Mods", discordtest.ManageMessages)))
	require.Nil(t, asker.Say(shut, "x"))
	require.Nil(t, asker.Say(c, ""))
	require.Nil(t, asker.Say(c, "x", discordtest.WithUpload(discordtest.Upload{Path: "/nowhere"})))
	require.Nil(t, s.AddUser("Stranger").Say(c, "x"))
	require.Nil(t, asker.Say(c, "x", discordtest.WithEmbeds(obj{"f": func() {}})), "what cannot be JSON")

	path := filepath.Join(t.TempDir(), "from disk.png")
	require.NoError(t, os.WriteFile(path, picture(t, 5, 6), 0o600))
	m := asker.Say(c, "hello "+colleague.Mention(), discordtest.WithUpload(discordtest.Upload{Path: path, Description: "alt"}))
	require.Equal(t, []string{colleague.ID}, m.Mentions)
	require.Equal(t, "from_disk.png", m.Attachments[0].Filename)
	require.Equal(t, 6, m.Attachments[0].Height)
	require.Equal(t, picture(t, 5, 6), fetch(t, m.Attachments[0].URL))

	reply := colleague.Say(c, "yes", discordtest.ReplyTo(m))
	require.Equal(t, m.ID, reply.ReplyTo)
	require.Equal(t, []string{asker.ID}, reply.Mentions)
	forward := colleague.Say(shut, "", discordtest.Forward(m))
	require.Nil(t, forward, "not where one may not write")
	forward = colleague.Say(c, "", discordtest.Forward(m))
	snapshot := asObj(t, forward)["message_snapshots"].(list)[0].(obj)["message"].(obj)
	require.Contains(t, snapshot["content"], "hello")

	require.Nil(t, colleague.Edit(m, "stolen"))
	edited := asker.Edit(m, "better")
	require.Equal(t, "better", edited.Content)
	require.False(t, edited.Edited.IsZero())
	require.Len(t, edited.Attachments, 1)
	require.False(t, asker.Delete(reply))
	require.True(t, colleague.Delete(m))
	require.False(t, colleague.Delete(m))

	other := s.AddBot("Midjourney").Say(shut, "**a fox** - <@1>", discordtest.WithEmbeds(obj{"title": "t", "image": obj{"url": "attachment://grid.webp"}}),
		discordtest.WithUpload(discordtest.Upload{Name: "grid.webp", Type: "image/webp", Data: []byte("RIFF")}),
		discordtest.WithComponents(row(button("MJ::JOB::upsample::1")), obj{"type": 99, "list": []string{"typed"}}))
	require.True(t, other.Author.Bot)
	require.NotNil(t, other.Find("MJ::JOB::upsample::1"))
	require.Len(t, other.All(99), 1)
	require.Contains(t, other.Embeds[0]["image"].(obj)["url"], "/attachments/")
	require.Equal(t, list{"typed"}, other.All(99)[0]["list"])
}

func TestEphemeralAnswersAreDismissedByTheirViewer(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	colleague := w.guild.AddMember("Colleague", discordtest.Owner())
	i, e := w.ask()
	require.Equal(t, 204, w.respond(e, 4, obj{"content": "x", "flags": 64}).status)
	require.False(t, colleague.Delete(i.Message()))
	require.True(t, w.asker.Delete(i.Message()))
	require.Equal(t, 10008, w.do("PATCH", hookPath(e, "/messages/@original"), obj{"content": "y"}).code())
}
