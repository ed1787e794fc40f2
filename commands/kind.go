package commands

import (
	"context"
	"encoding/json"
	"slices"

	"seedbank/bot"
)

// kind is what messages of ours have in common that are changed by the same presses: each holds a component of one of
// these verbs. A press tells which message it changes, and may be forged, or older than what the message shows by now.
type kind []string

// The kinds of messages that change where they stand, beside cards, which showsCard tells.
func listKind() kind     { return kind{verbPage, verbFind, verbFilter} }
func recipesKind() kind  { return kind{verbRecipePage} }
func settingsKind() kind { return kind{verbSettings, verbSet, verbSetForm} }
func auditKind() kind    { return kind{verbAudit} }

// on lets a handler that changes its message see only messages of a kind.
func on(k kind, h bot.Handler) bot.Handler {
	return onlyOn(h, func(_ *bot.Interaction, id bot.CustomID) bool { return slices.Contains(k, id.Verb) })
}

// onItself lets a handler that changes its message see only messages that hold the very component it is called for.
func onItself(h bot.Handler) bot.Handler {
	return onlyOn(h, func(i *bot.Interaction, id bot.CustomID) bool {
		return id.Verb == i.CustomID.Verb && slices.Equal(id.Args, i.CustomID.Args)
	})
}

func onlyOn(h bot.Handler, fits func(i *bot.Interaction, id bot.CustomID) bool) bot.Handler {
	return func(ctx context.Context, i *bot.Interaction) error {
		for _, raw := range customIDs(i.Message) {
			if id, ours := bot.ParseID(raw); ours && fits(i, id) {
				return h(ctx, i)
			}
		}
		return bot.Refuse(textNoChoice)
	}
}

// customIDs are those of a message's buttons and menus. Its texts are not looked at: they may say anything.
func customIDs(m *bot.Msg) []string {
	if m == nil {
		return nil
	}
	var tree []component
	if json.Unmarshal(m.Components, &tree) != nil {
		return nil
	}
	return idsIn(tree, nil)
}

// component is a part of a message as far as it can be pressed.
type component struct {
	CustomID   string      `json:"custom_id"`
	Components []component `json:"components"`
	Accessory  *component  `json:"accessory"`
}

func idsIn(tree []component, found []string) []string {
	for _, c := range tree {
		if c.CustomID != "" {
			found = append(found, c.CustomID)
		}
		if c.Accessory != nil {
			found = idsIn([]component{*c.Accessory}, found)
		}
		found = idsIn(c.Components, found)
	}
	return found
}
