package commands

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"seedbank/bot"
	"seedbank/db"
)

// Fields of the form Note and tags, and what they take. The bounds of a tag are the history's own.
const (
	fieldNote = "note"
	fieldTags = "tags"

	maxNote     = 500
	mostTags    = db.MaxTags
	maxTag      = db.MaxTag
	maxTagsText = 600

	maxWrittenBack = 2500
)

// askNote opens the form with what stands there already.
func (c *counter) askNote(ctx context.Context, i *bot.Interaction, card db.Card) error {
	if err := c.mayUse(ctx, i, card, actionNote); err != nil {
		return err
	}
	tags := strings.Join(card.Tags, ", ")
	return c.showForm(ctx, i, bot.Modal{
		ID: cardID(verbNote, card.Number), Title: titleNote,
		Fields: []bot.Field{
			{
				ID: fieldNote, Label: labelNoteText, Hint: hintNoteText, Value: card.Note, Long: true, Optional: true,
				Max: max(maxNote, units(card.Note)), // one that was imported may be longer
			},
			{ID: fieldTags, Label: labelTags, Hint: hintTags, Value: tags, Optional: true, Max: max(maxTagsText, units(tags))},
		},
	})
}

// note keeps what the form says, and shows it on the card.
func (c *counter) note(ctx context.Context, i *bot.Interaction) error {
	card, err := c.cardOfButton(ctx, i)
	if err != nil {
		return err
	}
	if err := c.mayUse(ctx, i, card, actionNote); err != nil {
		return err
	}
	note := strings.TrimSpace(i.Fields[fieldNote])
	tags := tagsIn(i.Fields[fieldTags])
	switch {
	case len(tags) > mostTags:
		return mistake(textTooMany(writtenBack(i.Fields[fieldTags])))
	case units(note) > max(maxNote, units(card.Note)):
		return mistake(textNoteLong)
	}
	if err := c.history.SetNote(ctx, hands(i), card.Number, note, tags); err != nil {
		return refuseInput(fmt.Errorf("note something about card %d: %w", card.Number, err))
	}
	if err := c.record(ctx, i, auditNoted, cardNumber(card.Number), ""); err != nil {
		return err
	}
	if card, err = c.cardOfButton(ctx, i); err != nil {
		return err
	}
	done, err := c.reshow(ctx, i, card)
	switch {
	case err != nil:
		return err
	case !done:
		if err := i.Respond(ctx, framed(blue, text(textNoted)), true); err != nil {
			return err
		}
	}
	c.reshowElsewhere(ctx, i, card)
	return nil
}

// writtenBack is what a member typed, so that a refusal does not lose it.
func writtenBack(s string) string {
	text, _ := quoted(s, maxWrittenBack)
	return text
}

// tagsIn reads tags as members write them, with commas or lines between and perhaps a # before: small letters, digits,
// - and _, with - for the spaces within one.
func tagsIn(s string) []string {
	var tags []string
	for _, written := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(",;\n#，、；＃", r) }) {
		tag := strings.Map(func(r rune) rune {
			switch {
			case unicode.IsLetter(r), unicode.IsMark(r), unicode.IsDigit(r), r == '-', r == '_':
				return unicode.ToLower(r)
			}
			return -1
		}, strings.Join(strings.Fields(written), "-"))
		tag = strings.Trim(string([]rune(tag)[:min(len([]rune(tag)), maxTag)]), "-_")
		if tag != "" && !slices.Contains(tags, tag) {
			tags = append(tags, tag)
		}
	}
	return tags
}
