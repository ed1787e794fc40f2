package commands

import (
	"context"
	"fmt"
	"slices"

	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
	"seedbank/db"
)

// right is something that a server can keep to some of its members. Rights are keys of db.Settings.Roles: never rename
// one.
type right string

// The rights. Roles can be given for all but rightManage, which is Discord's own permission Manage Server.
const (
	rightAsk     right = "ask"     // get seeds that are not known yet, where asking is allowed
	rightShare   right = "share"   // post cards in other channels
	rightSave    right = "save"    // stars, and saving recipes
	rightCurate  right = "curate"  // change and delete what others made: cards and recipes; standards
	rightImagine right = "imagine" // make pictures, which costs
	rightManage  right = "manage"  // the settings
)

// open tells whether a right is everyone's where no role was given for it.
func (r right) open() bool { return r == rightAsk || r == rightShare || r == rightSave }

// action is something that can be done to a card.
type action string

// The actions. To look is anyone's.
const (
	actionStar    action = "star"
	actionNote    action = "note" // and tags
	actionDelete  action = "delete"
	actionPrivate action = "private"
	actionPublic  action = "public"
	actionStop    action = "stop" // an ask that has no card yet
)

// settings are the rules of the place of a call. Direct messages have none.
func (c *counter) settings(ctx context.Context, i *bot.Interaction) (db.Settings, error) {
	if i.Guild == "" {
		return db.Settings{}, nil
	}
	set, err := c.history.Settings(ctx, i.Scope())
	if err != nil {
		return db.Settings{}, fmt.Errorf("read the settings: %w", err)
	}
	return set, nil
}

// may tells whether the member has the right here: nil, or a *bot.UserError that names who has. What Discord lets whom
// see of a command is no check of its own, so every path asks here.
func (c *counter) may(ctx context.Context, i *bot.Interaction, r right) error {
	switch {
	case r == rightImagine && !c.setup.Imagine:
		return bot.Refuse(textImagineOff)
	case i.Guild == "" && (r == rightImagine || r == rightManage):
		return bot.Refuse(textServersOnly)
	case i.Guild == "":
		return nil
	case r == rightManage && !i.MemberHas(discordgo.PermissionManageGuild):
		return bot.Refuse(textManageOnly)
	case r == rightManage:
		return nil
	}
	set, err := c.settings(ctx, i)
	if err != nil {
		return err
	}
	if r == rightAsk {
		if err := mayAskHere(i, set); err != nil {
			return err
		}
	}
	if !hasRight(i, set, r) {
		return bot.Refuse(textMayNot(r, set.Roles[string(r)]))
	}
	return nil
}

// hasRight is may without its words.
func hasRight(i *bot.Interaction, set db.Settings, r right) bool {
	switch {
	case i.MemberHas(discordgo.PermissionManageGuild):
		return true
	case r == rightCurate && i.MemberHas(discordgo.PermissionManageMessages):
		return true
	}
	roles := set.Roles[string(r)]
	if len(roles) == 0 {
		return r.open()
	}
	return slices.ContainsFunc(roles, func(role string) bool { return memberOf(i, role) })
}

// memberOf tells whether the member has a role. The role with the server's ID is everyone's and on nobody's list.
func memberOf(i *bot.Interaction, role string) bool {
	return role == i.Guild || i.Member != nil && slices.Contains(i.Member.Roles, role)
}

// asksHere tells whether the server wants asking in the channel. A thread counts as its channel.
func asksHere(i *bot.Interaction, set db.Settings) bool {
	in := func(channels []string) bool {
		return slices.Contains(channels, i.Channel) || i.Parent != "" && slices.Contains(channels, i.Parent)
	}
	return !in(set.DenyChannels) && (len(set.AskChannels) == 0 || in(set.AskChannels))
}

// mayAskHere refuses in channels where the server wants no asking.
func mayAskHere(i *bot.Interaction, set db.Settings) error {
	if asksHere(i, set) {
		return nil
	}
	return bot.Refuse(textNotHere(slices.DeleteFunc(slices.Clone(set.AskChannels), func(channel string) bool {
		return slices.Contains(set.DenyChannels, channel)
	})))
}

// mayUse tells whether the member may do this to a card that was looked up for them: nil, or a *bot.UserError that
// names who may.
func (c *counter) mayUse(ctx context.Context, i *bot.Interaction, card db.Card, a action) error {
	if a == actionStar {
		return c.may(ctx, i, rightSave)
	}
	return c.mayChange(ctx, i, card.Asker, a)
}

// mayChange tells whether the member may do this to what somebody asked for: the asker may, and who curates.
func (c *counter) mayChange(ctx context.Context, i *bot.Interaction, asker string, a action) error {
	if asker != "" && asker == i.User.ID || i.Guild == "" {
		return nil
	}
	set, err := c.settings(ctx, i)
	if err != nil {
		return err
	}
	if hasRight(i, set, rightCurate) {
		return nil
	}
	return bot.Refuse(textNotYours(a, asker, set.Roles[string(rightCurate)]))
}
