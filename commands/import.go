package commands

import (
	"context"
	"errors"
	"fmt"
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
const maxImportFile = bot.DefaultSizeLimit

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

// importFile brings in the cards and recipes of a file. A file that is broken changes nothing; of one that can be read,
// every line that is neither is told with its reason.
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
	if len(content.Cards)+len(content.Recipes)+len(content.Rejected) == 0 {
		return bot.Refuse(textNothingInFile)
	}
	if content.WholeServer() && i.Guild != "" && c.may(ctx, i, rightManage) != nil {
		return bot.Refuse(textWholeServer)
	}
	done, err := c.importContent(ctx, i, content)
	if err != nil {
		return err
	}
	if brought := done.Added + done.Recipes.Added + done.Mended + done.Recipes.Mended; brought > 0 {
		if err := c.record(ctx, i, auditImport, "", counts(done.Added+done.Mended, done.Recipes.Added+done.Recipes.Mended)); err != nil {
			return err
		}
	}
	_, err = c.editor.Edit(ctx, i.Reply(), framed(blue, text(textImported(done))))
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

// imported is what became of a file.
type imported struct {
	db.ImportResult
	whole    bool // it holds what everyone of this server saw
	strange  bool // it is of another server, so what stands there stays there
	lost     int  // cards of which a message was not found
	rejected []rejectedLine
}

func (d *imported) reject(line int, why string) {
	d.rejected = append(d.rejected, rejectedLine{line, why})
}

// importContent checks what was read and keeps what is in order, all in one go. What is not kept, it tells line by line.
func (c *counter) importContent(
	ctx context.Context, i *bot.Interaction, content *exchange.Content,
) (done imported, err error) {
	set, err := c.settings(ctx, i)
	if err != nil {
		return imported{}, err
	}
	m := importer{
		i: i, set: set, now: i.Created, scope: content.Scope,
		manages: i.Guild == "" || c.may(ctx, i, rightManage) == nil, curates: i.Guild == "" || hasRight(i, set, rightCurate),
	}
	v := hands(i) // who brings a whole server back knows all that is left of it
	if !m.own() {
		if v, err = c.eyes(ctx, i); err != nil {
			return imported{}, err
		}
		m.foreign = c.foreignChannels(ctx, i, content)
	}
	for _, r := range content.Rejected {
		done.reject(r.Line, fileProblemWords(r.Problem))
	}
	load := db.Load{Own: m.own(), Here: content.Scope == i.Scope(), Last: content.Last}
	var cardLines, recipeLines []int
	for _, read := range content.Cards {
		card, why := m.card(read.Record)
		if why != "" {
			done.reject(read.Line, why)
			continue
		}
		load.Cards, cardLines = append(load.Cards, card), append(cardLines, read.Line)
	}
	for _, read := range content.Recipes {
		revisions, why := m.recipe(read.Recipe)
		if why != "" {
			done.reject(read.Line, why)
			continue
		}
		load.Recipes, recipeLines = append(load.Recipes, revisions), append(recipeLines, read.Line)
	}
	if load.Own {
		seen := survey{surveyor: c.surveyor, guild: i.Guild, channel: i.Channel, cards: load.Cards}
		if done.lost, err = seen.settle(ctx); err != nil {
			return imported{}, err
		}
	}
	done.whole = m.own() && i.Guild != "" && content.WholeServer()
	done.strange = content.Scope != "" && content.Scope != i.Scope()
	if done.ImportResult, err = c.history.Import(ctx, v, load); err != nil {
		return imported{}, fmt.Errorf("import: %w", err)
	}
	for _, r := range done.Rejected {
		done.reject(cardLines[r.Index], r.Reason)
	}
	for _, r := range done.Recipes.Rejected {
		done.reject(recipeLines[r.Index], r.Reason)
	}
	return done, nil
}
