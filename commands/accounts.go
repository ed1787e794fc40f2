package commands

import (
	"context"
	"slices"
	"time"

	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
	"seedbank/db"
)

// accountsTime bounds how long the service may take to list its accounts before they are to be typed instead: the
// interaction is to be acknowledged with the list.
const accountsTime = 1200 * time.Millisecond

// showAccounts is /seedbot accounts: of which Midjourney accounts this server may read jobs.
func (c *counter) showAccounts(ctx context.Context, i *bot.Interaction) error {
	set, err := c.settings(ctx, i)
	if err != nil {
		return err
	}
	return i.Respond(ctx, c.accountsMessage(ctx, set), true)
}

func (c *counter) updateAccounts(ctx context.Context, i *bot.Interaction, set db.Settings) error {
	return i.Update(ctx, c.accountsMessage(ctx, set))
}

// accountsMessage offers the accounts that the service has. When it cannot be asked, or has more than a menu holds,
// their channels' IDs can be typed.
func (c *counter) accountsMessage(ctx context.Context, set db.Settings) bot.Message {
	parts := []discordgo.MessageComponent{text(textAccounts(set.Accounts))}
	known := c.knownAccounts(ctx)
	offered := known
	for _, account := range set.Accounts {
		if !slices.Contains(offered, account) {
			offered = append(offered, account)
		}
	}
	if len(known) > 0 && len(offered) <= maxMenuRows {
		none := 0
		options := make([]discordgo.SelectMenuOption, 0, len(offered))
		for _, account := range offered {
			o := option(textAccount(account), textAccountHint(slices.Contains(known, account)), account)
			o.Default = slices.Contains(set.Accounts, account)
			options = append(options, o)
		}
		parts = append(parts, row(discordgo.SelectMenu{
			MenuType: discordgo.StringSelectMenu, CustomID: bot.ID(verbSet, pageAccounts, setAccounts), Placeholder: menuAccounts,
			MinValues: &none, MaxValues: len(options), Options: options,
		}))
	} else {
		parts = append(parts, text(textAccountsUnknown))
	}
	return framed(blue, append(parts,
		row(button(discordgo.SecondaryButton, "", labelTypeAccounts, bot.ID(verbSetForm, pageAccounts, setAccounts))))...)
}

// knownAccounts asks the service for its accounts; none when it does not tell in time.
func (c *counter) knownAccounts(ctx context.Context) []string {
	if c.setup.Accounts == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, accountsTime)
	defer cancel()
	accounts, err := c.setup.Accounts(ctx)
	if err != nil {
		return nil // what the service's state is, /seedbot status tells
	}
	return slices.DeleteFunc(slices.Clone(accounts), func(a string) bool { return !snowflake.MatchString(a) })
}
