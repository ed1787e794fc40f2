package discordtest

import (
	"slices"
	"strings"
	"time"
)

// Request is one REST call that was made. Tokens are masked unless the server
// was made WithSecrets.
type Request struct {
	ID          int            `json:"id"` // 1 for the first
	At          time.Time      `json:"at"`
	Duration    time.Duration  `json:"duration"` // nanoseconds until the answer was built
	Method      string         `json:"method"`
	Path        string         `json:"path"`  // behind /api/v9, with its query
	Route       string         `json:"route"` // the pattern, such as /channels/{channel}/messages
	Version     int            `json:"version"`
	Payload     map[string]any `json:"payload,omitempty"` // the JSON body, or the part payload_json
	Array       []any          `json:"array,omitempty"`   // a JSON body that is an array
	Files       []File         `json:"files,omitempty"`
	Length      int64          `json:"length"` // Content-Length; -1 for a chunked body
	Status      int            `json:"status"` // 0 when the answer was withheld
	Code        int            `json:"code,omitempty"`
	Error       string         `json:"error,omitempty"`
	Fault       string         `json:"fault,omitempty"` // the scripted fault it met
	Interaction string         `json:"interaction,omitempty"`
	Message     string         `json:"message,omitempty"` // id of the message it made, or was to change
	Bucket      string         `json:"bucket,omitempty"`
	UserAgent   string         `json:"user_agent,omitempty"`
}

// File is one uploaded file of a request.
type File struct {
	Field  string `json:"field"` // files[0]
	Name   string `json:"name"`
	Type   string `json:"type"` // as the part says
	Size   int64  `json:"size"`
	index  int
	path   string
	over   bool   // larger than any limit: its end was not kept
	kind   string // media type, by its bytes where they tell
	width  int    // of a picture
	height int
}

// Violation is one broken rule of Discord.
type Violation struct {
	Request int    `json:"request"` // Request.ID
	Method  string `json:"method"`
	Path    string `json:"path"`
	Status  int    `json:"status"` // the answer's; 200 for what Discord lets pass
	Code    int    `json:"code"`
	Detail  string `json:"detail"`
}

// String is the violation in one line.
func (v Violation) String() string { return v.Method + " " + v.Path + ": " + v.Detail }

// Requests returns all calls so far, in the order they came. Those still being
// handled are not among them.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make([]Request, 0, len(s.requests))
	for _, r := range s.requests {
		out = append(out, r.copy())
	}
	return out
}

// RequestsTo returns the calls of a method ("*" for any) to a path pattern such
// as "/webhooks/*/*/messages/@original"; see Fault for patterns.
func (s *Server) RequestsTo(method, pattern string) []Request {
	return slices.DeleteFunc(s.Requests(), func(r Request) bool { return !matches(method, pattern, r.Method, r.Path) })
}

func (r *Request) copy() Request {
	out := *r
	out.Payload = cloneObj(r.Payload)
	out.Files = slices.Clone(r.Files)
	return out
}

// Violations returns every broken rule so far.
func (s *Server) Violations() []Violation {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.violations)
}

// Forgive removes the violations that match from Violations and returns how many
// they were: for tests of what a bot does when it is refused.
func (s *Server) Forgive(match func(Violation) bool) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	before := len(s.violations)
	s.violations = slices.DeleteFunc(s.violations, match)
	return before - len(s.violations)
}

// record keeps a finished call and what it broke. The caller holds s.mu.
func (s *Server) record(r *Request, broke []Violation) {
	s.requests = append(s.requests, r)
	c := r.copy()
	s.changed(Change{Kind: RequestMade, Request: &c, Interaction: r.Interaction})
	for _, v := range broke {
		v.Request, v.Method, v.Path, v.Status, v.Code = r.ID, r.Method, r.Path, r.Status, r.Code
		s.violations = append(s.violations, v)
		s.changed(Change{Kind: RuleBroken, Violation: &v})
		if t := s.cfg.failOn; t != nil && !s.closed {
			t.Helper()
			t.Errorf("discordtest: %s", v)
		}
	}
}

// maskPath hides the interaction token of a path.
func (s *Server) maskPath(path, token string) string {
	if s.cfg.keepSecrets || token == "" {
		return path
	}
	return strings.Replace(path, token, "[token]", 1)
}
