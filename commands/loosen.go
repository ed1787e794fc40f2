package commands

import (
	"context"
	"fmt"
	"math"
	"strconv"

	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
	"seedbank/db"
)

// loosening is a list without a part of its filter, and how many cards that list has.
type loosening struct {
	listing
	label string
	total int
	more  bool // there are more than total
}

// loosened are the lists with one part less of a filter, and at last the one without any.
func (l listing) loosened() (list []loosening) {
	add := func(label string, change func(l *listing)) {
		loose := loosening{listing: l, label: label}
		if change(&loose.listing); loose.listing != l {
			list = append(list, loose)
		}
	}
	add(labelAnyTime, func(l *listing) { l.since = "" })
	add(labelAnyone, func(l *listing) { l.by = "" })
	add(labelAnyChannel, func(l *listing) { l.in = "" })
	add(labelAnyStars, func(l *listing) { l.starred = false })
	if len(list) > 1 {
		add(labelNoFilter, func(l *listing) { *l = listing{public: l.public} })
	}
	return list
}

// loosen finds out which parts of a filter keep all cards away. No filter at all is offered where no single part does.
func (c *counter) loosen(ctx context.Context, v db.View, l listing, count func(ctx context.Context, v db.View, l *loosening) error) ([]loosening, error) {
	var some []loosening
	for _, loose := range l.loosened() {
		if loose.label == labelNoFilter && len(some) > 0 {
			break
		}
		if err := count(ctx, v, &loose); err != nil {
			return nil, err
		}
		if loose.total > 0 {
			some = append(some, loose)
		}
	}
	return some, nil
}

// countListed counts the cards of a history.
func (c *counter) countListed(ctx context.Context, v db.View, l *loosening) (err error) {
	if l.total, err = c.history.Count(ctx, v, l.filter()); err != nil {
		return fmt.Errorf("count the history: %w", err)
	}
	return nil
}

// countFound counts what words find, the nearest too or only what has all of them.
func (c *counter) countFound(words string, near bool) func(ctx context.Context, v db.View, l *loosening) error {
	return func(ctx context.Context, v db.View, l *loosening) error {
		page, err := c.sought(ctx, v, l.listing, words, "", 1)
		if near || !page.result.Near {
			l.total, l.more = page.result.Total, page.result.More
		}
		return err
	}
}

// looseRow holds the buttons that let parts of a filter go, in a history or in a search.
func looseRow(some []loosening, search bool) discordgo.MessageComponent {
	buttons := make([]discordgo.MessageComponent, 0, len(some))
	for _, l := range some {
		id := bot.ID(verbPage, pageOlder, strconv.FormatInt(math.MaxInt64, 10), l.String()) // older than any card
		if search {
			id = bot.ID(verbFind, pageOlder, "", "1", l.String())
		}
		buttons = append(buttons, button(discordgo.PrimaryButton, "", l.name(), id))
	}
	return row(buttons...)
}

func (l loosening) name() string { return textLoosening(l.label, l.total, l.more) }
