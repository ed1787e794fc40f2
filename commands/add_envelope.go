package commands

import (
	"context"
	"strings"

	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
	"seedbank/db"
	"seedbank/exchange"
)

// envelopeCommand is the message command Record this ✉️ answer. Discord hands over the message it is used on, a
// forwarded one too, so that nothing need be copied.
func (c *counter) envelopeCommand() bot.Command {
	return bot.Command{
		ApplicationCommand: &discordgo.ApplicationCommand{Name: envelopeName, Type: discordgo.MessageApplicationCommand},
		Handle:             c.addEnvelope,
	}
}

// addEnvelope makes a card of Midjourney's ✉️ answer. The pictures that came with it become the card's.
func (c *counter) addEnvelope(ctx context.Context, i *bot.Interaction) error {
	if err := c.mayAdd(ctx, i); err != nil {
		return err
	}
	m, err := targetOf(i)
	if err != nil {
		return err
	}
	answers, bad := exchange.Envelopes(strings.Join(m.Texts(), "\n"))
	switch {
	case len(answers) > 1:
		return bot.Refuse(textAddSeveral(len(answers)))
	case len(answers) == 0 && len(bad) > 0:
		return bot.Refuse(textAddBroken(fileProblemWords(bad[0].Problem)))
	case len(answers) == 0:
		return bot.Refuse(textNoEnvelope)
	}
	set, err := c.settings(ctx, i)
	if err != nil {
		return err
	}
	card := answers[0].Card()
	card.Private = set.PrivateByDefault
	if tellsItself(m) {
		card.Source = db.Midjourney
	}
	var pictures []bot.Attachment
	for _, a := range attachmentsOf(m) {
		if isPicture(a) && len(pictures) < maxGallery {
			pictures = append(pictures, a)
		}
	}
	return c.keepAdded(ctx, i, card, pictures)
}
