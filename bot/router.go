package bot

import (
	"context"
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"
)

// Handler serves one interaction in a goroutine of its own. It acknowledges within three seconds (Defer, Respond,
// Update, DeferUpdate, ShowModal) and only then begins what costs anything. Its ctx lives as long as the reply can,
// and ends early when the bot has to stop. A *UserError is shown to the member as it is; any other error is logged
// and the member is told that something went wrong. A panic is such an error.
type Handler func(ctx context.Context, i *Interaction) error

// Choice is one suggestion of an autocomplete: the name is shown, the value is what the command gets.
type Choice struct {
	Name  string
	Value string
}

// Command is a command as Discord shows it, with what it does.
type Command struct {
	*discordgo.ApplicationCommand
	Handle Handler
	// Autocomplete gives suggestions for the option named by Interaction.Focused; nil where no option asks for any.
	// Its errors are logged, and the member sees an empty list.
	Autocomplete func(ctx context.Context, i *Interaction) ([]Choice, error)
}

// Limits of an autocomplete answer.
const (
	maxChoices    = 25
	maxChoiceText = 100
)

// offered is what of the choices Discord accepts, in its JSON: the first 25, long names cut, values that are too long
// left out since a cut value would mean something else.
func offered(choices []Choice) []any {
	list := make([]any, 0, len(choices))
	for _, c := range choices {
		if c.Name == "" || utf8.RuneCountInString(c.Value) > maxChoiceText || len(list) == maxChoices {
			continue
		}
		list = append(list, map[string]any{"name": cut(c.Name, maxChoiceText), "value": c.Value})
	}
	return list
}

type commandKey struct {
	kind discordgo.ApplicationCommandType
	name string
}

// Router knows which handler serves which command, component and modal. Fill it before Run, which tells everything
// that is wrong with it.
type Router struct {
	commands   map[commandKey]Command
	order      []*discordgo.ApplicationCommand
	components map[string]Handler
	modals     map[string]Handler
	failure    func(error) string
	problems   []error
}

// NewRouter makes a router that knows nothing yet.
func NewRouter() *Router {
	return &Router{
		commands: map[commandKey]Command{}, order: []*discordgo.ApplicationCommand{}, // none is an empty list to Discord, never null
		components: map[string]Handler{}, modals: map[string]Handler{},
	}
}

// Command adds commands. Two of the same name may stand beside each other only when they are of different types.
func (r *Router) Command(commands ...Command) {
	for _, c := range commands {
		if c.ApplicationCommand == nil || c.Name == "" || c.Handle == nil {
			r.problems = append(r.problems, errors.New("command without a name, definition or handler"))
			continue
		}
		key := commandKey{kind: c.Type, name: c.Name}
		if key.kind == 0 {
			key.kind = discordgo.ChatApplicationCommand
		}
		if _, taken := r.commands[key]; taken {
			r.problems = append(r.problems, fmt.Errorf("command %q is there twice", c.Name))
			continue
		}
		r.commands[key] = c
		r.order = append(r.order, c.ApplicationCommand)
	}
}

// Component sends presses and choices whose custom ID has the verb to the handler.
func (r *Router) Component(verb string, h Handler) { r.add("component", r.components, verb, h) }

// Modal sends filled forms whose custom ID has the verb to the handler.
func (r *Router) Modal(verb string, h Handler) { r.add("modal", r.modals, verb, h) }

// Failures gives words for errors that are no *UserError, "" for those of which only the log says more.
func (r *Router) Failures(words func(error) string) { r.failure = words }

func (r *Router) add(what string, handlers map[string]Handler, verb string, h Handler) {
	switch _, taken := handlers[verb]; {
	case verb == "" || h == nil:
		r.problems = append(r.problems, fmt.Errorf("%s %q without a verb or handler", what, verb))
	case taken:
		r.problems = append(r.problems, fmt.Errorf("%s %q is there twice", what, verb))
	default:
		handlers[verb] = h
	}
}

// Words for calls that no handler is there for; they come from buttons and command lists older or newer than this
// program.
const (
	unknownCommand   = "**I don't know this command.** It may belong to another version of me. Reload Discord (Ctrl+R) and try again in a minute."
	unknownComponent = "**This button no longer works.** It belongs to another version of me. Run the command again to get a new one."
)

// find is the handler for an interaction, or one that says kindly that there is none.
func (r *Router) find(i *Interaction, kind discordgo.ApplicationCommandType) Handler {
	var h Handler
	words := unknownComponent
	switch i.Kind {
	case KindCommand:
		h, words = r.commands[commandKey{kind: kind, name: i.Command}].Handle, unknownCommand
	case KindAutocomplete:
		complete := r.commands[commandKey{kind: kind, name: i.Command}].Autocomplete
		return func(ctx context.Context, i *Interaction) error { return suggestions(ctx, i, complete) }
	case KindComponent:
		h = r.components[i.CustomID.Verb]
	case KindModal:
		h = r.modals[i.CustomID.Verb]
	}
	if h == nil {
		return func(context.Context, *Interaction) error { return Refuse(words) }
	}
	return h
}

func suggestions(ctx context.Context, i *Interaction, complete func(context.Context, *Interaction) ([]Choice, error)) error {
	var choices []Choice
	var err error
	if complete != nil {
		ctx, cancel := context.WithTimeout(ctx, autocompleteTime)
		defer cancel()
		choices, err = complete(ctx, i)
	}
	if err != nil {
		choices = nil
	}
	return errors.Join(err, i.suggest(ctx, choices))
}
