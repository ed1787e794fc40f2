package commands

import (
	"context"
	"fmt"
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
	q, everyones, err := c.exportQuery(ctx, i, what)
	if err != nil {
		return err
	}
	if err := i.Defer(ctx, true); err != nil {
		return err
	}
	s := sight{View: db.View{Scope: i.Scope()}}
	if !everyones {
		if s, err = c.look(ctx, i, i.Viewer()); err != nil {
			return err
		}
	}
	if what == exportServer {
		if err := c.announce(ctx, i, auditExport, "", what+" "+format); err != nil {
			return err
		}
	}
	e := exporting{
		history: c.history, view: s.View, query: q, format: format, everyones: what == exportServer, member: i.User.ID, guild: i.Guild,
		from: exchange.Origin{At: i.Created, Scope: i.Scope()},
	}
	folder, err := os.MkdirTemp("", "seedbank-export-*")
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	defer func() { _ = os.RemoveAll(folder) }() // what stays is in the system's own folder for such files
	files, done, err := e.pack(ctx, folder, min(i.SizeLimit, maxExport))
	if err != nil {
		return err
	}
	if done.cards+done.recipes == 0 {
		return bot.Refuse(textNothingToExport)
	}
	said := s.toldIn(textExported(done, format, what == exportServer, i.Guild))
	for n := 0; n < len(files); n += filesAtOnce {
		var some []bot.File
		for k, path := range files[n:min(n+filesAtOnce, len(files))] {
			some = append(some, bot.File{Name: exportFileName(what, format, i.Created, n+k+1, len(files)), Type: exportType(format), Path: path})
		}
		if n == 0 {
			_, err = c.editor.Edit(ctx, i.Reply(), bot.Message{Text: said, Files: some})
		} else {
			_, err = i.Follow(ctx, bot.Message{Text: textExportedMore(n+1, n+len(some), len(files)), Files: some}, true)
		}
		if err != nil {
			return fmt.Errorf("hand over what was exported: %w", err)
		}
	}
	return nil
}

// filesAtOnce is how many files of the largest size one request to Discord holds.
const filesAtOnce = 2

// exportQuery is which cards are exported: of everyone's, or of what the member may find. What is everyone's needs Manage
// Server; it holds cards of all channels, and nobody's private ones.
func (c *counter) exportQuery(ctx context.Context, i *bot.Interaction, what string) (q db.Query, everyones bool, err error) {
	l := listingOf(i)
	words := searchText(i.Text(textOption))
	switch what {
	case exportMine:
		l.by = i.User.ID
	case exportStarred:
		l.starred = true
	case exportSearch:
		if words == "" {
			return db.Query{}, false, bot.Refuse(textExportWords)
		}
	case exportServer:
		if i.Guild != "" {
			if err := c.may(ctx, i, rightManage); err != nil {
				return db.Query{}, false, err
			}
			everyones = true
		}
	default:
		return db.Query{}, false, bot.Refuse(textNoChoice)
	}
	if words == "" {
		return db.Query{Filter: l.filter()}, everyones, nil
	}
	q, err = queryOf(words, l)
	return q, everyones, err
}

// exportFileName is the name of a file, which may be one of several.
func exportFileName(what, format string, at time.Time, part, of int) string {
	ending := format
	if format == formatMarkdown {
		ending = "md"
	}
	name := "seeds-" + what + "-" + at.UTC().Format(time.DateOnly)
	if of > 1 {
		name += fmt.Sprintf("-%d-of-%d", part, of)
	}
	return name + "." + ending
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
