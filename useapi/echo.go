package useapi

import (
	"regexp"
	"strings"
)

// The content of a finished image is "**<prompt>** - <@<id>> (fast)", sometimes with "(100%)" before the speed. The
// prompt is a stranger's text, so the end is looked for from behind.
var (
	behindPrompt = regexp.MustCompile(`^\*\*[ \t]*-[ \t]*(?:Image #\d+[ \t]*)?<@[^>]*>(.*)$`)
	inBrackets   = regexp.MustCompile(`\(([^()]*)\)`)
	fileGUID     = regexp.MustCompile(`_(` + guid + `)(?:\.\w+)?$`)
)

// Echo is the prompt of a finished image as Midjourney repeats it, with the parameters it added, and the speed it was
// made at, "fast", "relaxed" or "turbo"; either is empty if it was not told.
func (j *Job) Echo() (prompt, speed string) {
	if j.Response == nil || j.Response.answer != "" || strings.HasPrefix(j.Verb, "seed") {
		return "", ""
	}
	rest, bold := strings.CutPrefix(strings.TrimSpace(j.Response.Content), "**")
	end := max(strings.LastIndex(rest, "**"), 0)
	behind := behindPrompt.FindStringSubmatch(rest[end:])
	if !bold || behind == nil {
		return "", ""
	}
	for _, m := range inBrackets.FindAllStringSubmatch(behind[1], -1) {
		switch word := strings.ToLower(strings.TrimSpace(m[1])); word {
		case "fast", "turbo":
			speed = word
		case "relax", "relaxed":
			speed = "relaxed"
		}
	}
	return rest[:end], speed
}

// ImageID is Midjourney's own id of a finished image, out of the name of its file; empty if that has none. It leads to
// the account that made the image: keep it, do not show it.
func (j *Job) ImageID() string {
	for _, image := range j.Images() {
		for _, name := range []string{image.Filename, nameIn(image.URL)} {
			if m := fileGUID.FindStringSubmatch(name); m != nil {
				return m[1]
			}
		}
	}
	return ""
}
