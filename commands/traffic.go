package commands

import (
	"sync"
	"time"

	"seedbank/retrieval"
)

// traffic is what has passed the desk since the start of this process, for /seedbot status.
type traffic struct {
	mu       sync.Mutex
	underWay map[string]retrieval.Phase // by ask
	answered time.Time                  // when the service last did what it was asked for, or said why not
	failed   time.Time                  // when it last could not be used
	why      retrieval.Code             // of that
}

// health is traffic at one moment.
type health struct {
	answered, failed time.Time
	why              retrieval.Code
	asking, waiting  int // asks under way, and those of them that wait for a slot
}

func newTraffic() *traffic { return &traffic{underWay: map[string]retrieval.Phase{}} }

func (t *traffic) moves(ask string, phase retrieval.Phase) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.underWay[ask] = phase
}

func (t *traffic) ends(ask string, o retrieval.Outcome, at time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.underWay, ask)
	switch {
	case o.Problem == nil && !o.Known:
		t.answered = at
	case o.Problem != nil && outage(o.Problem.Code):
		t.failed, t.why = at, o.Problem.Code
	case o.Problem != nil && answeredBy(o.Problem.Code):
		t.answered = at
	}
}

func (t *traffic) now() health {
	t.mu.Lock()
	defer t.mu.Unlock()
	h := health{answered: t.answered, failed: t.failed, why: t.why}
	for _, phase := range t.underWay {
		if phase == retrieval.Queued || phase == retrieval.Waiting {
			h.waiting++
		} else {
			h.asking++
		}
	}
	return h
}

// outage tells problems that say something about the service and not about the job.
func outage(code retrieval.Code) bool {
	switch code {
	case retrieval.TokenRefused, retrieval.Unpaid, retrieval.SignedOut, retrieval.Unavailable, retrieval.Busy, retrieval.TooLong,
		retrieval.Unexpected:
		return true
	}
	return false
}

// answeredBy tells problems that the service itself told.
func answeredBy(code retrieval.Code) bool {
	switch code {
	case retrieval.NotFound, retrieval.Expired, retrieval.NotFinished, retrieval.Unmade, retrieval.Rejected, retrieval.Failed,
		retrieval.Moderated, retrieval.NoSeed:
		return true
	}
	return false
}
