package commands

import (
	"context"
	"fmt"

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
	if ref.empty() {
		return c.seedOfWords(ctx, i, typed)
	}
	return c.about(ctx, i, ref, private)
}

// seedOfWords answers words, which name no job: they may mean a card, as its suggestions do while one types. Which one is
// for the member to say.
func (c *counter) seedOfWords(ctx context.Context, i *bot.Interaction, typed string) error {
	if plain(typed) == "" {
		return bot.Refuse(textUnreadable)
	}
	v, err := c.eyes(ctx, i)
	if err != nil {
		return err
	}
	short, cancel := context.WithTimeout(ctx, lookupTime)
	defer cancel()
	cards, err := c.history.Suggest(short, v, typed, maxSuggestions)
	switch {
	case err != nil:
		return fmt.Errorf("look up cards by words: %w", err)
	case len(cards) == 0:
		return bot.Refuse(textUnreadable)
	}
	return i.Respond(ctx, openOneOf(textMeantCard, cards), true)
}

func privateChoice(description string) *discordgo.ApplicationCommandOption {
	return &discordgo.ApplicationCommandOption{
		Type: discordgo.ApplicationCommandOptionBoolean, Name: privateOption, Description: description,
	}
}
