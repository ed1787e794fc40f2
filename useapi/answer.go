package useapi

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"time"
)

const (
	maxAnswer     = 1 << 20 // bytes of an answer, and of one event of a stream
	maxRetryAfter = time.Hour
)

// answer is the whole body of a success.
type answer struct {
	status int
	object object // nil if the body is empty
	raw    json.RawMessage
}

// read takes in an answer that is no stream. A body that breaks off is an error of the transport.
func (c *Client) read(q call, resp *http.Response) (answer, error) {
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	ok := resp.StatusCode >= 200 && resp.StatusCode < 300
	if err != nil && ok {
		return answer{}, fmt.Errorf("useapi: read the answer to %s: %w", q, c.quiet(err))
	}
	if err != nil || len(body) > maxAnswer {
		// The status of a failure says enough; that of a success is worth nothing without its body.
		return answer{}, c.foreign(q, resp, "the answer is broken or larger than 1 MiB")
	}
	body = bytes.TrimSpace(bytes.TrimPrefix(body, []byte("\ufeff")))
	a := answer{status: resp.StatusCode, object: asObject(body), raw: body}
	switch {
	case a.object != nil && ok:
		return a, nil
	case a.object != nil:
		return answer{}, c.refusal(q, resp, a.object)
	case len(body) > 0 || isHTML(resp) || resp.StatusCode/100 == 3:
		return answer{}, c.foreign(q, resp, describe(resp, body))
	case ok:
		return a, nil
	}
	return answer{}, c.refusal(q, resp, nil) // accounts answer 404 without a word
}

// asJob reads the job of a success.
func (c *Client) asJob(q call, a answer) (*Job, error) {
	job := jobIn(a.object, a.raw)
	if job == nil {
		return nil, c.jobless(q, a)
	}
	if !q.concerns(q.job, job.ID, job.ParentID()) {
		e := c.failure(q, a.status)
		e.Message, e.foreign = "the answer is another job", true
		return nil, e
	}
	return job, nil
}

// jobless is a success that brings no job. With an error in it, it is the API's refusal all the same: some gateways
// put their own status on everything.
func (c *Client) jobless(q call, a answer) *Error {
	e := c.failure(q, a.status)
	if why := a.object.reason("error"); why != "" {
		if code := a.object.integer("code", "status"); code >= 400 && code < 600 {
			e.Status = int(code)
		}
		e.Message, e.RetryAfter = c.words(why), retryAfter(nil, a.object)
		return e
	}
	e.Message, e.foreign = c.words(either(a.object.reason("message"), "the answer holds no job")), true
	return e
}

// jobIn finds the job in an object, whose text is raw: under "job", or the object itself.
func jobIn(o object, raw json.RawMessage) *Job {
	if inner := o.get("job"); inner != nil {
		raw = inner
	} else if o.get("jobid", "jobId") == nil || o.get("status") == nil {
		return nil
	}
	var job Job
	if json.Unmarshal(raw, &job) != nil || job.ID == "" && job.Status == "" {
		return nil
	}
	return &job
}

func (c *Client) failure(q call, status int) *Error {
	return &Error{Status: status, Method: q.method, Path: q.path}
}

// refusal is a failure in the API's own form: {"error":"text"}. Some have more: jobid, retryAfter.
func (c *Client) refusal(q call, resp *http.Response, o object) *Error {
	e := c.failure(q, resp.StatusCode)
	e.Message = c.words(o.reason("error", "message", "errorDetails", "detail"))
	if strings.HasPrefix(e.Message, "<") {
		e.Message = "an HTML page as its error"
	}
	e.JobID = c.words(either(o.text("jobid", "jobId"), o.object("job").text("jobid", "jobId")))
	e.RetryAfter = retryAfter(resp.Header, o)
	return e
}

// foreign is an answer that the API did not write; message is ours.
func (c *Client) foreign(q call, resp *http.Response, message string) *Error {
	e := c.failure(q, resp.StatusCode)
	e.Message = c.words(message)
	e.RetryAfter = retryAfter(resp.Header, nil)
	e.foreign = true
	return e
}

// describe says what came instead of JSON, without repeating it.
func describe(resp *http.Response, body []byte) string {
	switch {
	case resp.StatusCode/100 == 3:
		return "a redirect, which is not followed: the token must not travel"
	case isHTML(resp), bytes.HasPrefix(body, []byte("<")):
		return "an HTML page instead of JSON"
	case mediaType(resp) == "application/json" || mediaType(resp) == "":
		return "an answer that is no JSON object"
	}
	return "an answer of type " + mediaType(resp) + " instead of JSON"
}

func mediaType(resp *http.Response) string {
	media, _, err := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	if err != nil && !errors.Is(err, mime.ErrInvalidMediaParameter) {
		return ""
	}
	return media
}

func isHTML(resp *http.Response) bool {
	media := mediaType(resp)
	return media == "text/html" || media == "application/xhtml+xml"
}

// retryAfter reads how long the service wants to be left alone: the Retry-After header in seconds or as a date, else
// the body. It gives 0 for nothing or nonsense, and an hour at most.
func retryAfter(h http.Header, o object) time.Duration {
	header := strings.TrimSpace(h.Get("Retry-After"))
	if t, err := http.ParseTime(header); err == nil {
		return min(max(time.Until(t).Round(time.Second), 0), maxRetryAfter)
	}
	seconds, err := strconv.ParseFloat(header, 64)
	if err != nil && !math.IsInf(seconds, 1) {
		seconds, _ = o.number("retryAfter", "retry_after")
	}
	if math.IsNaN(seconds) || seconds <= 0 {
		return 0
	}
	if seconds >= maxRetryAfter.Seconds() {
		return maxRetryAfter
	}
	return time.Duration(seconds * float64(time.Second))
}
