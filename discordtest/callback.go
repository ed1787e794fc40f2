package discordtest

import (
	"fmt"
	"slices"
	"strconv"
)

// callback answers POST /interactions/{id}/{token}/callback.
func callback(c *call) (any, *apiError) {
	i := c.s.interactions[c.r.PathValue("interaction")]
	switch {
	case i == nil || i.token != c.r.PathValue("token") || i.phase == phaseFailed && i.callback == 0 || i.tooLate() || i.tokenOver():
		return nil, errUnknownInteraction()
	case i.callback != 0:
		return nil, errAcked()
	case c.s.channels[i.channel.ID] == nil:
		return nil, errUnknownChannel()
	}
	kind, ok := integer(c.body, "type")
	if allowed := i.callbacks(); !ok || !slices.Contains(allowed, kind) {
		var f form
		if c.body["type"] == nil {
			f.add("type", "BASE_TYPE_REQUIRED", "This field is required")
		} else {
			f.add("type", "BASE_TYPE_CHOICES", "Value must be one of %s.", tuple(allowed))
		}
		return nil, f.err()
	}
	data := child(c.body, "data")
	if data == nil && (c.body["data"] != nil || kind == callbackModal || kind == callbackAutocomplete) {
		var f form
		f.add("data", "BASE_TYPE_REQUIRED", "This field is required")
		return nil, f.err()
	}
	m, bad := c.acknowledge(i, kind, data)
	if bad != nil {
		return nil, bad
	}
	if with, err := strconv.ParseBool(c.r.URL.Query().Get("with_response")); err != nil || !with {
		return nil, nil
	}
	about := obj{"id": i.id, "type": int(i.kind)}
	resource := obj{"type": kind}
	if m != nil {
		about["response_message_id"], about["response_message_loading"], about["response_message_ephemeral"] = m.ID, m.Loading(), m.Ephemeral()
		if kind != callbackDeferUpdate {
			resource["message"] = m.sealed().object()
		}
	}
	return obj{"interaction": about, "resource": resource}, nil
}

// callbacks are the answers that Discord takes to this kind of interaction.
func (i *Interaction) callbacks() []int {
	switch {
	case i.kind == KindAutocomplete:
		return []int{callbackAutocomplete}
	case i.kind == KindModal && i.source == "":
		return []int{callbackMessage, callbackDefer}
	case i.kind == KindModal:
		return []int{callbackMessage, callbackDefer, callbackDeferUpdate, callbackUpdate}
	case i.kind == KindComponent:
		return []int{callbackMessage, callbackDefer, callbackDeferUpdate, callbackUpdate, callbackModal}
	default:
		return []int{callbackMessage, callbackDefer, callbackModal}
	}
}

// acknowledge does what the answer says. Only an answer without a fault counts as one.
func (c *call) acknowledge(i *Interaction, kind int, data obj) (*Message, *apiError) {
	f := form{base: "data"}
	switch kind {
	case callbackAutocomplete:
		choices := readChoices(&f, data, i.focused)
		if bad := f.err(); bad != nil {
			return nil, bad
		}
		i.choices = choices
	case callbackModal:
		modal := readModal(&f, data)
		if bad := f.err(); bad != nil {
			return nil, bad
		}
		i.modal = modal
	case callbackMessage, callbackDefer:
		return c.firstAnswer(i, kind, data)
	default:
		return c.updateSource(i, kind, data)
	}
	i.settle(kind)
	i.changed()
	return nil, nil
}

// firstAnswer makes the original response, whole or "thinking…".
func (c *call) firstAnswer(i *Interaction, kind int, data obj) (*Message, *apiError) {
	m := i.newMessage()
	if kind == callbackDefer {
		flags := num(data, "flags")
		if odd := flags &^ FlagEphemeral; odd != 0 {
			f := form{base: "data"}
			f.add("flags", "MESSAGE_FLAGS_INVALID", "%s cannot be set by a deferred response", flagNames(odd))
			return nil, f.err()
		}
		m.Flags = flags | FlagLoading
	} else if bad := c.compose(i.channel, m, data, writing{
		base: "data", limit: i.fileLimit(), flags: FlagSuppressEmbeds | FlagEphemeral | FlagComponentsV2 | FlagSuppressNotifications,
	}); bad != nil {
		return nil, bad
	}
	i.show(m)
	i.channel.put(m)
	c.rec.Message = m.ID
	i.settle(kind)
	i.follow(m)
	i.history = append(i.history, m.sealed())
	i.changed()
	return m, nil
}

// updateSource answers a component on the message it sits on, now (7) or later (6).
func (c *call) updateSource(i *Interaction, kind int, data obj) (*Message, *apiError) {
	old := i.channel.message(i.source)
	if old == nil {
		return nil, errUnknownMessage()
	}
	c.rec.Message = old.ID
	m := old
	if kind == callbackUpdate {
		next := *old
		if bad := c.compose(i.channel, &next, data, writing{
			base: "data", edit: true, limit: i.fileLimit(), flags: FlagSuppressEmbeds | FlagComponentsV2,
		}); bad != nil {
			return nil, bad
		}
		next.Edited = c.s.now()
		m = &next
	}
	i.settle(kind)
	i.follow(old)
	if kind == callbackUpdate {
		i.channel.replace(m) // History takes it from there
	} else {
		i.history = append(i.history, m.sealed())
	}
	i.changed()
	return m, nil
}

// newMessage is an empty answer to the interaction.
func (i *Interaction) newMessage() *Message {
	m := &Message{s: i.s, Author: i.s.app, Type: messageSlashAnswer, Origin: i.origin()}
	switch command := i.trigger().command; {
	case i.source != "":
		m.Type, m.ReplyTo = messageReply, i.source
	case command != nil && command.Type != commandSlash:
		m.Type = messageMenuAnswer
	}
	return m
}

// trigger is what began it all: of a modal the interaction that opened it.
func (i *Interaction) trigger() *Interaction {
	if i.opener != nil {
		return i.opener
	}
	return i
}

// origin names the interaction on its answers, as Discord's "Message Interaction Metadata" does.
func (i *Interaction) origin() *Origin {
	o := &Origin{ID: i.id, Kind: i.kind, User: i.user}
	switch {
	case i.kind == KindCommand:
		o.Name = i.name
	case i.opener != nil:
		o.Trigger = i.opener.origin()
	default:
		o.Component = i.source
	}
	return o
}

// show makes an ephemeral message the user's alone.
func (i *Interaction) show(m *Message) {
	if m.Ephemeral() {
		m.Viewer = i.user.ID
	}
}

func (i *Interaction) fileLimit() int64 { return i.s.cfg.attachmentMax }

// readChoices checks the suggestions of an autocomplete.
func readChoices(f *form, data obj, option int) []Choice {
	given, ok := f.listAt("", data, "choices")
	if !ok {
		f.add("choices", "BASE_TYPE_REQUIRED", "This field is required")
	}
	if len(given) > 25 {
		f.add("choices", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
	}
	out := make([]Choice, 0, len(given))
	for n, c := range given {
		name, _ := f.text(join("choices", n), c, "name", 1, 100)
		out = append(out, Choice{Name: name, Value: f.choiceValue(join("choices", n), c, option)})
	}
	return out
}

// choiceValue checks the value of a choice for its option's type and writes it as text.
func (f *form) choiceValue(path string, c obj, option int) string {
	at := join(path, "value")
	n, isNumber := number(c, "value")
	switch {
	case c["value"] == nil:
		f.add(at, "BASE_TYPE_REQUIRED", "This field is required")
	case option == optionString:
		text, _ := f.text(path, c, "value", 1, 100)
		return text
	case !isNumber, option == optionInteger && n != float64(int64(n)):
		f.add(at, "NUMBER_TYPE_COERCE", "Value %q is not a number of the option's type.", fmt.Sprint(c["value"]))
	case n > 1<<53 || n < -(1<<53):
		f.add(at, "NUMBER_TYPE_MAX", "The value is beyond 2^53.")
	}
	return strconv.FormatFloat(n, 'f', -1, 64)
}
