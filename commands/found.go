package commands

import (
	"context"
	"errors"
	"slices"

	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
	"seedbank/retrieval"
)

// aside says something to the asker alone in place of a public answer that is not there yet.
type aside interface {
	Aside(ctx context.Context, r bot.Reply, m bot.Message) error
}

// Found tells what a look at a message's pictures came to. A card whose very file it is answers, and is returned; one
// that it only looks like is offered, never taken for granted. That nothing was found is told to the asker alone.
func (d *Desk) Found(ctx context.Context, l retrieval.Look, matches []retrieval.Match, unread bool) (card int64, err error) {
	to := d.addressOf(l.Ask)
	alone := func(m bot.Message) (int64, error) { return 0, d.tellAlone(ctx, to.Reply, m) }
	switch {
	case unread:
		return alone(plainly(textPictureUnread))
	case len(matches) == 0 && to.Named:
		return alone(plainly(textUUID))
	case len(matches) == 0:
		return alone(plainly(textNoPictureMatch))
	case !to.Private:
		// Where everybody reads, nothing is said of private cards, not even of one's own.
		seen := slices.DeleteFunc(slices.Clone(matches), func(m retrieval.Match) bool { return m.Card.Private })
		if len(seen) == 0 {
			return alone(ownPictureMessage(matches))
		}
		matches = seen
	}
	switch {
	case sure(matches):
		return matches[0].Card.Number, nil
	case to.Private:
		return alone(alikeMessage(matches))
	}
	return 0, d.send(ctx, to.Reply, alikeMessage(matches), alikeMessage(matches))
}

// tellAlone says something to the asker alone, or, where Discord takes no answer any more, in the channel that it is to
// be asked for again.
func (d *Desk) tellAlone(ctx context.Context, r bot.Reply, m bot.Message) error {
	late := plainly(textLookedLate)
	if !r.Private {
		switch err := d.door.Aside(ctx, r, m); {
		case err == nil:
			return nil
		case !errors.Is(err, bot.ErrReplyGone):
			return final(err)
		}
		m = late
	}
	return d.send(ctx, r, m, late)
}

func (d *Desk) send(ctx context.Context, r bot.Reply, m, late bot.Message) error {
	if _, err := d.door.Deliver(ctx, r, m, late); err != nil {
		return final(err)
	}
	return nil
}

// plainly is a message of one text.
func plainly(words string) bot.Message {
	return bot.Message{Components: []discordgo.MessageComponent{text(words)}}
}
