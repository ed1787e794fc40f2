//go:build browser

// Kitchen is a bot for the browser tests of the page: it answers with every kind of component, modal and mistake, so
// that each can be looked at. It speaks Discord's REST and gateway by hand, and stands on a local Discord of its own.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/gorilla/websocket"

	"seedbank/discordtest"
	"seedbank/discordtest/play"
	"seedbank/useapi/useapitest"
)

type (
	obj  = map[string]any
	list = []any
)

func main() {
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "kitchen:", err)
		os.Exit(1)
	}
}

// run serves the page's built files, which stand in a folder, with the bot behind them.
func run(files string) error {
	s, err := discordtest.Start(discordtest.WithAppName("Kitchen"), discordtest.WithHeartbeat(time.Hour)) // the bot has no heart
	if err != nil {
		return err
	}
	defer s.Close()
	g := s.AddGuild("Café")
	crew := g.AddRole("Crew", discordtest.ManageMessages)
	c := g.AddChannel("counter")
	cellar := g.AddChannel("cellar", discordtest.Private(crew))
	cook := g.AddMember("Cook", discordtest.WithRoles(crew))
	g.AddMember("Waiter").DM()
	cook.DM()
	first := cook.Say(c, words(cook.Mention(), "<@&"+crew.ID+">", "<#"+c.ID+">", "<#"+cellar.ID+">"))
	cook.Say(c, hard()+fmt.Sprintf("\nhttps://discord.com/channels/%s/%s/%s", g.ID, c.ID, first.ID))

	mux := http.NewServeMux()
	bridge := play.New(s)
	for _, path := range []string{"/play/", "/attachments/", "/ephemeral-attachments/"} {
		mux.Handle(path, bridge)
	}
	mux.Handle("/", http.FileServer(http.Dir(files)))
	mux.HandleFunc("GET /stage", func(w http.ResponseWriter, _ *http.Request) {
		_ = json.NewEncoder(w).Encode(obj{"cast": obj{}, "as": cook.ID, "open": c.ID, "service": "", "tries": list{}, "scenes": list{}})
	})
	mux.HandleFunc("GET /stage/requests", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("[]")) })
	mux.HandleFunc("POST /fill", func(http.ResponseWriter, *http.Request) { fill(g, c) })
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Printf("http://%s\n", listener.Addr())
	b := &bot{s: s, cook: cook.ID}
	b.call("PUT", "/applications/"+s.AppID()+"/commands", menu())
	ended := make(chan error, 2)
	go func() { ended <- http.Serve(listener, play.Guard(mux)) }()
	go func() { ended <- b.listen() }()
	return <-ended
}

// fill puts many messages into the channel.
func fill(g *discordtest.Guild, c *discordtest.Channel) {
	people := g.Members()[1:]
	for n := range 500 {
		who := people[n/3%len(people)]
		if n%25 == 0 {
			who.Say(c, fmt.Sprintf("picture %d", n), discordtest.WithUpload(discordtest.Upload{Name: "p.png", Data: useapitest.Picture(uint32(n), 0, 200)}))
			continue
		}
		who.Say(c, fmt.Sprintf("message %d with **some** words, a `code` and %s", n, who.Mention()))
	}
}

// words is a text with every mark of Discord's markdown.
func words(mentions ...string) string {
	return "# Big\n## Middle\n### Small\n-# subtext with <t:1700000000:R> and <t:1700000000:F>\n" +
		"**bold** *italic* ***both*** __under__ ~~gone~~ ||hidden|| `code` \\*plain\\* snake_case_word [link](https://example.org) https://example.org/a_b_c\n" +
		strings.Join(mentions, " ") + " @everyone </kitchen:1> <@1> <#2> 🌱\n> quoted **words**\n> second line\n- one\n- two\n  - inner\n- three\n1. first\n2. second\n```go\nfunc main() {}\n```\nend"
}

type bot struct {
	s    *discordtest.Server
	cook string // id of somebody who is there
}

// listen takes interactions from the gateway.
func (b *bot) listen() error {
	conn, _, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(b.s.URL(), "http")+"/gateway/?v=10&encoding=json", nil)
	if err != nil {
		return err
	}
	defer conn.Close()
	if err := conn.WriteJSON(obj{"op": 2, "d": obj{"token": b.s.Token(), "intents": 0, "properties": obj{}}}); err != nil {
		return err
	}
	for {
		var event struct {
			Op   int    `json:"op"`
			Type string `json:"t"`
			Data obj    `json:"d"`
		}
		if err := conn.ReadJSON(&event); err != nil {
			return err
		}
		if event.Type == "INTERACTION_CREATE" {
			b.answer(event.Data)
		}
	}
}

func (b *bot) call(method, path string, body any) obj {
	raw, err := json.Marshal(body)
	if err != nil {
		panic(err)
	}
	r, err := http.NewRequest(method, b.s.URL()+"/api/v10"+path, bytes.NewReader(raw))
	if err != nil {
		panic(err)
	}
	r.Header.Set("Authorization", "Bot "+b.s.Token())
	r.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil
	}
	defer answer.Body.Close()
	var out obj
	_ = json.NewDecoder(answer.Body).Decode(&out) // not every answer is an object
	return out
}

// respond gives the first answer to an interaction.
func (b *bot) respond(e obj, kind int, data any) {
	b.call("POST", fmt.Sprintf("/interactions/%s/%s/callback", e["id"], e["token"]), obj{"type": kind, "data": data})
}

func (b *bot) edit(e obj, body any) {
	b.call("PATCH", fmt.Sprintf("/webhooks/%s/%s/messages/@original", b.s.AppID(), e["token"]), body)
}
