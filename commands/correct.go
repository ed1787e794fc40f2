package commands

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
	"seedbank/db"
)

// otherSeed is a card that holds a job already, with another seed than the one that a member brings.
type otherSeed struct{ card db.Card }

func (o *otherSeed) Error() string { return textOtherSeedHere(o.card.Number, o.card.Seed) }

// otherSeedMessage says so. Whoever added that card by hand may have mistyped it, and can correct it there.
func otherSeedMessage(card db.Card, seed uint32, member string) bot.Message {
	if !mayCorrect(card, member) {
		return framed(blue, text(textOtherSeedHere(card.Number, card.Seed)))
	}
	number := strconv.FormatInt(card.Number, 10)
	return framed(amber, text(textOwnSeedHere(card.Number, card.Seed, seed)), row(
		button(discordgo.PrimaryButton, "", labelUseSeed(seed), bot.ID(verbCorrect, number, digitsOf(seed))),
		openButton(card.Number),
	))
}

// mayCorrect tells whether a seed is a member's own word.
func mayCorrect(card db.Card, member string) bool {
	return card.Source == db.Pasted && card.Asker != "" && card.Asker == member
}

// correctSeed puts the seed of a button in place of the one that a card was added with, and shows it wherever the card
// stands. Both numbers come from outside.
func (c *counter) correctSeed(ctx context.Context, i *bot.Interaction) error {
	card, err := c.cardOfButton(ctx, i)
	if err != nil {
		return err
	}
	seed, err := strconv.ParseUint(i.CustomID.Arg(1), 10, 32)
	if err != nil {
		return bot.Refuse(textNoChoice)
	}
	if !mayCorrect(card, i.User.ID) {
		return bot.Refuse(textCannotCorrect(card.Number))
	}
	now, err := c.history.CorrectSeed(ctx, hands(i), card.Number, uint32(seed))
	switch {
	case errors.Is(err, db.ErrUnchanged):
		return bot.Refuse(textCannotCorrect(card.Number))
	case err != nil:
		return fmt.Errorf("correct the seed of card %d: %w", card.Number, err)
	}
	if err := i.Update(ctx, framed(green, text(textSeedCorrected(now.Number, now.Seed)), row(openButton(now.Number)))); err != nil {
		return err
	}
	c.reshowElsewhere(ctx, i, card) // known by the seed that they still show
	return nil
}
