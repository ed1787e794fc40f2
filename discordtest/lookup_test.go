package discordtest_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"seedbank/discordtest"
)

func TestThingsAreFoundByTheirIDs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	role := w.guild.AddRole("Crew", 0)
	require.Same(t, w.asker.User, w.s.User(w.asker.ID))
	require.Same(t, w.s.Bot(), w.s.User(w.s.AppID()))
	require.Same(t, w.channel, w.s.Channel(w.channel.ID))
	require.Same(t, w.asker.DM(), w.s.Channel(w.asker.DM().ID))
	require.Same(t, role, w.s.Role(role.ID))
	require.Nil(t, w.s.User("1"))
	require.Nil(t, w.s.Channel("1"))
	require.Nil(t, w.s.Role("1"))
}

func TestARequestNamesTheMessageItMakesOrChanges(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	i, e := w.ask()
	require.Equal(t, 204, w.respond(e, 5, nil).status)
	w.ok("PATCH", hookPath(e, "/messages/@original"), obj{"content": "done"})
	require.Equal(t, 400, w.do("PATCH", hookPath(e, "/messages/@original"), obj{"content": 7}).status)
	w.s.Forgive(func(v discordtest.Violation) bool { return true })
	id := i.Message().ID
	follow := w.ok("POST", hookPath(e, "?wait=true"), obj{"content": "more"}).body["id"]
	posted := w.ok("POST", "/channels/"+w.channel.ID+"/messages", obj{"content": "by itself"}).body["id"].(string)
	w.ok("PATCH", "/channels/"+w.channel.ID+"/messages/"+posted, obj{"content": "changed"})
	var named []any
	for _, r := range w.s.Requests() {
		if r.Message != "" {
			named = append(named, r.Message)
		}
	}
	require.Equal(t, []any{id, id, id, follow, posted, posted}, named, "also the edit that was refused")
}
