package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/bwmarrin/discordgo"
)

// seeMessages is what it takes to read what was written in a channel before.
const seeMessages = discordgo.PermissionViewChannel | discordgo.PermissionReadMessageHistory

// Shapes of Discord's objects as far as permissions need them.
type (
	wireChannel struct {
		ID         string          `json:"id"`
		Type       int             `json:"type"`
		Guild      string          `json:"guild_id"`
		Parent     string          `json:"parent_id"`
		Recipients []User          `json:"recipients"`
		Overwrites []wireOverwrite `json:"permission_overwrites"`
	}
	wireOverwrite struct {
		ID    string `json:"id"`
		Allow bits   `json:"allow"`
		Deny  bits   `json:"deny"`
	}
	wireGuild struct {
		ID    string     `json:"id"`
		Owner string     `json:"owner_id"`
		Roles []wireRole `json:"roles"`
	}
	wireRole struct {
		ID          string `json:"id"`
		Permissions bits   `json:"permissions"`
	}
)

// MayView tells whether the asker may read the history of a channel, on whatever server it is. The bot's own rights
// do not count, except that a channel the bot cannot see is answered with no. An error means that Discord could not
// be asked.
func (b *Bot) MayView(ctx context.Context, i *Interaction, channel string) (bool, error) {
	if channel == i.Channel {
		return true, nil
	}
	may, err := b.mayView(ctx, i, channel)
	if errors.Is(err, ErrChannelRefused) || errors.Is(err, ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("check access to channel %s: %w", channel, err)
	}
	return may, nil
}

func (b *Bot) mayView(ctx context.Context, i *Interaction, channel string) (bool, error) {
	var c wireChannel
	if err := b.get(ctx, "/channels/"+channel, &c); err != nil {
		return false, err
	}
	if c.Guild == "" {
		return slices.ContainsFunc(c.Recipients, func(u User) bool { return u.ID == i.User.ID }), nil
	}
	roles, err := b.rolesOf(ctx, i, c.Guild)
	if err != nil {
		return false, err
	}
	var g wireGuild
	if err := b.get(ctx, "/guilds/"+c.Guild, &g); err != nil {
		return false, err
	}
	ruling := c // a thread has the overwrites of the channel it hangs on
	if isThread(c.Type) {
		ruling = wireChannel{}
		if err := b.get(ctx, "/channels/"+c.Parent, &ruling); err != nil {
			return false, err
		}
	}
	has := permissionsIn(g, ruling, i.User.ID, roles)
	need := int64(seeMessages)
	if ruling.Type == int(discordgo.ChannelTypeGuildVoice) || ruling.Type == int(discordgo.ChannelTypeGuildStageVoice) {
		need |= discordgo.PermissionVoiceConnect
	}
	if has&need != need {
		return false, nil
	}
	if c.Type != int(discordgo.ChannelTypeGuildPrivateThread) || has&discordgo.PermissionManageThreads != 0 {
		return true, nil
	}
	var joined struct {
		User string `json:"user_id"`
	}
	if err := b.get(ctx, "/channels/"+c.ID+"/thread-members/"+i.User.ID, &joined); err != nil {
		return false, err
	}
	return joined.User == i.User.ID, nil
}

func isThread(channelType int) bool {
	switch discordgo.ChannelType(channelType) {
	case discordgo.ChannelTypeGuildNewsThread, discordgo.ChannelTypeGuildPublicThread, discordgo.ChannelTypeGuildPrivateThread:
		return true
	}
	return false
}

// rolesOf is the asker's roles on a server: those that came with the interaction, or read from the other server.
func (b *Bot) rolesOf(ctx context.Context, i *Interaction, guild string) ([]string, error) {
	if i.Member != nil && i.Guild == guild {
		return i.Member.Roles, nil
	}
	var m wireMember
	if err := b.getMember(ctx, guild, i.User.ID, &m); err != nil {
		return nil, err
	}
	return m.Roles, nil
}

func (b *Bot) getMember(ctx context.Context, guild, user string, m *wireMember) error {
	return b.get(ctx, "/guilds/"+guild+"/members/"+user, m)
}

// permissionsIn is what a member may do in a channel, by the order of Discord's page on permissions: the owner and
// administrators everything; else the roles' sum, then the channel's word for everyone, for the roles, for the member.
func permissionsIn(g wireGuild, c wireChannel, user string, roles []string) int64 {
	const everything = ^int64(0)
	if g.Owner == user {
		return everything
	}
	var has bits
	for _, r := range g.Roles {
		if r.ID == g.ID || slices.Contains(roles, r.ID) { // the role with the server's ID is everyone's
			has |= r.Permissions
		}
	}
	if has&discordgo.PermissionAdministrator != 0 {
		return everything
	}
	var allow, deny bits
	var own wireOverwrite
	for _, o := range c.Overwrites {
		switch {
		case o.ID == g.ID:
			has = has&^o.Deny | o.Allow
		case o.ID == user:
			own = o
		case slices.Contains(roles, o.ID):
			allow |= o.Allow
			deny |= o.Deny
		}
	}
	has = has&^deny | allow
	return int64(has&^own.Deny | own.Allow)
}
