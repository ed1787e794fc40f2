package useapitest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"
)

// Request is one request to the API; those for pictures are not among them.
type Request struct {
	Method string
	Path   string
	Body   string
	At     time.Time
}

// record notes a request and tells whether it is to be answered by a trap.
func (s *Server) record(r *http.Request) *Reply {
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody))
	if err != nil {
		body = nil // the client is gone
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = append(s.requests, Request{r.Method, r.URL.Path, string(body), time.Now()})
	s.tell()
	return s.trapped(r)
}

// Requests gives all requests so far, oldest first.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.requests)
}

// Posts counts the requests for the seed of a job.
func (s *Server) Posts(job string) int {
	return s.count(func(r Request) bool {
		var body seedBody
		return r.Method == http.MethodPost && strings.HasSuffix(r.Path, "/jobs/seed") &&
			json.Unmarshal([]byte(r.Body), &body) == nil && body.JobID == job
	})
}

// Gets counts the readings of a job.
func (s *Server) Gets(job string) int { return s.countOn(http.MethodGet, job) }

// Deletes counts the cancellations of a job.
func (s *Server) Deletes(job string) int { return s.countOn(http.MethodDelete, job) }

func (s *Server) countOn(method, job string) int {
	return s.count(func(r Request) bool { return r.Method == method && strings.HasSuffix(r.Path, "/jobs/"+job) })
}

func (s *Server) count(is func(Request) bool) int {
	n := 0
	for _, r := range s.Requests() {
		if is(r) {
			n++
		}
	}
	return n
}

// SeedJob is the id of the last job that looked for the seed of job; empty if there is none.
func (s *Server) SeedJob(job string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if j := s.jobs[job]; j != nil && j.seedJob != nil {
		return j.seedJob.id
	}
	return ""
}

// Status is the status of a job; empty if it is unknown.
func (s *Server) Status(job string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if j := s.jobs[job]; j != nil {
		return j.status
	}
	return ""
}

// Sent is how many bytes the last stream about the seed of job had, until it ended or was cut.
func (s *Server) Sent(job string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if j := s.jobs[job]; j != nil && j.seedJob != nil {
		return j.seedJob.sent
	}
	return 0
}

// Downloads counts the requests for pictures of job's seed answer.
func (s *Server) Downloads(job string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.downloads[job]
}

// Await waits until done says so. It asks again whenever a request comes in or a job changes; done may use the
// server. The error is ctx's.
func (s *Server) Await(ctx context.Context, done func() bool) error {
	for {
		s.mu.Lock()
		changed := s.changed
		s.mu.Unlock()
		if done() {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return fmt.Errorf("await: %w", ctx.Err())
		}
	}
}
