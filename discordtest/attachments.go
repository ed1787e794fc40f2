package discordtest

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
)

func errTooManyAttachments() *apiError {
	return broken(http.StatusBadRequest, 30015, "Maximum number of attachments in a message reached (10)")
}

// readAttachments joins what an edited message keeps and what the request brings
// (Discord's reference, "Uploading Files"): the list names what is kept, and
// describes files[n] by the id n. In API v9 a file that an edit does not list is
// appended; from v10 on the list is all there is.
func (c *call) readAttachments(f *form, m *Message, body obj, w writing) *apiError {
	entries, given := f.listAt("", body, "attachments")
	slices.SortFunc(c.files, func(a, b File) int { return a.index - b.index })
	if len(c.files) > maxAttachments {
		return errTooManyAttachments()
	}
	old := m.Attachments
	var kept, added []Attachment
	if !given {
		kept = slices.Clone(old)
	}
	listed := map[int]bool{}
	for n, e := range entries {
		path := join("attachments", n)
		id := attachmentID(e)
		if k := slices.IndexFunc(old, func(a Attachment) bool { return a.ID == id }); w.edit && k >= 0 {
			a := old[k]
			describe(f, path, e, &a)
			kept = append(kept, a)
			continue
		}
		k := slices.IndexFunc(c.files, func(file File) bool { return strconv.Itoa(file.index) == id })
		if k < 0 || listed[c.files[k].index] {
			f.add(path, "ATTACHMENT_NOT_FOUND", "Attachment data could not be found")
			continue
		}
		listed[c.files[k].index] = true
		a := c.attachment(m, c.files[k])
		if name := str(e, "filename"); name != "" {
			a.Filename = cleanName(name)
		}
		describe(f, path, e, &a)
		added = append(added, a)
	}
	for _, file := range c.files {
		switch {
		case listed[file.index]:
		case given && w.edit && c.version >= 10:
			c.flag(file.Field + " is not in attachments, so it is not in the message (API v10)")
		default:
			added = append(added, c.attachment(m, file))
		}
	}
	// Pictures of embeds and components that are not replaced stay with them.
	for _, a := range old {
		stays := slices.ContainsFunc(kept, func(k Attachment) bool { return k.ID == a.ID })
		if !stays && m.refersTo(a, body) {
			kept = append(kept, a)
		}
	}
	m.Attachments = append(kept, added...)
	if len(m.Attachments) > maxAttachments {
		return errTooManyAttachments()
	}
	return nil
}

// refersTo tells whether a part of the message that the body does not replace
// shows the attachment.
func (m *Message) refersTo(a Attachment, body obj) bool {
	var raw string
	if _, replaced := body["embeds"]; !replaced {
		raw += string(rawJSON(m.Embeds))
	}
	if _, replaced := body["components"]; !replaced {
		raw += string(rawJSON(m.Components))
	}
	return strings.Contains(raw, `"attachment://`+a.Filename+`"`)
}

// attachmentID reads an id that may be text or number.
func attachmentID(e obj) string {
	if n, ok := integer(e, "id"); ok {
		return strconv.Itoa(n)
	}
	return str(e, "id")
}

func describe(f *form, path string, e obj, a *Attachment) {
	if _, given := e["description"]; given {
		a.Description, _ = f.text(path, e, "description", 0, maxAltText)
	}
	if _, given := e["is_spoiler"]; given {
		f.boolean(path, e, "is_spoiler")
		a.Spoiler = flag(e, "is_spoiler")
	}
}

func (c *call) attachment(m *Message, file File) Attachment {
	a := Attachment{ID: c.s.newID(), Filename: file.Name, Size: file.Size, Ephemeral: m.Ephemeral(), Path: file.path}
	a.ContentType, a.Width, a.Height = file.kind, file.width, file.height
	a.Spoiler = strings.HasPrefix(a.Filename, "SPOILER_")
	return a
}

// hasAttachment finds an attachment by the name that attachment:// uses.
func (m *Message) hasAttachment(name string) bool {
	return slices.ContainsFunc(m.Attachments, func(a Attachment) bool { return a.Filename == name })
}
