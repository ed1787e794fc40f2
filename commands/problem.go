package commands

import (
	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
	"seedbank/retrieval"
)

// problemMessage is the reply to an ask that ended without a seed.
func problemMessage(ask retrieval.Ask, p retrieval.Problem) bot.Message {
	parts := []discordgo.MessageComponent{
		text(textProblem(p)),
		text(textProblemFooter(ask)),
	}
	if p.Retriable() {
		parts = append(parts, row(button(discordgo.PrimaryButton, "", labelTryAgain, bot.ID(verbAgain, ask.ID))))
	}
	return framed(red, parts...)
}
