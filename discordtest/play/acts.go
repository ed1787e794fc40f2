package play

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"seedbank/discordtest"
)

// completeTime is a little more than an application has for its suggestions.
const completeTime = 4 * time.Second

// act is what a user does. Which fields count is told beside each of acts.
type act struct {
	As          string           `json:"as"` // user id
	Channel     string           `json:"channel"`
	Command     string           `json:"command"` // with its subcommands, "settings show"; of menus the name alone
	Options     []option         `json:"options"`
	Option      string           `json:"option"` // complete: the one that is being typed
	Text        string           `json:"text"`
	Message     string           `json:"message"`
	User        string           `json:"user"`
	Component   string           `json:"component"` // custom_id
	Values      []string         `json:"values"`
	Interaction string           `json:"interaction"` // whose modal is submitted
	Fields      map[string]field `json:"fields"`      // by custom_id

	s       *discordtest.Server
	user    *discordtest.User
	channel *discordtest.Channel
	message *discordtest.Message // nil when there is none
	uploads []discordtest.Upload
}

// errWrong is for requests that no page of good will sends.
var errWrong = errors.New("the request makes no sense")

// acts are what users can do. Each gives what is answered, as JSON.
func acts() map[string]func(context.Context, *act) (any, error) {
	return map[string]func(context.Context, *act) (any, error){
		"slash":    slash,    // channel, command, options
		"complete": complete, // channel, command, option, text, options
		"use":      use,      // channel, command, and message or user
		"press":    press,    // channel, message, component
		"choose":   choose,   // channel, message, component, values
		"submit":   submit,   // interaction, fields
		"say":      say,      // channel, text, files; message is the one replied to
		"edit":     edit,     // channel, message, text
		"delete":   remove,   // channel, message: deletes, or dismisses what is ephemeral
	}
}

func (b *Bridge) act(w http.ResponseWriter, r *http.Request, do func(context.Context, *act) (any, error)) {
	a, err := b.read(w, r)
	if err != nil {
		refuse(w, http.StatusBadRequest, err.Error())
		return
	}
	answer, err := do(r.Context(), a)
	switch {
	case errors.Is(err, errWrong):
		refuse(w, http.StatusBadRequest, err.Error())
	case err != nil:
		refuse(w, http.StatusConflict, err.Error())
	default:
		write(w, http.StatusOK, answer)
	}
}

// find puts things in the place of their ids.
func (a *act) find() error {
	if a.user = a.s.User(a.As); a.user == nil || a.user.Bot {
		return fmt.Errorf("%w: there is no user %q to act as", errWrong, a.As)
	}
	if a.channel = a.s.Channel(a.Channel); a.channel == nil && a.Interaction == "" {
		return fmt.Errorf("%w: there is no channel %q", errWrong, a.Channel)
	}
	if a.channel != nil && a.Message != "" {
		a.message = a.s.Message(a.Channel, a.Message)
	}
	return nil
}

func slash(_ context.Context, a *act) (any, error) {
	o, err := a.options()
	if err != nil {
		return nil, err
	}
	return a.user.Slash(a.channel, a.Command, o).View(), nil
}

func complete(ctx context.Context, a *act) (any, error) {
	o, err := a.options()
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, completeTime)
	defer cancel()
	choices, err := a.user.Complete(a.channel, a.Command, a.Option, a.Text, o).Choices(ctx)
	return map[string]any{"choices": choices}, err
}

func use(_ context.Context, a *act) (any, error) {
	if a.User == "" {
		return a.user.UseOnMessage(a.channel, a.Command, a.message).View(), nil
	}
	return a.user.UseOnUser(a.channel, a.Command, a.s.User(a.User)).View(), nil
}

func press(_ context.Context, a *act) (any, error) {
	return a.user.Press(a.message, a.Component).View(), nil
}

func choose(_ context.Context, a *act) (any, error) {
	return a.user.Choose(a.message, a.Component, a.Values...).View(), nil
}

func submit(_ context.Context, a *act) (any, error) {
	i := a.s.Interaction(a.Interaction)
	if i == nil || i.View().User != a.user.ID {
		return nil, fmt.Errorf("%w: this user has no such modal", errWrong)
	}
	fields := map[string]any{}
	for name, f := range a.Fields {
		v, err := f.value(a.uploads)
		if err != nil {
			return nil, fmt.Errorf("%w: field %q: %w", errWrong, name, err)
		}
		fields[name] = v
	}
	return i.Submit(fields).View(), nil
}

func say(_ context.Context, a *act) (any, error) {
	var o []discordtest.SayOption
	for _, up := range a.uploads {
		o = append(o, discordtest.WithUpload(up))
	}
	if a.message != nil {
		o = append(o, discordtest.ReplyTo(a.message))
	}
	if m := a.user.Say(a.channel, a.Text, o...); m != nil {
		return m, nil
	}
	return nil, errors.New("your message could not be delivered: you may not write here")
}

func edit(_ context.Context, a *act) (any, error) {
	if m := a.user.Edit(a.message, a.Text); m != nil {
		return m, nil
	}
	return nil, errors.New("this message is not yours to edit")
}

func remove(_ context.Context, a *act) (any, error) {
	if a.message == nil || !a.user.Delete(a.message) {
		return nil, errors.New("this message is not yours to delete")
	}
	return struct{}{}, nil
}

// field is the value of one input of a modal: text, true or false, a list of values, or {"files": [0]} with the places
// of uploads in the request.
type field struct{ raw json.RawMessage }

// UnmarshalJSON keeps the value until its kind is asked for.
func (f *field) UnmarshalJSON(raw []byte) error {
	f.raw = append(f.raw[:0], raw...)
	return nil
}

func (f *field) value(uploads []discordtest.Upload) (any, error) {
	var v any
	if err := json.Unmarshal(f.raw, &v); err != nil {
		return nil, fmt.Errorf("read the value: %w", err)
	}
	switch v := v.(type) {
	case string, bool:
		return v, nil
	case []any:
		var values []string
		err := json.Unmarshal(f.raw, &values)
		return values, err
	case map[string]any:
		var chosen struct {
			Files []int `json:"files"`
		}
		if err := json.Unmarshal(f.raw, &chosen); err != nil {
			return nil, fmt.Errorf("read the files: %w", err)
		}
		files := []discordtest.Upload{}
		for _, n := range chosen.Files {
			if n < 0 || n >= len(uploads) {
				return nil, fmt.Errorf("file %d is missing", n)
			}
			files = append(files, uploads[n])
		}
		return files, nil
	}
	return nil, errors.New("the value is of no known kind")
}
