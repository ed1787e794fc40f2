package discordtest

// Permissions is a set of Discord's permission bits (Discord's "Permissions" topic).
type Permissions int64

// The permissions this server looks at. Others pass through untouched.
const (
	Administrator           Permissions = 1 << 3
	ManageChannels          Permissions = 1 << 4
	ManageGuild             Permissions = 1 << 5
	AddReactions            Permissions = 1 << 6
	ViewChannel             Permissions = 1 << 10
	SendMessages            Permissions = 1 << 11
	ManageMessages          Permissions = 1 << 13
	EmbedLinks              Permissions = 1 << 14
	AttachFiles             Permissions = 1 << 15
	ReadMessageHistory      Permissions = 1 << 16
	MentionEveryone         Permissions = 1 << 17
	UseExternalEmojis       Permissions = 1 << 18
	Connect                 Permissions = 1 << 20
	ManageRoles             Permissions = 1 << 28
	UseApplicationCommands  Permissions = 1 << 31
	ManageThreads           Permissions = 1 << 34
	CreatePublicThreads     Permissions = 1 << 35
	CreatePrivateThreads    Permissions = 1 << 36
	SendMessagesInThreads   Permissions = 1 << 38
	UseExternalApps         Permissions = 1 << 50
	allPermissions          Permissions = 1<<53 - 1
	everyonePermissions                 = ViewChannel | SendMessages | EmbedLinks | AttachFiles | ReadMessageHistory | AddReactions | UseExternalEmojis | Connect | UseApplicationCommands | CreatePublicThreads | SendMessagesInThreads | UseExternalApps
	directMessagePermission             = ViewChannel | SendMessages | EmbedLinks | AttachFiles | ReadMessageHistory | AddReactions | UseExternalEmojis | MentionEveryone | UseApplicationCommands
)

// Has tells whether the set holds every bit of want.
func (p Permissions) Has(want Permissions) bool { return p&want == want }

// overwrite is one entry of a channel's permission_overwrites.
type overwrite struct {
	target string // role or user id
	member bool
	allow  Permissions
	deny   Permissions
}

// guildPermissions is the base set of a member: its roles, before any channel.
// The caller holds s.mu.
func (m *Member) guildPermissions() Permissions {
	g := m.guild
	if g.owner == m.User.ID {
		return allPermissions
	}
	p := g.everyone.permissions
	for _, r := range m.roles {
		p |= r.permissions
	}
	if p.Has(Administrator) {
		return allPermissions
	}
	return p
}

// permissionsIn is what counts in a channel: without VIEW_CHANNEL nothing does.
// The caller holds s.mu.
func (m *Member) permissionsIn(c *Channel) Permissions {
	p := m.grantedIn(c)
	if !p.Has(ViewChannel) {
		return 0
	}
	return p
}

// grantedIn applies the overwrites of a channel in Discord's order: everyone,
// then all roles together, then the member. A thread asks its parent. The caller
// holds s.mu.
func (m *Member) grantedIn(c *Channel) Permissions {
	p := m.guildPermissions()
	if p == allPermissions {
		return p
	}
	if c.parent != nil && c.isThread() {
		return m.grantedIn(c.parent)
	}
	var roleAllow, roleDeny, ownAllow, ownDeny Permissions
	for _, o := range c.overwrites {
		switch {
		case o.member && o.target == m.User.ID:
			ownAllow, ownDeny = o.allow, o.deny
		case !o.member && o.target == m.guild.ID:
			p = p&^o.deny | o.allow
		case !o.member && m.hasRole(o.target):
			roleAllow |= o.allow
			roleDeny |= o.deny
		}
	}
	p = p&^roleDeny | roleAllow
	return p&^ownDeny | ownAllow
}

// permissions is what user may do in c: 0 for a stranger to the guild, a fixed
// set in a DM of theirs. The caller holds s.mu.
func (s *Server) permissions(user *User, c *Channel) Permissions {
	if c.guild == nil {
		if user == s.app || c.recipient == user {
			return directMessagePermission
		}
		return 0
	}
	m := c.guild.members[user.ID]
	if m == nil {
		return 0
	}
	p := m.permissionsIn(c)
	if c.private && !p.Has(ManageThreads) && !c.joined[user.ID] {
		return 0
	}
	return p
}

// sendPermission is the bit that writing in c asks for.
func (c *Channel) sendPermission() Permissions {
	if c.isThread() {
		return SendMessagesInThreads
	}
	return SendMessages
}
