package discordtest

import (
	"net/http"
	"strconv"
)

var channelRoutes = []route{
	{http.MethodGet, "/channels/{channel}", authBot, getChannel},
	{http.MethodGet, "/channels/{channel}/messages", authBot, getMessages},
	{http.MethodGet, "/channels/{channel}/messages/{message}", authBot, getMessage},
	{http.MethodPost, "/channels/{channel}/messages", authBot, createMessage},
	{http.MethodPatch, "/channels/{channel}/messages/{message}", authBot, editMessage},
	{http.MethodDelete, "/channels/{channel}/messages/{message}", authBot, deleteMessage},
	{http.MethodPost, "/channels/{channel}/typing", authBot, startTyping},
	{http.MethodGet, "/channels/{channel}/thread-members", authBot, getThreadMembers},
	{http.MethodGet, "/channels/{channel}/thread-members/{user}", authBot, getThreadMember},
	{http.MethodPost, "/attachments/refresh-urls", authBot, refreshURLs},
}

// channel is the channel of the path, if the bot sees it and has what else is needed.
func (c *call) channel(needs Permissions) (*Channel, *apiError) {
	ch := c.s.channels[c.r.PathValue("channel")]
	if ch == nil {
		return nil, errUnknownChannel()
	}
	has := c.s.permissions(c.s.app, ch)
	switch {
	case !has.Has(ViewChannel):
		return nil, errMissingAccess()
	case ch.Type == VoiceChannel && needs.Has(ReadMessageHistory) && !has.Has(Connect):
		return nil, errMissingAccess()
	case !has.Has(needs):
		return nil, errMissingPermit()
	}
	return ch, nil
}

// message is the message of the path; those shown to one user are not for these routes.
func (c *call) message(ch *Channel) (*Message, *apiError) {
	m := ch.message(c.r.PathValue("message"))
	if m == nil || m.Viewer != "" {
		return nil, errUnknownMessage()
	}
	return m, nil
}

func getChannel(c *call) (any, *apiError) {
	ch, bad := c.channel(0)
	if bad != nil {
		return nil, bad
	}
	return ch.object(), nil
}

// getMessages lists newest first. Without READ_MESSAGE_HISTORY the list is empty,
// as Discord's "Get Channel Messages" tells.
func getMessages(c *call) (any, *apiError) {
	ch, bad := c.channel(0)
	if bad != nil {
		return nil, bad
	}
	q := c.r.URL.Query()
	limit := 50
	var f form
	if text := q.Get("limit"); text != "" {
		n, err := strconv.Atoi(text)
		switch {
		case err != nil:
			f.add("limit", "NUMBER_TYPE_COERCE", "Value %q is not int.", text)
		case n < 1:
			f.add("limit", "NUMBER_TYPE_MIN", "int value should be greater than or equal to 1.")
		case n > 100:
			f.add("limit", "NUMBER_TYPE_MAX", "int value should be less than or equal to 100.")
		}
		limit = n
	}
	var marks []string
	for _, key := range []string{"around", "before", "after"} {
		if v := q.Get(key); v != "" {
			marks = append(marks, key)
			if !isSnowflake(v) {
				f.add(key, "NUMBER_TYPE_COERCE", "Value %q is not snowflake.", v)
			}
		}
	}
	if len(marks) > 1 {
		f.add("", "MESSAGES_MARKS_EXCLUSIVE", "Only one of around, before and after may be given.")
	}
	if bad := f.err(); bad != nil {
		return nil, bad
	}
	out := []obj{}
	if !c.s.permissions(c.s.app, ch).Has(ReadMessageHistory) || ch.Type == VoiceChannel && !c.s.permissions(c.s.app, ch).Has(Connect) {
		return out, nil
	}
	for _, m := range ch.page(q.Get("around"), q.Get("before"), q.Get("after"), limit) {
		out = append(out, c.s.visibleToBot(m, c.s.cfg.messageContent))
	}
	return out, nil
}

// page picks messages around, before or after an id, newest first.
func (c *Channel) page(around, before, after string, limit int) []*Message {
	var newest []*Message
	for n := len(c.messages) - 1; n >= 0; n-- {
		if c.messages[n].Viewer == "" {
			newest = append(newest, c.messages[n])
		}
	}
	from, to := 0, len(newest)
	older := func(id string) int { // how many are not older than id
		n := 0
		for n < len(newest) && compareIDs(newest[n].ID, id) >= 0 {
			n++
		}
		return n
	}
	switch {
	case before != "":
		from = older(before)
	case after != "":
		to = 0
		for to < len(newest) && compareIDs(newest[to].ID, after) > 0 {
			to++
		}
		from = max(0, to-limit)
	case around != "":
		from = max(0, older(around)-(limit+1)/2)
	}
	return newest[from:min(to, from+limit)]
}

func getMessage(c *call) (any, *apiError) {
	ch, bad := c.channel(ReadMessageHistory)
	if bad != nil {
		return nil, bad
	}
	m, bad := c.message(ch)
	if bad != nil {
		return nil, bad
	}
	return c.s.visibleToBot(m, c.s.cfg.messageContent), nil
}

func startTyping(c *call) (any, *apiError) {
	ch, bad := c.channel(0)
	if bad != nil {
		return nil, bad
	}
	if !c.s.permissions(c.s.app, ch).Has(ch.sendPermission()) {
		return nil, errMissingPermit()
	}
	return nil, nil
}

func (c *Channel) threadMember(id string) obj {
	return obj{"id": c.ID, "user_id": id, "join_timestamp": stamp(c.s.now()), "flags": 0}
}

func getThreadMembers(c *call) (any, *apiError) {
	ch, bad := c.channel(0)
	if bad != nil {
		return nil, bad
	}
	if !ch.isThread() {
		return nil, errUnknownChannel()
	}
	out := []obj{}
	for _, id := range sortedKeys(ch.joined) {
		out = append(out, ch.threadMember(id))
	}
	return out, nil
}

func getThreadMember(c *call) (any, *apiError) {
	ch, bad := c.channel(0)
	if bad != nil {
		return nil, bad
	}
	id := c.r.PathValue("user")
	if id == "@me" {
		id = c.s.app.ID
	}
	if !ch.isThread() || !ch.joined[id] {
		return nil, errUnknownMember()
	}
	return ch.threadMember(id), nil
}
