package discordtest_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/discordtest"
)

func TestCommandRules(t *testing.T) {
	t.Parallel()
	long := strings.Repeat
	slash := func(more obj) obj { return with(obj{"name": "seed", "description": "d"}, more) }
	opt := func(kind int, more obj) obj {
		return with(obj{"type": kind, "name": "o", "description": "d"}, more)
	}
	opts := func(all ...any) obj { return slash(obj{"options": all}) }
	named := func(n int) list {
		all := list{}
		for k := range n {
			all = append(all, opt(3, obj{"name": fmt.Sprint("o", k)}))
		}
		return all
	}
	choices := func(n int, value any) list {
		all := list{}
		for k := range n {
			all = append(all, obj{"name": fmt.Sprint(k), "value": value})
		}
		return all
	}
	s := quick(t)
	guild := s.AddGuild("G")
	api := newClient(t, s)
	for name, c := range map[string]struct {
		body  obj
		path  string
		code  string
		guild bool
	}{
		"a plain one":                      {body: slash(nil)},
		"one with marks and letters":       {body: slash(obj{"name": "graine_d'or-ก"})},
		"no name":                          {obj{"description": "d"}, "name", "BASE_TYPE_REQUIRED", false},
		"a capital":                        {slash(obj{"name": "Seed"}), "name", "APPLICATION_COMMAND_INVALID_NAME", false},
		"a space":                          {slash(obj{"name": "get seed"}), "name", "APPLICATION_COMMAND_INVALID_NAME", false},
		"a name of 33":                     {slash(obj{"name": long("a", 33)}), "name", "BASE_TYPE_BAD_LENGTH", false},
		"no description":                   {obj{"name": "seed"}, "description", "BASE_TYPE_REQUIRED", false},
		"a description of 101":             {slash(obj{"description": long("a", 101)}), "description", "BASE_TYPE_BAD_LENGTH", false},
		"type 4":                           {slash(obj{"type": 4}), "type", "NUMBER_TYPE_MAX", false},
		"a menu command":                   {body: obj{"type": 3, "name": "Get Seed now"}},
		"a menu command that is described": {obj{"type": 3, "name": "Get", "description": "d"}, "description", "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_INVALID", false},
		"a menu command with options":      {obj{"type": 2, "name": "Get", "options": list{opt(3, nil)}}, "options", "APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS_INVALID", false},
		"25 options":                       {body: slash(obj{"options": named(25)})},
		"26 options":                       {slash(obj{"options": named(26)}), "options", "BASE_TYPE_MAX_LENGTH", false},
		"required after optional":          {opts(opt(3, nil), opt(3, obj{"name": "p", "required": true})), "options.1", "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", false},
		"one option twice":                 {opts(opt(3, nil), opt(4, nil)), "options.1.name", "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", false},
		"an option without type":           {opts(obj{"name": "o", "description": "d"}), "options.0.type", "BASE_TYPE_REQUIRED", false},
		"an option of type 12":             {opts(opt(12, nil)), "options.0.type", "NUMBER_TYPE_MAX", false},
		"an option with a capital":         {opts(opt(3, obj{"name": "Job"})), "options.0.name", "APPLICATION_COMMAND_INVALID_NAME", false},
		"an option not described":          {opts(opt(3, obj{"description": nil})), "options.0.description", "BASE_TYPE_REQUIRED", false},
		"25 choices":                       {body: opts(opt(3, obj{"choices": choices(25, "v")}))},
		"26 choices":                       {opts(opt(3, obj{"choices": choices(26, "v")})), "options.0.choices", "BASE_TYPE_MAX_LENGTH", false},
		"one choice twice":                 {opts(opt(3, obj{"choices": times(2, obj{"name": "n", "value": "v"})})), "options.0.choices.1", "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS", false},
		"a choice of 101":                  {opts(opt(3, obj{"choices": choices(1, long("v", 101))})), "options.0.choices.0.value", "BASE_TYPE_BAD_LENGTH", false},
		"a number among texts":             {opts(opt(3, obj{"choices": choices(1, 5)})), "options.0.choices.0.value", "STRING_TYPE_CONVERT", false},
		"text among numbers":               {opts(opt(4, obj{"choices": choices(1, "5")})), "options.0.choices.0.value", "NUMBER_TYPE_COERCE", false},
		"choices of a boolean":             {opts(opt(5, obj{"choices": choices(1, "v")})), "options.0.choices", "APPLICATION_COMMAND_OPTIONS_FIELD_INVALID", false},
		"choices and autocomplete":         {opts(opt(3, obj{"choices": choices(1, "v"), "autocomplete": true})), "options.0.autocomplete", "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES_INVALID", false},
		"autocomplete of a boolean":        {opts(opt(5, obj{"autocomplete": true})), "options.0.choices", "APPLICATION_COMMAND_OPTIONS_FIELD_INVALID", false},
		"lengths of text":                  {body: opts(opt(3, obj{"min_length": 0, "max_length": 6000}))},
		"a length of 6001":                 {opts(opt(3, obj{"max_length": 6001})), "options.0.max_length", "NUMBER_TYPE_MAX", false},
		"lengths of a number":              {opts(opt(4, obj{"max_length": 5})), "options.0.min_length", "APPLICATION_COMMAND_OPTIONS_FIELD_INVALID", false},
		"bounds of a number":               {body: opts(opt(10, obj{"min_value": 0.5, "max_value": 2}))},
		"bounds of text":                   {opts(opt(3, obj{"min_value": 1})), "options.0.min_value", "APPLICATION_COMMAND_OPTIONS_FIELD_INVALID", false},
		"a fraction as an integer's bound": {opts(opt(4, obj{"min_value": 0.5})), "options.0.min_value", "NUMBER_TYPE_COERCE", false},
		"a minimum above the maximum":      {opts(opt(4, obj{"min_value": 5, "max_value": 4})), "options.0", "APPLICATION_COMMAND_OPTIONS_BOUNDS_INVALID", false},
		"channel types of text":            {opts(opt(3, obj{"channel_types": list{0}})), "options.0.channel_types", "APPLICATION_COMMAND_OPTIONS_FIELD_INVALID", false},
		"subcommands":                      {body: opts(opt(1, obj{"options": named(2)}), opt(2, obj{"name": "g", "options": list{opt(1, nil)}}))},
		"a subcommand beside an option":    {opts(opt(1, nil), opt(3, obj{"name": "p"})), "options", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", false},
		"an empty group":                   {opts(opt(2, nil)), "options.0.options", "BASE_TYPE_REQUIRED", false},
		"an option straight in a group":    {opts(opt(2, obj{"options": list{opt(3, nil)}})), "options.0.options", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", false},
		"a group in a group":               {opts(opt(2, obj{"options": list{opt(2, nil)}})), "options.0.options.0.type", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", false},
		"a subcommand in a subcommand":     {opts(opt(1, obj{"options": list{opt(1, nil)}})), "options.0.options.0.type", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", false},
		"a required subcommand":            {opts(opt(1, obj{"required": true})), "options.0.autocomplete", "APPLICATION_COMMAND_OPTIONS_FIELD_INVALID", false},
		"a translation":                    {body: slash(obj{"name_localizations": obj{"de": "samen", "fr": nil}, "description_localizations": obj{"de": "Samen"}})},
		"a translation into nothing known": {slash(obj{"name_localizations": obj{"xx": "samen"}}), "name_localizations.xx", "ENUM_TYPE_COERCE", false},
		"a translation with a capital":     {slash(obj{"name_localizations": obj{"de": "Samen"}}), "name_localizations.de", "APPLICATION_COMMAND_INVALID_NAME", false},
		"a long translation":               {slash(obj{"description_localizations": obj{"de": long("x", 101)}}), "description_localizations.de", "BASE_TYPE_BAD_LENGTH", false},
		"a translation that is no text":    {slash(obj{"name_localizations": obj{"de": 5}}), "name_localizations.de", "STRING_TYPE_CONVERT", false},
		"translations that are a list":     {slash(obj{"name_localizations": list{}}), "name_localizations", "DICT_TYPE_CONVERT", false},
		"permissions":                      {body: slash(obj{"default_member_permissions": "8192"})},
		"permissions in words":             {slash(obj{"default_member_permissions": "admin"}), "default_member_permissions", "NUMBER_TYPE_COERCE", false},
		"contexts":                         {body: slash(obj{"contexts": list{0, 1}, "integration_types": list{0}})},
		"an unknown context":               {slash(obj{"contexts": list{3}}), "contexts.0", "ENUM_TYPE_COERCE", false},
		"one context twice":                {slash(obj{"contexts": list{0, 0}}), "contexts", "SET_TYPE_ALREADY_CONTAINS_VALUE", false},
		"contexts in a guild":              {slash(obj{"contexts": list{0}}), "contexts", "APPLICATION_COMMAND_GUILD_CONTEXTS_INVALID", true},
		"integration types in a guild":     {slash(obj{"integration_types": list{0}}), "integration_types", "APPLICATION_COMMAND_GUILD_CONTEXTS_INVALID", true},
		"more than 8000 characters":        {opts(opt(3, obj{"choices": choices(25, long("v", 100))}), opt(3, obj{"name": "p", "choices": choices(25, long("v", 100))}), opt(3, obj{"name": "q", "choices": choices(25, long("v", 100))}), opt(3, obj{"name": "r", "choices": choices(25, long("v", 100))})), "", "APPLICATION_COMMAND_TOO_LARGE", false},
		"nsfw that is no bool":             {slash(obj{"nsfw": "no"}), "nsfw", "BOOLEAN_TYPE_CONVERT", false},
		"options that are no list":         {slash(obj{"options": obj{}}), "options", "LIST_TYPE_CONVERT", false},
		"a command of a guild":             {body: slash(nil), guild: true},
	} {
		t.Run(name, func(t *testing.T) {
			scope := "/applications/" + s.AppID()
			if c.guild {
				scope += "/guilds/" + guild.ID
			}
			one, all := api.do("POST", scope+"/commands", c.body), api.do("PUT", scope+"/commands", list{c.body})
			if c.code == "" {
				require.Less(t, one.status, 300, "%s", one.raw)
				require.Equal(t, 200, all.status)
				return
			}
			require.Equal(t, c.code, one.failure(c.path), "%s", one.raw)
			require.Equal(t, c.code, all.failure(strings.TrimSuffix("0."+c.path, ".")), "%s", all.raw)
		})
	}
}

func TestCommandsAreKept(t *testing.T) {
	t.Parallel()
	s := quick(t)
	g := s.AddGuild("G")
	api := newClient(t, s)
	global := "/applications/" + s.AppID() + "/commands"
	a := obj{"name": "a", "description": "d", "name_localizations": obj{"de": "b"}}

	made := api.ok("POST", global, a)
	require.Equal(t, 201, made.status)
	id := made.body["id"].(string)
	again := api.ok("POST", global, with(a, obj{"description": "e"}))
	require.Equal(t, 200, again.status, "a name that is there is overwritten")
	require.Equal(t, id, again.body["id"])
	require.NotEqual(t, made.body["version"], again.body["version"])
	require.Equal(t, "e", again.body["description"])
	require.Equal(t, true, again.body["dm_permission"])
	require.Equal(t, list{0.0}, again.body["integration_types"])

	put := api.ok("PUT", global, list{obj{"name": "b", "description": "d"}, a}).array
	require.Equal(t, id, put[1].(obj)["id"], "a name that stays keeps its id")
	require.Len(t, api.ok("GET", global, nil).array, 2)
	require.NotContains(t, api.ok("GET", global, nil).array[0], "name_localizations")
	require.Contains(t, api.ok("GET", global+"?with_localizations=true", nil).array[0], "name_localizations")
	require.Equal(t, "z", api.ok("PATCH", global+"/"+id, obj{"name": "z"}).body["name"])
	require.Equal(t, "d", api.ok("GET", global+"/"+id, nil).body["description"], "what is not named stays")
	require.Equal(t, "APPLICATION_COMMANDS_DUPLICATE_NAME", api.do("PATCH", global+"/"+id, obj{"name": "b"}).failure("name"))
	require.Equal(t, 204, api.do("DELETE", global+"/"+id, nil).status)
	for _, method := range []string{"GET", "PATCH", "DELETE"} {
		require.Equal(t, 10063, api.do(method, global+"/"+id, obj{"name": "q"}).code())
	}
	require.Equal(t, "APPLICATION_COMMANDS_DUPLICATE_NAME", api.do("PUT", global, list{a, a}).failure("1.name"))
	require.Equal(t, "LIST_TYPE_CONVERT", api.do("PUT", global, a).failure(""))
	require.Len(t, s.Commands(""), 1, "a refused overwrite changes nothing")
	require.Empty(t, api.ok("PUT", global, list{}).array)

	inGuild := "/applications/" + s.AppID() + "/guilds/" + g.ID + "/commands"
	require.Equal(t, g.ID, api.ok("PUT", inGuild, list{a}).array[0].(obj)["guild_id"])
	require.Empty(t, s.Commands(""))
	require.Len(t, s.Commands(g.ID), 1)
	require.Equal(t, 50001, api.do("PUT", "/applications/"+s.AppID()+"/guilds/1/commands", list{}).code())
	require.Equal(t, 20012, api.do("GET", "/applications/1/commands", nil).code())
}

func TestHowManyCommands(t *testing.T) {
	t.Parallel()
	s := quick(t)
	api := newClient(t, s)
	global := "/applications/" + s.AppID() + "/commands"
	many := func(n, kind int, prefix string) list {
		all := list{}
		for k := range n {
			o := obj{"type": kind, "name": fmt.Sprint(prefix, k)}
			if kind == 1 {
				o["description"] = "d"
			}
			all = append(all, o)
		}
		return all
	}
	require.Equal(t, 30032, api.do("PUT", global, many(101, 1, "a")).code())
	require.Equal(t, 30032, api.do("PUT", global, many(16, 2, "a")).code())
	require.Equal(t, 30032, api.do("PUT", global, many(16, 3, "a")).code())
	api.ok("PUT", global, append(append(many(100, 1, "a"), many(15, 2, "a")...), many(15, 3, "a")...))
	require.Equal(t, 30032, api.do("POST", global, obj{"name": "b", "description": "d"}).code())
	api.ok("PUT", global, append(many(70, 1, "b"), many(30, 1, "a")...)) // 200 names by now
	require.Equal(t, 30034, api.do("POST", global, obj{"type": 2, "name": "c"}).code())
	require.Equal(t, 30034, api.do("PUT", global, many(1, 1, "c")).code())
	api.ok("PUT", global, many(50, 1, "b"))
	s.Advance(24 * time.Hour)
	api.ok("PUT", global, many(1, 1, "c"))
}

func TestWhatTheClientOffers(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.ok("PUT", "/applications/"+w.s.AppID()+"/guilds/"+w.guild.ID+"/commands", list{
		obj{"name": "seeds", "description": "d", "options": list{
			obj{"type": 1, "name": "history", "description": "d", "options": list{
				obj{"type": 4, "name": "page", "description": "d", "min_value": 1, "max_value": 9},
				obj{"type": 10, "name": "ratio", "description": "d"},
				obj{"type": 3, "name": "order", "description": "d", "choices": list{obj{"name": "New", "value": "new"}}, "max_length": 5},
				obj{"type": 6, "name": "who", "description": "d"}, obj{"type": 7, "name": "where", "description": "d", "channel_types": list{0}},
				obj{"type": 8, "name": "role", "description": "d"}, obj{"type": 9, "name": "any", "description": "d"},
			}},
			obj{"type": 2, "name": "show", "description": "d", "options": list{obj{"type": 1, "name": "card", "description": "d"}}},
		}},
		obj{"name": "admin", "description": "d", "default_member_permissions": "0"},
		obj{"name": "mods", "description": "d", "default_member_permissions": "8192"},
		obj{"name": "late", "description": "d", "nsfw": true},
		obj{"name": "here", "description": "d"},
	})
	w.ok("POST", "/applications/"+w.s.AppID()+"/commands", obj{"name": "nodm", "description": "d", "contexts": list{0}})
	role := w.guild.AddRole("Mods", discordtest.ManageMessages)
	mod := w.guild.AddMember("Mo", discordtest.WithRoles(role))
	chief := w.guild.AddMember("Chief", discordtest.Owner())
	hidden := w.guild.AddChannel("hidden", discordtest.Private(chief))
	mute := w.guild.AddChannel("mute", discordtest.Deny(w.guild.Everyone(), discordtest.UseApplicationCommands))
	night := w.guild.AddChannel("night", discordtest.AgeRestricted())
	voice := w.guild.AddChannel("voice", discordtest.OfType(discordtest.VoiceChannel))
	gone := w.guild.AddChannel("gone")
	gone.Delete()
	type o = discordtest.Options
	for name, c := range map[string]struct {
		who  *discordtest.User
		in   *discordtest.Channel
		path string
		opts o
		why  string // "" is allowed
	}{
		"a subcommand":                    {w.asker.User, w.channel, "seeds history", o{"page": 3, "ratio": 0.5, "order": "new"}, ""},
		"a subcommand of a group":         {w.asker.User, w.channel, "/seeds show card", nil, ""},
		"entities":                        {w.asker.User, w.channel, "seeds history", o{"who": mod, "where": w.channel, "role": role, "any": mod.User}, ""},
		"no subcommand":                   {w.asker.User, w.channel, "seeds", nil, "a subcommand must be chosen"},
		"an unknown subcommand":           {w.asker.User, w.channel, "seeds past", nil, "no subcommand"},
		"no command":                      {w.asker.User, w.channel, "nothing", nil, "no such command"},
		"no name":                         {w.asker.User, w.channel, "", nil, "no name"},
		"a required option missing":       {w.asker.User, w.channel, "seed", nil, `option "job" is required`},
		"an empty text":                   {w.asker.User, w.channel, "seed", o{"job": ""}, "empty"},
		"a text of 6001":                  {w.asker.User, w.channel, "seed", o{"job": strings.Repeat("x", 6001)}, "characters"},
		"an option unknown":               {w.asker.User, w.channel, "seed", o{"job": "x", "jobs": "x"}, `no option "jobs"`},
		"text for a bool":                 {w.asker.User, w.channel, "seed", o{"job": "x", "private": "yes"}, "wrong type"},
		"a number for text":               {w.asker.User, w.channel, "seed", o{"job": 5}, "wrong type"},
		"text for a number":               {w.asker.User, w.channel, "seeds history", o{"page": "3"}, "wrong type"},
		"a fraction for an integer":       {w.asker.User, w.channel, "seeds history", o{"page": 1.5}, "wrong type"},
		"a number too small":              {w.asker.User, w.channel, "seeds history", o{"page": 0}, "too small"},
		"a number too large":              {w.asker.User, w.channel, "seeds history", o{"page": 10}, "too large"},
		"no choice":                       {w.asker.User, w.channel, "seeds history", o{"order": "old"}, "not among the choices"},
		"a channel of another type":       {w.asker.User, w.channel, "seeds history", o{"where": voice}, "not offered"},
		"a role for a user":               {w.asker.User, w.channel, "seeds history", o{"who": role}, "wrong type"},
		"no file for a file":              {w.asker.User, w.channel, "seed", o{"job": "x", "file": "x"}, "wrong type"},
		"a file that is not there":        {w.asker.User, w.channel, "seed", o{"job": "x", "file": discordtest.Upload{Path: "/nowhere"}}, "upload"},
		"a channel not seen":              {w.asker.User, hidden, "here", nil, "not visible"},
		"a channel without commands":      {w.asker.User, mute, "here", nil, "may not use application commands"},
		"a channel that is gone":          {w.asker.User, gone, "here", nil, "gone"},
		"a stranger":                      {w.s.AddUser("Stranger"), w.channel, "here", nil, "not visible"},
		"a bot":                           {w.s.AddBot("Robot"), w.channel, "here", nil, "bots"},
		"a command for admins":            {mod.User, w.channel, "admin", nil, "permissions"},
		"a command for admins, as owner":  {chief.User, w.channel, "admin", nil, ""},
		"a command for mods":              {w.asker.User, w.channel, "mods", nil, "permissions"},
		"a command for mods, as one":      {mod.User, w.channel, "mods", nil, ""},
		"an age-restricted command":       {w.asker.User, w.channel, "late", nil, "age-restricted"},
		"an age-restricted command there": {w.asker.User, night, "late", nil, ""},
		"a guild's command in a DM":       {w.asker.User, w.asker.DM(), "here", nil, "no such command"},
		"a global command in a DM":        {w.asker.User, w.asker.DM(), "seed", o{"job": "x"}, ""},
		"a global command kept from DMs":  {w.asker.User, w.asker.DM(), "nodm", nil, "no such command"},
		"someone else's DM":               {mod.User, w.asker.DM(), "seed", o{"job": "x"}, "not visible"},
	} {
		t.Run(name, func(t *testing.T) {
			before := len(w.s.Interactions())
			i := c.who.Slash(c.in, c.path, c.opts)
			if c.why == "" {
				require.NoError(t, i.Err())
				require.Equal(t, i.ID(), w.receive()["id"])
				return
			}
			require.ErrorIs(t, i.Err(), discordtest.ErrRefusedByClient)
			require.ErrorContains(t, i.Err(), c.why)
			require.Len(t, w.s.Interactions(), before, "the application hears nothing")
			_, err := i.Answer(t.Context())
			require.ErrorIs(t, err, discordtest.ErrRefusedByClient)
			require.Nil(t, i.Message())
		})
	}
	nested := w.asker.Slash(w.channel, "seeds history", o{"page": 3})
	require.NoError(t, nested.Err())
	data := w.receive()["data"].(obj)
	require.Equal(t, w.guild.ID, data["guild_id"])
	require.Equal(t, list{obj{"name": "history", "type": 1.0, "options": list{obj{"name": "page", "type": 4.0, "value": 3.0}}}}, data["options"])
	require.Equal(t, "seeds history", nested.View().Name)
}
