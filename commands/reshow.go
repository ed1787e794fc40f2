package commands

import (
	"context"
	"encoding/json"
	"errors"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
	"seedbank/db"
	"seedbank/retrieval"
)

// changer changes messages that were posted before.
type changer interface {
	EditMessage(ctx context.Context, channel, message string, m bot.Message) (bot.Posted, error)
	DeleteMessage(ctx context.Context, channel, message string) error
}

// How many other messages of a card are changed, and how long that may take: the one that was pressed has changed by
// then. Where a card is to be seen no more, every message counts.
const (
	mostReshown   = 5
	reshowTime    = 8 * time.Second
	mostWithdrawn = 50
	withdrawTime  = time.Minute
)

// shows tells whether a message of ours is the card itself, and not one that only has a button for it: it has the
// heading and the button of every version of the card.
func showsCard(m *bot.Msg, card db.Card) bool {
	if m == nil {
		return false
	}
	return slices.Contains(m.Texts(), seedHeading(card.Seed)) &&
		slices.Contains(customIDs(m), cardID(verbSeed, card.Number))
}

// namedPicture is how we name the files of a card: its number, and the position of the picture unless it is the small
// copy of all of them.
var namedPicture = regexp.MustCompile(`^seed-(\d{1,18})(?:-(\d{1,2}))?\.(?:png|jpg|webp|gif)$`)

// standing are the pictures of a card that a message of ours holds, by position; 0 is the small copy.
func standing(m *bot.Msg, number int64) map[int]bot.Attachment {
	held := map[int]bot.Attachment{}
	for _, a := range m.Attachments {
		name := namedPicture.FindStringSubmatch(a.Filename)
		if name != nil && numberIn(name[1]) == number {
			held[int(numberIn(name[2]))] = a
		}
	}
	return held
}

// reshown is the card as it is now, in a message that shows it already: the pictures in it stay, nothing is uploaded. ok
// is false when the message shows pictures that it does not tell of: an edit would lose them.
func reshown(m *bot.Msg, card db.Card) (message bot.Message, ok bool) {
	return reshownUnder(m, card, headOf(m))
}

// reshownUnder is reshown with other lines above the card.
func reshownUnder(m *bot.Msg, card db.Card, head []string) (message bot.Message, ok bool) {
	held := standing(m, card.Number)
	if galleryItems(m.Components) > len(held) {
		return bot.Message{}, false
	}
	texts := m.Texts()
	last := len(card.Pictures)
	for position := range held {
		last = max(last, position)
	}
	face := cardFace{card: card, known: slices.Contains(texts, textKnown(card.Created))}
	var keep []string
	hangUp := func(position int) bool {
		a, there := held[position]
		if there {
			keep = append(keep, a.ID)
			face.hung = append(face.hung, hungPicture{name: a.Filename, alt: altText(card, position, last)})
		}
		return there
	}
	var notes []string
	switch {
	case hangUp(0):
		notes = append(notes, textSheet)
	case len(held) == 0 && last == 0:
		notes = append(notes, textNoPictures)
	default:
		for position := 1; position <= last && len(notes) < maxGallery; position++ {
			if !hangUp(position) {
				notes = append(notes, textMissing(position, missingIn(texts, position)))
			}
		}
	}
	face.notes = strings.Join(notes, "\n")
	message = under(head, face.message())
	message.Keep = keep
	return message, true
}

// missingIn is the reason that a message gives for a missing picture.
func missingIn(texts []string, position int) retrieval.Missing {
	for _, why := range []retrieval.Missing{
		retrieval.Gone, retrieval.TooBig, retrieval.TooMuch, retrieval.Slow, retrieval.NotPicture, retrieval.HostDenied,
		retrieval.Unreadable, refusedByDiscord,
	} {
		line := textMissing(position, why)
		if slices.ContainsFunc(texts, func(s string) bool { return slices.Contains(strings.Split(s, "\n"), line) }) {
			return why
		}
	}
	return "" // an earlier version, or one that never said
}

// galleryItems counts the pictures in the galleries of a message.
func galleryItems(components json.RawMessage) (n int) {
	var tree []struct {
		Type       int               `json:"type"`
		Items      []json.RawMessage `json:"items"`
		Components json.RawMessage   `json:"components"`
	}
	if json.Unmarshal(components, &tree) != nil {
		return 0
	}
	for _, c := range tree {
		if c.Type == int(discordgo.MediaGalleryComponent) {
			n += len(c.Items)
		}
		if len(c.Components) > 0 {
			n += galleryItems(c.Components)
		}
	}
	return n
}

// reshow answers the press by bringing the message that was pressed up to date; done is false when that message is no
// card, or cannot be changed, and the member still has to be answered.
func (c *counter) reshow(ctx context.Context, i *bot.Interaction, card db.Card) (done bool, err error) {
	return c.renew(ctx, i, card, card)
}

// renew is reshow for a card whose message knows it as it was.
func (c *counter) renew(ctx context.Context, i *bot.Interaction, was, card db.Card) (done bool, err error) {
	if !showsCard(i.Message, was) {
		return false, nil
	}
	m, ok := reshown(i.Message, card)
	if !ok {
		return false, nil
	}
	switch err = i.Update(ctx, m); {
	case errors.Is(err, bot.ErrReplyGone), errors.Is(err, bot.ErrAlreadyAcknowledged):
		return false, err
	case refused(err):
		return false, nil // the change is kept: the member is told in words
	case err != nil:
		return false, err
	}
	c.untilCurrent(ctx, i, card, func(card db.Card) error {
		m, _ := reshown(i.Message, card)
		_, err := c.editor.Edit(ctx, i.Reply(), m)
		return err
	})
	return true, nil
}

// headOf is what stands above the card in its message: who shared it, who was waiting for it.
func headOf(m *bot.Msg) (head []string) {
	var tree []struct {
		Type    int    `json:"type"`
		Content string `json:"content"`
	}
	if json.Unmarshal(m.Components, &tree) != nil {
		return nil
	}
	for _, c := range tree {
		if c.Type != int(discordgo.TextDisplayComponent) || c.Content == "" {
			break
		}
		head = append(head, c.Content)
	}
	return head
}

// reshowElsewhere brings the other messages of a card up to date, as far as that can be done in a few seconds: the
// change itself is kept, and a message that stays as it was is only old. Discord refuses many edits of messages that
// are older than an hour.
func (c *counter) reshowElsewhere(ctx context.Context, i *bot.Interaction, card db.Card) {
	ctx, cancel := context.WithTimeout(ctx, reshowTime)
	defer cancel()
	for _, at := range c.elsewhere(ctx, i, card.Number, mostReshown) {
		m, err := c.reader.ReadMessage(ctx, at.Channel, at.Message)
		if err != nil || !showsCard(m, card) {
			continue
		}
		c.untilCurrent(ctx, i, db.Card{Number: card.Number, Stars: -1}, func(card db.Card) error {
			now, ok := reshown(m, card)
			if !ok {
				return nil
			}
			_, err := c.changer.EditMessage(ctx, at.Channel, at.Message, now)
			return err
		})
	}
}

// mostCatchUps bounds how often a message is corrected because others change the card all the time.
const mostCatchUps = 3

// untilCurrent shows the card until what was shown is what is kept: of two edits at the same time the later one to
// arrive may hold the earlier state. Its errors end it: the card is kept, and shows as it is the next time.
func (c *counter) untilCurrent(ctx context.Context, i *bot.Interaction, shown db.Card, show func(db.Card) error) {
	for range mostCatchUps {
		now, err := c.history.Card(ctx, hands(i), shown.Number)
		if err != nil || now.Stars == shown.Stars && now.Note == shown.Note && slices.Equal(now.Tags, shown.Tags) {
			return
		}
		if show(now) != nil {
			return
		}
		shown = now
	}
}

// elsewhere are the latest messages of a card, without the one that was pressed.
func (c *counter) elsewhere(ctx context.Context, i *bot.Interaction, number int64, most int) []db.Place {
	places, err := c.history.Places(ctx, hands(i), number, most+1)
	if err != nil {
		return nil
	}
	return slices.DeleteFunc(places, func(p db.Place) bool { return p.Message == i.MessageID() })
}

// withdraw takes a card out of the messages that showed it, other than the one that was pressed: each says instead what
// became of it. What Discord does not let be changed any more is deleted.
func (c *counter) withdraw(ctx context.Context, places []db.Place, instead bot.Message) {
	ctx, cancel := context.WithTimeout(ctx, withdrawTime)
	defer cancel()
	for _, at := range places {
		_ = replaced(ctx, c.changer, at, instead) // what cannot be had away stays until somebody deletes it
	}
}

// standIn puts something in place of a card that is gone for now, or that is back: what stands above the card stays.
func (c *counter) standIn(ctx context.Context, places []db.Place, instead bot.Message) {
	ctx, cancel := context.WithTimeout(ctx, withdrawTime)
	defer cancel()
	for _, at := range places {
		_ = replaced(ctx, c.changer, at, under(headAt(ctx, c.reader, at), instead)) // as above
	}
}

// headAt is what stands above the card in a message; nothing where that cannot be read.
func headAt(ctx context.Context, from messageReader, at db.Place) []string {
	m, err := from.ReadMessage(ctx, at.Channel, at.Message)
	if err != nil {
		return nil
	}
	return headOf(m)
}

// replaced puts something else into a message, or deletes it where that is refused.
func replaced(ctx context.Context, in changer, at db.Place, instead bot.Message) error {
	_, err := in.EditMessage(ctx, at.Channel, at.Message, instead)
	if err == nil {
		return nil
	}
	return in.DeleteMessage(ctx, at.Channel, at.Message)
}
