package useapi

import (
	"bytes"
	"encoding/json"
	"net/url"
	"path"
	"regexp"
	"strings"
)

// Sanitized gives the whole job as JSON for storage, without what leads to people or opens doors: tokens, webhook
// addresses, references to who asked, users and mentions, the account name in front of every file name, signatures of
// links, and the buttons' inner workings. Prompt, content, ids, sizes and what nobody has explained stay. The link of an
// attachment keeps its channel and attachment id, by which Discord can give a new one, and no longer opens.
func (j *Job) Sanitized() json.RawMessage {
	raw, err := json.Marshal(j)
	if err != nil { // Raw was made by hand and is no JSON
		bare := *j
		bare.Raw = nil
		if raw, err = json.Marshal(bare); err != nil {
			return json.RawMessage("{}")
		}
	}
	numbers := json.NewDecoder(bytes.NewReader(raw))
	numbers.UseNumber() // ids are longer than a float64 is exact
	var tree any
	if numbers.Decode(&tree) != nil {
		return json.RawMessage("{}")
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if e.Encode(scrub("", tree)) != nil {
		return json.RawMessage("{}")
	}
	return bytes.TrimSpace(out.Bytes())
}

// private tells the members that are left out wherever they stand.
func private(key string) bool {
	switch strings.ToLower(key) {
	case "replyurl", "replyref", "token", "authorization", "discord", "email", // doors
		"author", "user", "users", "member", "mentions", "interaction", "interaction_metadata", "username",
		"global_name", "display_name", "avatar", "replyto", // people
		"proxy_url", "components", "icon_url", "proxy_icon_url":
		return true
	}
	return false
}

func scrub(key string, v any) any {
	switch v := v.(type) {
	case map[string]any:
		for name, member := range v {
			if private(name) {
				delete(v, name)
				continue
			}
			v[name] = scrub(name, member)
		}
	case []any:
		for n, item := range v {
			v[n] = scrub(key, item)
		}
	case string:
		return scrubText(key, v)
	}
	return v
}

var mention = regexp.MustCompile(`<@!?\d+>`)

func scrubText(key, s string) string {
	switch key {
	case "url":
		s = neutralURL(s)
	case "filename", "title":
		if key == "filename" || tile.MatchString(s) {
			s = neutralName(s)
		}
	case "content":
		// Behind the prompt stands who asked: **<prompt>** - <@id> (fast)
		if end := strings.LastIndex(s, "**"); end >= 0 {
			s = s[:end] + mention.ReplaceAllString(s[end:], "<@0>")
		}
	}
	return maskShape(s)
}

// neutralURL strips an attachment's link of its signature and the account name.
func neutralURL(raw string) string {
	u, err := url.Parse(raw)
	if err != nil || !strings.Contains(u.Path, "/attachments/") {
		return raw
	}
	dir, name := path.Split(u.Path)
	u.Path, u.RawPath = dir+neutralName(name), ""
	u.RawQuery, u.ForceQuery, u.Fragment, u.User = "", false, "", nil
	return u.String()
}

var (
	uglyName = regexp.MustCompile(`(?:_(\d_)|_)(` + guid + `)(\.\w+)?$`)
	fileType = regexp.MustCompile(`\.\w{1,5}$`)
)

// neutralName keeps the place in the grid, the GUID and the type of a file's name: what stands in front of them is
// the account's name and words of the prompt.
func neutralName(name string) string {
	if m := uglyName.FindStringSubmatch(name); m != nil {
		return "image_" + m[1] + m[2] + m[3]
	}
	return "image" + fileType.FindString(name)
}
