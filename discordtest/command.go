package discordtest

import "slices"

// Application command types.
const (
	commandSlash   = 1
	commandUser    = 2
	commandMessage = 3
)

// Option types of slash commands.
const (
	optionSubcommand  = 1
	optionGroup       = 2
	optionString      = 3
	optionInteger     = 4
	optionBoolean     = 5
	optionUser        = 6
	optionChannel     = 7
	optionRole        = 8
	optionMentionable = 9
	optionNumber      = 10
	optionAttachment  = 11
)

// Interaction contexts of commands.
const (
	contextGuild   = 0
	contextBotDM   = 1
	contextPrivate = 2
)

// Command is one registered application command. It encodes to Discord's object.
type Command struct {
	ID    string
	Guild string // "" is global
	Type  int    // 1 slash, 2 on users, 3 on messages
	Name  string

	app     string
	version string
	def     obj // what was registered, with defaults filled in
}

// Commands returns the commands of a guild, or with "" the global ones, oldest first.
func (s *Server) Commands(guild string) []*Command {
	s.mu.Lock()
	defer s.mu.Unlock()
	return sortedByID(s.commands[guild])
}

func (c *Command) object() obj {
	o := cloneObj(c.def)
	o["id"], o["application_id"], o["version"] = c.ID, c.app, c.version
	if c.Guild != "" {
		o["guild_id"] = c.Guild
	}
	return o
}

// MarshalJSON encodes the command as Discord's object.
func (c *Command) MarshalJSON() ([]byte, error) { return rawJSON(c.object()), nil }

// findCommand is what a user's client offers in a channel under a name: the
// guild's own command before a global one. The caller holds s.mu.
func (s *Server) findCommand(c *Channel, kind int, name string) *Command {
	scopes := []string{""}
	if c.guild != nil {
		scopes = []string{c.guild.ID, ""}
	}
	for _, scope := range scopes {
		for _, cmd := range s.commands[scope] {
			if cmd.Type == kind && cmd.Name == name && cmd.offeredIn(c) {
				return cmd
			}
		}
	}
	return nil
}

// offeredIn tells whether the command's contexts include the channel.
func (c *Command) offeredIn(ch *Channel) bool {
	here := contextGuild
	if ch.guild == nil {
		here = contextBotDM
	}
	contexts := list(c.def, "contexts")
	return c.Guild != "" || contexts == nil || slices.ContainsFunc(contexts, func(v any) bool {
		n, ok := wholeNumber(v)
		return ok && n == here
	})
}
