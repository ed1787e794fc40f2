package commands

import (
	"context"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
	"seedbank/db"
)

// markLife is how long the first of two cards stays marked. Marks are kept in memory: after a restart the first of two
// is simply chosen again.
const (
	markLife = 10 * time.Minute
	mostMark = 10_000
)

// marks remembers which card each member marked for a comparison. The zero value is ready; safe for concurrent use.
type marks struct {
	mu     sync.Mutex
	marked map[memberKey]mark
}

type mark struct {
	card int64
	at   time.Time
}

// pair is the card that the member marked before, which is then no longer marked; 0 when this one is the first, and is
// marked now. The same card twice stays marked, and is no pair.
func (m *marks) pair(v db.View, card int64, now time.Time) int64 {
	m.mu.Lock()
	defer m.mu.Unlock()
	for of, old := range m.marked {
		if now.Sub(old.at) >= markLife {
			delete(m.marked, of)
		}
	}
	key := keyOf(v)
	before, marked := m.marked[key]
	if marked && before.card != card {
		delete(m.marked, key)
		return before.card
	}
	if m.marked == nil {
		m.marked = map[memberKey]mark{}
	}
	for of := range m.marked {
		if len(m.marked) < mostMark {
			break
		}
		delete(m.marked, of)
	}
	m.marked[key] = mark{card: card, at: now}
	return 0
}

// compareWithCommand is the message command Compare with…: its first use marks a card, its second compares.
func (c *counter) compareWithCommand() bot.Command {
	return bot.Command{
		ApplicationCommand: &discordgo.ApplicationCommand{Name: compareWithName, Type: discordgo.MessageApplicationCommand},
		Handle:             c.compareMessageWith,
	}
}

func (c *counter) compareMessageWith(ctx context.Context, i *bot.Interaction) error {
	_, card, known, err := c.cardOfTarget(ctx, i)
	switch {
	case err != nil:
		return err
	case !known:
		return bot.Refuse(textNothingToCompare)
	}
	return c.compareWith(ctx, i, card)
}

// compareWith marks a card, or compares it with the one that the member marked before. Only the member sees either.
func (c *counter) compareWith(ctx context.Context, i *bot.Interaction, card db.Card) error {
	before := c.marks.pair(hands(i), card.Number, time.Now())
	if before == 0 {
		return i.Respond(ctx, framed(blue, text(textMarked(card.Number))), true)
	}
	first, err := c.cardOf(ctx, i, before)
	if err != nil {
		return err
	}
	return i.Respond(ctx, compareMessage(first, card), true)
}

// compareOption is /seeds compare.
func compareOption() *discordgo.ApplicationCommandOption {
	card := func(name, description string) *discordgo.ApplicationCommandOption {
		return &discordgo.ApplicationCommandOption{
			Type: discordgo.ApplicationCommandOptionString, Name: name, Description: description,
			Required: true, Autocomplete: true, MaxLength: maxCardText,
		}
	}
	return &discordgo.ApplicationCommandOption{
		Type: discordgo.ApplicationCommandOptionSubCommand, Name: compareName, Description: compareDescription,
		Options: []*discordgo.ApplicationCommandOption{
			card(compareAOption, compareADescription), card(compareBOption, compareBDescription), privateChoice(privateDefault),
		},
	}
}

func (c *counter) compare(ctx context.Context, i *bot.Interaction) error {
	a, err := c.cardNamed(ctx, i, i.Text(compareAOption))
	if err != nil {
		return err
	}
	b, err := c.cardNamed(ctx, i, i.Text(compareBOption))
	if err != nil {
		return err
	}
	private := privately(i)
	switch {
	case a.Number == b.Number:
		return bot.Refuse(textCompareOneself)
	case !private && (a.Private || b.Private):
		private = true // what is one member's alone is never shown to others
	}
	return i.Respond(ctx, compareMessage(a, b), private)
}
