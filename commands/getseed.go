package commands

import (
	"context"
	"strings"

	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
)

// getSeedCommand is the message command Get seed. Discord hands over the message it is used on with all its content,
// so it works without any privileged intent.
func (c *counter) getSeedCommand() bot.Command {
	return bot.Command{
		ApplicationCommand: &discordgo.ApplicationCommand{Name: getSeedName, Type: discordgo.MessageApplicationCommand},
		Handle:             c.getSeed,
	}
}

func (c *counter) getSeed(ctx context.Context, i *bot.Interaction) error {
	if err := mayAnswer(i); err != nil {
		return err
	}
	private, err := c.privateHere(ctx, i)
	if err != nil {
		return err
	}
	m, err := targetOf(i)
	if err != nil {
		return err
	}
	a, known, err := c.cardOn(ctx, i, i.Channel, m.ID)
	if err != nil {
		return err
	}
	if known {
		return c.take(ctx, i, a, private)
	}
	return c.getSeedOf(ctx, i, m, private)
}

// getSeedOf goes through the ways in which a message can lead to a seed, the surest first: a card that answers it, a
// seed that it tells by itself, a job to ask for, and at last its picture.
func (c *counter) getSeedOf(ctx context.Context, i *bot.Interaction, m *bot.Msg, private bool) error {
	ref := c.readMessage(m)
	a, known, err := c.knownBehind(ctx, i, ref)
	switch {
	case err != nil:
		return err
	case known:
		return c.take(ctx, i, a, private)
	}
	if f, fixed := fixedOf(m); fixed && ref.card == 0 && ref.ask == "" && len(ref.jobs) < 2 {
		return i.Respond(ctx, fixedMessage(f, strings.Join(ref.jobs, "")), private)
	}
	switch {
	case len(ref.uuids) > 0:
		return c.byPicture(ctx, i, m, private, textUUID)
	case !ref.empty():
		return c.about(ctx, i, ref, private)
	case len(m.Texts()) == 0:
		return bot.Refuse(textNoText)
	}
	return c.byPicture(ctx, i, m, private, textNoJobHere)
}

// cardOn is the card that one of our own messages shows. Whether the member sees that message is for the caller to know.
func (c *counter) cardOn(ctx context.Context, i *bot.Interaction, channel, message string) (a aim, known bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, lookupTime)
	defer cancel()
	card, known, err := cardIfThere(c.history.CardOfMessage(ctx, hands(i), channel, message))
	return aimAtKnown(card), known, err
}

// readMessage is what a message points to. One of our own says it with its buttons; any other with a job ID, or with
// one of Midjourney's own IDs, wherever they stand in it.
func (c *counter) readMessage(m *bot.Msg) reference {
	texts := m.Texts()
	if self := c.reader.UserID(); self != "" && m.Author.ID == self {
		for _, text := range texts {
			if ref := readButton(text); !ref.empty() {
				return ref
			}
		}
	}
	f := findIn(strings.Join(texts, "\n"))
	if len(f.images) == 0 && len(f.commands) == 0 && len(f.uuids) > 0 {
		return reference{uuids: f.uuids} // Midjourney's messages link to each other: what stands here goes first
	}
	return f.reference()
}

// readButton is what a custom ID of ours belongs to.
func readButton(customID string) reference {
	id, ours := bot.ParseID(customID)
	if !ours {
		return reference{}
	}
	switch id.Verb {
	case verbCopy, verbSeed:
		return reference{card: numberIn(id.Arg(0))}
	case verbStop, verbAgain:
		return reference{ask: id.Arg(0)}
	case verbFetch:
		return readReference(id.Arg(0))
	}
	return reference{}
}
