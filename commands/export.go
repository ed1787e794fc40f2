package commands

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
	"seedbank/db"
	"seedbank/exchange"
)

// Values of the options of /seeds export.
const (
	exportMine    = "mine"
	exportStarred = "starred"
	exportSearch  = "search"
	exportServer  = "server"

	formatCSV      = "csv"
	formatJSON     = "json"
	formatMarkdown = "markdown"
)

// maxExport bounds an exported file, in bytes: what Discord takes from anybody.
const maxExport = bot.DefaultSizeLimit

// exportOption is /seeds export.
func exportOption() *discordgo.ApplicationCommandOption {
	choices := func(values ...string) (list []*discordgo.ApplicationCommandOptionChoice) {
		for _, value := range values {
			list = append(list, &discordgo.ApplicationCommandOptionChoice{Name: exportLabel(value), Value: value})
		}
		return list
	}
	return &discordgo.ApplicationCommandOption{
		Type: discordgo.ApplicationCommandOptionSubCommand, Name: exportName, Description: exportDescription,
		Options: []*discordgo.ApplicationCommandOption{
			{
				Type: discordgo.ApplicationCommandOptionString, Name: whatOption, Description: whatDescription, Required: true,
				Choices: choices(exportMine, exportStarred, exportSearch, exportServer),
			},
			{
				Type: discordgo.ApplicationCommandOptionString, Name: formatOption, Description: formatDescription, Required: true,
				Choices: choices(formatCSV, formatJSON, formatMarkdown),
			},
			{Type: discordgo.ApplicationCommandOptionString, Name: textOption, Description: exportTextDescription, MaxLength: maxSearchText},
			{Type: discordgo.ApplicationCommandOptionChannel, Name: inOption, Description: inDescription},
			sinceChoice(),
		},
	}
}

// export writes the cards to a file and hands it to the one who asked.
func (c *counter) export(ctx context.Context, i *bot.Interaction) error {
	what, format := i.Text(whatOption), i.Text(formatOption)
	q, v, err := c.exportQuery(ctx, i, what)
	if err != nil {
		return err
	}
	if err := i.Defer(ctx, true); err != nil {
		return err
	}
	if what == exportServer {
		if err := c.record(ctx, i, auditExport, "", what+" "+format); err != nil {
			return err
		}
	}
	file, err := os.CreateTemp("", "seedbank-export-*")
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	defer func() { _ = os.Remove(file.Name()) }() // what stays is in the system's own folder for such files
	cards, err := c.writeExport(ctx, i, v, q, format, &counted{w: file, most: min(i.SizeLimit, maxExport)})
	if err = errors.Join(err, file.Close()); err != nil {
		return err
	}
	if cards == 0 {
		return bot.Refuse(textNothingToExport)
	}
	_, err = c.editor.Edit(ctx, i.Reply(), bot.Message{
		Text:  textExported(cards, format),
		Files: []bot.File{{Name: exportFileName(what, format, time.Now()), Type: exportType(format), Path: file.Name()}},
	})
	return err
}

// exportQuery is which cards are exported, and whose eyes see them. What is everyone's needs Manage Server, and holds
// nobody's private cards; a member's own export holds the member's.
func (c *counter) exportQuery(ctx context.Context, i *bot.Interaction, what string) (db.Query, db.View, error) {
	l := listingOf(i)
	v := view(i)
	words := searchText(i.Text(textOption))
	switch what {
	case exportMine:
		l.by = i.User.ID
	case exportStarred:
		l.starred = true
	case exportSearch:
		if words == "" {
			return db.Query{}, v, bot.Refuse(textExportWords)
		}
	case exportServer:
		if i.Guild != "" {
			if err := c.may(ctx, i, rightManage); err != nil {
				return db.Query{}, v, err
			}
			v.Member = ""
		}
	default:
		return db.Query{}, v, bot.Refuse(textNoChoice)
	}
	if words == "" {
		return db.Query{Filter: l.filter()}, v, nil
	}
	q, err := queryOf(words, l)
	return q, v, err
}

// cardWriter writes cards in one format.
type cardWriter interface {
	Card(r exchange.Record) error
	End() error
}

func newCardWriter(format string, to io.Writer, guild string, at time.Time) (cardWriter, error) {
	switch format {
	case formatCSV:
		return exchange.NewCSV(to)
	case formatJSON:
		return exchange.NewJSON(to, at)
	case formatMarkdown:
		return exchange.NewMarkdown(to, markdownWords(guild, at))
	}
	return nil, bot.Refuse(textNoChoice)
}

// markdownWords is what a Markdown file says beside the cards; the messages it links to are the guild's, or those of a
// conversation where there is none.
func markdownWords(guild string, at time.Time) exchange.Markdown {
	if guild == "" {
		guild = ownConversations
	}
	return exchange.Markdown{
		Intro: markdownIntro(at),
		Facts: func(r exchange.Record) string {
			link := ""
			if r.Channel != "" && r.Message != "" {
				link = messageLink{Guild: guild, Channel: r.Channel, Message: r.Message}.String()
			}
			return markdownFacts(r, link)
		},
		Quote: func(line string) string {
			text, _ := quoted(line, maxText)
			return text
		},
	}
}

// writeExport writes the cards and says how many there were.
func (c *counter) writeExport(ctx context.Context, i *bot.Interaction, v db.View, q db.Query, format string, to *counted) (cards int, err error) {
	w, err := newCardWriter(format, to, i.Guild, i.Created)
	if err != nil {
		return 0, err
	}
	for card, err := range c.history.Export(ctx, v, q) {
		if err != nil {
			return cards, fmt.Errorf("export: %w", err)
		}
		if err := w.Card(exchange.RecordOf(card)); err != nil {
			return cards, exportFailed(err, cards)
		}
		cards++
	}
	return cards, exportFailed(w.End(), cards)
}

func exportFailed(err error, cards int) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, errFull):
		return bot.Refuse(textExportTooLarge(cards))
	}
	return fmt.Errorf("export: %w", err)
}

// errFull says that an exported file has become too large.
var errFull = errors.New("the file is full")

// counted is a writer with an end.
type counted struct {
	w    io.Writer
	most int64
	n    int64
}

// Write is io.Writer's.
func (c *counted) Write(p []byte) (int, error) {
	if c.n += int64(len(p)); c.n > c.most {
		return 0, errFull
	}
	return c.w.Write(p)
}

func exportFileName(what, format string, at time.Time) string {
	ending := format
	if format == formatMarkdown {
		ending = "md"
	}
	return "seeds-" + what + "-" + at.UTC().Format(time.DateOnly) + "." + ending
}

func exportType(format string) string {
	switch format {
	case formatCSV:
		return "text/csv; charset=utf-8"
	case formatJSON:
		return "application/json"
	}
	return "text/markdown; charset=utf-8"
}
