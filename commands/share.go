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
// choice can be forged, so the right to write there is checked here.
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
	check := func(ctx context.Context) error { return c.mayShareTo(ctx, i, channel) }
	done, err := early(ctx, check)
	if err != nil {
		return err
	}
	acknowledge := func() error { return i.DeferUpdate(ctx) }
	if !done {
		if err := acknowledge(); err != nil {
			return err
		}
		if err := check(ctx); err != nil {
			return err
		}
		acknowledge = nil
	}
	to := address{Reply: i.ReplyOnMessage(), Share: &sharing{Channel: channel, From: linkTo(card)}}
	if err := c.askTo(ctx, i, aim{card: card.Number}, to, acknowledge); err != nil {
		return err
	}
	return c.record(ctx, i, auditShared, cardNumber(card.Number), "")
}

// mayShareTo refuses a channel where the member or the bot may not write.
func (c *counter) mayShareTo(ctx context.Context, i *bot.Interaction, channel string) error {
	may, err := c.reader.MaySend(ctx, i, channel)
	switch {
	case err != nil:
		return err
	case !may.Asker:
		return bot.Refuse(textMayNotShare(channel))
	case !may.Self:
		return bot.Refuse(textCannotShare(channel))
	}
	return nil
}

// isID tells Discord's IDs from other texts.
func isID(s string) bool {
	_, err := strconv.ParseUint(s, 10, 64)
	return err == nil && len(s) <= 20
}
