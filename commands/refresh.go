package commands

import (
	"context"
	"slices"

	"seedbank/bot"
	"seedbank/db"
)

// refresh uploads a card's pictures anew: into the message that was pressed where that shows the card, else into a
// message of its own.
func (c *counter) refresh(ctx context.Context, i *bot.Interaction, card db.Card) error {
	if err := mayAnswer(i); err != nil {
		return err
	}
	a := aimAtKnown(card)
	if !showsCard(i.Message, card) {
		return c.begin(ctx, i, a, true)
	}
	at := &inPlace{
		Known: slices.Contains(i.Message.Texts(), textKnown(card.Created)),
		Above: headOf(i.Message),
	}
	for position := range standing(i.Message, card.Number) {
		if position > 0 {
			at.Shown++
		}
	}
	to := address{Reply: i.ReplyOnMessage(), InPlace: at}
	return c.askTo(ctx, i, a, to, func() error { return i.DeferUpdate(ctx) })
}
