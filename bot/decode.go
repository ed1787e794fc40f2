package bot

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"
)

// wireInteraction is Discord's interaction object as far as the bot reads it. Everything else passes unread.
type wireInteraction struct {
	ID             string          `json:"id"`
	AppID          string          `json:"application_id"`
	Type           int             `json:"type"`
	Token          string          `json:"token"`
	Guild          string          `json:"guild_id"`
	ChannelID      string          `json:"channel_id"`
	Channel        wireChannelName `json:"channel"`
	User           *User           `json:"user"`
	Member         *wireMember     `json:"member"`
	AppPermissions bits            `json:"app_permissions"`
	Locale         string          `json:"locale"`
	SizeLimit      int64           `json:"attachment_size_limit"`
	Message        *Msg            `json:"message"`
	Data           wireData        `json:"data"`
}

type wireChannelName struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Type   int    `json:"type"`
	Parent string `json:"parent_id"`
}

type wireMember struct {
	User        User     `json:"user"`
	Nick        string   `json:"nick"`
	Roles       []string `json:"roles"`
	Permissions bits     `json:"permissions"`
}

// bits is a set of permissions. Discord writes it as a text of digits, since the set may outgrow any number of a
// computer's; a number is taken too. Those beyond the 63rd are permissions that the bot does not know, and are left out.
type bits int64

// UnmarshalJSON reads the set.
func (b *bits) UnmarshalJSON(raw []byte) error {
	digits := strings.Trim(string(raw), `"`)
	if digits == "" || digits == "null" {
		return nil
	}
	n, ok := new(big.Int).SetString(digits, 10)
	if !ok || n.Sign() < 0 {
		return fmt.Errorf("read permissions: %.40q is no set of them", digits)
	}
	*b = bits(n.And(n, big.NewInt(math.MaxInt64)).Int64())
	return nil
}

type wireData struct {
	Name       string                           `json:"name"`
	Type       discordgo.ApplicationCommandType `json:"type"`
	Options    []wireOption                     `json:"options"`
	Target     string                           `json:"target_id"`
	CustomID   string                           `json:"custom_id"`
	Values     []string                         `json:"values"`
	Components json.RawMessage                  `json:"components"`
	Resolved   struct {
		Messages    map[string]Msg        `json:"messages"`
		Attachments map[string]Attachment `json:"attachments"`
	} `json:"resolved"`
}

type wireOption struct {
	Name    string                                 `json:"name"`
	Type    discordgo.ApplicationCommandOptionType `json:"type"`
	Value   json.RawMessage                        `json:"value"`
	Focused bool                                   `json:"focused"`
	Options []wireOption                           `json:"options"`
}

// decodeInteraction reads an INTERACTION_CREATE event, and the type of the command it calls. discordgo's own decoding
// stops at the first component type it does not know, and leaves the data nil.
func decodeInteraction(raw json.RawMessage) (*Interaction, discordgo.ApplicationCommandType, error) {
	var w wireInteraction
	if err := json.Unmarshal(raw, &w); err != nil {
		return nil, 0, fmt.Errorf("read an interaction: %w", err)
	}
	if w.ID == "" || w.Token == "" {
		return nil, 0, errors.New("read an interaction: it has no ID or no token")
	}
	i := &Interaction{
		ID: w.ID, AppID: w.AppID, Token: w.Token, Guild: w.Guild, Channel: w.ChannelID, ChannelName: w.Channel.Name,
		AppPermissions: int64(w.AppPermissions), Locale: w.Locale, SizeLimit: w.SizeLimit, Message: w.Message,
		Target: w.Data.Target, Messages: w.Data.Resolved.Messages, Files: w.Data.Resolved.Attachments,
		Values: w.Data.Values, Options: map[string]Option{}, Fields: map[string]string{}, Created: snowflakeTime(w.ID),
	}
	if i.Channel == "" {
		i.Channel = w.Channel.ID
	}
	if isThread(w.Channel.Type) {
		i.Parent = w.Channel.Parent
	}
	if i.SizeLimit == 0 {
		i.SizeLimit = DefaultSizeLimit
	}
	switch {
	case w.Member != nil:
		i.User = w.Member.User
		if w.Member.Nick != "" {
			i.User.Name = w.Member.Nick
		}
		i.Member = &Member{Roles: w.Member.Roles, Permissions: int64(w.Member.Permissions)}
	case w.User != nil:
		i.User = *w.User
	}

	switch w.Type {
	case int(discordgo.InteractionApplicationCommand):
		i.Kind = KindCommand
		i.readOptions(w.Data)
	case int(discordgo.InteractionApplicationCommandAutocomplete):
		i.Kind = KindAutocomplete
		i.readOptions(w.Data)
	case int(discordgo.InteractionMessageComponent):
		i.Kind = KindComponent
		i.CustomID, _ = ParseID(w.Data.CustomID)
	case int(discordgo.InteractionModalSubmit):
		i.Kind = KindModal
		i.CustomID, _ = ParseID(w.Data.CustomID)
		var tree any
		if json.Unmarshal(w.Data.Components, &tree) == nil {
			collectFields(tree, i.Fields)
		}
	default:
		return nil, 0, fmt.Errorf("read an interaction: type %d is unknown", w.Type)
	}
	if w.Data.Type == 0 {
		w.Data.Type = discordgo.ChatApplicationCommand
	}
	return i, w.Data.Type, nil
}

// readOptions walks down to the subcommand that was called and takes its options.
func (i *Interaction) readOptions(d wireData) {
	i.Command, i.Path = d.Name, d.Name
	options := d.Options
	for len(options) == 1 && (options[0].Type == discordgo.ApplicationCommandOptionSubCommand ||
		options[0].Type == discordgo.ApplicationCommandOptionSubCommandGroup) {
		i.Path += " " + options[0].Name
		options = options[0].Options
	}
	for _, o := range options {
		i.Options[o.Name] = Option{Type: o.Type, raw: o.Value}
		if o.Focused {
			i.Focused = o.Name
		}
	}
}

// collectFields finds the inputs of a form wherever they are nested (rows before, labels today).
func collectFields(node any, fields map[string]string) {
	switch v := node.(type) {
	case []any:
		for _, child := range v {
			collectFields(child, fields)
		}
	case map[string]any:
		if id, ok := v["custom_id"].(string); ok {
			if value, ok := v["value"].(string); ok {
				fields[id] = value
			} else if on, ok := v["value"].(bool); ok {
				fields[id] = strconv.FormatBool(on)
			} else if values, ok := v["values"].([]any); ok {
				fields[id] = joinStrings(values)
			}
		}
		collectFields(v["components"], fields)
		collectFields(v["component"], fields)
	}
}

func joinStrings(values []any) string {
	texts := make([]string, 0, len(values))
	for _, v := range values {
		if s, ok := v.(string); ok {
			texts = append(texts, s)
		}
	}
	return strings.Join(texts, "\n")
}
