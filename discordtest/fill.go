package discordtest

import (
	"errors"
	"fmt"
	"math"
	"slices"
)

// filling puts a user's values into the options of a command, with the checks of
// Discord's client. It runs under s.mu.
type filling struct {
	s           *Server
	user        *User
	channel     *Channel
	resolved    *resolved
	uploads     map[string]Attachment
	focused     string // autocomplete: the option being typed; required options may be missing then
	text        string
	focusedType int
}

func (f *filling) fill(defs []obj, given Options) ([]obj, error) {
	for _, name := range sortedKeys(given) {
		if !slices.ContainsFunc(defs, func(d obj) bool { return str(d, "name") == name }) {
			return nil, fmt.Errorf("there is no option %q", name)
		}
	}
	var values []obj
	for _, d := range defs {
		name, kind := str(d, "name"), num(d, "type")
		if name == f.focused {
			if !flag(d, "autocomplete") {
				return nil, fmt.Errorf("option %q has no autocomplete", name)
			}
			f.focusedType = kind
			values = append(values, obj{"name": name, "type": kind, "value": f.text, "focused": true})
			continue
		}
		v, ok := given[name]
		if !ok {
			if flag(d, "required") && f.focused == "" {
				return nil, fmt.Errorf("option %q is required", name)
			}
			continue
		}
		value, err := f.value(d, v)
		if err != nil {
			return nil, fmt.Errorf("option %q: %w", name, err)
		}
		values = append(values, obj{"name": name, "type": kind, "value": value})
	}
	if f.focused != "" && f.focusedType == 0 {
		return nil, fmt.Errorf("there is no option %q", f.focused)
	}
	return values, nil
}

var errWrongType = errors.New("the value is of a wrong type")

func (f *filling) value(d obj, v any) (any, error) {
	if m, ok := v.(*Member); ok {
		v = m.User
	}
	switch kind := num(d, "type"); kind {
	case optionString:
		text, ok := v.(string)
		if !ok {
			return nil, errWrongType
		}
		return text, checkText(d, text)
	case optionInteger, optionNumber:
		return checkNumber(d, v, kind == optionInteger)
	case optionBoolean:
		b, ok := v.(bool)
		if !ok {
			return nil, errWrongType
		}
		return b, nil
	case optionAttachment:
		if _, ok := v.(Upload); !ok {
			return nil, errWrongType
		}
		a := f.uploads[str(d, "name")]
		a.ID, a.Ephemeral = f.s.newID(), true
		f.resolved.attachment(a)
		return a.ID, nil
	case optionUser, optionRole, optionMentionable, optionChannel:
		return f.entity(d, kind, v)
	default:
		return nil, fmt.Errorf("options of type %d are not played", kind)
	}
}

func (f *filling) entity(d obj, kind int, v any) (any, error) {
	switch v := v.(type) {
	case *User:
		if kind == optionUser || kind == optionMentionable {
			f.resolved.user(v)
			return v.ID, nil
		}
	case *Role:
		if kind == optionRole || kind == optionMentionable {
			f.resolved.role(v)
			return v.ID, nil
		}
	case *Channel:
		types := list(d, "channel_types")
		if kind == optionChannel && len(types) > 0 && !slices.ContainsFunc(types, func(t any) bool { n, _ := wholeNumber(t); return n == v.Type }) {
			return nil, errors.New("the channel is of a type that is not offered")
		}
		if kind == optionChannel {
			f.resolved.channel(v, f.user)
			return v.ID, nil
		}
	}
	return nil, errWrongType
}

func checkText(d obj, text string) error {
	n := len([]rune(text))
	low, hasLow := integer(d, "min_length")
	high, hasHigh := integer(d, "max_length")
	if !hasHigh {
		high = maxOptionText
	}
	switch {
	case n == 0:
		return errors.New("the value is empty")
	case hasLow && n < low, n > high:
		return fmt.Errorf("%d characters are too few or too many", n)
	}
	return checkChoice(d, text)
}

func checkNumber(d obj, v any, whole bool) (any, error) {
	var n float64
	switch v := v.(type) {
	case int:
		n = float64(v)
	case int64:
		n = float64(v)
	case float64:
		n = v
	default:
		return nil, errWrongType
	}
	if math.IsNaN(n) || math.Abs(n) > 1<<53 || whole && n != math.Trunc(n) {
		return nil, errWrongType
	}
	if low, ok := number(d, "min_value"); ok && n < low {
		return nil, fmt.Errorf("%v is too small", n)
	}
	if high, ok := number(d, "max_value"); ok && n > high {
		return nil, fmt.Errorf("%v is too large", n)
	}
	if whole {
		return int64(n), checkChoice(d, n)
	}
	return n, checkChoice(d, n)
}

// checkChoice lets only choices through where there are some.
func checkChoice(d obj, v any) error {
	choices := objects(list(d, "choices"))
	if len(choices) == 0 || slices.ContainsFunc(choices, func(c obj) bool {
		if n, ok := number(c, "value"); ok {
			return n == v
		}
		return c["value"] == v
	}) {
		return nil
	}
	return fmt.Errorf("%v is not among the choices", v)
}

// number returns any number at key.
func number(o obj, key string) (float64, bool) {
	switch v := o[key].(type) {
	case float64:
		return v, true
	case int:
		return float64(v), true
	}
	return 0, false
}
