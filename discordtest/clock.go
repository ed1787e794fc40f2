package discordtest

import (
	"context"
	"fmt"
	"time"
)

// now is the server's time: the real one plus what Advance added. The caller
// holds s.mu.
func (s *Server) now() time.Time { return time.Now().Add(s.ahead) }

// Now returns the server's time: the real time plus everything Advance added.
func (s *Server) Now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now()
}

// Advance moves the server's clock forward by d without waiting. Interactions
// age: unanswered ones fail after 3 s, tokens end after 15 min. Signed CDN
// links and rate-limit windows age too.
func (s *Server) Advance(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ahead += d
	for _, i := range s.interactions {
		i.expire()
	}
	s.wakeAll()
}

// wakeAll lets every waiter look at the state again. The caller holds s.mu.
func (s *Server) wakeAll() {
	close(s.wake)
	s.wake = make(chan struct{})
}

// await blocks until done, called under s.mu, reports true, or ctx ends, or
// the server closes. what names the awaited thing in the error.
func (s *Server) await(ctx context.Context, what string, done func() bool) error {
	for {
		s.mu.Lock()
		ok, closed, wake := done(), s.closed, s.wake
		s.mu.Unlock()
		if ok {
			return nil
		}
		if closed {
			return fmt.Errorf("await %s: %w", what, ErrClosed)
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("await %s: %w", what, context.Cause(ctx))
		case <-wake:
		}
	}
}
