package discordtest

import (
	"net/http"
	"path"
	"strings"
	"time"
)

// Failure is what a scripted fault does to a REST request.
type Failure struct {
	name   string
	delay  time.Duration
	loses  bool
	drops  bool
	limit  *tooMany
	status int
	body   string
	err    *apiError
}

// RateLimited answers 429 for the route's bucket.
func RateLimited(after time.Duration) Failure {
	return Failure{name: "rate limited", limit: &tooMany{after: after, scope: "shared"}}
}

// GloballyRateLimited answers 429 for the whole bot.
func GloballyRateLimited(after time.Duration) Failure {
	return Failure{name: "globally rate limited", limit: &tooMany{after: after, global: true, scope: "global"}}
}

// CloudflareBan answers 429 with a page of HTML, as the proxy before Discord does.
func CloudflareBan(after time.Duration) Failure {
	return Failure{name: "cloudflare ban", limit: &tooMany{after: after, html: true}}
}

// Broken answers with a status such as 502 and a body that is no JSON.
func Broken(status int) Failure {
	return Failure{name: "broken", status: status, body: "<html><body><h1>" + http.StatusText(status) + "</h1></body></html>"}
}

// Refused answers with an error of Discord's. It is no violation.
func Refused(status, code int, message string) Failure {
	return Failure{name: "refused", err: world(status, code, message)}
}

// Slow waits before the request is handled as usual.
func Slow(d time.Duration) Failure { return Failure{name: "slow", delay: d} }

// LostAnswer handles the request and then closes the connection without the answer.
func LostAnswer() Failure { return Failure{name: "lost answer", loses: true} }

// NoAnswer closes the connection without handling the request.
func NoAnswer() Failure { return Failure{name: "no answer", drops: true} }

// fault is a failure that waits for requests.
type fault struct {
	Failure
	method, pattern string
	left            int
}

// Fault lets the next n requests (n < 0: all) of a method ("*" for any) to a path
// pattern fail. In a pattern, * stands for one segment and a last ** for any rest;
// the path is behind /api/v9, for instance "/webhooks/*/*/messages/@original". Of
// several faults the oldest is used up first.
func (s *Server) Fault(n int, method, pattern string, what Failure) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, &fault{Failure: what, method: method, pattern: pattern, left: n})
}

// ClearFaults forgets all faults that still wait.
func (s *Server) ClearFaults() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = nil
}

// takeFault uses up one. The caller holds s.mu.
func (s *Server) takeFault(method, urlPath string) *fault {
	for i, f := range s.faults {
		if !matches(f.method, f.pattern, method, urlPath) {
			continue
		}
		if f.left > 0 {
			f.left--
		}
		if f.left == 0 {
			s.faults = append(s.faults[:i:i], s.faults[i+1:]...)
		}
		return f
	}
	return nil
}

func matches(wantMethod, pattern, method, urlPath string) bool {
	urlPath, _, _ = strings.Cut(urlPath, "?")
	if wantMethod != "*" && !strings.EqualFold(wantMethod, method) {
		return false
	}
	if head, ok := strings.CutSuffix(pattern, "**"); ok {
		depth := strings.Count(head, "/")
		parts := strings.SplitAfterN(urlPath, "/", depth+1)
		pattern, urlPath = head, strings.Join(parts[:min(depth, len(parts))], "")
	}
	ok, err := path.Match(pattern, urlPath)
	return err == nil && ok
}

// before plays the part of a fault that comes before the handler, and tells
// whether the handler is still to run.
func (f *fault) before(w http.ResponseWriter, c *call) bool {
	if f.delay > 0 {
		timer := time.NewTimer(f.delay)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-c.r.Context().Done():
			return false
		}
	}
	switch {
	case f.drops:
		hangUp(w)
	case f.limit != nil:
		_ = c.readBody() // only so that the client can read the answer
		c.rec.Status = http.StatusTooManyRequests
		f.limit.write(w, c.headers)
	case f.status != 0:
		_ = c.readBody()
		c.rec.Status = f.status
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(f.status)
		_, _ = w.Write([]byte(f.body))
	case f.err != nil:
		_ = c.readBody()
		c.rec.Status, c.rec.Code, c.rec.Error = f.err.status, f.err.code, f.err.message
		writeAnswer(w, c.headers, f.err.status, rawJSON(f.err.body()))
	default:
		return true
	}
	return false
}
