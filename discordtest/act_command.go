package discordtest

import (
	"slices"
	"strconv"
	"strings"
)

// Options are the values a user gives to a slash command, by option name: string,
// bool, int (int64 and float64 too), *User or *Member, *Channel, *Role, Upload.
type Options map[string]any

// Slash uses a slash command; subcommands follow in path, as in "seeds history".
// What Discord's client would not let happen (no such command here, a missing or
// ill-typed option, no permission) is Err of what it returns.
func (u *User) Slash(c *Channel, path string, o Options) *Interaction {
	return u.callCommand(c, path, o, "", "")
}

// callCommand sends a command, or with a focused option an autocomplete.
func (u *User) callCommand(c *Channel, path string, o Options, focused, text string) *Interaction {
	kind := KindCommand
	if focused != "" {
		kind = KindAutocomplete
	}
	uploads, err := readUploads(u.s, o)
	if err != nil {
		return refused(u.s, kind, "%w", err)
	}
	u.s.mu.Lock()
	defer u.s.mu.Unlock()
	words := strings.Fields(strings.TrimPrefix(path, "/"))
	if len(words) == 0 {
		return refused(u.s, kind, "the command has no name")
	}
	cmd, why := u.mayUse(c, commandSlash, words[0])
	if why != "" {
		return refused(u.s, kind, "/%s: %s", words[0], why)
	}
	defs := objects(list(cmd.def, "options"))
	for _, word := range words[1:] {
		n := slices.IndexFunc(defs, func(d obj) bool { return num(d, "type") <= optionGroup && str(d, "name") == word })
		if n < 0 {
			return refused(u.s, kind, "/%s: there is no subcommand %q", path, word)
		}
		defs = objects(list(defs[n], "options"))
	}
	if len(defs) > 0 && num(defs[0], "type") <= optionGroup {
		return refused(u.s, kind, "/%s: a subcommand must be chosen", path)
	}
	f := filling{s: u.s, user: u, channel: c, resolved: newResolved(u.s, c), uploads: uploads, focused: focused, text: text}
	values, err := f.fill(defs, o)
	if err != nil {
		return refused(u.s, kind, "/%s: %w", path, err)
	}
	data := obj{"id": cmd.ID, "name": cmd.Name, "type": commandSlash}
	if nested := nest(cmd.def, words[1:], values); len(nested) > 0 {
		data["options"] = nested
	}
	f.resolved.into(data)
	if cmd.Guild != "" {
		data["guild_id"] = cmd.Guild
	}
	return u.s.invoke(&Interaction{
		kind: kind, user: u, channel: c, command: cmd, name: strings.Join(words, " "), focused: f.focusedType,
	}, data)
}

// nest wraps the values into the subcommands that lead to them.
func nest(def obj, words []string, values []obj) []obj {
	if len(words) == 0 {
		return values
	}
	for _, d := range objects(list(def, "options")) {
		if str(d, "name") == words[0] {
			inner := nest(d, words[1:], values)
			if inner == nil {
				inner = []obj{}
			}
			return []obj{{"name": words[0], "type": num(d, "type"), "options": inner}}
		}
	}
	return nil
}

// mayUse finds a command and tells why the user's client would not offer it, ""
// when it does. The caller holds s.mu.
func (u *User) mayUse(c *Channel, kind int, name string) (*Command, string) {
	has := u.s.permissions(u, c)
	cmd := u.s.findCommand(c, kind, name)
	switch {
	case u.Bot:
		return nil, "bots cannot use commands"
	case u.s.channels[c.ID] != c:
		return nil, "the channel is gone"
	case !has.Has(ViewChannel):
		return nil, "the channel is not visible to this user"
	case !has.Has(UseApplicationCommands):
		return nil, "the user may not use application commands here"
	case c.guild != nil && c.guild.members[u.s.app.ID] == nil:
		return nil, "the application is not on this server"
	case cmd == nil:
		return nil, "no such command is registered here"
	case flag(cmd.def, "nsfw") && !c.nsfw && c.guild != nil:
		return nil, "the command is for age-restricted channels"
	}
	if needs := str(cmd.def, "default_member_permissions"); needs != "" && c.guild != nil {
		bits, _ := strconv.ParseInt(needs, 10, 64) // registering has let only numbers through
		if !has.Has(Administrator) && (bits == 0 || !has.Has(Permissions(bits))) {
			return nil, "the command asks for permissions this user has not"
		}
	}
	return cmd, ""
}

// UseOnMessage uses a message command from the menu of m.
func (u *User) UseOnMessage(c *Channel, command string, m *Message) *Interaction {
	u.s.mu.Lock()
	defer u.s.mu.Unlock()
	cmd, why := u.mayUse(c, commandMessage, command)
	if why != "" {
		return refused(u.s, KindCommand, "%s: %s", command, why)
	}
	if m == nil {
		return refused(u.s, KindCommand, "%s: there is no message", command)
	}
	now := c.message(m.ID)
	if now == nil || now.Viewer != "" && now.Viewer != u.ID {
		return refused(u.s, KindCommand, "%s: the message is not there for this user", command)
	}
	r := newResolved(u.s, c)
	r.message(now)
	return u.useOn(c, cmd, now.ID, r)
}

// UseOnUser uses a user command from the menu of target.
func (u *User) UseOnUser(c *Channel, command string, target *User) *Interaction {
	u.s.mu.Lock()
	defer u.s.mu.Unlock()
	cmd, why := u.mayUse(c, commandUser, command)
	if why != "" {
		return refused(u.s, KindCommand, "%s: %s", command, why)
	}
	if target == nil {
		return refused(u.s, KindCommand, "%s: there is no user", command)
	}
	r := newResolved(u.s, c)
	r.user(target)
	return u.useOn(c, cmd, target.ID, r)
}

func (u *User) useOn(c *Channel, cmd *Command, target string, r *resolved) *Interaction {
	data := obj{"id": cmd.ID, "name": cmd.Name, "type": cmd.Type, "target_id": target}
	r.into(data)
	if cmd.Guild != "" {
		data["guild_id"] = cmd.Guild
	}
	return u.s.invoke(&Interaction{kind: KindCommand, user: u, channel: c, command: cmd, name: cmd.Name}, data)
}
