package commands

import (
	"context"
	"fmt"
	"slices"

	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
	"seedbank/db"
)

// Whatever a member finds is found with eyes: the history is asked with what these give, never with hands, which are for
// what is done to something that was found. A test holds it.

// eyes are what the one who calls may find: the cards of channels that they see, and their own.
func (c *counter) eyes(ctx context.Context, i *bot.Interaction) (db.View, error) {
	s, err := c.look(ctx, i, i.Viewer())
	return s.View, err
}

// hands are the one who calls, to do something to a card that was found, or to what is theirs.
func hands(i *bot.Interaction) db.View { return db.View{Scope: i.Scope(), Member: i.User.ID} }

// sight is what somebody may find.
type sight struct {
	db.View
	partly bool // Discord did not say what they see, so what may be closed to them is left out
}

// look is the sight of the one who calls, or of everybody who sees what they are answered. Discord is asked only where the
// server has cards of other channels. The first look of a call can take half the time that there is for an answer.
func (c *counter) look(ctx context.Context, i *bot.Interaction, who bot.Viewer) (sight, error) {
	s := sight{View: hands(i)}
	if i.Guild == "" || who.User != "" && i.MemberHas(discordgo.PermissionAdministrator) {
		return s, nil
	}
	channels, err := c.history.Channels(ctx, i.Scope())
	if err != nil {
		return sight{}, fmt.Errorf("look at the channels: %w", err)
	}
	here := func(channel string) bool { return channel == i.Channel || channel == i.Parent }
	channels = slices.DeleteFunc(channels, here)
	s.Channels = []string{i.Channel}
	if i.Parent != "" {
		s.Channels = append(s.Channels, i.Parent)
	}
	if len(channels) > 0 {
		seen, unknown := c.reader.Seen(ctx, who, channels)
		if ctx.Err() != nil {
			return sight{}, fmt.Errorf("look at the channels: %w", ctx.Err())
		}
		s.Channels, s.partly = append(s.Channels, seen...), unknown != nil
	}
	return s, nil
}

// listSight is the sight that a list is made with: on one that everybody reads, nothing is listed that only some may
// find, and nobody's private cards.
func (c *counter) listSight(ctx context.Context, i *bot.Interaction, l listing, private bool) (sight, error) {
	who := i.Viewer()
	if !private {
		who = i.Everybody()
	}
	s, err := c.look(ctx, i, who)
	if !private || l.public {
		s.Member = ""
	}
	return s, err
}

// told says above a list that it is not all there may be.
func (s sight) told(m bot.Message) bot.Message {
	if s.partly {
		m = under([]string{textPartly}, m)
	}
	return m
}

// toldIn is told for a plain text.
func (s sight) toldIn(words string) string {
	if s.partly {
		words += "\n" + textPartly
	}
	return words
}

// cardSeen is a card that the one who calls may find, or that the message shows which they pressed: who sees it there may
// use it there, whatever channel it came from.
func (c *counter) cardSeen(ctx context.Context, i *bot.Interaction, number int64) (db.Card, error) {
	short, cancel := context.WithTimeout(ctx, lookupTime)
	defer cancel()
	card, err := c.history.Card(short, hands(i), number)
	if err != nil || showsCard(c.beganOn(i), card) {
		return card, err
	}
	v, err := c.eyes(ctx, i)
	if err != nil {
		return db.Card{}, err
	}
	again, done := context.WithTimeout(ctx, lookupTime)
	defer done()
	return c.history.Card(again, v, number)
}
