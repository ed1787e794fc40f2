package commands

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf16"

	"seedbank/prompt"
)

// Prompts, file names and the words of other services are other people's: they are shown as text and never as
// markdown, links, mentions or lines of our own layout.

// plain is s on one line: white space of every kind becomes single spaces, and characters that nobody sees but that
// change what others look like (controls, overrides of the writing direction) are gone.
func plain(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range strings.ToValidUTF8(s, "") {
		switch {
		case unicode.IsSpace(r):
			space = b.Len() > 0
			continue
		case unicode.IsControl(r), overrides(r):
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

// overrides tells invisible characters that turn or hide the text around them. Letters of scripts written from right
// to left need none of them, and emoji need only joiners and selectors, which stay.
func overrides(r rune) bool {
	switch {
	case r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069, r == 0x200E, r == 0x200F, r == 0x061C:
		return true
	case r == 0x200B, r == 0x2060, r == 0xFEFF, r == 0x00AD, r >= 0xE0000 && r <= 0xE007F:
		return true
	}
	return false
}

// quoted is s as text that Discord shows as it is, on one line, within max UTF-16 units as sent; cut tells that the
// end is missing, and the text then ends with an ellipsis.
func quoted(s string, max int) (text string, cut bool) {
	s = plain(s)
	var b strings.Builder
	length, safe := 0, 0 // units so far; bytes up to which an ellipsis still fits
	for at, r := range s {
		piece := escaped(s, at, r)
		length += units(piece)
		if length > max {
			return strings.TrimRight(b.String()[:safe], " ") + "…", true
		}
		b.WriteString(piece)
		if length < max {
			safe = b.Len()
		}
	}
	return b.String(), false
}

// escaped is the rune at the byte offset as markdown that means only itself.
func escaped(s string, at int, r rune) string {
	switch r {
	case '\\', '*', '_', '~', '|', '`', '<', '[', ']', '@':
		return `\` + string(r)
	case ':': // no link of its own, and no link to be trusted for standing in our answer
		if strings.HasPrefix(s[at+1:], "//") {
			return `\:`
		}
	case '#', '>', '-', '+': // headings, quotes, small print and lists begin a line
		if at == 0 && !strings.HasPrefix(s, "--") {
			return `\` + string(r)
		}
	case '.', ')':
		if at > 0 && strings.Trim(s[:at], "0123456789") == "" {
			return `\` + string(r)
		}
	}
	return string(r)
}

// shortened is s as plain text of at most max UTF-16 units, for places where Discord reads no markdown.
func shortened(s string, max int) string {
	s = plain(s)
	if units(s) <= max {
		return s
	}
	length := 0
	for at, r := range s {
		if length += utf16.RuneLen(r); length > max-1 {
			return strings.TrimRight(s[:at], " ") + "…"
		}
	}
	return s
}

// cutRunes is s within max characters, its lines and marks as they are.
func cutRunes(s string, max int) string {
	if runes := []rune(s); len(runes) > max {
		return string(runes[:max])
	}
	return s
}

// units is the length of s as Discord's clients count it.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}

// What another service says may name things that are nobody's business here: the token, the account behind a job,
// addresses.
var (
	tokenPattern = regexp.MustCompile(`(?i)\bbearer\s+\S+|\buser:\d+-\S+`)
	jobPattern   = regexp.MustCompile(`\bj\d{19}[a-z]?-u\d+-c\d+-bot:[A-Za-z0-9]+`)
	urlPattern   = regexp.MustCompile(`(?i)\b[a-z][a-z0-9+.-]*://\S+`)
	longNumber   = regexp.MustCompile(`\b\d{15,}\b`)
	markup       = regexp.MustCompile(`(?i)<\s*(!doctype|/?[a-z][a-z0-9]*(\s[^>]*)?/?)\s*>?`)
)

// maxForeignWords bounds what another service may say in our reply, in UTF-16 units.
const maxForeignWords = 300

// foreign is what another service said, fit to be repeated in a reply; "" when nothing of it is.
func foreign(s string) string {
	if markup.MatchString(s) {
		return "" // a web page, written for nobody who reads this
	}
	s = tokenPattern.ReplaceAllString(s, "…")
	s = jobPattern.ReplaceAllStringFunc(s, shortJob)
	s = urlPattern.ReplaceAllString(s, "…")
	s = uuidPattern.ReplaceAllString(s, "…")
	s = longNumber.ReplaceAllString(s, "…")
	text, _ := quoted(s, maxForeignWords)
	return text
}

// promptWords is what a prompt says, without its parameters, fit to be shown: see seemly.
func promptWords(s string) string {
	return seemly(wordsPart(prompt.Parse(s)))
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
