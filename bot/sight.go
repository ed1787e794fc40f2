package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/bwmarrin/discordgo"
)

const (
	// sightLife is how long a channel that was closed or opened may go unnoticed; threadLife the same of threads, which
	// never move: that one is deleted.
	sightLife  = 40 * time.Second
	threadLife = 10 * time.Minute
	// glance is how long a member waits for Discord to say what they see, of the three seconds that an answer may take;
	// patientLook is the same once their call is acknowledged.
	glance      = 1200 * time.Millisecond
	patientLook = askTime
	// mostAsked bounds how many channels are asked for one by one at a time, the newest first.
	mostAsked = 50

	mostServers  = 500
	mostChannels = 10_000
)

// Viewer is whose sight of a server is asked for.
type Viewer struct {
	Guild        string // "" in direct messages, where there is nothing to hide
	User         string // "" for everybody: what is seen with the role that all have
	Here, Parent string // the channel they are in and the one it hangs on, which they see

	member   *Member       // nil: Discord is asked
	patience time.Duration // 0 for patientLook
}

// Viewer is the one who calls.
func (i *Interaction) Viewer() Viewer {
	v := i.Everybody()
	v.User, v.member = i.User.ID, i.Member
	return v
}

// Everybody is everyone who sees the channel of the call.
func (i *Interaction) Everybody() Viewer {
	v := Viewer{Guild: i.Guild, Here: i.Channel, Parent: i.Parent}
	if ackState(i.ack.Load()) == unacked {
		v.patience = glance
	}
	return v
}

// sights is what is remembered of servers.
type sights struct {
	servers  *memo[string, server]
	channels *memo[string, found]     // that no server lists, by ID: threads, and what is gone
	members  *memo[[2]string, member] // by server and user
	joined   *memo[[2]string, bool]   // private threads, by thread and user
}

type (
	// server is what decides about the channels of a server. The zero server is one that Discord does not show the bot.
	server struct {
		guild    wireGuild
		channels map[string]wireChannel
	}
	// found is a channel, or nothing when it is gone or not shown to the bot.
	found struct {
		channel wireChannel
		there   bool
	}
	// member is somebody's roles on a server, if they are on it.
	member struct {
		roles []string
		there bool
	}
)

func newSights(b *Bot) sights {
	// asked is what a refusal means: that there is nothing to see. Every other error is Discord's silence, and is told
	// here, for nobody else may wait for it any more.
	asked := func(what, id string, err error) (there bool, _ error) {
		if refusal, ok := errors.AsType[*APIError](err); ok && (refusal.Status == 403 || refusal.Status == 404) {
			return false, nil
		}
		if err != nil {
			b.log.Warn("discord does not say who sees what", "asked for", what, "id", id, "err", err)
		}
		return err == nil, err
	}
	return sights{
		servers: newMemo(&b.senders, sightLife, mostServers, func(ctx context.Context, guild string) (server, error) {
			var s server
			var list []wireChannel
			there, err := asked("server", guild, b.get(ctx, "/guilds/"+guild, &s.guild))
			if err != nil || !there {
				return server{}, err
			}
			// Where the list is refused, each channel is asked for by itself.
			if _, err := asked("channels", guild, b.get(ctx, "/guilds/"+guild+"/channels", &list)); err != nil {
				return server{}, err
			}
			s.channels = make(map[string]wireChannel, len(list))
			for _, c := range list {
				c.Guild = guild
				s.channels[c.ID] = c
			}
			return s, nil
		}),
		channels: newMemo(&b.senders, threadLife, mostChannels, func(ctx context.Context, id string) (f found, err error) {
			f.there, err = asked("channel", id, b.get(ctx, "/channels/"+id, &f.channel))
			return f, err
		}),
		members: newMemo(&b.senders, sightLife, mostChannels, func(ctx context.Context, key [2]string) (m member, err error) {
			var wire wireMember
			m.there, err = asked("member", key[1], b.getMember(ctx, key[0], key[1], &wire))
			m.roles = wire.Roles
			return m, err
		}),
		joined: newMemo(&b.senders, sightLife, mostChannels, func(ctx context.Context, key [2]string) (bool, error) {
			var wire struct {
				User string `json:"user_id"`
			}
			there, err := asked("thread", key[0], b.get(ctx, "/channels/"+key[0]+"/thread-members/"+key[1], &wire))
			return there && wire.User == key[1], err
		}),
	}
}

// Seen are those of a server's channels whose history somebody may read. An owner or administrator who calls sees all, of
// which Discord is not asked. A channel that is gone, or that Discord does not show the bot, is seen by who may manage the
// server. An error says that Discord could not be asked about all: what it did not say is left out of what comes beside
// it. Answers are remembered for less than a minute, of threads for ten.
func (b *Bot) Seen(ctx context.Context, who Viewer, channels []string) ([]string, error) {
	if who.Guild == "" || who.member.has(discordgo.PermissionAdministrator) {
		return channels, nil
	}
	who.patience = cmp.Or(who.patience, patientLook)
	var seen, others []string
	for _, id := range channels {
		if id == who.Here || id == who.Parent {
			seen = append(seen, id)
		} else {
			others = append(others, id)
		}
	}
	if len(others) == 0 {
		return seen, nil
	}
	ctx, cancel := context.WithTimeout(ctx, who.patience) // of all that is asked, one thing after the other
	defer cancel()
	more, err := b.seenElsewhere(ctx, who, others)
	if err != nil {
		err = fmt.Errorf("look who sees what: %w", err)
	}
	return append(seen, more...), err
}

func (b *Bot) seenElsewhere(ctx context.Context, who Viewer, channels []string) (seen []string, err error) {
	s, err := b.sights.servers.get(ctx, who.Guild, who.patience)
	if err != nil {
		return nil, err
	}
	roles, manages := []string(nil), who.member.has(discordgo.PermissionManageGuild)
	switch {
	case who.member != nil:
		roles = who.member.Roles
	case who.User != "":
		m, err := b.sights.members.get(ctx, [2]string{who.Guild, who.User}, who.patience)
		if err != nil || !m.there {
			return nil, err
		}
		roles = m.roles
	}
	if s.guild.ID != "" {
		manages = manages || permissionsIn(s.guild, wireChannel{}, who.User, roles)&discordgo.PermissionManageGuild != 0
	}
	places, err := b.placesIn(ctx, who, s, channels)
	var threads [][2]string
	for _, id := range channels {
		p, known := places[id]
		switch {
		case !known: // err says why
		case p.channel.ID == "":
			if manages {
				seen = append(seen, id)
			}
		default:
			switch may, invited := p.lets(who.User, roles, seeMessages); {
			case may && !invited:
				seen = append(seen, id)
			case may && who.User != "":
				threads = append(threads, [2]string{id, who.User})
			}
		}
	}
	asked, left := beginAll(b.sights.joined, threads)
	for key, answer := range asked {
		joined, unknown := answer.wait(ctx, who.patience)
		if joined {
			seen = append(seen, key[0])
		}
		err = cmp.Or(err, unknown)
	}
	return seen, cmp.Or(err, left)
}

// placesIn finds the channels of a server. One that is gone, not shown to the bot, or another server's has no ID. What is
// left out Discord could not be asked about, as the error says.
func (b *Bot) placesIn(ctx context.Context, who Viewer, s server, channels []string) (map[string]place, error) {
	places := make(map[string]place, len(channels))
	var strange []string
	for _, id := range channels {
		c, listed := s.channels[id]
		switch {
		case listed:
			places[id] = place{channel: c, ruling: c, guild: s.guild}
		case !isSnowflake(id), s.guild.ID == "":
			places[id] = place{}
		default:
			strange = append(strange, id)
		}
	}
	slices.SortFunc(strange, func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(b, a)) })
	asked, err := beginAll(b.sights.channels, strange)
	for id, answer := range asked {
		f, unknown := answer.wait(ctx, who.patience)
		if unknown != nil {
			err = unknown
			continue
		}
		p := place{channel: f.channel, ruling: f.channel, guild: s.guild}
		if isThread(f.channel.Type) {
			p.ruling = s.channels[f.channel.Parent]
		}
		if !f.there || f.channel.Guild != who.Guild || p.ruling.ID == "" {
			p = place{}
		}
		places[id] = p
	}
	return places, err
}

// beginAll asks what is not known of a list, the first of it at least: the rest is asked for the next time, as the error
// says.
func beginAll[K comparable, V any](m *memo[K, V], keys []K) (map[K]*recollection[V], error) {
	asked := make(map[K]*recollection[V], len(keys))
	var err error
	for n := 0; len(keys) > 0; keys = keys[1:] {
		if !m.has(keys[0]) {
			if n++; n > mostAsked {
				err = errNotYet
				continue
			}
		}
		asked[keys[0]] = m.begin(keys[0])
	}
	return asked, err
}

// ChannelsOf are those of the channels that are a server's, threads too. An error says that Discord could not be asked
// about all: what it did not say is left out of what comes beside it.
func (b *Bot) ChannelsOf(ctx context.Context, guild string, channels []string) ([]string, error) {
	s, err := b.sights.servers.get(ctx, guild, patientLook)
	if err != nil {
		return nil, fmt.Errorf("list the channels of a server: %w", err)
	}
	places, err := b.placesIn(ctx, Viewer{Guild: guild, patience: patientLook}, s, channels)
	if err != nil {
		err = fmt.Errorf("list the channels of a server: %w", err)
	}
	return slices.DeleteFunc(slices.Clone(channels), func(id string) bool { return places[id].channel.ID == "" }), err
}

// has tells whether a member who calls has a permission, wherever on the server.
func (m *Member) has(permission int64) bool {
	return m != nil && m.Permissions&(permission|discordgo.PermissionAdministrator) != 0
}

// isSnowflake tells Discord's IDs from other texts.
func isSnowflake(id string) bool {
	return id != "" && len(id) <= 20 && !slices.ContainsFunc([]byte(id), func(c byte) bool { return c < '0' || c > '9' })
}
