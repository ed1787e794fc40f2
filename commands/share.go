package commands

import (
	"context"
	"strconv"

	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
)

// share asks where the card shall go. Discord offers the channels that the member sees.
func (c *counter) share(ctx context.Context, i *bot.Interaction) error {
	card, err := c.cardOfButton(ctx, i)
	if err != nil {
		return err
	}
	switch {
	case isConversation(card.Scope):
		return bot.Refuse(textServerOnly)
	case card.Private:
		return bot.Refuse(textPrivateToShare)
	}
	if err := c.may(ctx, i, rightShare); err != nil {
		return err
	}
	where := discordgo.SelectMenu{
		MenuType: discordgo.ChannelSelectMenu, CustomID: cardID(verbShareTo, card.Number), Placeholder: menuShareTo,
		ChannelTypes: []discordgo.ChannelType{
			discordgo.ChannelTypeGuildText, discordgo.ChannelTypeGuildNews, discordgo.ChannelTypeGuildNewsThread,
			discordgo.ChannelTypeGuildPublicThread, discordgo.ChannelTypeGuildPrivateThread,
		},
	}
	return i.Respond(ctx, framed(blue, text(textShareWhere(card.Number)), row(where)), true)
}

// shareTo posts the card in the channel that was chosen. Discord offers channels that the member may only read, and a
// choice can be forged, so the right to write there is checked: here, or where Discord takes its time, before the card is
// posted.
func (c *counter) shareTo(ctx context.Context, i *bot.Interaction) error {
	if len(i.Values) != 1 {
		return bot.Refuse(textNoChoice)
	}
	card, err := c.cardOfButton(ctx, i)
	if err != nil {
		return err
	}
	if card.Private {
		return bot.Refuse(textPrivateToShare)
	}
	if err := c.may(ctx, i, rightShare); err != nil {
		return err
	}
	channel := i.Values[0]
	if !isID(channel) {
		return bot.Refuse(textNoChoice)
	}
	done, err := early(ctx, func(ctx context.Context) error {
		refusal, err := mayShareTo(ctx, c.reader, i.Viewer(), channel)
		if refusal != "" {
			err = bot.Refuse(refusal)
		}
		return err
	})
	if err != nil {
		return err
	}
	to := address{Reply: i.ReplyOnMessage(), Share: &sharing{Channel: channel, From: linkTo(card), Unchecked: !done}}
	if err := c.askTo(ctx, i, aim{card: card.Number}, to, func() error { return i.DeferUpdate(ctx) }); err != nil {
		return err
	}
	return c.record(ctx, i, auditShared, cardNumber(card.Number), "")
}

// sendChecker knows who may write where.
type sendChecker interface {
	MaySend(ctx context.Context, asker bot.Viewer, channel string) (bot.Sending, error)
}

// mayShareTo is what is said against a channel where the member or the bot may not write; "" when nothing is.
func mayShareTo(ctx context.Context, d sendChecker, asker bot.Viewer, channel string) (refusal string, err error) {
	may, err := d.MaySend(ctx, asker, channel)
	switch {
	case err != nil:
		return "", err
	case !may.Asker:
		return textMayNotShare(channel), nil
	case !may.Self:
		return textCannotShare(channel), nil
	}
	return "", nil
}

// isID tells Discord's IDs from other texts.
func isID(s string) bool {
	_, err := strconv.ParseUint(s, 10, 64)
	return err == nil && len(s) <= 20
}
