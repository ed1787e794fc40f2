package discordtest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// ModalView is a modal that a user sees.
type ModalView struct {
	CustomID   string           `json:"custom_id"`
	Title      string           `json:"title"`
	Components []map[string]any `json:"components"` // Discord's objects
}

// ModalField is one input of a modal with the words around it.
type ModalField struct {
	CustomID    string
	Label       string
	Description string
	Value       string         // filled in beforehand
	Component   map[string]any // Discord's object
}

// Fields lists the inputs in their order.
func (v *ModalView) Fields() []ModalField {
	var out []ModalField
	for _, top := range v.Components {
		for _, in := range append(objects(list(top, "components")), child(top, "component")) {
			if in == nil {
				continue
			}
			f := ModalField{CustomID: str(in, "custom_id"), Label: str(top, "label"), Description: str(top, "description"), Value: str(in, "value"), Component: in}
			if f.Label == "" {
				f.Label = str(in, "label")
			}
			out = append(out, f)
		}
	}
	return out
}

// Field finds an input by its custom id, or else by its label; false for none.
func (v *ModalView) Field(customIDOrLabel string) (ModalField, bool) {
	fields := v.Fields()
	n := slices.IndexFunc(fields, func(f ModalField) bool { return f.CustomID == customIDOrLabel })
	if n < 0 {
		n = slices.IndexFunc(fields, func(f ModalField) bool { return f.Label == customIDOrLabel })
	}
	if n < 0 {
		return ModalField{}, false
	}
	return fields[n], true
}

// Modal waits for the modal that the application answers with.
func (i *Interaction) Modal(ctx context.Context) (*ModalView, error) {
	callback, err := i.Acknowledged(ctx)
	if err != nil {
		return nil, err
	}
	if callback != callbackModal {
		return nil, fmt.Errorf("await a modal: %w: type %d", ErrOtherAnswer, callback)
	}
	i.s.mu.Lock()
	defer i.s.mu.Unlock()
	v := *i.modal
	v.Components = cloneObjs(i.modal.Components)
	return &v, nil
}

// Submit sends the modal that answered this interaction. Fields are named by
// custom id or label; values are string, []string, bool or []Upload. Inputs that
// are not named keep what was filled in beforehand.
func (i *Interaction) Submit(fields map[string]any) *Interaction {
	if i.err != nil {
		return i
	}
	uploads := map[string][]Attachment{}
	for name, v := range fields {
		files, _ := v.([]Upload)
		for _, up := range files {
			a, err := up.keep(i.s)
			if err != nil {
				return refused(i.s, KindModal, "%w", err)
			}
			uploads[name] = append(uploads[name], a)
		}
	}
	i.s.mu.Lock()
	defer i.s.mu.Unlock()
	if i.modal == nil {
		return refused(i.s, KindModal, "no modal is open")
	}
	sub := submission{i: i, fields: fields, uploads: uploads, used: map[string]bool{}, resolved: newResolved(i.s, i.channel)}
	components, err := sub.components()
	if err != nil {
		return refused(i.s, KindModal, "%w", err)
	}
	data := obj{"custom_id": i.modal.CustomID, "components": components}
	sub.resolved.into(data)
	return i.s.invoke(&Interaction{kind: KindModal, user: i.user, channel: i.channel, source: i.source, opener: i, name: i.modal.CustomID}, data)
}

// submission fills a modal with a user's values. It runs under s.mu.
type submission struct {
	i        *Interaction
	fields   map[string]any
	uploads  map[string][]Attachment
	used     map[string]bool
	resolved *resolved
}

func (s *submission) components() ([]obj, error) {
	out := []obj{}
	for _, top := range s.i.modal.Components {
		o := obj{"type": num(top, "type"), "id": num(top, "id")}
		if in := child(top, "component"); in != nil {
			filled, err := s.fill(in, str(top, "label"))
			if err != nil {
				return nil, err
			}
			o["component"] = filled
		}
		if inner := objects(list(top, "components")); len(inner) > 0 {
			filled, err := s.fill(inner[0], str(inner[0], "label"))
			if err != nil {
				return nil, err
			}
			o["components"] = []obj{filled}
		}
		out = append(out, o)
	}
	for _, name := range sortedKeys(s.fields) {
		if !s.used[name] {
			return nil, fmt.Errorf("the modal has no input %q", name)
		}
	}
	return out, nil
}

func (s *submission) fill(in obj, label string) (obj, error) {
	name := str(in, "custom_id")
	v, given := s.fields[name]
	if !given {
		if v, given = s.fields[label]; given {
			name = label
		}
	}
	s.used[name] = true
	o := obj{"type": num(in, "type"), "id": num(in, "id"), "custom_id": str(in, "custom_id")}
	var err error
	switch kind := num(in, "type"); {
	case kind == typeTextInput:
		o["value"], err = textValue(in, v, given)
	case kind == typeCheckbox:
		on, isBool := v.(bool)
		if given && !isBool {
			err = errWrongType
		}
		o["value"] = on || !given && flag(in, "default")
	case kind == typeRadioGroup:
		o["value"], err = radioValue(in, v, given)
	case kind == typeFileUpload:
		o["values"], err = s.fileValues(in, name)
	default:
		o["values"], err = s.listValues(in, v, given)
	}
	if err != nil {
		return nil, fmt.Errorf("input %q: %w", name, err)
	}
	return o, nil
}

func textValue(in obj, v any, given bool) (string, error) {
	text, isText := v.(string)
	switch {
	case !given:
		text = str(in, "value")
	case !isText:
		return "", errWrongType
	}
	if num(in, "style") == 1 && strings.ContainsAny(text, "\r\n") {
		return "", errors.New("the input has one line")
	}
	n, high := len([]rune(text)), maxModalText
	if h, ok := integer(in, "max_length"); ok {
		high = h
	}
	switch {
	case n == 0 && in["required"] == false:
		return "", nil
	case n == 0:
		return "", errors.New("a value is required")
	case n < num(in, "min_length") || n > high:
		return "", fmt.Errorf("%d characters are too few or too many", n)
	}
	return text, nil
}

func radioValue(in obj, v any, given bool) (any, error) {
	choice, _ := v.(string)
	for _, o := range objects(list(in, "options")) {
		if given && str(o, "value") == choice || !given && flag(o, "default") {
			return str(o, "value"), nil
		}
	}
	if given || in["required"] != false {
		return nil, fmt.Errorf("%q is not offered", choice)
	}
	return nil, nil
}

func (s *submission) fileValues(in obj, name string) ([]string, error) {
	files, low, high := s.uploads[name], 1, 1
	if n, ok := integer(in, "min_values"); ok {
		low = n
	}
	if n, ok := integer(in, "max_values"); ok {
		high = n
	}
	if in["required"] == false && len(files) == 0 {
		low = 0
	}
	if len(files) < low || len(files) > high {
		return nil, fmt.Errorf("%d files are given, between %d and %d may be", len(files), low, high)
	}
	ids := []string{}
	for _, a := range files {
		a.ID, a.Ephemeral = s.i.s.newID(), true
		s.resolved.attachment(a)
		ids = append(ids, a.ID)
	}
	return ids, nil
}

func (s *submission) listValues(in obj, v any, given bool) ([]string, error) {
	values := []string{}
	switch v := v.(type) {
	case []string:
		values = append(values, v...)
	case string:
		values = append(values, v)
	default:
		if given {
			return nil, errWrongType
		}
		for _, o := range objects(list(in, "options")) {
			if flag(o, "default") {
				values = append(values, str(o, "value"))
			}
		}
	}
	menu := cloneObj(in)
	if num(in, "type") == typeCheckboxGroup {
		menu["type"] = typeStringSelect
		if menu["max_values"] == nil {
			menu["max_values"] = len(list(in, "options"))
		}
	}
	return values, s.i.s.pick(menu, values, s.resolved, s.i.user)
}
