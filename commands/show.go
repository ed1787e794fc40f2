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

// showCard posts a card once more, with its pictures. The number comes from outside, a chosen one too.
func (c *counter) showCard(ctx context.Context, i *bot.Interaction, number string, private bool) error {
	if err := mayAnswer(i); err != nil {
		return err
	}
	n := readCardNumber(number)
	if n == 0 {
		return bot.Refuse(textNotNumber)
	}
	a, err := c.aimAt(ctx, i, reference{card: n})
	if err != nil {
		return err
	}
	return c.begin(ctx, i, a, private)
}
