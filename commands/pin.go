package commands

import (
	"context"

	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
	"seedbank/db"
	"seedbank/prompt"
)

// pinned is a card's line to paste with the model written out that its prompt leaves to the account: the default of the
// day it was made. ok is false where the prompt names a model, where there is no prompt, or where that default is not
// known: then there is nothing to pin.
func pinned(card db.Card) (line, version string, ok bool) {
	p := prompt.Parse(card.Prompt)
	model, known := prompt.DefaultModel(madeAt(card))
	if !known || p.Text == "" && len(p.Images) == 0 {
		return "", "", false
	}
	line = p.WithSeed(card.Seed, prompt.PinVersion(model.Version))
	return line, model.Version, line != p.WithSeed(card.Seed)
}

// copyPinned says the pinned line as the whole content of a private message.
func (c *counter) copyPinned(ctx context.Context, i *bot.Interaction) error {
	card, err := c.cardOfButton(ctx, i)
	if err != nil {
		return err
	}
	return c.tellPinned(ctx, i, card)
}

func (c *counter) tellPinned(ctx context.Context, i *bot.Interaction, card db.Card) error {
	line, _, ok := pinned(card)
	if !ok {
		return bot.Refuse(textNothingToPin)
	}
	return c.tellCardLine(ctx, i, card, line)
}

// whyMessage is every reason why a card's picture might come out different, and the line that mends what can be mended by
// one press.
func whyMessage(card db.Card) bot.Message {
	parts := []discordgo.MessageComponent{text(verdictText(card))}
	if _, version, ok := pinned(card); ok {
		parts = append(parts, row(button(discordgo.PrimaryButton, "📌", labelCopyPinned(version),
			cardID(verbPin, card.Number))))
	}
	return framed(colourOf(verdictOf(card).Level), parts...)
}
