package commands

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"slices"
	"time"

	"seedbank/bot"
	"seedbank/retrieval"
)

// codeTooLarge is Discord's code for a request that is too large; the status alone says so where a proxy refused it.
const codeTooLarge = 40005

// handover is the delivery of one outcome.
type handover struct {
	door   door
	log    *slog.Logger
	ask    retrieval.Ask
	reply  bot.Reply
	number int64    // of the card
	above  []string // lines above the card
	posted string   // the channel to post in; "" fills the reply
	change string   // a message of ours in that channel, to be changed; "" posts a new one
	shown  string   // the message that shows the progress; "" when it is not known
	whole  bool     // nothing is left out: what stands there has all of it
}

// problem tells that there is no seed.
func (h handover) problem(ctx context.Context, p retrieval.Problem) (retrieval.Delivered, error) {
	m, private := problemMessage(h.ask, p), textFailedPrivate
	if h.ask.Generate != nil {
		private = textOrderFailedPrivate
	}
	posted, err := h.send(ctx, m, h.late(m, private))
	if refused(err) {
		posted, err = h.sendLate(ctx, h.late(m, private))
	}
	if err != nil {
		return retrieval.Delivered{}, final(err)
	}
	return h.delivered(posted, nil), nil
}

// card tells the seed, with as much beside it as Discord takes: the pictures, else some of them, else none, else the
// seed alone.
func (h handover) card(ctx context.Context, o retrieval.Outcome) (retrieval.Delivered, error) {
	if o.Known && h.ask.Job != "" && !h.reply.Private && o.Card.Asker != "" && o.Card.Asker != h.ask.Member {
		h.above = append(slices.Clone(h.above), textKnownFor(h.ask.Member, o.Card.Number, o.Card.Asker))
	}
	pictures := withinLimits(o.Pictures)
	ready := textReadyPrivate(o.Card.Number)
	for {
		// A card made for this very ask was not known before, though no request may have been needed for it.
		m := under(h.above, cardMessage(o.Card, o.Known && o.Card.Created.Before(h.ask.At), pictures))
		posted, err := h.send(ctx, m, h.late(m, ready))
		if err == nil {
			return h.delivered(posted, pictures), nil
		}
		if !refused(err) || h.whole || h.change != "" && errors.Is(err, bot.ErrNotFound) {
			return retrieval.Delivered{}, final(err)
		}
		h.log.Warn("discord refused an answer, leaving something out", "ask", h.ask.ID, "pictures", len(m.Files), "err", err)
		if len(m.Files) == 0 {
			break
		}
		pictures = fewer(pictures, tooLarge(err))
	}
	bare := under(h.above, bareCardMessage(o.Card))
	posted, err := h.send(ctx, bare, h.late(bare, ready))
	if refused(err) {
		posted, err = h.sendLate(ctx, h.late(bare, ready))
	}
	if err != nil {
		return retrieval.Delivered{}, final(err)
	}
	return h.delivered(posted, nil), nil
}

func (h handover) send(ctx context.Context, m, late bot.Message) (bot.Posted, error) {
	switch {
	case h.change != "":
		return h.door.EditMessage(ctx, h.posted, h.change, m)
	case h.posted != "":
		return h.door.PostMessage(ctx, h.posted, m, h.ask.ID)
	}
	return h.door.Deliver(ctx, h.reply, m, late)
}

// sendLate posts in the channel although the reply's time is not over: Discord takes nothing through the reply.
func (h handover) sendLate(ctx context.Context, late bot.Message) (bot.Posted, error) {
	if h.posted != "" {
		return h.send(ctx, late, late)
	}
	r := h.reply
	r.Created = time.Time{}
	return h.door.Deliver(ctx, r, late, late)
}

// late is what is posted in the channel when the reply is gone. Everybody there reads it.
func (h handover) late(m bot.Message, private string) bot.Message {
	if h.reply.Private && h.posted == "" {
		return bot.Message{Text: private}
	}
	return m
}

// delivered says where the answer stands. A private one cannot be read back, nor can its progress be changed.
func (h handover) delivered(posted bot.Posted, pictures []retrieval.Picture) retrieval.Delivered {
	if h.reply.Private && h.posted == "" || posted.ID == "" {
		return retrieval.Delivered{Channel: cmp.Or(posted.Channel, h.reply.Channel)}
	}
	d := retrieval.Delivered{Channel: posted.Channel, Message: posted.ID}
	if h.posted == "" && h.shown != posted.ID && posted.Channel == h.reply.Channel {
		d.Left = h.shown
	}
	n := 0
	for _, p := range pictures {
		if p.Missing != "" {
			continue
		}
		if a, there := attachmentAt(posted.Attachments, n, pictureName(h.number, p)); there {
			d.Images = append(d.Images, retrieval.PostedFile{Position: p.Position, Attachment: a.ID, Name: a.Filename})
		}
		n++
	}
	return d
}

// attachmentAt finds an upload in what Discord made of it: by its name, else by its place.
func attachmentAt(list []bot.Attachment, n int, name string) (bot.Attachment, bool) {
	for _, a := range list {
		if a.Filename == name {
			return a, true
		}
	}
	if n < len(list) {
		return list[n], true
	}
	return bot.Attachment{}, false
}

// withinLimits marks the pictures that a gallery has no place for, or whose file is gone.
func withinLimits(pictures []retrieval.Picture) []retrieval.Picture {
	kept := slices.Clone(pictures)
	shown := 0
	for n := range kept {
		p := &kept[n]
		if p.Missing != "" {
			continue
		}
		info, err := os.Stat(p.Path)
		switch {
		case err != nil:
			p.Missing = retrieval.Unreadable
		case shown == maxGallery:
			p.Missing = retrieval.TooMuch
		default:
			p.Size = info.Size()
			shown++
		}
	}
	return kept
}

// fewer leaves out the larger half of the pictures when they were too large, else all of them.
func fewer(pictures []retrieval.Picture, tooLarge bool) []retrieval.Picture {
	kept := slices.Clone(pictures)
	var there []*retrieval.Picture
	for n := range kept {
		if kept[n].Missing == "" {
			there = append(there, &kept[n])
		}
	}
	leave := len(there)
	if tooLarge {
		slices.SortStableFunc(there, func(a, b *retrieval.Picture) int { return cmp.Compare(b.Size, a.Size) })
		leave = (leave + 1) / 2
	}
	for _, p := range there[:leave] {
		p.Missing = refusedByDiscord
	}
	return kept
}

// refused tells that Discord has decided against a message and will not take the same one later.
func refused(err error) bool {
	var e *bot.APIError
	if !errors.As(err, &e) || errors.Is(err, bot.ErrTokenRefused) {
		return false
	}
	switch e.Status {
	case http.StatusUnauthorized, http.StatusRequestTimeout, http.StatusTooManyRequests:
		return false
	}
	return e.Status >= http.StatusBadRequest && e.Status < http.StatusInternalServerError
}

func tooLarge(err error) bool {
	var e *bot.APIError
	return errors.As(err, &e) && (e.Status == http.StatusRequestEntityTooLarge || e.Code == codeTooLarge)
}

// final marks an error after which nobody can be told any more.
func final(err error) error {
	if refused(err) {
		return retrieval.Undeliverable(fmt.Errorf("deliver: %w", err))
	}
	return fmt.Errorf("deliver: %w", err)
}
