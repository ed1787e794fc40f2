package discordtest

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"sync"
	"time"
)

// ErrClosed is the end of every wait on a server that was closed.
var ErrClosed = errors.New("discordtest: server closed")

// Server is one local Discord with one application on it. All methods are safe
// for concurrent use. Close it when done.
type Server struct {
	cfg   settings
	http  *http.Server
	host  string
	files string // directory of uploaded bytes
	key   []byte // signs CDN links
	token string
	app   *User
	gw    *Gateway
	mux   *http.ServeMux
	wg    sync.WaitGroup

	mu           sync.Mutex
	wake         chan struct{} // closed and replaced at each change
	closed       bool
	ahead        time.Duration
	lastID       uint64
	changes      int64
	lastRequest  int
	users        map[string]*User
	guilds       map[string]*Guild
	guildOrder   []*Guild
	channels     map[string]*Channel
	commands     map[string]map[string]*Command // scope ("" is global) → id → command
	interactions map[string]*Interaction        // by id
	tokens       map[string]*Interaction        // by interaction token
	answers      map[string][]*Interaction      // message id → whose original response it is
	loose        map[string]Attachment          // files of options and modals, by id
	creates      map[string]*createCount        // scope → commands created today
	buckets      map[string]*bucket
	faults       []*fault
	requests     []*Request
	violations   []Violation
	observers    map[*observer]struct{}
}

// New starts a server on loopback. It panics when no port can be opened or no
// temporary directory made, as httptest.NewServer does: a test cannot go on.
func New(opts ...Option) *Server {
	s, err := Start(opts...)
	if err != nil {
		panic(err)
	}
	return s
}

// Start is New for programs: it returns the error.
func Start(opts ...Option) (*Server, error) {
	cfg := defaults()
	for _, o := range opts {
		o(&cfg)
	}
	if cfg.token == "" {
		cfg.token = randomText(18) + "." + randomText(4) + "." + randomText(28)
	}
	dir, err := os.MkdirTemp("", "discordtest-")
	if err != nil {
		return nil, fmt.Errorf("make a folder for uploads: %w", err)
	}
	ln, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", cfg.addr)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("listen on %s: %w", cfg.addr, err), os.RemoveAll(dir))
	}
	s := &Server{
		cfg: cfg, host: ln.Addr().String(), files: dir, key: []byte(randomText(32)), token: cfg.token,
		wake: make(chan struct{}), users: map[string]*User{}, guilds: map[string]*Guild{},
		channels: map[string]*Channel{}, commands: map[string]map[string]*Command{},
		interactions: map[string]*Interaction{}, tokens: map[string]*Interaction{},
		answers: map[string][]*Interaction{}, loose: map[string]Attachment{}, creates: map[string]*createCount{},
		buckets: map[string]*bucket{}, observers: map[*observer]struct{}{},
	}
	s.gw = newGateway(s)
	s.app = s.addUser(cfg.appName)
	s.app.Bot = true
	s.mux = s.routes()
	s.http = &http.Server{Handler: http.HandlerFunc(s.serve), ReadHeaderTimeout: 30 * time.Second}
	s.wg.Go(func() {
		// Serve ends with ErrServerClosed by Close, or when the listener is lost.
		_ = s.http.Serve(ln)
	})
	return s, nil
}

// URL is the address to put in the place of https://discord.com: REST is at
// URL()/api/v9, attachments at URL()/attachments.
func (s *Server) URL() string { return "http://" + s.host }

// CDNHost is the host:port that serves attachments.
func (s *Server) CDNHost() string { return s.host }

// Token is the bot token that REST and identify must bear.
func (s *Server) Token() string { return s.token }

// AppID is the id of the application and of its bot user (for today's
// applications they are the same).
func (s *Server) AppID() string { return s.app.ID }

// Bot is the application's bot user.
func (s *Server) Bot() *User { return s.app }

// Gateway is the WebSocket side, with its faults.
func (s *Server) Gateway() *Gateway { return s.gw }

// Close ends every connection, waits for what runs and removes uploaded files.
// Waits on the server end with ErrClosed. A second Close does nothing.
func (s *Server) Close() {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return
	}
	s.closed = true
	for _, i := range s.interactions {
		i.stopTimer()
	}
	for o := range s.observers {
		o.end()
	}
	s.wakeAll()
	s.mu.Unlock()
	s.gw.closeAll()
	_ = s.http.Close() // the listener may be gone already; nothing is left to do
	s.wg.Wait()
	_ = os.RemoveAll(s.files) // temporary; the system clears what stays
}
