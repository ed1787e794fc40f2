package useapi

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
	"time"

	sse "github.com/tmaxmax/go-sse"
)

// Event is one event of a stream. Events are named by their JSON, not by the framing; unknown ones are passed on.
//
// Source: https://useapi.net/docs/api-midjourney-v3/sse-streaming-guide
type Event struct {
	Name    string // initialized, midjourney_created, …_started, …_progress, …_completed, …_failed, …_moderated
	Seq     int    // counts up with gaps; says nothing about loss
	JobID   string
	Job     *Job // nil in the first event
	Message string
	Raw     json.RawMessage // nil if the event was no JSON; Message has its beginning then
}

// errIdle is why a silent connection was cut.
var errIdle = errors.New("no byte came for too long")

// stream sends q and yields the events of the answer.
func (c *Client) stream(parent context.Context, q call, yield func(Event, error) bool) {
	ctx, cancel := context.WithCancelCause(parent)
	defer cancel(nil)
	var began, sent atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn:      func(string) { began.Store(true) }, // a transport that does not trace proves nothing
		WroteHeaders: func() { sent.Store(true) },
	})
	watch := watcher{limit: c.idle, cut: func() { cancel(errIdle) }}

	s := stream{client: c, call: q, job: q.job, gone: parent.Err, idle: func() bool { return errors.Is(context.Cause(ctx), errIdle) }}
	stop := watch.start()
	resp, err := c.send(ctx, q)
	stop()
	switch {
	case err != nil && began.Load() && !sent.Load():
		yield(Event{}, s.ended(err, nil))
		return
	case err != nil:
		yield(Event{}, s.lost(err))
		return
	}
	defer resp.Body.Close()
	body := bufio.NewReader(&watched{resp.Body, watch})
	resp.Body = io.NopCloser(body)
	if isStream(resp, body) {
		s.events(body, yield)
		return
	}
	s.single(resp, yield)
}

// isStream tells a stream from an answer in one piece: by its type, and where that says nothing or something else, as
// a proxy on the way may have it, by how the body begins. The job is under way then, and nothing else tells its name.
func isStream(resp *http.Response, body *bufio.Reader) bool {
	switch {
	case resp.StatusCode < 200 || resp.StatusCode > 299:
		return false
	case mediaType(resp) == "text/event-stream":
		return true
	case isHTML(resp):
		return false
	}
	for _, begin := range []string{":", "id:", "data:", "event:", "retry:", "\ufeffdata:"} {
		// A byte at a time: what is no stream may be shorter, and a stream may pause.
		for n := 1; ; n++ {
			head, err := body.Peek(n)
			if err != nil || string(head) != begin[:n] {
				break
			}
			if n == len(begin) {
				return true
			}
		}
	}
	return false
}

// stream is what is known while one runs.
type stream struct {
	client *Client
	call   call
	gone   func() error // why the caller has given up; nil if not
	idle   func() bool  // the watcher has cut it
	job    string
	last   string // payload of the event before
}

// events reads the framing. go-sse drops a frame that EOF cuts and calls EOF a success; here, neither is: the stream
// ends with a job that has ended.
func (s *stream) events(body io.Reader, yield func(Event, error) bool) {
	for frame, err := range sse.Read(body, &sse.ReadConfig{MaxEventSize: maxAnswer}) {
		if err != nil {
			yield(Event{}, s.lost(err))
			return
		}
		if frame.Data == "" || frame.Data == s.last {
			continue
		}
		s.last = frame.Data
		event, ours, err := s.decode(frame)
		if err != nil {
			yield(Event{}, err)
			return
		}
		if !ours {
			continue
		}
		if !yield(event, nil) || event.Job != nil && event.Job.Final() {
			return
		}
	}
	yield(Event{}, s.lost(io.ErrUnexpectedEOF))
}

// decode reads one event; ours is false for one that tells of another job. What is no JSON object is passed on as a
// message: the end may still come, and closing the connection would leave the job's slot taken.
func (s *stream) decode(frame sse.Event) (e Event, ours bool, err error) {
	raw := json.RawMessage(frame.Data)
	o := asObject(raw)
	if o == nil {
		return Event{Name: frame.Type, JobID: s.job, Message: s.client.words(frame.Data)}, true, nil
	}
	e = Event{
		Name:    either(o.text("event"), frame.Type),
		Seq:     int(o.integer("seq")),
		Job:     jobIn(o, raw),
		Message: s.client.words(o.reason("message")),
		Raw:     raw,
	}
	about := ""
	if e.Job != nil {
		e.JobID, about = e.Job.ID, e.Job.ParentID()
	}
	e.JobID = either(e.JobID, o.text("jobId", "jobid"), s.job)
	if !s.call.concerns(s.job, e.JobID, about) {
		return Event{}, false, nil
	}
	s.job = e.JobID
	isError := e.Name == "error" || e.Name == "" && o.get("error") != nil
	if isError && (e.Job == nil || !e.Job.Final()) {
		return Event{}, true, s.failed(o, e)
	}
	return e, true, nil
}

// failed turns an error event into an *Error. Its fields are not documented.
func (s *stream) failed(o object, e Event) *Error {
	f := s.client.failure(s.call, 0)
	f.event = true
	if code := o.integer("code", "status"); code >= 400 && code < 600 {
		f.Status = int(code)
	}
	f.Message = s.client.words(o.reason("error", "message", "errorDetails"))
	f.JobID = s.client.words(e.JobID)
	f.RetryAfter = retryAfter(nil, o)
	return f
}

// single reads an answer that is no stream: a refusal, or the job of a seed that was asked for before.
func (s *stream) single(resp *http.Response, yield func(Event, error) bool) {
	a, err := s.client.read(s.call, resp)
	if err != nil && asError(err) == nil {
		err = s.lost(err)
	}
	if err != nil {
		yield(Event{}, err)
		return
	}
	job, err := s.client.asJob(s.call, a)
	if err != nil {
		yield(Event{}, err)
		return
	}
	s.job = job.ID
	if yield(Event{JobID: job.ID, Job: job, Raw: a.raw}, nil) && !job.Final() {
		yield(Event{}, s.lost(errors.New("the answer was no stream")))
	}
}

// lost says that the end of the job was not seen, and why.
func (s *stream) lost(err error) error {
	return s.ended(err, ErrStreamCut)
}

// ended says why the stream ended, as an error of the given kind; nil for a request that never left.
func (s *stream) ended(err, kind error) error {
	if ctxErr := s.gone(); ctxErr != nil {
		return fmt.Errorf("useapi: %s: %w", s.call, ctxErr)
	}
	if s.idle() {
		err = fmt.Errorf("useapi: %s: %w: %s", s.call, errIdle, s.client.idle)
	}
	if kind == nil {
		return err
	}
	if s.job == "" {
		return fmt.Errorf("%w: %w", kind, s.client.quiet(err))
	}
	return fmt.Errorf("%w (job %s): %w", kind, s.client.words(s.job), s.client.quiet(err))
}

// watcher cuts a wait that takes longer than limit. It only runs while the connection is waited for, so a caller may
// take its time with an event.
type watcher struct {
	limit time.Duration
	cut   func()
}

func (w watcher) start() (stop func() bool) { return time.AfterFunc(w.limit, w.cut).Stop }

// watched is a body whose every read is watched: any byte counts, comments too.
type watched struct {
	io.ReadCloser
	watcher
}

func (b *watched) Read(p []byte) (int, error) {
	defer b.start()()
	return b.ReadCloser.Read(p)
}
