package retrieval

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/dbos-inc/dbos-transact-golang/dbos"

	"seedbank/db"
	"seedbank/prompt"
	"seedbank/useapi"
)

// mostPrompt is how long the prompt of an order may be, in characters: what the source takes.
const mostPrompt = 5000

// Generate takes an order for a new picture, in a.Generate. When it returns nil the order is stored and will be
// answered at the desk like an ask: with the grid as a card, or with a problem. The order is sent to the source once
// at most, whatever happens to this process: when it is unknown whether it was, it ends with the problem Unclear. The
// same ID again changes nothing. Who may order, and that the cost was agreed to, is for the caller to check.
func (s *Service) Generate(ctx context.Context, a Ask, acknowledge func() error) error {
	if err := checkGeneration(a); err != nil {
		return fmt.Errorf("take order %s: %w", a.ID, err)
	}
	return s.take(ctx, note{Ask: &a}, acknowledge)
}

func checkGeneration(a Ask) error {
	g := a.Generate
	switch {
	case g == nil || a.ID == "":
		return errors.New("it says nothing of what to make, or has no ID")
	case strings.TrimSpace(g.Prompt) == "" || utf8.RuneCountInString(g.Prompt) > mostPrompt:
		return fmt.Errorf("the prompt must have 1 to %d characters", mostPrompt)
	case strings.Trim(g.Channel, "0123456789") != "":
		return errors.New("the channel must be digits")
	}
	if _, seeded := prompt.Parse(g.Prompt).Seed(); !seeded {
		return errors.New("the prompt names no --seed")
	}
	return nil
}

// order is what the source is asked to make. Like all that is stored: fields may be added, never renamed.
type order struct {
	Ask     string `json:"ask"` // its ID goes along with the request, by which that is found again
	Prompt  string `json:"prompt"`
	Channel string `json:"channel,omitempty"`
	Parent  string `json:"parent,omitempty"` // the job that it is made from
}

// lane is where orders for the channel, or for any, wait for a slot. A channel's is that of its fetches too.
func (o order) lane() string {
	if o.Channel == "" {
		return "any"
	}
	return o.Channel
}

func generationID(ask string) string { return "generate:" + ask }

// imagine is the workflow that answers one order. Its steps: open; a generation, and the wait for it; keep; deliver;
// record; forward, as in ask.
func (s *Service) imagine(ctx dbos.Context, a Ask) (string, error) {
	return s.answer(ctx, a, s.made)
}

// made gets the card of an order, or the problem.
func (s *Service) made(ctx dbos.Context, a Ask, t *ticket) (kept, *Problem, error) {
	o, err := step(ctx, "open", func(ctx context.Context) (order, error) { return s.openOrder(ctx, a) })
	if err != nil {
		return kept{}, nil, err
	}
	id := generationID(a.ID)
	w, err := s.waitFor(ctx, a, t, id, o.lane(), func(with ...dbos.WorkflowOption) error {
		_, err := dbos.RunWorkflow(ctx, s.generate, o, with...)
		return err
	})
	if err != nil {
		return kept{}, nil, err
	}
	if w.Again { // it was stopped, and whoever stopped it has not put that on record
		w.Problem = &Problem{Code: Stopped}
	}
	if w.Problem != nil {
		s.board.withdraw(id)
		return kept{}, w.Problem, nil
	}
	k, err := step(ctx, "keep", func(ctx context.Context) (kept, error) { return s.keepMade(ctx, a, w.Job) })
	return k, nil, err
}

// openOrder notes the order in the history.
func (s *Service) openOrder(ctx context.Context, a Ask) (order, error) {
	err := s.noteAsk(ctx, a)
	if err != nil {
		return order{}, err
	}
	s.spend(ctx, a)
	o := order{Ask: a.ID, Prompt: a.Generate.Prompt, Channel: a.Generate.Channel}
	if a.Generate.Parent > 0 {
		parent, err := s.store.Card(ctx, a.View(), a.Generate.Parent)
		if err != nil && !isNotFound(err) {
			return order{}, err
		}
		o.Parent = parent.Job
	}
	return o, nil
}

// keepMade makes a card of what was made.
func (s *Service) keepMade(ctx context.Context, a Ask, job string) (kept, error) {
	answer, err := s.store.Answer(ctx, job)
	if err != nil {
		return kept{}, err
	}
	c := cardOf(a, answer)
	c.Source, c.Parent, c.Action = db.Prompt, a.Generate.Parent, answer.Action
	var final useapi.Job
	if json.Unmarshal(answer.Raw, &final) == nil {
		_, c.Speed = final.Echo()
	}
	return s.keepCard(ctx, a, c)
}

// spend notes that an ask costs a request. Counting is not worth an answer.
func (s *Service) spend(ctx context.Context, a Ask) {
	if err := s.store.SpendAsk(ctx, a.ID); err != nil && ctx.Err() == nil {
		s.log.Error("the request of an ask was not counted", "ask", a.ID, "err", err)
	}
}

// generate is the workflow that has one order carried out. It waits for a slot like a fetch. Its steps: intend and
// submit, and pause before the next two where nothing was begun; await; save.
func (s *Service) generate(ctx dbos.Context, o order) (fetched, error) {
	return s.fly(ctx, generationID(o.Ask), o.lane(), "order "+o.Ask, func(f *flight) (fetched, error) {
		s.board.show(f, func(p *Progress) { p.Prompt = o.Prompt })
		var sent submitted
		var err error
		for t := (tries{}); ; t = t.after(sent) {
			if sent, err = s.try(ctx, o, t, f); err != nil {
				return fetched{}, err
			}
			if sent.Next == nil {
				break
			}
			_, err = step(ctx, "pause", func(ctx context.Context) (bool, error) {
				s.board.show(f, func(p *Progress) { *p = Progress{Phase: Waiting, Percent: -1, Prompt: o.Prompt, Next: *sent.Next} })
				return true, s.pauseUnlessDeserted(ctx, time.Until(*sent.Next), f)
			})
			if err != nil {
				return fetched{}, err
			}
		}
		return s.finish(ctx, sent, s.pace.making, &watch{
			s: s, about: "order " + o.Ask, job: sent.SeedJob, f: f, conclude: o.conclude,
		})
	})
}

// try sends an order once. What was meant gets on record only if there is time left to send it: an order that was meant
// to be sent, by a process that ended, counts as sent.
func (s *Service) try(ctx dbos.Context, o order, t tries, f *flight) (submitted, error) {
	if err := s.gate.enter(ctx); err != nil {
		return submitted{}, err
	}
	defer s.gate.leave()
	meant, err := step(ctx, "intend", func(context.Context) (intent, error) { return intent{Boot: s.boot}, nil })
	if err != nil {
		return submitted{}, err
	}
	return step(ctx, "submit", func(ctx context.Context) (submitted, error) { return s.submitOrder(ctx, o, meant, t, f) })
}

// wanted waits until the asker is seen to wait for an order that was not sent yet; false when nobody will. Most find
// the asker there. After a restart the asker may be a moment late, or have stopped before it, or be long gone.
func (s *Service) wanted(ctx context.Context, o order, f *flight) (bool, error) {
	tick := time.NewTicker(s.pace.pollSoon)
	defer tick.Stop()
	for {
		switch waited, withdrawn := s.board.wanted(f); {
		case withdrawn:
			return false, nil
		case waited:
			return true, nil
		}
		over, err := s.engine.over("imagine:" + o.Ask)
		if err != nil || over {
			return false, err
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return false, ctx.Err()
		}
	}
}
