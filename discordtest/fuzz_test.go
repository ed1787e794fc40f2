package discordtest_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/discordtest"
)

// FuzzMessages asks of any body that it gets an answer that is none of 5xx, and that the server is still there after.
func FuzzMessages(f *testing.F) {
	for _, seed := range []string{
		`{"content":"x","flags":32768,"components":[{"type":17,"components":[{"type":9,"components":[{"type":10}],"accessory":{"type":11}}]}]}`,
		`{"embeds":[{"title":1,"fields":[{}],"image":{"url":"attachment://a"}}],"attachments":[{"id":"0"}],"allowed_mentions":{"parse":[1]}}`,
		`{"components":[{"type":1,"components":[{"type":3,"options":[{}],"min_values":1e99}]}],"message_reference":{"message_id":5}}`,
		`{"type":9,"data":{"components":[{"type":18,"component":{"type":22}}]}}`, `[{"name":"a","options":[{"type":1,"options":[{"choices":[1]}]}]}]`,
	} {
		f.Add(seed)
	}
	none := discordtest.Rate{}
	s := discordtest.New(discordtest.WithChannelRate(none), discordtest.WithGlobalRate(none), discordtest.WithRouteRate(none), discordtest.WithWebhookRate(none))
	f.Cleanup(s.Close)
	scratch, g := s.AddGuild("Scratch"), s.AddGuild("G")
	c := g.AddChannel("c")
	asker := g.AddMember("Asker")
	f.Fuzz(func(t *testing.T, body string) {
		api := newClient(t, s)
		app := "/applications/" + s.AppID() + "/guilds/"
		s.Advance(10 * time.Minute) // so that the sessions of earlier rounds are over
		api.ok("PUT", app+g.ID+"/commands", list{obj{"name": "a", "description": "d"}})
		k := connect(t, s, 0)
		require.NoError(t, asker.Slash(c, "a", nil).Err())
		e := k.event("INTERACTION_CREATE").data(t)
		for _, to := range [][2]string{
			{"POST", "/channels/" + c.ID + "/messages"}, {"PUT", app + scratch.ID + "/commands"}, {"POST", callbackPath(e)},
			{"PATCH", hookPath(e, "/messages/@original")}, {"POST", hookPath(e, "")},
		} {
			a := api.send(to[0], to[1], "application/json", strings.NewReader(body))
			require.Less(t, a.status, 500, "%s", a.raw)
		}
	})
}
