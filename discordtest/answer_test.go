package discordtest_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/discordtest"
)

func TestDeferredAnswers(t *testing.T) {
	t.Parallel()
	t.Run("show thinking until the first edit", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		i, e := w.ask()
		require.Equal(t, 204, w.respond(e, 5, nil).status)
		require.True(t, i.Message().Loading())
		require.Empty(t, i.Message().Viewer)
		a := w.ok("PATCH", hookPath(e, "/messages/@original"), obj{"flags": 1 << 15, "components": list{obj{"type": 10, "content": "done"}}})
		require.EqualValues(t, 1<<15, a.body["flags"])
		m, err := i.Answer(soon(t))
		require.NoError(t, err)
		require.True(t, m.V2())
		require.Equal(t, "done", m.Text())
		require.True(t, m.Edited.IsZero(), "the filling of a deferred answer is no edit")
		w.ok("PATCH", hookPath(e, "/messages/@original"), obj{"components": list{obj{"type": 10, "content": "again"}}})
		require.False(t, i.Message().Edited.IsZero())
		require.True(t, i.Message().V2(), "the flag stays")
		var texts []string
		for _, h := range i.History() {
			texts = append(texts, h.Text())
		}
		require.Equal(t, []string{"", "done", "again"}, texts)
	})
	t.Run("take no flag but EPHEMERAL", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		_, e := w.ask()
		require.Equal(t, "MESSAGE_FLAGS_INVALID", w.respond(e, 5, obj{"flags": 1 << 15}).failure("data.flags"))
	})
	t.Run("are the asker's alone when ephemeral, and stay so", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		colleague := w.guild.AddMember("Colleague")
		i, e := w.ask()
		require.Equal(t, 204, w.respond(e, 5, obj{"flags": 64}).status)
		w.ok("PATCH", hookPath(e, "/messages/@original"), obj{"content": "secret"})
		require.True(t, i.Message().Ephemeral())
		require.Len(t, w.channel.Messages(w.asker.User), 1)
		require.Empty(t, w.channel.Messages(colleague.User))
		require.Equal(t, 10008, w.do("GET", "/channels/"+w.channel.ID+"/messages/"+i.Message().ID, nil).code())
		require.Empty(t, w.ok("GET", "/channels/"+w.channel.ID+"/messages", nil).array)
	})
	t.Run("are filled by a follow-up that comes first", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		i, e := w.ask()
		require.Equal(t, 204, w.respond(e, 5, nil).status)
		a := w.ok("POST", hookPath(e, ""), obj{"content": "filled", "flags": 64})
		require.Equal(t, i.Message().ID, a.body["id"])
		require.False(t, i.Message().Ephemeral(), "the first answer decided that")
		require.Empty(t, i.FollowUps())
		second := w.ok("POST", hookPath(e, ""), obj{"content": "more", "flags": 64})
		require.NotEqual(t, a.body["id"], second.body["id"])
		require.Len(t, i.FollowUps(), 1)
		require.Equal(t, w.asker.ID, i.FollowUps()[0].Viewer)
	})
	t.Run("end in a failure when nothing fills them", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		i, e := w.ask()
		require.Equal(t, 204, w.respond(e, 5, nil).status)
		w.s.Advance(15 * time.Minute)
		require.NoError(t, i.Failed(soon(t)))
		a := w.do("PATCH", hookPath(e, "/messages/@original"), obj{"content": "late"})
		require.Equal(t, 401, a.status)
		require.Equal(t, 50027, a.code())
		require.True(t, i.Message().Loading())
	})
	t.Run("of one interaction can be expired alone", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		one, e1 := w.ask()
		two, e2 := w.ask()
		require.Equal(t, 204, w.respond(e1, 5, nil).status)
		require.Equal(t, 204, w.respond(e2, 5, nil).status)
		w.s.Expire(one)
		require.Equal(t, 50027, w.do("PATCH", hookPath(e1, "/messages/@original"), obj{"content": "late"}).code())
		w.ok("PATCH", hookPath(e2, "/messages/@original"), obj{"content": "in time"})
		require.NoError(t, one.Failed(soon(t)))
		_, err := two.Answer(soon(t))
		require.NoError(t, err)
	})
}

func TestAnswersAndFollowUpsByToken(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	i, e := w.ask()
	require.Equal(t, 204, w.respond(e, 4, obj{"content": "one"}).status)
	w.token = "" // the token in the path is authority enough
	original := w.ok("GET", hookPath(e, "/messages/@original"), nil)
	require.Equal(t, "one", original.body["content"])
	require.Equal(t, i.ID(), original.body["interaction_metadata"].(obj)["id"])
	follow := w.ok("POST", hookPath(e, "")+"?wait=false", obj{"content": "two"})
	id := follow.body["id"].(string)
	require.Equal(t, original.body["id"], follow.body["message_reference"].(obj)["message_id"])
	require.Equal(t, original.body["id"], follow.body["interaction_metadata"].(obj)["original_response_message_id"])
	require.Equal(t, "two!", w.ok("PATCH", hookPath(e, "/messages/"+id), obj{"content": "two!"}).body["content"])
	require.Equal(t, "two!", w.ok("GET", hookPath(e, "/messages/"+id), nil).body["content"])
	stranger := w.asker.Say(w.channel, "mine")
	require.Equal(t, 10008, w.do("PATCH", hookPath(e, "/messages/"+stranger.ID), obj{"content": "stolen"}).code())
	require.Equal(t, 10015, w.do("GET", "/webhooks/1/"+e["token"].(string)+"/messages/@original", nil).code())
	require.Equal(t, 10015, w.do("GET", "/webhooks/"+w.s.AppID()+"/nonsense/messages/@original", nil).code())
	require.Equal(t, 204, w.do("DELETE", hookPath(e, "/messages/"+id), nil).status)
	require.Equal(t, 10008, w.do("GET", hookPath(e, "/messages/"+id), nil).code())
	require.Equal(t, 204, w.do("DELETE", hookPath(e, "/messages/@original"), nil).status)
	require.Equal(t, 10008, w.do("PATCH", hookPath(e, "/messages/@original"), obj{"content": "x"}).code())
	require.Nil(t, i.Message())
	_, err := i.Answer(soon(t))
	require.ErrorIs(t, err, discordtest.ErrDeleted)
	require.True(t, i.History()[len(i.History())-1].Deleted)
}

func TestWaitsSeeStatesThatPassQuickly(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	i, e := w.ask()
	require.Equal(t, 204, w.respond(e, 5, nil).status)
	seen, started := make(chan error, 2), make(chan bool, 2)
	// Both waits look at the "thinking…" first, and are known to have begun by that.
	wanted := func(content string) func(*discordtest.Message) bool {
		return func(m *discordtest.Message) bool {
			if m.Loading() {
				started <- true
			}
			return m.Content == content
		}
	}
	go func() {
		_, err := i.Await(soon(t), wanted("4"))
		seen <- err
	}()
	go func() {
		_, err := w.s.AwaitMessage(soon(t), w.channel, wanted("6"))
		seen <- err
	}()
	<-started
	<-started
	for _, text := range []string{"1", "2", "3", "4", "5", "6", "7", "8"} {
		w.ok("PATCH", hookPath(e, "/messages/@original"), obj{"content": text})
	}
	for range 2 {
		require.NoError(t, <-seen)
	}
}
