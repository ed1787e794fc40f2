package commands

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
	"seedbank/db"
)

// maxTagText and maxVersionText bound what can be typed into the options.
const (
	maxTagText     = 32
	maxVersionText = 16
)

// searchOption is /seeds search.
func searchOption() *discordgo.ApplicationCommandOption {
	options := append([]*discordgo.ApplicationCommandOption{
		{
			Type: discordgo.ApplicationCommandOptionString, Name: textOption, Description: textDescription,
			Required: true, MaxLength: maxSearchText,
		},
	}, listingOptions()...)
	options = append(options,
		&discordgo.ApplicationCommandOption{
			Type: discordgo.ApplicationCommandOptionString, Name: versionOption, Description: versionDescription,
			Autocomplete: true, MaxLength: maxVersionText,
		},
		&discordgo.ApplicationCommandOption{
			Type: discordgo.ApplicationCommandOptionString, Name: tagOption, Description: tagDescription,
			Autocomplete: true, MaxLength: maxTagText,
		},
		privateChoice(privateDefault),
	)
	return &discordgo.ApplicationCommandOption{
		Type: discordgo.ApplicationCommandOptionSubCommand, Name: searchName, Description: searchDescription, Options: options,
	}
}

func (c *counter) search(ctx context.Context, i *bot.Interaction) error {
	words := searchText(searchWords(i))
	if words == "" {
		return bot.Refuse(textSearchEmpty)
	}
	if _, err := queryOf(words, listing{}); err != nil {
		return err
	}
	private := privately(i)
	if err := i.Defer(ctx, private); err != nil {
		return err
	}
	return c.showFound(ctx, i, listingOf(i), words, private, "", 1)
}

// searchWords are the words of a search with the options version and tag among them, so that what is searched for
// stands in one place, for readers and for the buttons.
func searchWords(i *bot.Interaction) string {
	parts := []string{i.Text(textOption)}
	if tag := strings.Fields(i.Text(tagOption)); len(tag) > 0 {
		parts = append(parts, "tag:"+strings.Join(tag, "-"))
	}
	if version := versionWords(i.Text(versionOption)); version != "" {
		parts = append(parts, version)
	}
	return strings.Join(parts, " ")
}

// versionWords is a version as a search writes it: "--v 7", "--niji 6".
func versionWords(version string) string {
	version = strings.ToLower(strings.Join(strings.Fields(version), " "))
	version = strings.TrimSpace(strings.TrimPrefix(version, "v"))
	switch {
	case version == "":
		return ""
	case strings.HasPrefix(version, "niji"):
		return strings.TrimSpace("--niji " + strings.TrimSpace(strings.TrimPrefix(version, "niji")))
	}
	return "--v " + version
}

// queryOf is a search as the history takes it, or a refusal that says what to write instead.
func queryOf(words string, l listing) (db.Query, error) {
	q, err := db.ParseQuery(words)
	if err != nil {
		return db.Query{}, mistake(textSearchUnreadable(err))
	}
	f := l.filter()
	q.By, q.In, q.Since, q.Starred = f.By, f.In, f.Since, f.Starred // tags stand in the words
	return q, nil
}

// turnFound goes on in a search from the place that the button names.
func (c *counter) turnFound(ctx context.Context, i *bot.Interaction) error {
	words := wordsOf(i.Message)
	if words == "" {
		return bot.Refuse(textNoChoice)
	}
	if err := i.DeferUpdate(ctx); err != nil {
		return err
	}
	from := max(numberIn(i.CustomID.Arg(2)), 1)
	return c.showFound(ctx, i, readListing(i.CustomID.Arg(3)), words, isPrivate(i.Message), i.CustomID.Arg(1), int(min(from, maxFrom)))
}

// maxFrom bounds the number of the first row of a page, which comes from outside.
const maxFrom = 1_000_000

// showFound fills the answer of an acknowledged interaction with a page of what was found.
func (c *counter) showFound(ctx context.Context, i *bot.Interaction, l listing, words string, private bool, cursor string, from int) error {
	s, err := c.listSight(ctx, i, l, private)
	if err != nil {
		return err
	}
	m, without, err := c.found(ctx, s.View, l, words, cursor, from)
	switch {
	case err != nil:
		return err
	case without != "" && !private && i.Message == nil:
		return bot.Refuse(without)
	}
	_, err = c.editor.Edit(ctx, i.Reply(), s.told(m))
	return err
}

// found is a page of what the words find. Where that is no card, without is what the page says of that.
func (c *counter) found(ctx context.Context, v db.View, l listing, words, cursor string, from int) (m bot.Message, without string, err error) {
	page, err := c.sought(ctx, v, l, words, cursor, from)
	if err == nil {
		err = c.seekBeyond(ctx, v, &page)
	}
	switch {
	case err != nil:
		return bot.Message{}, "", err
	case len(page.result.Cards) == 0:
		n, err := c.nothingListed(ctx, v, l, page.words)
		return n.message(), n.plain(), err
	case page.result.Prev == "":
		page.from = 1
	}
	return page.message(), "", nil
}

// sought is the page that a cursor names of what the words find, however they are to be understood.
func (c *counter) sought(ctx context.Context, v db.View, l listing, words, cursor string, from int) (page foundPage, err error) {
	page = foundPage{listing: l, words: words, from: from}
	if page.result, err = c.searched(ctx, v, l, words, cursor); err == nil && len(page.result.Cards) == 0 && cursor != "" {
		page.result, err = c.searched(ctx, v, l, words, "") // that page is gone: the first is not
		page.from = 1
	}
	if err == nil {
		err = c.seekTag(ctx, v, &page)
	}
	if err == nil {
		err = c.seekNumber(ctx, v, &page)
	}
	return page, err
}

// seekBeyond finds out whether what only comes near would be found without a part of the filter.
func (c *counter) seekBeyond(ctx context.Context, v db.View, page *foundPage) (err error) {
	if page.result.Near && page.result.Prev == "" {
		page.loose, err = c.loosen(ctx, v, page.listing, c.countFound(page.words, false))
	}
	return err
}

// searched is a page of what the words find, or a refusal that says what to write instead.
func (c *counter) searched(ctx context.Context, v db.View, l listing, words, cursor string) (db.Result, error) {
	q, err := queryOf(words, l)
	if err != nil {
		return db.Result{}, err
	}
	r, err := c.history.Search(ctx, v, q, cursor, pageRows)
	var wrong *db.InputError
	switch {
	case errors.As(err, &wrong):
		return db.Result{}, bot.Refuse(textSearchUnreadable(err))
	case err != nil:
		return db.Result{}, fmt.Errorf("search the history: %w", err)
	}
	return r, nil
}

// foundPage lists what a search found, from the row of that number on.
type foundPage struct {
	listing
	words  string
	result db.Result
	from   int
	note   string // how it was found, where that is not plain to see
	card   int64  // a card that is meant perhaps, beside those that were found; 0 for none
	loose  []loosening
}

func (p foundPage) message() bot.Message {
	r := p.result
	parts := []discordgo.MessageComponent{
		text(textFoundHead(p.from, p.from+len(r.Cards)-1, r.Total, r.More)),
		text(wordsShown(p.words)),
	}
	nearest := ""
	if r.Near {
		nearest = textNearest(p.words)
	}
	for _, line := range []string{p.note, textFilterLine(p.listing), nearest} {
		if line != "" {
			parts = append(parts, text(line))
		}
	}
	parts = append(parts, rowsAndMenu(r.Cards)...)
	var buttons []discordgo.MessageComponent
	if r.Prev != "" || r.Next != "" {
		buttons = append(buttons,
			findButton(labelPrevious, pageNewer, r.Prev, max(p.from-pageRows, 1), p.listing),
			findButton(labelNext, pageOlder, r.Next, p.from+len(r.Cards), p.listing))
	}
	buttons = append(buttons, filterButton(p.listing))
	if p.card != 0 {
		buttons = append(buttons, openButton(p.card))
	}
	parts = append(parts, row(buttons...))
	if len(p.loose) > 0 {
		parts = append(parts, text(textBeyondFilter), looseRow(p.loose, true))
	}
	return framed(blue, parts...)
}

func findButton(label, direction, cursor string, from int, l listing) discordgo.Button {
	b := button(discordgo.SecondaryButton, "", label, bot.ID(verbFind, direction, cursor, strconv.Itoa(from), l.String()))
	b.Disabled = cursor == ""
	return b
}
