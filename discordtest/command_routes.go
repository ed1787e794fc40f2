package discordtest

import (
	"maps"
	"net/http"
	"slices"
	"time"
)

const (
	maxSlashCommands = 100
	maxMenuCommands  = 15  // of each kind, since March 2026
	maxDailyCreates  = 200 // new names in a scope a day
)

// createCount counts a scope's new commands since a moment.
type createCount struct {
	since time.Time
	n     int
}

// scope is the list of commands that the path means: "" for the global one.
func (c *call) scope() (string, *apiError) {
	if c.r.PathValue("app") != c.s.app.ID {
		return "", broken(http.StatusForbidden, 20012, "You are not authorized to perform this action on this application")
	}
	guild := c.r.PathValue("guild")
	if guild == "" {
		return "", nil
	}
	if g := c.s.guilds[guild]; g == nil || g.members[c.s.app.ID] == nil {
		return "", errMissingAccess()
	}
	return guild, nil
}

func (c *call) storedCommand() (*Command, *apiError) {
	scope, bad := c.scope()
	if bad != nil {
		return nil, bad
	}
	cmd := c.s.commands[scope][c.r.PathValue("command")]
	if cmd == nil {
		return nil, errUnknownCommand()
	}
	return cmd, nil
}

func listCommands(c *call) (any, *apiError) {
	scope, bad := c.scope()
	if bad != nil {
		return nil, bad
	}
	out := []obj{}
	for _, cmd := range sortedByID(c.s.commands[scope]) {
		o := cmd.object()
		if c.r.URL.Query().Get("with_localizations") != "true" {
			dropLocalizations(o)
		}
		out = append(out, o)
	}
	return out, nil
}

func dropLocalizations(o obj) {
	delete(o, "name_localizations")
	delete(o, "description_localizations")
	for _, key := range []string{"options", "choices"} {
		for _, inner := range objects(list(o, key)) {
			dropLocalizations(inner)
		}
	}
}

func getCommand(c *call) (any, *apiError) {
	cmd, bad := c.storedCommand()
	if bad != nil {
		return nil, bad
	}
	return cmd.object(), nil
}

func deleteCommand(c *call) (any, *apiError) {
	cmd, bad := c.storedCommand()
	if bad != nil {
		return nil, bad
	}
	delete(c.s.commands[cmd.Guild], cmd.ID)
	c.s.changed(Change{Kind: CommandsChanged, Guild: cmd.Guild})
	return nil, nil
}

// createCommand adds a command, or overwrites the one of the same type and name.
func createCommand(c *call) (any, *apiError) {
	scope, bad := c.scope()
	if bad != nil {
		return nil, bad
	}
	var f form
	def := readCommand(&f, "", c.body, scope != "")
	if bad := f.err(); bad != nil {
		return nil, bad
	}
	old := c.s.namedCommand(scope, def)
	next, created := sortedByID(c.s.commands[scope]), 0
	if old == nil {
		next, created = append(next, &Command{Type: num(def, "type")}), 1
	}
	if bad := c.s.countCommands(scope, next, created); bad != nil {
		return nil, bad
	}
	if old == nil {
		c.status = http.StatusCreated
	}
	cmd := c.s.store(scope, old, def)
	c.s.changed(Change{Kind: CommandsChanged, Guild: scope})
	return cmd.object(), nil
}

func editCommand(c *call) (any, *apiError) {
	cmd, bad := c.storedCommand()
	if bad != nil {
		return nil, bad
	}
	merged := cloneObj(cmd.def)
	maps.Copy(merged, c.body)
	merged["type"] = cmd.Type
	if cmd.Guild != "" {
		delete(merged, "contexts")
		delete(merged, "integration_types")
	}
	var f form
	def := readCommand(&f, "", merged, cmd.Guild != "")
	if other := c.s.namedCommand(cmd.Guild, def); other != nil && other != cmd {
		f.add("name", "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique")
	}
	if bad := f.err(); bad != nil {
		return nil, bad
	}
	c.s.store(cmd.Guild, cmd, def)
	c.s.changed(Change{Kind: CommandsChanged, Guild: cmd.Guild})
	return cmd.object(), nil
}

// overwriteCommands makes the body the whole list of the scope. Commands whose
// type and name stay keep their id.
func overwriteCommands(c *call) (any, *apiError) {
	scope, bad := c.scope()
	if bad != nil {
		return nil, bad
	}
	var f form
	if c.array == nil {
		f.add("", "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
		return nil, f.err()
	}
	var defs []obj
	var next []*Command
	created := 0
	for n, body := range objects(c.array) {
		def := readCommand(&f, join("", n), body, scope != "")
		if slices.ContainsFunc(defs, func(d obj) bool { return num(d, "type") == num(def, "type") && str(d, "name") == str(def, "name") }) {
			f.add(join("", n, "name"), "APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique")
		}
		if c.s.namedCommand(scope, def) == nil {
			created++
		}
		defs = append(defs, def)
		next = append(next, &Command{Type: num(def, "type")})
	}
	if bad := f.err(); bad != nil {
		return nil, bad
	}
	if bad := c.s.countCommands(scope, next, created); bad != nil {
		return nil, bad
	}
	kept := map[string]*Command{}
	out := []obj{}
	for _, def := range defs {
		cmd := c.s.store(scope, c.s.namedCommand(scope, def), def)
		kept[cmd.ID] = cmd
		out = append(out, cmd.object())
	}
	c.s.commands[scope] = kept
	c.s.changed(Change{Kind: CommandsChanged, Guild: scope})
	return out, nil
}

func (s *Server) namedCommand(scope string, def obj) *Command {
	for _, cmd := range s.commands[scope] {
		if cmd.Type == num(def, "type") && cmd.Name == str(def, "name") {
			return cmd
		}
	}
	return nil
}

// store puts a checked definition in the place of old, or in a new one.
func (s *Server) store(scope string, old *Command, def obj) *Command {
	if s.commands[scope] == nil {
		s.commands[scope] = map[string]*Command{}
	}
	cmd := old
	if cmd == nil {
		cmd = &Command{ID: s.newID(), Guild: scope, app: s.app.ID}
		s.creates[scope].n++
	}
	cmd.Type, cmd.Name, cmd.def, cmd.version = num(def, "type"), str(def, "name"), def, s.newID()
	s.commands[scope][cmd.ID] = cmd
	return cmd
}

// countCommands holds a scope to its limits: how many of each type there would
// be, and how many new names there are today.
func (s *Server) countCommands(scope string, next []*Command, created int) *apiError {
	day := s.creates[scope]
	if day == nil || s.now().Sub(day.since) >= 24*time.Hour {
		day = &createCount{since: s.now()}
		s.creates[scope] = day
	}
	byType := map[int]int{}
	for _, cmd := range next {
		byType[cmd.Type]++
	}
	switch {
	case byType[commandSlash] > maxSlashCommands, byType[commandUser] > maxMenuCommands, byType[commandMessage] > maxMenuCommands:
		return broken(http.StatusBadRequest, 30032, "Maximum number of application commands reached")
	case created > 0 && day.n+created > maxDailyCreates:
		return broken(http.StatusBadRequest, 30034, "Maximum number of daily application command creates has been reached (200)")
	}
	return nil
}
