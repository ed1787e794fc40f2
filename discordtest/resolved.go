package discordtest

// resolved collects what an interaction's data refers to (Discord's "Resolved
// Data Structure"). It runs under s.mu.
type resolved struct {
	s    *Server
	in   *Channel
	maps map[string]obj // users, members, roles, channels, messages, attachments
}

func newResolved(s *Server, in *Channel) *resolved {
	return &resolved{s: s, in: in, maps: map[string]obj{}}
}

func (r *resolved) add(kind, id string, o obj) {
	if r.maps[kind] == nil {
		r.maps[kind] = obj{}
	}
	r.maps[kind][id] = o
}

func (r *resolved) user(u *User) {
	r.add("users", u.ID, u.object())
	if r.in.guild == nil {
		return
	}
	if m := r.in.guild.members[u.ID]; m != nil {
		o := m.partial()
		delete(o, "deaf")
		delete(o, "mute")
		o["permissions"] = decimal(m.permissionsIn(r.in))
		r.add("members", u.ID, o)
	}
}

func (r *resolved) role(role *Role) { r.add("roles", role.ID, role.object()) }

func (r *resolved) channel(c *Channel, viewer *User) { r.add("channels", c.ID, c.partial(viewer)) }

// message adds a message with everything in it: the user chose to hand it over,
// so no intent is asked for.
func (r *resolved) message(m *Message) { r.add("messages", m.ID, m.sealed().object()) }

// attachment adds a file that belongs to no message, and puts it on the CDN.
func (r *resolved) attachment(a Attachment) {
	r.s.loose[a.ID] = a
	a.URL = r.s.sign(r.in.ID, a)
	r.add("attachments", a.ID, a.object())
}

func (r *resolved) into(data obj) {
	if len(r.maps) == 0 {
		return
	}
	all := obj{}
	for kind, m := range r.maps {
		all[kind] = m
	}
	data["resolved"] = all
}

// partial is a channel as interactions show it, with what the viewer may do in it.
func (c *Channel) partial(viewer *User) obj {
	o := c.object()
	for _, key := range []string{"permission_overwrites", "recipients", "message_count", "member_count", "owner_id"} {
		delete(o, key)
	}
	if c.guild != nil {
		o["permissions"] = decimal(c.s.permissions(viewer, c))
	} else if viewer != nil {
		o["recipients"] = []obj{viewer.object()}
	}
	return o
}

// event is the interaction as INTERACTION_CREATE brings it (Discord's
// "Interaction Structure"). The caller holds s.mu.
func (i *Interaction) event(data obj) obj {
	s, c := i.s, i.channel
	o := obj{
		"id": i.id, "application_id": s.app.ID, "type": int(i.kind), "token": i.token, "version": 1, "data": data,
		"channel": c.partial(i.user), "channel_id": c.ID, "locale": i.user.locale, "entitlements": []obj{}, "entitlement_sku_ids": []string{},
		"attachment_size_limit": s.cfg.attachmentMax,
	}
	if m := c.message(i.source); m != nil {
		o["message"] = m.sealed().object()
	}
	if c.guild == nil {
		o["user"], o["context"] = i.user.object(), contextBotDM
		o["app_permissions"] = decimal(directMessagePermission)
		o["authorizing_integration_owners"] = obj{"0": "0"}
		return o
	}
	g := c.guild
	if m := g.members[i.user.ID]; m != nil {
		member := m.object()
		member["permissions"] = decimal(m.permissionsIn(c))
		o["member"] = member
	}
	if me := g.members[s.app.ID]; me != nil {
		o["app_permissions"] = decimal(me.grantedIn(c))
	}
	o["context"], o["guild_id"], o["guild_locale"] = contextGuild, g.ID, g.locale
	o["guild"] = obj{"id": g.ID, "locale": g.locale, "features": []string{}}
	o["authorizing_integration_owners"] = obj{"0": g.ID}
	return o
}
