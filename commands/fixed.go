package commands

import (
	"context"
	"regexp"
	"strings"

	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
	"seedbank/exchange"
	"seedbank/prompt"
)

// fixedSeed is a seed that a text tells by itself, so that nobody need be asked: a prompt with --seed, or Midjourney's
// own ✉️ answer.
type fixedSeed struct {
	prompt   prompt.Prompt
	seed     uint32
	envelope bool
	own      bool // the envelope is Midjourney's own message
}

var (
	// boldSpan is what Midjourney writes a prompt in.
	boldSpan = regexp.MustCompile(`(?s)\*\*(.+?)\*\*`)
	// imagine is how members write the command before a prompt.
	imagine = regexp.MustCompile(`(?i)^/imagine\s+(?:prompt:?\s*)?`)
)

// fixedIn finds the seed that a text tells by itself. An ✉️ answer goes before a prompt, since its seed is Midjourney's.
func fixedIn(text string) (fixedSeed, bool) {
	if found, _ := exchange.Envelopes(text); len(found) == 1 {
		return fixedSeed{prompt: prompt.Parse(found[0].Prompt), seed: found[0].Seed, envelope: true}, true
	}
	var candidates []string
	for _, m := range boldSpan.FindAllStringSubmatch(text, -1) {
		candidates = append(candidates, m[1])
	}
	candidates = append(candidates, strings.Split(text, "\n")...)
	for _, candidate := range candidates {
		candidate = strings.Trim(strings.TrimPrefix(strings.TrimSpace(candidate), "> "), "`*_ ")
		candidate = imagine.ReplaceAllString(exchange.WithoutMaker(candidate), "")
		if p := prompt.Parse(candidate); p.Text != "" || len(p.Images) > 0 {
			if seed, fixed := p.Seed(); fixed {
				return fixedSeed{prompt: p, seed: seed}, true
			}
		}
	}
	return fixedSeed{}, false
}

// fixedOf finds the seed that a message tells by itself.
func fixedOf(m *bot.Msg) (fixedSeed, bool) {
	for _, text := range m.Texts() {
		if f, ok := fixedIn(text); ok {
			f.own = f.envelope && tellsItself(m)
			return f, true
		}
	}
	return fixedSeed{}, false
}

// maxLineBlock bounds a prompt that stands whole in a message, in UTF-16 units.
const maxLineBlock = 2500

// A block of a message that holds a line to copy. Messages out there are read by it for years.
const (
	lineBlockBegins = fence + "\n"
	lineBlockEnds   = "\n" + fence
)

// fixedMessage is the answer to a prompt that carries its seed. Nothing was asked for it, and no card is made; the
// pictures of a job come when they are wanted.
func fixedMessage(f fixedSeed, job string) bot.Message {
	parts := []discordgo.MessageComponent{text(seedHeading(f.seed))}
	line := f.prompt.WithSeed(f.seed)
	block, whole := lineBlock(line)
	if whole {
		parts = append(parts, text(block))
	} else {
		words, _ := quoted(seemly(f.prompt.String()), maxCardPrompt)
		parts = append(parts, text("> "+words), text(textFixedCut))
	}
	var buttons []discordgo.MessageComponent
	fetch := bot.ID(verbFetch, job)
	canFetch := job != "" && len(fetch) <= bot.MaxCustomID
	if canFetch {
		buttons = append(buttons, button(discordgo.SecondaryButton, "🖼️", labelImages, fetch))
	}
	if whole {
		buttons = append(buttons, button(discordgo.PrimaryButton, "📋", labelCopyPrompt, bot.ID(verbLine)))
	}
	words := textFixedSeed(f.seed, canFetch)
	if f.envelope {
		words = textFixedEnvelope(f.own)
	}
	parts = append(parts, text(words))
	if len(buttons) > 0 {
		parts = append(parts, row(buttons...))
	}
	return framed(blue, parts...)
}

// lineBlock is a line as a block to copy, where it can stand whole in a message.
func lineBlock(line string) (block string, whole bool) {
	return lineBlockBegins + line + lineBlockEnds, units(line) <= maxLineBlock && !strings.Contains(line, fence)
}

// lineOfMessage is the line that a message of ours holds for copying, or "".
func lineOfMessage(m *bot.Msg) string {
	for _, content := range contents(m) {
		if line, ok := strings.CutPrefix(content, lineBlockBegins); ok {
			return strings.TrimSuffix(line, lineBlockEnds)
		}
	}
	return ""
}

// copyLineShown gives the prompt that stands in the pressed message.
func (c *counter) copyLineShown(ctx context.Context, i *bot.Interaction) error {
	line := lineOfMessage(i.Message)
	if line == "" {
		return bot.Refuse(textNoChoice)
	}
	return tellLine(ctx, i, line)
}

// fetchJob asks for the job of a prompt that carried its seed: its pictures are wanted now. A custom ID may be forged,
// so it is read like any text.
func (c *counter) fetchJob(ctx context.Context, i *bot.Interaction) error {
	if err := mayAnswer(i); err != nil {
		return err
	}
	ref := readReference(i.CustomID.Arg(0))
	if len(ref.jobs) != 1 {
		return bot.Refuse(textNoChoice)
	}
	return c.take(ctx, i, aim{job: ref.jobs[0]}, isPrivate(i.Message))
}
