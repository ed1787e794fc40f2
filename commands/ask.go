package commands

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
	"seedbank/retrieval"
)

// keepTime bounds the keeping of an ask, its acknowledgement included.
const keepTime = 15 * time.Second

// mayAnswer refuses, before anything starts, where the bot could not hand over an answer. Whether the channel is a
// thread does not come with an interaction, so only a bot that may write in neither is refused.
func mayAnswer(i *bot.Interaction) error {
	if i.BotLacks(discordgo.PermissionAttachFiles) != 0 {
		return bot.Refuse(textMayNotAttach)
	}
	if i.BotLacks(discordgo.PermissionSendMessages) != 0 && i.BotLacks(discordgo.PermissionSendMessagesInThreads) != 0 {
		return bot.Refuse(textMayNotSend)
	}
	return nil
}

// about answers a reference, wherever it leads: to a message, to a choice, or to an ask.
func (c *counter) about(ctx context.Context, i *bot.Interaction, ref reference, private bool) error {
	switch {
	case ref.link != nil:
		return c.follow(ctx, i, *ref.link, private)
	case len(ref.jobs) > 1:
		return c.letPick(ctx, i, ref.jobs, private)
	}
	a, err := c.aimAt(ctx, i, ref)
	if err != nil {
		return err
	}
	return c.take(ctx, i, a, private)
}

// privateHere tells whether the answer is for the asker alone: by the option private, else by the server's settings.
// Where the channel is closed for asking it always is.
func (c *counter) privateHere(ctx context.Context, i *bot.Interaction) (bool, error) {
	set, err := c.settings(ctx, i)
	private := set.PrivateByDefault
	if _, given := i.Options[privateOption]; given {
		private = i.Flag(privateOption)
	}
	return private || !asksHere(i, set), err
}

// take begins what a member asks for, as far as that is admitted.
func (c *counter) take(ctx context.Context, i *bot.Interaction, a aim, private bool) error {
	a.private = a.private || private
	a, err := c.admit(ctx, i, a)
	if err != nil {
		return err
	}
	return c.begin(ctx, i, a, false)
}

// begin acknowledges with "thinking…" and then asks. When the acknowledgement came too late, or somebody else's came
// first, nothing is asked. An aim at a job was admitted before.
func (c *counter) begin(ctx context.Context, i *bot.Interaction, a aim, private bool) error {
	private = private || a.private
	return c.askTo(ctx, i, a, address{Reply: i.ReplyDeferred(private)}, func() error { return i.Defer(ctx, private) })
}

// ask is for an interaction that was acknowledged before.
func (c *counter) ask(ctx context.Context, i *bot.Interaction, a aim) error {
	return c.askTo(ctx, i, a, address{Reply: i.Reply()}, nil)
}

// askTo has an ask acknowledged and kept, with an address for its outcome that fits the acknowledgement.
func (c *counter) askTo(ctx context.Context, i *bot.Interaction, a aim, to address, acknowledge func() error) error {
	return keeping(ctx, i, a, to, func(ctx context.Context, ask retrieval.Ask) error { return c.asks.Ask(ctx, ask, acknowledge) })
}

// keeping has an ask kept. A member who saw the acknowledgement counts on an answer, so it does not end with ctx.
func keeping(ctx context.Context, i *bot.Interaction, a aim, to address, keep func(context.Context, retrieval.Ask) error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), keepTime)
	defer cancel()
	reply, err := json.Marshal(to)
	if err != nil {
		return fmt.Errorf("ask: %w", err)
	}
	err = keep(ctx, retrieval.Ask{
		ID: i.ID, Scope: i.Scope(), Channel: i.Channel, Member: i.User.ID, Job: a.job, Card: a.card,
		Private: to.Private, At: i.Created, Limit: i.SizeLimit, Reply: reply, Refresh: to.InPlace != nil,
		Pictures: a.pictures,
	})
	if errors.Is(err, retrieval.ErrNotKept) {
		return bot.Refuse(textNotKept)
	}
	if err != nil {
		return fmt.Errorf("ask: %w", err)
	}
	return nil
}
