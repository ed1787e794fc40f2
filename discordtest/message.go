package discordtest

import (
	"strings"
	"time"
)

// Message flags of Discord that this server knows.
const (
	FlagSuppressEmbeds        = 1 << 2
	FlagEphemeral             = 1 << 6
	FlagLoading               = 1 << 7
	FlagSuppressNotifications = 1 << 12
	FlagVoiceMessage          = 1 << 13
	FlagComponentsV2          = 1 << 15
)

// Message is the state of one message at one moment; an edit makes a new value.
// It encodes to Discord's message object.
type Message struct {
	ID        string
	ChannelID string
	GuildID   string // "" in a DM
	Author    *User
	Type      int // 0 plain, 19 reply, 20 slash command's answer, 23 context menu's
	Content   string
	// Embeds and Components are Discord's objects; attachment:// is resolved.
	Embeds      []map[string]any
	Components  []map[string]any
	Attachments []Attachment
	Flags       int
	Mentions    []string // ids of the users it pings
	RolePings   []string // ids of the roles it pings
	Everyone    bool     // pings @everyone or @here
	Nonce       string
	ReplyTo     string // id of the message it answers
	Created     time.Time
	Edited      time.Time // zero when never edited
	Deleted     bool
	Viewer      string  // who alone sees an ephemeral message; "" for all others
	Origin      *Origin // the interaction it answers, nil for none
	// Forwarded is what a forwarding message carries, as it was then; nil for others.
	Forwarded *Message

	s         *Server
	mentioned []*User
}

// Origin names the interaction that a message answers.
type Origin struct {
	ID   string
	Kind Kind
	Name string // of the command
	User *User
	// Original is the first response's message id, on follow-ups.
	Original string
	// Component is the message with the component, for answers to components.
	Component string
	// Trigger is what opened the modal, for answers to modals; nil for others.
	Trigger *Origin
}

// Attachment is one file of a message.
type Attachment struct {
	ID          string
	Filename    string
	Description string // alt text
	ContentType string
	Size        int64
	Width       int // 0 for what is no picture
	Height      int
	Ephemeral   bool
	Spoiler     bool
	URL         string // signed, valid for the server's link life from when the Message was read
	Path        string // the bytes on disk; gone after Close
}

// Loading tells whether the message is still "thinking…".
func (m *Message) Loading() bool { return m.Flags&FlagLoading != 0 }

// Ephemeral tells whether only Viewer sees it.
func (m *Message) Ephemeral() bool { return m.Flags&FlagEphemeral != 0 }

// V2 tells whether the message is made of Components V2.
func (m *Message) V2() bool { return m.Flags&FlagComponentsV2 != 0 }

// Text is everything a reader reads: content, embeds' texts and text displays in
// their order, one a line. Labels of buttons are not in it.
func (m *Message) Text() string {
	var parts []string
	if m.Content != "" {
		parts = append(parts, m.Content)
	}
	for _, e := range m.Embeds {
		parts = append(parts, embedTexts(e)...)
	}
	walkComponents(m.Components, func(c obj) {
		if num(c, "type") == typeTextDisplay {
			parts = append(parts, str(c, "content"))
		}
	})
	return strings.Join(parts, "\n")
}

// Find returns the component with this custom id, nil for none.
func (m *Message) Find(customID string) map[string]any {
	return m.find(func(c obj) bool { return str(c, "custom_id") == customID })
}

// Button returns the button with this label, nil for none.
func (m *Message) Button(label string) map[string]any {
	return m.find(func(c obj) bool { return num(c, "type") == typeButton && str(c, "label") == label })
}

func (m *Message) find(want func(obj) bool) (found obj) {
	walkComponents(m.Components, func(c obj) {
		if found == nil && want(c) {
			found = c
		}
	})
	return found
}

// All returns the components of a Discord component type, in reading order.
func (m *Message) All(componentType int) []map[string]any {
	var out []obj
	walkComponents(m.Components, func(c obj) {
		if num(c, "type") == componentType {
			out = append(out, c)
		}
	})
	return out
}

// Link is the address of the message in Discord's clients.
func (m *Message) Link() string {
	guild := m.GuildID
	if guild == "" {
		guild = "@me"
	}
	return "https://discord.com/channels/" + guild + "/" + m.ChannelID + "/" + m.ID
}
