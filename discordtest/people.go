package discordtest

import (
	"strings"
	"time"
)

// User is one account. Its exported fields do not change.
type User struct {
	ID   string
	Name string // shown name; the username is made from it
	Bot  bool

	s      *Server
	locale string
	dm     *Channel
	noDMs  bool // refuses the application's direct messages
}

// Member is a user in a guild; everything a user can do, a member can.
type Member struct {
	*User

	guild  *Guild
	nick   string
	roles  []*Role
	joined time.Time
}

// AddUser makes an account that is in no guild.
func (s *Server) AddUser(name string) *User {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.addUser(name)
}

func (s *Server) addUser(name string) *User {
	u := &User{ID: s.newID(), Name: name, s: s, locale: "en-US"}
	s.users[u.ID] = u
	return u
}

// MemberOption changes a member while it is added.
type MemberOption func(*Member)

// WithRoles gives the member roles of the guild.
func WithRoles(roles ...*Role) MemberOption {
	return func(m *Member) { m.roles = append(m.roles, roles...) }
}

// Owner makes the member the guild's owner, who may do everything.
func Owner() MemberOption { return func(m *Member) { m.guild.owner = m.User.ID } }

// Nick sets the member's name in the guild.
func Nick(name string) MemberOption { return func(m *Member) { m.nick = name } }

// Locale sets the language of the user's client, such as "fr".
func Locale(locale string) MemberOption { return func(m *Member) { m.User.locale = locale } }

// AddMember makes a new account and lets it join the guild.
func (g *Guild) AddMember(name string, opts ...MemberOption) *Member {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	return g.join(g.s.addUser(name), opts)
}

// Join lets an account that exists join the guild too.
func (g *Guild) Join(u *User, opts ...MemberOption) *Member {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	return g.join(u, opts)
}

func (g *Guild) join(u *User, opts []MemberOption) *Member {
	m := g.addMember(u)
	for _, o := range opts {
		o(m)
	}
	g.s.changed(Change{Kind: GuildChanged, Guild: g.ID})
	return m
}

func (g *Guild) addMember(u *User, roles ...*Role) *Member {
	m := &Member{User: u, guild: g, roles: roles, joined: g.s.now()}
	g.members[u.ID] = m
	g.order = append(g.order, m)
	return m
}

// Members returns the guild's members, the bot first.
func (g *Guild) Members() []*Member {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	return append([]*Member(nil), g.order...)
}

// Leave removes the member from the guild.
func (m *Member) Leave() {
	g := m.guild
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	delete(g.members, m.User.ID)
	kept := g.order[:0:0]
	for _, other := range g.order {
		if other != m {
			kept = append(kept, other)
		}
	}
	g.order = kept
	g.s.changed(Change{Kind: GuildChanged, Guild: g.ID})
}

// SetRoles replaces the member's roles.
func (m *Member) SetRoles(roles ...*Role) {
	m.guild.s.mu.Lock()
	defer m.guild.s.mu.Unlock()
	m.roles = append([]*Role(nil), roles...)
	m.guild.s.changed(Change{Kind: GuildChanged, Guild: m.guild.ID})
}

// Permissions is what the user may do in the channel.
func (u *User) Permissions(c *Channel) Permissions {
	u.s.mu.Lock()
	defer u.s.mu.Unlock()
	return u.s.permissions(u, c)
}

// DM is the user's direct channel with the bot, made when first asked for.
func (u *User) DM() *Channel {
	u.s.mu.Lock()
	defer u.s.mu.Unlock()
	return u.openDM()
}

func (u *User) openDM() *Channel {
	if u.dm == nil {
		u.dm = &Channel{ID: u.s.newID(), Name: u.Name, Type: DMChannel, s: u.s, recipient: u}
		u.s.channels[u.dm.ID] = u.dm
		u.s.changed(Change{Kind: ChannelAdded, Channel: u.dm.ID})
	}
	return u.dm
}

// Mention is the text that mentions the user.
func (u *User) Mention() string { return "<@" + u.ID + ">" }

func (u *User) username() string {
	name := strings.ToLower(strings.Join(strings.Fields(u.Name), "."))
	var b strings.Builder
	for _, r := range name {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '.' || r == '_' {
			b.WriteRune(r)
		}
	}
	if b.Len() < 2 {
		return "user" + u.ID
	}
	return b.String()
}

func (m *Member) hasRole(id string) bool {
	for _, r := range m.roles {
		if r.ID == id {
			return true
		}
	}
	return false
}

func (m *Member) roleIDs() []string {
	ids := make([]string, 0, len(m.roles))
	for _, r := range m.roles {
		ids = append(ids, r.ID)
	}
	return ids
}
