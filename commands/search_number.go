package commands

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"seedbank/db"
)

// bareNumber is a search that is one number: a card's, a seed, or a word of a prompt.
var bareNumber = regexp.MustCompile(`^#?\s*(\d{1,18})$`)

// seekNumber sees to a search that is one number. With # before it, it is the card of that number, where there is one.
// Else it finds prompts that hold it, as any word; where there are none, the cards that have it as their seed, and at last
// the card of that number, which can be opened beside what was found, since it may be what was meant. Where something
// narrows the search, or it has been leafed through, only seeds are looked for.
func (c *counter) seekNumber(ctx context.Context, v db.View, page *foundPage) error {
	m := bareNumber.FindStringSubmatch(page.words)
	if m == nil {
		return nil
	}
	var card db.Card
	if !page.narrow() && page.result.Prev == "" {
		var err error
		if card, err = c.history.Card(ctx, v, numberIn(m[1])); err != nil && !errors.Is(err, db.ErrNotFound) {
			return fmt.Errorf("look up card %s: %w", m[1], err)
		}
		page.card = card.Number
	}
	named := strings.HasPrefix(page.words, "#")
	switch {
	case named && card.Number != 0:
		page.result, page.note, page.card = db.Result{Cards: []db.Card{card}, Total: 1}, textNamedCard, 0
		return nil
	case len(page.result.Cards) > 0:
		return nil
	}
	if seed := seedWords(m[1]); !named && seed != "" {
		r, err := c.searched(ctx, v, page.listing, seed, "")
		if err != nil {
			return err
		}
		if len(r.Cards) > 0 {
			page.words, page.result, page.note = seed, r, textSoughtSeed
			return nil
		}
	}
	if card.Number != 0 {
		page.result, page.note, page.card = db.Result{Cards: []db.Card{card}, Total: 1}, textSoughtCard, 0
	}
	return nil
}

// seedWords is a search for cards of a seed; "" for what is none.
func seedWords(digits string) string {
	seed := "seed:" + digits
	if _, err := db.ParseQuery(seed); err != nil {
		return ""
	}
	return seed
}
