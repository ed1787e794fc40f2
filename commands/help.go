package commands

import (
	"context"

	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
)

// helpCommand is /help: how to start, what a seed does, and what is kept.
func (c *counter) helpCommand() bot.Command {
	topic := &discordgo.ApplicationCommandOption{
		Type: discordgo.ApplicationCommandOptionString, Name: topicOption, Description: topicDescription,
	}
	for _, t := range helpTopics() {
		topic.Choices = append(topic.Choices, &discordgo.ApplicationCommandOptionChoice{Name: t.name, Value: t.value})
	}
	return bot.Command{
		ApplicationCommand: &discordgo.ApplicationCommand{
			Name: helpName, Description: helpDescription, Type: discordgo.ChatApplicationCommand,
			Options: []*discordgo.ApplicationCommandOption{topic},
		},
		Handle: c.help,
	}
}

func (c *counter) help(ctx context.Context, i *bot.Interaction) error {
	topics := helpTopics()
	said := topics[0]
	for _, t := range topics {
		if t.value == i.Text(topicOption) {
			said = t
		}
	}
	return i.Respond(ctx, framed(blue, text(said.text)), true)
}
