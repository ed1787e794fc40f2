package retrieval

import (
	"context"
	"sync"
)

// gate counts steps whose end should be on record before the process ends: a request whose job has no name yet, an
// answer that is being handed over. Nothing breaks when they are cut off, but a request might be sent again.
type gate struct {
	mu     sync.Mutex
	closed bool
	inside sync.WaitGroup
}

// enter counts one more in; when the gate is closed it waits for the end of ctx instead.
func (g *gate) enter(ctx context.Context) error {
	g.mu.Lock()
	if !g.closed {
		g.inside.Add(1)
		g.mu.Unlock()
		return nil
	}
	g.mu.Unlock()
	<-ctx.Done()
	return ctx.Err()
}

func (g *gate) leave() { g.inside.Done() }

// close lets nobody in any more and waits for those inside until ctx ends.
func (g *gate) close(ctx context.Context) {
	g.mu.Lock()
	g.closed = true
	g.mu.Unlock()
	empty := make(chan struct{})
	go func() {
		defer close(empty)
		g.inside.Wait()
	}()
	select {
	case <-empty:
	case <-ctx.Done():
	}
}
