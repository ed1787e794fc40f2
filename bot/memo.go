package bot

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"time"
)

const (
	// askTime bounds one question to Discord that is asked for all who wait for its answer, whoever of them leaves.
	askTime = 8 * time.Second
	// failureLife is how long a question that Discord did not answer is not asked again.
	failureLife = 5 * time.Second
	// asksAtOnce bounds how many questions of one kind are under way.
	asksAtOnce = 8
)

// errNotYet says that an answer is still awaited, by others: whoever asked could not wait any longer.
var errNotYet = errors.New("discord has not answered yet")

// memo remembers what Discord said for a while. However many want to know the same, it is asked once. Safe for
// concurrent use.
type memo[K comparable, V any] struct {
	ask  func(ctx context.Context, key K) (V, error)
	life time.Duration
	most int // answers

	team  *crew
	slots chan struct{}

	mu    sync.Mutex
	known map[K]*recollection[V]
}

// recollection is one answer. What is below done may be read when that is closed.
type recollection[V any] struct {
	begun time.Time
	done  chan struct{}

	value V
	err   error
	until time.Time
}

func newMemo[K comparable, V any](team *crew, life time.Duration, most int, ask func(ctx context.Context, key K) (V, error)) *memo[K, V] {
	return &memo[K, V]{ask: ask, life: life, most: most, team: team, slots: make(chan struct{}, asksAtOnce), known: map[K]*recollection[V]{}}
}

// get is the answer to a question; see wait.
func (m *memo[K, V]) get(ctx context.Context, key K, patience time.Duration) (V, error) {
	return m.begin(key).wait(ctx, patience)
}

// has tells whether a question was asked already, so that asking it costs nothing.
func (m *memo[K, V]) has(key K) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	r, there := m.known[key]
	return there && !r.over(time.Now())
}

// begin finds the answer, or begins to ask for it.
func (m *memo[K, V]) begin(key K) *recollection[V] {
	m.mu.Lock()
	defer m.mu.Unlock()
	if r, there := m.known[key]; there && !r.over(time.Now()) {
		return r
	}
	r := &recollection[V]{begun: time.Now(), done: make(chan struct{})}
	if !m.team.enter() {
		r.err = errors.New("the bot stops")
		close(r.done)
		return r
	}
	m.makeRoom()
	m.known[key] = r
	go m.answer(key, r)
	return r
}

// over tells that an answer is too old.
func (r *recollection[V]) over(now time.Time) bool {
	select {
	case <-r.done:
		return !now.Before(r.until)
	default:
		return false
	}
}

// makeRoom forgets what is too old when there is much, and then everything when there is still too much.
func (m *memo[K, V]) makeRoom() {
	if len(m.known) < m.most {
		return
	}
	now := time.Now()
	for key, r := range m.known {
		if r.over(now) {
			delete(m.known, key)
		}
	}
	if len(m.known) >= m.most {
		clear(m.known)
	}
}

func (m *memo[K, V]) answer(key K, r *recollection[V]) {
	defer m.team.leave()
	defer close(r.done)
	defer func() {
		if p := recover(); p != nil {
			r.err, r.until = fmt.Errorf("panic: %v\n%s", p, debug.Stack()), time.Now().Add(failureLife)
		}
	}()
	ctx, cancel := context.WithTimeout(context.Background(), askTime)
	defer cancel()
	life := failureLife
	select {
	case m.slots <- struct{}{}:
		defer func() { <-m.slots }()
		if r.value, r.err = m.ask(ctx, key); r.err == nil {
			life = m.life
		}
	case <-ctx.Done():
		r.err = ctx.Err()
	}
	r.until = time.Now().Add(life)
}

// wait is the answer, or errNotYet when it has not come so long after it was asked for: who asks twice in a row does not
// wait twice. The answer is remembered all the same.
func (r *recollection[V]) wait(ctx context.Context, patience time.Duration) (V, error) {
	var none V
	timer := time.NewTimer(max(time.Until(r.begun.Add(patience)), 0))
	defer timer.Stop()
	select {
	case <-r.done:
		return r.value, r.err
	default:
	}
	select {
	case <-r.done:
		return r.value, r.err
	case <-timer.C:
		return none, errNotYet
	case <-ctx.Done():
		return none, errors.Join(errNotYet, ctx.Err())
	}
}
