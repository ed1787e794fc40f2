package useapi

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// call is one request; every request of the package goes through send.
type call struct {
	method string
	path   string // below the base URL, escaped
	body   any    // sent as JSON; nil for none
	accept string

	job   string // the job that is read; "" if it has no name yet
	about string // the job that is asked about, whose children may answer; "" for none
}

func (q call) String() string { return q.method + " " + q.path }

// concerns tells whether a job, whose own parent is parent, may be the one that was asked for. Where the answer has
// named its job before, it is that one, or the very job that was asked about, or another child of it: a seed that was
// asked for before may come so. A job that names neither itself nor a parent is taken, since nothing speaks against it.
func (q call) concerns(named, job, parent string) bool {
	switch {
	case job == "" || strings.EqualFold(job, named):
		return true
	case q.about != "" && (strings.EqualFold(job, q.about) || strings.EqualFold(parent, q.about)):
		return true
	}
	return named == "" && (q.about == "" || parent == "")
}

// send builds the request, adds the token and sends it. The caller closes the body. Its errors are those of the
// transport: an answer of whatever status is none.
func (c *Client) send(ctx context.Context, q call) (*http.Response, error) {
	var body io.Reader
	if q.body != nil {
		raw, err := json.Marshal(q.body)
		if err != nil {
			return nil, fmt.Errorf("useapi: %s: %w", q, err)
		}
		body = bytes.NewReader(raw)
	}
	req, err := http.NewRequestWithContext(ctx, q.method, c.base.String()+q.path, body)
	if err != nil {
		return nil, fmt.Errorf("useapi: %s: %w", q, c.quiet(err))
	}
	c.authorize(req.Header)
	req.Header.Set("User-Agent", c.agent)
	req.Header.Set("Accept", either(q.accept, "application/json"))
	if q.body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	start := time.Now()
	resp, err := c.http.Do(req)
	c.trace(ctx, q, resp, err, start)
	if err != nil {
		if outer, ok := errors.AsType[*url.Error](err); ok {
			err = outer.Err // it would name the method and the path again
		}
		return nil, fmt.Errorf("useapi: %s: %w", q, c.quiet(err))
	}
	return resp, nil
}

func (c *Client) trace(ctx context.Context, q call, resp *http.Response, err error, start time.Time) {
	if c.log == nil {
		return
	}
	took := time.Since(start).Round(time.Millisecond)
	if err != nil {
		c.log.DebugContext(ctx, "useapi call", "method", q.method, "path", q.path, "error", c.quiet(err), "took", took)
		return
	}
	c.log.DebugContext(ctx, "useapi call", "method", q.method, "path", q.path, "status", resp.StatusCode, "took", took)
}

// do makes a call that is no stream and gives the whole answer of a success; anything else is an *Error.
func (c *Client) do(ctx context.Context, q call) (answer, error) {
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	resp, err := c.send(ctx, q)
	if err != nil {
		return answer{}, err
	}
	defer resp.Body.Close()
	return c.read(q, resp)
}

// jobOf makes a call that answers with a job.
func (c *Client) jobOf(ctx context.Context, q call) (*Job, error) {
	a, err := c.do(ctx, q)
	if err != nil {
		return nil, err
	}
	return c.asJob(q, a)
}

// Job reads a job. Jobs are kept for 62 days and are ErrExpired after that.
func (c *Client) Job(ctx context.Context, id string) (*Job, error) {
	id, err := known(id)
	if err != nil {
		return nil, fmt.Errorf("useapi: read job: %w", err)
	}
	return c.jobOf(ctx, call{method: http.MethodGet, path: apiPath + "/jobs/" + id, job: id})
}

// CancelJob stops a running job: it becomes failed with the error "Job cancelled by user", and its slot is free. What
// the service says to a job that has ended already is not documented.
func (c *Client) CancelJob(ctx context.Context, id string) error {
	id, err := known(id)
	if err != nil {
		return fmt.Errorf("useapi: cancel job: %w", err)
	}
	_, err = c.do(ctx, call{method: http.MethodDelete, path: apiPath + "/jobs/" + id})
	return err
}

// ResetAccount clears the error of a Midjourney account, named by its Discord channel, after a person has seen to it.
func (c *Client) ResetAccount(ctx context.Context, channel string) error {
	if !isChannel(channel) {
		return fmt.Errorf("useapi: reset account: the channel must be a Discord channel id (digits only)")
	}
	_, err := c.do(ctx, call{method: http.MethodPost, path: apiPath + "/accounts/reset/" + channel})
	return err
}

// isChannel tells whether s can be a Discord channel id.
func isChannel(s string) bool {
	return s != "" && len(s) <= 20 && strings.Trim(s, "0123456789") == ""
}
