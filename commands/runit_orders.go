package commands

import (
	"sync"
	"time"
)

// orders remembers for a while which confirmations were pressed: the history knows an order only a moment after it was
// given. Its zero value is ready.
type orders struct {
	mu    sync.Mutex
	taken map[string]time.Time
}

// orderLife is longer than an order takes to appear in the history.
const orderLife = 15 * time.Minute

// take is false when the order was taken before.
func (o *orders) take(id string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	now := time.Now()
	for other, at := range o.taken {
		if now.Sub(at) > orderLife {
			delete(o.taken, other)
		}
	}
	if _, there := o.taken[id]; there || id == "" {
		return false
	}
	if o.taken == nil {
		o.taken = map[string]time.Time{}
	}
	o.taken[id] = now
	return true
}

func (o *orders) release(id string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	delete(o.taken, id)
}
