package commands

import (
	"time"

	"seedbank/exchange"
)

// markdownWords is what a Markdown file says beside the cards; the messages it links to are the guild's, or those of a
// conversation where there is none.
func markdownWords(guild string, at time.Time) exchange.Markdown {
	if guild == "" {
		guild = ownConversations
	}
	return exchange.Markdown{
		Intro: markdownIntro(at),
		Facts: func(r exchange.Record) string {
			link := ""
			if r.Channel != "" && r.Message != "" {
				link = messageLink{Guild: guild, Channel: r.Channel, Message: r.Message}.String()
			}
			return markdownFacts(r, link)
		},
		Quote: func(line string) string {
			text, _ := quoted(line, maxText)
			return text
		},
	}
}
