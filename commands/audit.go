package commands

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
	"seedbank/db"
)

// maxAuditPage bounds the entries of a page together, in UTF-16 units as sent.
const maxAuditPage = 3000

// maxAuditDetail bounds the detail of an entry, in UTF-16 units.
const maxAuditDetail = 200

// showAudit is /seedbot audit: who changed what, newest first.
func (c *counter) showAudit(ctx context.Context, i *bot.Interaction) error {
	m, err := c.auditPage(ctx, i, listingOf(i), 0)
	if err != nil {
		return err
	}
	return i.Respond(ctx, m, true)
}

// turnAudit goes on from the entry that the button names.
func (c *counter) turnAudit(ctx context.Context, i *bot.Interaction) error {
	if err := c.may(ctx, i, rightManage); err != nil {
		return err
	}
	m, err := c.auditPage(ctx, i, readListing(i.CustomID.Arg(1)), numberIn(i.CustomID.Arg(0)))
	if err != nil {
		return err
	}
	return i.Update(ctx, m)
}

// auditPage is what came before an entry, or the newest for 0.
func (c *counter) auditPage(ctx context.Context, i *bot.Interaction, l listing, before int64) (bot.Message, error) {
	ctx, cancel := context.WithTimeout(ctx, lookupTime)
	defer cancel()
	entries, err := c.history.AuditLog(ctx, i.Scope(), l.by, sinceTime(l.since, time.Now()), before, pageRows+1)
	if err != nil {
		return bot.Message{}, fmt.Errorf("read the audit log: %w", err)
	}
	if len(entries) == 0 {
		return framed(blue, text(textNoAudit(l.narrow()))), nil
	}
	var shown []db.AuditEntry
	var rows []string
	for room := maxAuditPage; len(shown) < min(len(entries), pageRows); {
		e := entries[len(shown)]
		line := auditRow(e)
		if room -= units(line); room < 0 && len(shown) > 0 {
			break // it begins the next page
		}
		shown, rows = append(shown, e), append(rows, line)
	}
	parts := []discordgo.MessageComponent{text(textAuditHead(l)), text(strings.Join(rows, "\n"))}
	if older := len(entries) > len(shown); older || before > 0 {
		newest := button(discordgo.SecondaryButton, "", labelNewest, bot.ID(verbAudit, "0", l.String()))
		next := button(discordgo.SecondaryButton, "", labelOlder, bot.ID(verbAudit, strconv.FormatInt(shown[len(shown)-1].ID, 10), l.String()))
		newest.Disabled, next.Disabled = before == 0, !older
		parts = append(parts, row(newest, next))
	}
	return framed(blue, parts...), nil
}
