package commands

import (
	"context"

	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
	"seedbank/db"
)

// showOption is /seeds show: a card once more.
func showOption() *discordgo.ApplicationCommandOption {
	return &discordgo.ApplicationCommandOption{
		Type: discordgo.ApplicationCommandOptionSubCommand, Name: showName, Description: showDescription,
		Options: []*discordgo.ApplicationCommandOption{
			{
				Type: discordgo.ApplicationCommandOptionString, Name: cardOption, Description: findDescription,
				Required: true, Autocomplete: true, MaxLength: maxCardText,
			},
			privateChoice(privateDefault),
		},
	}
}

// maxCardText is more than a card number takes; what is longer is a mistake.
const maxCardText = 100

// show posts the card that is meant. Where words mean several, the member chooses among them.
func (c *counter) show(ctx context.Context, i *bot.Interaction) error {
	if err := mayAnswer(i); err != nil {
		return err
	}
	n, err := c.cardsNamed(ctx, i, i.Text(cardOption))
	switch {
	case err != nil:
		return err
	case !n.plain():
		return i.Respond(ctx, n.message(), true)
	}
	return c.showCard(ctx, i, n.cards[0], privately(i))
}

// message lets a member choose among the cards that their words mean.
func (n namedCards) message() bot.Message {
	said := textWhichCard
	if n.near {
		said = textNearest(n.typed)
	}
	return openOneOf(said, n.cards)
}

// openOneOf lets a member open one of some cards.
func openOneOf(said string, cards []db.Card) bot.Message {
	shown := cards[:min(len(cards), pageRows)]
	parts := append([]discordgo.MessageComponent{text(said)}, rowsAndMenu(shown)...)
	if len(cards) > len(shown) {
		parts = append(parts, text(textMoreCards))
	}
	return framed(blue, parts...)
}

// open shows the card that was chosen in a list, to the one who chose.
func (c *counter) open(ctx context.Context, i *bot.Interaction) error {
	if len(i.Values) != 1 {
		return bot.Refuse(textNoChoice)
	}
	return c.showNumbered(ctx, i, i.Values[0])
}

// showNumbered shows a card to the one who pressed. The number comes from outside.
func (c *counter) showNumbered(ctx context.Context, i *bot.Interaction, number string) error {
	n := readCardNumber(number)
	if n == 0 {
		return bot.Refuse(textNotNumber)
	}
	if err := mayAnswer(i); err != nil {
		return err
	}
	card, err := c.cardOf(ctx, i, n)
	if err != nil {
		return err
	}
	return c.showCard(ctx, i, card, true)
}

// showCard posts a card once more, with its pictures.
func (c *counter) showCard(ctx context.Context, i *bot.Interaction, card db.Card, private bool) error {
	return c.begin(ctx, i, aimAtKnown(card), private)
}

// lastOption is /seeds last.
func lastOption() *discordgo.ApplicationCommandOption {
	return &discordgo.ApplicationCommandOption{
		Type: discordgo.ApplicationCommandOptionSubCommand, Name: lastName, Description: lastDescription,
		Options: []*discordgo.ApplicationCommandOption{privateChoice(privateDefault)},
	}
}

func (c *counter) last(ctx context.Context, i *bot.Interaction) error {
	if err := mayAnswer(i); err != nil {
		return err
	}
	card, err := c.cardNamed(ctx, i, wordLast)
	if err != nil {
		return err
	}
	return c.showCard(ctx, i, card, privately(i))
}

// openCard shows the card that a button names, to the one who presses.
func (c *counter) openCard(ctx context.Context, i *bot.Interaction) error {
	return c.showNumbered(ctx, i, i.CustomID.Arg(0))
}
