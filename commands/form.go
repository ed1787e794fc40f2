package commands

import (
	"context"
	"errors"
	"time"

	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
	"seedbank/db"
)

// Discord throws away what was typed into a form whose answer is refused. So each form is known by how it is opened and
// how its answer is taken: what was typed into one that came to nothing is remembered for a while, and a button below the
// refusal opens the form again with it.

// form is the form of a verb. It is opened by its custom ID, whatever was pressed for it.
type form struct {
	open opener
	take bot.Handler
}

type opener func(ctx context.Context, i *bot.Interaction, of bot.CustomID) error

// forms are all there are, by their verbs.
func (c *counter) forms() map[string]form {
	return map[string]form{
		verbAdd:          {func(ctx context.Context, i *bot.Interaction, _ bot.CustomID) error { return c.openAdd(ctx, i) }, c.add},
		verbForget:       {func(ctx context.Context, i *bot.Interaction, _ bot.CustomID) error { return c.openForget(ctx, i) }, c.forget},
		verbFilter:       {c.openFilter, on(listKind(), c.filter)},
		verbReword:       {c.aboutCard(c.askWords), c.reword},
		verbCorrectTo:    {c.aboutCard(c.askSeed), c.correctTo},
		verbNote:         {c.aboutCard(c.askNote), c.note},
		verbRecipeKeep:   {c.openSaveRecipe, c.savedRecipeForm},
		verbRecipeFill:   {c.openRecipeFill, c.fillRecipe},
		verbRecipeChange: {c.openRecipeChange, c.changeRecipe},
		verbSetTo:        {c.openSetTo, on(settingsKind(), c.setTo)},
	}
}

// aboutCard opens a form about the card that its custom ID names.
func (c *counter) aboutCard(ask func(ctx context.Context, i *bot.Interaction, card db.Card) error) opener {
	return func(ctx context.Context, i *bot.Interaction, of bot.CustomID) error {
		card, err := c.cardOfID(ctx, i, of)
		if err != nil {
			return err
		}
		return ask(ctx, i, card)
	}
}

// mistake is a refusal of what was typed: written otherwise, it is taken.
func mistake(text string) error { return mistaken(bot.Refuse(text)) }

// mistaken makes a refusal one of what was typed.
func mistaken(err error) error { return &mistyped{err} }

type mistyped struct{ error }

func (m *mistyped) Unwrap() error { return m.error }

// keepingTyped takes a form, and remembers what was typed where that can be corrected, or where it failed through no
// fault of the member's. What is refused for another reason, such as a right, would be refused again.
func (c *counter) keepingTyped(take bot.Handler) bot.Handler {
	return func(ctx context.Context, i *bot.Interaction) error {
		err := take(ctx, i)
		_, refused := errors.AsType[*bot.UserError](err)
		_, wrong := errors.AsType[*mistyped](err)
		_, done := errors.AsType[*unrecorded](err)
		label := labelRetype
		switch {
		case err == nil, done, refused && !wrong:
			return err
		case !refused:
			label = labelSendAgain
		}
		return bot.Below(err, c.keepTyped(i, i.CustomID, label)...)
	}
}

// keepTyped remembers what was typed into the form that arrived, and is the row with the button that opens it again as
// the form of a custom ID.
func (c *counter) keepTyped(i *bot.Interaction, of bot.CustomID, label string) []discordgo.MessageComponent {
	id := bot.ID(verbRetype, append([]string{shortID(i.ID), of.Verb}, of.Args...)...)
	if len(id) > bot.MaxCustomID { // made by who calls: no form of ours has so long a name
		return nil
	}
	c.typed.remember(typedBy(i, shortID(i.ID)), typing{fields: i.Fields, on: c.beganOn(i)}, time.Now())
	return []discordgo.MessageComponent{row(button(discordgo.PrimaryButton, "", label, id))}
}

// retype opens a form again that came to nothing.
func (c *counter) retype(ctx context.Context, i *bot.Interaction) error {
	of := formOf(i.CustomID)
	f, there := c.forms()[of.Verb]
	if !there {
		return bot.Refuse(textNoChoice)
	}
	return f.open(ctx, i, of)
}

// formOf is the custom ID of the form that a button of verbRetype opens.
func formOf(button bot.CustomID) bot.CustomID {
	return bot.CustomID{Verb: button.Arg(1), Args: button.Args[min(len(button.Args), 2):]}
}

// showForm shows a form, with what the member typed into it before where it is opened again. Nobody else gets that.
func (c *counter) showForm(ctx context.Context, i *bot.Interaction, m bot.Modal) error {
	if i.CustomID.Verb == verbRetype {
		before, there := c.typed.of(typedBy(i, i.CustomID.Arg(0)), time.Now())
		if there {
			m.Fields = refilled(m.Fields, before.fields)
		} else if len(m.Fields) > 0 {
			m.Fields[0].Hint = hintTypedGone
		}
	}
	return i.ShowModal(ctx, m)
}

// beganOn is the message that a press or a form belongs to: of a form that was opened again, the one that it was opened
// on first, as long as what was typed is remembered.
func (c *counter) beganOn(i *bot.Interaction) *bot.Msg {
	for _, raw := range customIDs(i.Message) {
		if id, ours := bot.ParseID(raw); ours && id.Verb == verbRetype {
			if before, there := c.typed.of(typedBy(i, id.Arg(0)), time.Now()); there {
				return before.on
			}
		}
	}
	return i.Message
}
