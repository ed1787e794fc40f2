package useapi

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// What errors of this package can be, for errors.Is. The numbers are HTTP statuses; see Error.Is for which apply when.
var (
	ErrBadRequest     = errors.New("bad request")                              // 400
	ErrNotCompleted   = errors.New("the parent job is not completed")          // 400 that says so; also ErrBadRequest
	ErrUnmade         = errors.New("the parent job ended without a picture")   // 400 that says so; also ErrBadRequest
	ErrUnauthorized   = errors.New("the token was refused")                    // 401
	ErrNoSubscription = errors.New("no subscription")                          // 402
	ErrNotFound       = errors.New("not found")                                // 404
	ErrConflict       = errors.New("conflict")                                 // 409; the job may stand in Error.JobID
	ErrExpired        = errors.New("the job has expired")                      // 410; jobs are kept for 62 days
	ErrRejected       = errors.New("rejected")                                 // 412 and 422
	ErrRateLimited    = errors.New("rate limited")                             // 429; see Error.RetryAfter
	ErrServer         = errors.New("the service failed")                       // 5xx but 596, and an error event
	ErrAccounts       = errors.New("the Midjourney accounts need their owner") // 596

	// ErrNotJSON is an answer that the API did not write: HTML, another type, a redirect, JSON that is no job.
	ErrNotJSON = errors.New("the answer is not the API's")
	// ErrStreamCut means that the outcome is unknown: the job may go on.
	ErrStreamCut = errors.New("the stream ended before the job did")
	// ErrNoSeed is the answer of Job.Seed for a job without one.
	ErrNoSeed = errors.New("the job holds no seed")
	// ErrJobID is what ParseJobID says, and every call that is given such an id.
	ErrJobID = errors.New("not a useapi.net Midjourney job id")
)

// statusAccounts is useapi.net's own status: all Midjourney accounts wait for a human (moderation message, CAPTCHA).
const statusAccounts = 596

// Error is an answer of the service that is not a success. Its text holds neither the token nor HTML.
type Error struct {
	Status     int           // HTTP status; for an error event, and an error under a 2xx, the code it names, if any
	Message    string        // the service's words on one line, at most 500 characters; ours if it sent no JSON
	JobID      string        // the job that is meant, if the service told: the existing one of a 409, that of a stream
	RetryAfter time.Duration // how long to wait, at most an hour; 0 if not told
	Method     string
	Path       string

	foreign bool // not written by the API
	event   bool // an error event, not an answer
}

// Error implements error.
func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "useapi: %s %s: ", e.Method, e.Path)
	switch text := http.StatusText(e.Status); {
	case e.event && e.Status == 0:
		b.WriteString("error event")
	case text == "":
		fmt.Fprintf(&b, "%d", e.Status)
	default:
		fmt.Fprintf(&b, "%d %s", e.Status, text)
	}
	if e.Message != "" {
		b.WriteString(": " + e.Message)
	}
	return b.String()
}

// Is decides, here and nowhere else, what an answer is: target is one of the Err values of this package.
//
// An answer that the API did not write is ErrNotJSON. Besides, its status is believed only where it speaks of the way
// there, which any proxy or gateway may do: 401, 429 and 5xx. What a status says of a job or a subscription takes the
// API's own words: a 404 page of a service that is gone must not be read as "this job does not exist".
func (e *Error) Is(target error) bool {
	switch target {
	case ErrNotJSON:
		return e.foreign
	case ErrServer:
		return e.event || e.Status >= http.StatusInternalServerError && e.Status != statusAccounts
	case ErrAccounts:
		return e.Status == statusAccounts
	case ErrUnauthorized:
		return e.Status == http.StatusUnauthorized
	case ErrRateLimited:
		return e.Status == http.StatusTooManyRequests
	}
	if e.foreign {
		return false
	}
	switch target {
	case ErrBadRequest:
		return e.Status == http.StatusBadRequest
	case ErrNotCompleted:
		return e.Status == http.StatusBadRequest && saysNotCompleted(e.Message) && !saysEnded(e.Message)
	case ErrUnmade:
		return e.Status == http.StatusBadRequest && saysNotCompleted(e.Message) && saysEnded(e.Message)
	case ErrNoSubscription:
		return e.Status == http.StatusPaymentRequired
	case ErrNotFound:
		return e.Status == http.StatusNotFound
	case ErrConflict:
		return e.Status == http.StatusConflict
	case ErrExpired:
		return e.Status == http.StatusGone
	case ErrRejected:
		return e.Status == http.StatusPreconditionFailed || e.Status == http.StatusUnprocessableEntity
	}
	return false
}

// saysNotCompleted recognises `Parent job status is "progress", must be "completed" to get seed`.
func saysNotCompleted(message string) bool {
	m := strings.ToLower(message)
	return strings.Contains(m, "status") && strings.Contains(m, "completed")
}

// saysEnded tells that such a status is the end of a job: it will never be completed.
func saysEnded(message string) bool {
	m := strings.ToLower(message)
	for _, end := range []string{StatusFailed, StatusModerated, StatusCancelled, "canceled"} {
		if strings.Contains(m, `"`+end+`"`) {
			return true
		}
	}
	return false
}
