package retrieval

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/db"
	"seedbank/useapi"
)

const owl = "owl in the rain --ar 3:2 --v 7 --seed 77"

func TestAnOrderIsAnsweredWithTheGridAsACard(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.put(imageJob(1, oneChannel))
	h.desk.wait(t, 1)
	a := h.order(owl, func(a *Ask) { a.Generate.Parent, a.Generate.Channel = 1, otherChannel })
	got := h.desk.wait(t, 2)[1]
	require.Nil(t, got.Problem)
	require.False(t, got.Known)
	require.EqualValues(t, 2, got.Card.Number)
	require.EqualValues(t, 77, got.Card.Seed)
	require.Equal(t, db.Prompt, got.Card.Source)
	require.Equal(t, owl+" --s 250", got.Card.Prompt)
	require.Equal(t, owl, got.Card.Typed)
	require.Equal(t, "00000000-0000-4000-8000-bbd798ffcb5d", got.Card.MidjourneyID)
	require.Len(t, got.Pictures, 1)
	require.Empty(t, got.Pictures[0].Missing)
	h.ended(a, "answered")

	card, err := h.store.Card(t.Context(), a.View(), 2)
	require.NoError(t, err)
	require.EqualValues(t, 1, card.Parent)
	require.Equal(t, "imagine", card.Action)
	require.Equal(t, "fast", card.Speed)
	require.Equal(t, "9"+a.ID, card.Message)
	answer, err := h.store.Answer(t.Context(), card.Job)
	require.NoError(t, err)
	require.Equal(t, imageJob(1, oneChannel), answer.Parent)
	require.NotContains(t, string(answer.Raw), a.ID, "an answer tells nobody who asked")
	require.Equal(t, []useapi.ImagineRequest{{Prompt: owl, Channel: otherChannel, ReplyRef: a.ID}}, h.src.sent)

	h.put(card.Job)
	got = h.desk.wait(t, 3)[2]
	require.True(t, got.Known, "the seed of what we made is known")
	require.EqualValues(t, 2, got.Card.Number)
}

func TestAnOrderShowsItsProgress(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	release := make(chan struct{})
	h.src.scriptOrder(owl, holdsOrder(release, makes))
	a := h.order(owl)
	h.desk.await(t, "its percentage", func() bool {
		return slices.ContainsFunc(h.desk.progress[a.ID], func(p Progress) bool {
			return p.Phase == Answering && p.Percent == 40 && p.Prompt == owl
		})
	})
	close(release)
	require.Nil(t, h.desk.wait(t, 1)[0].Problem)
}

func TestOrdersThatAreNotTaken(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for name, g := range map[string]*Generation{
		"nothing ordered":            nil,
		"no prompt":                  {},
		"no seed":                    {Prompt: "owl"},
		"a prompt too long":          {Prompt: strings.Repeat("x", 5000) + " --seed 1"},
		"a channel that can be none": {Prompt: owl, Channel: "../jobs"},
	} {
		require.Error(t, h.Generate(t.Context(), Ask{ID: "1", Scope: "3", Generate: g}, nil), name)
	}
	require.Error(t, h.Generate(t.Context(), Ask{Scope: "3", Generate: &Generation{Prompt: owl}}, nil), "no ID")
	require.Error(t, h.Ask(t.Context(), Ask{ID: "1", Scope: "3", Generate: &Generation{Prompt: owl}}, nil), "an order is no question")
	require.Empty(t, h.src.sent)
}

func TestTheSameOrderTwiceIsOne(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	a := h.order(owl)
	require.NoError(t, h.Generate(t.Context(), a, nil))
	h.desk.wait(t, 1)
	h.ended(a, "answered")
	require.NoError(t, h.Generate(t.Context(), a, nil))
	h.order(owl)
	require.Len(t, h.desk.wait(t, 2), 2, "another order of the same words is another picture")
	require.Equal(t, 2, h.src.sentOf(owl))
}

// TestWhatBecomesOfAnOrder looks above all that no order is sent again that may have begun something.
func TestAnOrderIsSentAgainWhenTheSourceWasBusy(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(p *pace) { p.busyMost = time.Minute })
	busy := refusesOrder(&useapi.Error{Status: http.StatusTooManyRequests, Message: "busy"})
	h.src.scriptOrder(owl, busy, busy, makes)
	require.Nil(t, h.desk.answerTo(t, h.order(owl)).Problem)
	require.Equal(t, 3, h.src.sentOf(owl))
}

func TestWhatBecomesOfAnOrder(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(p *pace) { p.again = []time.Duration{40 * time.Millisecond, 40 * time.Millisecond} })
	api := func(status int, message string) error { return &useapi.Error{Status: status, Message: message} }
	runs := (*fakeSource).run
	nothing := func(*fakeSource, useapi.ImagineRequest) {}
	strangers := func(s *fakeSource, r useapi.ImagineRequest) {
		r.ReplyRef = "1999999999999999999"
		s.putOrder(r, "progress", nil)
	}
	unreached := &net.OpError{Op: "dial", Err: errors.New("connection refused")}
	for name, test := range map[string]struct {
		turns []orderTurn
		want  *Problem // nil for a card
		sent  int
	}{
		"moderated": {[]orderTurn{func(yield func(useapi.Event, error) bool, s *fakeSource, r useapi.ImagineRequest) {
			yield(event(s.putOrder(r, "moderated", map[string]any{"error": "Banned prompt"})), nil)
		}}, &Problem{Code: Moderated, Detail: "Banned prompt"}, 1},
		"failed": {[]orderTurn{func(yield func(useapi.Event, error) bool, s *fakeSource, r useapi.ImagineRequest) {
			yield(event(s.putOrder(r, "failed", map[string]any{"error": "Oops"})), nil)
		}}, &Problem{Code: Failed, Detail: "Oops"}, 1},
		"refused":                         {[]orderTurn{refusesOrder(api(400, "no"))}, &Problem{Code: Rejected, Detail: "no"}, 1},
		"refused in a strange way":        {[]orderTurn{refusesOrder(api(418, "no"))}, &Problem{Code: Unexpected, Detail: "418: no"}, 1},
		"refused under a success":         {[]orderTurn{refusesOrder(api(200, "no"))}, &Problem{Code: Unexpected, Detail: "no"}, 1},
		"token refused":                   {[]orderTurn{refusesOrder(api(401, "Unauthorized"))}, &Problem{Code: TokenRefused, Detail: "Unauthorized"}, 1},
		"unpaid":                          {[]orderTurn{refusesOrder(api(402, "ended"))}, &Problem{Code: Unpaid, Detail: "ended"}, 1},
		"signed out":                      {[]orderTurn{refusesOrder(api(596, "All configured"))}, &Problem{Code: SignedOut, Detail: "All configured"}, 1},
		"busy for ever":                   {[]orderTurn{refusesOrder(api(429, "busy"))}, &Problem{Code: Busy}, 0},
		"not reached":                     {[]orderTurn{refusesOrder(unreached)}, &Problem{Code: Unavailable}, 3},
		"not reached at first":            {[]orderTurn{refusesOrder(unreached), makes}, nil, 2},
		"a gateway that gave up":          {[]orderTurn{refusesOrder(api(504, "timeout"))}, &Problem{Code: Unclear}, 1},
		"a source that failed":            {[]orderTurn{refusesOrder(api(500, "oops"))}, &Problem{Code: Unclear}, 1},
		"a connection that broke":         {[]orderTurn{refusesOrder(errors.New("connection reset"))}, &Problem{Code: Unclear}, 1},
		"a source that breaks us":         {[]orderTurn{func(func(useapi.Event, error) bool, *fakeSource, useapi.ImagineRequest) { panic("oops") }}, &Problem{Code: Unclear}, 1},
		"cut, and there is no such job":   {[]orderTurn{losesOrder(nothing), makes}, &Problem{Code: Unclear}, 1},
		"cut, and there is another's job": {[]orderTurn{losesOrder(strangers), makes}, &Problem{Code: Unclear}, 1},
		"cut, and the job runs":           {[]orderTurn{losesOrder(runs), makes}, nil, 1},
		"cut, and the job shows up a bit later": {[]orderTurn{losesOrder(func(s *fakeSource, r useapi.ImagineRequest) {
			time.AfterFunc(15*time.Millisecond, func() { runs(s, r) })
		}), makes}, nil, 1},
		"cut after the job was named": {[]orderTurn{func(yield func(useapi.Event, error) bool, s *fakeSource, r useapi.ImagineRequest) {
			runs(s, r)
			if yield(useapi.Event{JobID: madeJob(r)}, nil) {
				yield(useapi.Event{}, useapi.ErrStreamCut)
			}
		}, makes}, nil, 1},
	} {
		words := "owl, " + name + " --seed 77"
		h.src.scriptOrder(words, test.turns...)
		a := h.order(words)
		got := h.desk.answerTo(t, a)
		if test.want == nil {
			require.Nil(t, got.Problem, name)
			require.EqualValues(t, 77, got.Card.Seed, name)
			h.ended(a, "answered")
		} else {
			require.Equal(t, test.want, got.Problem, name)
			h.ended(a, "ended")
		}
		if test.sent > 0 {
			require.Equal(t, test.sent, h.src.sentOf(words), name)
		}
	}
}

func TestStoppingAnOrder(t *testing.T) {
	t.Parallel()
	t.Run("cancels its job", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		release := make(chan struct{})
		defer close(release)
		h.src.scriptOrder(owl, holdsOrder(release, makes))
		a := h.order(owl)
		h.desk.await(t, "the job to run", func() bool {
			return slices.ContainsFunc(h.desk.progress[a.ID], func(p Progress) bool { return p.Phase == Answering })
		})
		h.stop(a)
		require.Equal(t, Stopped, h.desk.wait(t, 1)[0].Problem.Code)
		require.Eventually(t, func() bool {
			h.src.mu.Lock()
			defer h.src.mu.Unlock()
			return slices.Equal(h.src.deleted, []string{madeJob(useapi.ImagineRequest{ReplyRef: a.ID})})
		}, 60*time.Second, 5*time.Millisecond)
		h.ended(a, "ended")
	})
	t.Run("in the line sends nothing", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		release := make(chan struct{})
		for n := range 3 { // all slots
			prompt := fmt.Sprintf("other %d --seed 1", n)
			h.src.scriptOrder(prompt, holdsOrder(release, makes))
			h.order(prompt)
		}
		h.awaitSent(3)
		a := h.order(owl)
		h.desk.await(t, "it to wait", func() bool { return len(h.desk.progress[a.ID]) > 0 })
		h.stop(a)
		require.Equal(t, Stopped, h.desk.wait(t, 1)[0].Problem.Code)
		h.ended(a, "ended")
		close(release)
		h.desk.wait(t, 4)
		require.Eventually(t, func() bool {
			over, err := h.engine.over(generationID(a.ID))
			return err == nil && over
		}, 60*time.Second, 10*time.Millisecond, "its turn comes and passes")
		require.Zero(t, h.src.sentOf(owl))
	})
}

func (h *house) stop(a Ask) {
	h.t.Helper()
	require.True(h.t, h.Stop(a.ID, "42"))
}

// awaitSent waits until so many orders were sent.
func (h *house) awaitSent(n int) {
	h.t.Helper()
	require.Eventually(h.t, func() bool {
		h.src.mu.Lock()
		defer h.src.mu.Unlock()
		return len(h.src.sent) >= n
	}, 60*time.Second, 5*time.Millisecond)
}

func TestOrdersAndSeedsShareTheSlotsOfAChannel(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	release := make(chan struct{})
	for n := range 2 {
		h.src.script(imageJob(30+n, oneChannel), holds(release, answers(1)))
		h.put(imageJob(30+n, oneChannel))
		prompt := fmt.Sprintf("owl %d --seed 1", n)
		h.src.scriptOrder(prompt, holdsOrder(release, makes))
		h.order(prompt, func(a *Ask) { a.Generate.Channel = oneChannel })
	}
	h.desk.await(t, "one to be told of the line", func() bool {
		for _, all := range h.desk.progress {
			if slices.ContainsFunc(all, func(p Progress) bool { return p.Phase == Queued }) {
				return true
			}
		}
		return false
	})
	close(release)
	h.desk.wait(t, 4)
	require.LessOrEqual(t, h.src.most, 3)
}

func TestAPrivateOrderMakesAPrivateCard(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.order(owl, func(a *Ask) { a.Private = true })
	require.True(t, h.desk.wait(t, 1)[0].Card.Private)
}

func TestRequestsAreCounted(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	job := imageJob(1, oneChannel)
	h.src.script(imageJob(2, oneChannel), refuses(&useapi.Error{Status: http.StatusNotFound, Message: "no"}))
	for n, ask := range []func(){
		func() { h.put(job) },
		func() { h.put(job) }, // known by now
		func() { h.put(imageJob(2, oneChannel)) },
		func() { h.put("", func(a *Ask) { a.Card = 1 }) },
		func() { h.order(owl) },
	} {
		ask()
		h.desk.wait(t, n+1)
	}
	spent, err := h.store.Spent(t.Context(), "3", "42", time.Now().Add(-time.Hour))
	require.NoError(t, err)
	require.Equal(t, 2, spent)
	pictures, err := h.store.SpentOnPictures(t.Context(), "3", "42", time.Now().Add(-time.Hour))
	require.NoError(t, err)
	require.Equal(t, 1, pictures, "a picture is counted apart from seeds")
}
