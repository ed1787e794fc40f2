package db

import "sync"

// maxRemembered bounds how many scopes' settings are remembered: every conversation with a member is a scope, too.
const maxRemembered = 10_000

// remembered holds the settings that were read. It is safe for concurrent use.
type remembered struct {
	mu    sync.Mutex
	turn  int // counts what was dropped
	known map[string]Settings
}

// get gives what is known of a scope and, for put, the turn of asking.
func (r *remembered) get(scope string) (set Settings, turn int, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	set, ok = r.known[scope]
	return set, r.turn, ok
}

// put remembers what was read in a turn, unless something was saved meanwhile: it may have been read before that.
func (r *remembered) put(scope string, set Settings, turn int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if turn != r.turn {
		return
	}
	if r.known == nil || len(r.known) >= maxRemembered {
		r.known = map[string]Settings{}
	}
	r.known[scope] = set
}

func (r *remembered) drop(scope string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.turn++
	delete(r.known, scope)
}
