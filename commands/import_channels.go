package commands

import (
	"context"
	"errors"
	"slices"

	"seedbank/bot"
	"seedbank/exchange"
)

// mostLooks is how often Discord is asked for the channels that a file names, some at a time.
const mostLooks = 5

// foreignChannels are those of a file that are not this server's, as far as Discord says so: nobody here sees them, so
// nobody here would find a card of theirs. In doubt a card stays where the file says it was.
func (c *counter) foreignChannels(ctx context.Context, i *bot.Interaction, content *exchange.Content) map[string]bool {
	var named []string
	for _, read := range content.Cards {
		if channel := read.Record.Channel; snowflake.MatchString(channel) && channel != i.Channel {
			named = append(named, channel)
		}
	}
	slices.Sort(named)
	named = slices.Compact(named)
	if i.Guild == "" || len(named) == 0 {
		return nil
	}
	var ours []string
	err := errors.New("not asked yet")
	for tries := 0; err != nil; tries++ { // each finds some more
		if tries == mostLooks {
			return nil
		}
		ours, err = c.reader.ChannelsOf(ctx, i.Guild, named)
	}
	foreign := map[string]bool{}
	for _, channel := range named {
		foreign[channel] = !slices.Contains(ours, channel)
	}
	return foreign
}
