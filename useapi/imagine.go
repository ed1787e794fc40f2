package useapi

import (
	"context"
	"fmt"
	"iter"
	"net/http"
	"strings"
	"unicode/utf8"
)

// maxPrompt is the documented limit of a prompt, in characters.
const maxPrompt = 5000

// ImagineRequest asks for a new grid of four pictures. It costs time of the Midjourney account, and asking again makes
// another grid: unlike a seed's, such a request must not be repeated unless it is known to have begun nothing.
//
// Source: https://useapi.net/docs/api-midjourney-v3/post-midjourney-jobs-imagine
type ImagineRequest struct {
	Prompt   string // with its parameters
	Channel  string // Discord channel id of the account that shall make it; empty for any with room
	ReplyURL string // optional; the service posts the job there as it changes
	ReplyRef string // optional; comes back as Request.ReplyRef
}

func (r ImagineRequest) check() error {
	switch {
	case strings.TrimSpace(r.Prompt) == "":
		return fmt.Errorf("there is no prompt")
	case utf8.RuneCountInString(r.Prompt) > maxPrompt:
		return fmt.Errorf("the prompt is longer than %d characters", maxPrompt)
	case r.Channel != "" && !isChannel(r.Channel):
		return fmt.Errorf("the channel must be a Discord channel id (digits only)")
	}
	return checkReply(r.ReplyURL, r.ReplyRef)
}

func (r ImagineRequest) call(stream bool) (call, error) {
	if err := r.check(); err != nil {
		return call{}, fmt.Errorf("useapi: imagine: %w", err)
	}
	q := call{method: http.MethodPost, path: apiPath + "/jobs/imagine", body: struct {
		Prompt   string `json:"prompt"`
		Channel  string `json:"channel,omitempty"`
		Stream   bool   `json:"stream"`
		ReplyURL string `json:"replyUrl,omitempty"`
		ReplyRef string `json:"replyRef,omitempty"`
	}{r.Prompt, r.Channel, stream, r.ReplyURL, r.ReplyRef}}
	if stream {
		q.accept = acceptStream
	}
	return q, nil
}

// Imagine asks for a new grid and follows the job until it ends, well or not. It behaves and fails like Seed, but for
// one thing: after ErrStreamCut, and after an *Error that is ErrServer, the job may run, and asking again would make
// another.
func (c *Client) Imagine(ctx context.Context, req ImagineRequest) iter.Seq2[Event, error] {
	return c.follow(ctx, req)
}

// ImagineAsync asks for a new grid without waiting: the job is just created, and Job tells how it goes on.
func (c *Client) ImagineAsync(ctx context.Context, req ImagineRequest) (*Job, error) {
	return c.begin(ctx, req)
}
