package discordtest

import "fmt"

// SayOption adds to what a user says.
type SayOption func(*said)

type said struct {
	uploads    []Upload
	embeds     []map[string]any
	components []map[string]any
	replyTo    *Message
	forwards   *Message
	err        error
}

// WithUpload attaches a file.
func WithUpload(up Upload) SayOption { return func(s *said) { s.uploads = append(s.uploads, up) } }

// WithEmbeds adds embeds, as links of users and messages of other bots have them.
// An image may be "attachment://" and the name of an upload.
func WithEmbeds(embeds ...map[string]any) SayOption {
	return func(s *said) { s.embeds = append(s.embeds, s.plain(embeds)...) }
}

// WithComponents adds components, as messages of other bots have them. They are
// not checked: types that Discord has not invented yet may be among them.
func WithComponents(components ...map[string]any) SayOption {
	return func(s *said) { s.components = append(s.components, s.plain(components)...) }
}

// ReplyTo makes the message a reply.
func ReplyTo(m *Message) SayOption { return func(s *said) { s.replyTo = m } }

// Forward forwards a message: its content becomes a snapshot in the new one.
func Forward(m *Message) SayOption { return func(s *said) { s.forwards = m } }

// plain makes wire objects of whatever JSON-able values a caller nested.
func (s *said) plain(in []map[string]any) []map[string]any {
	out := make([]map[string]any, 0, len(in))
	for _, o := range in {
		p, err := toObj(o)
		if err != nil {
			s.err = fmt.Errorf("encode a part of a message: %w", err)
			return nil
		}
		out = append(out, p)
	}
	return out
}

// AddBot makes the bot user of another application: its messages are foreign to
// the application that is tested. It may write in every channel.
func (s *Server) AddBot(name string) *User {
	s.mu.Lock()
	defer s.mu.Unlock()
	u := s.addUser(name)
	u.Bot = true
	return u
}

// AddKnownBot is AddBot for an application whose ID on Discord is known, as
// others recognise it. It panics when the ID is taken.
func (s *Server) AddKnownBot(id, name string) *User {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.users[id] != nil {
		panic("discordtest: there is a user " + id + " already")
	}
	u := &User{ID: id, Name: name, Bot: true, s: s, locale: "en-US"}
	s.users[id] = u
	return u
}

// Say writes a message in a channel. It returns nil when the user may not write
// there, when an upload cannot be read, or when there is nothing to say.
func (u *User) Say(c *Channel, text string, o ...SayOption) *Message {
	words, attachments, ok := u.prepare(o)
	if !ok || text == "" && len(attachments)+len(words.embeds)+len(words.components) == 0 && words.forwards == nil {
		return nil
	}
	u.s.mu.Lock()
	defer u.s.mu.Unlock()
	if !u.Bot && !u.s.permissions(u, c).Has(ViewChannel|c.sendPermission()) || u.s.channels[c.ID] != c {
		return nil
	}
	m := &Message{s: u.s, Author: u, Content: text, Embeds: words.embeds, Components: words.components}
	m.attach(attachments)
	if words.replyTo != nil {
		m.Type, m.ReplyTo = messageReply, words.replyTo.ID
	}
	if words.forwards != nil {
		if from := u.s.channels[words.forwards.ChannelID]; from != nil && from.message(words.forwards.ID) != nil {
			m.Forwarded = from.message(words.forwards.ID).sealed()
		}
	}
	m.markV2()
	m.ping(c, mentionPolicy{users: true, roles: true, everyone: true, replied: true}, words.replyTo)
	c.put(m)
	return m.sealed()
}

// Edit changes the text of the user's own message, and with options its other
// parts. It returns nil when the message is not there or not the user's.
func (u *User) Edit(m *Message, text string, o ...SayOption) *Message {
	words, attachments, ok := u.prepare(o)
	u.s.mu.Lock()
	defer u.s.mu.Unlock()
	c, old := u.s.find(m)
	if !ok || old == nil || old.Author != u {
		return nil
	}
	next := *old
	next.Content, next.Edited = text, u.s.now()
	if words.embeds != nil {
		next.Embeds = words.embeds
	}
	if words.components != nil {
		next.Components = words.components
	}
	if attachments != nil {
		next.attach(attachments)
	}
	next.markV2()
	next.ping(c, mentionPolicy{users: true, roles: true, everyone: true}, nil)
	c.replace(&next)
	return next.sealed()
}

// Delete deletes a message: the user's own, an ephemeral one shown to them, or,
// with the permission to manage messages, anyone's. It tells whether it is gone.
func (u *User) Delete(m *Message) bool {
	u.s.mu.Lock()
	defer u.s.mu.Unlock()
	c, now := u.s.find(m)
	if now == nil || now.Viewer != "" && now.Viewer != u.ID {
		return false
	}
	if now.Author != u && now.Viewer != u.ID && (c.guild == nil || !u.s.permissions(u, c).Has(ManageMessages)) {
		return false
	}
	c.remove(now)
	return true
}

// RefuseDMs closes or opens the user to direct messages from the application.
func (u *User) RefuseDMs(refuse bool) {
	u.s.mu.Lock()
	defer u.s.mu.Unlock()
	u.noDMs = refuse
}

func (u *User) prepare(o []SayOption) (words said, attachments []Attachment, ok bool) {
	for _, option := range o {
		option(&words)
	}
	for _, up := range words.uploads {
		a, err := up.keep(u.s)
		if err != nil {
			return words, nil, false
		}
		attachments = append(attachments, a)
	}
	return words, attachments, words.err == nil
}

// find is the state of a message now. The caller holds s.mu.
func (s *Server) find(m *Message) (*Channel, *Message) {
	if m == nil {
		return nil, nil
	}
	c := s.channels[m.ChannelID]
	if c == nil {
		return nil, nil
	}
	return c, c.message(m.ID)
}

// attach numbers the attachments and makes them the message's.
func (m *Message) attach(attachments []Attachment) {
	m.Attachments = make([]Attachment, 0, len(attachments))
	for _, a := range attachments {
		a.ID, a.Ephemeral = m.s.newID(), m.Ephemeral()
		m.Attachments = append(m.Attachments, a)
	}
}

// markV2 sets the flag that components beyond rows ask for.
func (m *Message) markV2() {
	for _, c := range m.Components {
		if num(c, "type") != typeActionRow {
			m.Flags |= FlagComponentsV2
		}
	}
}
