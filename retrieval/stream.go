package retrieval

import (
	"context"
	"fmt"
	"iter"
	"runtime/debug"
	"sync"
	"time"

	"seedbank/useapi"
)

// streams are the answers to our requests that still come in, by flight. A stream outlives the step that opened it, not
// its flight: the next step reads on, and only a process that ended has to look at the job from outside.
type streams struct {
	mu   sync.Mutex
	open map[string]*stream
}

// stream is one of them.
type stream struct {
	stop  context.CancelFunc // ends it
	known chan struct{}      // closed when the job's ID is known, or the stream has ended
	done  chan struct{}      // closed when it has ended

	mu  sync.Mutex
	id  string      // the seed job's
	job *useapi.Job // as last told
	err error       // why it ended before the job did
}

func newStreams() *streams { return &streams{open: map[string]*stream{}} }

func (s *streams) of(flight string) *stream {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.open[flight]
}

// forget ends a flight's stream, if that still goes on: nobody would read what it tells.
func (s *streams) forget(flight string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if st := s.open[flight]; st != nil {
		st.stop()
	}
	delete(s.open, flight)
}

// request sends a request, once, and reads its answer until the job has ended or may no longer take. about is what it
// is for.
func (s *Service) request(about string, send func(context.Context) iter.Seq2[useapi.Event, error], most time.Duration, f *flight) *stream {
	ctx, stop := context.WithTimeout(s.life, most)
	st := &stream{stop: stop, known: make(chan struct{}), done: make(chan struct{})}
	s.streams.mu.Lock()
	s.streams.open[f.id] = st
	s.streams.mu.Unlock()
	s.crew.Go(func() {
		defer stop()
		defer close(st.done)
		defer st.know()
		defer func() {
			if r := recover(); r != nil {
				st.fail(fmt.Errorf("read the stream of %s: panic: %v\n%s", about, r, debug.Stack()))
			}
		}()
		for event, err := range send(ctx) {
			if err != nil {
				st.fail(err)
				return
			}
			st.take(event)
			s.board.show(f, func(p *Progress) { p.follow(event.Job) })
		}
	})
	return st
}

func (st *stream) take(e useapi.Event) {
	st.mu.Lock()
	if e.Job != nil {
		st.job = e.Job
		if st.id == "" {
			st.id = e.Job.ID
		}
	}
	if st.id == "" {
		st.id = e.JobID
	}
	named := st.id != ""
	st.mu.Unlock()
	if named {
		st.know()
	}
}

// know opens the gate for those who wait for the job's ID.
func (st *stream) know() {
	st.mu.Lock()
	defer st.mu.Unlock()
	if !isClosed(st.known) {
		close(st.known)
	}
}

func (st *stream) fail(err error) {
	st.mu.Lock()
	defer st.mu.Unlock()
	st.err = err
}

// state is what the stream has told so far.
func (st *stream) state() (id string, job *useapi.Job, err error) {
	st.mu.Lock()
	defer st.mu.Unlock()
	return st.id, st.job, st.err
}

// follow takes over what a job says about its progress.
func (p *Progress) follow(job *useapi.Job) {
	p.Phase, p.Line = Answering, 0
	if job == nil {
		return
	}
	if percent, known := job.Progress(); known {
		p.Percent = percent
	}
	if prompt := job.SeedPrompt(); prompt != "" {
		p.Prompt = prompt
	}
}
