package commands

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
	"seedbank/db"
	"seedbank/prompt"
	"seedbank/retrieval"
)

const (
	// findTime bounds the look at the pictures of a message.
	findTime = 60 * time.Second
	// mostLooked is how many pictures of a message are looked at.
	mostLooked = 4
	// mostAlike is how many cards are offered for a picture that looks like theirs.
	mostAlike = 5
)

// finder knows cards by their pictures.
type finder interface {
	// FindPicture finds the view's cards that show any of the pictures: each card once, the surest first.
	FindPicture(ctx context.Context, v db.View, urls []string) ([]retrieval.Match, error)
}

// byPicture is the last way of Get seed: the message says nothing, but its picture may be one of ours that somebody
// posted again. A look at it takes its time, so it is kept like any ask; Desk.Found tells what it came to. otherwise is
// what is said when there is nothing to look at.
func (c *counter) byPicture(ctx context.Context, i *bot.Interaction, m *bot.Msg, private bool, otherwise string) error {
	urls := pictureAddresses(m)
	if len(urls) == 0 || c.pictures == nil {
		return bot.Refuse(otherwise)
	}
	v, err := c.eyes(ctx, i)
	if err != nil {
		return err
	}
	acknowledge := func() error { return i.Defer(ctx, private) }
	to := address{Reply: i.ReplyDeferred(private), Named: otherwise == textUUID}
	return keeping(ctx, i, aim{}, to, func(ctx context.Context, a retrieval.Ask) error {
		return c.asks.Look(ctx, retrieval.Look{Ask: a, URLs: urls, View: v}, acknowledge)
	})
}

// lookAt finds the cards that the member may see by pictures, after the acknowledgement.
func (c *counter) lookAt(ctx context.Context, i *bot.Interaction, urls []string) ([]retrieval.Match, error) {
	v, err := c.eyes(ctx, i)
	if err != nil {
		return nil, err
	}
	short, cancel := context.WithTimeout(ctx, findTime)
	defer cancel()
	matches, err := c.pictures.FindPicture(short, v, urls)
	if err != nil && ctx.Err() == nil {
		err = errors.Join(bot.Refuse(textPictureUnread), err) // the second is for the log
	}
	return matches, err
}

// ownPictureMessage is for the one whose private card a picture shows: the line to paste, and the card a press away.
func ownPictureMessage(matches []retrieval.Match) bot.Message {
	if !sure(matches) {
		return alikeMessage(matches)
	}
	card := matches[0].Card
	parts := []discordgo.MessageComponent{text(textPrivatePicture(card.Number))}
	if block, whole := lineBlock(prompt.Parse(card.Prompt).WithSeed(card.Seed)); whole {
		parts = append(parts, text(block))
	}
	return framed(blue, append(parts, row(
		button(discordgo.PrimaryButton, "📋", labelCopyPrompt, cardID(verbCopy, card.Number)), openButton(card.Number),
	))...)
}

// sure tells whether the first match is beyond doubt: the very file is ours, and no other card has it.
func sure(matches []retrieval.Match) bool {
	certain := func(m retrieval.Match) bool { return m.How == retrieval.ByFile }
	return certain(matches[0]) && (len(matches) == 1 || !certain(matches[1]))
}

// alikeMessage offers the cards that a picture looks like.
func alikeMessage(matches []retrieval.Match) bot.Message {
	matches = matches[:min(len(matches), mostAlike)]
	numbers := make([]int64, 0, len(matches))
	rows := make([]string, 0, len(matches))
	var buttons []discordgo.MessageComponent
	for _, m := range matches {
		numbers = append(numbers, m.Card.Number)
		near := textSurePicture
		switch m.How {
		case retrieval.ByPicture:
			near = textSimilarity(m.Position, m.Distance)
		case retrieval.ByMetadata: // anybody can write that into a file
			near = textLabelledPicture
		}
		rows = append(rows, historyRow(m.Card)+"\n-# "+near)
		buttons = append(buttons, openButton(m.Card.Number))
	}
	return framed(blue, text(textLooksLike(numbers)), text(strings.Join(rows, "\n")), row(buttons...))
}

// pictureAddresses are the pictures of a message, those of a forwarded one included.
func pictureAddresses(m *bot.Msg) []string {
	var urls []string
	for _, a := range attachmentsOf(m) {
		if isPicture(a) && len(urls) < mostLooked {
			urls = append(urls, a.URL)
		}
	}
	return urls
}

// attachmentsOf are the files of a message, and of the messages that it forwards.
func attachmentsOf(m *bot.Msg) []bot.Attachment {
	files := slices.Clone(m.Attachments)
	var forwarded []struct {
		Message struct {
			Attachments []bot.Attachment `json:"attachments"`
		} `json:"message"`
	}
	if json.Unmarshal(m.Snapshots, &forwarded) == nil {
		for _, f := range forwarded {
			files = append(files, f.Message.Attachments...)
		}
	}
	return files
}

// isPicture tells by what Discord says of a file, which its name can make it say: whoever downloads it looks itself.
func isPicture(a bot.Attachment) bool {
	return a.URL != "" && (strings.HasPrefix(a.ContentType, "image/") || a.ContentType == "" && a.Width > 0)
}
