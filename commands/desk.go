package commands

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"time"

	"seedbank/bot"
	"seedbank/db"
	"seedbank/retrieval"
)

// door is the way to where members wait.
type door interface {
	Progress(r bot.Reply) *bot.Progress
	Deliver(ctx context.Context, r bot.Reply, m, fallback bot.Message) (bot.Posted, error)
	EditMessage(ctx context.Context, channel, message string, m bot.Message) (bot.Posted, error)
	messageReader
	Seen(ctx context.Context, who bot.Viewer, channels []string) ([]string, error)
	sendChecker
	poster
	teller
	aside
}

// Desk hands over what retrieval brings: progress, cards, problems. Safe for concurrent use.
type Desk struct {
	door     door
	history  *db.Store
	log      *slog.Logger
	displays displays
	traffic  *traffic
}

// NewDesk makes the desk that retrieval is given. The bot need not run yet.
func NewDesk(b *bot.Bot, s *db.Store, log *slog.Logger) *Desk {
	return &Desk{door: b, history: s, log: log, displays: newDisplays(), traffic: newTraffic()}
}

// Progress shows how an ask goes on. It does not block; once the ask was delivered it does nothing.
func (d *Desk) Progress(ask retrieval.Ask, p retrieval.Progress) {
	to := d.addressOf(ask)
	if to.InPlace != nil {
		return // the card stays in sight until its pictures are there
	}
	display := d.displays.of(ask.ID, func() *bot.Progress { return d.door.Progress(to.Reply) })
	if display != nil {
		d.traffic.moves(ask.ID, p.Phase)
		display.Show(runningMessage(ask, p))
	}
}

// Deliver hands over the outcome and ends the ask's progress. Repeating it makes the same message the same again. What
// Discord refuses of a card is left out and named, so that the seed arrives; an error that retrieval.Undeliverable
// made says that nobody can be told, any other is worth another try.
func (d *Desk) Deliver(ctx context.Context, ask retrieval.Ask, o retrieval.Outcome) (retrieval.Delivered, error) {
	shown := d.displays.end(ask.ID)
	d.traffic.ends(ask.ID, o, time.Now())
	to := d.addressOf(ask)
	h := handover{door: d.door, log: d.log, ask: ask, reply: to.Reply, number: o.Card.Number, shown: cmp.Or(to.Message, shown)}
	switch {
	case to.InPlace != nil:
		return h.inPlace(ctx, o, *to.InPlace)
	case o.Problem != nil:
		return h.problem(ctx, *o.Problem)
	case to.Share != nil:
		return h.share(ctx, o, *to.Share)
	}
	delivered, err := h.card(ctx, o)
	if err == nil {
		d.copyToResults(ctx, ask, o, delivered)
	}
	return delivered, err
}

// Forward lets the message that showed an ask's progress say where the outcome stands instead. The reply's token is over
// by then, so it is edited as any message of the bot's own; one that is gone needs nothing.
func (d *Desk) Forward(ctx context.Context, ask retrieval.Ask, to retrieval.Delivered) error {
	link := ""
	if to.Message != "" {
		link = linkTo(db.Card{Scope: ask.Scope, Channel: to.Channel, Message: to.Message})
	}
	_, err := d.door.EditMessage(ctx, to.Channel, to.Left, framed(grey, text(textMovedOn(link))))
	if errors.Is(err, bot.ErrNotFound) {
		return nil
	}
	return err
}

// Sees tells whether the asker may look into one of the channels of the server. Where Discord does not say, it is no.
func (d *Desk) Sees(ctx context.Context, ask retrieval.Ask, channels []string) bool {
	if isConversation(ask.Scope) {
		return true
	}
	seen, err := d.door.Seen(ctx, bot.Viewer{Guild: ask.Scope, User: ask.Member, Here: ask.Channel}, channels)
	if err != nil {
		d.log.Debug("not sure what the asker sees", "ask", ask.ID, "err", err)
	}
	return len(seen) > 0
}

// Fresh gives addresses of a posted card's pictures that can be read now, by position. What cannot be had is left out;
// the only error is the end of ctx.
func (d *Desk) Fresh(ctx context.Context, card db.Card) (map[int]string, error) {
	addresses, unread := readPictures(ctx, d.door, card)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if unread != nil {
		d.log.Debug("the pictures of a card cannot be read again", "card", card.Number, "err", unread)
	}
	return addresses, nil
}
