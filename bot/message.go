package bot

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/bwmarrin/discordgo"
)

// Message is the whole of what a message shall show. An edit makes the message equal to it: files and components that
// it does not name are gone afterwards.
//
// With Components it is sent as Components V2, otherwise Text is its plain content. Discord allows no way back from
// Components V2, so a message once shown that way is edited with Components only.
type Message struct {
	// Text is the plain content, at most 2000 characters; used when there are no Components.
	Text string
	// Rows are rows of buttons and menus under Text, at most 5; used when there are no Components.
	Rows []discordgo.MessageComponent
	// Components are the Components V2 of the message, at most 40 counted with nested ones and 4000 characters of text.
	Components []discordgo.MessageComponent
	// Files are uploaded; a gallery or thumbnail shows one as "attachment://" + File.Name. At most 10.
	Files []File
	// Keep holds the IDs of attachments that an edited message has already and shall keep.
	Keep []string
	// NoEmbeds keeps Discord from showing what links in the text lead to. For new messages.
	NoEmbeds bool
	// MentionUsers are the user IDs that a mention in the text may notify. Nobody else is ever notified.
	MentionUsers []string
}

// File is an upload. It is read from the disk while it is sent, and read again when a try is repeated: it must stay
// unchanged until the call that sends it has returned.
type File struct {
	Name string // plain ASCII file name, as members see it
	Type string // media type; "" is application/octet-stream
	Path string // where it lies on the disk
	Alt  string // description for those who cannot see it; cut at 1024 characters
	Size int64  // bytes, for the caller's sums against SizeLimit; the length sent is that of the file on the disk
}

// Attachment is a file that a message has.
type Attachment struct {
	ID          string `json:"id"`
	Filename    string `json:"filename"`
	ContentType string `json:"content_type,omitempty"`
	Description string `json:"description,omitempty"`
	Size        int64  `json:"size"`
	URL         string `json:"url"` // signed, valid for about a day: keep the IDs, not this
	ProxyURL    string `json:"proxy_url,omitempty"`
	Width       int    `json:"width,omitempty"`
	Height      int    `json:"height,omitempty"`
}

// Posted is a message as Discord took it.
type Posted struct {
	Channel     string       `json:"channel"`
	ID          string       `json:"id"` // "" when Discord took the message but its answer could not be read
	Attachments []Attachment `json:"attachments,omitempty"`
}

// Msg is a message read from Discord. Its embeds and components stay raw, so that kinds nobody knew yet do no harm.
type Msg struct {
	ID          string          `json:"id"`
	Channel     string          `json:"channel_id"`
	Author      User            `json:"author"`
	Content     string          `json:"content"`
	Created     time.Time       `json:"timestamp"`
	Flags       int             `json:"flags"`
	Attachments []Attachment    `json:"attachments"`
	Embeds      json.RawMessage `json:"embeds"`
	Components  json.RawMessage `json:"components"`
	Snapshots   json.RawMessage `json:"message_snapshots"` // forwarded messages
}

// Texts lists every text in the message, in the order a reader meets them: content, embeds, components, forwarded
// messages, attachment URLs. Link targets, custom IDs and file names are among them.
func (m *Msg) Texts() []string {
	var texts []string
	if m.Content != "" {
		texts = append(texts, m.Content)
	}
	for _, raw := range []json.RawMessage{m.Embeds, m.Components, m.Snapshots} {
		var tree any
		if json.Unmarshal(raw, &tree) == nil {
			texts = collectTexts(tree, texts)
		}
	}
	for _, a := range m.Attachments {
		texts = append(texts, a.URL)
	}
	return texts
}

// wordsFirst orders the keys of an object: what a reader sees, then the machinery.
var wordsFirst = [...]string{"author", "title", "description", "content", "name", "value", "label", "fields", "footer", "text"}

func collectTexts(node any, texts []string) []string {
	switch v := node.(type) {
	case string:
		if v != "" {
			texts = append(texts, v)
		}
	case []any:
		for _, child := range v {
			texts = collectTexts(child, texts)
		}
	case map[string]any:
		for _, key := range wordsFirst {
			texts = collectTexts(v[key], texts)
		}
		rest := make([]string, 0, len(v))
		for key := range v {
			if !slices.Contains(wordsFirst[:], key) {
				rest = append(rest, key)
			}
		}
		slices.Sort(rest)
		for _, key := range rest {
			texts = collectTexts(v[key], texts)
		}
	}
	return texts
}
