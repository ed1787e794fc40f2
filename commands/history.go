package commands

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
	"seedbank/db"
)

// pageRows is how many cards one page of a list shows.
const pageRows = 10

// Arguments of verbPage and verbFind.
const (
	pageOlder = "older"
	pageNewer = "newer"
)

// historyOption is /seeds history: the cards of this server, or of this conversation.
func historyOption() *discordgo.ApplicationCommandOption {
	return &discordgo.ApplicationCommandOption{
		Type: discordgo.ApplicationCommandOptionSubCommand, Name: historyName, Description: historyDescription,
		Options: append(listingOptions(), privateChoice(privateDefault)),
	}
}

func (c *counter) listHistory(ctx context.Context, i *bot.Interaction) error {
	private := privately(i)
	if err := i.Defer(ctx, private); err != nil {
		return err
	}
	return c.showPage(ctx, i, listingOf(i), private, db.Page{})
}

// turnPage goes on from the card that the button names. On a list that everyone sees anyone may turn the page, and
// sees no private card by it.
func (c *counter) turnPage(ctx context.Context, i *bot.Interaction) error {
	edge := numberIn(i.CustomID.Arg(1))
	if edge == 0 {
		return bot.Refuse(textNoChoice)
	}
	p := db.Page{Before: edge}
	if i.CustomID.Arg(0) == pageNewer {
		p = db.Page{After: edge}
	}
	if err := i.DeferUpdate(ctx); err != nil {
		return err
	}
	return c.showPage(ctx, i, readListing(i.CustomID.Arg(2)), isPrivate(i.Message), p)
}

// showPage fills the answer of an acknowledged interaction with a page.
func (c *counter) showPage(ctx context.Context, i *bot.Interaction, l listing, private bool, p db.Page) error {
	s, err := c.listSight(ctx, i, l, private)
	if err != nil {
		return err
	}
	m, without, err := c.page(ctx, s.View, l, p)
	switch {
	case err != nil:
		return err
	case without != "" && !private && i.Message == nil:
		return bot.Refuse(without) // where everybody reads, nothing is posted of nothing
	}
	_, err = c.editor.Edit(ctx, i.Reply(), s.told(m))
	return err
}

// page is a page of the history. Where there is no card to list, without is what it says of that.
func (c *counter) page(ctx context.Context, v db.View, l listing, p db.Page) (m bot.Message, without string, err error) {
	p.Limit = pageRows
	f := l.filter()
	cards, err := c.history.History(ctx, v, f, p)
	if err == nil && len(cards) == 0 && (p.Before != 0 || p.After != 0) {
		cards, err = c.history.History(ctx, v, f, db.Page{Limit: pageRows}) // that page is gone: the first is not
	}
	if err != nil {
		return bot.Message{}, "", fmt.Errorf("list the history: %w", err)
	}
	if len(cards) == 0 {
		n, err := c.nothingListed(ctx, v, l, "")
		return n.message(), n.plain(), err
	}
	total, err := c.history.Count(ctx, v, f)
	if err != nil {
		return bot.Message{}, "", fmt.Errorf("count the history: %w", err)
	}
	newer, err := c.history.CountNewer(ctx, v, f, cards[0].Number)
	if err != nil {
		return bot.Message{}, "", fmt.Errorf("count the history: %w", err)
	}
	return historyMessage(v.Scope, l, cards, newer, total), "", nil
}

// historyMessage lists cards, of which newer come before and total exist.
func historyMessage(scope string, l listing, cards []db.Card, newer, total int) bot.Message {
	parts := []discordgo.MessageComponent{
		text(strings.TrimSuffix(textHistoryHead(isConversation(scope), newer+1, newer+len(cards), total)+"\n"+textFilterLine(l), "\n")),
	}
	parts = append(parts, rowsAndMenu(cards)...)
	var buttons []discordgo.MessageComponent
	if hasNewer, hasOlder := newer > 0, newer+len(cards) < total; hasNewer || hasOlder {
		buttons = append(buttons,
			pageButton(labelNewer, pageNewer, cards[0].Number, l, hasNewer),
			pageButton(labelOlder, pageOlder, cards[len(cards)-1].Number, l, hasOlder))
	}
	return framed(blue, append(parts, row(append(buttons, filterButton(l))...))...)
}

func pageButton(label, direction string, edge int64, l listing, enabled bool) discordgo.Button {
	b := button(discordgo.SecondaryButton, "", label, bot.ID(verbPage, direction, strconv.FormatInt(edge, 10), l.String()))
	b.Disabled = !enabled
	return b
}

// isConversation tells the scope of direct messages from a server's; see bot.Interaction.Scope.
func isConversation(scope string) bool { return strings.HasPrefix(scope, "dm:") }

// knownHere adds to a text that something is not found that a conversation knows nothing of a server.
func knownHere(scope, said string) string {
	if !isConversation(scope) {
		return said
	}
	return said + "\n" + textOnlyConversation
}

// userHistoryCommand is the user command Seed history: that member's public cards, for the one who looks.
func (c *counter) userHistoryCommand() bot.Command {
	return bot.Command{
		ApplicationCommand: &discordgo.ApplicationCommand{Name: userHistoryName, Type: discordgo.UserApplicationCommand},
		Handle:             c.userHistory,
	}
}

func (c *counter) userHistory(ctx context.Context, i *bot.Interaction) error {
	of := chosenID(i.Target)
	if of == "" {
		return bot.Refuse(textNoChoice)
	}
	if err := i.Defer(ctx, true); err != nil {
		return err
	}
	return c.showPage(ctx, i, listing{by: of, public: true}, true, db.Page{})
}
