package discordtest

// What happens to messages of a channel. All here run under s.mu.

// message finds a message by id, nil for none.
func (c *Channel) message(id string) *Message {
	if n := c.position(id); n >= 0 {
		return c.messages[n]
	}
	return nil
}

// position looks from the newest on, where most of what is asked for stands.
func (c *Channel) position(id string) int {
	for n := len(c.messages) - 1; n >= 0; n-- {
		if c.messages[n].ID == id {
			return n
		}
	}
	return -1
}

// put adds a new message.
func (c *Channel) put(m *Message) {
	m.s, m.ID, m.ChannelID, m.GuildID, m.Created = c.s, c.s.newID(), c.ID, c.guildID(), c.s.now()
	c.messages = append(c.messages, m)
	c.tell(MessageAdded, m)
	c.s.gw.dispatchMessage("MESSAGE_CREATE", m)
}

// replace makes m the state of the message with its id.
func (c *Channel) replace(m *Message) {
	n := c.position(m.ID)
	if n < 0 {
		return
	}
	c.messages[n] = m
	c.tell(MessageChanged, m)
	c.s.gw.dispatchMessage("MESSAGE_UPDATE", m)
}

// remove deletes a message.
func (c *Channel) remove(m *Message) {
	n := c.position(m.ID)
	if n < 0 {
		return
	}
	c.messages = append(c.messages[:n:n], c.messages[n+1:]...)
	last := *m
	last.Deleted = true
	c.tell(MessageRemoved, &last)
	delete(c.s.answers, m.ID)
	if m.Viewer != "" {
		return
	}
	intent, o := intentGuildMessages, obj{"id": m.ID, "channel_id": c.ID}
	if c.guild == nil {
		intent = intentDirectMessages
	} else {
		o["guild_id"] = c.guild.ID
	}
	c.s.gw.dispatchAll(c.guildID(), intent, "MESSAGE_DELETE", func(*session) any { return o })
}

// tell lets observers and the interactions that this message answers know.
func (c *Channel) tell(kind ChangeKind, m *Message) {
	state := m.sealed()
	for _, i := range c.s.answers[m.ID] {
		i.history = append(i.history, state)
	}
	change := Change{Kind: kind, Guild: c.guildID(), Channel: c.ID, Message: state}
	if m.Origin != nil {
		change.Interaction = m.Origin.ID
	}
	c.s.changed(change)
}

// visibleToBot is a message as the bot may read it: without the message content
// intent its words are empty, unless it is the bot's own, in a DM with it, or
// mentions it (Discord's "Message Content Intent").
func (s *Server) visibleToBot(m *Message, content bool) obj {
	sealed := m.sealed()
	o := sealed.object()
	for _, u := range m.mentioned {
		content = content || u == s.app
	}
	if !content && m.Author != s.app && m.GuildID != "" {
		o["content"], o["embeds"], o["attachments"], o["components"] = "", []obj{}, []obj{}, []obj{}
	}
	return o
}
