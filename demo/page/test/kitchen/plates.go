//go:build browser

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http"
	"strings"

	"seedbank/useapi/useapitest"
)

// serve gives a first answer with files, which components show as attachment://name.
func (b *bot) serve(e obj, data obj, files map[string][]byte) {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	raw, err := json.Marshal(obj{"type": 4, "data": data})
	if err != nil {
		panic(err)
	}
	_ = form.WriteField("payload_json", string(raw)) // a buffer takes everything
	n := 0
	for name, file := range files {
		part, _ := form.CreateFormFile(fmt.Sprintf("files[%d]", n), name)
		_, _ = part.Write(file)
		n++
	}
	_ = form.Close()
	r, err := http.NewRequest("POST", fmt.Sprintf("%s/api/v10/interactions/%s/%s/callback", b.s.URL(), e["id"], e["token"]), &body)
	if err != nil {
		panic(err)
	}
	r.Header.Set("Authorization", "Bot "+b.s.Token())
	r.Header.Set("Content-Type", form.FormDataContentType())
	if answer, err := http.DefaultClient.Do(r); err == nil {
		_ = answer.Body.Close()
	}
}

// insisting is a message whose menu always says Apple.
func insisting() obj {
	menu := with(fruits("chosen"), obj{"type": 3, "custom_id": "insist"})
	menu["options"].(list)[0].(obj)["default"] = true
	return obj{"components": list{row(menu)}}
}

// plate is a message with all that shows files.
func (b *bot) plate(e obj) {
	const picture = "attachment://p.png"
	text := func(s string) obj { return obj{"type": 10, "content": s} }
	shown := func(more obj) obj {
		return with(obj{"media": obj{"url": picture}, "description": "A painted hill"}, more)
	}
	b.serve(e, obj{"flags": 1 << 15, "components": list{
		obj{"type": 17, "components": list{
			obj{"type": 9, "components": list{text("### With a thumbnail"), text("and " + strings.Repeat("many words ", 20))}, "accessory": shown(obj{"type": 11})},
			obj{"type": 9, "components": list{text("Its thumbnail is hidden")}, "accessory": shown(obj{"type": 11, "spoiler": true})},
			obj{"type": 14, "divider": false, "spacing": 2},
			obj{"type": 12, "items": list{shown(nil), shown(obj{"spoiler": true}), shown(nil)}},
			obj{"type": 14},
			obj{"type": 13, "file": obj{"url": "attachment://menu.txt"}},
			obj{"type": 13, "file": obj{"url": "attachment://secret.txt"}, "spoiler": true},
		}},
	}}, map[string][]byte{"p.png": useapitest.Picture(7, 0, 200), "menu.txt": []byte("soup"), "secret.txt": []byte("salt")})
}

// galleries is a message of galleries of one to ten pictures.
func (b *bot) galleries(e obj) {
	all := list{}
	for n := range 10 {
		items := list{}
		for range n + 1 {
			items = append(items, obj{"media": obj{"url": "attachment://p.png"}})
		}
		all = append(all, obj{"type": 12, "items": items})
	}
	b.serve(e, obj{"flags": 1 << 15, "components": all}, map[string][]byte{"p.png": useapitest.Picture(9, 0, 200)})
}

// fields is a modal of every kind of select that finds something.
func (b *bot) fields() obj {
	return obj{"custom_id": "fields", "title": "Choose", "components": list{
		label("User", "Filled in", obj{"type": 5, "custom_id": "user", "default_values": list{obj{"id": b.cook, "type": "user"}}}),
		label("Role", "", obj{"type": 6, "custom_id": "role", "required": false}),
		label("User or role", "Two", obj{"type": 7, "custom_id": "anyone", "min_values": 2, "max_values": 2}),
		label("Channel", "", obj{"type": 8, "custom_id": "channel", "channel_types": list{0}, "required": false}),
		label("Several", "Two at most", with(fruits("sweet"), obj{"type": 22, "custom_id": "several", "max_values": 2})),
	}}
}

// ticks is a modal of what can be ticked, with words between.
func ticks() obj {
	return obj{"custom_id": "ticks", "title": "Tick", "components": list{
		obj{"type": 10, "content": "Read **this** first."},
		label("Agreed", "", obj{"type": 23, "custom_id": "agreed"}),
		label("Perhaps one", "", with(fruits("soft"), obj{"type": 21, "custom_id": "maybe", "required": false})),
		label("Files", "", obj{"type": 19, "custom_id": "files", "max_values": 3, "required": false}),
		obj{"type": 1, "components": list{obj{"type": 4, "custom_id": "old", "style": 1, "label": "Of the old kind", "required": false, "placeholder": "a placeholder"}}},
	}}
}

func label(text, help string, c obj) obj {
	return obj{"type": 18, "label": text, "description": help, "component": c}
}

// hard are words that are hard to lay out.
func hard() string {
	return strings.Repeat("longwordwithoutanyspace", 12) + "\nhttps://example.org/" + strings.Repeat("path/", 30) + "\n" +
		"**bold *both __all three ~~and gone~~__* end** ||a `hidden` **spoiler**||\n" +
		"<t:1700000000:t> <t:1700000000:T> <t:1700000000:d> <t:1700000000:D> <t:1700000000:f> <t:1700000000:F> <t:1700000000:R> <t:1700000000>\n" +
		"```\nname      one                             two                             three\nseed      3937070146                      12                              99\n```\n" +
		"> - a list\n> - in a quote\n> 1. and one with numbers\n\n- [a link](https://example.org) `code`\n  - deeper\n    - and deeper\n10. ten\n11. eleven\n-# small **bold** `code` [link](https://example.org)"
}
