package bot

import (
	"encoding/json"
	"log/slog"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"
)

// Kind says how a member called.
type Kind int

// The kinds of interactions a handler may meet.
const (
	KindCommand Kind = iota + 1
	KindAutocomplete
	KindComponent
	KindModal
)

// User is a Discord user. Name is what others see: the nickname on the server, else the display name, else the user
// name.
type User struct {
	ID   string
	Name string
	Bot  bool
}

// UnmarshalJSON reads Discord's user object.
func (u *User) UnmarshalJSON(raw []byte) error {
	var wire struct {
		ID         string `json:"id"`
		Username   string `json:"username"`
		GlobalName string `json:"global_name"`
		Bot        bool   `json:"bot"`
	}
	if err := json.Unmarshal(raw, &wire); err != nil {
		return err
	}
	*u = User{ID: wire.ID, Name: wire.GlobalName, Bot: wire.Bot}
	if u.Name == "" {
		u.Name = wire.Username
	}
	return nil
}

// Member is what the asker is on the server.
type Member struct {
	Roles       []string
	Permissions int64 // in the channel of the interaction, overwrites counted; discordgo.Permission... are its bits
}

// Option is one value that a member gave to a command.
type Option struct {
	Type discordgo.ApplicationCommandOptionType
	raw  json.RawMessage
}

// String is the value as text: a string or ID without quotes, a number or boolean as written.
func (o Option) String() string {
	var s string
	if json.Unmarshal(o.raw, &s) == nil {
		return s
	}
	return string(o.raw)
}

// Bool is the value of a boolean option, false otherwise.
func (o Option) Bool() bool { return string(o.raw) == "true" }

// Int is the value of an integer option, 0 when it is none.
func (o Option) Int() int64 {
	n, err := strconv.ParseInt(o.String(), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// Interaction is one call by a member, decoded from Discord's own JSON so that nothing unknown in it does harm.
// Its data does not change after it was received; its methods are safe for concurrent use.
type Interaction struct {
	Kind        Kind
	ID          string
	AppID       string
	Token       string // secret for fifteen minutes: in no log and no error
	Guild       string // "" in direct messages
	Channel     string
	ChannelName string
	Parent      string // of a thread: the channel it hangs on; "" elsewhere
	User        User
	Member      *Member // nil in direct messages
	// AppPermissions is what the bot may do in this channel; 0 is unknown.
	AppPermissions int64
	Locale         string
	Command        string // root command name; a message or user command has its full name here
	Path           string // with group and subcommand: "seeds history"
	Options        map[string]Option
	Focused        string                // autocomplete: name of the option being typed
	Target         string                // message or user command: ID of what it was used on
	Messages       map[string]Msg        // message command: by ID
	Files          map[string]Attachment // attachments given as options, by ID
	CustomID       CustomID              // component and modal
	Values         []string              // menu: what was chosen
	Fields         map[string]string     // modal: by custom ID; several values of one field are joined by newlines
	Message        *Msg                  // component, and a modal opened from one: the message it sits on
	SizeLimit      int64                 // bytes one uploaded file may have here
	Created        time.Time

	rest *rest
	ack  atomic.Int32
}

// DefaultSizeLimit is the upload limit for one file where Discord names no other (10 MiB).
const DefaultSizeLimit = 10 << 20

// Scope is where the call belongs: the server's ID, or "dm:" and the channel ID outside of servers.
func (i *Interaction) Scope() string {
	if i.Guild != "" {
		return i.Guild
	}
	return "dm:" + i.Channel
}

// Text is the value of the option, trimmed; "" when it was not given.
func (i *Interaction) Text(option string) string {
	o, given := i.Options[option]
	if !given {
		return ""
	}
	return strings.TrimSpace(o.String())
}

// Flag is the value of the boolean option; false when it was not given.
func (i *Interaction) Flag(option string) bool { return i.Options[option].Bool() }

// MessageID is the ID of the message that the pressed component sits on, or "".
func (i *Interaction) MessageID() string {
	if i.Message == nil {
		return ""
	}
	return i.Message.ID
}

// BotLacks tells which of the permissions the bot is missing in this channel. Where Discord did not say what the bot
// has, nothing is reported missing.
func (i *Interaction) BotLacks(permissions int64) int64 {
	if i.AppPermissions == 0 || i.AppPermissions&discordgo.PermissionAdministrator != 0 {
		return 0
	}
	return permissions &^ i.AppPermissions
}

// MemberHas tells whether the asker has all of the permissions in this channel. In direct messages nobody has any.
func (i *Interaction) MemberHas(permissions int64) bool {
	if i.Member == nil {
		return false
	}
	return i.Member.Permissions&discordgo.PermissionAdministrator != 0 || i.Member.Permissions&permissions == permissions
}

// Reply is where the answer to this interaction goes. Private tells how the interaction was acknowledged, so ask after
// Defer or Respond.
func (i *Interaction) Reply() Reply { return i.replyIn(i.state()) }

// ReplyDeferred is Reply as it will be after Defer.
func (i *Interaction) ReplyDeferred(private bool) Reply {
	if private {
		return i.replyIn(deferredPrivate)
	}
	return i.replyIn(deferredPublic)
}

// ReplyOnMessage is Reply as it will be after Update or DeferUpdate.
func (i *Interaction) ReplyOnMessage() Reply { return i.replyIn(i.onMessage()) }

func (i *Interaction) replyIn(s ackState) Reply {
	r := Reply{
		Interaction: i.ID, App: i.AppID, Token: i.Token, Guild: i.Guild, Channel: i.Channel, User: i.User.ID,
		Private: s.private(), Created: i.Created, SizeLimit: i.SizeLimit,
	}
	if s == onMessage || s == onPrivateMessage {
		r.Message = i.MessageID()
	}
	return r
}

// LogValue keeps the token out of logs.
func (i *Interaction) LogValue() slog.Value {
	return slog.GroupValue(slog.String("id", i.ID), slog.String("path", i.name()),
		slog.String("guild", i.Guild), slog.String("channel", i.Channel), slog.String("user", i.User.ID))
}

// String keeps the token out of formatted texts.
func (i *Interaction) String() string { return "interaction " + i.ID + " (" + i.name() + ")" }

// name is what the member called, for logs.
func (i *Interaction) name() string {
	if i.Path != "" {
		return i.Path
	}
	return i.CustomID.Verb
}

// snowflakeTime is the moment of a Discord ID's making (milliseconds since 2015 in its upper 42 bits), by Discord's
// clock; the zero time for what is no ID.
func snowflakeTime(id string) time.Time {
	n, err := strconv.ParseUint(id, 10, 64)
	if err != nil {
		return time.Time{}
	}
	const discordEpoch = 1420070400000
	return time.UnixMilli(int64(n>>22) + discordEpoch).UTC()
}
