package discordtest

import "errors"

// Kind is Discord's interaction type.
type Kind int

// The kinds of interactions that users make here.
const (
	KindCommand      Kind = 2
	KindComponent    Kind = 3
	KindAutocomplete Kind = 4
	KindModal        Kind = 5
)

// Callback types of Discord's interaction responses.
const (
	callbackMessage      = 4
	callbackDefer        = 5
	callbackDeferUpdate  = 6
	callbackUpdate       = 7
	callbackAutocomplete = 8
	callbackModal        = 9
)

// How waits on an interaction can end without what was waited for.
var (
	// ErrNoAnswer is what a Discord user reads when the three seconds, or the
	// fifteen minutes of "thinking…", went by.
	ErrNoAnswer = errors.New("the application did not respond")
	// ErrDeleted tells that the answer was deleted.
	ErrDeleted = errors.New("the answer was deleted")
	// ErrOtherAnswer tells that the application answered in another way than was
	// waited for, for instance with a modal.
	ErrOtherAnswer = errors.New("the application answered in another way")
	// ErrRefusedByClient is the kind of every Interaction.Err: Discord's client
	// would not have let the user do this, and the application heard nothing.
	ErrRefusedByClient = errors.New("discord's client does not allow this")
)
