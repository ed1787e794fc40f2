package discordtest

// What a client that knows only ids needs to find things again.

// User returns the account with this id, nil for none. Bots are accounts too.
func (s *Server) User(id string) *User {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.users[id]
}

// Channel returns the channel, thread or DM with this id, nil for none.
func (s *Server) Channel(id string) *Channel {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.channels[id]
}

// Role returns the role with this id, of whatever guild, nil for none.
func (s *Server) Role(id string) *Role {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, g := range s.guildOrder {
		for _, r := range g.roles {
			if r.ID == id {
				return r
			}
		}
	}
	return nil
}
