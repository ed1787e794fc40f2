package commands

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
	"seedbank/db"
)

// emptyList is what is said of a list without cards: why it has none, and what would have some.
type emptyList struct {
	listing
	words string
	said  string
	loose []loosening
	first bool // there is nothing to be found yet, whatever is looked for
}

// nothingListed finds out why a list has no cards.
func (c *counter) nothingListed(ctx context.Context, v db.View, l listing, words string) (n emptyList, err error) {
	n = emptyList{listing: l, words: words}
	all, err := c.history.Count(ctx, v, db.Filter{})
	if err != nil {
		return emptyList{}, fmt.Errorf("count the history: %w", err)
	}
	if n.first = all == 0; n.first {
		n.said = knownHere(v.Scope, textFirstUse)
		return n, nil
	}
	count := c.countListed
	if words != "" {
		count = c.countFound(words, true)
	}
	if n.loose, err = c.loosen(ctx, v, l, count); err != nil {
		return emptyList{}, err
	}
	switch {
	case len(n.loose) > 0:
		n.said = textNothingWithin
	case words == "":
		n.said = textNothingListed
	default:
		n.said, err = c.whyNothing(ctx, v, l, words)
	}
	n.said = knownHere(v.Scope, n.said)
	return n, err
}

// whyNothing says which part of a search keeps all cards away.
func (c *counter) whyNothing(ctx context.Context, v db.View, l listing, words string) (string, error) {
	q, err := queryOf(words, l)
	if err != nil {
		return "", err
	}
	for _, tag := range q.Tag {
		is, err := c.hasTag(ctx, v, tag)
		if err != nil {
			return "", err
		}
		if is {
			continue
		}
		tags, err := c.tagsHere(ctx, v, "")
		if err != nil {
			return "", err
		}
		return textNoSuchTag(tag, tags[:min(len(tags), maxNamed)]), nil
	}
	if seed := q.OnlySeed(); seed != "" {
		return textNoSuchSeed(seed), nil
	}
	if without, ok := q.LeavesOut(); ok {
		n, err := c.countExact(ctx, v, without)
		switch {
		case err != nil:
			return "", err
		case n > 0 && without.IsZero():
			return textAllLeftOut, nil
		case n > 0:
			return textLeftOut(n), nil
		}
	}
	if asked, ok := q.Asks(); ok {
		if n, err := c.countExact(ctx, v, asked); err != nil || n > 0 {
			return textWordsAlone(n), err
		}
	}
	if unquoted, ok := q.Quotes(); ok {
		if n, err := c.countExact(ctx, v, unquoted); err != nil || n > 0 {
			return textNoPhrase(n), err
		}
	}
	if q.IsShort() {
		return textShortWord, nil
	}
	return textNothingFound, nil
}

// countExact is how many cards have all that a query asks for.
func (c *counter) countExact(ctx context.Context, v db.View, q db.Query) (int, error) {
	r, err := c.history.Search(ctx, v, q, "", 1)
	if err != nil {
		return 0, fmt.Errorf("search the history: %w", err)
	}
	if r.Near {
		return 0, nil
	}
	return r.Total, nil
}

// hasTag tells whether a card of a view has just this tag.
func (c *counter) hasTag(ctx context.Context, v db.View, tag string) (bool, error) {
	tags, err := c.tagsHere(ctx, v, tag)
	return slices.Contains(tags, tag), err
}

// tagsHere are the tags on the cards of a view that begin with a text, the most used first.
func (c *counter) tagsHere(ctx context.Context, v db.View, prefix string) ([]string, error) {
	tags, err := c.history.Tags(ctx, v, prefix, maxTagsHere)
	if err != nil {
		return nil, fmt.Errorf("list the tags: %w", err)
	}
	return tags, nil
}

// maxTagsHere is how many tags with one beginning are looked through for one that is just that.
const maxTagsHere = 1000

// plain is what is said where there are no buttons.
func (n emptyList) plain() string {
	if len(n.loose) == 0 {
		return n.said
	}
	names := make([]string, 0, len(n.loose))
	for _, l := range n.loose {
		names = append(names, l.name())
	}
	return n.said + "\n" + strings.Join(names, "\n")
}

// message lets in what was left out.
func (n emptyList) message() bot.Message {
	parts := []discordgo.MessageComponent{text(n.said)}
	if n.first || n.words == "" && !n.narrow() {
		return framed(blue, parts...)
	}
	if n.words != "" {
		parts = append(parts, text(wordsShown(n.words)))
	}
	if n.narrow() {
		parts = append(parts, text(textFilterLine(n.listing)))
	}
	if len(n.loose) > 0 {
		parts = append(parts, looseRow(n.loose, n.words != ""))
	}
	return framed(blue, append(parts, row(filterButton(n.listing)))...)
}
