package retrieval

import (
	"context"
	"time"

	"github.com/dbos-inc/dbos-transact-golang/dbos"

	"seedbank/db"
	"seedbank/prompt"
)

// opening is what an ask finds when it begins.
type opening struct {
	Card    int64    `json:"card,omitempty"`    // a card of this scope that answers it
	Known   bool     `json:"known,omitempty"`   // the answer is there; no request is needed
	Problem *Problem `json:"problem,omitempty"` // it cannot be answered
}

// waiting is how the wait for a fetch ended.
type waiting struct {
	Problem *Problem `json:"problem,omitempty"`
	// Again is set when the fetch was stopped by somebody else: this ask wants one of its own.
	Again bool   `json:"again,omitempty"`
	Job   string `json:"job,omitempty"` // what was made, by an order
}

// kept is the card that answers an ask.
type kept struct {
	Card  int64 `json:"card"`
	Known bool  `json:"known,omitempty"`
}

// delivery is how the answer reached the asker.
type delivery struct {
	Channel  string       `json:"channel,omitempty"`
	Message  string       `json:"message,omitempty"`
	Pictures []db.Picture `json:"pictures,omitempty"`
	Failed   string       `json:"failed,omitempty"` // why nobody could be told
	Left     string       `json:"left,omitempty"`   // see Delivered
}

// mostFetches bounds how often an ask starts over because others stopped what it joined.
const mostFetches = 5

// ask is the workflow that answers one question. Its steps: open; number, fetch and wait, possibly more than once;
// keep; deliver; record; forward, where the answer stands in another message than the progress.
func (s *Service) ask(ctx dbos.Context, a Ask) (string, error) { return s.answer(ctx, a, s.find) }

// answer lets find get the card that answers an ask, or the problem, and delivers it.
func (s *Service) answer(ctx dbos.Context, a Ask, find func(dbos.Context, Ask, *ticket) (kept, *Problem, error)) (string, error) {
	if err := s.whenOpen(ctx); err != nil {
		return "", err
	}
	t := s.board.ticket(a.ID)
	defer s.board.done(a.ID)

	k, problem, err := find(ctx, a, t)
	if err != nil && ctx.Err() != nil {
		return "", err // the process ends; the next one goes on here
	}
	if err != nil {
		s.log.Error("ask broke", "ask", a.ID, "job", a.Job, "err", err)
		problem = &Problem{Code: Broken}
	}
	s.board.close(t)
	if problem != nil {
		s.board.comesToNothing(t)
	}
	d, err := carefulStep(ctx, &s.gate, "deliver", func(ctx context.Context) (delivery, error) { return s.deliver(ctx, a, k, problem) })
	if err != nil && ctx.Err() != nil {
		return "", err
	}
	if err != nil {
		s.log.Error("answer not delivered", "ask", a.ID, "err", err)
		d.Failed = err.Error()
	}
	state, err := step(ctx, "record", func(ctx context.Context) (string, error) { return s.record(ctx, a, k, problem, d) })
	if err != nil || d.Left == "" {
		return state, err
	}
	// Only now: what was posted is on record, so that whatever happens here does not post it again.
	_, err = step(ctx, "forward", func(ctx context.Context) (bool, error) { return true, s.forward(ctx, a, d) })
	return state, err
}

// find gets the card that answers the ask, or the problem.
func (s *Service) find(ctx dbos.Context, a Ask, t *ticket) (kept, *Problem, error) {
	o, err := step(ctx, "open", func(ctx context.Context) (opening, error) { return s.openAsk(ctx, a) })
	if err != nil || o.Problem != nil {
		return kept{}, o.Problem, err
	}
	if o.Card > 0 {
		return kept{Card: o.Card, Known: true}, nil, nil
	}
	for n, fetch := 0, ""; !o.Known; n++ {
		var w waiting
		fetch, w, err = s.fetchFor(ctx, a, t, fetch)
		switch {
		case err != nil:
			return kept{}, nil, err
		case w.Again && n < mostFetches:
			continue
		case w.Again:
			return kept{}, &Problem{Code: Stopped}, nil
		case w.Problem != nil:
			return kept{}, w.Problem, nil
		}
		break
	}
	k, err := step(ctx, "keep", func(ctx context.Context) (kept, error) { return s.keep(ctx, a, o.Known) })
	return k, nil, err
}

// openAsk notes the ask in the history and looks whether that knows the answer.
func (s *Service) openAsk(ctx context.Context, a Ask) (opening, error) {
	if err := s.noteAsk(ctx, a); err != nil {
		return opening{}, err
	}
	if a.Card > 0 {
		_, err := s.store.Card(ctx, a.View(), a.Card)
		if isNotFound(err) {
			return opening{Problem: &Problem{Code: CardGone}}, nil
		}
		return opening{Card: a.Card}, err
	}
	switch card, err := s.known(ctx, a); {
	case err == nil:
		return opening{Card: card.Number}, nil
	case !isNotFound(err):
		return opening{}, err
	}
	switch _, err := s.store.Answer(ctx, a.Job); {
	case err == nil:
		return opening{Known: true}, nil
	case !isNotFound(err):
		return opening{}, err
	}
	return opening{}, nil
}

// noteAsk lets the history know of the ask. A full disk is waited out.
func (s *Service) noteAsk(ctx context.Context, a Ask) error {
	ctx, cancel := context.WithTimeout(ctx, s.pace.saveMost)
	defer cancel()
	return persistently(ctx, time.Second, func() (bool, error) {
		err := s.store.StartAsk(ctx, db.Ask{
			ID: a.ID, Scope: a.Scope, Channel: a.Channel, Member: a.Member, Job: a.Job, Card: a.Card, Private: a.Private, At: a.At,
		})
		if err != nil {
			s.log.Error("ask not noted yet", "ask", a.ID, "err", err)
		}
		return true, err
	})
}

// fetchFor joins the fetch of the ask's job, or begins one, and waits for it. left is a fetch not to be joined again.
func (s *Service) fetchFor(ctx dbos.Context, a Ask, t *ticket, left string) (string, waiting, error) {
	id, err := step(ctx, "number", func(ctx context.Context) (string, error) {
		s.spend(ctx, a)
		return s.engine.nextFetch(a.Job, func(id string) bool { return id == left || s.board.over(id) })
	})
	if err != nil {
		return "", waiting{}, err
	}
	w, err := s.waitFor(ctx, a, t, id, ChannelOfJob(a.Job), func(with ...dbos.WorkflowOption) error {
		_, err := dbos.RunWorkflow(ctx, s.fetch, a.Job, with...)
		return err
	})
	return id, w, err
}

// waitFor has work begun, unless it runs already, and waits for it. The lane is where it waits for a slot.
func (s *Service) waitFor(
	ctx dbos.Context, a Ask, t *ticket, id, lane string, begin func(...dbos.WorkflowOption) error,
) (waiting, error) {
	// What waits is joined to the flight before the work can begin, so that the work finds itself wanted.
	f := s.board.join(id, lane)
	defer s.board.leave(f)
	leave := s.board.await(f, t)
	defer leave()
	err := begin(dbos.WithWorkflowID(id), dbos.WithQueue(s.engine.queue), dbos.WithQueuePartitionKey(lane))
	if err != nil {
		return waiting{}, err
	}
	return step(ctx, "wait", func(ctx context.Context) (waiting, error) { return s.wait(ctx, a, f, t) })
}

// wait shows the fetch's progress until that has ended or a member stops the ask.
func (s *Service) wait(ctx context.Context, a Ask, f *flight, t *ticket) (waiting, error) {
	s.board.waits(t)
	// The board knows the result at once. The engine is asked for that of a fetch which does not run in this process:
	// it may have ended before, or still wait for its slot.
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	look := true
	for {
		result, progress, here := s.board.see(f)
		if result == nil && look && !here {
			recorded, err := s.engine.result(f.id)
			if err != nil {
				return waiting{}, err
			}
			result = recorded
		}
		if result != nil {
			if !s.board.close(t) {
				return waiting{Problem: &Problem{Code: Stopped, By: t.by}}, nil
			}
			if p := result.Problem; p != nil && p.Code == Stopped {
				s.board.reopen(t)
				return waiting{Again: true}, nil
			}
			return waiting{Problem: result.Problem, Job: result.Job}, nil
		}
		s.desk.Progress(a, progress)
		look = false
		select {
		case <-t.wake:
		case <-tick.C:
			look = true
		case <-t.stopped:
			s.board.close(t)
			return waiting{Problem: &Problem{Code: Stopped, By: t.by}}, nil
		case <-ctx.Done():
			return waiting{}, ctx.Err()
		}
	}
}

// keep makes a card of the answer: that of whoever asked first, though another of those who wait may be the one to make
// it.
func (s *Service) keep(ctx context.Context, a Ask, known bool) (kept, error) {
	answer, err := s.store.Answer(ctx, a.Job)
	if err != nil {
		return kept{}, err
	}
	first, err := s.firstOf(ctx, a)
	if err != nil {
		return kept{}, err
	}
	c := cardOf(first, answer)
	c.Source = db.Midjourney
	k, err := s.keepCard(ctx, first, c, a)
	k.Known = k.Known || known || first.ID != a.ID
	return k, err
}

// firstOf is the earliest of the asks that wait for the same job in the same place, as far as the asker may know of them.
func (s *Service) firstOf(ctx context.Context, a Ask) (Ask, error) {
	waiting, err := s.store.RunningAsks(ctx, a.View(), a.Job, a.Private)
	if err != nil {
		return Ask{}, err
	}
	for _, w := range waiting {
		switch {
		case w.ID == a.ID:
			return a, nil
		case w.At.After(a.At), !s.board.hopes(w.ID), !s.seesAsk(ctx, a, w):
			continue
		}
		over, err := s.engine.over("ask:" + w.ID) // it may be on record as running though its work was lost
		if err != nil {
			return Ask{}, err
		}
		if !over {
			return Ask{ID: w.ID, Scope: w.Scope, Channel: w.Channel, Member: w.Member, Job: w.Job, Private: w.Private, At: w.At}, nil
		}
	}
	return a, nil
}

// cardOf is the card that an ask makes of an answer, but for its source.
func cardOf(a Ask, answer db.Answer) db.Card {
	p := prompt.Parse(answer.Prompt)
	return db.Card{
		Scope: a.Scope, Seed: answer.Seed, Job: answer.Job, SeedJob: answer.SeedJob,
		MidjourneyID: answer.MidjourneyID, Prompt: answer.Prompt, Typed: answer.Typed, Parameters: p.JSON(),
		Version: p.Version(), Aspect: p.Aspect(), Channel: a.Channel, Asker: a.Member, Private: a.Private,
		Asked: a.At, Created: time.Now().UTC(), Raw: answer.Raw,
	}
}

// keepCard keeps the card of an ask, which is shown to others too who wait for the same.
func (s *Service) keepCard(ctx context.Context, a Ask, c db.Card, others ...Ask) (k kept, err error) {
	err = persistently(ctx, time.Second, func() (bool, error) {
		card, was, err := s.keepSeen(ctx, a, c, others...)
		if err != nil {
			s.log.Error("card not kept yet", "ask", a.ID, "err", err)
			return true, err
		}
		k = kept{Card: card.Number, Known: was}
		return false, nil
	})
	return k, err
}
