package useapi

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"unicode/utf8"
)

const (
	maxReply     = 1024 // characters that replyUrl and replyRef may have, by the documents
	acceptStream = "text/event-stream, application/json"
)

// SeedRequest asks for the seed and the four images of a finished image job.
//
// The service does this once for each parent; asking again gives what there is already.
// Source: https://useapi.net/docs/api-midjourney-v3/post-midjourney-jobs-seed
type SeedRequest struct {
	JobID    string // the parent, of API v3
	ReplyURL string // optional; the service posts the job there as it changes
	ReplyRef string // optional; comes back as Request.ReplyRef
}

func (r SeedRequest) check() error {
	if _, err := parent(r.JobID); err != nil {
		return err
	}
	return checkReply(r.ReplyURL, r.ReplyRef)
}

func checkReply(url, ref string) error {
	switch {
	case utf8.RuneCountInString(url) > maxReply:
		return fmt.Errorf("the reply URL is longer than %d characters", maxReply)
	case utf8.RuneCountInString(ref) > maxReply:
		return fmt.Errorf("the reply reference is longer than %d characters", maxReply)
	}
	return nil
}

func (r SeedRequest) call(stream bool) (call, error) {
	if err := r.check(); err != nil {
		return call{}, fmt.Errorf("useapi: ask for a seed: %w", err)
	}
	id, _ := parent(r.JobID)
	q := call{method: http.MethodPost, path: apiPath + "/jobs/seed", body: struct {
		JobID    string `json:"jobId"`
		Stream   bool   `json:"stream"`
		ReplyURL string `json:"replyUrl,omitempty"`
		ReplyRef string `json:"replyRef,omitempty"`
	}{id.String(), stream, r.ReplyURL, r.ReplyRef}, about: id.String()}
	if stream {
		q.accept = acceptStream
	}
	return q, nil
}

// Seed asks for a seed and follows the job until it ends, well or not: the last event has a Job that is Final. An
// error comes last and alone. If the caller breaks out, or ctx ends, the connection is closed; the service keeps the
// slot of such a job for up to 14 minutes unless it is cancelled.
//
// The errors: *Error if the service refused or sent an error event; ErrStreamCut if the request may have reached the
// service but its end was not seen, so that the job may go on (read it by Job if an event told its id; asking again
// is harmless); ctx's own; any other means that the request never left.
//
// Nothing is sent before the iterator runs, and each run asks anew.
func (c *Client) Seed(ctx context.Context, req SeedRequest) iter.Seq2[Event, error] {
	return c.follow(ctx, req)
}

// SeedAsync asks for a seed without waiting: the job is mostly just created, and Job tells how it goes on. If the
// seed was asked for before, it may be completed.
func (c *Client) SeedAsync(ctx context.Context, req SeedRequest) (*Job, error) {
	return c.begin(ctx, req)
}

// order is a request that makes a job: a SeedRequest or an ImagineRequest.
type order interface {
	call(stream bool) (call, error)
}

// follow sends an order when it is iterated, and gives the job's events until its end.
func (c *Client) follow(ctx context.Context, o order) iter.Seq2[Event, error] {
	return func(yield func(Event, error) bool) {
		q, err := o.call(true)
		if err != nil {
			yield(Event{}, err)
			return
		}
		c.stream(ctx, q, yield)
	}
}

// begin sends an order and gives the job as it was made.
func (c *Client) begin(ctx context.Context, o order) (*Job, error) {
	q, err := o.call(false)
	if err != nil {
		return nil, err
	}
	return c.jobOf(ctx, q)
}

// asError gives the *Error in err, nil if there is none.
func asError(err error) *Error {
	e, _ := errors.AsType[*Error](err)
	return e
}
