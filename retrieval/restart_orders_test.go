package retrieval

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/useapi"
)

// TestOrdersAfterARestart ends the process while orders are at different places.
func TestOrdersAfterARestart(t *testing.T) {
	t.Parallel()
	t.Run("a job that runs is waited for", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		release := make(chan struct{})
		h.src.scriptOrder(owl, holdsOrder(release, func(yield func(useapi.Event, error) bool, _ *fakeSource, _ useapi.ImagineRequest) {
			yield(useapi.Event{}, useapi.ErrStreamCut)
		}))
		a := h.order(owl)
		h.desk.await(t, "the job to run", func() bool {
			return slices.ContainsFunc(h.desk.progress[a.ID], func(p Progress) bool { return p.Phase == Answering })
		})
		h.restart(release)
		h.src.make(h.src.sent[0])
		require.Nil(t, h.desk.wait(t, 1)[0].Problem)
		require.Equal(t, 1, h.src.sentOf(owl))
		require.Empty(t, h.src.deleted)
	})
	for name, test := range map[string]struct {
		unseen func(*fakeSource, useapi.ImagineRequest)
		want   *Problem
	}{
		"an order whose job had no name yet is found": {(*fakeSource).run, nil},
		"an order that left no trace is unclear":      {func(*fakeSource, useapi.ImagineRequest) {}, &Problem{Code: Unclear}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t, func(p *pace) { p.lastSteps = 50 * time.Millisecond }) // it is cut off, as by a kill
			release := make(chan struct{})
			h.src.scriptOrder(owl, func(_ func(useapi.Event, error) bool, s *fakeSource, r useapi.ImagineRequest) {
				test.unseen(s, r)
				<-release // no word comes
			}, makes)
			h.order(owl)
			h.awaitSent(1)
			h.restart(release)
			require.Equal(t, test.want, h.desk.wait(t, 1)[0].Problem)
			require.Equal(t, 1, h.src.sentOf(owl))
		})
	}
	t.Run("an order that a busy source refused is sent again", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t, func(p *pace) { p.busyMost = time.Minute })
		h.src.scriptOrder(owl, refusesOrder(&useapi.Error{Status: http.StatusTooManyRequests, RetryAfter: time.Second}), makes)
		a := h.order(owl)
		h.desk.await(t, "it to wait", func() bool {
			return slices.ContainsFunc(h.desk.progress[a.ID], func(p Progress) bool { return p.Phase == Waiting && !p.Next.IsZero() })
		})
		h.restart(make(chan struct{}))
		require.Nil(t, h.desk.answerTo(t, a).Problem)
		require.Equal(t, 2, h.src.sentOf(owl))
	})
	t.Run("those in the line are sent once, those that were stopped are not", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		release := make(chan struct{})
		var asks []Ask
		for n := range 5 {
			prompt := fmt.Sprintf("owl %d --seed 1", n)
			h.src.scriptOrder(prompt, holdsOrder(release, makes), makes)
			asks = append(asks, h.order(prompt))
			if n == 2 {
				h.awaitSent(3)
			}
		}
		h.desk.await(t, "the last to wait", func() bool { return len(h.desk.progress[asks[4].ID]) > 0 })
		h.desk.away = true // what was stopped cannot be told to be over
		h.stop(asks[4])
		h.desk.await(t, "the delivery to fail", func() bool { return h.desk.failed > 0 })
		h.restart(release)
		h.src.mu.Lock()
		sent := slices.Clone(h.src.sent)
		h.src.mu.Unlock()
		for _, r := range sent {
			h.src.make(r)
		}
		require.Eventually(t, func() bool {
			over, err := h.engine.over(generationID(asks[4].ID))
			return err == nil && over
		}, 60*time.Second, 10*time.Millisecond, "its turn comes and passes")
		h.desk.mu.Lock()
		h.desk.away = false
		h.desk.mu.Unlock()
		problems := map[string]*Problem{}
		for _, got := range h.desk.wait(t, 5) {
			problems[got.ask.ID] = got.Problem
		}
		require.Len(t, problems, 5)
		for n, a := range asks {
			if n == 4 {
				require.Equal(t, &Problem{Code: Stopped, By: "42"}, problems[a.ID])
				continue
			}
			require.Nil(t, problems[a.ID])
			require.Equal(t, 1, h.src.sentOf(a.Generate.Prompt))
		}
		require.Zero(t, h.src.sentOf(asks[4].Generate.Prompt))
	})
}

// restart ends the process and starts another; release ends the requests that are still open.
func (h *house) restart(release chan struct{}) {
	h.t.Helper()
	h.end(release)
	h.open(h.pace)
}

// end ends the process, and then what its requests wait for: nothing that they say any more gets on record.
func (h *house) end(release chan struct{}) {
	h.t.Helper()
	context.AfterFunc(h.life, func() { close(release) })
	h.close()
}

// TestAnOrderIsLookedForWhenTheSourceIsBack is about a machine that starts before its network does.
func TestAnOrderIsLookedForWhenTheSourceIsBack(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(p *pace) { p.busyMost = time.Minute })
	h.src.scriptOrder(owl, losesOrder(func(s *fakeSource, r useapi.ImagineRequest) {
		s.run(r)
		s.mu.Lock()
		defer s.mu.Unlock()
		s.broken = errors.New("no route to host")
		time.AfterFunc(200*time.Millisecond, func() {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.broken = nil
		})
	}))
	require.Nil(t, h.desk.answerTo(t, h.order(owl)).Problem)
	require.Equal(t, 1, h.src.sentOf(owl))
}

// TestAnOrderWhoseTurnComesAtTheEndIsSentByTheNextProcess is about an order for which the process has no time left.
func TestAnOrderWhoseTurnComesAtTheEndIsSentByTheNextProcess(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.gate.close(t.Context())
	a := h.order(owl)
	h.desk.await(t, "its turn", func() bool {
		return slices.ContainsFunc(h.desk.progress[a.ID], func(p Progress) bool { return p.Phase == Asking })
	})
	require.Zero(t, h.src.sentOf(owl))
	h.restart(make(chan struct{}))
	require.Nil(t, h.desk.answerTo(t, a).Problem)
	require.Equal(t, 1, h.src.sentOf(owl))
}
