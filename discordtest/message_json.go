package discordtest

import (
	"encoding/json"
	"strings"
)

// MarshalJSON encodes the message as Discord's object, with two additions that
// Discord has not: viewer and deleted.
func (m *Message) MarshalJSON() ([]byte, error) {
	o := m.object()
	if m.Viewer != "" {
		o["viewer"] = m.Viewer
	}
	if m.Deleted {
		o["deleted"] = true
	}
	return json.Marshal(o)
}

// sealed returns a copy for readers: links signed now, attachment:// resolved.
// The caller holds s.mu.
func (m *Message) sealed() *Message {
	out := *m
	out.Attachments = make([]Attachment, len(m.Attachments))
	byName := map[string]*Attachment{}
	for i, a := range m.Attachments {
		a.URL = m.s.sign(m.ChannelID, a)
		out.Attachments[i] = a
		byName["attachment://"+a.Filename] = &out.Attachments[i]
	}
	out.Embeds, out.Components = cloneObjs(m.Embeds), cloneObjs(m.Components)
	for _, e := range out.Embeds {
		for _, slot := range []string{"image", "thumbnail", "footer", "author"} {
			resolveEmbedMedia(child(e, slot), byName)
		}
	}
	walkComponents(out.Components, func(c obj) { resolveComponentMedia(c, byName) })
	out.Mentions = nil
	for _, u := range m.mentioned {
		out.Mentions = append(out.Mentions, u.ID)
	}
	return &out
}

func resolveEmbedMedia(slot obj, byName map[string]*Attachment) {
	for _, key := range []string{"url", "icon_url"} {
		if a := byName[str(slot, key)]; a != nil {
			slot[key], slot["proxy_"+key] = a.URL, a.URL
			if a.Width > 0 && key == "url" {
				slot["width"], slot["height"] = a.Width, a.Height
			}
		}
	}
}

func resolveComponentMedia(c obj, byName map[string]*Attachment) {
	media := []obj{child(c, "media"), child(c, "file")}
	for _, item := range objects(list(c, "items")) {
		media = append(media, child(item, "media"))
	}
	for _, m := range media {
		a := byName[str(m, "url")]
		if a == nil {
			continue
		}
		if num(c, "type") == typeFile {
			c["name"], c["size"] = a.Filename, a.Size
		}
		m["url"], m["proxy_url"], m["attachment_id"], m["content_type"] = a.URL, a.URL, a.ID, a.ContentType
		m["width"], m["height"], m["loading_state"], m["flags"] = a.Width, a.Height, 2, 0
	}
}

// object is the message as Discord's JSON. On a sealed message it needs no lock.
func (m *Message) object() obj {
	attachments := []obj{}
	shown := m.inEmbeds()
	for _, a := range m.Attachments {
		if !shown[a.ID] {
			attachments = append(attachments, a.object())
		}
	}
	mentions := []obj{}
	for _, u := range m.mentioned {
		mentions = append(mentions, u.object())
	}
	o := obj{
		"id": m.ID, "channel_id": m.ChannelID, "author": m.Author.object(), "content": m.Content, "type": m.Type,
		"timestamp": stamp(m.Created), "edited_timestamp": stamp(m.Edited), "tts": false, "mention_everyone": m.Everyone,
		"mentions": mentions, "mention_roles": append([]string{}, m.RolePings...), "attachments": attachments, "embeds": m.Embeds,
		"components": m.Components, "pinned": false, "flags": m.Flags,
	}
	if m.Nonce != "" {
		o["nonce"] = m.Nonce
	}
	if m.ReplyTo != "" {
		ref := obj{"type": 0, "message_id": m.ReplyTo, "channel_id": m.ChannelID}
		if m.GuildID != "" {
			ref["guild_id"] = m.GuildID
		}
		o["message_reference"] = ref
	}
	if m.Forwarded != nil {
		o["message_reference"] = obj{"type": 1, "message_id": m.Forwarded.ID, "channel_id": m.Forwarded.ChannelID}
		o["message_snapshots"] = []obj{{"message": m.Forwarded.snapshot()}}
	}
	if m.Author.Bot {
		o["application_id"] = m.Author.ID
	}
	if m.Origin != nil {
		o["webhook_id"] = m.Author.ID
		o["interaction_metadata"] = m.Origin.object()
	}
	return o
}

// snapshot is the part of a message that a forward shows.
func (m *Message) snapshot() obj {
	o, out := m.object(), obj{}
	for _, key := range []string{"type", "content", "embeds", "attachments", "timestamp", "edited_timestamp", "flags", "mentions", "mention_roles", "components"} {
		out[key] = o[key]
	}
	return out
}

// inEmbeds finds the attachments that embeds show; Discord does not list them
// among a message's attachments.
func (m *Message) inEmbeds() map[string]bool {
	shown := map[string]bool{}
	for _, e := range m.Embeds {
		raw := string(rawJSON(e))
		for _, a := range m.Attachments {
			if strings.Contains(raw, "/"+m.ChannelID+"/"+a.ID+"/") {
				shown[a.ID] = true
			}
		}
	}
	return shown
}

func (o *Origin) object() obj {
	out := obj{"id": o.ID, "type": int(o.Kind), "user": o.User.object(), "authorizing_integration_owners": obj{}}
	if o.Name != "" {
		out["name"] = o.Name
	}
	if o.Original != "" {
		out["original_response_message_id"] = o.Original
	}
	if o.Component != "" {
		out["interacted_message_id"] = o.Component
	}
	if o.Trigger != nil {
		out["triggering_interaction_metadata"] = o.Trigger.object()
	}
	return out
}

func (a *Attachment) object() obj {
	o := obj{"id": a.ID, "filename": a.Filename, "size": a.Size, "url": a.URL, "proxy_url": a.URL, "content_type": a.ContentType, "flags": 0}
	if a.Description != "" {
		o["description"] = a.Description
	}
	if a.Width > 0 {
		o["width"], o["height"] = a.Width, a.Height
	}
	if a.Ephemeral {
		o["ephemeral"] = true
	}
	if a.Spoiler {
		o["flags"] = 1 << 5
	}
	return o
}
