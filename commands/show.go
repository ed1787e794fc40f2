package commands

import (
	"context"

	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
)

// showOption is /seeds show: a card once more.
func showOption() *discordgo.ApplicationCommandOption {
	return &discordgo.ApplicationCommandOption{
		Type: discordgo.ApplicationCommandOptionSubCommand, Name: showName, Description: showDescription,
		Options: []*discordgo.ApplicationCommandOption{
			{
				Type: discordgo.ApplicationCommandOptionString, Name: cardOption, Description: cardDescription,
				Required: true, Autocomplete: true, MaxLength: maxCardText,
			},
			privateChoice(privateDefault),
		},
	}
}

// maxCardText is more than a card number takes; what is longer is a mistake.
const maxCardText = 100

func (c *counter) show(ctx context.Context, i *bot.Interaction) error {
	return c.showCard(ctx, i, i.Text(cardOption), privately(i))
}

// open shows the card that was chosen in a list, to the one who chose.
func (c *counter) open(ctx context.Context, i *bot.Interaction) error {
	if len(i.Values) != 1 {
		return bot.Refuse(textNoChoice)
	}
	return c.showCard(ctx, i, i.Values[0], true)
}

// showCard posts a card once more, with its pictures. What names it comes from outside, a chosen number too.
func (c *counter) showCard(ctx context.Context, i *bot.Interaction, named string, private bool) error {
	if err := mayAnswer(i); err != nil {
		return err
	}
	card, err := c.cardNamed(ctx, i, named)
	if err != nil {
		return err
	}
	return c.begin(ctx, i, aim{card: card.Number, private: card.Private}, private)
}

// lastOption is /seeds last.
func lastOption() *discordgo.ApplicationCommandOption {
	return &discordgo.ApplicationCommandOption{
		Type: discordgo.ApplicationCommandOptionSubCommand, Name: lastName, Description: lastDescription,
		Options: []*discordgo.ApplicationCommandOption{privateChoice(privateDefault)},
	}
}

func (c *counter) last(ctx context.Context, i *bot.Interaction) error {
	return c.showCard(ctx, i, wordLast, privately(i))
}

// openCard shows the card that a button names, to the one who presses.
func (c *counter) openCard(ctx context.Context, i *bot.Interaction) error {
	return c.showCard(ctx, i, i.CustomID.Arg(0), true)
}
