package commands

import (
	"context"
	"maps"
	"slices"
	"strings"

	"seedbank/bot"
	"seedbank/db"
)

// originals gives links to a card's pictures as they were posted. Discord signs them anew whenever a message is read, and
// they work for about a day.
func (c *counter) originals(ctx context.Context, i *bot.Interaction, card db.Card) error {
	if showsCard(i.Message, card) {
		held := map[int]string{}
		for position, a := range standing(i.Message, card.Number) {
			held[position] = a.URL
		}
		if len(held) > 0 {
			return i.Respond(ctx, originalsMessage(card.Number, held), true)
		}
	}
	if err := i.Defer(ctx, true); err != nil {
		return err
	}
	addresses, unread := readPictures(ctx, c.reader, card)
	if len(addresses) == 0 {
		if unread != nil && ctx.Err() != nil {
			return unread
		}
		return bot.Refuse(textNoFiles(card.Number))
	}
	_, err := c.editor.Edit(ctx, i.Reply(), originalsMessage(card.Number, addresses))
	return err
}

// originalsMessage lists addresses by position; 0 is the small copy. In a message of this kind Discord shows no previews.
func originalsMessage(number int64, addresses map[int]string) bot.Message {
	lines := []string{textFiles(number)}
	for _, position := range slices.Sorted(maps.Keys(addresses)) {
		line := textFile(position, addresses[position])
		if position == 0 {
			line = textSheetFile(addresses[position])
		}
		lines = append(lines, line)
	}
	return framed(blue, text(strings.Join(lines, "\n")))
}
