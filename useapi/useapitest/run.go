package useapitest

import (
	"strings"
	"time"
)

// start makes the seed job of a parent and lets it run. The caller holds mu.
func (s *Server) start(parent *job, body seedBody, script Script) *job {
	now := time.Now().UTC().Truncate(time.Millisecond)
	j := &job{id: s.newID(now, "", parent.channel, parent.options.Bot), verb: "seed", status: "created", channel: parent.channel, created: now,
		options: parent.options, parent: parent.id, replyURL: body.ReplyURL, replyRef: body.ReplyRef, stream: body.streams(),
		percent: -1, seq: -1, halt: make(chan struct{})}
	parent.seedJob = j
	s.launch(j, script)
	return j
}

// launch lets a new job run. The caller holds mu.
func (s *Server) launch(j *job, script Script) {
	s.jobs[j.id] = j
	s.emit(j, event{Event: "initialized", Message: "Stream initialized", JobID: j.id}, 1)
	s.work.Go(func() { s.run(j, script) })
}

// run takes a job through its script, whoever listens.
func (s *Server) run(j *job, script Script) {
	for _, step := range script.Steps {
		s.pause(step.After, j.halt)
		if !s.advance(j, step) {
			return
		}
	}
	s.pause(script.Pause, j.halt)
	if script.End == Never {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if !j.halted && !s.closed {
		s.finish(j, script)
	}
}

func (s *Server) advance(j *job, step Step) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if j.halted || s.closed {
		return false
	}
	j.status, j.updated = step.Status, time.Now().UTC()
	if step.Status == "progress" {
		j.percent = step.Percent
	}
	s.emit(j, event{Event: "midjourney_" + step.Status, Job: s.wire(j)}, 2)
	return true
}

// finish ends a job as its script says. The caller holds mu.
func (s *Server) finish(j *job, script Script) {
	switch script.End {
	case Completed, WithoutSeed:
		j.status, j.code = "completed", 200
		if j.verb == "imagine" {
			j.attachments = []attachment{s.attach(j, j, -1, j.options.Faults[1])}
			break
		}
		for place := range max(j.options.Images, 0) {
			j.attachments = append(j.attachments, s.attach(j, s.jobs[j.parent], place, j.options.Faults[place+1]))
		}
	case Failed:
		j.status, j.reason, j.code = "failed", "Job failed", 500
	case Moderated:
		j.status, j.reason, j.details, j.code = "moderated", "Invalid request", "The answer was stopped by a filter", 422
	case ErrorEvent:
		j.status, j.reason = "failed", "Unexpected error"
	}
	j.reason, j.details = either(script.Reason, j.reason), either(script.Details, j.details)
	if script.Code != 0 {
		j.code = script.Code
	}
	if script.End == WithoutSeed {
		j.options.Seed, j.seedless = 0, true
	}
	if script.End == ErrorEvent {
		s.end(j, event{Event: "error", Error: j.reason})
		return
	}
	s.end(j, event{Event: "midjourney_" + j.status})
}

// Finish ends a running job well, at the moment of a test's choosing; its script may say Never. The job is one that makes
// a grid, or the one that looks for the seed of job. What has ended, or was never begun, stays as it is.
func (s *Server) Finish(job string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	j := s.jobs[job]
	if j != nil && j.seedJob != nil {
		j = j.seedJob
	}
	if j != nil && j.halt != nil && !j.halted && j.running() {
		s.finish(j, Script{})
	}
}

// end sends the last event of a job. The caller holds mu.
func (s *Server) end(j *job, e event) {
	j.updated, j.ended = time.Now().UTC(), true
	s.halt(j)
	if e.Event != "error" {
		e.Job = s.wire(j)
	}
	s.emit(j, e, max(3, 16-j.seq)) // the documented stream ends with 16
}

// halt stops a job's run where it is. The caller holds mu.
func (s *Server) halt(j *job) {
	if !j.halted {
		j.halted = true
		close(j.halt)
	}
}

func (s *Server) emit(j *job, e event, seqStep int) {
	j.seq += seqStep
	e.Seq, e.TS = j.seq, time.Now().UTC().Format("15:04:05.000")
	j.events = append(j.events, strings.TrimSpace(encode(e)))
	s.tell()
}

// running counts a channel's jobs. The caller holds mu.
func (s *Server) running(channel string) (jobs []*job) {
	for _, j := range s.jobs {
		if j.channel == channel && j.running() {
			jobs = append(jobs, j)
		}
	}
	return jobs
}
