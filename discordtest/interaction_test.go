package discordtest_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/discordtest"
)

func TestInteractionCreateIsAsDiscordsDocumentsTell(t *testing.T) {
	t.Parallel()
	t.Run("a slash command in a server", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		i := w.asker.Slash(w.channel, "/seed", discordtest.Options{
			"job": "abc", "private": true, "file": discordtest.Upload{Name: "my file.png", Data: picture(t, 3, 2)}, "count": 7,
		})
		require.NoError(t, i.Err())
		e := w.receive()
		require.Equal(t, i.ID(), e["id"])
		require.Equal(t, w.s.AppID(), e["application_id"])
		require.EqualValues(t, 2, e["type"])
		require.EqualValues(t, 1, e["version"])
		require.Greater(t, len(e["token"].(string)), 100)
		require.Equal(t, w.guild.ID, e["guild_id"])
		require.Equal(t, "en-US", e["locale"])
		require.Equal(t, "en-US", e["guild_locale"])
		require.EqualValues(t, 0, e["context"])
		require.Equal(t, obj{"0": w.guild.ID}, e["authorizing_integration_owners"])
		require.Equal(t, list{}, e["entitlements"])
		require.EqualValues(t, 10<<20, e["attachment_size_limit"])
		require.IsType(t, "", e["app_permissions"])
		require.NotContains(t, e, "user", "only member in a server")
		member := e["member"].(obj)
		require.IsType(t, "", member["permissions"])
		require.Equal(t, w.asker.ID, member["user"].(obj)["id"])
		channel := e["channel"].(obj)
		require.Equal(t, w.channel.ID, channel["id"])
		require.Equal(t, "general", channel["name"])
		require.IsType(t, "", channel["permissions"])

		data := e["data"].(obj)
		require.Equal(t, "seed", data["name"])
		require.EqualValues(t, 1, data["type"])
		require.NotContains(t, data, "guild_id", "a global command")
		options := data["options"].(list)
		require.Equal(t, obj{"name": "job", "type": 3.0, "value": "abc"}, options[0])
		require.Equal(t, obj{"name": "private", "type": 5.0, "value": true}, options[1])
		require.Equal(t, obj{"name": "count", "type": 4.0, "value": 7.0}, options[3])
		a := data["resolved"].(obj)["attachments"].(obj)[options[2].(obj)["value"].(string)].(obj)
		require.Equal(t, "my_file.png", a["filename"])
		require.Equal(t, "image/png", a["content_type"])
		require.EqualValues(t, 3, a["width"])
		require.Equal(t, true, a["ephemeral"])
		require.Equal(t, picture(t, 3, 2), fetch(t, a["url"].(string)))
	})
	t.Run("a command in a direct message", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		require.NoError(t, w.asker.Slash(w.asker.DM(), "seed", discordtest.Options{"job": "abc"}).Err())
		e := w.receive()
		require.Equal(t, w.asker.ID, e["user"].(obj)["id"])
		require.NotContains(t, e, "member")
		require.NotContains(t, e, "guild_id")
		require.EqualValues(t, 1, e["context"])
		require.Equal(t, obj{"0": "0"}, e["authorizing_integration_owners"])
	})
	t.Run("a message command brings the message whole, without any intent", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		m := w.s.AddBot("Other").Say(w.channel, "words", discordtest.WithEmbeds(obj{"title": "E"}),
			discordtest.WithUpload(discordtest.Upload{Name: "p.png", Data: picture(t, 2, 2)}),
			discordtest.WithComponents(obj{"type": 99, "odd": obj{"deep": list{1}}}))
		require.NoError(t, w.asker.UseOnMessage(w.channel, "Get seed", m).Err())
		data := w.receive()["data"].(obj)
		require.Equal(t, m.ID, data["target_id"])
		require.EqualValues(t, 3, data["type"])
		got := data["resolved"].(obj)["messages"].(obj)[m.ID].(obj)
		require.Equal(t, "words", got["content"])
		require.Equal(t, "E", got["embeds"].(list)[0].(obj)["title"])
		require.Len(t, got["attachments"], 1)
		require.Equal(t, obj{"type": 99.0, "odd": obj{"deep": list{1.0}}}, got["components"].(list)[0], "types unknown today pass untouched")
	})
	t.Run("a user command brings user and member", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		colleague := w.guild.AddMember("Colleague", discordtest.Nick("Helper"))
		require.NoError(t, w.asker.UseOnUser(w.channel, "Greet", colleague.User).Err())
		r := w.receive()["data"].(obj)["resolved"].(obj)
		require.Equal(t, "Colleague", r["users"].(obj)[colleague.ID].(obj)["global_name"])
		member := r["members"].(obj)[colleague.ID].(obj)
		require.Equal(t, "Helper", member["nick"])
		require.NotContains(t, member, "user")
		require.NotContains(t, member, "deaf")
	})
	t.Run("app permissions do not hide behind a channel the bot cannot see", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		hidden := w.guild.AddChannel("hidden", discordtest.Private(w.asker))
		require.NoError(t, w.asker.Slash(hidden, "seed", discordtest.Options{"job": "x"}).Err())
		require.NotEqual(t, "0", w.receive()["app_permissions"])
	})
}

func TestTheFirstAnswer(t *testing.T) {
	t.Parallel()
	hello := obj{"content": "hello"}
	t.Run("within three seconds, once", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		i, e := w.ask()
		require.Equal(t, 204, w.respond(e, 4, hello).status)
		m, err := i.Answer(soon(t))
		require.NoError(t, err)
		require.Equal(t, "hello", m.Content)
		require.Equal(t, 20, m.Type)
		require.Equal(t, "seed", m.Origin.Name)
		a := w.respond(e, 4, hello)
		require.Equal(t, 400, a.status)
		require.Equal(t, 40060, a.code())
		require.Contains(t, broken(w.s), "40060")
		require.ErrorContains(t, i.Failed(soon(t)), "answered with type 4")
	})
	t.Run("too late", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		i, e := w.ask()
		w.s.Advance(3 * time.Second)
		require.NoError(t, i.Failed(soon(t)))
		a := w.respond(e, 4, hello)
		require.Equal(t, 404, a.status)
		require.Equal(t, 10062, a.code())
		_, err := i.Answer(soon(t))
		require.ErrorIs(t, err, discordtest.ErrNoAnswer)
		require.Equal(t, 10015, w.do("POST", hookPath(e, ""), hello).code())
		require.Empty(t, broken(w.s), "being late breaks no rule")
	})
	t.Run("with a wrong token, or to nothing", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		_, e := w.ask()
		require.Equal(t, 10062, w.do("POST", "/interactions/"+e["id"].(string)+"/wrong/callback", obj{"type": 4, "data": hello}).code())
		require.Equal(t, 10062, w.do("POST", "/interactions/1/"+e["token"].(string)+"/callback", obj{"type": 4, "data": hello}).code())
		require.Equal(t, 10015, w.do("PATCH", hookPath(e, "/messages/@original"), hello).code(), "no webhook before the first answer")
	})
	t.Run("with_response tells the message", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		_, e := w.ask()
		a := w.ok("POST", callbackPath(e)+"?with_response=true", obj{"type": 4, "data": obj{"content": "x", "flags": 64}})
		require.Equal(t, 200, a.status)
		about, resource := a.body["interaction"].(obj), a.body["resource"].(obj)
		require.Equal(t, true, about["response_message_ephemeral"])
		require.Equal(t, about["response_message_id"], resource["message"].(obj)["id"])
	})
	t.Run("a form error is no answer, so the next try counts", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		_, e := w.ask()
		require.Equal(t, 50006, w.respond(e, 4, obj{"content": "  "}).code())
		require.Equal(t, 204, w.respond(e, 4, hello).status)
	})
}

// TestTheTypeOfTheFirstAnswer has a case for each kind of interaction and each callback type.
func TestTheTypeOfTheFirstAnswer(t *testing.T) {
	t.Parallel()
	modal := obj{"custom_id": "m", "title": "T", "components": list{obj{"type": 18, "label": "L", "component": obj{"type": 4, "custom_id": "i", "style": 1}}}}
	data := map[int]any{4: obj{"content": "x"}, 5: nil, 6: nil, 7: obj{"content": "y"}, 8: obj{"choices": list{}}, 9: modal}
	button := obj{"content": "x", "components": list{obj{"type": 1, "components": list{obj{"type": 2, "style": 1, "label": "Go", "custom_id": "go"}}}}}
	// openers bring the world to an unanswered interaction of a kind.
	onButton := func(w *world) (*discordtest.Interaction, obj) {
		i, e := w.ask()
		require.Equal(w.t, 204, w.respond(e, 4, button).status)
		p := w.asker.Press(i.Message(), "go")
		require.NoError(w.t, p.Err())
		return p, w.receive()
	}
	withModal := func(w *world, i *discordtest.Interaction, e obj) obj {
		require.Equal(w.t, 204, w.respond(e, 9, modal).status)
		require.NoError(w.t, i.Submit(map[string]any{"i": "text"}).Err())
		return w.receive()
	}
	for name, c := range map[string]struct {
		open    func(*world) obj
		allowed []int
	}{
		"a command": {func(w *world) obj { _, e := w.ask(); return e }, []int{4, 5, 9}},
		"a button":  {func(w *world) obj { _, e := onButton(w); return e }, []int{4, 5, 6, 7, 9}},
		"an autocomplete": {func(w *world) obj {
			require.NoError(w.t, w.asker.Complete(w.channel, "seed", "job", "a", nil).Err())
			return w.receive()
		}, []int{8}},
		"a modal of a command": {func(w *world) obj { i, e := w.ask(); return withModal(w, i, e) }, []int{4, 5}},
		"a modal of a button":  {func(w *world) obj { i, e := onButton(w); return withModal(w, i, e) }, []int{4, 5, 6, 7}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			for kind := 0; kind <= 12; kind++ {
				allowed := false
				for _, k := range c.allowed {
					allowed = allowed || k == kind
				}
				a := w.respond(c.open(w), kind, data[kind])
				if allowed {
					require.Equal(t, 204, a.status, "type %d: %s", kind, a.raw)
					continue
				}
				require.Equal(t, 50035, a.code(), "type %d", kind)
				require.Equal(t, "BASE_TYPE_CHOICES", a.failure("type"), "type %d", kind)
			}
		})
	}
}
