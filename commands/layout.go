package commands

import (
	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
)

// Colours of the edge of a reply.
const (
	green = 0x57F287
	blue  = 0x5865F2
	red   = 0xED4245
)

// maxText is Discord's limit for all texts of a Components V2 message together.
const maxText = 4000

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
	verbPage  = "page"  // "older" or "newer", card that the page is older or newer than
	verbOpen  = "open"  // the choice is a card
)

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
