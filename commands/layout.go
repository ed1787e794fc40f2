package commands

import (
	"strconv"

	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
)

// Colours of the edge of a reply.
const (
	green = 0x57F287
	amber = 0xF0B232
	grey  = 0x99AAB5
	blue  = 0x5865F2
	red   = 0xED4245
)

// maxText is Discord's limit for all texts of a Components V2 message together.
const maxText = 4000

// fence is Discord's mark around text that is shown to the letter.
const fence = "```"

// Limits of a menu.
const (
	maxMenuRows = 25
	maxMenuText = 100
)

// Verbs of custom IDs. Messages out there carry them for years: a verb keeps its meaning for ever.
const (
	verbCopy  = "copy"  // card
	verbSeed  = "seed"  // card
	verbStop  = "stop"  // ask
	verbAgain = "again" // ask
	verbPick  = "pick"  // "public" or "private"; the choice is a reference
	verbPage  = "page"  // "older" or "newer", card that the page is older or newer than, listing (none in old messages)
	verbOpen  = "open"  // the choice is a card

	verbStar     = "star"     // card
	verbMore     = "more"     // card; the choice is one of the more… values
	verbShare    = "share"    // card; opens the choice of verbShareTo
	verbShareTo  = "share-to" // card; the choice is a channel
	verbEveryone = "everyone" // card, which becomes public
	verbReword   = "reword"   // form: card
	verbNote     = "note"     // form: card
	verbUndelete = "undelete" // card
	verbPin      = "pin"      // card

	verbFind   = "find"   // "older" or "newer", where to go on, number of the first row, listing; the words stand in the message
	verbFilter = "filter" // listing; opens the form of the same verb
	verbCard   = "card"   // card, which is shown to who presses
	verbFetch  = "fetch"  // job, which is asked for
	verbLine   = "line"   // the prompt stands in the message
	verbAdd    = "add"    // form: "public" or "private"
	verbForget = "forget" // form

	// A recipe is what recipeID says; in old messages, its name.
	verbRecipeSave   = "recipe-save"   // card; opens the form of verbRecipeKeep
	verbRecipeKeep   = "recipe-keep"   // form: card
	verbRecipeUse    = "recipe-use"    // recipe
	verbRecipeFill   = "recipe-fill"   // form: revision, recipe
	verbRecipeEdit   = "recipe-edit"   // recipe
	verbRecipeChange = "recipe-change" // form: revision that was read, recipe
	verbRecipeProve  = "recipe-prove"  // recipe, revision that was read, card
	verbRecipeLog    = "recipe-log"    // recipe
	verbRecipeDrop   = "recipe-drop"   // recipe
	verbRecipeShow   = "recipe-show"   // recipe, or nothing; the choice is a revision of it, or a recipe
	verbRecipePage   = "recipe-page"   // number of the page, maker, tag
	verbRun          = "run"           // card or 0, hash of a prompt that stands in the message
	verbRunGo        = "run-go"        // card or 0, hash of a prompt that stands in the message, speed
	verbSettings     = "settings"      // page
	verbSet          = "set"           // page, setting; the choices are its value
	verbSetForm      = "set-form"      // page, setting; opens the form of verbSetTo
	verbSetTo        = "set-to"        // form: page, setting
	verbAudit        = "audit"         // entry that the page goes on from, member, days
	verbCorrect      = "correct"       // card, seed that it gets
	verbCorrectTo    = "correct-to"    // form: card
	verbRetain       = "retain"        // days that cards are kept
	verbDismiss      = "dismiss"       // nothing is done
	verbRetype       = "retype"        // what was typed, verb and arguments of a form; opens it again
)

// cardID is the custom ID of something that is done to a card.
func cardID(verb string, number int64) string { return bot.ID(verb, strconv.FormatInt(number, 10)) }

// framed is a message of one container with a coloured edge.
func framed(colour int, parts ...discordgo.MessageComponent) bot.Message {
	return bot.Message{Components: []discordgo.MessageComponent{
		discordgo.Container{AccentColor: &colour, Components: parts},
	}}
}

func text(s string) discordgo.MessageComponent { return discordgo.TextDisplay{Content: s} }

func row(parts ...discordgo.MessageComponent) discordgo.MessageComponent {
	return discordgo.ActionsRow{Components: parts}
}

func button(style discordgo.ButtonStyle, emoji, label, id string) discordgo.Button {
	b := discordgo.Button{Style: style, Label: label, CustomID: id}
	if emoji != "" {
		b.Emoji = &discordgo.ComponentEmoji{Name: emoji}
	}
	return b
}

func menu(id, placeholder string, options []discordgo.SelectMenuOption) discordgo.MessageComponent {
	return discordgo.SelectMenu{
		MenuType: discordgo.StringSelectMenu, CustomID: id, Placeholder: placeholder,
		Options: options[:min(len(options), maxMenuRows)],
	}
}

func option(label, description, value string) discordgo.SelectMenuOption {
	return discordgo.SelectMenuOption{
		Label: shortened(label, maxMenuText), Description: shortened(description, maxMenuText), Value: value,
	}
}
