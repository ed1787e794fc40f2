package discordtest

import "slices"

const maxModalText = 4000

// menu checks a select menu of any kind.
func (k *checker) menu(path string, c obj, kind int) {
	k.customID(path, c)
	k.f.text(path, c, "placeholder", 0, 150)
	k.f.boolean(path, c, "disabled")
	if k.m == nil && flag(c, "disabled") {
		k.f.add(join(path, "disabled"), "COMPONENT_DISABLED_IN_MODAL", "Components in modals cannot be disabled")
	}
	low, high := k.bounds(path, c, 25)
	if kind != typeStringSelect {
		k.f.listAt(path, c, "default_values")
		return
	}
	k.options(path, c, max(1, low, high), 25, high)
}

// bounds reads min_values and max_values, whose defaults are 1.
func (k *checker) bounds(path string, c obj, most int) (low, high int) {
	low, high = 1, 1
	if n, given := k.f.within(path, c, "min_values", 0, most); given {
		low = n
	}
	if n, given := k.f.within(path, c, "max_values", 1, most); given {
		high = n
	}
	if k.m == nil && low == 0 && c["required"] != false {
		k.f.add(join(path, "min_values"), "NUMBER_TYPE_MIN", "int value should be greater than or equal to 1 when the component is required.")
	}
	if low > high && c["max_values"] != nil {
		k.f.add(join(path, "min_values"), "NUMBER_TYPE_MAX", "int value should be less than or equal to max_values.")
	}
	return low, high
}

func (k *checker) options(path string, c obj, low, most, defaults int) {
	options, _ := k.f.listAt(path, c, "options")
	if len(options) == 0 {
		k.required(join(path, "options"))
	} else {
		k.f.count(join(path, "options"), len(options), low, most)
	}
	var values []string
	chosen := 0
	for n, o := range options {
		at := join(path, "options", n)
		k.f.text(at, o, "label", 1, 100)
		k.f.text(at, o, "description", 0, 100)
		k.emoji(at, o)
		k.f.boolean(at, o, "default")
		if flag(o, "default") {
			chosen++
		}
		if value, given := k.f.text(at, o, "value", 1, 100); given {
			if slices.Contains(values, value) {
				k.f.add(join(at, "value"), "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "The specified option value is already used")
			}
			values = append(values, value)
		}
	}
	if chosen > defaults {
		k.f.add(join(path, "options"), "SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES", "The number of default options exceeds max_values")
	}
}

// input checks the inputs that only modals have.
func (k *checker) input(path string, c obj, kind int) {
	if kind == typeLabel {
		k.label(path, c)
		return
	}
	k.customID(path, c)
	k.f.boolean(path, c, "required")
	switch kind {
	case typeTextInput:
		k.textInput(path, c)
	case typeFileUpload:
		k.bounds(path, c, 10)
	case typeRadioGroup:
		k.options(path, c, 2, 10, 1)
	case typeCheckboxGroup:
		_, high := k.bounds(path, c, 10)
		if c["max_values"] == nil {
			high = 10
		}
		k.options(path, c, 1, 10, high)
	case typeCheckbox:
		k.f.boolean(path, c, "default")
	}
}

func (k *checker) textInput(path string, c obj) {
	if c["style"] == nil {
		k.required(join(path, "style"))
	}
	k.f.within(path, c, "style", 1, 2)
	low, _ := k.f.within(path, c, "min_length", 0, maxModalText)
	high, given := k.f.within(path, c, "max_length", 1, maxModalText)
	if given && low > high {
		k.f.add(join(path, "min_length"), "TEXT_INPUT_COMPONENT_MIN_LENGTH", "min_length must be less than or equal to max_length")
	}
	k.f.text(path, c, "value", 0, maxModalText)
	k.f.text(path, c, "placeholder", 0, 100)
}

func (k *checker) label(path string, c obj) {
	k.f.text(path, c, "label", 1, 45)
	k.f.text(path, c, "description", 0, 100)
	inner := child(c, "component")
	if inner == nil {
		k.required(join(path, "component"))
		return
	}
	k.one(join(path, "component"), inner, typeTextInput, typeStringSelect, typeUserSelect, typeRoleSelect, typeMentionableSelect,
		typeChannelSelect, typeFileUpload, typeRadioGroup, typeCheckboxGroup, typeCheckbox)
}

// readModal checks the modal of a callback (Discord's "Modal" callback data).
func readModal(f *form, data obj) *ModalView {
	id, _ := f.text("", data, "custom_id", 1, maxCustomID)
	title, _ := f.text("", data, "title", 1, 45)
	given, _ := f.listAt("", data, "components")
	components := cloneObjs(given)
	if len(components) == 0 {
		f.add("components", "BASE_TYPE_REQUIRED", "This field is required")
	} else {
		f.count("components", len(components), 1, 5)
	}
	k := checker{f: f, ids: map[int]bool{}, custom: map[string]bool{}}
	k.all("components", components, typeActionRow, typeTextDisplay, typeLabel)
	for n, top := range components {
		if num(top, "type") != typeActionRow {
			continue
		}
		at := join("components", n, "components")
		for m, in := range objects(list(top, "components")) {
			f.text(join(at, m), in, "label", 1, 45)
		}
	}
	numberComponents(components)
	return &ModalView{CustomID: id, Title: title, Components: components}
}
