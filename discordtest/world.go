package discordtest

import "time"

// Guild is one Discord server with the bot in it. Its fields do not change.
type Guild struct {
	ID   string
	Name string

	s        *Server
	owner    string
	everyone *Role
	roles    []*Role
	members  map[string]*Member
	order    []*Member
	channels []*Channel
	locale   string
}

// Role is a named set of permissions in a guild. Its fields do not change.
type Role struct {
	ID   string
	Name string

	guild       *Guild
	permissions Permissions
	position    int
	managed     bool
}

// Channel types of Discord that this server plays.
const (
	TextChannel   = 0
	DMChannel     = 1
	VoiceChannel  = 2
	Category      = 4
	PublicThread  = 11
	PrivateThread = 12
)

// Channel is a text channel, a thread or a DM. Its exported fields do not change.
type Channel struct {
	ID   string
	Name string
	Type int

	s          *Server
	guild      *Guild   // nil for a DM
	parent     *Channel // of a thread
	recipient  *User    // of a DM
	overwrites []overwrite
	nsfw       bool
	private    bool            // a private thread
	joined     map[string]bool // who is in a private thread
	messages   []*Message      // oldest first; edits replace the entry
	nonces     map[string]nonceUse
}

// GuildOption changes a guild while it is added.
type GuildOption func(*Guild, *guildPlan)

type guildPlan struct {
	bot      Permissions
	everyone Permissions
}

// BotPermissions are what the bot's own role grants (default: what a bot that
// replies with pictures asks for at install).
func BotPermissions(p Permissions) GuildOption {
	return func(_ *Guild, plan *guildPlan) { plan.bot = p }
}

// EveryonePermissions are the base permissions of all members.
func EveryonePermissions(p Permissions) GuildOption {
	return func(_ *Guild, plan *guildPlan) { plan.everyone = p }
}

// PreferredLocale is the guild's locale, such as "de" (default "en-US").
func PreferredLocale(locale string) GuildOption {
	return func(g *Guild, _ *guildPlan) { g.locale = locale }
}

// AddGuild makes a server, with the bot as a member by a role of its own.
func (s *Server) AddGuild(name string, opts ...GuildOption) *Guild {
	s.mu.Lock()
	defer s.mu.Unlock()
	plan := guildPlan{
		bot:      ViewChannel | SendMessages | SendMessagesInThreads | EmbedLinks | AttachFiles | ReadMessageHistory | UseApplicationCommands,
		everyone: everyonePermissions,
	}
	g := &Guild{ID: s.newID(), Name: name, s: s, members: map[string]*Member{}, locale: "en-US"}
	for _, o := range opts {
		o(g, &plan)
	}
	g.everyone = &Role{ID: g.ID, Name: "@everyone", guild: g, permissions: plan.everyone}
	g.roles = []*Role{g.everyone}
	own := g.addRole(s.app.Name, plan.bot)
	own.managed = true
	g.addMember(s.app, own)
	s.guilds[g.ID] = g
	s.guildOrder = append(s.guildOrder, g)
	s.changed(Change{Kind: GuildAdded, Guild: g.ID})
	s.gw.guildAdded(g)
	return g
}

// AddRole makes a role above the ones there are.
func (g *Guild) AddRole(name string, p Permissions) *Role {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	r := g.addRole(name, p)
	g.s.changed(Change{Kind: GuildChanged, Guild: g.ID})
	return r
}

func (g *Guild) addRole(name string, p Permissions) *Role {
	r := &Role{ID: g.s.newID(), Name: name, guild: g, permissions: p, position: len(g.roles)}
	g.roles = append(g.roles, r)
	return r
}

// Channels returns the guild's channels and threads, in the order they were made.
func (g *Guild) Channels() []*Channel {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	return append([]*Channel(nil), g.channels...)
}

// ChannelOption changes a channel while it is added.
type ChannelOption func(*Channel)

// Private hides the channel from @everyone and opens it to these members and roles.
func Private(to ...Target) ChannelOption {
	return func(c *Channel) {
		c.set(overwrite{target: c.guild.ID, deny: ViewChannel})
		for _, t := range to {
			id, member := t.target()
			c.set(overwrite{target: id, member: member, allow: ViewChannel})
		}
	}
}

// Allow adds an overwrite that grants p to a member or role.
func Allow(to Target, p Permissions) ChannelOption {
	return func(c *Channel) { c.merge(to, p, 0) }
}

// Deny adds an overwrite that takes p from a member or role.
func Deny(to Target, p Permissions) ChannelOption {
	return func(c *Channel) { c.merge(to, 0, p) }
}

// OfType sets the channel's type, for instance VoiceChannel.
func OfType(t int) ChannelOption { return func(c *Channel) { c.Type = t } }

// AgeRestricted marks the channel as nsfw.
func AgeRestricted() ChannelOption { return func(c *Channel) { c.nsfw = true } }

// Target is who an overwrite is for: a *Role, a *Member or a *User.
type Target interface {
	target() (id string, member bool)
}

func (r *Role) target() (string, bool)   { return r.ID, false }
func (m *Member) target() (string, bool) { return m.User.ID, true }
func (u *User) target() (string, bool)   { return u.ID, true }

// Everyone is the role all members have.
func (g *Guild) Everyone() *Role { return g.everyone }

// BotMember is the bot in this guild.
func (g *Guild) BotMember() *Member {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	return g.members[g.s.app.ID]
}

// AddChannel makes a text channel.
func (g *Guild) AddChannel(name string, opts ...ChannelOption) *Channel {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	c := &Channel{ID: g.s.newID(), Name: name, Type: TextChannel, s: g.s, guild: g}
	for _, o := range opts {
		o(c)
	}
	g.s.channels[c.ID] = c
	g.channels = append(g.channels, c)
	g.s.changed(Change{Kind: ChannelAdded, Guild: g.ID, Channel: c.ID})
	g.s.gw.dispatchGuild(g, intentGuilds, "CHANNEL_CREATE", c.object())
	return c
}

// AddThread makes a public thread under the channel.
func (c *Channel) AddThread(name string) *Channel { return c.addThread(name, PublicThread, nil) }

// AddPrivateThread makes a thread that only these users, and who may manage
// threads, can see. The bot is in it only when named.
func (c *Channel) AddPrivateThread(name string, who ...*User) *Channel {
	return c.addThread(name, PrivateThread, who)
}

func (c *Channel) addThread(name string, kind int, who []*User) *Channel {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	t := &Channel{ID: c.s.newID(), Name: name, Type: kind, s: c.s, guild: c.guild, parent: c,
		private: kind == PrivateThread, joined: map[string]bool{}}
	for _, u := range who {
		t.joined[u.ID] = true
	}
	c.s.channels[t.ID] = t
	c.guild.channels = append(c.guild.channels, t)
	c.s.changed(Change{Kind: ChannelAdded, Guild: c.guild.ID, Channel: t.ID})
	c.s.gw.dispatchGuild(c.guild, intentGuilds, "THREAD_CREATE", t.object())
	return t
}

// Permit changes what a member or role may do in the channel from now on.
func (c *Channel) Permit(to Target, allow, deny Permissions) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	c.merge(to, allow, deny)
	c.s.changed(Change{Kind: ChannelChanged, Guild: c.guildID(), Channel: c.ID})
	if c.guild != nil {
		c.s.gw.dispatchGuild(c.guild, intentGuilds, "CHANNEL_UPDATE", c.object())
	}
}

// Delete removes the channel; what is asked of it later is unknown (10003).
func (c *Channel) Delete() {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	delete(c.s.channels, c.ID)
	if c.guild != nil {
		kept := c.guild.channels[:0:0]
		for _, other := range c.guild.channels {
			if other != c {
				kept = append(kept, other)
			}
		}
		c.guild.channels = kept
		c.s.gw.dispatchGuild(c.guild, intentGuilds, "CHANNEL_DELETE", c.object())
	}
	c.s.changed(Change{Kind: ChannelRemoved, Guild: c.guildID(), Channel: c.ID})
}

func (c *Channel) set(o overwrite) {
	for i := range c.overwrites {
		if c.overwrites[i].target == o.target {
			c.overwrites[i] = o
			return
		}
	}
	c.overwrites = append(c.overwrites, o)
}

func (c *Channel) merge(to Target, allow, deny Permissions) {
	id, member := to.target()
	for i := range c.overwrites {
		if o := &c.overwrites[i]; o.target == id {
			o.allow = o.allow&^deny | allow
			o.deny = o.deny&^allow | deny
			return
		}
	}
	c.overwrites = append(c.overwrites, overwrite{target: id, member: member, allow: allow, deny: deny})
}

func (c *Channel) isThread() bool { return c.Type == PublicThread || c.Type == PrivateThread }

// GuildID is the id of the channel's guild, "" for a DM.
func (c *Channel) GuildID() string { return c.guildID() }

func (c *Channel) guildID() string {
	if c.guild == nil {
		return ""
	}
	return c.guild.ID
}

// nonceUse remembers a message by its nonce for the few minutes Discord does.
type nonceUse struct {
	message string
	at      time.Time
}
