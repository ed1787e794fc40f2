package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"
)

// probeTime bounds one part's answer: a monitor must hear "no" rather than nothing.
const probeTime = 2 * time.Second

// part is something that health depends on. It works when check returns nil.
type part struct {
	name  string
	check func(ctx context.Context) error
}

// healthReport is the body of both answers.
type healthReport struct {
	OK      bool     `json:"ok"`
	Failing []string `json:"failing,omitempty"` // names of the parts that do not work
}

// healthHandler answers /healthz (does the process work?) and /readyz (can members use it?) with 200 or 503 and a
// healthReport, and nothing else. Why a part fails is for the log alone, once: the answers may be seen by anyone.
func healthHandler(works, ready []part, log *slog.Logger) http.Handler {
	lately := verdicts{log: log, failing: map[string]bool{}}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var parts []part
		switch r.URL.Path {
		case "/healthz":
			parts = works
		case "/readyz":
			parts = ready
		default:
			http.NotFound(w, r)
			return
		}
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "only GET and HEAD", http.StatusMethodNotAllowed)
			return
		}
		report := probe(r.Context(), parts, &lately)
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Cache-Control", "no-store")
		if !report.OK {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
		_ = json.NewEncoder(w).Encode(report) // the one who asked is gone: nobody is left to be told
	})
}

func probe(ctx context.Context, parts []part, lately *verdicts) healthReport {
	limited, cancel := context.WithTimeout(ctx, probeTime)
	defer cancel()
	report := healthReport{OK: true}
	for _, p := range parts {
		err := p.check(limited)
		if ctx.Err() == nil { // that somebody left is no verdict
			lately.note(ctx, p.name, err)
		}
		if err != nil {
			report.OK = false
			report.Failing = append(report.Failing, p.name)
		}
	}
	return report
}

// verdicts tells the log when a part fails and when it works again, not each time that somebody asks.
type verdicts struct {
	log *slog.Logger

	mu      sync.Mutex
	failing map[string]bool
}

func (v *verdicts) note(ctx context.Context, part string, err error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	switch before := v.failing[part]; {
	case err != nil && !before:
		v.log.WarnContext(ctx, "a part does not work", "part", part, "err", err)
	case err == nil && before:
		v.log.InfoContext(ctx, "a part works again", "part", part)
	}
	v.failing[part] = err != nil
}

// rarely makes a check that costs something ask at most once per interval; in between it repeats the last answer. The
// answer is shared, so it does not depend on the patience of the one who asked.
func rarely(interval time.Duration, check func(ctx context.Context) error) func(ctx context.Context) error {
	var mu sync.Mutex
	var asked time.Time
	var last error
	return func(ctx context.Context) error {
		mu.Lock()
		defer mu.Unlock()
		if asked.IsZero() || time.Since(asked) >= interval {
			ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), probeTime)
			defer cancel()
			last, asked = check(ctx), time.Now()
		}
		return last
	}
}

// healthServer serves health over HTTP until it is closed. It listens from the beginning, so that an address that is
// taken ends the start before anything was touched.
type healthServer struct {
	listener net.Listener
	server   *http.Server // nil before serve
	done     chan struct{}
	log      *slog.Logger
}

func listenHealth(ctx context.Context, addr string, log *slog.Logger) (*healthServer, error) {
	var listen net.ListenConfig
	listener, err := listen.Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("serve health on HTTP_ADDR: %w", err)
	}
	return &healthServer{listener: listener, done: make(chan struct{}), log: log}, nil
}

// serve begins to answer. It is called once, by whoever closes the server too.
func (h *healthServer) serve(handler http.Handler) {
	h.server = &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       5 * time.Second,
		WriteTimeout:      10 * time.Second,
		IdleTimeout:       time.Minute,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          slog.NewLogLogger(h.log.Handler(), slog.LevelDebug),
	}
	go func() {
		defer close(h.done)
		if err := h.server.Serve(h.listener); !errors.Is(err, http.ErrServerClosed) {
			h.log.Error("health is no longer served", "err", err)
		}
	}()
	h.log.Info("health is served", "address", h.listener.Addr().String())
}

// Close lets answers under way finish for a moment, then ends the server and waits for it.
func (h *healthServer) Close() {
	if h.server == nil {
		_ = h.listener.Close() // nobody was served
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	defer cancel()
	if h.server.Shutdown(ctx) != nil {
		_ = h.server.Close() // what still runs after the grace is cut off; there is nothing else to lose
	}
	<-h.done
}
