package commands

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
	"seedbank/db"
	"seedbank/prompt"
	"seedbank/retrieval"
)

// Bounds of the texts on a card, in UTF-16 units as sent. With everything else that can stand on a card they stay
// within maxText together.
const (
	maxCardPrompt     = 1800
	maxCardParameters = 600
	maxAltPrompt      = 200
)

// maxGallery is how many pictures one message can show.
const maxGallery = 10

// refusedByDiscord is the one reason for a missing picture that is found here and not by retrieval.
const refusedByDiscord retrieval.Missing = "refused_by_discord"

// cardMessage is the finished answer: the seed alone in the heading, so that a double click takes exactly the seed.
func cardMessage(card db.Card, known bool, pictures []retrieval.Picture) bot.Message {
	parts := []discordgo.MessageComponent{text(seedHeading(card.Seed))}
	parts = append(parts, promptParts(card.Prompt)...)
	gallery, files := hang(card, pictures)
	if gallery != nil {
		parts = append(parts, gallery)
	}
	if notes := pictureNotes(pictures); notes != "" {
		parts = append(parts, text(notes))
	}
	if known {
		parts = append(parts, text(textKnown(card.Created)))
	}
	parts = append(parts, cardEnd(card)...)
	m := framed(green, parts...)
	m.Files = files
	return m
}

// bareCardMessage is what is left of an answer when Discord takes nothing else of it: nothing in it is anybody else's.
func bareCardMessage(card db.Card) bot.Message {
	parts := []discordgo.MessageComponent{text(seedHeading(card.Seed)), text(textAllRefused)}
	return framed(green, append(parts, cardEnd(card)...)...)
}

// cardEnd is what closes every card: whose it is, and the buttons.
func cardEnd(card db.Card) []discordgo.MessageComponent {
	number := strconv.FormatInt(card.Number, 10)
	return []discordgo.MessageComponent{
		text(textCardFooter(card.Number, card.Asker, card.Asked, card.Private)),
		row(
			button(discordgo.PrimaryButton, "📋", labelCopyPrompt, bot.ID(verbCopy, number)),
			button(discordgo.SecondaryButton, "🌱", labelCopySeed, bot.ID(verbSeed, number)),
		),
	}
}

func seedHeading(seed uint32) string { return "## 🌱 " + strconv.FormatUint(uint64(seed), 10) }

// promptParts is the prompt in bold and its parameters below.
func promptParts(s string) []discordgo.MessageComponent {
	words, cutWords := quoted(promptWords(s), maxCardPrompt)
	parameters, cutParameters := quoted(seemly(prompt.Parse(s).ParameterLine()), maxCardParameters)
	var parts []discordgo.MessageComponent
	if words != "" {
		parts = append(parts, text("**"+words+"**"))
	}
	if parameters != "" {
		parts = append(parts, text(parameters))
	}
	switch {
	case len(parts) == 0:
		parts = append(parts, text(textNoPrompt))
	case cutWords || cutParameters:
		parts = append(parts, text(textPromptCut))
	}
	return parts
}

// hang makes the gallery of the pictures that are there, and the files it shows.
func hang(card db.Card, pictures []retrieval.Picture) (discordgo.MessageComponent, []bot.File) {
	var items []discordgo.MediaGalleryItem
	var files []bot.File
	words := shortened(promptText(card.Prompt), maxAltPrompt)
	for _, p := range pictures {
		if p.Missing != "" || len(items) == maxGallery {
			continue
		}
		alt := textAlt(p.Position, len(pictures), words)
		name := pictureName(card.Number, p)
		items = append(items, discordgo.MediaGalleryItem{
			Media: discordgo.UnfurledMediaItem{URL: "attachment://" + name}, Description: &alt,
		})
		files = append(files, bot.File{Name: name, Type: p.Type, Path: p.Path, Alt: alt, Size: p.Size})
	}
	if items == nil {
		return nil, nil
	}
	return discordgo.MediaGallery{Items: items}, files
}

// pictureName says where a picture belongs and nothing of where it came from.
func pictureName(card int64, p retrieval.Picture) string {
	extension := "png"
	switch p.Type {
	case "image/jpeg":
		extension = "jpg"
	case "image/webp":
		extension = "webp"
	case "image/gif":
		extension = "gif"
	}
	return fmt.Sprintf("seed-%d-%d.%s", card, p.Position, extension)
}

// pictureNotes says what is missing, one line a picture.
func pictureNotes(pictures []retrieval.Picture) string {
	if len(pictures) == 0 {
		return textNoPictures
	}
	var notes []string
	for _, p := range pictures {
		if p.Missing != "" && len(notes) < maxGallery {
			notes = append(notes, textMissing(p.Position, p.Missing))
		}
	}
	return strings.Join(notes, "\n")
}
