package commands

import (
	"sync"
	"time"

	"seedbank/bot"
)

// displayLife is longer than any reply can be edited: what is older than that shows nothing any more.
const displayLife = 20 * time.Minute

// displays keeps one progress display for each running ask, and remembers for a while which asks were delivered: a late
// word of progress must not cover the answer.
type displays struct {
	mu      sync.Mutex
	running map[string]shownProgress
	ended   map[string]time.Time
}

func newDisplays() displays {
	return displays{running: map[string]shownProgress{}, ended: map[string]time.Time{}}
}

type shownProgress struct {
	display *bot.Progress
	begun   time.Time
}

// of is the display of an ask, made when there is none; nil when the ask was delivered.
func (s *displays) of(ask string, newDisplay func() *bot.Progress) *bot.Progress {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, over := s.ended[ask]; over {
		return nil
	}
	if there, ok := s.running[ask]; ok {
		return there.display
	}
	s.forget()
	begun := shownProgress{display: newDisplay(), begun: time.Now()}
	s.running[ask] = begun
	return begun.display
}

// end closes the display of an ask, for good. It waits for an edit that is under way.
func (s *displays) end(ask string) {
	s.mu.Lock()
	last, running := s.running[ask]
	delete(s.running, ask)
	s.forget()
	s.ended[ask] = time.Now()
	s.mu.Unlock()
	if running {
		last.display.Close()
	}
}

// forget drops what is too old to matter; s.mu is held. An abandoned display costs nothing but its place here.
func (s *displays) forget() {
	old := time.Now().Add(-displayLife)
	for ask, at := range s.ended {
		if at.Before(old) {
			delete(s.ended, ask)
		}
	}
	for ask, running := range s.running {
		if running.begun.Before(old) {
			delete(s.running, ask)
		}
	}
}
