package bot

import (
	"strconv"

	"github.com/bwmarrin/discordgo"
)

// Message flags of Discord's message resource.
const (
	flagPrivate      = int(discordgo.MessageFlagsEphemeral)
	flagNoEmbeds     = int(discordgo.MessageFlagsSuppressEmbeds)
	flagComponentsV2 = int(discordgo.MessageFlagsIsComponentsV2)
)

// maxAlt is Discord's limit for the description of an attachment, in characters.
const maxAlt = 1024

// createPayload is the JSON of a new message. A new Components V2 message may not even name content or embeds.
func (m Message) createPayload(flags int) map[string]any {
	p := map[string]any{"allowed_mentions": m.mentions()}
	if len(m.Components) > 0 {
		p["components"] = m.Components
		flags |= flagComponentsV2
	} else {
		p["content"] = m.Text
		if len(m.Rows) > 0 {
			p["components"] = m.Rows
		}
	}
	if len(m.Files) > 0 {
		p["attachments"] = m.attachments()
	}
	if m.NoEmbeds {
		flags |= flagNoEmbeds
	}
	if flags != 0 {
		p["flags"] = flags
	}
	return p
}

// editPayload is the JSON that makes an existing message equal to m: what m has not is cleared by name, and
// attachments are listed whole, so that a repeated edit replaces its own pictures instead of adding to them.
func (m Message) editPayload() map[string]any {
	p := map[string]any{
		"allowed_mentions": m.mentions(),
		"attachments":      m.attachments(),
		"content":          nil,
		"embeds":           nil,
	}
	if len(m.Components) > 0 {
		p["components"] = m.Components
		p["flags"] = flagComponentsV2
	} else {
		p["content"] = m.Text
		p["components"] = []any{}
		if len(m.Rows) > 0 {
			p["components"] = m.Rows
		}
		p["embeds"] = []any{}
	}
	return p
}

// mentions names the only people a message may notify. Prompts are other people's words: without this a prompt with
// @everyone in it would ring for everyone.
func (m Message) mentions() map[string]any {
	users := m.MentionUsers
	if users == nil {
		users = []string{}
	}
	return map[string]any{"parse": []string{}, "users": users}
}

func (m Message) attachments() []any {
	list := make([]any, 0, len(m.Keep)+len(m.Files))
	for _, id := range m.Keep {
		list = append(list, map[string]any{"id": id})
	}
	for n, f := range m.Files {
		entry := map[string]any{"id": strconv.Itoa(n), "filename": f.Name}
		if f.Alt != "" {
			entry["description"] = cut(f.Alt, maxAlt)
		}
		list = append(list, entry)
	}
	return list
}

// cut is s within max characters, with an ellipsis where something is missing.
func cut(s string, max int) string {
	runes := []rune(s)
	if len(runes) <= max {
		return s
	}
	return string(runes[:max-1]) + "…"
}
