package commands

import (
	"context"
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

// on lets a handler that changes its message see only messages of a kind, and the refusal of the form that it takes.
func on(k kind, h bot.Handler) bot.Handler {
	return onlyOn(h, func(i *bot.Interaction, id bot.CustomID) bool {
		return slices.Contains(k, id.Verb) ||
			id.Verb == verbRetype && bot.ID(formOf(id).Verb, formOf(id).Args...) == bot.ID(i.CustomID.Verb, i.CustomID.Args...)
	})
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
