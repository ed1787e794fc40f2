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

// pageRows is how many cards one page of the history lists.
const pageRows = 10

// Arguments of verbPage.
const (
	pageOlder = "older"
	pageNewer = "newer"
)

// historyOption is /seeds history: the cards of this server, or of this conversation.
func historyOption() *discordgo.ApplicationCommandOption {
	return &discordgo.ApplicationCommandOption{
		Type: discordgo.ApplicationCommandOptionSubCommand, Name: historyName, Description: historyDescription,
		Options: []*discordgo.ApplicationCommandOption{privateChoice(privateDefault)},
	}
}

func (c *counter) listHistory(ctx context.Context, i *bot.Interaction) error {
	private := privately(i)
	if err := i.Defer(ctx, private); err != nil {
		return err
	}
	return c.showPage(ctx, i, private, db.Page{})
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
	return c.showPage(ctx, i, isPrivate(i.Message), p)
}

// showPage fills the answer of an acknowledged interaction with a page.
func (c *counter) showPage(ctx context.Context, i *bot.Interaction, private bool, p db.Page) error {
	v := view(i)
	if !private {
		v.Member = "" // nobody's private cards on a list for everyone
	}
	m, err := c.page(ctx, v, p)
	if err != nil {
		return err
	}
	_, err = c.editor.Edit(ctx, i.Reply(), m)
	return err
}

func (c *counter) page(ctx context.Context, v db.View, p db.Page) (bot.Message, error) {
	p.Limit = pageRows
	cards, err := c.history.History(ctx, v, p)
	if err == nil && len(cards) == 0 && (p.Before != 0 || p.After != 0) {
		cards, err = c.history.History(ctx, v, db.Page{Limit: pageRows}) // that page is gone: the first is not
	}
	if err != nil {
		return bot.Message{}, fmt.Errorf("list the history: %w", err)
	}
	if len(cards) == 0 {
		return framed(blue, text(textFirstUse)), nil
	}
	total, err := c.history.Count(ctx, v)
	if err != nil {
		return bot.Message{}, fmt.Errorf("count the history: %w", err)
	}
	newer, err := c.history.CountNewer(ctx, v, cards[0].Number)
	if err != nil {
		return bot.Message{}, fmt.Errorf("count the history: %w", err)
	}
	return historyMessage(v.Scope, cards, newer, total), nil
}

// historyMessage lists cards, of which newer come before and total exist.
func historyMessage(scope string, cards []db.Card, newer, total int) bot.Message {
	rows := make([]string, 0, len(cards))
	options := make([]discordgo.SelectMenuOption, 0, len(cards))
	for _, card := range cards {
		rows = append(rows, historyRow(card))
		options = append(options, option(
			dotted(cardNumber(card.Number), promptText(card.Prompt)),
			dotted(strconv.FormatUint(uint64(card.Seed), 10), versionLabel(card.Version), card.Aspect),
			strconv.FormatInt(card.Number, 10),
		))
	}
	parts := []discordgo.MessageComponent{
		text(textHistoryHead(isConversation(scope), newer+1, newer+len(cards), total)),
		text(strings.Join(rows, "\n")),
		row(menu(bot.ID(verbOpen), menuOpenCard, options)),
	}
	if hasNewer, hasOlder := newer > 0, newer+len(cards) < total; hasNewer || hasOlder {
		parts = append(parts, row(
			pageButton(labelNewer, pageNewer, cards[0].Number, hasNewer),
			pageButton(labelOlder, pageOlder, cards[len(cards)-1].Number, hasOlder),
		))
	}
	return framed(blue, parts...)
}

func pageButton(label, direction string, edge int64, enabled bool) discordgo.Button {
	b := button(discordgo.SecondaryButton, "", label, bot.ID(verbPage, direction, strconv.FormatInt(edge, 10)))
	b.Disabled = !enabled
	return b
}

// isConversation tells the scope of direct messages from a server's; see bot.Interaction.Scope.
func isConversation(scope string) bool { return strings.HasPrefix(scope, "dm:") }

// Bounds of a row in a list, in UTF-16 units as sent. Ten rows stay far from a message's limit.
const (
	maxRowPrompt = 120
	maxRowMark   = 16
)

func historyRow(card db.Card) string {
	words, _ := quoted(promptWords(card.Prompt), maxRowPrompt)
	version, _ := quoted(versionLabel(card.Version), maxRowMark)
	aspect, _ := quoted(card.Aspect, maxRowMark)
	return textHistoryRow(card.Number, card.Seed, words, version, aspect, card.Asker, card.Created, card.Private)
}
