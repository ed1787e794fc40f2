package discordtest

import (
	"net/http"
	"strconv"
)

// createMessage answers POST /channels/{channel}/messages.
func createMessage(c *call) (any, *apiError) {
	ch, bad := c.channel(0)
	if bad != nil {
		return nil, bad
	}
	has := c.s.permissions(c.s.app, ch)
	switch {
	case ch.guild == nil && ch.recipient.noDMs:
		return nil, errCannotSendToUser()
	case !has.Has(ch.sendPermission()), !has.Has(c.partsNeed()):
		return nil, errMissingPermit()
	}
	m := &Message{s: c.s, Author: c.s.app}
	w := writing{limit: max(defaultFileLimit, c.s.cfg.attachmentMax), flags: FlagSuppressEmbeds | FlagSuppressNotifications | FlagComponentsV2}
	var f form
	nonce := readNonce(&f, c.body)
	if bad := f.err(); bad != nil {
		return nil, bad
	}
	enforced := nonce != "" && flag(c.body, "enforce_nonce")
	if enforced {
		if earlier := ch.sameNonce(nonce); earlier != nil {
			return earlier.sealed().object(), nil
		}
	}
	if bad := c.readReference(ch, m, &w); bad != nil {
		return nil, bad
	}
	if bad := c.compose(ch, m, c.body, w); bad != nil {
		return nil, bad
	}
	m.Nonce = nonce
	ch.put(m)
	c.rec.Message = m.ID
	if enforced {
		ch.nonces[nonce] = nonceUse{message: m.ID, at: m.Created}
	}
	return m.sealed().object(), nil
}

// partsNeed is what the parts of a channel message ask for. Answers to
// interactions need none of it.
func (c *call) partsNeed() (p Permissions) {
	if len(c.files) > 0 {
		p |= AttachFiles
	}
	if len(list(c.body, "embeds")) > 0 {
		p |= EmbedLinks
	}
	return p
}

// readNonce takes text of at most 25 characters, or a number.
func readNonce(f *form, body obj) string {
	if n, ok := integer(body, "nonce"); ok {
		return strconv.Itoa(n)
	}
	text, _ := f.text("", body, "nonce", 0, 25)
	return text
}

// sameNonce finds the bot's message of the last few minutes with this nonce
// (enforce_nonce of Discord's "Create Message").
func (c *Channel) sameNonce(nonce string) *Message {
	if c.nonces == nil {
		c.nonces = map[string]nonceUse{}
	}
	for key, use := range c.nonces {
		if c.s.now().Sub(use.at) >= nonceLife {
			delete(c.nonces, key)
		}
	}
	use, ok := c.nonces[nonce]
	if !ok {
		return nil
	}
	return c.message(use.message)
}

// readReference makes the message a reply, or a forward.
func (c *call) readReference(ch *Channel, m *Message, w *writing) *apiError {
	ref := child(c.body, "message_reference")
	if ref == nil {
		return nil
	}
	if !c.s.permissions(c.s.app, ch).Has(ReadMessageHistory) {
		return world(http.StatusBadRequest, 160002, "Cannot reply without permission to read message history")
	}
	from := ch
	if num(ref, "type") == 1 {
		if from = c.s.channels[str(ref, "channel_id")]; from == nil || !c.s.permissions(c.s.app, from).Has(ViewChannel|ReadMessageHistory) {
			return errUnknownChannel()
		}
	}
	to := from.message(str(ref, "message_id"))
	if to != nil && to.Viewer != "" {
		to = nil
	}
	switch {
	case to == nil && (ref["fail_if_not_exists"] != false || num(ref, "type") == 1):
		var f form
		f.add("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
		bad := f.err()
		bad.breaks = false // the message may have been deleted in the meantime
		return bad
	case to == nil:
	case num(ref, "type") == 1:
		m.Forwarded = to.sealed()
	default:
		m.Type, m.ReplyTo, w.replied = messageReply, to.ID, to
	}
	return nil
}

// editMessage answers PATCH for the bot's own messages.
func editMessage(c *call) (any, *apiError) {
	ch, bad := c.channel(0)
	if bad != nil {
		return nil, bad
	}
	old, bad := c.message(ch)
	switch {
	case bad != nil:
		return nil, bad
	case old.Author != c.s.app:
		return nil, errNotYourMessage()
	case !c.s.permissions(c.s.app, ch).Has(c.partsNeed()):
		return nil, errMissingPermit()
	}
	c.rec.Message = old.ID
	m := *old
	w := writing{edit: true, limit: max(defaultFileLimit, c.s.cfg.attachmentMax), flags: FlagSuppressEmbeds | FlagComponentsV2}
	if bad := c.compose(ch, &m, c.body, w); bad != nil {
		return nil, bad
	}
	m.Flags &^= FlagLoading
	m.Edited = c.s.now()
	c.s.fill(m.ID)
	ch.replace(&m)
	return m.sealed().object(), nil
}

// fill ends the "thinking…" of the interaction that the message answers.
func (s *Server) fill(message string) {
	for _, i := range s.answers[message] {
		if i.thinking() {
			i.filled = true
			i.stopTimer()
		}
	}
}

// deleteMessage takes the bot's own messages, and others' where it may manage them.
func deleteMessage(c *call) (any, *apiError) {
	ch, bad := c.channel(0)
	if bad != nil {
		return nil, bad
	}
	m, bad := c.message(ch)
	switch {
	case bad != nil:
		return nil, bad
	case m.Author == c.s.app:
	case ch.guild == nil:
		return nil, broken(http.StatusForbidden, 50003, "Cannot execute action on a DM channel")
	case !c.s.permissions(c.s.app, ch).Has(ManageMessages):
		return nil, errMissingPermit()
	}
	c.s.fill(m.ID)
	ch.remove(m)
	return nil, nil
}
