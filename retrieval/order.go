package retrieval

import (
	"context"
	"errors"
	"iter"
	"net/http"
	"time"

	"seedbank/db"
	"seedbank/prompt"
	"seedbank/useapi"
)

// tries counts how often an order was sent in vain.
type tries struct {
	since      time.Time // the first
	busy, lost int
}

func (t tries) after(sent submitted) tries {
	if t.since.IsZero() {
		t.since = sent.At
	}
	if sent.Busy {
		t.busy++
	} else {
		t.lost++
	}
	return t
}

// submitOrder sends an order, and returns when the job that carries it out has a name. Each one sent costs and makes
// another grid, so it may be sent again only where it is certain that this one has begun nothing: the source was busy,
// or was not reached. Otherwise the job is looked for among those that run, and when it is not there, the order ends
// as Unclear.
func (s *Service) submitOrder(ctx context.Context, o order, meant intent, t tries, f *flight) (submitted, error) {
	sent := submitted{At: time.Now().UTC()}
	if meant.Boot != s.boot { // an earlier process meant to send it, and may have
		return s.findOrder(ctx, o, sent)
	}
	if wanted, err := s.wanted(ctx, o, f); err != nil || !wanted {
		return sent.ended(&Problem{Code: Stopped}), err
	}
	s.board.show(f, func(p *Progress) { *p = Progress{Phase: Asking, Percent: -1, Prompt: o.Prompt} })
	request := useapi.ImagineRequest{Prompt: o.Prompt, Channel: o.Channel, ReplyRef: o.Ask}
	st := s.request("order "+o.Ask, func(ctx context.Context) iter.Seq2[useapi.Event, error] {
		return s.source.Imagine(ctx, request)
	}, s.pace.making, f)
	if err := s.namedOrParted(ctx, st, f); err != nil {
		return submitted{}, err
	}
	id, final, err := st.state()
	switch {
	case id != "":
		sent.SeedJob = id
		return sent, nil
	case err == nil && final != nil && final.Final():
		return sent.endedWith(o.conclude(final)), nil
	case errors.Is(err, useapi.ErrRateLimited):
		busy := waitForSlot{pace: s.pace, since: t.since, tries: t.busy}
		if t.since.IsZero() {
			busy.since = sent.At
		}
		wait, ok := busy.next(err)
		if !ok {
			return sent.ended(&Problem{Code: Busy}), nil
		}
		sent.Busy = true
		return sent.again(wait), nil
	case declined(err):
		return sent.ended(problemOf(err)), nil
	case err != nil && !begun(err):
		if t.lost >= len(s.pace.again) {
			return sent.ended(problemOf(err)), nil
		}
		return sent.again(s.pace.again[t.lost]), nil
	}
	s.log.Warn("an order got no answer", "ask", o.Ask, "err", err)
	return s.findOrder(ctx, o, sent)
}

func (s submitted) again(wait time.Duration) submitted {
	next := time.Now().UTC().Add(wait)
	s.Next = &next
	return s
}

// declined tells that the source has refused, so that nothing was begun.
func declined(err error) bool {
	refused, ok := errors.AsType[*useapi.Error](err)
	if !ok {
		return false
	}
	// A status of 0 is that of an error event, which may come when the job is under way. Below 400 it is an error under
	// a 2xx, or not the source at all.
	return errors.Is(err, useapi.ErrAccounts) || refused.Status > 0 && refused.Status < http.StatusInternalServerError
}

// findOrder finds the job of an order that was or may have been sent, among those that run. A job that was just begun
// may not be listed yet, so it looks more than once; while the source cannot be asked it waits, up to pace.busyMost.
func (s *Service) findOrder(ctx context.Context, o order, sent submitted) (submitted, error) {
	patience := time.Now().Add(s.pace.busyMost)
	for look := 0; ; {
		id, told := s.lookupOrder(ctx, o)
		wait := s.pace.pollFirst
		switch {
		case id != "":
			sent.SeedJob = id
			return sent, nil
		case told && look == len(s.pace.again), !told && time.Now().After(patience):
			return sent.ended(&Problem{Code: Unclear}), nil
		case told:
			wait = s.pace.again[look]
			look++
		}
		if err := pauseWithin(ctx, wait); err != nil {
			return submitted{}, err
		}
	}
}

// lookupOrder looks once; told is false when the source could not be asked. The job is known by the reference that was
// sent along, which no other job has.
func (s *Service) lookupOrder(ctx context.Context, o order) (id string, told bool) {
	running, err := s.source.Jobs(ctx)
	if err != nil {
		s.log.Warn("running jobs cannot be listed", "err", err)
		return "", false
	}
	const most = 60 // jobs that are looked at
	looked := 0
	told = true
	for channel, jobs := range running.Channels {
		if o.Channel != "" && o.Channel != channel {
			continue
		}
		for _, r := range jobs.Jobs {
			if looked++; looked > most {
				return "", told
			}
			j, err := s.source.Job(ctx, r.JobID)
			switch {
			case err == nil && j.Request.ReplyRef == o.Ask:
				return r.JobID, true
			case err != nil && !errors.Is(err, useapi.ErrNotFound):
				s.log.Warn("a running job cannot be looked at", "job", r.JobID, "err", err)
				told = false
			}
		}
	}
	return "", told
}

// conclude reads the end of a job that was made by the order. Its seed is the one it was made with.
func (o order) conclude(final *useapi.Job) outcome {
	if problem := endedBadly(final); problem != nil {
		return outcome{Problem: problem}
	}
	seed, seeded := prompt.Parse(o.Prompt).Seed()
	if !seeded || final.ID == "" {
		return outcome{Problem: &Problem{Code: NoSeed}}
	}
	a := &db.Answer{
		Job: final.ID, Seed: seed, Typed: o.Prompt, MidjourneyID: final.ImageID(), Raw: final.Sanitized(),
		At: time.Now().UTC(), Pictures: picturesOf(final), Parent: o.Parent, Action: "imagine",
	}
	if a.Prompt, _ = final.Echo(); a.Prompt == "" {
		a.Prompt = o.Prompt
	}
	return outcome{Answer: a}
}
