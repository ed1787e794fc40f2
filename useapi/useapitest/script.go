package useapitest

import "time"

// Script is how the request for a seed, or for a new grid, is answered and how its job runs. Its parts combine freely; the zero value is
// the documented stream: initialized, then completed, nothing between, no delay.
//
// The job is the server's own. It runs to its end however the client fares, unless Stuck.
type Script struct {
	Refuse *Reply        // answer this and start nothing
	Lost   Lost          // close the connection instead of answering
	Delay  time.Duration // before the answer begins
	JSON   bool          // answer 201 with the job just created, although a stream was asked for

	Steps   []Step        // events between initialized and the end
	Pause   time.Duration // before the end
	End     End
	Reason  string // the job's error, or the text of the error event; there is a default for each End
	Details string // the job's errorDetails
	Code    int    // the job's code; there is a default for each End

	Cut     *Cut // break the stream off
	Stuck   bool // a job whose stream was cut stays where it is and keeps its slot until it is cancelled
	Framing Framing
}

// Step is one event of a running job.
type Step struct {
	After   time.Duration
	Status  string // created, started or progress
	Percent int    // of progress; below 0 for none
}

// End is how a seed job ends.
type End int

// The ends of a seed job.
const (
	Completed   End = iota // with the seed
	WithoutSeed            // completed, but the answer holds no seed line
	Failed
	Moderated
	ErrorEvent // the stream ends with an error event; the job is failed
	Never      // it does not end; CancelJob ends it
)

// Lost says what becomes of a request that gets no answer.
type Lost int

// Ways to lose a request.
const (
	NotLost    Lost = iota
	LostUnseen      // the request is lost: no job
	LostAnswer      // the answer is lost: the job is there and runs
)

// Cut breaks a stream off at one place.
type Cut struct {
	Frames int  // after so many whole frames, when Bytes is negative
	Bytes  int  // after so many bytes of the body; 0 is before the first
	Clean  bool // end the body properly, as a proxy does that gives up, instead of dropping the connection
}

// CutAfterFrames cuts after n whole frames; 0 is after the header.
func CutAfterFrames(n int) *Cut { return &Cut{Frames: n, Bytes: -1} }

// CutAfterBytes cuts after n bytes of the body.
func CutAfterBytes(n int) *Cut { return &Cut{Bytes: n} }

// Framing is how the events are written. The zero value is the documented way.
type Framing struct {
	Newline   string        // "\n" if empty; "\r\n" and "\r" are as good
	BOM       bool          // a byte order mark in front
	Comments  bool          // a comment before each event
	MultiLine bool          // each event over several data lines
	ByteWise  bool          // each byte on its own
	Heartbeat time.Duration // a comment whenever so much time has passed in silence
}

// Running gives a script whose job shows created, started and the given percentages, each step after the given time.
func Running(each time.Duration, percents ...int) Script {
	steps := []Step{{After: each, Status: "created"}, {After: each, Status: "started"}}
	for _, p := range percents {
		steps = append(steps, Step{After: each, Status: "progress", Percent: p})
	}
	return Script{Steps: steps, Pause: each}
}

// Repeat is how the request for a seed that is there already is answered; the vendor only promises "the existing
// result immediately".
type Repeat int

// The ways to answer a repeat. A job that has failed is no result: asking again starts a new one.
const (
	RepeatJSON     Repeat = iota // 200 with the completed job, although a stream was asked for
	RepeatStream                 // a stream whose first event is the completed one
	RepeatV2                     // 200 with the parent and a seed object in it, as API v2 did
	RepeatConflict               // 409 that names the job
)

// SetRepeat changes how repeats are answered.
func (s *Server) SetRepeat(r Repeat) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.repeat = r
}

// Script sets how requests for the seed of one job are answered: the first by the first script, and so on; the last
// stays in force.
func (s *Server) Script(job string, scripts ...Script) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if j := s.jobs[job]; j != nil {
		j.scripts = scripts
	}
}

// Next sets how the next n requests for a seed or a grid are answered, whatever their job. Calls queue up.
func (s *Server) Next(n int, script Script) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for range n {
		s.next = append(s.next, script)
	}
}

// scriptFor takes the script of one more request. The caller holds mu.
func (s *Server) scriptFor(j *job) Script {
	if len(s.next) > 0 {
		script := s.next[0]
		s.next = s.next[1:]
		return script
	}
	if j == nil || len(j.scripts) == 0 {
		return s.script
	}
	script := j.scripts[0]
	if len(j.scripts) > 1 {
		j.scripts = j.scripts[1:]
	}
	return script
}
