package commands

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
	"seedbank/db"
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
	if err := i.Defer(ctx, true); err != nil {
		return err
	}
	// Once it is acknowledged it is done: the member counts on it. Afterwards nothing knows which messages were theirs.
	ctx = context.WithoutCancel(ctx)
	posts, err := c.history.PlacesOf(ctx, hands(i), mostWithdrawn+1)
	if err != nil {
		return fmt.Errorf("look up a member's messages: %w", err)
	}
	done, err := c.history.Forget(ctx, hands(i))
	if err != nil {
		return fmt.Errorf("forget a member: %w", err)
	}
	mended := c.unname(ctx, i, posts[:min(len(posts), mostWithdrawn)])
	_, err = c.editor.Edit(ctx, i.Reply(), framed(blue, text(textForgotten(done, mended, len(posts) > mended, i.Guild == ""))))
	return err
}

// unname takes the member's name off messages of cards that were theirs, as far as a minute and Discord allow, and says
// off how many. Those of cards that are erased say so.
func (c *counter) unname(ctx context.Context, i *bot.Interaction, posts []db.Standing) (mended int) {
	ctx, cancel := context.WithTimeout(ctx, withdrawTime)
	defer cancel()
	for _, at := range posts {
		if at.Hidden {
			if c.replaced(ctx, at.Place, framed(grey, text(textErased(at.Number)))) {
				mended++
			}
			continue
		}
		card, err := c.history.Card(ctx, hands(i), at.Number)
		if err != nil {
			continue
		}
		m, err := c.reader.ReadMessage(ctx, at.Channel, at.Message)
		if err != nil || !showsCard(m, card) {
			continue
		}
		now, ok := reshownUnder(m, card, slices.DeleteFunc(headOf(m), func(line string) bool {
			return strings.Contains(line, mention(i.User.ID))
		}))
		if !ok {
			continue
		}
		if _, err := c.changer.EditMessage(ctx, at.Channel, at.Message, now); err == nil {
			mended++
		}
	}
	return mended
}
