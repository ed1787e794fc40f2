package bot

import "github.com/bwmarrin/discordgo"

// Modal is a form. Its answer arrives at the handler of the verb in ID, with the texts in Interaction.Fields.
type Modal struct {
	ID     string // from ID
	Title  string // at most 45 characters
	Fields []Field
}

// Field is one text field of a form.
type Field struct {
	ID          string // key in Interaction.Fields
	Label       string // at most 45 characters
	Hint        string // under the label, at most 100 characters
	Placeholder string // at most 100 characters
	Value       string // filled in beforehand
	Long        bool   // several lines
	Optional    bool
	Min, Max    int // characters; 0 is Discord's own bound (none, and 4000)
}

// Component types that discordgo does not have in the shape Discord wants today: a text input inside a label.
const (
	typeTextInput = int(discordgo.TextInputComponent)
	typeLabel     = 18
)

func (m Modal) payload() map[string]any {
	labels := make([]any, 0, len(m.Fields))
	for _, f := range m.Fields {
		input := map[string]any{
			"type": typeTextInput, "custom_id": f.ID, "style": discordgo.TextInputShort, "required": !f.Optional,
		}
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
		label := map[string]any{"type": typeLabel, "label": f.Label, "component": input}
		setText(label, "description", f.Hint)
		labels = append(labels, label)
	}
	return map[string]any{"custom_id": m.ID, "title": m.Title, "components": labels}
}

func setText(object map[string]any, key, text string) {
	if text != "" {
		object[key] = text
	}
}

func textOnly(text string) []discordgo.MessageComponent {
	return []discordgo.MessageComponent{discordgo.TextDisplay{Content: text}}
}
