package bot

import (
	"slices"

	"github.com/bwmarrin/discordgo"
)

// Modal is a form. Its answer arrives at the handler of the verb in ID, with what was filled in in Interaction.Fields.
type Modal struct {
	ID     string // from ID
	Title  string // at most 45 characters
	Fields []Field
}

// Input says how a field of a form is filled in.
type Input int

// The kinds of inputs. Where several values can be chosen, Interaction.Fields joins them by newlines.
const (
	TextInput     Input = iota // typed text
	RadioInput                 // one of 2 to 10 Choices
	MenuInput                  // of up to 25 Choices
	UserInput                  // IDs of users
	RoleInput                  // IDs of roles
	ChannelInput               // IDs of channels
	UploadInput                // IDs of files, which stand in Interaction.Files
	CheckboxInput              // "true" or "false"
)

// Field is one field of a form.
type Field struct {
	ID          string // key in Interaction.Fields
	Label       string // at most 45 characters
	Hint        string // under the label, at most 100 characters
	Placeholder string // at most 100 characters; of texts and menus
	Value       string // filled in beforehand; of a text, and "true" of a checkbox
	Long        bool   // several lines
	Optional    bool
	Min, Max    int // characters of a text (0 is Discord's own bound, none and 4000), or how many values (0 is one)
	Input       Input
	Choices     []FieldChoice           // of radio buttons and menus
	Chosen      []string                // values or IDs chosen beforehand
	Types       []discordgo.ChannelType // kinds of channels that are offered; none is all
}

// FieldChoice is one value that a form offers.
type FieldChoice struct {
	Value string // at most 100 characters, and nobody sees it
	Label string // at most 100 characters
	Hint  string // at most 100 characters
}

// Component types that discordgo does not have in the shape Discord wants today; the numbers are those of Discord's
// "Component Reference".
const (
	typeTextInput = int(discordgo.TextInputComponent)
	typeLabel     = 18
	typeUpload    = 19
	typeRadio     = 21
	typeCheckbox  = 23
)

// componentType is the number that Discord has for the input.
func (n Input) componentType() int {
	switch n {
	case RadioInput:
		return typeRadio
	case MenuInput:
		return int(discordgo.SelectMenuComponent)
	case UserInput:
		return int(discordgo.UserSelectMenuComponent)
	case RoleInput:
		return int(discordgo.RoleSelectMenuComponent)
	case ChannelInput:
		return int(discordgo.ChannelSelectMenuComponent)
	case UploadInput:
		return typeUpload
	case CheckboxInput:
		return typeCheckbox
	}
	return typeTextInput
}

func (m Modal) payload() map[string]any {
	labels := make([]any, 0, len(m.Fields))
	for _, f := range m.Fields {
		label := map[string]any{"type": typeLabel, "label": f.Label, "component": f.payload()}
		setText(label, "description", f.Hint)
		labels = append(labels, label)
	}
	return map[string]any{"custom_id": m.ID, "title": m.Title, "components": labels}
}

func (f Field) payload() map[string]any {
	input := map[string]any{"type": f.Input.componentType(), "custom_id": f.ID}
	if f.Input != CheckboxInput {
		input["required"] = !f.Optional
	}
	switch f.Input {
	case TextInput:
		f.text(input)
	case RadioInput:
		f.choices(input)
	case MenuInput:
		f.choices(input)
		f.several(input)
	case UserInput:
		f.beforehand(input, "user")
	case RoleInput:
		f.beforehand(input, "role")
	case ChannelInput:
		f.beforehand(input, "channel")
		if len(f.Types) > 0 {
			input["channel_types"] = f.Types
		}
	case UploadInput:
		f.several(input)
	case CheckboxInput:
		input["default"] = f.Value == "true"
	}
	return input
}

func (f Field) text(input map[string]any) {
	input["style"] = discordgo.TextInputShort
	if f.Long {
		input["style"] = discordgo.TextInputParagraph
	}
	setText(input, "placeholder", f.Placeholder)
	setText(input, "value", f.Value)
	if f.Min > 0 {
		input["min_length"] = f.Min
	}
	if f.Max > 0 {
		input["max_length"] = f.Max
	}
}

func (f Field) choices(input map[string]any) {
	options := make([]any, 0, len(f.Choices))
	for _, c := range f.Choices {
		option := map[string]any{"value": c.Value, "label": c.Label}
		setText(option, "description", c.Hint)
		if slices.Contains(f.Chosen, c.Value) {
			option["default"] = true
		}
		options = append(options, option)
	}
	input["options"] = options
}

// several says how many values there may be. None are enough where the field is optional.
func (f Field) several(input map[string]any) {
	low := max(f.Min, 1)
	if f.Optional {
		low = f.Min
	}
	input["min_values"], input["max_values"] = low, max(f.Max, low, 1)
	if f.Input != UploadInput {
		setText(input, "placeholder", f.Placeholder)
	}
}

// beforehand fills a menu of things on Discord.
func (f Field) beforehand(input map[string]any, kind string) {
	f.several(input)
	if len(f.Chosen) == 0 {
		return
	}
	values := make([]any, 0, len(f.Chosen))
	for _, id := range f.Chosen {
		values = append(values, map[string]any{"id": id, "type": kind})
	}
	input["default_values"] = values
}

func setText(object map[string]any, key, text string) {
	if text != "" {
		object[key] = text
	}
}
