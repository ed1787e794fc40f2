package commands

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"

	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
	"seedbank/db"
	"seedbank/prompt"
)

// maxContent is Discord's limit for the plain content of a message, counted in UTF-16 units to be sure of it.
const maxContent = 2000

// promptFile is the name under which a prompt is handed over that is too long for a message.
const promptFile = "prompt.txt"

// copyPrompt says the prompt with its seed, ready to be pasted, as the whole content of a private message: phones copy
// whole messages only.
func (c *counter) copyPrompt(ctx context.Context, i *bot.Interaction) error {
	card, err := c.cardOfButton(ctx, i)
	if err != nil {
		return err
	}
	return c.tellCardLine(ctx, i, card, prompt.Parse(card.Prompt).WithSeed(card.Seed))
}

// tellCardLine gives a line of a card to paste, and lets who may run it do so.
func (c *counter) tellCardLine(ctx context.Context, i *bot.Interaction, card db.Card, line string) error {
	return tellLine(ctx, i, line, c.runItRow(ctx, i, card, line)...)
}

// tellLine gives a line to paste to the one who asked for it, as the whole of a message, or as a file where it is too
// long for that. Rows of buttons may stand below.
func tellLine(ctx context.Context, i *bot.Interaction, line string, rows ...discordgo.MessageComponent) error {
	return withLine(line, rows, func(m bot.Message) error { return i.Respond(ctx, m, true) })
}

// withLine is tellLine for any way to say it.
func withLine(line string, rows []discordgo.MessageComponent, say func(bot.Message) error) error {
	if units(line) <= maxContent {
		return say(bot.Message{Text: line, Rows: rows, NoEmbeds: true})
	}
	return withTextFile(line, func(f bot.File) error {
		return say(bot.Message{Text: textPromptInFile, Files: []bot.File{f}})
	})
}

// copySeed says the digits and nothing else.
func (c *counter) copySeed(ctx context.Context, i *bot.Interaction) error {
	card, err := c.cardOfButton(ctx, i)
	if err != nil {
		return err
	}
	return i.Respond(ctx, bot.Message{Text: digitsOf(card.Seed)}, true)
}

// maxSeedField is how much the field of a seed takes. A seed has ten digits at most, but one that is pasted with blanks
// around it, or with something between its digits, would lose its end: it would be another number.
const maxSeedField = 2 * len("4294967295")

func digitsOf(seed uint32) string { return strconv.FormatUint(uint64(seed), 10) }

// withTextFile runs use with a file to hand over that holds the words, and removes it afterwards.
func withTextFile(words string, use func(bot.File) error) (err error) {
	f, err := os.CreateTemp("", "seedbank-*.txt")
	if err != nil {
		return fmt.Errorf("write a temporary file: %w", err)
	}
	defer func() { err = errors.Join(err, os.Remove(f.Name())) }()
	_, err = io.WriteString(f, words)
	if err = errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("write a temporary file: %w", err)
	}
	return use(bot.File{Name: promptFile, Type: "text/plain; charset=utf-8", Path: f.Name(), Size: int64(len(words))})
}

// copyLineCommand is the message command Copy prompt with seed.
func (c *counter) copyLineCommand() bot.Command {
	return bot.Command{
		ApplicationCommand: &discordgo.ApplicationCommand{Name: copyLineName, Type: discordgo.MessageApplicationCommand},
		Handle:             c.copyLineOf,
	}
}

// copyLineOf gives the line to paste for a message: of the card that it leads to, else of the seed it tells by itself, else
// of the card whose very picture it shows.
func (c *counter) copyLineOf(ctx context.Context, i *bot.Interaction) error {
	m, card, known, err := c.cardOfTarget(ctx, i)
	switch {
	case err != nil:
		return err
	case known:
		return tellLine(ctx, i, prompt.Parse(card.Prompt).WithSeed(card.Seed))
	}
	if f, ok := fixedOf(m); ok {
		return tellLine(ctx, i, f.prompt.WithSeed(f.seed))
	}
	return c.copyLineByPicture(ctx, i, m)
}

// copyLineByPicture gives the line of the card whose picture somebody posted again. Cards that it only looks like are
// offered. The answer is for the asker alone, so private cards of theirs are told too.
func (c *counter) copyLineByPicture(ctx context.Context, i *bot.Interaction, m *bot.Msg) error {
	urls := pictureAddresses(m)
	if len(urls) == 0 || c.pictures == nil {
		return bot.Refuse(textNoLine)
	}
	if err := i.Defer(ctx, true); err != nil {
		return err
	}
	matches, err := c.lookAt(ctx, i, urls)
	switch {
	case err != nil:
		return err
	case len(matches) == 0:
		return bot.Refuse(textNoLine)
	case !sure(matches):
		_, err = c.editor.Edit(ctx, i.Reply(), alikeMessage(matches))
		return err
	}
	card := matches[0].Card
	return withLine(prompt.Parse(card.Prompt).WithSeed(card.Seed), []discordgo.MessageComponent{row(openButton(card.Number))}, func(m bot.Message) error {
		_, err := c.editor.Edit(ctx, i.Reply(), m)
		return err
	})
}
