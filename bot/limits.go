package bot

import (
	"context"
	"fmt"
	"hash/maphash"
	"math/rand/v2"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// limits remembers who must wait for Discord's rate limits, and nothing else: a lane is one route of one interaction
// or channel, and only lanes that are blocked right now are in the map. So no ask waits for another, nothing grows
// with the number of asks served, and no token is kept (lanes are known by hash; a collision would only delay).
type limits struct {
	seed maphash.Seed

	mu     sync.Mutex
	lanes  map[uint64]time.Time // blocked until
	global time.Time            // everything blocked until
}

func newLimits() *limits {
	return &limits{seed: maphash.MakeSeed(), lanes: map[uint64]time.Time{}}
}

func (l *limits) lane(route string) uint64 { return maphash.String(l.seed, route) }

// wait returns when the lane is free. It gives up at once when ctx will end before that.
func (l *limits) wait(ctx context.Context, lane uint64) error {
	for {
		l.mu.Lock()
		until := l.lanes[lane]
		if l.global.After(until) {
			until = l.global
		}
		l.mu.Unlock()
		d := time.Until(until)
		if d <= 0 {
			return ctx.Err()
		}
		if err := pause(ctx, d); err != nil {
			return fmt.Errorf("rate limited for another %s: %w", d.Round(time.Millisecond), err)
		}
	}
}

// block closes a lane for d, and forgets lanes that have opened since.
func (l *limits) block(lane uint64, d time.Duration) {
	now := time.Now()
	l.mu.Lock()
	defer l.mu.Unlock()
	for k, until := range l.lanes {
		if !until.After(now) {
			delete(l.lanes, k)
		}
	}
	if until := now.Add(d); until.After(l.lanes[lane]) {
		l.lanes[lane] = until
	}
}

func (l *limits) blockAll(d time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if until := time.Now().Add(d); until.After(l.global) {
		l.global = until
	}
}

// observe heeds the headers of an answer: an empty bucket closes its lane until it is refilled, so that the next
// request need not be refused first.
func (l *limits) observe(lane uint64, h http.Header) {
	if h.Get("X-RateLimit-Remaining") == "0" {
		if d, ok := seconds(h.Get("X-RateLimit-Reset-After")); ok {
			l.block(lane, d)
		}
	}
}

// seconds reads a header of whole or broken seconds.
func seconds(s string) (time.Duration, bool) {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || f < 0 || f > 86400 {
		return 0, false
	}
	return time.Duration(f * float64(time.Second)), true
}

// pause waits for d. When ctx ends first it returns ctx's error, without waiting where that is known beforehand.
func pause(ctx context.Context, d time.Duration) error {
	if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) < d {
		if err := ctx.Err(); err != nil {
			return err
		}
		return context.DeadlineExceeded
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// backoff is the wait before try n (counted from 0): base doubled each time up to ceiling, and up to a half of it more
// so that many who failed together do not come back together.
func backoff(n int, base, ceiling time.Duration) time.Duration {
	d := ceiling
	if n < 30 {
		d = min(ceiling, base<<n)
	}
	return d + rand.N(d/2+1)
}
