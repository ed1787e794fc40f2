package bot

import (
	"context"
	"sync"
)

// crew counts goroutines that must be waited for. Unlike a WaitGroup it can be closed against newcomers while it is
// waited for. The zero crew is open and empty.
type crew struct {
	mu     sync.Mutex
	n      int
	closed bool
	empty  chan struct{} // made by wait, closed by the last to leave
}

// enter counts one more in; false means that the crew is closed.
func (c *crew) enter() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return false
	}
	c.n++
	return true
}

func (c *crew) leave() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n--
	if c.n == 0 && c.empty != nil {
		close(c.empty)
		c.empty = nil
	}
}

// close lets nobody in any more.
func (c *crew) close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.closed = true
}

// wait returns when everybody has left, or with ctx's error. The crew must be closed before.
func (c *crew) wait(ctx context.Context) error {
	c.mu.Lock()
	if c.n == 0 {
		c.mu.Unlock()
		return nil
	}
	if c.empty == nil {
		c.empty = make(chan struct{})
	}
	empty := c.empty
	c.mu.Unlock()
	select {
	case <-empty:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
