package discordtest

import (
	"strings"
)

// writing says under which rules a request writes a message.
type writing struct {
	base    string // where the message stands in the body: "data" in callbacks
	edit    bool
	flags   int   // those that may be set here
	limit   int64 // bytes of one file
	policy  mentionPolicy
	replied *Message
}

// compose writes the request's message into m, which is fresh or a copy of the
// old state, and answers all that is wrong with it at once. It runs under s.mu.
func (c *call) compose(in *Channel, m *Message, body obj, w writing) *apiError {
	if bad := c.weigh(w.limit); bad != nil {
		return bad
	}
	f := form{base: w.base}
	c.readFlags(&f, m, body, w)
	readContent(&f, m, body)
	if bad := c.readAttachments(&f, m, body, w); bad != nil {
		return bad
	}
	c.readEmbeds(&f, m, body)
	c.readComponents(&f, m, body)
	if m.V2() {
		refuseLegacy(&f, m, body)
	}
	c.refuseUnplayed(&f, body)
	w.policy = readMentions(&f, body)
	if bad := f.err(); bad != nil {
		return bad
	}
	if m.empty() {
		return errEmpty()
	}
	m.ping(in, w.policy, w.replied)
	c.flagUnseen(m)
	c.claimed = true
	return nil
}

// weigh refuses files beyond the limits: one by one, and all together.
func (c *call) weigh(limit int64) *apiError {
	var sum int64
	for _, f := range c.files {
		if f.over || f.Size > limit {
			return errTooLarge()
		}
		sum += f.Size
	}
	if sum > defaultRequestLimit && limit <= defaultFileLimit {
		return errTooLarge()
	}
	return nil
}

// readFlags sets the flags that this route lets through; others are ignored, as
// Discord does, and noted. What a message is, ephemeral or V2, it stays.
func (c *call) readFlags(f *form, m *Message, body obj, w writing) {
	if body["flags"] == nil {
		return
	}
	n, ok := integer(body, "flags")
	if !ok || n < 0 {
		f.add("flags", "NUMBER_TYPE_COERCE", "Value %v is not int.", body["flags"])
		return
	}
	if odd := n &^ w.flags; odd != 0 {
		c.flag("flags: " + flagNames(odd) + " cannot be set here and is ignored")
	}
	if w.edit && m.V2() && n&FlagComponentsV2 == 0 {
		c.flag("flags: IS_COMPONENTS_V2 cannot be taken from a message")
	}
	m.Flags = m.Flags&^(w.flags&FlagSuppressEmbeds) | n&w.flags
}

func flagNames(bits int) string {
	var names []string
	for _, known := range []struct {
		bit  int
		name string
	}{
		{FlagSuppressEmbeds, "SUPPRESS_EMBEDS"}, {FlagEphemeral, "EPHEMERAL"}, {FlagLoading, "LOADING"},
		{FlagSuppressNotifications, "SUPPRESS_NOTIFICATIONS"}, {FlagVoiceMessage, "IS_VOICE_MESSAGE"}, {FlagComponentsV2, "IS_COMPONENTS_V2"},
	} {
		if bits&known.bit != 0 {
			names = append(names, known.name)
			bits &^= known.bit
		}
	}
	if bits != 0 {
		names = append(names, "an unknown flag")
	}
	return strings.Join(names, ", ")
}

func readContent(f *form, m *Message, body obj) {
	v, given := body["content"]
	if !given {
		return
	}
	text, isText := v.(string)
	if v != nil && !isText {
		f.add("content", "STRING_TYPE_CONVERT", "Could not interpret %v as string.", v)
		return
	}
	m.Content = strings.TrimSpace(text)
	f.length("content", m.Content, 0, maxContent)
}

// refuseLegacy lets nothing of the old kinds stand beside Components V2.
func refuseLegacy(f *form, m *Message, body obj) {
	refuse := func(field string) {
		f.add(field, "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", "The '%s' field cannot be used when using MessageFlags.IS_COMPONENTS_V2", field)
	}
	if m.Content != "" {
		refuse("content")
	}
	if len(m.Embeds) > 0 {
		refuse("embeds")
	}
	if body["poll"] != nil {
		refuse("poll")
	}
	if len(list(body, "sticker_ids")) > 0 {
		refuse("sticker_ids")
	}
}

// refuseUnplayed says plainly what this server does not play.
func (c *call) refuseUnplayed(f *form, body obj) {
	for _, key := range []string{"poll", "sticker_ids", "shared_client_theme"} {
		if v := body[key]; v != nil && len(list(body, key))+len(child(body, key)) > 0 {
			f.add(key, "NOT_PLAYED", "discordtest does not play this")
		}
	}
}

func (m *Message) empty() bool {
	shown := 0
	for _, e := range m.Embeds {
		if !emptyEmbed(e) {
			shown++
		}
	}
	return m.Content == "" && shown+len(m.Components)+len(m.Attachments) == 0 && m.Forwarded == nil
}

// flagUnseen notes what Discord takes in silence but shows to nobody.
func (c *call) flagUnseen(m *Message) {
	if !m.V2() {
		return
	}
	raw := string(rawJSON(m.Components))
	for _, a := range m.Attachments {
		if !strings.Contains(raw, `"attachment://`+a.Filename+`"`) && !strings.Contains(raw, "/"+m.ChannelID+"/"+a.ID+"/") {
			c.flag("attachment " + a.Filename + " is in no component: nobody sees it")
		}
	}
}

// listAt is the array at key. given tells whether the key is there; null counts
// as an empty array.
func (f *form) listAt(path string, o obj, key string) (items []obj, given bool) {
	v, given := o[key]
	if !given {
		return nil, false
	}
	raw, isList := v.([]any)
	if v != nil && !isList {
		f.add(join(path, key), "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
		return nil, false
	}
	for n, e := range raw {
		if _, ok := e.(obj); !ok {
			f.add(join(path, key, n), "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType")
		}
	}
	return objects(raw), true
}

// text reads an optional text of at most high characters; given tells whether
// there is one.
func (f *form) text(path string, o obj, key string, low, high int) (text string, given bool) {
	v := o[key]
	if v == nil {
		if low > 0 {
			f.add(join(path, key), "BASE_TYPE_REQUIRED", "This field is required")
		}
		return "", false
	}
	text, ok := v.(string)
	if !ok {
		f.add(join(path, key), "STRING_TYPE_CONVERT", "Could not interpret %v as string.", v)
		return "", false
	}
	f.length(join(path, key), text, low, high)
	return text, text != ""
}

// boolean complains when the value, if given, is neither true nor false.
func (f *form) boolean(path string, o obj, key string) {
	if _, ok := o[key].(bool); o[key] != nil && !ok {
		f.add(join(path, key), "BOOLEAN_TYPE_CONVERT", "Must be either true or false.")
	}
}
