package commands

import (
	"context"

	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
)

// seedsCommand is /seeds: what the history holds. Its parts stand in history.go and show.go.
func (c *counter) seedsCommand() bot.Command {
	return bot.Command{
		ApplicationCommand: &discordgo.ApplicationCommand{
			Name: seedsName, Description: seedsDescription, Type: discordgo.ChatApplicationCommand,
			Options: []*discordgo.ApplicationCommandOption{historyOption(), showOption()},
		},
		Handle:       c.seeds,
		Autocomplete: c.suggestCards,
	}
}

func (c *counter) seeds(ctx context.Context, i *bot.Interaction) error {
	switch i.Path {
	case seedsName + " " + historyName:
		return c.listHistory(ctx, i)
	case seedsName + " " + showName:
		return c.show(ctx, i)
	}
	return bot.Refuse(textNoChoice) // a command list older or newer than this program
}

// privately is the option private where answers are private unless it says no.
func privately(i *bot.Interaction) bool {
	_, given := i.Options[privateOption]
	return !given || i.Flag(privateOption)
}
