package commands

import (
	"context"

	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
)

// seedsCommand is /seeds: what the history holds. Each subcommand stands in a file of its own.
func (c *counter) seedsCommand() bot.Command {
	return bot.Command{
		ApplicationCommand: &discordgo.ApplicationCommand{
			Name: seedsName, Description: seedsDescription, Type: discordgo.ChatApplicationCommand,
			Options: []*discordgo.ApplicationCommandOption{
				historyOption(), searchOption(), showOption(), lastOption(), addOption(), compareOption(),
				cardSubcommand(starName, starDescription), cardSubcommand(unstarName, unstarDescription),
				cardSubcommand(deleteName, deleteDescription), exportOption(), importOption(), forgetOption(),
			},
		},
		Handle:       c.seeds,
		Autocomplete: c.suggestInSeeds,
	}
}

func (c *counter) seeds(ctx context.Context, i *bot.Interaction) error {
	switch i.Path {
	case seedsName + " " + historyName:
		return c.listHistory(ctx, i)
	case seedsName + " " + searchName:
		return c.search(ctx, i)
	case seedsName + " " + showName:
		return c.show(ctx, i)
	case seedsName + " " + lastName:
		return c.last(ctx, i)
	case seedsName + " " + addName:
		return c.openAdd(ctx, i)
	case seedsName + " " + compareName:
		return c.compare(ctx, i)
	case seedsName + " " + starName:
		return c.starNamed(ctx, i, true)
	case seedsName + " " + unstarName:
		return c.starNamed(ctx, i, false)
	case seedsName + " " + deleteName:
		return c.deleteNamed(ctx, i)
	case seedsName + " " + exportName:
		return c.export(ctx, i)
	case seedsName + " " + importName:
		return c.importFile(ctx, i)
	case seedsName + " " + forgetName:
		return c.openForget(ctx, i)
	}
	return bot.Refuse(textNoChoice) // a command list older or newer than this program
}

// cardSubcommand is a subcommand whose one option is a card.
func cardSubcommand(name, description string) *discordgo.ApplicationCommandOption {
	return &discordgo.ApplicationCommandOption{
		Type: discordgo.ApplicationCommandOptionSubCommand, Name: name, Description: description,
		Options: []*discordgo.ApplicationCommandOption{{
			Type: discordgo.ApplicationCommandOptionString, Name: cardOption, Description: findDescription,
			Required: true, Autocomplete: true, MaxLength: maxCardText,
		}},
	}
}

// starNamed is /seeds star and /seeds unstar.
func (c *counter) starNamed(ctx context.Context, i *bot.Interaction, on bool) error {
	card, err := c.cardNamed(ctx, i, i.Text(cardOption))
	if err != nil {
		return err
	}
	if err := c.mayUse(ctx, i, card, actionStar); err != nil {
		return err
	}
	had := card.Starred
	if card, err = c.setStar(ctx, i, card, on); err != nil {
		return err
	}
	if !on && !had {
		return bot.Refuse(textNoStar(card.Number))
	}
	if err := i.Respond(ctx, framed(amber, text(textStarred(card.Number, card.Starred, card.Stars))), true); err != nil {
		return err
	}
	c.reshowElsewhere(ctx, i, card)
	return nil
}

// deleteNamed is /seeds delete. Words name no card to be deleted, even where only one holds them.
func (c *counter) deleteNamed(ctx context.Context, i *bot.Interaction) error {
	typed := i.Text(cardOption)
	n, err := c.cardsNamed(ctx, i, typed)
	switch {
	case err != nil:
		return err
	case readReference(typed).empty():
		return bot.Refuse(n.refusal())
	}
	return c.deleteCard(ctx, i, n.cards[0])
}

// privately is the option private where answers are private unless it says no.
func privately(i *bot.Interaction) bool {
	_, given := i.Options[privateOption]
	return !given || i.Flag(privateOption)
}
