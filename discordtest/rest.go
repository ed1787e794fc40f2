package discordtest

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"os"
	"strings"
	"time"
)

// call is one REST request on its way. Handlers run under s.mu and only build
// the answer; sockets are read before and written after.
type call struct {
	s       *Server
	r       *http.Request
	rec     *Request
	version int
	body    obj
	array   []any
	files   []File
	claimed bool // a message has the files now
	broke   []Violation
	fault   *fault
	headers http.Header
	status  int // of a good answer; 0 means 200, or 204 when there is no body
}

// auth says what a route asks of Authorization.
type auth int

const (
	authBot  auth = iota // the bot token
	authNone             // the interaction token in the path is enough
)

// handler answers with something JSON-able, or nil for 204.
type handler func(*call) (any, *apiError)

type route struct {
	method  string
	pattern string
	auth    auth
	handle  handler
}

func (s *Server) routes() *http.ServeMux {
	mux := http.NewServeMux()
	for _, table := range [][]route{applicationRoutes, channelRoutes, guildRoutes, webhookRoutes} {
		for _, rt := range table {
			mux.HandleFunc(rt.method+" "+rt.pattern, func(w http.ResponseWriter, r *http.Request) { s.answer(w, r, rt) })
		}
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		s.answer(w, r, route{method: r.Method, pattern: "/", auth: authNone, handle: func(*call) (any, *apiError) { return nil, errNotFound() }})
	})
	return mux
}

// serve parts the three services by path.
func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.URL.Path == "/gateway" || strings.HasPrefix(r.URL.Path, "/gateway/"):
		s.gw.serve(w, r)
	case strings.HasPrefix(r.URL.Path, "/attachments/"), strings.HasPrefix(r.URL.Path, "/ephemeral-attachments/"):
		s.serveFile(w, r)
	default:
		for _, version := range []string{"v9", "v10", ""} { // no version means an old one, for which 9 stands
			rest, ok := strings.CutPrefix(r.URL.Path, strings.TrimSuffix("/api/"+version, "/"))
			if ok && strings.HasPrefix(rest, "/") {
				inner := r.Clone(r.Context())
				inner.URL.Path, inner.URL.RawPath = rest, ""
				inner.Header.Set(versionHeader, version)
				s.mux.ServeHTTP(w, inner)
				return
			}
		}
		http.NotFound(w, r)
	}
}

// versionHeader carries the API version from serve to the handlers.
const versionHeader = "X-Discordtest-Version"

// answer takes one request through faults, body, authority, limits and handler.
func (s *Server) answer(w http.ResponseWriter, r *http.Request, rt route) {
	started := time.Now()
	c := &call{s: s, r: r, version: versionOf(r), headers: http.Header{}}
	c.rec = s.begin(c, rt)
	if c.fault != nil && !c.fault.before(w, c) {
		s.finish(c, started)
		return
	}
	body := &arriving{ReadCloser: r.Body}
	c.r.Body = body
	bad := c.readBody()
	if body.cut { // half a request is none, and nobody waits for an answer
		s.finish(c, started)
		hangUp(w)
		return
	}
	s.mu.Lock()
	var reply any
	bad = firstError(bad, c.authorize(rt))
	limited := s.limit(c, rt)
	switch {
	case limited != nil:
		s.mu.Unlock()
		c.rec.Status = http.StatusTooManyRequests
		limited.write(w, c.headers)
		s.finish(c, started)
		return
	case bad == nil:
		reply, bad = rt.run(c)
	}
	status, raw := c.encode(reply, bad)
	s.mu.Unlock()
	c.rec.Status = status
	if c.fault != nil && c.fault.loses {
		c.rec.Status = 0
		s.finish(c, started)
		hangUp(w)
		return
	}
	s.finish(c, started) // recorded before the client can know of the answer
	writeAnswer(w, c.headers, status, raw)
}

// run handles the request. A panic would leave the server locked: it becomes a
// 500 and, since the stand-in itself is at fault, a violation that nobody overlooks.
func (rt route) run(c *call) (reply any, bad *apiError) {
	defer func() {
		if r := recover(); r != nil {
			reply, bad = nil, broken(http.StatusInternalServerError, 0, fmt.Sprintf("discordtest broke: %v", r))
		}
	}()
	return rt.handle(c)
}

func firstError(errs ...*apiError) *apiError {
	for _, e := range errs {
		if e != nil {
			return e
		}
	}
	return nil
}

// begin opens the record and takes the fault that waits for this request.
func (s *Server) begin(c *call, rt route) *Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	path := c.r.URL.Path
	if c.r.URL.RawQuery != "" {
		path += "?" + c.r.URL.RawQuery
	}
	s.lastRequest++
	rec := &Request{
		ID: s.lastRequest, At: s.now(), Method: c.r.Method, Path: s.maskPath(path, c.r.PathValue("token")), Route: rt.pattern,
		Version: c.version, Length: c.r.ContentLength, UserAgent: c.r.UserAgent(),
	}
	if i := s.tokens[c.r.PathValue("token")]; i != nil {
		rec.Interaction = i.id
	}
	c.fault = s.takeFault(c.r.Method, c.r.URL.Path)
	if c.fault != nil {
		rec.Fault = c.fault.name
	}
	return rec
}

func (s *Server) finish(c *call, started time.Time) {
	c.rec.Duration = time.Since(started)
	if !c.claimed {
		for _, f := range c.files {
			_ = os.Remove(f.path) // of no use any more; Close clears what stays
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.record(c.rec, c.broke)
}

// authorize checks the bot token where one is needed.
func (c *call) authorize(rt route) *apiError {
	if rt.auth == authBot {
		kind, token, _ := strings.Cut(c.r.Header.Get("Authorization"), " ")
		if kind != "Bot" || token != c.s.token {
			return errUnauthorized()
		}
	}
	return nil
}

// encode turns the handler's result into status and body, and notes what broke.
func (c *call) encode(reply any, bad *apiError) (int, []byte) {
	if bad != nil {
		c.rec.Code, c.rec.Error = bad.code, bad.message
		if bad.breaks {
			c.broke = append(c.broke, Violation{Detail: bad.detail()})
		}
		return bad.status, rawJSON(bad.body())
	}
	switch {
	case reply == nil && c.status == 0:
		return http.StatusNoContent, nil
	case reply == nil:
		return c.status, nil
	case c.status == 0:
		c.status = http.StatusOK
	}
	raw, err := json.Marshal(reply)
	if err != nil {
		return http.StatusInternalServerError, rawJSON(obj{"message": "500: Internal Server Error", "code": 0})
	}
	return c.status, raw
}

// flag notes a rule that Discord lets pass in silence, but that no one wants broken.
func (c *call) flag(detail string) { c.broke = append(c.broke, Violation{Detail: detail}) }

func writeAnswer(w http.ResponseWriter, headers http.Header, status int, raw []byte) {
	maps.Copy(w.Header(), headers)
	if raw != nil {
		w.Header().Set("Content-Type", "application/json")
	}
	w.WriteHeader(status)
	_, _ = w.Write(raw) // a client that went away misses it, as in life
}

// hangUp closes the connection without an answer.
func hangUp(w http.ResponseWriter) {
	if conn, _, err := http.NewResponseController(w).Hijack(); err == nil {
		_ = conn.Close()
	}
}

func versionOf(r *http.Request) int {
	if r.Header.Get(versionHeader) == "v10" {
		return 10
	}
	return 9
}
