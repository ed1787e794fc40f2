package play_test

import (
	"io"
	"maps"
	"net/http"
	"strings"
	"testing"

	"github.com/gorilla/websocket"
	"github.com/stretchr/testify/require"

	"seedbank/discordtest"
)

func TestAVisitorDoesWhatAUserDoes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	here := func(more obj) obj {
		o := obj{"as": w.asker.ID, "channel": w.channel.ID}
		maps.Copy(o, more)
		return o
	}
	option := func(kind int, name string, value any) obj { return obj{"type": kind, "name": name, "value": value} }

	status, said := w.act("say", here(obj{"text": "hello"}))
	require.Equal(t, http.StatusOK, status)
	require.Equal(t, "hello", said["content"])
	status, reply := w.act("say", here(obj{"text": "yes", "message": said["id"]}))
	require.Equal(t, http.StatusOK, status)
	require.Equal(t, said["id"], reply["message_reference"].(obj)["message_id"])
	status, edited := w.act("edit", here(obj{"text": "better", "message": said["id"]}))
	require.Equal(t, http.StatusOK, status)
	require.Equal(t, "better", edited["content"])

	kind, body := form(t, here(obj{"command": "all", "options": list{
		option(3, "text", "words"), option(4, "whole", 3), option(5, "flag", true), option(6, "user", w.asker.ID), option(7, "channel", w.channel.ID),
		option(8, "role", w.role.ID), option(9, "anyone", w.role.ID), option(10, "number", 1.5), option(11, "file", 0),
	}}), "content")
	status, view := w.post("slash", kind, body)
	require.Equal(t, http.StatusOK, status)
	m := w.answered(view)
	for _, part := range []string{`"words"`, `"value":3`, `"value":true`, w.asker.ID, w.channel.ID, w.role.ID, `"value":1.5`, "file0.txt"} {
		require.Contains(t, m.Content, part)
	}

	status, choices := w.act("complete", here(obj{"command": "all", "option": "text", "text": "o", "options": list{option(4, "whole", 3)}}))
	require.Equal(t, http.StatusOK, status)
	require.Equal(t, list{obj{"name": "One", "value": "1"}, obj{"name": "Two", "value": "2"}}, choices["choices"])
	for name, more := range map[string]obj{
		"press":  {"message": m.ID, "component": "go"},
		"choose": {"message": m.ID, "component": "menu", "values": list{"v"}},
	} {
		_, view := w.act(name, here(more))
		require.Contains(t, w.answered(view).Content, more["component"], name)
	}
	_, view = w.act("use", here(obj{"command": "Look", "message": said["id"]}))
	require.Contains(t, w.answered(view).Content, "better")
	_, view = w.act("use", here(obj{"command": "Greet", "user": w.s.AppID()}))
	require.Contains(t, w.answered(view).Content, w.s.AppID())

	status, _ = w.act("delete", here(obj{"message": said["id"]}))
	require.Equal(t, http.StatusOK, status)
	require.Nil(t, w.s.Message(w.channel.ID, said["id"].(string)))
}

func TestAModalIsSubmittedWithItsFiles(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	colleague := w.guild.AddMember("Colleague")
	_, view := w.act("slash", obj{"as": w.asker.ID, "channel": w.channel.ID, "command": "form"})
	id := view["id"].(string)
	_, err := w.s.Interaction(id).Modal(t.Context())
	require.NoError(t, err)

	fields := obj{"text": "words", "file": obj{"files": list{0}}, "menu": list{"v"}, "box": true}
	kind, body := form(t, obj{"as": colleague.ID, "interaction": id, "fields": fields}, "content")
	status, answer := w.post("submit", kind, body)
	require.Equal(t, http.StatusBadRequest, status, "another's modal: %v", answer)
	kind, body = form(t, obj{"as": w.asker.ID, "interaction": id, "fields": fields}, "content")
	_, view = w.post("submit", kind, body)
	m := w.answered(view)
	for _, part := range []string{`"words"`, "file0.txt", `"values":["v"]`, `"value":true`} {
		require.Contains(t, m.Content, part)
	}
	_, view = w.act("submit", obj{"as": w.asker.ID, "interaction": id, "fields": obj{"text": ""}})
	require.Contains(t, view["refusal"], "required", "what the client would not send is told")
}

func TestWhatCannotBeDoneIsRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	shut := w.guild.AddChannel("shut", discordtest.Private())
	colleague := w.guild.AddMember("Colleague")
	bens := colleague.Say(w.channel, "mine")
	asker, here := w.asker.ID, w.channel.ID
	option := func(kind int, value any) obj {
		return obj{"as": asker, "channel": here, "command": "all", "options": list{obj{"name": "x", "type": kind, "value": value}}}
	}
	for why, c := range map[string]struct {
		act    string
		body   obj
		status int
	}{
		"nobody":              {"say", obj{"as": "1", "channel": here, "text": "x"}, 400},
		"the bot itself":      {"say", obj{"as": w.s.AppID(), "channel": here, "text": "x"}, 400},
		"nowhere":             {"say", obj{"as": asker, "channel": "1", "text": "x"}, 400},
		"a hidden channel":    {"say", obj{"as": asker, "channel": shut.ID, "text": "x"}, 409},
		"nothing":             {"say", obj{"as": asker, "channel": here}, 409},
		"another's words":     {"edit", obj{"as": asker, "channel": here, "message": bens.ID, "text": "x"}, 409},
		"another's message":   {"delete", obj{"as": asker, "channel": here, "message": bens.ID}, 409},
		"what is not there":   {"delete", obj{"as": asker, "channel": here, "message": "1"}, 409},
		"an unknown user":     {"slash", option(6, "1"), 400},
		"an unknown role":     {"slash", option(8, w.asker.ID), 400},
		"an unknown channel":  {"slash", option(7, "1"), 400},
		"nobody to mention":   {"slash", option(9, "1"), 400},
		"a file not sent":     {"slash", option(11, 0), 400},
		"a value of no kind":  {"slash", option(3, list{}), 400},
		"no such interaction": {"submit", obj{"as": asker, "interaction": "1"}, 400},
		"no autocomplete":     {"complete", obj{"as": asker, "channel": here, "command": "form", "option": "x"}, 409},
	} {
		status, answer := w.act(c.act, c.body)
		require.Equal(t, c.status, status, why)
		require.NotEmpty(t, answer["error"], why)
	}
	for why, body := range map[string]string{"no JSON": "{", "an array": "[]", "a wrong type": `{"as":1}`} {
		status, _ := w.post("say", "application/json", strings.NewReader(body))
		require.Equal(t, http.StatusBadRequest, status, why)
	}
	status, _ := w.post("say", "text/plain", strings.NewReader("{}"))
	require.Equal(t, http.StatusBadRequest, status, "what a form of another page can send")
	status, _ = w.post("say", "multipart/form-data; boundary=x", strings.NewReader("--x\r\nContent-Disposition: form-data; name=\"files[3]\"; filename=\"a\"\r\n\r\na\r\n--x--\r\n"))
	require.Equal(t, http.StatusBadRequest, status)

	_, view := w.act("slash", obj{"as": asker, "channel": here, "command": "nothing"})
	require.Contains(t, view["refusal"], "no such command")
	_, view = w.act("press", obj{"as": asker, "channel": here, "message": bens.ID, "component": "x"})
	require.NotEmpty(t, view["refusal"])
}

func TestTheFeedTellsEverythingButSecrets(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.asker.Say(w.channel, "before")
	conn, _, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(w.url, "http")+"/play/feed", nil)
	require.NoError(t, err)
	defer conn.Close()
	var hello obj
	require.NoError(t, conn.ReadJSON(&hello))
	require.Equal(t, "hello", hello["type"])
	require.Equal(t, w.s.URL(), hello["cdn"])
	guild := hello["snapshot"].(obj)["guilds"].(list)[0].(obj)
	require.Equal(t, "before", guild["channels"].(list)[0].(obj)["messages"].(list)[0].(obj)["content"])

	_, view := w.act("slash", obj{"as": w.asker.ID, "channel": w.channel.ID, "command": "all"})
	token := <-w.tokens
	w.guild.AddMember("Colleague")
	seen, all := map[string]obj{}, ""
	for len(seen) < 4 {
		_, raw, err := conn.ReadMessage()
		require.NoError(t, err)
		all += string(raw)
		for _, c := range decode(t, raw)["changes"].(list) {
			seen[c.(obj)["kind"].(string)] = c.(obj)
		}
	}
	require.Equal(t, view["id"], seen["interaction_changed"]["view"].(obj)["id"])
	require.Equal(t, "/interactions/"+view["id"].(string)+"/[token]/callback", seen["request_made"]["request"].(obj)["path"])
	world := seen["guild_changed"]["world"].(obj)["guilds"].(list)[0].(obj)
	require.Len(t, world["members"], 3)
	require.Nil(t, world["channels"].(list)[0].(obj)["messages"], "they are known")
	require.NotContains(t, all, w.s.Token())
	require.NotContains(t, all, token)

	w.s.Close()
	_, _, err = conn.ReadMessage()
	for err == nil {
		_, _, err = conn.ReadMessage()
	}
	require.Error(t, err, "the feed ends with the server")
}

func TestOtherPagesAreKeptAway(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for why, c := range map[string]struct {
		method, host string
		header       map[string]string
		status       int
	}{
		"its own page":                   {"POST", "", map[string]string{"Origin": w.url, "Sec-Fetch-Site": "same-origin"}, 400},
		"no browser":                     {"POST", "", nil, 400},
		"a page elsewhere":               {"POST", "", map[string]string{"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}, 403},
		"another port of this machine":   {"POST", "", map[string]string{"Origin": "http://127.0.0.1:1", "Sec-Fetch-Site": "same-site"}, 403},
		"an old browser":                 {"POST", "", map[string]string{"Origin": "https://evil.example"}, 403},
		"a name that was pointed here":   {"GET", "evil.example", nil, 403},
		"the same with a port":           {"POST", "evil.example:8377", map[string]string{"Origin": "http://evil.example:8377"}, 403},
		"localhost":                      {"POST", "localhost:8377", nil, 400},
		"IPv6":                           {"POST", "[::1]:8377", nil, 400},
		"IPv6 without a port":            {"POST", "[::1]", nil, 400},
		"a WebSocket from elsewhere":     {"WS", "", map[string]string{"Origin": "https://evil.example"}, 403},
		"a WebSocket to a pointed name":  {"WS", "evil.example", nil, 403},
		"a WebSocket of this very page":  {"WS", "", map[string]string{"Origin": w.url}, 101},
		"a WebSocket of another machine": {"WS", "", map[string]string{"Origin": "null"}, 403},
	} {
		method, path, body := c.method, "/play/say", io.Reader(strings.NewReader("{}"))
		if method == "WS" {
			method, path, body = "GET", "/play/feed", nil
		}
		r, err := http.NewRequest(method, w.url+path, body)
		require.NoError(t, err)
		r.Host = c.host
		r.Header.Set("Content-Type", "application/json")
		if c.method == "WS" {
			for k, v := range map[string]string{"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="} {
				r.Header.Set(k, v)
			}
		}
		for k, v := range c.header {
			r.Header.Set(k, v)
		}
		answer, err := http.DefaultClient.Do(r)
		require.NoError(t, err, why)
		answer.Body.Close()
		require.Equal(t, c.status, answer.StatusCode, why)
		if c.status != http.StatusForbidden && c.status != http.StatusSwitchingProtocols {
			require.Equal(t, "same-origin", answer.Header.Get("Cross-Origin-Resource-Policy"), why)
		}
	}
}

func TestFilesComeThroughTheBridgeAndCannotRun(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	m := w.asker.Say(w.channel, "", discordtest.WithUpload(discordtest.Upload{Name: "a.html", Type: "text/html", Data: []byte("<script>alert(1)</script>")}))
	link := w.url + strings.TrimPrefix(m.Attachments[0].URL, w.s.URL())
	answer, err := http.Get(link)
	require.NoError(t, err)
	defer answer.Body.Close()
	raw, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	require.Equal(t, "<script>alert(1)</script>", string(raw))
	require.Contains(t, answer.Header.Get("Content-Security-Policy"), "sandbox")
	require.Equal(t, "nosniff", answer.Header.Get("X-Content-Type-Options"))
	require.Empty(t, answer.Header.Get("Access-Control-Allow-Origin"))
	forged, err := http.Get(strings.Replace(link, "hm=", "hm=0", 1))
	require.NoError(t, err)
	defer forged.Body.Close()
	require.Equal(t, http.StatusNotFound, forged.StatusCode)
}
