package discordtest

import (
	"net/http"
	"slices"
)

var webhookRoutes = []route{
	{http.MethodPost, "/interactions/{interaction}/{token}/callback", authNone, callback},
	{http.MethodPost, "/webhooks/{app}/{token}", authNone, followUp},
	{http.MethodGet, "/webhooks/{app}/{token}/messages/{message}", authNone, getAnswer},
	{http.MethodPatch, "/webhooks/{app}/{token}/messages/{message}", authNone, editAnswer},
	{http.MethodDelete, "/webhooks/{app}/{token}/messages/{message}", authNone, deleteAnswer},
}

// hooked is the interaction whose token the path has, while it is good. Before
// the first answer there is no webhook yet.
func (c *call) hooked() (*Interaction, *apiError) {
	i := c.s.tokens[c.r.PathValue("token")]
	switch {
	case i == nil || c.r.PathValue("app") != c.s.app.ID:
		return nil, errUnknownWebhook()
	case i.callback != 0 && i.tokenOver():
		return nil, errTokenOver()
	case i.callback == 0 || i.callback == callbackAutocomplete:
		return nil, errUnknownWebhook()
	case c.s.channels[i.channel.ID] == nil:
		return nil, errUnknownChannel()
	}
	return i, nil
}

// answered is the message that the path names: the original response or a
// follow-up of the same token.
func (c *call) answered() (*Interaction, *Message, *apiError) {
	i, bad := c.hooked()
	if bad != nil {
		return nil, nil, bad
	}
	id := c.r.PathValue("message")
	if id == "@original" {
		id = i.original
	}
	m := i.channel.message(id)
	if m == nil || id != i.original && !slices.Contains(i.followUps, id) {
		return nil, nil, errUnknownMessage()
	}
	return i, m, nil
}

func getAnswer(c *call) (any, *apiError) {
	_, m, bad := c.answered()
	if bad != nil {
		return nil, bad
	}
	return m.sealed().object(), nil
}

func editAnswer(c *call) (any, *apiError) {
	i, m, bad := c.answered()
	if bad != nil {
		return nil, bad
	}
	return c.edit(i, m, FlagSuppressEmbeds|FlagComponentsV2)
}

// edit changes a message of the interaction; the first edit of a deferred answer
// ends its "thinking…".
func (c *call) edit(i *Interaction, old *Message, flags int) (any, *apiError) {
	c.rec.Message = old.ID
	m := *old
	bad := c.compose(i.channel, &m, c.body, writing{edit: true, limit: i.fileLimit(), flags: flags})
	if bad != nil {
		return nil, bad
	}
	if m.Loading() {
		m.Flags &^= FlagLoading
	} else {
		m.Edited = c.s.now()
	}
	c.s.fill(m.ID)
	i.channel.replace(&m)
	return m.sealed().object(), nil
}

func deleteAnswer(c *call) (any, *apiError) {
	i, m, bad := c.answered()
	if bad != nil {
		return nil, bad
	}
	c.rec.Message = m.ID
	c.s.fill(m.ID)
	i.channel.remove(m)
	return nil, nil
}

// followUp adds a message; right after a deferred answer it fills that one, as
// Discord's "Create Followup Message" tells.
func followUp(c *call) (any, *apiError) {
	i, bad := c.hooked()
	if bad != nil {
		return nil, bad
	}
	if original := i.channel.message(i.original); i.thinking() && original != nil {
		return c.edit(i, original, FlagSuppressEmbeds|FlagComponentsV2|FlagEphemeral&original.Flags)
	}
	m := i.newMessage()
	bad = c.compose(i.channel, m, c.body, writing{
		limit: i.fileLimit(), flags: FlagSuppressEmbeds | FlagEphemeral | FlagComponentsV2 | FlagSuppressNotifications,
	})
	if bad != nil {
		return nil, bad
	}
	i.show(m)
	m.Type, m.ReplyTo, m.Origin.Original = messageReply, i.original, i.original
	if i.original == "" {
		m.Origin.Original = i.source
	}
	i.channel.put(m)
	c.rec.Message = m.ID
	i.followUps = append(i.followUps, m.ID)
	i.changed()
	return m.sealed().object(), nil
}
