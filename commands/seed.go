package commands

import (
	"context"

	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
)

// maxJobText is Discord's own limit for a text option: enough for the JSON of a whole job.
const maxJobText = 6000

// seedCommand is /seed: the seed of whatever the text points to.
func (c *counter) seedCommand() bot.Command {
	return bot.Command{
		ApplicationCommand: &discordgo.ApplicationCommand{
			Name: seedName, Description: seedDescription, Type: discordgo.ChatApplicationCommand,
			Options: []*discordgo.ApplicationCommandOption{
				{
					Type: discordgo.ApplicationCommandOptionString, Name: jobOption, Description: jobDescription,
					Required: true, Autocomplete: true, MaxLength: maxJobText,
				},
				privateChoice(privateText),
			},
		},
		Handle:       c.seed,
		Autocomplete: c.suggestJobs,
	}
}

func (c *counter) seed(ctx context.Context, i *bot.Interaction) error {
	if err := mayAnswer(i); err != nil {
		return err
	}
	private, err := c.privateHere(ctx, i)
	if err != nil {
		return err
	}
	typed := i.Text(jobOption)
	ref := readReference(typed)
	if f, fixed := fixedIn(typed); fixed && ref.empty() {
		return i.Respond(ctx, fixedMessage(f, ""), private)
	}
	return c.about(ctx, i, ref, private)
}

func privateChoice(description string) *discordgo.ApplicationCommandOption {
	return &discordgo.ApplicationCommandOption{
		Type: discordgo.ApplicationCommandOptionBoolean, Name: privateOption, Description: description,
	}
}
