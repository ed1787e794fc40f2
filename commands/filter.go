package commands

import (
	"context"
	"strings"

	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
	"seedbank/db"
)

// Fields of the form of verbFilter.
const (
	fieldWords   = "words"
	fieldBy      = "by"
	fieldIn      = "in"
	fieldSince   = "since"
	fieldStarred = "starred"
)

// filterButton opens the form in which a list is narrowed down. It works on a history and on a search: one becomes the
// other by its words.
func filterButton(l listing) discordgo.Button {
	return button(discordgo.SecondaryButton, "", labelFilter, bot.ID(verbFilter, l.String()))
}

// filterPressed opens the form with what narrows the list now.
func (c *counter) filterPressed(ctx context.Context, i *bot.Interaction) error {
	return c.openFilter(ctx, i, i.CustomID)
}

// openFilter shows the form of verbFilter.
func (c *counter) openFilter(ctx context.Context, i *bot.Interaction, of bot.CustomID) error {
	return c.showForm(ctx, i, filterForm(i, readListing(of.Arg(0)), wordsOf(i.Message)))
}

func filterForm(i *bot.Interaction, l listing, words string) bot.Modal {
	fields := []bot.Field{
		{ID: fieldWords, Label: formWords, Hint: formWordsHint, Value: words, Optional: true, Max: maxSearchWords},
		{ID: fieldBy, Label: formBy, Input: bot.UserInput, Optional: true, Max: 1, Chosen: some(l.by)},
	}
	if i.Guild != "" {
		fields = append(fields, bot.Field{ID: fieldIn, Label: formIn, Input: bot.ChannelInput, Optional: true, Max: 1, Chosen: some(l.in)})
	}
	since := l.since
	if since == "" {
		since = sinceAll
	}
	var choices []bot.FieldChoice
	for _, value := range append([]string{sinceAll}, sinces()...) {
		choices = append(choices, bot.FieldChoice{Value: value, Label: sinceLabel(value)})
	}
	starred := "false"
	if l.starred {
		starred = "true"
	}
	fields = append(fields,
		bot.Field{ID: fieldSince, Label: formSince, Input: bot.RadioInput, Choices: choices, Chosen: []string{since}},
		bot.Field{ID: fieldStarred, Label: formStarred, Input: bot.CheckboxInput, Value: starred},
	)
	return bot.Modal{ID: bot.ID(verbFilter, l.String()), Title: formFilter, Fields: fields}
}

func some(id string) []string {
	if id == "" {
		return nil
	}
	return []string{id}
}

// filter puts the list that was asked for in the place of the one that the form was opened from.
func (c *counter) filter(ctx context.Context, i *bot.Interaction) error {
	l := listing{
		by: chosenID(i.Fields[fieldBy]), in: chosenID(i.Fields[fieldIn]), since: sinceNamed(i.Fields[fieldSince]),
		starred: i.Fields[fieldStarred] == "true", public: readListing(i.CustomID.Arg(0)).public,
	}
	words := searchText(i.Fields[fieldWords])
	if words != "" {
		if _, err := queryOf(words, l); err != nil {
			return err // told beside the list, which stays as it is
		}
	}
	if err := i.DeferUpdate(ctx); err != nil {
		return err
	}
	if words == "" {
		return c.showPage(ctx, i, l, isPrivate(i.Message), db.Page{})
	}
	return c.showFound(ctx, i, l, words, isPrivate(i.Message), "", 1)
}

// chosenID is the one ID that a menu of a form holds, as far as it is one.
func chosenID(values string) string {
	first, _, _ := strings.Cut(values, "\n")
	return longID(shortID(first))
}
