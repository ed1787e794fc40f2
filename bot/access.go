package bot

import (
	"context"
	"errors"
	"fmt"
	"net/url"
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
	p, err := b.placeOf(ctx, channel)
	if err != nil {
		return false, err
	}
	if p.channel.Guild == "" {
		return slices.ContainsFunc(p.channel.Recipients, func(u User) bool { return u.ID == i.User.ID }), nil
	}
	roles, err := b.rolesOf(ctx, i.Viewer(), p.guild.ID)
	if err != nil {
		return false, err
	}
	return b.opens(ctx, p, i.User.ID, roles, seeMessages)
}

// Sending says who may write in a channel.
type Sending struct {
	Asker bool // the one who asks may view the channel and write in it
	Self  bool // the bot may, with files
}

// MaySend tells who may write in a channel of the asker's server. A channel elsewhere, one that
// is gone, and one that the bot cannot see are answered with no. An error means that Discord could not be asked.
func (b *Bot) MaySend(ctx context.Context, asker Viewer, channel string) (Sending, error) {
	may, err := b.maySend(ctx, asker, channel)
	if errors.Is(err, ErrChannelRefused) || errors.Is(err, ErrNotFound) {
		return Sending{}, nil
	}
	if err != nil {
		return Sending{}, fmt.Errorf("check who may write in channel %s: %w", channel, err)
	}
	return may, nil
}

func (b *Bot) maySend(ctx context.Context, asker Viewer, channel string) (may Sending, err error) {
	p, err := b.placeOf(ctx, channel)
	if err != nil || p.channel.Guild == "" || p.channel.Guild != asker.Guild {
		return Sending{}, err
	}
	need := int64(discordgo.PermissionViewChannel | discordgo.PermissionSendMessages)
	if isThread(p.channel.Type) {
		need = discordgo.PermissionViewChannel | discordgo.PermissionSendMessagesInThreads
	}
	roles, err := b.rolesOf(ctx, asker, p.guild.ID)
	if err != nil {
		return Sending{}, err
	}
	if may.Asker, err = b.opens(ctx, p, asker.User, roles, need); err != nil {
		return Sending{}, err
	}
	var self wireMember
	if err := b.getMember(ctx, p.guild.ID, b.UserID(), &self); err != nil {
		return Sending{}, err
	}
	may.Self, err = b.opens(ctx, p, b.UserID(), self.Roles, need|discordgo.PermissionAttachFiles)
	return may, err
}

// place is a channel with what its permissions come from.
type place struct {
	channel wireChannel
	ruling  wireChannel // whose overwrites count: a thread has those of the channel it hangs on
	guild   wireGuild   // nothing in direct messages
}

func (b *Bot) placeOf(ctx context.Context, channel string) (p place, err error) {
	if err := b.get(ctx, "/channels/"+url.PathEscape(channel), &p.channel); err != nil {
		return place{}, err
	}
	p.ruling = p.channel
	if p.channel.Guild == "" {
		return p, nil
	}
	if err := b.get(ctx, "/guilds/"+p.channel.Guild, &p.guild); err != nil {
		return place{}, err
	}
	if isThread(p.channel.Type) {
		p.ruling = wireChannel{}
		err = b.get(ctx, "/channels/"+p.channel.Parent, &p.ruling)
	}
	return p, err
}

// opens tells whether a member has the permissions in a channel and can get into it at all.
func (b *Bot) opens(ctx context.Context, p place, user string, roles []string, need int64) (bool, error) {
	may, invited := p.lets(user, roles, need)
	if !may || !invited {
		return may, nil
	}
	var joined struct {
		User string `json:"user_id"`
	}
	err := b.get(ctx, "/channels/"+p.channel.ID+"/thread-members/"+user, &joined)
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	return joined.User == user, err
}

// lets tells whether a member has the permissions in a channel, and whether only if they are in it, as one of its thread.
func (p place) lets(user string, roles []string, need int64) (may, invited bool) {
	has := permissionsIn(p.guild, p.ruling, user, roles)
	if p.ruling.Type == int(discordgo.ChannelTypeGuildVoice) || p.ruling.Type == int(discordgo.ChannelTypeGuildStageVoice) {
		need |= discordgo.PermissionVoiceConnect
	}
	if has&need != need {
		return false, false
	}
	return true, p.channel.Type == int(discordgo.ChannelTypeGuildPrivateThread) && has&discordgo.PermissionManageThreads == 0
}

func isThread(channelType int) bool {
	switch discordgo.ChannelType(channelType) {
	case discordgo.ChannelTypeGuildNewsThread, discordgo.ChannelTypeGuildPublicThread, discordgo.ChannelTypeGuildPrivateThread:
		return true
	}
	return false
}

// rolesOf is a member's roles on a server: those that came with their call, or read from it.
func (b *Bot) rolesOf(ctx context.Context, who Viewer, guild string) ([]string, error) {
	if who.member != nil && who.Guild == guild {
		return who.member.Roles, nil
	}
	var m wireMember
	if err := b.getMember(ctx, guild, who.User, &m); err != nil {
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
