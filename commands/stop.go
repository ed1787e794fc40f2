package commands

import (
	"context"

	"seedbank/bot"
	"seedbank/db"
)

// stop ends a running ask for the one who asked, or for somebody who keeps order in the channel. How the ask ended is
// said in its own message, by the desk.
func (c *counter) stop(ctx context.Context, i *bot.Interaction) error {
	ask, err := c.askOfButton(ctx, i)
	switch {
	case err != nil:
		return err
	case ask.State != db.Running:
		return bot.Refuse(textStopTooLate)
	}
	if err := c.mayChange(ctx, i, ask.Member, actionStop); err != nil {
		return err
	}
	if err := i.DeferUpdate(ctx); err != nil {
		return err
	}
	if !c.asks.Stop(ask.ID, i.User.ID) {
		return bot.Refuse(textStopTooLate)
	}
	return nil
}

// askOfButton is the ask that a pressed button belongs to. Asks of other servers, and private ones of others, are
// unknown to whoever presses.
func (c *counter) askOfButton(ctx context.Context, i *bot.Interaction) (db.Ask, error) {
	v, err := c.eyes(ctx, i)
	if err != nil {
		return db.Ask{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, lookupTime)
	defer cancel()
	return c.findAsk(ctx, v, i.CustomID.Arg(0))
}
