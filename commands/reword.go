package commands

import (
	"context"
	"strconv"
	"strings"

	"seedbank/bot"
	"seedbank/db"
	"seedbank/prompt"
)

// Fields of the form Same seed, new words, and what may be changed by it.
const (
	fieldPrompt = "prompt"
	fieldSeed   = "seed"
	fieldChange = "change"

	onlyWords      = "words"
	onlyParameters = "parameters"
	changeAll      = "both"
)

// maxFormText is Discord's limit for a text field of a form, counted in UTF-16 units to be sure of it.
const maxFormText = 4000

// askWords opens the form with the card's prompt and its seed.
func (c *counter) askWords(ctx context.Context, i *bot.Interaction, card db.Card) error {
	line := prompt.Parse(card.Prompt).WithoutSeed()
	if units(line) > maxFormText {
		return bot.Refuse(textPromptTooLong)
	}
	return c.showForm(ctx, i, bot.Modal{
		ID: cardID(verbReword, card.Number), Title: titleWords,
		Fields: []bot.Field{
			{ID: fieldPrompt, Label: labelPrompt, Hint: hintPrompt, Value: line, Long: true, Max: maxFormText},
			{ID: fieldSeed, Label: labelSeedField, Hint: hintSeedField, Value: digitsOf(card.Seed), Optional: true, Max: maxSeedField},
			{
				ID: fieldChange, Label: labelChange, Hint: hintChange, Input: bot.RadioInput, Chosen: []string{changeAll},
				Choices: []bot.FieldChoice{
					{Value: onlyWords, Label: changeWords}, {Value: onlyParameters, Label: changeParams}, {Value: changeAll, Label: changeBoth},
				},
			},
		},
	})
}

// reword says the new line as the whole of a private message, and beside it what changed and what to expect.
func (c *counter) reword(ctx context.Context, i *bot.Interaction) error {
	card, err := c.cardOfButton(ctx, i)
	if err != nil {
		return err
	}
	changed := prompt.Parse(rejoined(card.Prompt, i.Fields[fieldPrompt], i.Fields[fieldChange]))
	if changed.Text == "" && len(changed.Images) == 0 {
		return mistake(textNoWords)
	}
	typed := strings.TrimSpace(i.Fields[fieldSeed])
	if typed == "" {
		return c.sayLine(ctx, i, card, changed.WithoutSeed())
	}
	seed, err := strconv.ParseUint(typed, 10, 32)
	if err != nil {
		return mistake(textNotSeed(writtenBack(i.Fields[fieldPrompt])))
	}
	return c.sayLine(ctx, i, card, changed.WithSeed(uint32(seed)))
}

// newSeed says the card's prompt without its seed.
func (c *counter) newSeed(ctx context.Context, i *bot.Interaction, card db.Card) error {
	return c.sayLine(ctx, i, card, prompt.Parse(card.Prompt).WithoutSeed())
}

// sayLine says a line made from a card, ready to be pasted, with what it changes in a message of its own: a phone copies
// whole messages only.
func (c *counter) sayLine(ctx context.Context, i *bot.Interaction, card db.Card, line string) error {
	if line == "" {
		return mistake(textNoWords)
	}
	if err := c.tellCardLine(ctx, i, card, line); err != nil {
		return err
	}
	_, err := i.Follow(ctx, framed(blue, text(differenceLine(card, line))), true)
	return err
}

// rejoined is what was typed, with the part that was not to change put back as the card has it.
func rejoined(was, typed, change string) string {
	switch change {
	case onlyWords:
		return wordsPart(prompt.Parse(typed)) + " " + parametersPart(prompt.Parse(was))
	case onlyParameters:
		return wordsPart(prompt.Parse(was)) + " " + parametersPart(prompt.Parse(typed))
	}
	return typed
}

func wordsPart(p prompt.Prompt) string {
	return strings.Join(append(append([]string(nil), p.Images...), p.Text), " ")
}

func parametersPart(p prompt.Prompt) string {
	parts := make([]string, 0, len(p.Parameters))
	for _, q := range p.Parameters {
		parts = append(parts, q.Raw)
	}
	return strings.Join(parts, " ")
}

// Bounds of a line about differences, in UTF-16 units as sent.
const (
	mostChanges    = 5
	maxChangeValue = 150
)

// differenceLine is what a line changes of its card, and what to expect of it.
func differenceLine(card db.Card, line string) string {
	was := prompt.Parse(prompt.Parse(card.Prompt).WithSeed(card.Seed))
	now := prompt.Parse(line)
	differences := prompt.Diff(was, now).Differences
	if len(differences) == 0 {
		return textNothingChanged
	}
	effect := prompt.NoEffect
	var changes []string
	for _, d := range differences {
		effect = max(effect, d.Effect)
		if len(changes) < mostChanges {
			changes = append(changes, textChange(subjectWords(d.Subject), sideWords(d.Subject, d.A), sideWords(d.Subject, d.B)))
		}
	}
	expect := textExpectSame
	if _, seeded := now.Seed(); !seeded {
		expect = textExpectChance
	} else if effect == prompt.Replaces {
		expect = textExpectOther
	} else if effect == prompt.Shifts {
		expect = textExpectShift
	}
	return textChanged(changes, len(differences)-len(changes)) + "\n" + expect
}

// sideWords is what one prompt says on a subject; "" when it says nothing, or no words that the other has not.
func sideWords(subject string, s prompt.Side) string {
	if !s.Written || s.Value == "" && subject == prompt.SubjectWords {
		return ""
	}
	if s.Value == "" {
		return textIsSet
	}
	value, _ := quoted(seemly(s.Value), maxChangeValue)
	return value
}
