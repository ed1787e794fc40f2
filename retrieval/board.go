package retrieval

import (
	"slices"
	"sync"
	"time"
)

// board shows, within this process, how far each fetch is and who waits for it. Nothing on it is durable and nothing
// depends on it but speed: without it asks would be answered all the same, only without progress and a little later.
type board struct {
	slots   int // of a channel
	mu      sync.Mutex
	flights map[string]*flight   // by workflow ID of the fetch
	tickets map[string]*ticket   // by ask
	ended   map[string]time.Time // fetches whose end was shown, which the engine may not have on record yet
	off     map[string]bool      // orders, by workflow ID of their generation, that nobody waits for any more
	count   uint64
}

// flight is one fetch as those who wait for it see it. Its fields are under the board's mutex.
type flight struct {
	id, channel string
	place       uint64 // in the order of their making
	users       int
	here        bool // its workflow runs in this process
	progress    Progress
	result      *fetched
	waiting     []*ticket
	deserted    chan struct{} // closed when the last who waited has stopped waiting
}

// ticket is one ask that waits, or is about to.
type ticket struct {
	wake    chan struct{} // a signal: look at the flight again
	stopped chan struct{} // closed when a member stops the ask
	by      string        // who did; set before stopped is closed
	waits   bool          // it is known to wait: one that an earlier process took up may have been stopped there
	over    bool          // stopping is no longer of use
	empty   bool          // it ends without a card
}

func newBoard(slots int) *board {
	return &board{slots: slots, flights: map[string]*flight{}, tickets: map[string]*ticket{}, ended: map[string]time.Time{}, off: map[string]bool{}}
}

// join adds a user of a flight; leave must follow.
func (b *board) join(id, channel string) *flight {
	b.mu.Lock()
	defer b.mu.Unlock()
	f := b.flights[id]
	if f == nil {
		b.count++
		f = &flight{id: id, channel: channel, place: b.count, progress: Progress{Phase: Queued, Percent: -1}, deserted: make(chan struct{})}
		b.flights[id] = f
	}
	f.users++
	return f
}

func (b *board) leave(f *flight) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if f.users--; f.users == 0 {
		delete(b.flights, f.id)
	}
}

// show puts up new progress of a flight.
func (b *board) show(f *flight, change func(*Progress)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	queued := f.progress.Phase == Queued
	f.here = true
	change(&f.progress)
	f.wakeAll()
	if queued != (f.progress.Phase == Queued) {
		for _, other := range b.flights { // the line has moved
			if other.channel == f.channel && other.progress.Phase == Queued {
				other.wakeAll()
			}
		}
	}
}

// end puts up the result of a flight.
func (b *board) end(f *flight, r fetched) {
	b.mu.Lock()
	defer b.mu.Unlock()
	f.result = &r
	f.wakeAll()
	delete(b.off, f.id)
	now := time.Now()
	for id, at := range b.ended {
		if now.Sub(at) > endedKept {
			delete(b.ended, id)
		}
	}
	b.ended[f.id] = now
}

// endedKept is how long a fetch is known to be over; the engine takes milliseconds to record it.
const endedKept = time.Minute

// over tells whether the end of a fetch was shown a moment ago: whoever asks now wants a new one.
func (b *board) over(fetch string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	_, ended := b.ended[fetch]
	return ended
}

// withdraw says that an order is not to be sent any more.
func (b *board) withdraw(generation string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.off[generation] = true
}

// wanted tells whether somebody waits for a flight who has not stopped, and whether it was withdrawn.
func (b *board) wanted(f *flight) (waited, withdrawn bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, t := range f.waiting {
		waited = waited || t.waits && !isClosed(t.stopped)
	}
	return waited, b.off[f.id] || isClosed(f.deserted)
}

func (f *flight) wakeAll() {
	for _, t := range f.waiting {
		select {
		case t.wake <- struct{}{}:
		default:
		}
	}
}

// see is what there is to see of a flight: its result when it has one, else its progress; here tells that a result will
// be seen as soon as there is one.
func (b *board) see(f *flight) (result *fetched, p Progress, here bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return f.result, b.seen(f), f.here
}

// seen is the progress of a flight, with its place in the line while it has not begun.
func (b *board) seen(f *flight) Progress {
	p := f.progress
	if p.Phase != Queued {
		return p
	}
	busy := 0
	for _, other := range b.flights {
		switch {
		case other.channel != f.channel:
		case other.progress.Phase != Queued:
			busy++
		case other.place < f.place:
			p.Line++
		}
	}
	if busy+p.Line < b.slots {
		p.Phase, p.Line = Checking, 0 // its slot is free: it begins in a moment
	}
	return p
}

// ticket makes the ask known as one that can be stopped; done must follow.
func (b *board) ticket(ask string) *ticket {
	b.mu.Lock()
	defer b.mu.Unlock()
	t := b.tickets[ask]
	if t == nil {
		t = &ticket{wake: make(chan struct{}, 1), stopped: make(chan struct{})}
		b.tickets[ask] = t
	}
	return t
}

// done says that the ask no longer waits for anything.
func (b *board) done(ask string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if t := b.tickets[ask]; t != nil {
		t.over = true
		delete(b.tickets, ask)
	}
}

// await lets the ticket wait for the flight; the returned function ends that.
func (b *board) await(f *flight, t *ticket) (leave func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	f.waiting = append(f.waiting, t)
	return func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		f.waiting = slices.DeleteFunc(f.waiting, func(other *ticket) bool { return other == t })
		if len(f.waiting) == 0 && isClosed(t.stopped) && !isClosed(f.deserted) {
			close(f.deserted)
		}
	}
}

// waits says that the ask waits, and did not stop waiting in an earlier process.
func (b *board) waits(t *ticket) {
	b.mu.Lock()
	defer b.mu.Unlock()
	t.waits = true
}

// stop tells an ask that a member wants no answer any more; false when it does not wait for one.
func (b *board) stop(ask, by string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	t := b.tickets[ask]
	if t == nil || t.over {
		return false
	}
	if !isClosed(t.stopped) {
		t.by = by
		close(t.stopped)
	}
	return true
}

// close tells that from now on it is too late to stop the ask; false when it was stopped before.
func (b *board) close(t *ticket) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	t.over = true
	return !isClosed(t.stopped)
}

// comesToNothing says that the ask ends without a card.
func (b *board) comesToNothing(t *ticket) {
	b.mu.Lock()
	defer b.mu.Unlock()
	t.empty = true
}

// hopes tells whether the ask may still get a card, as far as this process knows.
func (b *board) hopes(ask string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	t := b.tickets[ask]
	return t == nil || !t.empty && !isClosed(t.stopped)
}

// reopen takes close back.
func (b *board) reopen(t *ticket) {
	b.mu.Lock()
	defer b.mu.Unlock()
	t.over = false
}

func isClosed(c chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}
