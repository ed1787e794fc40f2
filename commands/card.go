package commands

import (
	"fmt"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
	"seedbank/db"
	"seedbank/prompt"
	"seedbank/retrieval"
)

// Bounds of the texts on a card, in UTF-16 units as sent. The prompt gets what the others leave of maxText; cardReserve
// is for what stands above a card: a mention, who shared it, where it was copied from.
const (
	maxCardPrompt     = 1800
	maxCardParameters = 600
	maxCardNote       = 500
	maxCardTags       = 350
	maxCardMark       = 16
	maxAltPrompt      = 200
	cardReserve       = 300
)

// maxGallery is how many pictures one message can show.
const maxGallery = 10

// refusedByDiscord is the one reason for a missing picture that is found here and not by retrieval.
const refusedByDiscord retrieval.Missing = "refused_by_discord"

// cardMessage is the finished answer: the seed alone in the heading, so that a double click takes exactly the seed.
func cardMessage(card db.Card, known bool, pictures []retrieval.Picture) bot.Message {
	hung, files := hang(card, pictures)
	m := cardFace{card: card, known: known, hung: hung, notes: pictureNotes(pictures)}.message()
	m.Files = files
	return m
}

// bareCardMessage is what is left of an answer when Discord takes nothing else of it: nothing in it is anybody else's.
func bareCardMessage(card db.Card) bot.Message {
	parts := []discordgo.MessageComponent{text(seedHeading(card.Seed)), text(textAllRefused), text(cardFooter(card))}
	return framed(colourOf(verdictOf(card).Level), append(parts, cardControls(card)...)...)
}

// hungPicture is one picture of a card's gallery.
type hungPicture struct{ name, alt string }

// cardFace is what a message shows of a card.
type cardFace struct {
	card  db.Card
	known bool // it was answered without a request
	hung  []hungPicture
	notes string // what is missing of the pictures
}

// message lays the card out.
func (f cardFace) message() bot.Message {
	before := []discordgo.MessageComponent{text(seedHeading(f.card.Seed))}
	var after []discordgo.MessageComponent
	room := maxText - cardReserve - units(seedHeading(f.card.Seed))
	say := func(s string) {
		if s != "" {
			after = append(after, text(s))
			room -= units(s)
		}
	}
	if gallery := f.gallery(); gallery != nil {
		after = append(after, gallery)
	}
	say(f.notes)
	say(verdictLine(f.card))
	say(cardNote(f.card))
	if f.known {
		say(textKnown(f.card.Created))
	}
	say(cardFooter(f.card))
	parts := append(before, promptWithin(f.card.Prompt, room)...)
	parts = append(append(parts, after...), cardControls(f.card)...)
	return framed(colourOf(verdictOf(f.card).Level), parts...)
}

func (f cardFace) gallery() discordgo.MessageComponent {
	if len(f.hung) == 0 {
		return nil
	}
	items := make([]discordgo.MediaGalleryItem, 0, len(f.hung))
	for _, p := range f.hung {
		items = append(items, discordgo.MediaGalleryItem{
			Media: discordgo.UnfurledMediaItem{URL: "attachment://" + p.name}, Description: &p.alt,
		})
	}
	return discordgo.MediaGallery{Items: items}
}

func seedHeading(seed uint32) string { return fmt.Sprintf("## 🌱 %d", seed) }

// promptWithin is the prompt in bold and its parameters below, together within room UTF-16 units.
func promptWithin(s string, room int) []discordgo.MessageComponent {
	room -= units(textPromptCut) + units("****")
	parameters, cutParameters := quoted(seemly(prompt.Parse(s).ParameterLine()), min(maxCardParameters, room/2))
	words, cutWords := quoted(promptWords(s), min(maxCardPrompt, room-units(parameters)))
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

// cardNote is what members wrote about the card; "" when nobody did.
func cardNote(card db.Card) string {
	note, _ := quoted(card.Note, maxCardNote)
	tags, _ := quoted(strings.Join(card.Tags, ", "), maxCardTags)
	return textCardNote(note, tags)
}

// brought tells that a member or a file told the seed: nobody asked Midjourney for it here.
func brought(card db.Card) bool {
	return card.Job == "" || card.Source == db.Pasted || card.Source == db.Imported
}

// cameAt is when a card was asked for or brought. A file need not say when it was asked for.
func cameAt(card db.Card) time.Time {
	if card.Asked.IsZero() {
		return card.Created
	}
	return card.Asked
}

func cardFooter(card db.Card) string {
	speed, _ := quoted(card.Speed, maxCardMark)
	return textCardFooter(card.Number, brought(card), card.Asker, cameAt(card), speed, card.Parent, card.Private)
}

// hang makes the gallery of the pictures that are there, and the files it shows.
func hang(card db.Card, pictures []retrieval.Picture) ([]hungPicture, []bot.File) {
	var hung []hungPicture
	var files []bot.File
	for _, p := range pictures {
		if p.Missing != "" || len(hung) == maxGallery {
			continue
		}
		h := hungPicture{name: pictureName(card.Number, p), alt: altText(card, p.Position, len(pictures))}
		if p.Sheet {
			h.alt = altText(card, 0, 0)
		}
		hung = append(hung, h)
		files = append(files, bot.File{Name: h.name, Type: p.Type, Path: p.Path, Alt: h.alt, Size: p.Size})
	}
	return hung, files
}

// altText describes a picture to those who cannot see it; position 0 is the contact sheet.
func altText(card db.Card, position, of int) string {
	words := shortened(promptText(card.Prompt), maxAltPrompt)
	if position == 0 {
		return textSheetAlt(words)
	}
	return textAlt(position, of, words)
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
	if p.Sheet {
		return fmt.Sprintf("seed-%d.%s", card, extension)
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
		switch {
		case p.Missing != "" && len(notes) < maxGallery:
			notes = append(notes, textMissing(p.Position, p.Missing))
		case p.Sheet:
			notes = append(notes, textSheet)
		}
	}
	return strings.Join(notes, "\n")
}
