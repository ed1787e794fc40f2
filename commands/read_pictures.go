package commands

import (
	"context"
	"errors"

	"seedbank/bot"
	"seedbank/db"
)

// messageReader reads messages with the bot's own rights.
type messageReader interface {
	ReadMessage(ctx context.Context, channel, id string) (*bot.Msg, error)
}

// readPictures gives addresses of a posted card's pictures that can be read now, by position. What cannot be had is
// left out; unread says why, and is mostly that a message is gone.
func readPictures(ctx context.Context, r messageReader, card db.Card) (addresses map[int]string, unread error) {
	messages := map[db.Place]*bot.Msg{}
	addresses = map[int]string{}
	for _, p := range card.Pictures {
		at := db.Place{Channel: p.Channel, Message: p.Message}
		if p.Missing != "" || at.Channel == "" || at.Message == "" {
			continue
		}
		m, read := messages[at]
		if !read {
			var err error
			if m, err = r.ReadMessage(ctx, at.Channel, at.Message); err != nil {
				unread = errors.Join(unread, err)
			}
			messages[at] = m
		}
		if a, there := attachmentOf(m, p); there {
			addresses[p.Position] = a.URL
		}
	}
	return addresses, unread
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
