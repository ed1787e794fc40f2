package discordtest_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"seedbank/discordtest"
)

func label(inner obj) obj { return obj{"type": 18, "label": "L", "component": inner} }
func input(more obj) obj {
	return with(obj{"type": 4, "custom_id": "i", "style": 1}, more)
}
func modal(components ...any) obj {
	return obj{"custom_id": "form", "title": "Form", "components": components}
}

func TestModalRules(t *testing.T) {
	t.Parallel()
	long := strings.Repeat
	options := func(n int) list { return menu(n, nil)["options"].(list) }
	w := newWorld(t)
	for name, c := range map[string]struct {
		data obj
		path string
		code string
	}{
		"a text input in a label":          {data: modal(label(input(nil)))},
		"a text input in a row":            {data: modal(row(input(obj{"label": "old"})))},
		"every input there is":             {data: modal(label(menu(2, nil)), label(obj{"type": 5, "custom_id": "u"}), label(obj{"type": 19, "custom_id": "f", "max_values": 10}), label(obj{"type": 21, "custom_id": "r", "options": options(2)}), label(obj{"type": 22, "custom_id": "c", "options": options(10)}))},
		"a checkbox and a text":            {data: modal(text("hi"), label(obj{"type": 23, "custom_id": "x", "default": true}))},
		"no title":                         {obj{"custom_id": "m", "components": list{label(input(nil))}}, "title", "BASE_TYPE_REQUIRED"},
		"a title of 46":                    {with(modal(label(input(nil))), obj{"title": long("t", 46)}), "title", "BASE_TYPE_BAD_LENGTH"},
		"no custom id":                     {with(modal(label(input(nil))), obj{"custom_id": nil}), "custom_id", "BASE_TYPE_REQUIRED"},
		"no components":                    {modal(), "components", "BASE_TYPE_REQUIRED"},
		"six components":                   {modal(times(6, text("x"))...), "components", "BASE_TYPE_BAD_LENGTH"},
		"a container":                      {modal(obj{"type": 17, "components": list{text("x")}}), "components.0.type", "UNION_TYPE_CHOICES"},
		"an input by itself":               {modal(input(nil)), "components.0.type", "UNION_TYPE_CHOICES"},
		"a button":                         {modal(row(button("b"))), "components.0.components.0.type", "UNION_TYPE_CHOICES"},
		"a label around a button":          {modal(label(button("b"))), "components.0.component.type", "UNION_TYPE_CHOICES"},
		"a label around nothing":           {modal(obj{"type": 18, "label": "L"}), "components.0.component", "BASE_TYPE_REQUIRED"},
		"a label without text":             {modal(obj{"type": 18, "component": input(nil)}), "components.0.label", "BASE_TYPE_REQUIRED"},
		"a label of 46":                    {modal(with(label(input(nil)), obj{"label": long("l", 46)})), "components.0.label", "BASE_TYPE_BAD_LENGTH"},
		"a label description of 101":       {modal(with(label(input(nil)), obj{"description": long("l", 101)})), "components.0.description", "BASE_TYPE_MAX_LENGTH"},
		"an old input without label":       {modal(row(input(nil))), "components.0.components.0.label", "BASE_TYPE_REQUIRED"},
		"an input without style":           {modal(label(input(obj{"style": nil}))), "components.0.component.style", "BASE_TYPE_REQUIRED"},
		"an input of style 3":              {modal(label(input(obj{"style": 3}))), "components.0.component.style", "NUMBER_TYPE_MAX"},
		"a value of 4001":                  {modal(label(input(obj{"value": long("v", 4001)}))), "components.0.component.value", "BASE_TYPE_MAX_LENGTH"},
		"a placeholder of 101":             {modal(label(input(obj{"placeholder": long("v", 101)}))), "components.0.component.placeholder", "BASE_TYPE_MAX_LENGTH"},
		"a max_length of 0":                {modal(label(input(obj{"max_length": 0}))), "components.0.component.max_length", "NUMBER_TYPE_MIN"},
		"a max_length of 4001":             {modal(label(input(obj{"max_length": 4001}))), "components.0.component.max_length", "NUMBER_TYPE_MAX"},
		"min above max":                    {modal(label(input(obj{"min_length": 5, "max_length": 4}))), "components.0.component.min_length", "TEXT_INPUT_COMPONENT_MIN_LENGTH"},
		"one custom id twice":              {modal(label(input(nil)), label(input(nil))), "components.1.component.custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED"},
		"a disabled menu":                  {modal(label(menu(1, obj{"disabled": true}))), "components.0.component.disabled", "COMPONENT_DISABLED_IN_MODAL"},
		"a required menu with min 0":       {modal(label(menu(1, obj{"min_values": 0}))), "components.0.component.min_values", "NUMBER_TYPE_MIN"},
		"an optional menu with min 0":      {data: modal(label(menu(1, obj{"min_values": 0, "required": false})))},
		"eleven files":                     {modal(label(obj{"type": 19, "custom_id": "f", "max_values": 11})), "components.0.component.max_values", "NUMBER_TYPE_MAX"},
		"a radio group of one":             {modal(label(obj{"type": 21, "custom_id": "r", "options": options(1)})), "components.0.component.options", "BASE_TYPE_BAD_LENGTH"},
		"a checkbox group of eleven":       {modal(label(obj{"type": 22, "custom_id": "c", "options": options(11)})), "components.0.component.options", "BASE_TYPE_BAD_LENGTH"},
		"a modal that is no modal":         {obj{"content": "x"}, "title", "BASE_TYPE_REQUIRED"},
		"an input required in a wrong way": {modal(label(input(obj{"required": 1}))), "components.0.component.required", "BOOLEAN_TYPE_CONVERT"},
	} {
		t.Run(name, func(t *testing.T) {
			_, e := w.ask()
			a := w.respond(e, 9, c.data)
			if c.path == "" {
				require.Equal(t, 204, a.status, "%s", a.raw)
				return
			}
			require.Equal(t, c.code, a.failure("data."+c.path), "%s", a.raw)
		})
	}
}

func TestSubmittingAModal(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	i, e := w.ask()
	require.Error(t, i.Submit(nil).Err(), "no modal is open")
	require.Equal(t, 204, w.respond(e, 9, modal(
		with(label(input(obj{"max_length": 5, "value": "pre"})), obj{"label": "Name"}),
		label(menu(3, obj{"max_values": 2})), label(obj{"type": 5, "custom_id": "who"}),
		label(obj{"type": 23, "custom_id": "ok"}), label(obj{"type": 19, "custom_id": "file"}),
	)).status)
	view, err := i.Modal(soon(t))
	require.NoError(t, err)
	require.Equal(t, "Form", view.Title)
	name, found := view.Field("Name")
	require.True(t, found)
	require.Equal(t, "pre", name.Value)
	_, err = i.Answer(soon(t))
	require.ErrorIs(t, err, discordtest.ErrOtherAnswer)

	good := map[string]any{"Name": "abc", "m": []string{"0", "2"}, "who": w.asker.ID, "ok": true, "file": []discordtest.Upload{{Name: "a.png", Data: picture(t, 1, 1)}}}
	for why, change := range map[string]obj{
		"too long": {"Name": "abcdef"}, "two lines": {"Name": "a\nb"}, "nothing": {"Name": ""}, "not offered": {"m": []string{"7"}}, "twice": {"m": []string{"1", "1"}},
		"too many": {"m": []string{"0", "1", "2"}}, "a wrong type": {"ok": "yes"}, "no such input": {"other": "x"}, "no such user": {"who": "5"}, "no file": {"file": []discordtest.Upload{}},
	} {
		require.ErrorIs(t, i.Submit(with(good, change)).Err(), discordtest.ErrRefusedByClient, why)
	}
	sub := i.Submit(good)
	require.NoError(t, sub.Err())
	got := w.receive()
	require.EqualValues(t, 5, got["type"])
	require.NotContains(t, got, "message")
	data := got["data"].(obj)
	require.Equal(t, "form", data["custom_id"])
	value := func(n int) obj { return data["components"].(list)[n].(obj)["component"].(obj) }
	require.Equal(t, "abc", value(0)["value"])
	require.EqualValues(t, 4, value(0)["type"])
	require.NotZero(t, value(0)["id"])
	require.Equal(t, list{"0", "2"}, value(1)["values"])
	require.Equal(t, true, value(3)["value"])
	require.Contains(t, data["resolved"].(obj)["users"], w.asker.ID)
	require.Contains(t, data["resolved"].(obj)["attachments"], value(4)["values"].(list)[0])
	require.Equal(t, 204, w.respond(got, 4, obj{"content": "thanks"}).status)
	m, err := sub.Answer(soon(t))
	require.NoError(t, err)
	require.Equal(t, "thanks", m.Content)
}

func TestAutocomplete(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	i := w.asker.Complete(w.channel, "seed", "job", "ab", discordtest.Options{"private": true})
	require.NoError(t, i.Err())
	e := w.receive()
	require.EqualValues(t, 4, e["type"])
	require.Equal(t, list{obj{"name": "job", "type": 3.0, "value": "ab", "focused": true}, obj{"name": "private", "type": 5.0, "value": true}}, e["data"].(obj)["options"])
	require.Equal(t, 204, w.respond(e, 8, obj{"choices": list{obj{"name": "One", "value": "1"}}}).status)
	choices, err := i.Choices(soon(t))
	require.NoError(t, err)
	require.Equal(t, []discordtest.Choice{{Name: "One", Value: "1"}}, choices)
	require.Equal(t, 10015, w.do("POST", hookPath(e, ""), obj{"content": "x"}).code(), "no webhook for suggestions")
	require.Error(t, w.asker.Complete(w.channel, "seed", "private", "x", nil).Err(), "has no autocomplete")
	require.Error(t, w.asker.Complete(w.channel, "seed", "nothing", "x", nil).Err())

	long := strings.Repeat("x", 101)
	for name, c := range map[string]struct {
		option  string
		choices any
		path    string
		code    string
	}{
		"25":                        {"job", times(25, obj{"name": "n", "value": "v"}), "", ""},
		"26":                        {"job", times(26, obj{"name": "n", "value": "v"}), "data.choices", "BASE_TYPE_MAX_LENGTH"},
		"no list":                   {"job", nil, "data.choices", "BASE_TYPE_REQUIRED"},
		"a long name":               {"job", list{obj{"name": long, "value": "v"}}, "data.choices.0.name", "BASE_TYPE_BAD_LENGTH"},
		"an empty name":             {"job", list{obj{"name": "", "value": "v"}}, "data.choices.0.name", "BASE_TYPE_REQUIRED"},
		"a long value":              {"job", list{obj{"name": "n", "value": long}}, "data.choices.0.value", "BASE_TYPE_BAD_LENGTH"},
		"a number for text":         {"job", list{obj{"name": "n", "value": 5}}, "data.choices.0.value", "STRING_TYPE_CONVERT"},
		"a number for a number":     {"count", list{obj{"name": "n", "value": 5}}, "", ""},
		"text for a number":         {"count", list{obj{"name": "n", "value": "5"}}, "data.choices.0.value", "NUMBER_TYPE_COERCE"},
		"a fraction for an integer": {"count", list{obj{"name": "n", "value": 0.5}}, "data.choices.0.value", "NUMBER_TYPE_COERCE"},
	} {
		t.Run(name, func(t *testing.T) {
			require.NoError(t, w.asker.Complete(w.channel, "seed", c.option, "1", nil).Err())
			data := obj{}
			if c.choices != nil {
				data["choices"] = c.choices
			}
			a := w.respond(w.receive(), 8, data)
			require.Equal(t, c.code, a.failure(c.path), "%s", a.raw)
			require.Equal(t, c.code == "", a.status == 204)
		})
	}
}

func TestAModalLeftAsItIs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	some := func(chosen int) list {
		all := list{}
		for n := range 3 {
			all = append(all, obj{"label": "l", "value": string(rune('a' + n)), "default": n == chosen})
		}
		return all
	}
	i, e := w.ask()
	require.Equal(t, 204, w.respond(e, 9, modal(
		row(input(obj{"label": "Old", "value": "as before"})), label(obj{"type": 21, "custom_id": "radio", "options": some(1)}),
		label(obj{"type": 22, "custom_id": "boxes", "options": some(2)}), label(obj{"type": 23, "custom_id": "box", "default": true}),
		label(obj{"type": 19, "custom_id": "file", "required": false}),
	)).status)
	require.NoError(t, i.Submit(nil).Err())
	all := w.receive()["data"].(obj)["components"].(list)
	require.Equal(t, "as before", all[0].(obj)["components"].(list)[0].(obj)["value"])
	value := func(n int) obj { return all[n].(obj)["component"].(obj) }
	require.Equal(t, "b", value(1)["value"])
	require.Equal(t, list{"c"}, value(2)["values"])
	require.Equal(t, true, value(3)["value"])
	require.Equal(t, list{}, value(4)["values"])

	require.NoError(t, i.Submit(map[string]any{"radio": "c", "boxes": []string{"a", "b"}, "box": false, "Old": "new"}).Err())
	all = w.receive()["data"].(obj)["components"].(list)
	require.Equal(t, "c", value(1)["value"])
	require.Equal(t, list{"a", "b"}, value(2)["values"])
	require.Equal(t, false, value(3)["value"])
	require.ErrorIs(t, i.Submit(map[string]any{"radio": "z"}).Err(), discordtest.ErrRefusedByClient)
	require.ErrorIs(t, i.Submit(map[string]any{"boxes": []string{"z"}}).Err(), discordtest.ErrRefusedByClient)

	optional, e := w.ask()
	require.Equal(t, 204, w.respond(e, 9, modal(
		label(input(obj{"required": false})), label(obj{"type": 21, "custom_id": "radio", "options": some(9), "required": false}),
	)).status)
	require.NoError(t, optional.Submit(nil).Err())
	all = w.receive()["data"].(obj)["components"].(list)
	require.Equal(t, "", value(0)["value"])
	require.Nil(t, value(1)["value"])
}

func TestFollowUpsAfterAModal(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	i, e := w.ask()
	require.Equal(t, 204, w.respond(e, 9, modal(label(input(nil)))).status)
	require.Equal(t, 10008, w.do("PATCH", hookPath(e, "/messages/@original"), obj{"content": "x"}).code(), "a modal is no message")
	w.ok("POST", hookPath(e, ""), obj{"content": "meanwhile"})
	m, err := i.AwaitFollowUp(soon(t), func(m *discordtest.Message) bool { return m.Content == "meanwhile" })
	require.NoError(t, err)
	require.Equal(t, i.ID(), m.Origin.ID)
}

func TestAnswersToModalsNameWhatOpenedThem(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	answered := func(opened *discordtest.Interaction, e obj) (*discordtest.Message, obj) {
		require.Equal(t, 204, w.respond(e, 9, modal(label(input(nil)))).status)
		sent := opened.Submit(map[string]any{"i": "x"})
		require.NoError(t, sent.Err())
		require.Equal(t, 204, w.respond(w.receive(), 4, obj{"content": "done"}).status)
		m, err := sent.Answer(soon(t))
		require.NoError(t, err)
		raw := w.ok("GET", "/channels/"+w.channel.ID+"/messages/"+m.ID, nil).body
		about := raw["interaction_metadata"].(obj)
		require.Equal(t, sent.ID(), about["id"])
		require.EqualValues(t, 5, about["type"])
		require.NotContains(t, about, "name")
		require.NotContains(t, about, "interacted_message_id")
		trigger := about["triggering_interaction_metadata"].(obj)
		require.Equal(t, opened.ID(), trigger["id"])
		return m, trigger
	}

	i, e := w.ask()
	m, trigger := answered(i, e)
	require.Equal(t, 20, m.Type)
	require.Equal(t, "seed", trigger["name"])

	grid := w.asker.Say(w.channel, "a grid")
	i = w.asker.UseOnMessage(w.channel, "Get seed", grid)
	m, trigger = answered(i, w.receive())
	require.Equal(t, 23, m.Type)
	require.Equal(t, "Get seed", trigger["name"])

	posted := w.ok("POST", "/channels/"+w.channel.ID+"/messages", obj{"content": "x", "components": list{row(button("b"))}}).body
	all := w.channel.Messages(w.asker.User)
	i = w.asker.Press(all[len(all)-1], "b")
	m, trigger = answered(i, w.receive())
	require.Equal(t, 19, m.Type)
	require.Equal(t, posted["id"], trigger["interacted_message_id"])
	require.NotContains(t, trigger, "name")
}
