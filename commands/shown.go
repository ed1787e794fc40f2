package commands

import (
	"strings"

	"seedbank/prompt"
)

// promptWords is what a prompt says, without its parameters, fit to be shown: see seemly.
func promptWords(s string) string {
	p := prompt.Parse(s)
	return seemly(strings.Join(append(append([]string(nil), p.Images...), p.Text), " "))
}

// promptText is promptWords as plain text on one line.
func promptText(s string) string { return plain(promptWords(s)) }

// seemly takes out of a prompt what is nobody's business in a reply: the addresses of pictures, which hold the IDs of
// accounts, channels and jobs, are cut to their host, and the IDs themselves are left out. Copy prompt gives the prompt
// to the letter.
func seemly(s string) string {
	s = urlPattern.ReplaceAllStringFunc(s, hostOf)
	s = jobPattern.ReplaceAllStringFunc(s, shortJob)
	return uuidPattern.ReplaceAllString(s, "…")
}

// hostOf is "s.mj.run/…" for the address of a picture there.
func hostOf(address string) string {
	_, rest, _ := strings.Cut(address, "://")
	end := strings.IndexAny(rest, "/?#")
	if end < 0 {
		end = len(rest)
	}
	host, more := rest[:end], rest[end:]
	if _, after, named := strings.Cut(host, "@"); named {
		host = after
	}
	if more == "" {
		return host
	}
	return host + "/…"
}

// versionLabel is a model version as lists show it: "v7", "niji 6".
func versionLabel(version string) string {
	if version != "" && version[0] >= '0' && version[0] <= '9' {
		return "v" + version
	}
	return version
}
