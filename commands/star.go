package commands

import (
	"context"
	"fmt"

	"seedbank/bot"
	"seedbank/db"
)

// star sets or takes the member's star, and shows the new count on the card.
func (c *counter) star(ctx context.Context, i *bot.Interaction) error {
	card, err := c.cardOfButton(ctx, i)
	if err != nil {
		return err
	}
	if err := c.mayUse(ctx, i, card, actionStar); err != nil {
		return err
	}
	if card, err = c.setStar(ctx, i, card, !card.Starred); err != nil {
		return err
	}
	done, err := c.reshow(ctx, i, card)
	switch {
	case err != nil:
		return err
	case !done:
		return i.Respond(ctx, framed(amber, text(textStarred(card.Number, card.Starred, card.Stars))), true)
	}
	c.reshowElsewhere(ctx, i, card)
	return nil
}

func (c *counter) setStar(ctx context.Context, i *bot.Interaction, card db.Card, on bool) (db.Card, error) {
	stars, err := c.history.Star(ctx, hands(i), card.Number, on)
	if err != nil {
		return card, fmt.Errorf("star card %d: %w", card.Number, err)
	}
	card.Stars, card.Starred = stars, on
	return card, nil
}
