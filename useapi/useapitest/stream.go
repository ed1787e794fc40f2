package useapitest

import (
	"net/http"
	"strings"
	"time"
)

// stream writes a job's events, from the given one on, as they come.
func (s *Server) stream(w http.ResponseWriter, r *http.Request, j *job, from int, script Script) {
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-cache")
	w.WriteHeader(http.StatusOK)
	out := &frames{w: w, flush: http.NewResponseController(w).Flush, cut: script.Cut, framing: script.Framing}
	out.flushNow()
	defer func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		j.sent = out.bytes
		if out.broken && script.Stuck {
			s.halt(j)
		}
		s.tell()
	}()
	for next := from; ; {
		s.mu.Lock()
		events, ended, changed := j.events[next:], j.ended, s.changed
		s.mu.Unlock()
		for _, e := range events {
			out.event(e)
		}
		next += len(events)
		if out.isCut() {
			out.broken = true
			if script.Cut.Clean {
				return
			}
			panic(http.ErrAbortHandler)
		}
		if ended {
			return
		}
		if !s.await(r, changed, script.Framing.Heartbeat) {
			return
		}
		if script.Framing.Heartbeat > 0 && len(events) == 0 {
			out.comment()
		}
	}
}

// await waits for a change or the time of a heartbeat; false if there is nobody left to write to.
func (s *Server) await(r *http.Request, changed <-chan struct{}, heartbeat time.Duration) bool {
	var beat <-chan time.Time
	if heartbeat > 0 {
		timer := time.NewTimer(heartbeat)
		defer timer.Stop()
		beat = timer.C
	}
	select {
	case <-changed:
	case <-beat:
	case <-r.Context().Done():
		return false
	case <-s.closing:
		return false
	}
	return true
}

// frames writes events until it is cut.
type frames struct {
	w       http.ResponseWriter
	flush   func() error
	cut     *Cut
	framing Framing
	frames  int
	bytes   int
	broken  bool
}

func (f *frames) isCut() bool {
	if f.cut == nil {
		return false
	}
	if f.cut.Bytes >= 0 {
		return f.bytes >= f.cut.Bytes
	}
	return f.frames >= f.cut.Frames
}

func (f *frames) event(payload string) {
	if f.isCut() {
		return
	}
	nl := either(f.framing.Newline, "\n")
	var b strings.Builder
	if f.framing.BOM && f.bytes == 0 {
		b.WriteString("\ufeff")
	}
	if f.framing.Comments {
		b.WriteString(": ping" + nl + nl)
	}
	if f.framing.MultiLine { // a line break between two members changes nothing
		payload = strings.Replace(payload, `,"`, "\n,\"", 1)
	}
	for part := range strings.SplitSeq(payload, "\n") {
		b.WriteString("data: " + part + nl)
	}
	b.WriteString(nl)
	f.write(b.String())
	f.frames++
}

func (f *frames) comment() {
	if nl := either(f.framing.Newline, "\n"); !f.isCut() {
		f.write(": heartbeat" + nl + nl)
	}
}

func (f *frames) write(s string) {
	if f.cut != nil && f.cut.Bytes >= 0 {
		s = s[:min(len(s), f.cut.Bytes-f.bytes)]
	}
	step := len(s)
	if f.framing.ByteWise {
		step = 1
	}
	for ; len(s) > 0; s = s[min(step, len(s)):] {
		n, err := f.w.Write([]byte(s[:min(step, len(s))]))
		f.bytes += n
		if err != nil {
			return // the client is gone, and its job goes on
		}
		f.flushNow()
	}
}

func (f *frames) flushNow() { _ = f.flush() }
