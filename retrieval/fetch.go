package retrieval

import (
	"context"
	"log/slog"
	"time"

	"github.com/dbos-inc/dbos-transact-golang/dbos"

	"seedbank/db"
	"seedbank/useapi"
)

// fetched is how a fetch ended: with an answer in the history, or with a problem. Like everything a step returns it is
// stored: fields may be added, never renamed.
type fetched struct {
	Problem *Problem `json:"problem,omitempty"`
	Job     string   `json:"job,omitempty"` // whose answer it is
}

// intent is what is written down before anything is asked of the source.
type intent struct {
	Boot  string `json:"boot"`  // the run of the process that meant to send the request
	Known bool   `json:"known"` // the answer was there already
}

// submitted is what is known after the request went out.
type submitted struct {
	SeedJob string    `json:"seed_job,omitempty"` // the job that does what was asked
	At      time.Time `json:"at"`
	// Ended is set when everything is known already.
	Ended *outcome `json:"ended,omitempty"`
	// Next is set, for an order, when nothing was begun and it may be sent again at that time.
	Next *time.Time `json:"next,omitempty"`
	Busy bool       `json:"busy,omitempty"` // because the source was busy, and not because it was not reached
}

// outcome is what came of a job: one of the two.
type outcome struct {
	Answer  *db.Answer `json:"answer,omitempty"`
	Problem *Problem   `json:"problem,omitempty"`
}

// fetch is the workflow that gets the answer for one job. At most one runs for a job at a time, and at most
// Config.Slots for a channel. Its steps: intend; submit; await; save.
func (s *Service) fetch(ctx dbos.Context, job string) (fetched, error) {
	id, err := ctx.GetWorkflowID()
	if err != nil {
		return fetched{}, err
	}
	return s.fly(ctx, id, ChannelOfJob(job), job, func(f *flight) (fetched, error) {
		meant, err := step(ctx, "intend", func(ctx context.Context) (intent, error) { return s.intend(ctx, job) })
		if err != nil || meant.Known {
			return fetched{}, err
		}
		sent, err := carefulStep(ctx, &s.gate, "submit", func(ctx context.Context) (submitted, error) { return s.submit(ctx, job, meant, f) })
		if err != nil {
			return fetched{}, err
		}
		return s.finish(ctx, sent, s.pace.deadline, &watch{
			s: s, about: job, job: sent.SeedJob, f: f, conclude: func(final *useapi.Job) outcome { return conclude(job, final) },
		})
	})
}

// fly lets a workflow that asks the source be seen on the board, and tells its end. about is what it is for.
func (s *Service) fly(ctx dbos.Context, id, channel, about string, do func(*flight) (fetched, error)) (fetched, error) {
	if err := s.whenOpen(ctx); err != nil {
		return fetched{}, err
	}
	f := s.board.join(id, channel)
	defer s.board.leave(f)
	defer s.streams.forget(id)
	s.board.show(f, func(p *Progress) { p.Phase = Asking })

	result, err := do(f)
	if err != nil && ctx.Err() != nil {
		return fetched{}, err // the process ends; the next one goes on here
	}
	if err != nil {
		s.log.Error("work broke", "for", about, "err", err)
		result = fetched{Problem: &Problem{Code: Broken}}
	}
	if p := result.Problem; p != nil {
		level := slog.LevelInfo
		if p.ForOwner() {
			level = slog.LevelWarn
		}
		s.log.Log(s.life, level, "the source brought nothing", "for", about, "problem", p.Code, "detail", p.Detail)
	} else {
		s.log.Info("the source has answered", "for", about)
	}
	s.board.end(f, result)
	return result, nil
}

// finish waits for the end of what was sent and saves what it brought.
func (s *Service) finish(ctx dbos.Context, sent submitted, most time.Duration, w *watch) (fetched, error) {
	end := sent.Ended
	if end == nil {
		got, err := step(ctx, "await", func(ctx context.Context) (outcome, error) { return s.await(ctx, sent, most, w) })
		if err != nil {
			return fetched{}, err
		}
		end = &got
	}
	if end.Problem != nil {
		return fetched{Problem: end.Problem}, nil
	}
	return step(ctx, "save", func(ctx context.Context) (fetched, error) {
		return fetched{Job: end.Answer.Job}, s.save(ctx, *end.Answer)
	})
}

// intend looks once more whether the answer is there: the fetch may have waited long for its slot.
func (s *Service) intend(ctx context.Context, job string) (intent, error) {
	_, err := s.store.Answer(ctx, job)
	switch {
	case err == nil:
		return intent{Boot: s.boot, Known: true}, nil
	case isNotFound(err):
		return intent{Boot: s.boot}, nil
	}
	return intent{}, err
}

// save writes the answer into the history. A full disk is waited out for a while: the answer has been paid for.
func (s *Service) save(ctx context.Context, a db.Answer) error {
	ctx, cancel := context.WithTimeout(ctx, s.pace.saveMost)
	defer cancel()
	return persistently(ctx, time.Second, func() (bool, error) {
		_, err := s.store.SaveAnswer(ctx, a)
		if err != nil {
			s.log.Error("answer not saved yet", "job", a.Job, "err", err)
		}
		return err != nil, err
	})
}
