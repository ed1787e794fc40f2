package commands

import (
	"context"
	"errors"
	"fmt"

	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
	"seedbank/db"
)

// deleteCard deletes a card. The messages that showed it say so instead, with a button that brings it back.
func (c *counter) deleteCard(ctx context.Context, i *bot.Interaction, card db.Card) error {
	if err := c.mayUse(ctx, i, card, actionDelete); err != nil {
		return err
	}
	places := c.elsewhere(ctx, i, card.Number, mostWithdrawn) // afterwards nobody sees the card
	if err := c.history.Delete(ctx, hands(i), card.Number, i.User.ID); err != nil {
		return fmt.Errorf("delete card %d: %w", card.Number, err)
	}
	instead := deletedMessage(card.Number, i.User.ID)
	if !showsCard(i.Message, card) {
		if err := i.Respond(ctx, instead, true); err != nil {
			return err
		}
	} else if err := i.Update(ctx, instead); err != nil {
		return err
	}
	c.withdraw(ctx, places, instead)
	return nil
}

func deletedMessage(number int64, by string) bot.Message {
	return framed(grey, text(textDeleted(number, by)),
		row(button(discordgo.SecondaryButton, "↩️", labelUndo, cardID(verbUndelete, number))))
}

// undelete brings a deleted card back, for whoever deleted it, whoever asked for it, and who keeps order. The message
// that was pressed and the others that showed it show it again. Their pictures were taken from them, so they are uploaded
// anew.
func (c *counter) undelete(ctx context.Context, i *bot.Interaction) error {
	number := numberIn(i.CustomID.Arg(0))
	if err := c.mayUndelete(ctx, i, number); err != nil {
		return err
	}
	v, err := c.eyes(ctx, i)
	if err != nil {
		return err
	}
	card, err := c.history.Undelete(ctx, v, number)
	switch {
	case errors.Is(err, db.ErrNotFound):
		return bot.Refuse(textUndoLate(number))
	case errors.Is(err, db.ErrExists):
		return i.Respond(ctx, framed(blue, text(textUndoOther(card.Number)), row(openButton(card.Number))), true)
	case err != nil:
		return fmt.Errorf("bring card %d back: %w", number, err)
	}
	if err := c.record(ctx, i, auditRestored, cardNumber(number), ""); err != nil {
		return err
	}
	places := c.elsewhere(ctx, i, number, mostWithdrawn)
	near := min(len(places), mostReshown)
	if err := i.Update(ctx, cardFace{card: card, notes: textOnTheirWay}.message()); err != nil {
		return err
	}
	err = c.askTo(ctx, i, aim{card: number}, address{Reply: i.Reply(), InPlace: &inPlace{Back: &back{Places: places[:near]}}})
	c.withdraw(ctx, places[near:], framed(grey, text(textIsBack(number)), row(openButton(number))))
	return err
}

func (c *counter) mayUndelete(ctx context.Context, i *bot.Interaction, number int64) error {
	v, err := c.eyes(ctx, i)
	if err != nil {
		return err
	}
	d, err := c.history.Deleted(ctx, v, number)
	switch {
	case errors.Is(err, db.ErrNotFound):
		if _, err := c.history.Card(ctx, v, number); err == nil {
			return bot.Refuse(textBackAlready(number))
		}
		return bot.Refuse(textUndoLate(number))
	case err != nil:
		return fmt.Errorf("look up deleted card %d: %w", number, err)
	case i.User.ID == d.By, i.User.ID == d.Asker:
		return nil
	}
	set, err := c.settings(ctx, i)
	if err != nil {
		return err
	}
	if !hasRight(i, set, rightCurate) {
		return bot.Refuse(textUndoNotYours(d.By, d.Asker))
	}
	return nil
}
