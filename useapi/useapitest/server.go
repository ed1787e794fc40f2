// Package useapitest is a scripted stand-in for useapi.net's Midjourney API v3 and for the picture host its answers
// point to, on loopback. It checks requests like the real one, lets seed jobs run on their own while clients come and
// go, and misbehaves on demand: see Script, Reply and Fault.
//
// Shapes and texts are those of the vendor's pages (https://useapi.net/docs/api-midjourney-v3) and of recorded jobs
// with names and ids replaced; what the pages leave open is decided here and said beside the code. The package knows
// nothing of who uses the API.
package useapitest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"
)

// DefaultToken is the token a server asks for unless WithToken says otherwise.
const DefaultToken = "user:12345-aBcDeFgHiJkLmNoPqRsT"

// DefaultChannel is the channel of jobs that name none.
const DefaultChannel = "1234567890987654321"

// AccountName is the Discord name of the Midjourney account. It stands in file names and messages, as it does in real
// answers, and nobody outside should ever read it.
const AccountName = "quiet_otter.77"

const defaultMaxJobs = 12 // what the largest plans allow

// Server is the stand-in. All its methods are safe for concurrent use. Its state lives as long as it does, so clients
// may be killed and started again.
type Server struct {
	token   string
	addr    string
	maxJobs int
	secret  []byte // signs links

	api, foreign listener
	closing      chan struct{} // closed when the server closes; jobs and handlers wait on it
	work         sync.WaitGroup

	mu        sync.Mutex
	changed   chan struct{} // closed and replaced whenever anything happens
	jobs      map[string]*job
	pictures  map[string]*picture // by attachment id
	accounts  map[string]*account
	requests  []Request
	downloads map[string]int // by seed job
	closed    bool
	script    Script
	next      []Script // for the next POSTs, whatever their job
	traps     []*trap
	repeat    Repeat
	serial    int
}

type listener struct {
	net.Listener
	http *http.Server
}

// Option changes a server before it starts.
type Option func(*Server)

// WithToken sets the token that requests must carry.
func WithToken(token string) Option { return func(s *Server) { s.token = token } }

// WithAddr sets the address of the API, such as 127.0.0.1:8765; the default is a free port of 127.0.0.1.
func WithAddr(addr string) Option { return func(s *Server) { s.addr = addr } }

// WithScript sets how seed jobs run that have no script of their own; the default is the documented stream.
func WithScript(script Script) Option { return func(s *Server) { s.script = script } }

// WithRepeat sets how a second request for a finished seed is answered.
func WithRepeat(r Repeat) Option { return func(s *Server) { s.repeat = r } }

// WithMaxJobs sets how many seed jobs a channel runs at once before it answers 429; the default is 12.
func WithMaxJobs(n int) Option { return func(s *Server) { s.maxJobs = n } }

// New starts a server and panics if it cannot, like httptest. The caller closes it.
func New(opts ...Option) *Server {
	s, err := Start(opts...)
	if err != nil {
		panic(fmt.Sprintf("useapitest: %v", err))
	}
	return s
}

// Start starts a server. The caller closes it.
func Start(opts ...Option) (*Server, error) {
	s := &Server{
		token: DefaultToken, addr: "127.0.0.1:0", maxJobs: defaultMaxJobs, secret: []byte(rand.Text()),
		closing:   make(chan struct{}),
		changed:   make(chan struct{}),
		jobs:      map[string]*job{},
		pictures:  map[string]*picture{},
		accounts:  map[string]*account{DefaultChannel: {}},
		downloads: map[string]int{},
	}
	for _, opt := range opts {
		opt(s)
	}
	var err error
	if s.api, err = s.listen(s.addr, s.Handler()); err != nil {
		return nil, err
	}
	if s.foreign, err = s.listen("127.0.0.1:0", s.counted(s.pictureMux())); err != nil {
		return nil, errors.Join(err, s.api.http.Close())
	}
	return s, nil
}

func (s *Server) listen(addr string, h http.Handler) (listener, error) {
	var config net.ListenConfig
	l, err := config.Listen(context.Background(), "tcp", addr)
	if err != nil {
		return listener{}, fmt.Errorf("listen on %s: %w", addr, err)
	}
	srv := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second}
	s.work.Go(func() { _ = srv.Serve(l) }) // ends by Close
	return listener{l, srv}, nil
}

// Close stops the server, its jobs and its connections, and waits for them. Closing twice is once.
func (s *Server) Close() {
	s.mu.Lock()
	if !s.closed {
		s.closed = true
		close(s.closing)
	}
	s.mu.Unlock()
	_ = s.api.http.Close()
	_ = s.foreign.http.Close()
	s.work.Wait()
}

// URL is the base URL of the API.
func (s *Server) URL() string { return "http://" + s.api.Addr().String() }

// Token is the token that requests must carry.
func (s *Server) Token() string { return s.token }

// ImageHost is the host and port of the pictures.
func (s *Server) ImageHost() string { return s.api.Addr().String() }

// ForeignHost is the host and port of pictures with the fault Foreign: a host that nobody has allowed.
func (s *Server) ForeignHost() string { return s.foreign.Addr().String() }

// counted makes Close wait for the requests that h is busy with.
func (s *Server) counted(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		closed := s.closed
		if !closed {
			s.work.Add(1)
		}
		s.mu.Unlock()
		if closed {
			panic(http.ErrAbortHandler)
		}
		defer s.work.Done()
		h.ServeHTTP(w, r)
	})
}

// tell wakes everyone who waits for a change. The caller holds mu.
func (s *Server) tell() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// pause waits; false if the server closes or done does first.
func (s *Server) pause(d time.Duration, done <-chan struct{}) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-done:
	case <-s.closing:
	}
	return false
}
