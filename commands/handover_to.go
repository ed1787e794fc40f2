package commands

import (
	"context"
	"errors"

	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
	"seedbank/db"
	"seedbank/retrieval"
)

// teller says something to the one who asked, beside or in place of an answer.
type teller interface {
	Edit(ctx context.Context, r bot.Reply, m bot.Message) (bot.Posted, error)
	Tell(ctx context.Context, r bot.Reply, m bot.Message) error
}

// share posts a card in another channel, with credit and a link back, and tells the member who shared it where it is.
// What was made private meanwhile stays where it is.
func (h handover) share(ctx context.Context, o retrieval.Outcome, to sharing) (retrieval.Delivered, error) {
	if o.Card.Private {
		h.replace(ctx, red, textPrivateToShare)
		return retrieval.Delivered{Channel: h.reply.Channel}, nil
	}
	if to.Unchecked {
		refusal, err := mayShareTo(ctx, h.door, bot.Viewer{Guild: h.ask.Scope, User: h.ask.Member}, to.Channel)
		if err != nil {
			return retrieval.Delivered{}, final(err)
		}
		if refusal != "" {
			h.replace(ctx, red, refusal)
			return retrieval.Delivered{Channel: h.reply.Channel}, nil
		}
	}
	h.posted, h.above = to.Channel, []string{textSharedBy(h.ask.Member, to.From)}
	o.Known = false // nobody asked for it there
	d, err := h.card(ctx, o)
	switch {
	case errors.Is(err, bot.ErrChannelRefused):
		h.replace(ctx, red, textCannotShare(to.Channel))
		return retrieval.Delivered{Channel: h.reply.Channel}, nil
	case refused(err): // by a rule of the server's, such as AutoMod, or for what it is
		h.log.Warn("discord refused a card that was to be shared", "ask", h.ask.ID, "channel", to.Channel, "err", err)
		h.replace(ctx, red, textNotTaken(o.Card.Number, to.Channel))
		return retrieval.Delivered{Channel: h.reply.Channel}, nil
	case err != nil:
		return retrieval.Delivered{}, err
	}
	link := ""
	if d.Message != "" {
		link = linkTo(db.Card{Scope: h.ask.Scope, Channel: d.Channel, Message: d.Message})
	}
	h.replace(ctx, green, textShared(o.Card.Number, to.Channel, link))
	return d, nil
}

// inPlace uploads a card's pictures anew into the message that shows it. A message that holds more pictures than can be
// had anew stays as it is, and so it does when there is a problem: the member is told beside it.
func (h handover) inPlace(ctx context.Context, o retrieval.Outcome, at inPlace) (retrieval.Delivered, error) {
	stays := retrieval.Delivered{Channel: h.reply.Channel}
	if o.Problem != nil {
		h.tell(ctx, red, textProblem(*o.Problem))
		return stays, nil
	}
	var there int
	sheet := false
	for _, p := range withinLimits(o.Pictures) {
		switch {
		case p.Sheet:
			sheet = true
		case p.Missing == "":
			there++
		}
	}
	if there < at.Shown {
		h.tell(ctx, red, textRefreshFewer)
		return stays, nil
	}
	o.Known, h.above, h.shown = at.Known, at.Above, "" // the card stays what it is, wherever a new one may stand
	h.whole = at.Shown > 0
	d, err := h.card(ctx, o)
	if refused(err) {
		h.log.Warn("discord refused pictures that were uploaded anew", "ask", h.ask.ID, "err", err)
		h.tell(ctx, red, textRefreshRefused)
		return stays, nil
	}
	if err != nil {
		return d, err
	}
	if at.Back != nil { // what the member sees says it all
		return h.backIn(ctx, o, at.Back.Places, d), nil
	}
	switch {
	case there > 0:
		h.tell(ctx, green, textRefreshed(there))
	case sheet:
		h.tell(ctx, grey, textSheetOnly)
	default:
		h.tell(ctx, grey, textNoneLeft)
	}
	return d, nil
}

// backIn puts a card that comes back into the other messages that showed it, after the one that was pressed. Where that
// one is seen by one member alone, and so can be read by nobody again, the first of the others is where the card stands.
func (h handover) backIn(ctx context.Context, o retrieval.Outcome, places []db.Place, pressed retrieval.Delivered) retrieval.Delivered {
	for _, at := range places {
		h.posted, h.change, h.above = at.Channel, at.Message, headAt(ctx, h.door, at)
		d, err := h.card(ctx, o)
		switch {
		case err != nil:
			h.log.Warn("a message does not show its card again", "ask", h.ask.ID, "channel", at.Channel, "message", at.Message, "err", err)
		case pressed.Message == "":
			pressed = d
		}
	}
	return pressed
}

// tell says something beside the answer, and replace in its place. They are the last words on what is done already: when
// they cannot be said, nothing is lost.
func (h handover) tell(ctx context.Context, colour int, words string) {
	if err := h.door.Tell(ctx, h.reply, framed(colour, text(words))); err != nil {
		h.log.Debug("the member could not be told", "ask", h.ask.ID, "err", err)
	}
}

func (h handover) replace(ctx context.Context, colour int, words string) {
	if _, err := h.door.Edit(ctx, h.reply, framed(colour, text(words))); err != nil {
		h.log.Debug("the member could not be told", "ask", h.ask.ID, "err", err)
	}
}

// under puts lines above a message, outside of its frame.
func under(lines []string, m bot.Message) bot.Message {
	if len(lines) == 0 {
		return m
	}
	parts := make([]discordgo.MessageComponent, 0, len(lines)+len(m.Components))
	for _, line := range lines {
		parts = append(parts, text(line))
	}
	m.Components = append(parts, m.Components...)
	return m
}
