package commands

import (
	"strconv"

	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
	"seedbank/db"
)

// settingsMessage is one page of the panel. What is not a page is the first.
func (c *counter) settingsMessage(set db.Settings, page string) bot.Message {
	var parts []discordgo.MessageComponent
	switch page {
	case pageRoles:
		parts = c.rolesPage(set)
	case pageRules:
		parts = c.rulesPage(set)
	default:
		page, parts = pageChannels, channelsPage(set)
	}
	return framed(blue, append([]discordgo.MessageComponent{text(textSettingsHead(set)), pageTabs(page)}, parts...)...)
}

// pageTabs leads from page to page.
func pageTabs(page string) discordgo.MessageComponent {
	var tabs []discordgo.MessageComponent
	for _, tab := range []struct{ page, label string }{
		{pageChannels, labelChannels}, {pageRoles, labelRoles}, {pageRules, labelRules},
	} {
		b := button(discordgo.SecondaryButton, "", tab.label, bot.ID(verbSettings, tab.page))
		if tab.page == page {
			b.Style, b.Disabled = discordgo.PrimaryButton, true
		}
		tabs = append(tabs, b)
	}
	return row(tabs...)
}

func channelsPage(set db.Settings) []discordgo.MessageComponent {
	channels := func(key string, most int, chosen []string) discordgo.MessageComponent {
		return row(chooser(discordgo.ChannelSelectMenu, bot.ID(verbSet, pageChannels, key), menuChannels, most, chosen))
	}
	return []discordgo.MessageComponent{
		text(textAskChannels), channels(setAskChannels, maxChosen, set.AskChannels),
		text(textDenyChannels), channels(setDenyChannels, maxChosen, set.DenyChannels),
		text(textResults), channels(setResults, 1, some(set.ResultChannel)),
	}
}

func (c *counter) rolesPage(set db.Settings) []discordgo.MessageComponent {
	var parts []discordgo.MessageComponent
	for _, r := range []right{rightAsk, rightShare, rightSave, rightCurate, rightImagine} {
		parts = append(parts, text(textRolesFor(r, c.setup.Imagine)), row(chooser(discordgo.RoleSelectMenu,
			bot.ID(verbSet, pageRoles, string(r)), menuRoles, maxChosen, set.Roles[string(r)])))
	}
	return parts
}

func (c *counter) rulesPage(set db.Settings) []discordgo.MessageComponent {
	visible := []discordgo.SelectMenuOption{option(labelPublicAnswers, "", pickPublic), option(labelPrivateAnswers, "", pickPrivate)}
	visible[0].Default, visible[1].Default = !set.PrivateByDefault, set.PrivateByDefault
	kept := make([]discordgo.SelectMenuOption, 0, len(retentions()))
	for _, days := range retentions() {
		o := option(labelRetention(days), "", strconv.Itoa(days))
		o.Default = days == set.RetentionDays
		kept = append(kept, o)
	}
	pause := button(discordgo.SecondaryButton, "", labelPause, bot.ID(verbSetForm, pageRules, setPause))
	if set.Paused != "" {
		pause = button(discordgo.PrimaryButton, "", labelResume, bot.ID(verbSet, pageRules, setPause))
	}
	limits := []discordgo.MessageComponent{button(discordgo.SecondaryButton, "", labelLimit, bot.ID(verbSetForm, pageRules, setLimit))}
	if c.setup.Imagine {
		limits = append(limits, button(discordgo.SecondaryButton, "", labelPictureLimit, bot.ID(verbSetForm, pageRules, setPictures)))
	}
	return []discordgo.MessageComponent{
		text(textVisibility), row(menu(bot.ID(verbSet, pageRules, setVisibility), menuVisibility, visible)),
		text(textRetention), row(menu(bot.ID(verbSet, pageRules, setRetention), menuRetention, kept)),
		text(textRules(set, c.setup.Imagine)),
		row(append(limits, pause)...),
	}
}

// chooser is a menu of Discord's own lists, with what is chosen now. Nothing may be chosen.
func chooser(kind discordgo.SelectMenuType, id, placeholder string, most int, chosen []string) discordgo.SelectMenu {
	none := 0
	menu := discordgo.SelectMenu{MenuType: kind, CustomID: id, Placeholder: placeholder, MinValues: &none, MaxValues: most}
	of := discordgo.SelectMenuDefaultValueChannel
	if kind == discordgo.RoleSelectMenu {
		of = discordgo.SelectMenuDefaultValueRole
	} else {
		menu.ChannelTypes = []discordgo.ChannelType{
			discordgo.ChannelTypeGuildText, discordgo.ChannelTypeGuildNews, discordgo.ChannelTypeGuildForum,
			discordgo.ChannelTypeGuildVoice, discordgo.ChannelTypeGuildPublicThread, discordgo.ChannelTypeGuildPrivateThread,
		}
	}
	for _, one := range chosen[:min(len(chosen), most)] {
		menu.DefaultValues = append(menu.DefaultValues, discordgo.SelectMenuDefaultValue{ID: one, Type: of})
	}
	return menu
}
