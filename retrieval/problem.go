package retrieval

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"seedbank/useapi"
)

// Code names why an ask got no seed. Codes are stored: never rename one.
type Code string

// Every way in which an ask ends without a seed.
const (
	NotFound     Code = "not_found"     // the source does not know the job
	Expired      Code = "expired"       // the source no longer has the job
	NotFinished  Code = "not_finished"  // the job still runs; Detail is its status
	Unmade       Code = "unmade"        // the job itself ended without a picture; Detail says how
	Rejected     Code = "rejected"      // the source refused the request as wrong; Detail is its reason
	Unexpected   Code = "unexpected"    // the source refused with a status that means nothing known here; Detail is that and its reason
	Failed       Code = "failed"        // the seed job failed; Detail is the reason
	Moderated    Code = "moderated"     // the seed job was stopped by Midjourney; Detail is the reason
	NoSeed       Code = "no_seed"       // completed, but the answer holds no seed
	Busy         Code = "busy"          // all slots stayed taken
	TokenRefused Code = "token_refused" // 401
	Unpaid       Code = "unpaid"        // 402
	SignedOut    Code = "signed_out"    // 596: the Midjourney account wants a human
	Unavailable  Code = "unavailable"   // no answer, a 5xx, or something that is not the API
	Stopped      Code = "stopped"       // a member stopped it
	TooLong      Code = "too_long"      // no end within the time limit
	CardGone     Code = "card_gone"     // the card that was asked for is not, or no longer, in the history
	Broken       Code = "broken"        // a fault of ours; the log has it
	Unclear      Code = "unclear"       // a generation that may have run: it is unknown what became of it, and it is not sent again
)

// Problem is why an ask got no seed, in a form that can be stored.
type Problem struct {
	Code   Code   `json:"code"`
	Detail string `json:"detail,omitempty"` // the source's own words, plain text, no secret
	By     string `json:"by,omitempty"`     // of Stopped: the member who did, where that is known
}

// Error makes a Problem usable as an error; it is not meant for members.
func (p *Problem) Error() string {
	if p.Detail == "" {
		return string(p.Code)
	}
	return fmt.Sprintf("%s: %s", p.Code, p.Detail)
}

// Retriable tells whether asking again can help.
func (p *Problem) Retriable() bool {
	switch p.Code {
	case Expired, Unmade, Rejected, CardGone, Unclear: // the last might be made twice
		return false
	}
	return true
}

// ForOwner tells whether nobody but the one who runs the bot can mend it.
func (p *Problem) ForOwner() bool {
	return p.Code == TokenRefused || p.Code == Unpaid || p.Code == SignedOut
}

// problemOf translates an error of the source. It never returns nil.
func problemOf(err error) *Problem {
	if p, ok := errors.AsType[*Problem](err); ok {
		return p
	}
	detail := ""
	if e, ok := errors.AsType[*useapi.Error](err); ok {
		detail = e.Message
	}
	for _, k := range []struct {
		is   error
		code Code
	}{
		{useapi.ErrNotCompleted, NotFinished},
		{useapi.ErrUnmade, Unmade},
		{useapi.ErrUnauthorized, TokenRefused},
		{useapi.ErrNoSubscription, Unpaid},
		{useapi.ErrAccounts, SignedOut},
		{useapi.ErrRateLimited, Busy},
		{useapi.ErrServer, Unavailable},
		{useapi.ErrNotJSON, Unavailable}, // a 404 or 410 in HTML says nothing about the job
		{useapi.ErrNotFound, NotFound},
		{useapi.ErrExpired, Expired},
		{useapi.ErrBadRequest, Rejected},
	} {
		if errors.Is(err, k.is) {
			return &Problem{Code: k.code, Detail: detail}
		}
	}
	if e, ok := errors.AsType[*useapi.Error](err); ok && e.Status >= http.StatusOK && e.Status < http.StatusInternalServerError {
		if e.Status >= http.StatusBadRequest { // a refusal under a 2xx has nothing but its words
			detail = strings.TrimSuffix(fmt.Sprintf("%d: %s", e.Status, detail), ": ")
		}
		return &Problem{Code: Unexpected, Detail: detail}
	}
	return &Problem{Code: Unavailable}
}

// errUndeliverable marks an answer that no channel takes.
var errUndeliverable = errors.New("nobody can be told")

// Undeliverable marks err as final: the answer stays in the history and the
// ask ends. For the desk.
func Undeliverable(err error) error { return fmt.Errorf("%w: %w", errUndeliverable, err) }
