package commands

import (
	"context"

	"seedbank/bot"
)

// again asks anew, for whoever pressed: an ask of its own, whose answer takes the place of the problem in the same
// message. Where that message is not as visible as the ask was, the answer gets a message of its own.
func (c *counter) again(ctx context.Context, i *bot.Interaction) error {
	if err := mayAnswer(i); err != nil {
		return err
	}
	a, err := c.aimAt(ctx, i, reference{ask: i.CustomID.Arg(0)})
	if err != nil {
		return err
	}
	if a, err = c.admit(ctx, i, a); err != nil {
		return err
	}
	if a.private != isPrivate(i.Message) {
		return c.begin(ctx, i, a, false)
	}
	return c.askTo(ctx, i, a, address{Reply: i.ReplyOnMessage()}, func() error { return i.DeferUpdate(ctx) })
}
