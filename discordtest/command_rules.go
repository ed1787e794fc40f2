package discordtest

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

const (
	maxOptionText   = 6000
	maxCommandTexts = 8000
)

// The rules of Discord's "Application Commands". Go has no \p{sc=…}; Devanagari
// and Thai stand for its marks.
var commandName = regexp.MustCompile(`^[-_'\p{L}\p{N}\p{Devanagari}\p{Thai}]{1,32}$`)

// locales are Discord's (reference, "Locales").
var locales = strings.Fields("id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th zh-CN ja zh-TW ko")

// readCommand checks one command and fills in Discord's defaults.
func readCommand(f *form, at string, body obj, inGuild bool) obj {
	kind := commandSlash
	if body["type"] != nil {
		n, ok := f.within(at, body, "type", commandSlash, commandMessage)
		if !ok {
			n = commandSlash
		}
		kind = n
	}
	def := obj{
		"type": kind, "default_member_permissions": nil, "nsfw": flag(body, "nsfw"), "name": str(body, "name"), "description": str(body, "description"),
		"name_localizations": body["name_localizations"], "description_localizations": body["description_localizations"],
	}
	f.boolean(at, body, "nsfw")
	if kind == commandSlash {
		f.commandWords(at, body)
		options, _ := f.listAt(at, body, "options")
		f.options(join(at, "options"), options, 0)
		def["options"] = clone(list(body, "options"))
		if len(options) == 0 {
			delete(def, "options")
		}
	} else {
		f.text(at, body, "name", 1, 32)
		if str(body, "description") != "" {
			f.add(join(at, "description"), "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_INVALID", "Context menu commands cannot have description")
		}
		if len(list(body, "options")) > 0 {
			f.add(join(at, "options"), "APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS_INVALID", "Context menu commands cannot have options")
		}
		f.localizations(at, body, "name_localizations", func(path, text string) { f.length(path, text, 1, 32) })
	}
	f.memberPermissions(at, body, def)
	f.contexts(at, body, def, inGuild)
	if commandSize(body) > maxCommandTexts {
		f.add(at, "APPLICATION_COMMAND_TOO_LARGE", "Command exceeds maximum size (%d)", maxCommandTexts)
	}
	return def
}

// commandWords checks name and description with their translations.
func (f *form) commandWords(at string, o obj) {
	if name, given := f.text(at, o, "name", 1, 32); given {
		f.commandName(join(at, "name"), name)
	}
	f.text(at, o, "description", 1, 100)
	f.localizations(at, o, "name_localizations", f.commandName)
	f.localizations(at, o, "description_localizations", func(path, text string) { f.length(path, text, 1, 100) })
}

// commandName asks for the pattern and, where letters have cases, for small ones.
func (f *form) commandName(path, name string) {
	if n := len([]rune(name)); n >= 1 && n <= 32 && (!commandName.MatchString(name) || strings.ToLower(name) != name) {
		f.add(path, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
	} else if n < 1 || n > 32 {
		f.length(path, name, 1, 32)
	}
}

func (f *form) localizations(at string, o obj, key string, check func(path, text string)) {
	if o[key] == nil {
		return
	}
	all := child(o, key)
	if all == nil {
		f.add(join(at, key), "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType")
	}
	for _, locale := range sortedKeys(all) {
		text, ok := all[locale].(string)
		switch path := join(at, key, locale); {
		case !slices.Contains(locales, locale):
			f.add(path, "ENUM_TYPE_COERCE", "Value %q is not a valid enum value.", locale)
		case all[locale] == nil:
		case !ok:
			f.add(path, "STRING_TYPE_CONVERT", "Could not interpret %v as string.", all[locale])
		default:
			check(path, text)
		}
	}
}

func (f *form) memberPermissions(at string, body, def obj) {
	v := body["default_member_permissions"]
	if v == nil {
		return
	}
	text, isText := v.(string)
	if n, ok := wholeNumber(v); ok {
		text, isText = strconv.Itoa(n), true
	}
	if n, err := strconv.ParseInt(text, 10, 64); !isText || err != nil || n < 0 {
		f.add(join(at, "default_member_permissions"), "NUMBER_TYPE_COERCE", "Value %v is not int.", v)
	}
	def["default_member_permissions"] = text
}

// contexts reads where a global command can be used; commands of a guild are for
// that guild only.
func (f *form) contexts(at string, body, def obj, inGuild bool) {
	if inGuild {
		for _, key := range []string{"contexts", "integration_types"} {
			if body[key] != nil {
				f.add(join(at, key), "APPLICATION_COMMAND_GUILD_CONTEXTS_INVALID", "Only global commands can have this field")
			}
		}
		return
	}
	f.numbers(at, body, "contexts", contextPrivate)
	f.numbers(at, body, "integration_types", 1)
	def["dm_permission"], def["contexts"], def["integration_types"] = true, nil, []any{0}
	if body["dm_permission"] == false {
		def["dm_permission"], def["contexts"] = false, []any{contextGuild}
	}
	if c := list(body, "contexts"); len(c) > 0 {
		def["contexts"] = clone(c)
		def["dm_permission"] = slices.ContainsFunc(c, func(v any) bool { n, _ := wholeNumber(v); return n == contextBotDM })
	}
	if t := list(body, "integration_types"); len(t) > 0 {
		def["integration_types"] = clone(t)
	}
}

// numbers checks a list of different numbers from 0 to high.
func (f *form) numbers(at string, o obj, key string, high int) {
	raw, isList := o[key].([]any)
	if o[key] != nil && !isList {
		f.add(join(at, key), "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
	}
	seen := map[int]bool{}
	for n, v := range raw {
		i, ok := wholeNumber(v)
		if !ok || i < 0 || i > high {
			f.add(join(at, key, n), "ENUM_TYPE_COERCE", "Value %v is not a valid enum value.", v)
		}
		if seen[i] {
			f.add(join(at, key), "SET_TYPE_ALREADY_CONTAINS_VALUE", "The Set already contains the value")
		}
		seen[i] = true
	}
}

// commandSize adds up the texts of a command, of translations the longest.
func commandSize(o obj) int {
	longest := func(key string) int {
		n := len([]rune(str(o, key)))
		for _, v := range child(o, key+"_localizations") {
			text, _ := v.(string)
			n = max(n, len([]rune(text)))
		}
		return n
	}
	sum := longest("name") + longest("description")
	if text, ok := o["value"].(string); ok {
		sum += len([]rune(text))
	}
	for _, key := range []string{"options", "choices"} {
		for _, inner := range objects(list(o, key)) {
			sum += commandSize(inner)
		}
	}
	return min(sum, math.MaxInt32)
}
