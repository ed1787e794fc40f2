package commands

import (
	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
	"seedbank/retrieval"
)

// problemMessage is the reply to an ask that ended without a seed, or to an order that ended without a picture.
func problemMessage(ask retrieval.Ask, p retrieval.Problem) bot.Message {
	said := textProblem(p)
	if ask.Generate != nil {
		said = textOrderProblem(p)
	}
	parts := []discordgo.MessageComponent{text(said), text(textProblemFooter(ask))}
	if p.Retriable() && ask.Generate == nil { // what costs is not done again by a mere press
		parts = append(parts, row(button(discordgo.PrimaryButton, "", labelTryAgain, bot.ID(verbAgain, ask.ID))))
	}
	if p.Code == retrieval.Stopped { // as somebody wanted it
		return framed(grey, parts...)
	}
	return framed(red, parts...)
}
