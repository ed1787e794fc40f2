package discordtest_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"seedbank/discordtest"
)

// Shorthands for components.
func text(content string) obj { return obj{"type": 10, "content": content} }
func row(inner ...any) obj    { return obj{"type": 1, "components": inner} }
func button(id string) obj {
	return obj{"type": 2, "style": 1, "label": "B", "custom_id": id}
}
func menu(options int, more obj) obj {
	all := list{}
	for n := range options {
		all = append(all, obj{"label": fmt.Sprint(n), "value": fmt.Sprint(n)})
	}
	o := obj{"type": 3, "custom_id": "m", "options": all}
	maps.Copy(o, more)
	return o
}
func with(o, more obj) obj {
	out := obj{}
	maps.Copy(out, o)
	maps.Copy(out, more)
	return out
}
func v2(components ...any) obj   { return obj{"flags": 1 << 15, "components": components} }
func rows(components ...any) obj { return obj{"content": "x", "components": components} }
func times(n int, o any) list {
	all := list{}
	for range n {
		all = append(all, o)
	}
	return all
}

// TestNewMessages holds what a message may be: path "" means that it is taken.
func TestNewMessages(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	long := func(n int) string { return strings.Repeat("ö", n) }
	embed := func(e obj) obj { return obj{"embeds": list{e}} }
	gallery := func(items int) obj {
		return obj{"type": 12, "items": times(items, obj{"media": obj{"url": "https://example.org/a.png"}})}
	}
	section := func(texts int, accessory any) obj {
		return obj{"type": 9, "components": times(texts, text("t")), "accessory": accessory}
	}
	thumb := obj{"type": 11, "media": obj{"url": "https://example.org/a.png"}}
	manyButtons := func(n int) list {
		all := list{}
		for k := range n {
			all = append(all, row(button(fmt.Sprint("b", k))))
		}
		return all
	}
	var fiveButtons list
	for k := range 6 {
		fiveButtons = append(fiveButtons, button(fmt.Sprint("b", k)))
	}
	for name, c := range map[string]struct {
		body obj
		path string // of the complaint
		code string
	}{
		"2000 characters":             {body: obj{"content": long(2000)}},
		"2001 characters":             {obj{"content": long(2001)}, "content", "BASE_TYPE_MAX_LENGTH"},
		"content that is no text":     {obj{"content": obj{}}, "content", "STRING_TYPE_CONVERT"},
		"flags that are no number":    {obj{"content": "x", "flags": "64"}, "flags", "NUMBER_TYPE_COERCE"},
		"components that are no list": {obj{"content": "x", "components": obj{}}, "components", "LIST_TYPE_CONVERT"},
		"a component that is none":    {rows("x"), "components.0", "MODEL_TYPE_CONVERT"},
		"a poll":                      {obj{"poll": obj{"question": obj{}}}, "poll", "NOT_PLAYED"},

		"ten embeds":                   {body: obj{"embeds": times(10, obj{"title": "t"})}},
		"eleven embeds":                {obj{"embeds": times(11, obj{"title": "t"})}, "embeds", "BASE_TYPE_MAX_LENGTH"},
		"an embed's long title":        {embed(obj{"title": long(257)}), "embeds.0.title", "BASE_TYPE_MAX_LENGTH"},
		"an embed's long description":  {embed(obj{"description": long(4097)}), "embeds.0.description", "BASE_TYPE_MAX_LENGTH"},
		"an embed's long footer":       {embed(obj{"footer": obj{"text": long(2049)}}), "embeds.0.footer.text", "BASE_TYPE_BAD_LENGTH"},
		"an embed's nameless author":   {embed(obj{"author": obj{}}), "embeds.0.author.name", "BASE_TYPE_REQUIRED"},
		"an embed's long author":       {embed(obj{"author": obj{"name": long(257)}}), "embeds.0.author.name", "BASE_TYPE_BAD_LENGTH"},
		"26 fields":                    {embed(obj{"fields": times(26, obj{"name": "n", "value": "v"})}), "embeds.0.fields", "BASE_TYPE_MAX_LENGTH"},
		"a field without value":        {embed(obj{"fields": list{obj{"name": "n", "value": ""}}}), "embeds.0.fields.0.value", "BASE_TYPE_REQUIRED"},
		"a long field value":           {embed(obj{"fields": list{obj{"name": "n", "value": long(1025)}}}), "embeds.0.fields.0.value", "BASE_TYPE_BAD_LENGTH"},
		"a long field name":            {embed(obj{"fields": list{obj{"name": long(257), "value": "v"}}}), "embeds.0.fields.0.name", "BASE_TYPE_BAD_LENGTH"},
		"6000 characters in embeds":    {body: obj{"embeds": list{obj{"description": long(4000)}, obj{"description": long(2000)}}}},
		"6001 characters in embeds":    {obj{"embeds": list{obj{"description": long(4000)}, obj{"description": long(2001)}}}, "embeds", "MAX_EMBED_SIZE_EXCEEDED"},
		"an embed colour beyond":       {embed(obj{"title": "t", "color": 0x1000000}), "embeds.0.color", "NUMBER_TYPE_MAX"},
		"an embed time that is none":   {embed(obj{"title": "t", "timestamp": "noon"}), "embeds.0.timestamp", "DATE_TIME_TYPE_PARSE"},
		"an embed with an odd link":    {embed(obj{"title": "t", "url": "ftp://example.org"}), "embeds.0.url", "URL_TYPE_INVALID_SCHEME"},
		"an embed image without place": {embed(obj{"image": obj{"url": "nowhere"}}), "embeds.0.image.url", "URL_TYPE_INVALID_URL"},
		"an embed image of nothing":    {embed(obj{"image": obj{}}), "embeds.0.image.url", "BASE_TYPE_REQUIRED"},

		"five rows":                        {body: rows(manyButtons(5)...)},
		"six rows":                         {rows(manyButtons(6)...), "components", "BASE_TYPE_BAD_LENGTH"},
		"a text display without the flag":  {rows(text("x")), "components.0.type", "UNION_TYPE_CHOICES"},
		"an unknown type":                  {rows(obj{"type": 99}), "components.0.type", "UNION_TYPE_CHOICES"},
		"a component without type":         {rows(obj{}), "components.0.type", "UNION_TYPE_CHOICES"},
		"a button outside a row":           {rows(button("b")), "components.0.type", "UNION_TYPE_CHOICES"},
		"a text input in a message":        {rows(row(obj{"type": 4, "custom_id": "i"})), "components.0.components.0.type", "UNION_TYPE_CHOICES"},
		"a label in a message":             {v2(obj{"type": 18}), "components.0.type", "UNION_TYPE_CHOICES"},
		"an empty row":                     {rows(row()), "components.0.components", "BASE_TYPE_REQUIRED"},
		"six buttons in a row":             {rows(row(fiveButtons...)), "components.0.components", "BASE_TYPE_BAD_LENGTH"},
		"five buttons in a row":            {body: rows(row(fiveButtons[:5]...))},
		"a menu beside a button":           {rows(row(menu(1, nil), button("b"))), "components.0.components", "COMPONENT_LAYOUT_WIDTH_EXCEEDED"},
		"the same custom id twice":         {rows(row(button("b"), button("b"))), "components.0.components.1.custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED"},
		"a custom id of 100":               {body: rows(row(button(long(100))))},
		"a custom id of 101":               {rows(row(button(long(101)))), "components.0.components.0.custom_id", "BASE_TYPE_BAD_LENGTH"},
		"a button without custom id":       {rows(row(obj{"type": 2, "style": 1, "label": "x"})), "components.0.components.0.custom_id", "BASE_TYPE_REQUIRED"},
		"a button of no style":             {rows(row(obj{"type": 2, "label": "x", "custom_id": "b"})), "components.0.components.0.style", "BASE_TYPE_REQUIRED"},
		"a button of style 7":              {rows(row(with(button("b"), obj{"style": 7}))), "components.0.components.0.style", "NUMBER_TYPE_MAX"},
		"a button with nothing on it":      {rows(row(with(button("b"), obj{"label": nil}))), "components.0.components.0.label", "BASE_TYPE_REQUIRED"},
		"a button with an emoji":           {body: rows(row(with(button("b"), obj{"label": nil, "emoji": obj{"name": "🌱"}})))},
		"a button with letters as emoji":   {rows(row(with(button("b"), obj{"emoji": obj{"name": "seed"}}))), "components.0.components.0.emoji.name", "COMPONENT_INVALID_EMOJI"},
		"a label of 81":                    {rows(row(with(button("b"), obj{"label": long(81)}))), "components.0.components.0.label", "BASE_TYPE_MAX_LENGTH"},
		"a button with a url":              {rows(row(with(button("b"), obj{"url": "https://x.org"}))), "components.0.components.0.url", "BUTTON_COMPONENT_INVALID_FIELD"},
		"a link button":                    {body: rows(row(obj{"type": 2, "style": 5, "label": "x", "url": "https://x.org"}))},
		"a link button without url":        {rows(row(obj{"type": 2, "style": 5, "label": "x"})), "components.0.components.0.url", "BASE_TYPE_REQUIRED"},
		"a link button with a custom id":   {rows(row(obj{"type": 2, "style": 5, "label": "x", "url": "https://x.org", "custom_id": "c"})), "components.0.components.0.custom_id", "BUTTON_COMPONENT_INVALID_FIELD"},
		"a link button to a script":        {rows(row(obj{"type": 2, "style": 5, "label": "x", "url": "javascript://x"})), "components.0.components.0.url", "URL_TYPE_INVALID_SCHEME"},
		"a link of 513":                    {rows(row(obj{"type": 2, "style": 5, "label": "x", "url": "https://x.org/" + long(499)})), "components.0.components.0.url", "BASE_TYPE_BAD_LENGTH"},
		"a premium button with a label":    {rows(row(obj{"type": 2, "style": 6, "label": "x", "sku_id": "1"})), "components.0.components.0.label", "BUTTON_COMPONENT_INVALID_FIELD"},
		"a premium button without sku":     {rows(row(obj{"type": 2, "style": 6})), "components.0.components.0.sku_id", "BASE_TYPE_REQUIRED"},
		"disabled that is no bool":         {rows(row(with(button("b"), obj{"disabled": "yes"}))), "components.0.components.0.disabled", "BOOLEAN_TYPE_CONVERT"},
		"a menu of 25":                     {body: rows(row(menu(25, nil)))},
		"a menu of 26":                     {rows(row(menu(26, nil))), "components.0.components.0.options", "BASE_TYPE_BAD_LENGTH"},
		"a menu of none":                   {rows(row(menu(0, nil))), "components.0.components.0.options", "BASE_TYPE_REQUIRED"},
		"a menu with too few for max":      {rows(row(menu(2, obj{"max_values": 3}))), "components.0.components.0.options", "BASE_TYPE_BAD_LENGTH"},
		"a menu with min above max":        {rows(row(menu(5, obj{"min_values": 3, "max_values": 2}))), "components.0.components.0.min_values", "NUMBER_TYPE_MAX"},
		"a menu with a long placeholder":   {rows(row(menu(1, obj{"placeholder": long(151)}))), "components.0.components.0.placeholder", "BASE_TYPE_MAX_LENGTH"},
		"a menu with one value twice":      {rows(row(obj{"type": 3, "custom_id": "m", "options": times(2, obj{"label": "a", "value": "a"})})), "components.0.components.0.options.1.value", "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED"},
		"a menu with two defaults":         {rows(row(obj{"type": 3, "custom_id": "m", "options": list{obj{"label": "a", "value": "a", "default": true}, obj{"label": "b", "value": "b", "default": true}}})), "components.0.components.0.options", "SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES"},
		"an option label of 101":           {rows(row(obj{"type": 3, "custom_id": "m", "options": list{obj{"label": long(101), "value": "a"}}})), "components.0.components.0.options.0.label", "BASE_TYPE_BAD_LENGTH"},
		"a menu of users":                  {body: rows(row(obj{"type": 5, "custom_id": "u", "max_values": 25}))},
		"a menu of users, min 26":          {rows(row(obj{"type": 5, "custom_id": "u", "min_values": 26})), "components.0.components.0.min_values", "NUMBER_TYPE_MAX"},
		"two components with one id":       {rows(with(row(button("a")), obj{"id": 5}), with(row(button("b")), obj{"id": 5})), "components.1.id", "COMPONENT_ID_DUPLICATED"},
		"an id beyond 32 bits":             {rows(with(row(button("a")), obj{"id": 1 << 33})), "components.0.id", "NUMBER_TYPE_MAX"},
		"V2 with content":                  {with(v2(text("x")), obj{"content": "y"}), "content", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"},
		"V2 with embeds":                   {with(v2(text("x")), obj{"embeds": list{obj{"title": "y"}}}), "embeds", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"},
		"V2 with a poll":                   {with(v2(text("x")), obj{"poll": obj{"question": obj{}}}), "poll", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"},
		"V2 with stickers":                 {with(v2(text("x")), obj{"sticker_ids": list{"1"}}), "sticker_ids", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"},
		"V2 with nothing in its content":   {body: with(v2(text("x")), obj{"content": "", "embeds": list{}})},
		"40 components":                    {body: v2(times(40, text("x"))...)},
		"41 components":                    {v2(times(41, text("x"))...), "components", "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED"},
		"41 components, nested":            {v2(obj{"type": 17, "components": times(40, text("x"))}), "components", "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED"},
		"4000 characters together":         {body: v2(text(long(2000)), obj{"type": 17, "components": list{text(long(2000))}})},
		"4001 characters together":         {v2(text(long(2000)), obj{"type": 17, "components": list{text(long(2001))}}), "components", "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED"},
		"an empty text display":            {v2(text("")), "components.0.content", "BASE_TYPE_REQUIRED"},
		"a gallery of ten":                 {body: v2(gallery(10))},
		"a gallery of eleven":              {v2(gallery(11)), "components.0.items", "BASE_TYPE_BAD_LENGTH"},
		"a gallery of none":                {v2(gallery(0)), "components.0.items", "BASE_TYPE_BAD_LENGTH"},
		"a gallery without media":          {v2(obj{"type": 12, "items": list{obj{}}}), "components.0.items.0.media.url", "BASE_TYPE_REQUIRED"},
		"a gallery of what is not there":   {v2(obj{"type": 12, "items": list{obj{"media": obj{"url": "attachment://a.png"}}}}), "components.0.items.0.media.url", "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND"},
		"a gallery with long alt text":     {v2(obj{"type": 12, "items": list{obj{"media": obj{"url": "https://x.org/a.png"}, "description": long(1025)}}}), "components.0.items.0.description", "BASE_TYPE_MAX_LENGTH"},
		"a file from elsewhere":            {v2(obj{"type": 13, "file": obj{"url": "https://x.org/a.pdf"}}), "components.0.file.url", "URL_TYPE_INVALID_SCHEME"},
		"a separator":                      {body: v2(text("a"), obj{"type": 14, "divider": false, "spacing": 2})},
		"a separator of size 3":            {v2(obj{"type": 14, "spacing": 3}), "components.0.spacing", "NUMBER_TYPE_MAX"},
		"a container of an odd colour":     {v2(obj{"type": 17, "accent_color": -1, "components": list{text("x")}}), "components.0.accent_color", "NUMBER_TYPE_MIN"},
		"an empty container":               {v2(obj{"type": 17, "components": list{}}), "components.0.components", "BASE_TYPE_REQUIRED"},
		"a container in a container":       {v2(obj{"type": 17, "components": list{obj{"type": 17}}}), "components.0.components.0.type", "UNION_TYPE_CHOICES"},
		"a section with a thumbnail":       {body: v2(section(3, thumb))},
		"a section with a button":          {body: v2(section(1, button("b")))},
		"a section of four texts":          {v2(section(4, thumb)), "components.0.components", "BASE_TYPE_BAD_LENGTH"},
		"a section with no accessory":      {v2(section(1, nil)), "components.0.accessory", "BASE_TYPE_REQUIRED"},
		"a section with a text beside it":  {v2(section(1, text("x"))), "components.0.accessory.type", "UNION_TYPE_CHOICES"},
		"a thumbnail by itself":            {v2(thumb), "components.0.type", "UNION_TYPE_CHOICES"},
		"mentions both parsed and listed":  {obj{"content": "x", "allowed_mentions": obj{"parse": list{"users"}, "users": list{"1"}}}, "allowed_mentions", "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE"},
		"mentions of a kind unknown":       {obj{"content": "x", "allowed_mentions": obj{"parse": list{"all"}}}, "allowed_mentions.parse.0", "BASE_TYPE_CHOICES"},
		"mentions of what is no id":        {obj{"content": "x", "allowed_mentions": obj{"users": list{"asker"}}}, "allowed_mentions.users.0", "NUMBER_TYPE_COERCE"},
		"mentions of 101 users":            {obj{"content": "x", "allowed_mentions": obj{"users": times(101, "1")}}, "allowed_mentions.users", "BASE_TYPE_MAX_LENGTH"},
		"attachments that were not sent":   {obj{"content": "x", "attachments": list{obj{"id": 0, "filename": "a.png"}}}, "attachments.0", "ATTACHMENT_NOT_FOUND"},
		"a nonce of 26":                    {obj{"content": "x", "nonce": strings.Repeat("n", 26)}, "nonce", "BASE_TYPE_MAX_LENGTH"},
		"a reply to what is not there":     {obj{"content": "x", "message_reference": obj{"message_id": "1"}}, "message_reference", "REPLIES_UNKNOWN_MESSAGE"},
		"a reply to what may not be there": {body: obj{"content": "x", "message_reference": obj{"message_id": "1", "fail_if_not_exists": false}}},
	} {
		t.Run(name, func(t *testing.T) {
			w.s.Forgive(func(discordtest.Violation) bool { return true })
			before := len(w.channel.Messages(nil))
			a := w.do("POST", "/channels/"+w.channel.ID+"/messages", c.body)
			if c.path == "" {
				require.Equal(t, 200, a.status, "%s", a.raw)
				require.Empty(t, broken(w.s))
				return
			}
			require.Equal(t, 400, a.status, "%s", a.raw)
			require.Equal(t, 50035, a.code())
			require.Equal(t, c.code, a.failure(c.path), "%s", a.raw)
			require.Len(t, w.channel.Messages(nil), before)
			if c.path == "message_reference" { // which a correct bot can meet, and callbacks have not
				require.Empty(t, broken(w.s))
				return
			}
			require.Contains(t, broken(w.s), c.code)
			if c.path != "nonce" { // the same rules hold in a callback, below data
				_, e := w.ask()
				require.Equal(t, c.code, w.respond(e, 4, c.body).failure("data."+c.path))
			}
		})
	}
}

func TestEmptyMessages(t *testing.T) {
	t.Parallel()
	s := quick(t)
	api := newClient(t, s)
	c := s.AddGuild("G").AddChannel("c")
	for _, body := range []obj{{}, {"content": "\n "}, {"embeds": list{}}, {"embeds": list{obj{"color": 5}}}, {"flags": 1 << 15}, {"components": list{}}} {
		require.Equal(t, 50006, api.do("POST", "/channels/"+c.ID+"/messages", body).code(), "%v", body)
	}
	id := api.ok("POST", "/channels/"+c.ID+"/messages", obj{"content": "x"}).body["id"].(string)
	require.Equal(t, 50006, api.do("PATCH", "/channels/"+c.ID+"/messages/"+id, obj{"content": ""}).code())
}

func TestEditing(t *testing.T) {
	t.Parallel()
	s := quick(t)
	api := newClient(t, s)
	c := s.AddGuild("G").AddChannel("c")
	path := "/channels/" + c.ID + "/messages"
	plain := api.ok("POST", path, obj{"content": "x", "embeds": list{obj{"title": "e"}}, "components": list{row(button("b"))}}).body
	require.EqualValues(t, 1, plain["components"].(list)[0].(obj)["id"], "components are numbered")
	at := path + "/" + plain["id"].(string)
	kept := api.ok("PATCH", at, obj{"content": "y"}).body
	require.Len(t, kept["embeds"], 1, "what is not named stays")
	require.Len(t, kept["components"], 1)
	require.NotNil(t, kept["edited_timestamp"])
	require.Equal(t, "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", api.do("PATCH", at, v2(text("t"))).failure("content"), "the old content must be cleared by name")
	now := api.ok("PATCH", at, with(v2(text("t")), obj{"content": nil, "embeds": nil})).body
	require.Equal(t, "", now["content"])
	require.Equal(t, "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", api.do("PATCH", at, obj{"content": "back"}).failure("content"))
	require.Equal(t, "UNION_TYPE_CHOICES", api.do("PATCH", at, obj{"flags": 0, "components": list{obj{"type": 18}}}).failure("components.0.type"))
	s.Forgive(func(discordtest.Violation) bool { return true })
	still := api.ok("PATCH", at, obj{"flags": 0, "components": list{text("u")}}).body
	require.EqualValues(t, 1<<15, still["flags"], "never taken away")
	require.Contains(t, broken(s), "IS_COMPONENTS_V2 cannot be taken")
}

func TestFlagsThatCannotBeSetAreIgnoredAndNoted(t *testing.T) {
	t.Parallel()
	s := quick(t)
	api := newClient(t, s)
	c := s.AddGuild("G").AddChannel("c")
	a := api.ok("POST", "/channels/"+c.ID+"/messages", obj{"content": "x", "flags": 64 | 4 | 1<<12})
	require.EqualValues(t, 4|1<<12, a.body["flags"])
	require.Contains(t, broken(s), "EPHEMERAL cannot be set here")
}

func TestWhoIsPinged(t *testing.T) {
	t.Parallel()
	s := quick(t)
	api := newClient(t, s)
	g := s.AddGuild("G")
	strong := s.AddGuild("S", discordtest.BotPermissions(1<<10|1<<11|1<<16|1<<17))
	asker, colleague := g.AddMember("Asker"), g.AddMember("Colleague")
	role := strong.AddRole("Crew", 0)
	weakly, strongly := g.AddChannel("c"), strong.AddChannel("c")
	words := asker.Mention() + " <@!" + colleague.ID + "> @everyone <@&" + role.ID + ">"
	for name, c := range map[string]struct {
		in       *discordtest.Channel
		body     obj
		users    []string
		roles    []string
		everyone bool
	}{
		"all that is written":               {in: weakly, body: obj{"content": words}, users: []string{asker.ID, colleague.ID}},
		"everyone and roles, with a right":  {in: strongly, body: obj{"content": words}, users: []string{asker.ID, colleague.ID}, roles: []string{role.ID}, everyone: true},
		"nobody":                            {in: strongly, body: obj{"content": words, "allowed_mentions": obj{"parse": list{}}}},
		"one listed":                        {in: strongly, body: obj{"content": words, "allowed_mentions": obj{"parse": list{}, "users": list{colleague.ID}}}, users: []string{colleague.ID}},
		"not the listed who is not written": {in: weakly, body: obj{"content": "hi", "allowed_mentions": obj{"users": list{colleague.ID}}}},
		"those of text displays":            {in: weakly, body: v2(text(words)), users: []string{asker.ID, colleague.ID}},
		"none of an embed":                  {in: weakly, body: obj{"embeds": list{obj{"title": words}}}},
	} {
		t.Run(name, func(t *testing.T) {
			a := api.ok("POST", "/channels/"+c.in.ID+"/messages", c.body)
			m := s.Message(c.in.ID, a.body["id"].(string))
			require.Equal(t, c.users, m.Mentions)
			require.Equal(t, c.roles, m.RolePings)
			require.Equal(t, c.everyone, m.Everyone)
			require.Len(t, a.body["mentions"], len(c.users))
			require.Equal(t, c.everyone, a.body["mention_everyone"])
		})
	}
	mine := asker.Say(weakly, "question")
	ref := obj{"message_id": mine.ID}
	for _, c := range []struct {
		allowed any
		pinged  int
	}{{nil, 1}, {obj{"parse": list{}}, 0}, {obj{"parse": list{}, "replied_user": true}, 1}} {
		a := api.ok("POST", "/channels/"+weakly.ID+"/messages", obj{"content": "answer", "message_reference": ref, "allowed_mentions": c.allowed})
		require.Len(t, a.body["mentions"], c.pinged, "%v", c.allowed)
		require.EqualValues(t, 19, a.body["type"])
	}
}
