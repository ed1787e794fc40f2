package retrieval

import (
	"context"
	"errors"
	"iter"
	"net"
	"net/http"
	"time"

	"seedbank/useapi"
)

// submit sends the request for the seed, and returns when the job that fetches it has a name. The request is sent
// once. It is repeated only where the first cannot have begun anything (the source was busy, or was not reached), or
// after a look at the source's running jobs did not find what a lost answer may have begun; useapi documents that a
// seed asked for again is not made again.
func (s *Service) submit(ctx context.Context, job string, meant intent, f *flight) (submitted, error) {
	sent := submitted{At: time.Now().UTC()}
	if meant.Boot != s.boot { // an earlier process meant to send it, and may have
		if sent.SeedJob = s.lookup(ctx, job); sent.SeedJob != "" {
			return sent, nil
		}
	}
	again := s.pace.again
	busy := waitForSlot{pace: s.pace, since: time.Now()}
	for {
		if isClosed(f.deserted) {
			return sent.ended(&Problem{Code: Stopped}), nil
		}
		s.board.show(f, func(p *Progress) { *p = Progress{Phase: Asking, Percent: -1} })
		st := s.request(job, func(ctx context.Context) iter.Seq2[useapi.Event, error] {
			return s.source.Seed(ctx, useapi.SeedRequest{JobID: job})
		}, s.pace.deadline, f)
		if err := s.namedOrParted(ctx, st, f); err != nil {
			return submitted{}, err
		}
		id, final, err := st.state()
		switch {
		case id != "":
			sent.SeedJob = id
			return sent, nil
		case err == nil && final != nil && final.Final(): // a job without a name; there is nothing to look at later
			return sent.endedWith(conclude(job, final)), nil
		case isClosed(f.deserted):
			return sent.ended(&Problem{Code: Stopped}), nil
		case errors.Is(err, useapi.ErrRateLimited):
			wait, ok := busy.next(err)
			if !ok {
				return sent.ended(&Problem{Code: Busy}), nil
			}
			next := time.Now().Add(wait)
			s.board.show(f, func(p *Progress) { p.Phase, p.Next = Waiting, next })
			if err := s.pauseUnlessDeserted(ctx, wait, f); err != nil {
				return submitted{}, err
			}
		case conflicting(err) != "": // the seed was asked for before, and this is the job that has it
			sent.SeedJob = conflicting(err)
			return sent, nil
		case !lost(err):
			return sent.ended(problemOf(err)), nil
		default:
			s.log.Warn("the request got no answer", "job", job, "err", err)
			if begun(err) {
				if sent.SeedJob = s.lookup(ctx, job); sent.SeedJob != "" {
					return sent, nil
				}
			}
			if len(again) == 0 {
				return sent.ended(problemOf(err)), nil
			}
			if err := s.pauseUnlessDeserted(ctx, again[0], f); err != nil {
				return submitted{}, err
			}
			again = again[1:]
		}
	}
}

func (s submitted) ended(p *Problem) submitted { return s.endedWith(outcome{Problem: p}) }

func (s submitted) endedWith(o outcome) submitted {
	s.Ended = &o
	return s
}

// namedOrParted waits until the stream has told the job's name or has ended. A request that nobody waits for any more
// gets a moment to tell the name, so that the job can be cancelled, and is then left alone.
func (s *Service) namedOrParted(ctx context.Context, st *stream, f *flight) error {
	select {
	case <-st.known:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	case <-f.deserted:
	}
	parting, cancel := context.WithTimeout(ctx, s.pace.parting)
	defer cancel()
	select {
	case <-st.known:
	case <-parting.Done():
	}
	return ctx.Err()
}

// lookup searches the source's running jobs for one that fetches the seed of this job; "" when there is none, or when
// that cannot be told.
func (s *Service) lookup(ctx context.Context, job string) string {
	running, err := s.source.Jobs(ctx)
	if err != nil {
		s.log.Warn("running jobs cannot be listed", "err", err)
		return ""
	}
	const most = 15 // a channel runs no more
	looked := 0
	for _, r := range running.Channels[ChannelOfJob(job)].Jobs {
		if id, err := useapi.ParseJobID(r.JobID); err != nil || id.Kind() != useapi.Command {
			continue // images and videos are no seeds
		}
		if looked++; looked > most {
			break
		}
		if j, err := s.source.Job(ctx, r.JobID); err == nil && j.ParentID() == job {
			return r.JobID
		}
	}
	return ""
}

// lost tells that it is unknown, or known to be untrue, that the request began something.
func lost(err error) bool {
	if err == nil || errors.Is(err, useapi.ErrStreamCut) {
		return true
	}
	refused, ok := errors.AsType[*useapi.Error](err)
	if !ok {
		return true
	}
	switch refused.Status {
	case http.StatusInternalServerError, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	}
	return false
}

// begun tells whether the request may have reached the source.
func begun(err error) bool {
	op, ok := errors.AsType[*net.OpError](err)
	return !ok || op.Op != "dial"
}

// conflicting is the job that a 409 names, "" otherwise.
func conflicting(err error) string {
	if refused, ok := errors.AsType[*useapi.Error](err); ok && errors.Is(err, useapi.ErrConflict) {
		return refused.JobID
	}
	return ""
}

// waitForSlot paces the tries while the source is busy.
type waitForSlot struct {
	pace  pace
	since time.Time
	tries int
	least time.Duration // whatever the source says
}

// next is the wait before the next try, false when there was waiting enough. The source's own word goes first, as long as
// it does not have itself asked a hundred times by always saying "in a second": it is at least the wait before.
func (w *waitForSlot) next(err error) (time.Duration, bool) {
	d := w.pace.busy[min(w.tries, len(w.pace.busy)-1)]
	if refused, ok := errors.AsType[*useapi.Error](err); ok && refused.RetryAfter > 0 {
		d = max(refused.RetryAfter, w.least)
	}
	w.least = w.pace.busy[min(w.tries, len(w.pace.busy)-1)]
	w.tries++
	d = jittered(d)
	return d, time.Since(w.since)+d <= w.pace.busyMost
}

// pauseUnlessDeserted waits; it ends early, without an error, when nobody waits for the fetch any more.
func (s *Service) pauseUnlessDeserted(ctx context.Context, d time.Duration, f *flight) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-f.deserted:
	case <-ctx.Done():
		return ctx.Err()
	}
	return nil
}
