package discordtest

import (
	"net/url"
	"path"
	"slices"
	"strings"
	"time"
)

// readEmbeds takes the embeds of a body (Discord's "Embed Object" and "Embed Limits").
func (c *call) readEmbeds(f *form, m *Message, body obj) {
	embeds, given := f.listAt("", body, "embeds")
	if !given {
		return
	}
	if len(embeds) > maxEmbeds {
		f.add("embeds", "BASE_TYPE_MAX_LENGTH", "Must be %d or fewer in length.", maxEmbeds)
	}
	sum := 0
	m.Embeds = make([]obj, 0, len(embeds))
	for n, e := range embeds {
		c.checkEmbed(f, join("embeds", n), e, m)
		for _, text := range embedTexts(e) {
			sum += len([]rune(text))
		}
		kept := cloneObj(e)
		kept["type"] = "rich"
		m.Embeds = append(m.Embeds, kept)
	}
	if sum > maxEmbedTexts {
		f.add("embeds", "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of %d", maxEmbedTexts)
	}
}

func (c *call) checkEmbed(f *form, at string, e obj, m *Message) {
	f.text(at, e, "title", 0, 256)
	f.text(at, e, "description", 0, 4096)
	f.link(at, e, "url", "http", "https")
	f.within(at, e, "color", 0, 0xFFFFFF)
	if v, ok := e["timestamp"].(string); e["timestamp"] != nil && (!ok || !isTimestamp(v)) {
		f.add(join(at, "timestamp"), "DATE_TIME_TYPE_PARSE", "Could not parse %v. Should be ISO8601.", e["timestamp"])
	}
	if footer := child(e, "footer"); footer != nil {
		f.text(join(at, "footer"), footer, "text", 1, 2048)
		c.embedMedia(f, join(at, "footer"), footer, "icon_url", m)
	}
	if author := child(e, "author"); author != nil {
		f.text(join(at, "author"), author, "name", 1, 256)
		f.link(join(at, "author"), author, "url", "http", "https")
		c.embedMedia(f, join(at, "author"), author, "icon_url", m)
	}
	for _, slot := range []string{"image", "thumbnail"} {
		if o := child(e, slot); o != nil {
			if str(o, "url") == "" {
				f.add(join(at, slot, "url"), "BASE_TYPE_REQUIRED", "This field is required")
			}
			c.embedMedia(f, join(at, slot), o, "url", m)
		}
	}
	fields, _ := f.listAt(at, e, "fields")
	if len(fields) > 25 {
		f.add(join(at, "fields"), "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
	}
	for n, field := range fields {
		f.text(join(at, "fields", n), field, "name", 1, 256)
		f.text(join(at, "fields", n), field, "value", 1, 1024)
		f.boolean(join(at, "fields", n), field, "inline")
	}
}

// embedMedia checks a picture's address. Of a wrong attachment:// Discord shows
// nothing and says nothing, so it is noted only.
func (c *call) embedMedia(f *form, at string, o obj, key string, m *Message) {
	f.link(at, o, key, "http", "https", "attachment")
	name, ok := strings.CutPrefix(str(o, key), "attachment://")
	if !ok {
		return
	}
	picture := slices.Contains([]string{".jpg", ".jpeg", ".png", ".webp", ".gif"}, strings.ToLower(path.Ext(name)))
	switch {
	case !m.hasAttachment(name):
		c.flag(join(at, key) + ": there is no attachment " + name)
	case !picture:
		c.flag(join(at, key) + ": embeds show only jpg, jpeg, png, webp and gif")
	}
}

// link checks an optional address.
func (f *form) link(at string, o obj, key string, schemes ...string) {
	v := o[key]
	if v == nil {
		return
	}
	text, ok := v.(string)
	switch u, err := url.Parse(text); {
	case !ok:
		f.add(join(at, key), "STRING_TYPE_CONVERT", "Could not interpret %v as string.", v)
	case len(text) > 2048:
		f.add(join(at, key), "BASE_TYPE_MAX_LENGTH", "Must be 2048 or fewer in length.")
	case err != nil || u.Scheme == "" || u.Host == "":
		f.add(join(at, key), "URL_TYPE_INVALID_URL", "Not a well formed URL.")
	case !slices.Contains(schemes, strings.ToLower(u.Scheme)):
		f.add(join(at, key), "URL_TYPE_INVALID_SCHEME", "Scheme %q is not supported. Scheme must be one of ('%s').", u.Scheme, strings.Join(schemes, "', '"))
	}
}

// emptyEmbed tells whether an embed shows nothing.
func emptyEmbed(e obj) bool {
	return len(embedTexts(e)) == 0 && child(e, "image") == nil && child(e, "thumbnail") == nil
}

func isTimestamp(text string) bool {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04:05.999999999", "2006-01-02"} {
		if _, err := time.Parse(layout, text); err == nil {
			return true
		}
	}
	return false
}
