package commands

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
	"seedbank/db"
	"seedbank/exchange"
)

// fetcher gets files that members hand over.
type fetcher interface {
	// ReadFile reads an attachment of at most limit bytes from Discord's file servers.
	ReadFile(ctx context.Context, a bot.Attachment, limit int64) ([]byte, error)
}

// maxImportFile bounds a file that is imported, in bytes: what anybody may upload on Discord.
const maxImportFile = 10 << 20

const (
	importReadTime = 60 * time.Second
	// importTime bounds the whole, within the life of the reply.
	importTime = 10 * time.Minute
)

// importOption is /seeds import.
func importOption() *discordgo.ApplicationCommandOption {
	return &discordgo.ApplicationCommandOption{
		Type: discordgo.ApplicationCommandOptionSubCommand, Name: importName, Description: importDescription,
		Options: []*discordgo.ApplicationCommandOption{
			{Type: discordgo.ApplicationCommandOptionAttachment, Name: fileOption, Description: fileDescription, Required: true},
		},
	}
}

// importFile brings in the cards of a file. A file that is broken changes nothing; of one that can be read, every line
// that is no card is told with its reason.
func (c *counter) importFile(ctx context.Context, i *bot.Interaction) error {
	if err := c.may(ctx, i, rightSave); err != nil {
		return err
	}
	file, there := i.Files[i.Text(fileOption)]
	switch {
	case !there:
		return bot.Refuse(textNoChoice)
	case file.Size > maxImportFile:
		return bot.Refuse(textFileTooLarge)
	}
	if err := i.Defer(ctx, true); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, importTime)
	defer cancel()
	c.importing.Lock() // one file at a time: the next waits until this one has left the memory
	defer c.importing.Unlock()
	raw, err := c.readFile(ctx, file)
	if err != nil {
		return err
	}
	content, err := exchange.Read(raw)
	if err != nil {
		if bad, ok := errors.AsType[*exchange.Broken](err); ok {
			return bot.Refuse(textFileBroken(bad.Line, fileProblemWords(bad.Problem)))
		}
		return err
	}
	result, rejected, err := c.importCards(ctx, i, content)
	if err != nil {
		return err
	}
	if result.Added > 0 {
		if err := c.record(ctx, i, auditImport, "", strconv.Itoa(result.Added)); err != nil {
			return err
		}
	}
	_, err = c.editor.Edit(ctx, i.Reply(), framed(blue, text(textImported(result.Added, result.Known, rejected))))
	return err
}

func (c *counter) readFile(ctx context.Context, file bot.Attachment) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, importReadTime)
	defer cancel()
	raw, err := c.fetcher.ReadFile(ctx, file, maxImportFile)
	switch {
	case errors.Is(err, bot.ErrTooLarge):
		return nil, bot.Refuse(textFileTooLarge)
	case errors.Is(err, bot.ErrNotFound), errors.Is(err, bot.ErrForeignFile):
		return nil, bot.Refuse(textFileGone)
	case err != nil:
		return nil, fmt.Errorf("read a file to import: %w", err)
	}
	return raw, nil
}

// importCards checks the cards and keeps those that are in order, all in one go. What is not kept, it tells line by line.
func (c *counter) importCards(ctx context.Context, i *bot.Interaction, content *exchange.Content) (result db.ImportResult, rejected []rejectedLine, err error) {
	set, err := c.settings(ctx, i)
	if err != nil {
		return result, nil, err
	}
	m := importer{
		i: i, set: set, now: i.Created, manages: i.Guild == "" || c.may(ctx, i, rightManage) == nil,
	}
	for _, r := range content.Rejected {
		rejected = append(rejected, rejectedLine{r.Line, fileProblemWords(r.Problem)})
	}
	cards := make([]db.Whole, 0, len(content.Cards))
	lines := make([]int, 0, len(content.Cards))
	for _, read := range content.Cards {
		card, why := m.card(read.Record)
		if why != "" {
			rejected = append(rejected, rejectedLine{read.Line, why})
			continue
		}
		cards, lines = append(cards, db.Whole{Card: card}), append(lines, read.Line)
	}
	if len(cards) == 0 {
		return result, rejected, nil
	}
	result, err = c.history.Import(ctx, view(i), db.Load{Cards: cards})
	if err != nil {
		return db.ImportResult{}, nil, fmt.Errorf("import: %w", err)
	}
	for _, r := range result.Rejected {
		if r.Index >= 0 && r.Index < len(lines) {
			rejected = append(rejected, rejectedLine{lines[r.Index], r.Reason})
		}
	}
	return result, rejected, nil
}
