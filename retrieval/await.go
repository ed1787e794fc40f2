package retrieval

import (
	"context"
	"errors"
	"time"

	"seedbank/db"
	"seedbank/useapi"
)

// await waits for the end of the job that fetches the seed: by its stream while this process has it, else by looking
// at the job. A cut stream changes only the way of waiting. Nothing is cancelled but by a member's stop and after
// pace.deadline.
func (s *Service) await(ctx context.Context, fetch, job string, sent submitted, f *flight) (outcome, error) {
	w := &watch{s: s, job: job, seedJob: sent.SeedJob, f: f}
	deadline, cancel := context.WithDeadline(ctx, sent.At.Add(s.pace.deadline))
	defer cancel()
	var o *outcome
	if st := s.streams.of(fetch); st != nil {
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
	case isClosed(f.deserted):
		w.cancel(ctx)
		return outcome{Problem: &Problem{Code: Stopped}}, nil
	}
	w.cancel(ctx)
	return outcome{Problem: &Problem{Code: TooLong}}, nil
}

// watch waits for one job. Its ways of waiting return nil when they cannot tell the end: the stream broke, nobody
// waits any more, or the time is over.
type watch struct {
	s            *Service
	job, seedJob string
	f            *flight
}

// follow waits with the stream.
func (w *watch) follow(ctx context.Context, st *stream) *outcome {
	select {
	case <-st.done:
	case <-w.f.deserted:
		return nil
	case <-ctx.Done():
		return nil
	}
	_, job, err := st.state()
	if err == nil && job != nil && job.Final() {
		o := conclude(w.job, job)
		return &o
	}
	w.s.log.Warn("the stream broke, looking at the job instead", "job", w.job, "seed_job", w.seedJob, "err", err)
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
		job, err := w.s.source.Job(ctx, w.seedJob)
		switch {
		case err == nil && job.Final():
			o := conclude(w.job, job)
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
		default:
			w.s.log.Warn("the job could not be looked at", "seed_job", w.seedJob, "err", err)
		}
	}
}

// cancel frees the job's slot at the source.
func (w *watch) cancel(ctx context.Context) {
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), w.s.pace.parting)
	defer stop()
	if err := w.s.source.CancelJob(ctx, w.seedJob); err != nil {
		w.s.log.Warn("the job could not be cancelled", "seed_job", w.seedJob, "err", err)
	}
}

// conclude reads the end of a final job.
func conclude(job string, final *useapi.Job) outcome {
	if !final.Completed() {
		code := Failed
		if final.Status == "moderated" {
			code = Moderated
		}
		return outcome{Problem: &Problem{Code: code, Detail: final.Reason()}}
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
	for _, image := range final.Images() {
		a.Pictures = append(a.Pictures, db.AnswerPicture{
			URL: image.URL, Type: image.ContentType, Size: image.Size, Width: image.Width, Height: image.Height,
		})
	}
	return outcome{Answer: a}
}
