package commands

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
	"seedbank/db"
)

// chooseRetention takes how long cards are kept. What shortens it erases cards for good, so the panel asks first.
func (c *counter) chooseRetention(ctx context.Context, i *bot.Interaction) error {
	if err := c.may(ctx, i, rightManage); err != nil {
		return err
	}
	set, err := c.settings(ctx, i)
	if err != nil {
		return err
	}
	wish := set
	if err := choose(&wish, setRetention, i.Values); err != nil {
		return err
	}
	if days := wish.RetentionDays; days == 0 || set.RetentionDays != 0 && days >= set.RetentionDays {
		return c.saveRetention(ctx, i, i.Values)
	}
	ctx, cancel := context.WithTimeout(ctx, lookupTime)
	defer cancel()
	old, err := c.history.CountBefore(ctx, i.Scope(), time.Now().AddDate(0, 0, -wish.RetentionDays))
	if err != nil {
		return fmt.Errorf("count the cards that would go: %w", err)
	}
	return i.Update(ctx, retentionQuestion(wish.RetentionDays, old))
}

// retentionQuestion takes the place of the panel until it is answered.
func retentionQuestion(days, old int) bot.Message {
	erase := button(discordgo.DangerButton, "", labelErase, bot.ID(verbRetain, strconv.Itoa(days)))
	if old == 0 {
		erase.Style, erase.Label = discordgo.PrimaryButton, labelSetRetention
	}
	return framed(red, text(textRetentionErases(days, old)), row(
		erase, button(discordgo.SecondaryButton, "", labelCancel, bot.ID(verbSettings, pageRules)),
	))
}

// retain is the answer to that question.
func (c *counter) retain(ctx context.Context, i *bot.Interaction) error {
	return c.saveRetention(ctx, i, i.CustomID.Args)
}

func (c *counter) saveRetention(ctx context.Context, i *bot.Interaction, days []string) error {
	return c.changeSettings(ctx, i, pageRules, func(set *db.Settings) error { return choose(set, setRetention, days) })
}
