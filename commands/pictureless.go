package commands

import (
	"context"
	"errors"
	"fmt"

	"seedbank/bot"
	"seedbank/db"
)

// mustHavePictures refuses what is done with pictures for a card that never had any: one that was brought without them,
// and that names no job which they could come from.
func (c *counter) mustHavePictures(ctx context.Context, i *bot.Interaction, card db.Card) error {
	if card.Job != "" || len(card.Pictures) > 0 {
		return nil
	}
	v, err := c.eyes(ctx, i)
	if err != nil {
		return err
	}
	switch _, err := c.history.Sheet(ctx, v, card.Number); {
	case errors.Is(err, db.ErrNotFound):
		return bot.Refuse(textNeverPictures(card.Number, card.Asker))
	case err != nil:
		return fmt.Errorf("look for the small copy of card %d: %w", card.Number, err)
	}
	return nil
}
