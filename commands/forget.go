package commands

import (
	"context"
	"fmt"
	"strings"

	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
)

// fieldConfirm is where the member types wordForget.
const fieldConfirm = "confirm"

// forgetOption is /seeds forget-me.
func forgetOption() *discordgo.ApplicationCommandOption {
	return &discordgo.ApplicationCommandOption{
		Type: discordgo.ApplicationCommandOptionSubCommand, Name: forgetName, Description: forgetDescription,
	}
}

// openForget asks for a word to be typed, since nothing brings back what is forgotten.
func (c *counter) openForget(ctx context.Context, i *bot.Interaction) error {
	return i.ShowModal(ctx, bot.Modal{ID: bot.ID(verbForget), Title: formForget, Fields: []bot.Field{
		{ID: fieldConfirm, Label: formConfirm, Hint: formConfirmHint, Placeholder: wordForget, Max: maxConfirm},
	}})
}

// maxConfirm is room for the word and a slip of the finger.
const maxConfirm = 30

// forget erases what is the member's alone and takes their name off the rest. It is about the one who typed, and needs
// no right: nobody can be kept from it.
func (c *counter) forget(ctx context.Context, i *bot.Interaction) error {
	typed := strings.Join(strings.Fields(strings.ToLower(strings.ReplaceAll(i.Fields[fieldConfirm], "-", " "))), " ")
	if typed != wordForget {
		return bot.Refuse(textNotConfirmed)
	}
	if err := i.Defer(ctx, true); err != nil {
		return err
	}
	// Once it is acknowledged it is done: the member counts on it.
	cards, err := c.history.Forget(context.WithoutCancel(ctx), hands(i))
	if err != nil {
		return fmt.Errorf("forget a member: %w", err)
	}
	_, err = c.editor.Edit(ctx, i.Reply(), framed(blue, text(textForgotten(cards, i.Guild == ""))))
	return err
}
