package retrieval

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/useapi"
)

// orderTurn is what the fake source does with one order.
type orderTurn func(yield func(useapi.Event, error) bool, s *fakeSource, r useapi.ImagineRequest)

func (s *fakeSource) scriptOrder(prompt string, turns ...orderTurn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.orders[prompt] = turns
}

// Imagine takes the next turn of the prompt; the last is repeated.
func (s *fakeSource) Imagine(_ context.Context, r useapi.ImagineRequest) iter.Seq2[useapi.Event, error] {
	return func(yield func(useapi.Event, error) bool) {
		s.mu.Lock()
		s.sent = append(s.sent, r)
		s.now++
		s.most = max(s.most, s.now)
		take := makes
		if left := s.orders[r.Prompt]; len(left) > 0 {
			take = left[0]
			if len(left) > 1 {
				s.orders[r.Prompt] = left[1:]
			}
		}
		s.mu.Unlock()
		defer func() {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.now--
		}()
		take(yield, s, r)
	}
}

// sentOf counts the orders of a prompt.
func (s *fakeSource) sentOf(prompt string) (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range s.sent {
		if r.Prompt == prompt {
			n++
		}
	}
	return n
}

// madeJob is the ID of the job that carries out an order.
func madeJob(r useapi.ImagineRequest) string {
	channel := r.Channel
	if channel == "" {
		channel = oneChannel
	}
	return fmt.Sprintf("j1124%s00000i-u12345-c%s-bot:midjourney", r.ReplyRef[len(r.ReplyRef)-10:], channel)
}

// putOrder makes the source's state of an order's job.
func (s *fakeSource) putOrder(r useapi.ImagineRequest, status string, more map[string]any) *useapi.Job {
	fields := map[string]any{
		"jobid": madeJob(r), "verb": "imagine", "jobType": "image", "status": status, "created": "2025-10-24T18:13:34.913Z",
		"request": map[string]any{"prompt": r.Prompt, "replyRef": r.ReplyRef},
	}
	return s.putJob(fields, more)
}

// make ends an order's job well.
func (s *fakeSource) make(r useapi.ImagineRequest) *useapi.Job {
	return s.putOrder(r, "completed", map[string]any{"response": map[string]any{
		"content": "**" + r.Prompt + " --s 250** - <@111111111111111111> (fast)",
		"attachments": []any{map[string]any{
			"url": s.pictures + "/g/someone_owl_00000000-0000-4000-8000-bbd798ffcb5d.png", "width": 4, "height": 3,
		}},
	}})
}

// run lets an order's job run until somebody has looked at it.
func (s *fakeSource) run(r useapi.ImagineRequest) {
	j := s.putOrder(r, "progress", nil)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.looked[j.ID] = func() { s.make(r) }
}

// makes names the job and ends it with a grid.
func makes(yield func(useapi.Event, error) bool, s *fakeSource, r useapi.ImagineRequest) {
	if yield(useapi.Event{JobID: madeJob(r)}, nil) {
		yield(event(s.make(r)), nil)
	}
}

// holdsOrder names the job, shows some progress, and goes on when told to.
func holdsOrder(release <-chan struct{}, then orderTurn) orderTurn {
	return func(yield func(useapi.Event, error) bool, s *fakeSource, r useapi.ImagineRequest) {
		j := s.putOrder(r, "progress", map[string]any{"response": map[string]any{"progress_percent": 40}})
		if !yield(useapi.Event{JobID: j.ID}, nil) || !yield(event(j), nil) {
			return
		}
		<-release
		then(yield, s, r)
	}
}

func refusesOrder(err error) orderTurn {
	return func(yield func(useapi.Event, error) bool, _ *fakeSource, _ useapi.ImagineRequest) {
		yield(useapi.Event{}, err)
	}
}

// losesOrder lets the job run unseen, or not at all, and breaks off before it is named.
func losesOrder(unseen func(*fakeSource, useapi.ImagineRequest)) orderTurn {
	return func(yield func(useapi.Event, error) bool, s *fakeSource, r useapi.ImagineRequest) {
		unseen(s, r)
		yield(useapi.Event{}, useapi.ErrStreamCut)
	}
}

// order orders a picture.
func (h *house) order(prompt string, change ...func(*Ask)) Ask {
	h.t.Helper()
	h.asked++
	a := Ask{
		ID: fmt.Sprint(1300000000000000000 + h.asked), Scope: "3", Channel: "5", Member: "42", At: time.Now().UTC(),
		Reply: json.RawMessage(`{"token":"secret"}`), Generate: &Generation{Prompt: prompt},
	}
	for _, c := range change {
		c(&a)
	}
	require.NoError(h.t, h.Generate(h.t.Context(), a, nil))
	return a
}
