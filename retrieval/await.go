package retrieval

import (
	"context"
	"errors"
	"time"

	"seedbank/db"
	"seedbank/useapi"
)

// await waits for the end of the job that a request has begun: by its stream while this process has it, else by
// looking at the job. A cut stream changes only the way of waiting. Nothing is cancelled but by a member's stop and
// when the job has taken longer than it may.
func (s *Service) await(ctx context.Context, sent submitted, most time.Duration, w *watch) (outcome, error) {
	deadline, cancel := context.WithDeadline(ctx, sent.At.Add(most))
	defer cancel()
	var o *outcome
	if st := s.streams.of(w.f.id); st != nil {
		o = w.follow(deadline, st)
	}
	if o == nil {
		o = w.look(deadline)
	}
	switch {
	case ctx.Err() != nil:
		return outcome{}, ctx.Err()
	case o != nil:
		return *o, nil
	case isClosed(w.f.deserted):
		w.cancel(ctx)
		return outcome{Problem: &Problem{Code: Stopped}}, nil
	}
	w.cancel(ctx)
	return outcome{Problem: &Problem{Code: TooLong}}, nil
}

// watch waits for one job. Its ways of waiting return nil when they cannot tell the end: the stream broke, nobody
// waits any more, or the time is over.
type watch struct {
	s        *Service
	about    string // what the job is for
	job      string // its ID
	f        *flight
	conclude func(final *useapi.Job) outcome
}

// follow waits with the stream. Now and then it looks at the job all the same: a stream may go on, and even be kept alive
// by the source or a proxy, without ever telling the end.
func (w *watch) follow(ctx context.Context, st *stream) *outcome {
	glance := time.NewTicker(w.s.pace.glance)
	defer glance.Stop()
	for streams := true; streams; {
		select {
		case <-st.done:
			streams = false
		case <-glance.C:
			if job, err := w.s.source.Job(ctx, w.job); err == nil && job.Final() {
				o := w.conclude(job)
				return &o
			}
		case <-w.f.deserted:
			return nil
		case <-ctx.Done():
			return nil
		}
	}
	_, job, err := st.state()
	if err == nil && job != nil && job.Final() {
		o := w.conclude(job)
		return &o
	}
	w.s.log.Warn("the stream broke, looking at the job instead", "for", w.about, "job", w.job, "err", err)
	return nil
}

// look asks for the job's state again and again.
func (w *watch) look(ctx context.Context) *outcome {
	w.s.board.show(w.f, func(p *Progress) { p.Phase = Rechecking })
	gone := 0
	for wait := w.s.pace.pollSoon; ; wait = min(max(wait*5/4, w.s.pace.pollFirst), w.s.pace.pollMost) {
		if err := w.s.pauseUnlessDeserted(ctx, wait, w.f); err != nil || isClosed(w.f.deserted) {
			return nil
		}
		job, err := w.s.source.Job(ctx, w.job)
		switch {
		case err == nil && job.Final():
			o := w.conclude(job)
			return &o
		case err == nil:
			gone = 0
			w.s.board.show(w.f, func(p *Progress) {
				p.follow(job)
				p.Phase = Rechecking
			})
		case errors.Is(err, useapi.ErrExpired), errors.Is(err, useapi.ErrNotFound):
			// A job that was just made may not be there yet for every server of the source.
			if gone++; gone >= 3 {
				return &outcome{Problem: problemOf(err)}
			}
		case errors.Is(err, useapi.ErrUnauthorized), errors.Is(err, useapi.ErrNoSubscription):
			return &outcome{Problem: problemOf(err)}
		case errors.Is(err, useapi.ErrJobID): // what the source called the job is no name that it could be asked by
			return &outcome{Problem: &Problem{Code: Unavailable}}
		default:
			w.s.log.Warn("the job could not be looked at", "job", w.job, "err", err)
		}
	}
}

// cancel frees the job's slot at the source.
func (w *watch) cancel(ctx context.Context) {
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), w.s.pace.parting)
	defer stop()
	if err := w.s.source.CancelJob(ctx, w.job); err != nil {
		w.s.log.Warn("the job could not be cancelled", "job", w.job, "err", err)
	}
}

// conclude reads the end of a job that fetched a seed.
func conclude(job string, final *useapi.Job) outcome {
	if problem := endedBadly(final); problem != nil {
		return outcome{Problem: problem}
	}
	seed, err := final.Seed()
	if err != nil {
		return outcome{Problem: &Problem{Code: NoSeed}}
	}
	a := &db.Answer{
		Job: job, Seed: seed, Prompt: final.SeedPrompt(), MidjourneyID: final.MidjourneyID(),
		Raw: final.Sanitized(), At: time.Now().UTC(),
	}
	if final.ID != job { // an answer may come as the image's own job
		a.SeedJob = final.ID
	}
	if a.Typed = final.Prompt(); a.Prompt == "" {
		a.Prompt = a.Typed
	}
	a.Pictures = picturesOf(final)
	return outcome{Answer: a}
}

// endedBadly is why a final job brought nothing, nil for one that did.
func endedBadly(final *useapi.Job) *Problem {
	switch {
	case final.Completed():
		return nil
	case final.Status == useapi.StatusModerated:
		return &Problem{Code: Moderated, Detail: final.Reason()}
	}
	return &Problem{Code: Failed, Detail: final.Reason()}
}

func picturesOf(final *useapi.Job) (list []db.AnswerPicture) {
	for _, image := range final.Images() {
		list = append(list, db.AnswerPicture{
			URL: image.URL, Type: image.ContentType, Size: image.Size, Width: image.Width, Height: image.Height,
		})
	}
	return list
}
