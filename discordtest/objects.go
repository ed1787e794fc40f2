package discordtest

import "time"

// The Discord objects of the world, as REST and gateway show them. The callers
// hold s.mu.

func (u *User) object() obj {
	o := obj{
		"id": u.ID, "username": u.username(), "global_name": u.Name, "discriminator": "0",
		"avatar": nil, "public_flags": 0, "flags": 0,
	}
	if u.Bot {
		o["bot"] = true
		o["username"], o["global_name"], o["discriminator"] = u.Name, nil, "0000"
	}
	return o
}

func (m *Member) object() obj {
	o := m.partial()
	o["user"] = m.User.object()
	return o
}

// partial is a member without its user, as resolved data has it.
func (m *Member) partial() obj {
	var nick any
	if m.nick != "" {
		nick = m.nick
	}
	return obj{
		"nick": nick, "avatar": nil, "banner": nil, "roles": m.roleIDs(), "joined_at": stamp(m.joined),
		"premium_since": nil, "deaf": false, "mute": false, "flags": 0, "pending": false,
		"communication_disabled_until": nil,
	}
}

func (r *Role) object() obj {
	return obj{
		"id": r.ID, "name": r.Name, "permissions": decimal(r.permissions), "position": r.position,
		"color": 0, "colors": obj{"primary_color": 0, "secondary_color": nil, "tertiary_color": nil},
		"hoist": false, "managed": r.managed, "mentionable": false, "icon": nil, "unicode_emoji": nil, "flags": 0,
	}
}

func (c *Channel) object() obj {
	o := obj{"id": c.ID, "type": c.Type, "flags": 0, "last_message_id": nil}
	if n := len(c.messages); n > 0 {
		o["last_message_id"] = c.messages[n-1].ID
	}
	if c.guild == nil {
		o["recipients"] = []obj{c.recipient.object()}
		return o
	}
	o["guild_id"], o["name"], o["nsfw"] = c.guild.ID, c.Name, c.nsfw
	o["parent_id"] = nil
	if c.isThread() {
		o["parent_id"], o["owner_id"] = c.parent.ID, c.guild.owner
		o["thread_metadata"] = obj{"archived": false, "locked": false, "auto_archive_duration": 1440, "archive_timestamp": stamp(c.s.now())}
		o["message_count"], o["member_count"], o["rate_limit_per_user"] = len(c.messages), 1, 0
		return o
	}
	overwrites := []obj{}
	for _, w := range c.overwrites {
		kind := 0
		if w.member {
			kind = 1
		}
		overwrites = append(overwrites, obj{"id": w.target, "type": kind, "allow": decimal(w.allow), "deny": decimal(w.deny)})
	}
	o["permission_overwrites"], o["position"], o["topic"], o["rate_limit_per_user"] = overwrites, 0, nil, 0
	return o
}

func (g *Guild) object() obj {
	roles := []obj{}
	for _, r := range g.roles {
		roles = append(roles, r.object())
	}
	owner := g.owner
	if owner == "" {
		owner = g.ID // a guild always has some owner; nobody here acts as this one
	}
	return obj{
		"id": g.ID, "name": g.Name, "icon": nil, "splash": nil, "owner_id": owner, "roles": roles, "emojis": []obj{}, "stickers": []obj{},
		"features": []string{}, "preferred_locale": g.locale, "verification_level": 0, "default_message_notifications": 0,
		"explicit_content_filter": 0, "mfa_level": 0, "premium_tier": 0, "nsfw_level": 0, "afk_channel_id": nil, "afk_timeout": 300,
		"application_id": nil, "system_channel_id": nil, "system_channel_flags": 0, "rules_channel_id": nil, "vanity_url_code": nil,
		"description": nil, "banner": nil, "public_updates_channel_id": nil, "premium_progress_bar_enabled": false, "safety_alerts_channel_id": nil,
	}
}

// gatewayObject is the guild as GUILD_CREATE brings it.
func (g *Guild) gatewayObject() obj {
	o := g.object()
	channels, threads, members := []obj{}, []obj{}, []obj{}
	for _, c := range g.channels {
		if c.isThread() {
			threads = append(threads, c.object())
		} else {
			channels = append(channels, c.object())
		}
	}
	if me := g.members[g.s.app.ID]; me != nil {
		members = append(members, me.object())
	}
	o["channels"], o["threads"], o["members"], o["presences"] = channels, threads, members, []obj{}
	o["voice_states"], o["stage_instances"], o["guild_scheduled_events"], o["soundboard_sounds"] = []obj{}, []obj{}, []obj{}, []obj{}
	o["joined_at"], o["large"], o["unavailable"], o["member_count"] = stamp(g.botJoined()), false, false, len(g.members)
	return o
}

func (s *Server) applicationObject() obj {
	flags := 0
	if s.cfg.messageContent {
		flags |= 1 << 19 // GATEWAY_MESSAGE_CONTENT_LIMITED
	}
	if s.cfg.members {
		flags |= 1 << 15 // GATEWAY_GUILD_MEMBERS_LIMITED
	}
	if s.cfg.presences {
		flags |= 1 << 13 // GATEWAY_PRESENCE_LIMITED
	}
	return obj{
		"id": s.app.ID, "name": s.app.Name, "icon": nil, "description": "", "bot_public": true, "bot_require_code_grant": false,
		"bot": s.app.object(), "verify_key": "", "flags": flags, "team": nil, "approximate_guild_count": len(s.guilds),
		"integration_types_config": obj{"0": obj{}},
	}
}

func (g *Guild) botJoined() (at time.Time) {
	if me := g.members[g.s.app.ID]; me != nil {
		at = me.joined
	}
	return at
}
