package bot

import (
	"errors"
	"fmt"
	"net/http"

	"github.com/bwmarrin/discordgo"
)

var (
	// ErrTokenRefused says that Discord does not accept the bot token (HTTP 401 on a bot route, or gateway close 4004).
	ErrTokenRefused = errors.New("discord refuses the bot token: check DISCORD_TOKEN, or reset the token in the developer portal")

	// ErrGatewayLost says that no gateway connection could be had for Config.GatewayPatience. The process should end
	// and be started anew by its supervisor.
	ErrGatewayLost = errors.New("discord gateway lost")

	// ErrReplyGone says that an interaction can no longer be answered through its token: it was not acknowledged in
	// three seconds, its fifteen minutes are over, or its message was deleted. Nothing sent through the token can
	// arrive any more; a channel message still may.
	ErrReplyGone = errors.New("the interaction can no longer be answered")

	// ErrAlreadyAcknowledged says that somebody else acknowledged this interaction first, mostly a second process that
	// runs with the same token. Whoever gets it must leave the work to the other.
	ErrAlreadyAcknowledged = errors.New("the interaction was acknowledged by another process")

	// ErrChannelRefused says that the bot may not read or write in a channel, or that the channel is gone.
	ErrChannelRefused = errors.New("discord does not let the bot into this channel")

	// ErrNotFound says that what was asked for does not exist or is not visible to the bot.
	ErrNotFound = errors.New("not found on discord")
)

// Codes of Discord's JSON errors that change what happens next; the list is Discord's "Opcodes and Status Codes" page.
const (
	codeUnknownChannel     = 10003
	codeUnknownMessage     = 10008
	codeUnknownWebhook     = 10015
	codeUnknownInteraction = 10062
	codeAlreadyAcked       = 40060
	codeMissingAccess      = 50001
	codeCannotDM           = 50007
	codeMissingPermissions = 50013
	codeTokenExpired       = 50027
)

// APIError is a refusal by Discord's REST API. It never holds a token: the route is given without it.
type APIError struct {
	Status  int    // HTTP status
	Code    int    // Discord's own code, 0 when the body held none
	Message string // Discord's words, shortened
	Route   string // method and path, tokens replaced by "…"

	bot bool // the route is used with the bot token, not with that of an interaction
}

// Error tells route, status, code and Discord's words.
func (e *APIError) Error() string {
	if e.Code == 0 {
		return fmt.Sprintf("%s: discord answered %d: %s", e.Route, e.Status, e.Message)
	}
	return fmt.Sprintf("%s: discord answered %d (code %d): %s", e.Route, e.Status, e.Code, e.Message)
}

// Is maps Discord's codes to this package's sentinels.
func (e *APIError) Is(target error) bool {
	switch target {
	case ErrReplyGone:
		return !e.bot && (e.Status == http.StatusUnauthorized || e.Code == codeTokenExpired ||
			e.Code == codeUnknownWebhook || e.Code == codeUnknownInteraction || e.Code == codeUnknownMessage)
	case ErrAlreadyAcknowledged:
		return e.Code == codeAlreadyAcked
	case ErrChannelRefused:
		return e.Code == codeMissingAccess || e.Code == codeMissingPermissions ||
			e.Code == codeUnknownChannel || e.Code == codeCannotDM
	case ErrTokenRefused:
		return e.bot && e.Status == http.StatusUnauthorized
	case ErrNotFound:
		return e.Status == http.StatusNotFound
	}
	return false
}

// UserError is the only kind of error that reaches a member word for word. It says what happened, why, and what to do
// next, in Discord's markdown. A handler returns it; the router shows it to the asker alone, also after a public Defer,
// whose "thinking…" it takes back then: a handler that has filled that answer, or given it to an ask, returns none.
type UserError struct {
	Text string
}

// Refuse makes a UserError: Refuse("**No such card.** This server has no #142. /seeds history lists its cards.").
func Refuse(text string) *UserError { return &UserError{Text: text} }

// Error is the text that the member reads.
func (e *UserError) Error() string { return e.Text }

// Below is err with something that stands below its words when a handler returns it and the router tells it, such as a
// row with a button.
func Below(err error, parts ...discordgo.MessageComponent) error { return &below{err, parts} }

type below struct {
	error
	parts []discordgo.MessageComponent
}

func (b *below) Unwrap() error { return b.error }
