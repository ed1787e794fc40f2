package commands

import (
	"context"

	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
)

// seedbotCommand is /seedbot: how the bot behaves on a server, and how it fares. Discord shows it to who may manage the
// server; that is checked again at every step. Its parts stand in settings.go, status.go, accounts.go and audit.go.
func (c *counter) seedbotCommand() bot.Command {
	const sub = discordgo.ApplicationCommandOptionSubCommand
	type option = discordgo.ApplicationCommandOption
	manage := int64(discordgo.PermissionManageGuild)
	return bot.Command{
		ApplicationCommand: &discordgo.ApplicationCommand{
			Name: seedbotName, Description: seedbotDescription, Type: discordgo.ChatApplicationCommand,
			DefaultMemberPermissions: &manage,
			Contexts:                 &[]discordgo.InteractionContextType{discordgo.InteractionContextGuild},
			Options: []*option{
				{Type: sub, Name: settingsName, Description: settingsDescription},
				{Type: sub, Name: statusName, Description: statusDescription},
				{Type: sub, Name: accountsName, Description: accountsDescription},
				{Type: sub, Name: auditName, Description: auditDescription, Options: []*option{
					{Type: discordgo.ApplicationCommandOptionUser, Name: byOption, Description: auditByDescription},
					sinceChoice(),
				}},
			},
		},
		Handle: c.seedbot,
	}
}

func (c *counter) seedbot(ctx context.Context, i *bot.Interaction) error {
	if err := c.may(ctx, i, rightManage); err != nil {
		return err
	}
	switch i.Path {
	case seedbotName + " " + settingsName:
		return c.showSettings(ctx, i)
	case seedbotName + " " + statusName:
		return c.status(ctx, i)
	case seedbotName + " " + accountsName:
		return c.showAccounts(ctx, i)
	case seedbotName + " " + auditName:
		return c.showAudit(ctx, i)
	}
	return bot.Refuse(textNoChoice) // a command list older or newer than this program
}
