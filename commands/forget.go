package commands

import (
	"context"
	"encoding/json"
	"errors"
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
	return c.showForm(ctx, i, bot.Modal{ID: bot.ID(verbForget), Title: formForget, Fields: []bot.Field{
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
		return mistake(textNotConfirmed)
	}
	v := hands(i)
	defer c.mender.hold(v)()
	reply, err := json.Marshal(i.ReplyDeferred(true))
	if err != nil {
		return fmt.Errorf("note where a member waits: %w", err)
	}
	note := func(ctx context.Context) error { return c.history.BeginForgetting(ctx, v, reply) }
	noted, err := early(ctx, note)
	if err != nil {
		return err
	}
	if err := i.Defer(ctx, true); err != nil {
		return err // what was typed holds: the mender goes on
	}
	// Once it is acknowledged it is done: the member counts on it, and the mender goes on when this process cannot.
	ctx = context.WithoutCancel(ctx)
	if !noted {
		if err := note(ctx); err != nil {
			return err
		}
	}
	done, err := c.history.Forget(ctx, v)
	if err != nil {
		return err
	}
	changed := c.mender.unname(ctx, v)
	_, err = c.editor.Edit(ctx, i.Reply(), framed(blue, text(textForgotten(done, changed, i.Guild == ""))))
	return errors.Join(err, c.mender.end(ctx, v))
}
