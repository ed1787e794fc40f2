package commands

import (
	"github.com/bwmarrin/discordgo"

	"seedbank/db"
)

// What the menu More… offers. Messages out there carry these values for years: they keep their meaning for ever.
const (
	moreParameters = "parameters"
	moreWords      = "words"
	moreSeed       = "seed"
	moreCompare    = "compare"
	moreNote       = "note"
	moreCorrect    = "correct"
	moreFiles      = "files"
	moreRefresh    = "refresh"
	moreWhy        = "why"
	morePin        = "pin"
	morePrivate    = "private"
	morePublic     = "public"
	moreDelete     = "delete"
)

// cardControls are the buttons and the menu of every card. They are the same for all who see the message, and who may
// use them is checked when they do.
func cardControls(card db.Card) []discordgo.MessageComponent {
	buttons := []discordgo.MessageComponent{
		button(discordgo.PrimaryButton, "📋", labelCopyPrompt, cardID(verbCopy, card.Number)),
		button(discordgo.SecondaryButton, "🌱", labelCopySeed, cardID(verbSeed, card.Number)),
		button(discordgo.SecondaryButton, "⭐", labelStar(card.Stars), cardID(verbStar, card.Number)),
	}
	switch {
	case isConversation(card.Scope): // there is nobody else to show it to
		buttons = append(buttons, button(discordgo.SecondaryButton, "💾", labelSaveRecipe, cardID(verbRecipeSave, card.Number)))
	case card.Private: // recipes are for everyone, so they hold no private cards
		buttons = append(buttons, button(discordgo.SecondaryButton, "📤", labelEveryone, cardID(verbEveryone, card.Number)))
	default:
		buttons = append(buttons,
			button(discordgo.SecondaryButton, "💾", labelSaveRecipe, cardID(verbRecipeSave, card.Number)),
			button(discordgo.SecondaryButton, "📤", labelShare, cardID(verbShare, card.Number)))
	}
	return []discordgo.MessageComponent{row(buttons...), row(menu(cardID(verbMore, card.Number), menuMore, moreOptions(card)))}
}

func moreOptions(card db.Card) []discordgo.SelectMenuOption {
	options := []discordgo.SelectMenuOption{option(labelParameters, hintParameters, moreParameters)}
	if _, version, ok := pinned(card); ok {
		options = append(options, option(labelPin, hintPin(version), morePin))
	}
	options = append(options,
		option(labelWords, hintWords, moreWords),
		option(labelNewSeed, hintNewSeed, moreSeed),
		option(labelCompare, hintCompare, moreCompare),
		option(labelNote, hintNote, moreNote),
	)
	if addedBy(card) != "" {
		options = append(options, option(labelCorrect, hintCorrect, moreCorrect))
	}
	options = append(options,
		option(labelFiles, hintFiles, moreFiles),
		option(labelRefresh, hintRefresh, moreRefresh),
		option(labelWhy, hintWhy, moreWhy),
	)
	switch {
	case isConversation(card.Scope):
	case card.Private:
		options = append(options, option(labelPublic, hintPublic, morePublic))
	default:
		options = append(options, option(labelPrivate, hintPrivate, morePrivate))
	}
	return append(options, option(labelDelete, hintDelete, moreDelete))
}
