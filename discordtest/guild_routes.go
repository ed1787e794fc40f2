package discordtest

import "net/http"

var guildRoutes = []route{
	{http.MethodGet, "/guilds/{guild}", authBot, getGuild},
	{http.MethodGet, "/guilds/{guild}/channels", authBot, getGuildChannels},
	{http.MethodGet, "/guilds/{guild}/threads/active", authBot, getActiveThreads},
	{http.MethodGet, "/guilds/{guild}/roles", authBot, getRoles},
	{http.MethodGet, "/guilds/{guild}/roles/{role}", authBot, getRole},
	{http.MethodGet, "/guilds/{guild}/members/{user}", authBot, getMember},
}

// guild is the guild of the path, if the bot is in it.
func (c *call) guild() (*Guild, *apiError) {
	g := c.s.guilds[c.r.PathValue("guild")]
	switch {
	case g == nil:
		return nil, errUnknownGuild()
	case g.members[c.s.app.ID] == nil:
		return nil, errMissingAccess()
	}
	return g, nil
}

func getGuild(c *call) (any, *apiError) {
	g, bad := c.guild()
	if bad != nil {
		return nil, bad
	}
	o := g.object()
	if c.r.URL.Query().Get("with_counts") == "true" {
		o["approximate_member_count"], o["approximate_presence_count"] = len(g.members), len(g.members)
	}
	return o, nil
}

// getGuildChannels lists all channels but threads, also those the bot cannot read.
func getGuildChannels(c *call) (any, *apiError) {
	g, bad := c.guild()
	if bad != nil {
		return nil, bad
	}
	out := []obj{}
	for _, ch := range g.channels {
		if !ch.isThread() {
			out = append(out, ch.object())
		}
	}
	return out, nil
}

func getActiveThreads(c *call) (any, *apiError) {
	g, bad := c.guild()
	if bad != nil {
		return nil, bad
	}
	threads, members := []obj{}, []obj{}
	for _, ch := range g.channels {
		if ch.isThread() && c.s.permissions(c.s.app, ch).Has(ViewChannel) {
			threads = append(threads, ch.object())
			if ch.joined[c.s.app.ID] {
				members = append(members, ch.threadMember(c.s.app.ID))
			}
		}
	}
	return obj{"threads": threads, "members": members}, nil
}

func getRoles(c *call) (any, *apiError) {
	g, bad := c.guild()
	if bad != nil {
		return nil, bad
	}
	out := []obj{}
	for _, r := range g.roles {
		out = append(out, r.object())
	}
	return out, nil
}

func getRole(c *call) (any, *apiError) {
	g, bad := c.guild()
	if bad != nil {
		return nil, bad
	}
	for _, r := range g.roles {
		if r.ID == c.r.PathValue("role") {
			return r.object(), nil
		}
	}
	return nil, errUnknownRole()
}

func getMember(c *call) (any, *apiError) {
	g, bad := c.guild()
	if bad != nil {
		return nil, bad
	}
	id := c.r.PathValue("user")
	m := g.members[id]
	switch {
	case c.s.users[id] == nil:
		return nil, errUnknownUser()
	case m == nil:
		return nil, errUnknownMember()
	}
	return m.object(), nil
}
