package discordtest

import "net/http"

var applicationRoutes = []route{
	{http.MethodGet, "/gateway", authNone, func(c *call) (any, *apiError) { return obj{"url": c.s.gw.url()}, nil }},
	{http.MethodGet, "/gateway/bot", authBot, getGatewayBot},
	{http.MethodGet, "/users/@me", authBot, func(c *call) (any, *apiError) { return c.s.app.object(), nil }},
	{http.MethodGet, "/users/@me/guilds", authBot, getOwnGuilds},
	{http.MethodPost, "/users/@me/channels", authBot, openDM},
	{http.MethodGet, "/users/{user}", authBot, getUser},
	{http.MethodGet, "/applications/@me", authBot, func(c *call) (any, *apiError) { return c.s.applicationObject(), nil }},
	{http.MethodGet, "/oauth2/applications/@me", authBot, func(c *call) (any, *apiError) { return c.s.applicationObject(), nil }},

	{http.MethodGet, "/applications/{app}/commands", authBot, listCommands},
	{http.MethodPost, "/applications/{app}/commands", authBot, createCommand},
	{http.MethodPut, "/applications/{app}/commands", authBot, overwriteCommands},
	{http.MethodGet, "/applications/{app}/commands/{command}", authBot, getCommand},
	{http.MethodPatch, "/applications/{app}/commands/{command}", authBot, editCommand},
	{http.MethodDelete, "/applications/{app}/commands/{command}", authBot, deleteCommand},

	{http.MethodGet, "/applications/{app}/guilds/{guild}/commands", authBot, listCommands},
	{http.MethodPost, "/applications/{app}/guilds/{guild}/commands", authBot, createCommand},
	{http.MethodPut, "/applications/{app}/guilds/{guild}/commands", authBot, overwriteCommands},
	{http.MethodGet, "/applications/{app}/guilds/{guild}/commands/{command}", authBot, getCommand},
	{http.MethodPatch, "/applications/{app}/guilds/{guild}/commands/{command}", authBot, editCommand},
	{http.MethodDelete, "/applications/{app}/guilds/{guild}/commands/{command}", authBot, deleteCommand},
}

func getGatewayBot(c *call) (any, *apiError) {
	left := max(0, 1000-c.s.gw.stats.Identifies)
	return obj{
		"url": c.s.gw.url(), "shards": 1,
		"session_start_limit": obj{"total": 1000, "remaining": left, "reset_after": 86400000, "max_concurrency": 1},
	}, nil
}

func getOwnGuilds(c *call) (any, *apiError) {
	out := []obj{}
	for _, g := range c.s.guildOrder {
		if me := g.members[c.s.app.ID]; me != nil {
			out = append(out, obj{
				"id": g.ID, "name": g.Name, "icon": nil, "banner": nil, "owner": g.owner == c.s.app.ID,
				"permissions": decimal(me.guildPermissions()), "features": []string{},
			})
		}
	}
	return out, nil
}

func getUser(c *call) (any, *apiError) {
	u := c.s.users[c.r.PathValue("user")]
	if u == nil {
		return nil, errUnknownUser()
	}
	return u.object(), nil
}

// openDM answers POST /users/@me/channels with the one DM there is with a user.
func openDM(c *call) (any, *apiError) {
	var f form
	id := str(c.body, "recipient_id")
	if !isSnowflake(id) {
		f.add("recipient_id", "NUMBER_TYPE_COERCE", "Value %q is not snowflake.", id)
		return nil, f.err()
	}
	u := c.s.users[id]
	switch {
	case u == nil:
		return nil, errUnknownUser()
	case u.Bot:
		return nil, errCannotSendToUser()
	}
	return u.openDM().object(), nil
}
