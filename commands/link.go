package commands

import (
	"context"
	"errors"

	"seedbank/bot"
)

// follow answers a link to a message. The bot reads with its own rights, so the asker's are checked first: nobody
// learns through the bot what a closed channel holds. All of that asks Discord, except for one of our own cards in this
// very channel.
func (c *counter) follow(ctx context.Context, i *bot.Interaction, link messageLink, private bool) error {
	if err := belongsHere(i, link); err != nil {
		return err
	}
	a, known, err := c.cardOn(ctx, i, link.Channel, link.Message)
	if err != nil {
		return err
	}
	if known && link.Channel == i.Channel {
		return c.take(ctx, i, a, private)
	}
	read := func(ctx context.Context) (err error) {
		a, err = c.behind(ctx, i, link, a, known)
		return err
	}
	switch done, err := early(ctx, read); {
	case err != nil:
		return err
	case done:
		return c.take(ctx, i, a, private)
	}
	if err := i.Defer(ctx, private || a.private); err != nil {
		return err
	}
	return c.followRead(ctx, i, read, &a)
}

// followRead is follow after the acknowledgement, where Discord took its time.
func (c *counter) followRead(ctx context.Context, i *bot.Interaction, read func(context.Context) error, a *aim) error {
	if err := read(ctx); err != nil {
		return err
	}
	if a.private && !i.Reply().Private {
		return bot.Refuse(textPrivateCard)
	}
	a.private = i.Reply().Private
	admitted, err := c.admit(ctx, i, *a)
	switch {
	case err != nil:
		return err
	case admitted.private && !i.Reply().Private:
		return bot.Refuse(textPrivateCard)
	}
	return c.ask(ctx, i, admitted)
}

// behind is what a link leads to, if the asker may see it: the card a that is known to stand there, or what the message
// says.
func (c *counter) behind(ctx context.Context, i *bot.Interaction, link messageLink, a aim, known bool) (aim, error) {
	may, err := c.reader.MayView(ctx, i, link.Channel)
	switch {
	case err != nil:
		return aim{}, err
	case !may:
		return aim{}, bot.Refuse(textHiddenLink)
	case known:
		return a, nil
	}
	return c.aimBehind(ctx, i, link)
}

// belongsHere refuses links to other servers and conversations.
func belongsHere(i *bot.Interaction, link messageLink) error {
	switch {
	case i.Guild != "" && link.Guild != i.Guild:
		return bot.Refuse(textStrangeLink)
	case i.Guild == "" && link.Guild != ownConversations:
		return bot.Refuse(textLinkFromDM)
	case i.Guild == "" && link.Channel != i.Channel:
		return bot.Refuse(textHiddenLink)
	}
	return nil
}

// aimBehind reads the message behind a link. The asker may see it.
func (c *counter) aimBehind(ctx context.Context, i *bot.Interaction, link messageLink) (aim, error) {
	m, err := c.reader.ReadMessage(ctx, link.Channel, link.Message)
	switch {
	case errors.Is(err, bot.ErrNotFound), errors.Is(err, bot.ErrChannelRefused):
		return aim{}, bot.Refuse(textHiddenLink)
	case err != nil:
		return aim{}, err
	}
	ref := c.readMessage(m)
	switch {
	case len(m.Texts()) == 0:
		return aim{}, bot.Refuse(textClosedLink)
	case ref.empty(), ref.link != nil:
		return aim{}, bot.Refuse(textNoJobHere)
	case len(ref.jobs) > 1:
		return aim{}, bot.Refuse(textLinkOfMany)
	}
	return c.aimAt(ctx, i, ref)
}
