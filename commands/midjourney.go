package commands

import (
	"slices"
	"strings"

	"seedbank/bot"
	"seedbank/exchange"
)

// Midjourney's bots on Discord, by the IDs that their applications and users have: Midjourney and niji・journey.
const (
	midjourneyBot = "936929561302675456"
	nijiBot       = "1022952195194359889"
)

// tellsItself tells that a message is Midjourney's own ✉️ answer: nobody else's words make a seed Midjourney's, and what
// somebody forwards is theirs. A prompt, which stands in all of Midjourney's messages, may be written to look like an
// answer; then it is followed by what Midjourney says of the maker, and the answer does not end the message.
func tellsItself(m *bot.Msg) bool {
	if !m.Author.Bot || !slices.Contains([]string{midjourneyBot, nijiBot}, m.Author.ID) {
		return false
	}
	content := strings.TrimSpace(m.Content)
	if found, bad := exchange.Envelopes(content); len(found) != 1 || len(bad) > 0 || found[0].MidjourneyID == "" {
		return false
	}
	before := content[:max(strings.LastIndexByte(content, '\n'), 0)]
	found, _ := exchange.Envelopes(before)
	return len(found) == 0 || found[0].MidjourneyID == ""
}
