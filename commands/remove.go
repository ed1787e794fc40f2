package commands

import (
	"context"
	"errors"
	"fmt"

	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
	"seedbank/db"
)

// deleteCard deletes a card. The messages that showed it say so instead, with a button that brings it back; who shared
// it there stays above. Those of a private card say that it is private, and go on saying it: nothing of it is for those
// who see them.
func (c *counter) deleteCard(ctx context.Context, i *bot.Interaction, card db.Card) error {
	if err := c.mayUse(ctx, i, card, actionDelete); err != nil {
		return err
	}
	var places []db.Place
	if !card.Private {
		places = c.elsewhere(ctx, i, card.Number, mostWithdrawn) // afterwards nobody sees the card
	}
	if err := c.history.Delete(ctx, hands(i), card.Number, i.User.ID); err != nil {
		return fmt.Errorf("delete card %d: %w", card.Number, err)
	}
	instead := deletedMessage(card.Number, i.User.ID)
	if err := c.tellDeleted(ctx, i, card, instead); err != nil {
		return err
	}
	c.standIn(ctx, places, instead)
	return nil
}

// tellDeleted answers the call that deleted a card. What brings a private card back is for its asker alone.
func (c *counter) tellDeleted(ctx context.Context, i *bot.Interaction, card db.Card, instead bot.Message) error {
	switch {
	case !showsCard(i.Message, card):
		return i.Respond(ctx, instead, true)
	case inTheOpen(i, card):
		return c.tellAside(ctx, i, card, instead)
	}
	return i.Update(ctx, under(headOf(i.Message), instead))
}

// inTheOpen tells whether others see the message that was pressed, of a card that is private.
func inTheOpen(i *bot.Interaction, card db.Card) bool { return card.Private && !isPrivate(i.Message) }

// tellAside answers a press on such a message: it says that the card is private, and the one who pressed is told alone.
func (c *counter) tellAside(ctx context.Context, i *bot.Interaction, card db.Card, m bot.Message) error {
	if err := i.Update(ctx, framed(grey, text(textIsPrivate(card.Number, card.Asker)))); err != nil {
		return err
	}
	_, err := i.Follow(ctx, m, true)
	return err
}

func deletedMessage(number int64, by string) bot.Message {
	return framed(grey, text(textDeleted(number, by)),
		row(button(discordgo.SecondaryButton, "↩️", labelUndo, cardID(verbUndelete, number))))
}

// undelete brings a deleted card back, for whoever deleted it, whoever asked for it, and who keeps order. The message
// that was pressed and the others that showed it show it again. Their pictures were taken from them, so they are uploaded
// anew. A private card comes back for its asker's eyes alone.
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
	if inTheOpen(i, card) {
		return c.tellAside(ctx, i, card, framed(grey, text(textIsBack(number)), row(openButton(number))))
	}
	var places []db.Place
	if !card.Private {
		places = c.elsewhere(ctx, i, number, mostWithdrawn)
	}
	near := min(len(places), mostReshown)
	head := headOf(i.Message)
	to := address{Reply: i.ReplyOnMessage(), InPlace: &inPlace{Above: head, Back: &back{Places: places[:near]}}}
	err = c.askTo(ctx, i, aim{card: number}, to, func() error {
		return i.Update(ctx, under(head, cardFace{card: card, notes: textOnTheirWay}.message()))
	})
	c.standIn(ctx, places[near:], framed(grey, text(textIsBack(number)), row(openButton(number))))
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
		switch theirs, err := c.history.Undoable(ctx, i.Scope(), number); {
		case err != nil:
			return fmt.Errorf("look up deleted card %d: %w", number, err)
		case theirs:
			return bot.Refuse(textUndoNotYours("", ""))
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
