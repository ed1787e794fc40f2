//go:build browser

package main

import (
	"encoding/json"
	"fmt"
	"strings"
)

// menu are the bot's commands.
func menu() list {
	option := func(kind int, name string, more obj) obj {
		o := obj{"type": kind, "name": name, "description": "An option of type " + fmt.Sprint(kind)}
		for k, v := range more {
			o[k] = v
		}
		return o
	}
	return list{
		obj{"name": "options", "description": "Every kind of option", "options": list{
			option(3, "text", obj{"required": true, "autocomplete": true, "min_length": 2}), option(4, "whole", obj{"min_value": 1, "max_value": 9}),
			option(10, "number", nil), option(5, "flag", nil), option(6, "user", nil), option(7, "channel", obj{"channel_types": list{0}}), option(8, "role", nil),
			option(9, "anyone", nil), option(11, "file", nil), option(3, "choice", obj{"choices": list{obj{"name": "Red", "value": "r"}, obj{"name": "Blue", "value": "b"}}}),
		}},
		obj{"name": "kitchen", "description": "Every kind of component"},
		obj{"name": "embed", "description": "An embed"},
		obj{"name": "form", "description": "A form with every kind of field"},
		obj{"name": "fields", "description": "A form with every kind of select"},
		obj{"name": "ticks", "description": "A form of what can be ticked"},
		obj{"name": "reset", "description": "A menu that does not keep what is chosen"},
		obj{"name": "plate", "description": "Everything that shows files"},
		obj{"name": "galleries", "description": "Galleries of one to ten pictures"},
		obj{"name": "silent", "description": "No answer at all"},
		obj{"name": "whisper", "description": "A secret with a button that answers for everyone"},
		obj{"name": "broken", "description": "An answer that Discord refuses"},
		obj{"name": "think", "description": "A deferred answer"},
		obj{"name": "deep", "description": "Subcommands", "options": list{
			obj{"type": 2, "name": "down", "description": "A group", "options": list{obj{"type": 1, "name": "below", "description": "A subcommand in a group"}}},
			obj{"type": 1, "name": "near", "description": "A subcommand"},
		}},
		obj{"name": "Look closer", "type": 3},
		obj{"name": "Greet", "type": 2},
	}
}

func (b *bot) answer(e obj) {
	data, _ := e["data"].(obj)
	name := fmt.Sprint(data["name"])
	switch kind, _ := e["type"].(float64); kind {
	case 4:
		b.suggest(e, data)
	case 5:
		raw, _ := json.MarshalIndent(data["components"], "", " ")
		b.respond(e, 4, obj{"content": "Submitted:\n```json\n" + cut(string(raw), 1800) + "\n```", "flags": 64})
	case 3:
		b.component(e, data)
	default:
		switch name {
		case "kitchen":
			b.respond(e, 4, kitchen())
		case "embed":
			b.respond(e, 4, obj{"embeds": list{embed()}, "components": list{row(obj{"type": 2, "style": 5, "label": "A page", "url": "https://example.org"}, obj{"type": 2, "style": 2, "label": "Shut", "custom_id": "shut", "disabled": true})}})
		case "form":
			b.respond(e, 9, form())
		case "fields":
			b.respond(e, 9, b.fields())
		case "ticks":
			b.respond(e, 9, ticks())
		case "reset":
			b.respond(e, 4, insisting())
		case "plate":
			b.plate(e)
		case "galleries":
			b.galleries(e)
		case "whisper":
			b.respond(e, 4, obj{"content": "a secret", "flags": 64, "components": list{row(obj{"type": 2, "style": 2, "label": "Aloud", "custom_id": "aloud"})}})
		case "silent":
		case "broken":
			b.respond(e, 4, obj{"content": strings.Repeat("too long ", 300)})
			b.respond(e, 4, obj{"content": "I was refused at first."})
		case "think":
			b.respond(e, 5, nil)
			for _, n := range []int{30, 60, 100} {
				b.edit(e, obj{"content": fmt.Sprintf("%d %%", n)})
			}
		default:
			raw, _ := json.MarshalIndent(data["options"], "", " ")
			b.respond(e, 4, obj{"content": cut(name+" on "+fmt.Sprint(data["target_id"])+"\n```json\n"+string(raw)+"\n```", 1900)})
		}
	}
}

func (b *bot) suggest(e, data obj) {
	typed := ""
	options, _ := data["options"].([]any)
	for _, o := range options {
		if o, ok := o.(obj); ok && o["focused"] == true {
			typed = fmt.Sprint(o["value"])
		}
	}
	choices := list{}
	for _, fruit := range []string{"apple", "apricot", "banana", "cherry"} {
		if strings.HasPrefix(fruit, typed) {
			choices = append(choices, obj{"name": strings.ToUpper(fruit), "value": fruit})
		}
	}
	b.respond(e, 8, obj{"choices": choices})
}

func (b *bot) component(e, data obj) {
	switch data["custom_id"] {
	case "form":
		b.respond(e, 9, form())
	case "aloud":
		b.respond(e, 4, obj{"content": "for everyone"})
	case "mute":
	case "insist":
		b.respond(e, 7, insisting())
	case "update":
		b.respond(e, 7, obj{"components": list{obj{"type": 10, "content": "Updated in place."}}})
	default:
		b.respond(e, 4, obj{"content": fmt.Sprintf("%v: %v", data["custom_id"], data["values"]), "flags": 64})
	}
}

func row(parts ...any) obj { return obj{"type": 1, "components": parts} }

func button(style int, label, id string) obj {
	return obj{"type": 2, "style": style, "label": label, "custom_id": id}
}

func fruits(kind string) obj {
	options := list{}
	for n, fruit := range []string{"Apple", "Banana", "Cherry", "Date"} {
		options = append(options, obj{"label": fruit, "value": fmt.Sprint(n), "description": "A " + kind + " one"})
	}
	return obj{"options": options}
}

func with(o obj, more obj) obj {
	for k, v := range more {
		o[k] = v
	}
	return o
}

// kitchen is a message of every kind of component.
func kitchen() obj {
	return obj{"flags": 1 << 15, "components": list{
		obj{"type": 17, "accent_color": 0x5865F2, "components": list{
			obj{"type": 9, "components": list{obj{"type": 10, "content": "## A section\nwith a button beside it"}}, "accessory": button(2, "Beside", "beside")},
			obj{"type": 14, "spacing": 2},
			row(button(1, "Primary", "primary"), button(2, "Secondary", "secondary"), button(3, "Success", "success"), button(4, "Danger", "danger"), obj{"type": 2, "style": 5, "label": "Link", "url": "https://example.org"}),
			row(button(2, "Form", "form"), button(2, "No answer", "mute"), button(2, "Update", "update"), with(button(2, "Disabled", "off"), obj{"disabled": true})),
			row(with(fruits("ripe"), obj{"type": 3, "custom_id": "one", "placeholder": "One fruit"})),
			row(with(fruits("fresh"), obj{"type": 3, "custom_id": "many", "placeholder": "Up to three", "min_values": 1, "max_values": 3})),
			row(obj{"type": 5, "custom_id": "user", "placeholder": "A user"}),
			row(obj{"type": 6, "custom_id": "role", "placeholder": "A role"}),
			row(obj{"type": 7, "custom_id": "anyone", "placeholder": "A user or role"}),
			row(obj{"type": 8, "custom_id": "channel", "placeholder": "A channel"}),
		}},
		obj{"type": 17, "spoiler": true, "components": list{obj{"type": 10, "content": "A hidden container"}}},
		obj{"type": 10, "content": "Words outside"},
	}}
}

func embed() obj {
	field := func(name string, inline bool) obj {
		return obj{"name": name, "value": "value of *" + name + "*", "inline": inline}
	}
	return obj{
		"title": "An embed", "url": "https://example.org", "description": "With **markdown** and a [link](https://example.org).", "color": 0xF0B232,
		"author": obj{"name": "An author"}, "footer": obj{"text": "A footer"}, "timestamp": "2026-01-02T03:04:05Z",
		"fields": list{field("one", true), field("two", true), field("three", true), field("wide", false)},
	}
}

// form is a modal of every kind of field that fits into one.
func form() obj {
	return obj{"custom_id": "form", "title": "A form", "components": list{
		label("Short", "At least three letters", obj{"type": 4, "custom_id": "short", "style": 1, "min_length": 3, "max_length": 20}),
		label("Long", "", obj{"type": 4, "custom_id": "long", "style": 2, "required": false, "value": "as it was"}),
		label("Fruit", "Choose", with(fruits("good"), obj{"type": 3, "custom_id": "fruit"})),
		label("Radio", "One of", with(fruits("round"), obj{"type": 21, "custom_id": "radio"})),
		label("File", "A picture", obj{"type": 19, "custom_id": "file", "required": false}),
	}}
}

func cut(s string, most int) string {
	if len(s) > most {
		return s[:most]
	}
	return s
}
