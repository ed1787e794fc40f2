package commands

import (
	"context"

	"seedbank/bot"
	"seedbank/db"
)

// more does what was chosen in the menu More… of a card. The choice comes from outside.
func (c *counter) more(ctx context.Context, i *bot.Interaction) error {
	if len(i.Values) != 1 {
		return bot.Refuse(textNoChoice)
	}
	card, err := c.cardOfButton(ctx, i)
	if err != nil {
		return err
	}
	if err := c.chosen(ctx, i, card); err != nil {
		return err
	}
	c.letChooseAgain(ctx, i, card)
	return nil
}

// letChooseAgain edits the message as it is when its choice was answered elsewhere. Discord's client goes on showing what
// was chosen, and does not send the same choice a second time, until the message is edited. A private message cannot be
// edited besides; one that is not edited is only less handy.
func (c *counter) letChooseAgain(ctx context.Context, i *bot.Interaction, card db.Card) {
	if i.Reply().Message != "" || isPrivate(i.Message) || !showsCard(i.Message, card) {
		return
	}
	if m, ok := reshown(i.Message, card); ok {
		_, _ = c.changer.EditMessage(ctx, i.Channel, i.MessageID(), m)
	}
}

// chosen does what i.Values holds.
func (c *counter) chosen(ctx context.Context, i *bot.Interaction, card db.Card) error {
	switch what := i.Values[0]; what {
	case moreParameters:
		return i.Respond(ctx, factsMessage(card), true)
	case moreWords:
		return c.askWords(ctx, i, card)
	case moreSeed:
		return c.newSeed(ctx, i, card)
	case moreCompare:
		return c.compareWith(ctx, i, card)
	case moreNote:
		return c.askNote(ctx, i, card)
	case moreCorrect:
		return c.askSeed(ctx, i, card)
	case moreFiles, moreRefresh:
		if err := c.mustHavePictures(ctx, i, card); err != nil {
			return err
		}
		if what == moreFiles {
			return c.originals(ctx, i, card)
		}
		return c.refresh(ctx, i, card)
	case moreWhy:
		return i.Respond(ctx, whyMessage(card), true)
	case morePin:
		return c.tellPinned(ctx, i, card)
	case morePrivate:
		return c.makePrivate(ctx, i, card)
	case morePublic:
		return c.makePublic(ctx, i, card)
	case moreDelete:
		return c.deleteCard(ctx, i, card)
	}
	return bot.Refuse(textNoChoice)
}
