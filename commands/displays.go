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
	ended   map[string]endedProgress
}

func newDisplays() displays {
	return displays{running: map[string]shownProgress{}, ended: map[string]endedProgress{}}
}

type shownProgress struct {
	display *bot.Progress
	begun   time.Time
}

type endedProgress struct {
	message string // the one that showed it; "" when unknown
	at      time.Time
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

// end closes the display of an ask, for good, and gives the message that showed it, "" when that is not known. It waits
// for an edit that is under way.
func (s *displays) end(ask string) (message string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	last, running := s.running[ask]
	delete(s.running, ask)
	s.forget()
	over := endedProgress{message: s.ended[ask].message, at: time.Now()}
	s.ended[ask] = over
	if running {
		s.mu.Unlock()
		last.display.Close()
		s.mu.Lock()
		over.message = last.display.Message()
		s.ended[ask] = over
	}
	return over.message
}

// forget drops what is too old to matter; s.mu is held. An abandoned display costs nothing but its place here.
func (s *displays) forget() {
	old := time.Now().Add(-displayLife)
	for ask, over := range s.ended {
		if over.at.Before(old) {
			delete(s.ended, ask)
		}
	}
	for ask, running := range s.running {
		if running.begun.Before(old) {
			delete(s.running, ask)
		}
	}
}
