package bot

import "strings"

// idVersion begins every custom ID. Buttons live as long as their messages, so a later layout needs a new version
// beside this one, never a new meaning of it.
const idVersion = "v1"

// MaxCustomID is Discord's limit for a custom ID, in characters.
const MaxCustomID = 100

// CustomID is what a button, menu or modal carries: which handler it belongs to, and its arguments.
type CustomID struct {
	Verb string
	Args []string
}

// Arg is the n-th argument, or "" when there are fewer.
func (c CustomID) Arg(n int) string {
	if n < 0 || n >= len(c.Args) {
		return ""
	}
	return c.Args[n]
}

// ID builds the custom ID "v1:verb:arg:arg". Arguments may hold any character; the caller keeps the whole within
// MaxCustomID.
func ID(verb string, args ...string) string {
	var b strings.Builder
	b.WriteString(idVersion + ":" + escapeID(verb))
	for _, arg := range args {
		b.WriteString(":" + escapeID(arg))
	}
	return b.String()
}

// ParseID reads what ID built; ok is false for anything else, custom IDs of other versions included.
func ParseID(id string) (c CustomID, ok bool) {
	parts := strings.Split(id, ":")
	if len(parts) < 2 || parts[0] != idVersion || parts[1] == "" {
		return CustomID{}, false
	}
	for i := range parts {
		parts[i] = unescapeID(parts[i])
	}
	c.Verb = parts[1]
	if len(parts) > 2 {
		c.Args = parts[2:]
	}
	return c, true
}

func escapeID(s string) string {
	return strings.NewReplacer("%", "%25", ":", "%3A").Replace(s)
}

func unescapeID(s string) string {
	return strings.NewReplacer("%3A", ":", "%25", "%").Replace(s)
}
