package discordtest

import "slices"

// options checks the options of a command (depth 0), of a group (1) or of a
// subcommand (2).
func (f *form) options(at string, options []obj, depth int) {
	if len(options) > 25 {
		f.add(at, "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
	}
	var names []string
	nested, plain, optional := false, false, false
	for n, o := range options {
		path := join(at, n)
		f.commandWords(path, o)
		kind, ok := f.within(path, o, "type", optionSubcommand, optionAttachment)
		if o["type"] == nil {
			f.add(join(path, "type"), "BASE_TYPE_REQUIRED", "This field is required")
		}
		if name := str(o, "name"); slices.Contains(names, name) {
			f.add(join(path, "name"), "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", "Option name already exists")
		} else {
			names = append(names, name)
		}
		if !ok {
			continue
		}
		f.boolean(path, o, "required")
		if kind <= optionGroup {
			nested = true
			f.nestedOption(path, o, kind, depth)
			continue
		}
		plain = true
		if flag(o, "required") && optional {
			f.add(path, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", "Required options must be placed before non-required options")
		}
		optional = optional || !flag(o, "required")
		f.plainOption(path, o, kind)
	}
	if nested && plain || depth == 1 && plain {
		f.add(at, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Sub-command and sub-command group option types are mutually exclusive to all other types")
	}
}

// nestedOption checks a subcommand or a group: groups hold subcommands only, and
// subcommands hold no more of either.
func (f *form) nestedOption(path string, o obj, kind, depth int) {
	inner, _ := f.listAt(path, o, "options")
	switch {
	case kind == optionGroup && depth > 0, depth > 1:
		f.add(join(path, "type"), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Sub-commands cannot be nested this deep")
	case kind == optionGroup && len(inner) == 0:
		f.add(join(path, "options"), "BASE_TYPE_REQUIRED", "This field is required")
	case kind == optionGroup:
		f.options(join(path, "options"), inner, 1)
	default:
		f.options(join(path, "options"), inner, 2)
	}
	for _, key := range []string{"choices", "channel_types"} {
		if len(list(o, key)) > 0 {
			f.misplaced(path, key)
		}
	}
	if flag(o, "autocomplete") || flag(o, "required") {
		f.misplaced(path, "autocomplete")
	}
}

func (f *form) misplaced(path, key string) {
	f.add(join(path, key), "APPLICATION_COMMAND_OPTIONS_FIELD_INVALID", "This field is not for options of this type")
}

// plainOption checks a value's rules: which of them there are depends on its type.
func (f *form) plainOption(path string, o obj, kind int) {
	listed := kind == optionString || kind == optionInteger || kind == optionNumber
	f.boolean(path, o, "autocomplete")
	choices, _ := f.listAt(path, o, "choices")
	switch {
	case !listed && (len(choices) > 0 || flag(o, "autocomplete")):
		f.misplaced(path, "choices")
	case len(choices) > 0 && flag(o, "autocomplete"):
		f.add(join(path, "autocomplete"), "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES_INVALID", "Autocomplete cannot be set with choices")
	case len(choices) > 25:
		f.add(join(path, "choices"), "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
	}
	var names []string
	for n, c := range choices {
		at := join(path, "choices", n)
		name, _ := f.text(at, c, "name", 1, 100)
		if slices.Contains(names, name) {
			f.add(at, "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS", "Option choice name already exists")
		}
		names = append(names, name)
		f.localizations(at, c, "name_localizations", func(p, text string) { f.length(p, text, 1, 100) })
		if listed {
			f.choiceValue(at, c, kind)
		}
	}
	if len(list(o, "options")) > 0 {
		f.misplaced(path, "options")
	}
	if len(list(o, "channel_types")) > 0 && kind != optionChannel {
		f.misplaced(path, "channel_types")
	}
	f.bounds(path, o, kind)
}

func (f *form) bounds(path string, o obj, kind int) {
	for _, key := range []string{"min_value", "max_value"} {
		if o[key] == nil {
			continue
		}
		if kind != optionInteger && kind != optionNumber {
			f.misplaced(path, key)
		} else if n, ok := number(o, key); !ok || kind == optionInteger && n != float64(int64(n)) {
			f.add(join(path, key), "NUMBER_TYPE_COERCE", "Value %v is not a number of the option's type.", o[key])
		}
	}
	low, hasLow := f.within(path, o, "min_length", 0, maxOptionText)
	high, hasHigh := f.within(path, o, "max_length", 1, maxOptionText)
	if (o["min_length"] != nil || o["max_length"] != nil) && kind != optionString {
		f.misplaced(path, "min_length")
	}
	lowest, hasLowest := number(o, "min_value")
	highest, hasHighest := number(o, "max_value")
	if hasLow && hasHigh && low > high || hasLowest && hasHighest && lowest > highest {
		f.add(path, "APPLICATION_COMMAND_OPTIONS_BOUNDS_INVALID", "The minimum is above the maximum")
	}
}
