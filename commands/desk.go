package commands

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"

	"seedbank/bot"
	"seedbank/db"
	"seedbank/retrieval"
)

// door is the way to where members wait.
type door interface {
	Progress(r bot.Reply) *bot.Progress
	Deliver(ctx context.Context, r bot.Reply, m, fallback bot.Message) (bot.Posted, error)
	ReadMessage(ctx context.Context, channel, id string) (*bot.Msg, error)
}

// Desk hands over what retrieval brings: progress, cards, problems. Safe for concurrent use.
type Desk struct {
	door  door
	log   *slog.Logger
	shows shows
}

// NewDesk makes the desk that retrieval is given. The bot need not run yet.
func NewDesk(b *bot.Bot, log *slog.Logger) *Desk {
	return &Desk{door: b, log: log, shows: newShows()}
}

// Progress shows how an ask goes on. It does not block; once the ask was delivered it does nothing.
func (d *Desk) Progress(ask retrieval.Ask, p retrieval.Progress) {
	display := d.shows.of(ask.ID, func() *bot.Progress { return d.door.Progress(d.replyTo(ask)) })
	if display != nil {
		display.Show(runningMessage(ask, p))
	}
}

// Deliver hands over the outcome and ends the ask's progress. Repeating it makes the same message the same again. What
// Discord refuses of a card is left out and named, so that the seed arrives; an error that retrieval.Undeliverable
// made says that nobody can be told, any other is worth another try.
func (d *Desk) Deliver(ctx context.Context, ask retrieval.Ask, o retrieval.Outcome) (retrieval.Delivered, error) {
	d.shows.end(ask.ID)
	h := handover{door: d.door, log: d.log, ask: ask, reply: d.replyTo(ask), number: o.Card.Number}
	if o.Problem != nil {
		return h.problem(ctx, *o.Problem)
	}
	return h.card(ctx, o)
}

// Fresh gives addresses of a posted card's pictures that can be read now, by position. What cannot be had is left out;
// the only error is the end of ctx.
func (d *Desk) Fresh(ctx context.Context, card db.Card) (map[int]string, error) {
	type place struct{ channel, message string }
	messages := map[place]*bot.Msg{}
	addresses := map[int]string{}
	for _, p := range card.Pictures {
		at := place{p.Channel, p.Message}
		if p.Missing != "" || at.channel == "" || at.message == "" {
			continue
		}
		m, read := messages[at]
		if !read {
			var err error
			if m, err = d.door.ReadMessage(ctx, at.channel, at.message); err != nil {
				if ctx.Err() != nil {
					return nil, ctx.Err()
				}
				d.log.Debug("the pictures of a card cannot be read again", "card", card.Number, "err", err)
			}
			messages[at] = m
		}
		if a, there := attachmentOf(m, p); there {
			addresses[p.Position] = a.URL
		}
	}
	return addresses, nil
}

// attachmentOf finds a picture in a message by its ID, or by its name in a message that was edited since.
func attachmentOf(m *bot.Msg, p db.Picture) (bot.Attachment, bool) {
	if m == nil {
		return bot.Attachment{}, false
	}
	for _, a := range m.Attachments {
		if a.ID == p.Attachment {
			return a, true
		}
	}
	for _, a := range m.Attachments {
		if p.Name != "" && a.Filename == p.Name {
			return a, true
		}
	}
	return bot.Attachment{}, false
}

// replyTo is where an ask's answer goes. An address that cannot be read leaves the channel, where everybody reads.
func (d *Desk) replyTo(ask retrieval.Ask) bot.Reply {
	var r bot.Reply
	err := json.Unmarshal(ask.Reply, &r)
	if err == nil && r.Channel == "" {
		err = errors.New("it names no channel")
	}
	if err != nil {
		d.log.Error("the address of a reply cannot be read, answering in the channel", "ask", ask.ID, "err", err)
		r = bot.Reply{Interaction: ask.ID, Channel: ask.Channel, User: ask.Member}
	}
	r.Private = r.Private || ask.Private
	return r
}
