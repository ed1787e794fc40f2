package useapitest

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Reply is an answer given word for word.
type Reply struct {
	Status int
	Type   string // Content-Type; application/json if empty
	Body   string
	Header http.Header
	Delay  time.Duration // before it
	Drop   bool          // close the connection instead
}

// Refuse is the documented refusal of a status, or one in the same form for those the pages do not show: 409, 412,
// 422, 429, 5xx.
func Refuse(status int) Reply {
	text := map[int]string{
		400: `Parent job status is "progress", must be "completed" to get seed`,
		401: `Unauthorized`,
		402: `Account has no subscription or subscription expired`,
		404: `Parent job not found`,
		409: `Job was executed already`,
		410: `Parent job has expired`,
		412: `Precondition failed`,
		422: `Invalid request`,
		429: `Channel is at capacity, please retry later`,
		500: `Internal server error`,
		502: `Bad gateway`,
		503: `Service unavailable`,
		504: `Gateway timeout`,
		596: `All configured Midjourney channels (1) have errors (pending moderation, CAPTCHA, etc.). Please resolve channel issues before making new requests.`,
	}[status]
	return refusal(status, either(text, "Error "+strconv.Itoa(status)))
}

// RateLimited is a 429 with a Retry-After header, in whole seconds, rounded up.
func RateLimited(after time.Duration) Reply {
	r := Refuse(http.StatusTooManyRequests)
	seconds := (after + time.Second - 1) / time.Second
	r.Header = http.Header{"Retry-After": {strconv.FormatInt(int64(seconds), 10)}}
	return r
}

// HTML is a page, such as a proxy or a parked domain gives, with any status.
func HTML(status int) Reply {
	return Reply{Status: status, Type: "text/html; charset=utf-8", Body: fmt.Sprintf(
		"<!doctype html><html><head><title>%d</title></head><body><h1>%d %s</h1><script>alert(1)</script></body></html>",
		status, status, http.StatusText(status))}
}

func refusal(status int, text string) Reply {
	body, _ := json.Marshal(map[string]string{"error": text}) // strings always marshal
	return Reply{Status: status, Body: string(body)}
}

func (s *Server) write(w http.ResponseWriter, r *http.Request, reply Reply) {
	s.pause(reply.Delay, r.Context().Done())
	if reply.Drop {
		panic(http.ErrAbortHandler)
	}
	maps.Copy(w.Header(), reply.Header)
	if reply.Body != "" {
		w.Header().Set("Content-Type", either(reply.Type, "application/json; charset=utf-8"))
	}
	w.WriteHeader(reply.Status)
	_, _ = io.WriteString(w, reply.Body) // a client that is gone is no fault of ours
}

// trap answers requests before the API sees them.
type trap struct {
	method, prefix string
	left           int // below 0 without end
	reply          Reply
}

// Fail answers the next n requests with this method, whose path begins with prefix, by reply. An empty method or
// prefix means any; n below 0 means all until Heal. They are recorded like any other.
func (s *Server) Fail(n int, method, prefix string, reply Reply) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.traps = append(s.traps, &trap{method, prefix, n, reply})
}

// Heal forgets what Fail and Next have set.
func (s *Server) Heal() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.traps, s.next = nil, nil
}

// trapped takes the trap a request falls into. The caller holds mu.
func (s *Server) trapped(r *http.Request) *Reply {
	for _, t := range s.traps {
		if t.left != 0 && (t.method == "" || t.method == r.Method) && strings.HasPrefix(r.URL.Path, t.prefix) {
			if t.left > 0 {
				t.left--
			}
			return &t.reply
		}
	}
	return nil
}

func either(texts ...string) string {
	for _, s := range texts {
		if s != "" {
			return s
		}
	}
	return ""
}
