package commands

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"seedbank/bot"
	"seedbank/db"
)

// Bounds of what is suggested. The rows are Discord's, the characters too.
const (
	maxSuggestions     = 25
	maxSuggestedAsks   = 5
	maxSuggestedStars  = 10
	maxSuggestionName  = 100
	maxSuggestionValue = 100
	maxSuggestionMark  = 16
)

// suggestJobs completes the option job of /seed. Who may not ask here is offered what is known already.
func (c *counter) suggestJobs(ctx context.Context, i *bot.Interaction) ([]bot.Choice, error) {
	choices, err := c.suggestAnyJob(ctx, i)
	if err != nil || c.may(ctx, i, rightAsk) == nil {
		return choices, err
	}
	choices = slices.DeleteFunc(choices, func(one bot.Choice) bool {
		ref := readReference(one.Value)
		return len(ref.jobs) > 0 || ref.ask != ""
	})
	if len(choices) == 0 {
		choices = echo(suggestMayNot, cmp.Or(i.Text(jobOption), "?"))
	}
	return choices, nil
}

// suggestAnyJob lists asks without a seed, cards, and an echo of what was pasted. Values come back as free text, so they
// are read again like any.
func (c *counter) suggestAnyJob(ctx context.Context, i *bot.Interaction) ([]bot.Choice, error) {
	typed := i.Text(jobOption)
	if typed == "" {
		return c.suggestLatest(ctx, i)
	}
	ref := readReference(typed)
	switch {
	case len(ref.jobs) > 0:
		return c.suggestPasted(ctx, i, ref.jobs)
	case ref.other == videoJob:
		return echo(suggestVideo, typed), nil
	case ref.other == oldJob:
		return echo(suggestOldJob, typed), nil
	case ref.link != nil:
		return echo(suggestLink, ref.link.String()), nil
	case len(ref.uuids) > 0:
		return echo(suggestUUID, ref.uuids[0]), nil
	case ref.card != 0:
		return c.suggestNumbers(ctx, i, ref.card)
	case ref.ask != "":
		return c.suggestAsked(ctx, i, ref.ask)
	}
	var choices []bot.Choice
	if strings.HasPrefix(wordLast, strings.ToLower(typed)) {
		choices = append(choices, bot.Choice{Name: suggestLast, Value: wordLast})
	}
	cards, err := c.suggestMatches(ctx, i, typed)
	if choices = append(choices, cards...); err == nil && len(choices) == 0 {
		choices = echo(suggestUnreadable, typed)
	}
	return choices, err
}

// suggestCards completes any option that takes a card.
func (c *counter) suggestCards(ctx context.Context, i *bot.Interaction) ([]bot.Choice, error) {
	typed := i.Text(i.Focused)
	if n := readCardNumber(typed); n != 0 {
		return c.suggestNumbers(ctx, i, n)
	}
	choices, err := c.suggestMatches(ctx, i, typed)
	if err == nil && len(choices) == 0 && typed != "" {
		choices = echo(suggestNoCard, typed)
	}
	return choices, err
}

// suggestLatest is for a field that is still empty: what lacks a seed goes first.
func (c *counter) suggestLatest(ctx context.Context, i *bot.Interaction) ([]bot.Choice, error) {
	v, err := c.eyes(ctx, i)
	if err != nil {
		return nil, err
	}
	asks, err := c.history.RecentAsks(ctx, v, maxSuggestedAsks)
	if err != nil {
		return nil, fmt.Errorf("suggest asks: %w", err)
	}
	choices := make([]bot.Choice, 0, maxSuggestions)
	for _, ask := range asks {
		choices = append(choices, askChoice(ask))
	}
	cards, err := c.suggestMatches(ctx, i, "")
	choices = append(choices, cards...)
	return choices[:min(len(choices), maxSuggestions)], err
}

// suggestMatches lists the cards whose number, seed or prompt the text matches, or the newest for no text. Except for
// numbers, cards with a star go first; where none matches, the nearest are listed, the best first.
func (c *counter) suggestMatches(ctx context.Context, i *bot.Interaction, typed string) ([]bot.Choice, error) {
	v, err := c.eyes(ctx, i)
	if err != nil {
		return nil, err
	}
	cards, near, err := c.suggested(ctx, v, typed)
	if err != nil {
		return nil, err
	}
	if typed == "" {
		starred, err := c.history.History(ctx, v, db.Filter{Starred: true}, db.Page{Limit: maxSuggestedStars})
		if err != nil {
			return nil, fmt.Errorf("suggest cards with a star: %w", err)
		}
		cards = withFirst(starred, cards)
	}
	if readCardNumber(typed) == 0 && !near {
		slices.SortStableFunc(cards, func(a, b db.Card) int { return cmp.Compare(starRank(a), starRank(b)) })
	}
	choices := make([]bot.Choice, 0, len(cards))
	for _, card := range cards {
		choices = append(choices, cardChoice(card))
	}
	return choices, nil
}

// withFirst is a list after another, without doubles and no longer than is suggested.
func withFirst(first, then []db.Card) []db.Card {
	all := slices.Clone(first)
	for _, card := range then {
		if len(all) < maxSuggestions && !slices.ContainsFunc(first, func(c db.Card) bool { return c.Number == card.Number }) {
			all = append(all, card)
		}
	}
	return all
}

// starRank puts cards with the member's own star before those with others', and both before the rest.
func starRank(card db.Card) int {
	switch {
	case card.Starred:
		return 0
	case card.Stars > 0:
		return 1
	}
	return 2
}

// suggestNumbers lists the cards whose number or seed begins with the digits, however the number was written.
func (c *counter) suggestNumbers(ctx context.Context, i *bot.Interaction, number int64) ([]bot.Choice, error) {
	digits := strconv.FormatInt(number, 10)
	choices, err := c.suggestMatches(ctx, i, digits)
	if err == nil && len(choices) == 0 {
		choices = echo(suggestNoCard, digits)
	}
	return choices, err
}

// suggestAsked is for who comes back to a field that holds one of our own suggestions.
func (c *counter) suggestAsked(ctx context.Context, i *bot.Interaction, id string) ([]bot.Choice, error) {
	v, err := c.eyes(ctx, i)
	if err != nil {
		return nil, err
	}
	ask, err := c.history.Ask(ctx, v, id)
	switch {
	case errors.Is(err, db.ErrNotFound) || err == nil && ask.Job == "":
		return echo(suggestUnreadable, askPrefix+id), nil
	case err != nil:
		return nil, fmt.Errorf("suggest an ask: %w", err)
	}
	return []bot.Choice{askChoice(ask)}, nil
}

// suggestPasted echoes job IDs, after the card that answers the one already.
func (c *counter) suggestPasted(ctx context.Context, i *bot.Interaction, jobs []string) ([]bot.Choice, error) {
	var choices []bot.Choice
	if len(jobs) == 1 {
		v, err := c.eyes(ctx, i)
		if err != nil {
			return nil, err
		}
		card, err := c.history.CardOfJob(ctx, v, jobs[0], true)
		switch {
		case err == nil:
			choices = append(choices, cardChoice(card))
		case !errors.Is(err, db.ErrNotFound):
			return nil, fmt.Errorf("suggest the card of a job: %w", err)
		}
	}
	for _, job := range jobs[:min(len(jobs), maxSuggestions)] {
		choices = append(choices, bot.Choice{Name: suggestJob(job), Value: job})
	}
	return choices, nil
}

func askChoice(ask db.Ask) bot.Choice {
	name := suggestAsk(ask.Job, age(time.Since(ask.At)))
	return bot.Choice{Name: shortened(name, maxSuggestionName), Value: askPrefix + ask.ID}
}

func cardChoice(card db.Card) bot.Choice {
	number := cardNumber(card.Number)
	tail := dotted(shortened(versionLabel(card.Version), maxSuggestionMark), age(time.Since(card.Created)))
	room := maxSuggestionName - units(number) - units(tail) - 2*units(" · ")
	name := dotted(number, shortened(promptText(card.Prompt), room), tail)
	return bot.Choice{Name: shortened(name, maxSuggestionName), Value: strconv.FormatInt(card.Number, 10)}
}

// echo is one row that says something about what was typed. A value that is too long for Discord is cut: what is left
// of a text that means nothing means nothing either.
func echo(name, typed string) []bot.Choice {
	if runes := []rune(typed); len(runes) > maxSuggestionValue {
		typed = string(runes[:maxSuggestionValue])
	}
	return []bot.Choice{{Name: name, Value: typed}}
}

// suggestInSeeds completes the options of /seeds.
func (c *counter) suggestInSeeds(ctx context.Context, i *bot.Interaction) ([]bot.Choice, error) {
	switch i.Focused {
	case versionOption:
		return c.suggestVersions(ctx, i)
	case tagOption:
		return c.suggestTags(ctx, i)
	}
	choices, err := c.suggestCards(ctx, i)
	return withoutOther(i, choices), err
}

// withoutOther is what is suggested for one of two cards to compare, without the card that the other option holds.
func withoutOther(i *bot.Interaction, choices []bot.Choice) []bot.Choice {
	other := map[string]string{compareAOption: compareBOption, compareBOption: compareAOption}[i.Focused]
	number := strconv.FormatInt(readCardNumber(i.Text(other)), 10)
	return slices.DeleteFunc(choices, func(one bot.Choice) bool { return one.Value == number })
}

// suggestVersions lists the model versions that this history has cards of and that hold what was typed.
func (c *counter) suggestVersions(ctx context.Context, i *bot.Interaction) ([]bot.Choice, error) {
	v, err := c.eyes(ctx, i)
	if err != nil {
		return nil, err
	}
	versions, err := c.history.Versions(ctx, v)
	if err != nil {
		return nil, fmt.Errorf("suggest versions: %w", err)
	}
	typed := strings.ToLower(i.Text(versionOption))
	var choices []bot.Choice
	for _, version := range versions {
		label := versionLabel(version)
		if strings.Contains(strings.ToLower(label), typed) {
			choices = append(choices, bot.Choice{Name: shortened(label, maxSuggestionName), Value: version})
		}
	}
	if len(choices) == 0 && typed != "" {
		choices = echo(suggestNoVersion, i.Text(versionOption))
	}
	return choices, nil
}

// suggestTags lists the tags that begin with what was typed, the most used first.
func (c *counter) suggestTags(ctx context.Context, i *bot.Interaction) ([]bot.Choice, error) {
	typed := strings.TrimPrefix(i.Text(tagOption), "#")
	v, err := c.eyes(ctx, i)
	if err != nil {
		return nil, err
	}
	tags, err := c.history.Tags(ctx, v, typed, maxSuggestions)
	if err != nil {
		return nil, fmt.Errorf("suggest tags: %w", err)
	}
	choices := make([]bot.Choice, 0, len(tags))
	for _, tag := range tags {
		choices = append(choices, bot.Choice{Name: shortened(tag, maxSuggestionName), Value: tag})
	}
	if len(choices) == 0 && typed != "" {
		choices = echo(suggestNoTag, typed)
	}
	return choices, nil
}
