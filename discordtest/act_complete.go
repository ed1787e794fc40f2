package discordtest

import (
	"context"
	"fmt"
)

// Choice is one suggestion of an autocomplete. Numbers are written in decimal.
type Choice struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Complete types text into an option that has autocomplete; others are the
// options filled in so far. Choices gives what the application suggests.
func (u *User) Complete(c *Channel, path, option, text string, others Options) *Interaction {
	return u.callCommand(c, path, others, option, text)
}

// Choices waits for the suggestions of an autocomplete.
func (i *Interaction) Choices(ctx context.Context) ([]Choice, error) {
	callback, err := i.Acknowledged(ctx)
	if err != nil {
		return nil, err
	}
	if callback != callbackAutocomplete {
		return nil, fmt.Errorf("await choices: %w: type %d", ErrOtherAnswer, callback)
	}
	i.s.mu.Lock()
	defer i.s.mu.Unlock()
	return append([]Choice{}, i.choices...), nil
}
