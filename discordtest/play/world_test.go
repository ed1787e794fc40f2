package play_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
	"github.com/stretchr/testify/require"

	"seedbank/discordtest"
	"seedbank/discordtest/play"
)

type (
	obj  = map[string]any
	list = []any
)

// world is a local Discord with a bot that answers everything, and the bridge to it.
type world struct {
	t       *testing.T
	s       *discordtest.Server
	tokens  chan string // of the interactions that the bot got
	url     string
	guild   *discordtest.Guild
	channel *discordtest.Channel
	asker   *discordtest.Member
	role    *discordtest.Role
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, s: discordtest.New(discordtest.WithHeartbeat(time.Hour)), tokens: make(chan string, 100)}
	t.Cleanup(w.s.Close)
	w.guild = w.s.AddGuild("Guild")
	w.channel = w.guild.AddChannel("talk")
	w.asker = w.guild.AddMember("Asker")
	w.role = w.guild.AddRole("Crew", 0)
	web := httptest.NewServer(play.Guard(play.New(w.s)))
	t.Cleanup(web.Close)
	w.url = web.URL
	w.serve()
	return w
}

// serve lets a bot answer in the background: a command by what it got, an autocomplete by two words, the command "form"
// by a modal.
func (w *world) serve() {
	option := func(kind int, name string) obj { return obj{"type": kind, "name": name, "description": "d"} }
	typing := option(3, "text")
	typing["autocomplete"] = true
	w.call("PUT", "/applications/"+w.s.AppID()+"/commands", list{
		obj{"name": "all", "description": "d", "options": list{typing, option(4, "whole"), option(5, "flag"), option(6, "user"), option(7, "channel"), option(8, "role"), option(9, "anyone"), option(10, "number"), option(11, "file")}},
		obj{"name": "form", "description": "d"}, obj{"name": "Look", "type": 3}, obj{"name": "Greet", "type": 2},
	})
	conn, _, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(w.s.URL(), "http")+"/gateway/?v=10&encoding=json", nil)
	require.NoError(w.t, err)
	w.t.Cleanup(func() { _ = conn.Close() })
	require.NoError(w.t, conn.WriteJSON(obj{"op": 2, "d": obj{"token": w.s.Token(), "intents": 0, "properties": obj{}}}))
	go func() {
		for {
			var event struct {
				Type string `json:"t"`
				Data obj    `json:"d"`
			}
			if conn.ReadJSON(&event) != nil {
				return
			}
			if event.Type == "INTERACTION_CREATE" {
				w.respond(event.Data)
			}
		}
	}()
	require.NoError(w.t, w.s.Gateway().Ready(w.t.Context()))
}

func (w *world) respond(e obj) {
	w.tokens <- e["token"].(string)
	data := e["data"].(obj)
	raw, _ := json.Marshal(data)
	answer := obj{"type": 4, "data": obj{"content": string(raw[:min(len(raw), 1900)]), "components": list{obj{"type": 1, "components": list{
		obj{"type": 2, "style": 1, "label": "Go", "custom_id": "go"},
	}}, obj{"type": 1, "components": list{obj{"type": 3, "custom_id": "menu", "options": list{obj{"label": "L", "value": "v"}}}}}}}}
	switch {
	case e["type"] == 4.0:
		answer = obj{"type": 8, "data": obj{"choices": list{obj{"name": "One", "value": "1"}, obj{"name": "Two", "value": "2"}}}}
	case data["name"] == "form":
		label := func(text string, c obj) obj { return obj{"type": 18, "label": text, "component": c} }
		answer = obj{"type": 9, "data": obj{"custom_id": "form", "title": "Form", "components": list{
			label("Text", obj{"type": 4, "custom_id": "text", "style": 1}), label("File", obj{"type": 19, "custom_id": "file"}),
			label("Menu", obj{"type": 3, "custom_id": "menu", "options": list{obj{"label": "L", "value": "v"}}}), label("Box", obj{"type": 23, "custom_id": "box"}),
		}}}
	}
	w.call("POST", fmt.Sprintf("/interactions/%s/%s/callback", e["id"], e["token"]), answer)
}

// call is a request of the bot.
func (w *world) call(method, path string, body any) {
	raw, err := json.Marshal(body)
	require.NoError(w.t, err)
	r, err := http.NewRequest(method, w.s.URL()+"/api/v10"+path, bytes.NewReader(raw))
	require.NoError(w.t, err)
	r.Header.Set("Authorization", "Bot "+w.s.Token())
	r.Header.Set("Content-Type", "application/json")
	if answer, err := http.DefaultClient.Do(r); err == nil { // at the end of a test the server may be gone
		_ = answer.Body.Close()
	}
}

// act posts what a user does, and gives what is answered.
func (w *world) act(name string, body obj) (int, obj) {
	w.t.Helper()
	raw, err := json.Marshal(body)
	require.NoError(w.t, err)
	return w.post(name, "application/json", bytes.NewReader(raw))
}

func (w *world) post(name, kind string, body io.Reader) (int, obj) {
	w.t.Helper()
	answer, err := http.Post(w.url+"/play/"+name, kind, body)
	require.NoError(w.t, err)
	defer answer.Body.Close()
	raw, err := io.ReadAll(answer.Body)
	require.NoError(w.t, err)
	require.NotContains(w.t, string(raw), w.s.Token())
	var o obj
	require.NoError(w.t, json.Unmarshal(raw, &o), string(raw))
	return answer.StatusCode, o
}

// form is a body with files.
func form(t *testing.T, payload obj, files ...string) (string, io.Reader) {
	t.Helper()
	var b bytes.Buffer
	f := multipart.NewWriter(&b)
	raw, err := json.Marshal(payload)
	require.NoError(t, err)
	require.NoError(t, f.WriteField("payload_json", string(raw)))
	for n, content := range files {
		part, err := f.CreateFormFile(fmt.Sprintf("files[%d]", n), fmt.Sprintf("file%d.txt", n))
		require.NoError(t, err)
		_, err = io.WriteString(part, content)
		require.NoError(t, err)
	}
	require.NoError(t, f.Close())
	return f.FormDataContentType(), &b
}

// answered waits for the answer to the interaction of a view.
func (w *world) answered(view obj) *discordtest.Message {
	w.t.Helper()
	require.Empty(w.t, view["refusal"])
	m, err := w.s.Interaction(view["id"].(string)).Answer(w.t.Context())
	require.NoError(w.t, err)
	return m
}

func decode(t *testing.T, raw []byte) (o obj) {
	t.Helper()
	require.NoError(t, json.Unmarshal(raw, &o))
	return o
}
