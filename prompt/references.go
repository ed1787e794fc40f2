package prompt

import (
	"slices"
	"strings"
)

// References are the links to pictures the prompt builds on: image prompts first, then those of --sref, --oref and
// the like, in their order, each once.
func (p Prompt) References() []string {
	references := slices.Clone(p.Images)
	for _, parameter := range p.Parameters {
		if _, k, _ := lookUp(parameter.Name); k != links {
			continue
		}
		for _, c := range parameter.Codes() {
			if strings.Contains(c.Text, "://") {
				references = append(references, c.Text)
			}
		}
	}
	return unique(references)
}

// unique drops what was there before.
func unique(all []string) []string {
	seen := make(map[string]bool, len(all))
	return slices.DeleteFunc(all, func(s string) bool {
		before := seen[s]
		seen[s] = true
		return before
	})
}

// expires holds for links of Discord's file servers, which sign them for a day. Source: Discord's reference, Signed
// Attachment CDN URLs.
func expires(link string) bool {
	h := host(link)
	return h == "cdn.discordapp.com" || strings.HasSuffix(h, ".discordapp.net")
}

// host is the host of a link in lower case, without port.
func host(link string) string {
	_, rest, _ := strings.Cut(link, "://")
	if i := strings.IndexAny(rest, "/?#\\"); i >= 0 {
		rest = rest[:i]
	}
	rest = rest[strings.LastIndexByte(rest, '@')+1:]
	rest, _, _ = strings.Cut(rest, ":")
	return strings.ToLower(strings.TrimSuffix(rest, "."))
}
