package discordtest_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/discordtest"
)

// world is a server with a guild, a channel, a member, an application with
// commands, and the application's connection.
type world struct {
	*client
	guild   *discordtest.Guild
	channel *discordtest.Channel
	asker   *discordtest.Member
	bot     *socket
}

func newWorld(t *testing.T, opts ...discordtest.Option) *world {
	t.Helper()
	s := quick(t, opts...)
	w := &world{client: newClient(t, s), guild: s.AddGuild("Garden")}
	w.channel = w.guild.AddChannel("general")
	w.asker = w.guild.AddMember("Asker")
	w.ok("PUT", "/applications/"+s.AppID()+"/commands", list{
		obj{"name": "seed", "description": "Get a seed", "options": list{
			obj{"type": 3, "name": "job", "description": "Job", "required": true, "autocomplete": true},
			obj{"type": 5, "name": "private", "description": "Only for you"},
			obj{"type": 11, "name": "file", "description": "A file"},
			obj{"type": 4, "name": "count", "description": "How many", "autocomplete": true},
		}},
		obj{"type": 3, "name": "Get seed"}, obj{"type": 2, "name": "Greet"},
	})
	w.bot = connect(t, s, 0)
	return w
}

// receive is the next interaction as the application gets it.
func (w *world) receive() obj {
	w.t.Helper()
	return w.bot.event("INTERACTION_CREATE").data(w.t)
}

// ask lets Asker use /seed and receives it.
func (w *world) ask() (*discordtest.Interaction, obj) {
	w.t.Helper()
	i := w.asker.Slash(w.channel, "seed", discordtest.Options{"job": "x"})
	require.NoError(w.t, i.Err())
	return i, w.receive()
}

func callbackPath(event obj) string {
	return "/interactions/" + event["id"].(string) + "/" + event["token"].(string) + "/callback"
}

func hookPath(event obj, rest string) string {
	return "/webhooks/" + event["application_id"].(string) + "/" + event["token"].(string) + rest
}

// respond posts a callback.
func (w *world) respond(event obj, kind int, data any) answer {
	w.t.Helper()
	body := obj{"type": kind}
	if data != nil {
		body["data"] = data
	}
	return w.do("POST", callbackPath(event), body)
}

// soon bounds a wait of a test.
func soon(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	t.Cleanup(cancel)
	return ctx
}

// broken is what the server holds against the application.
func broken(s *discordtest.Server) string {
	var b strings.Builder
	for _, v := range s.Violations() {
		b.WriteString(v.String() + "\n")
	}
	return b.String()
}
