package retrieval

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/db"
	"seedbank/useapi"
)

func TestAnAskIsAnsweredWithACardAndItsPictures(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	job := imageJob(1, oneChannel)
	a := h.put(job)
	got := h.desk.wait(t, 1)[0]
	require.Nil(t, got.Problem)
	require.False(t, got.Known)
	require.Equal(t, a.ID, got.ask.ID)
	require.EqualValues(t, 1, got.Card.Number)
	require.EqualValues(t, 42, got.Card.Seed)
	require.Equal(t, "cat in the hat --v 7.0 --ar 3:2", got.Card.Prompt)
	require.Equal(t, "3:2", got.Card.Aspect)
	require.Len(t, got.Pictures, 4)
	for i, p := range got.Pictures {
		require.Empty(t, p.Missing)
		require.Equal(t, i+1, p.Position)
		require.Equal(t, "image/png", p.Type)
		require.Equal(t, 4, p.Width)
	}
	require.Equal(t, 1, h.src.postsOf(job))
	h.ended(a, "answered")
	card, err := h.store.Card(t.Context(), a.View(), 1)
	require.NoError(t, err)
	require.Equal(t, "9"+a.ID, card.Message)
	require.Len(t, card.Pictures, 4)
}

// ended waits until the history has the end of an ask.
func (h *house) ended(a Ask, state string) db.Ask {
	h.t.Helper()
	var got db.Ask
	require.Eventually(h.t, func() bool {
		var err error
		got, err = h.store.Ask(h.t.Context(), a.View(), a.ID)
		return err == nil && got.State == state
	}, 60*time.Second, 5*time.Millisecond)
	return got
}

func TestManyAsksForOneJobAreOneRequest(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	job := imageJob(2, oneChannel)
	release := make(chan struct{})
	h.src.script(job, holds(release, answers(7)))
	const many = 5
	for n := range many {
		h.put(job, func(a *Ask) { a.Member = fmt.Sprint(n) })
	}
	h.desk.await(t, "everybody to see the progress", func() bool { return len(h.desk.progress) == many })
	close(release)
	for _, got := range h.desk.wait(t, many) {
		require.Nil(t, got.Problem)
		require.EqualValues(t, 1, got.Card.Number)
	}
	require.Equal(t, 1, h.src.postsOf(job))

	again := h.put(job)
	got := h.desk.wait(t, many+1)[many]
	require.Equal(t, again.ID, got.ask.ID)
	require.True(t, got.Known)
	require.Equal(t, 1, h.src.postsOf(job))

	elsewhere := h.put(job, func(a *Ask) { a.Scope = "4" })
	got = h.desk.wait(t, many+2)[many+1]
	require.Equal(t, elsewhere.ID, got.ask.ID)
	require.EqualValues(t, 1, got.Card.Number, "the first card of that server")
	require.Equal(t, 1, h.src.postsOf(job), "a seed is paid for once, whoever asks")
}

func TestTheSameAskTwiceIsOne(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	a := h.put(imageJob(3, oneChannel))
	require.NoError(t, h.Ask(t.Context(), a, nil))
	h.desk.wait(t, 1)
	h.ended(a, "answered")
	require.NoError(t, h.Ask(t.Context(), a, nil))
	h.put(imageJob(4, oneChannel))
	require.Len(t, h.desk.wait(t, 2), 2)
}

func TestAPrivateAnswerStaysPrivate(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	job := imageJob(5, oneChannel)
	h.put(job, func(a *Ask) { a.Private = true })
	require.True(t, h.desk.wait(t, 1)[0].Card.Private)
	h.put(job, func(a *Ask) { a.Member = "43" })
	got := h.desk.wait(t, 2)[1]
	require.False(t, got.Card.Private)
	require.EqualValues(t, 2, got.Card.Number)
	require.Equal(t, 1, h.src.postsOf(job))
}

func TestWhatEndsWithoutASeed(t *testing.T) {
	t.Parallel()
	api := func(status int, message string) error { return &useapi.Error{Status: status, Message: message} }
	for name, test := range map[string]struct {
		turn  turn
		want  Problem
		posts int
	}{
		"not finished":       {refuses(api(400, `Parent job status is "progress", must be "completed" to get seed`)), Problem{Code: NotFinished, Detail: `Parent job status is "progress", must be "completed" to get seed`}, 1},
		"never made":         {refuses(api(400, `Parent job status is "failed", must be "completed" to get seed`)), Problem{Code: Unmade, Detail: `Parent job status is "failed", must be "completed" to get seed`}, 1},
		"refused otherwise":  {refuses(api(400, "no")), Problem{Code: Rejected, Detail: "no"}, 1},
		"token refused":      {refuses(api(401, "Unauthorized")), Problem{Code: TokenRefused, Detail: "Unauthorized"}, 1},
		"unpaid":             {refuses(api(402, "ended")), Problem{Code: Unpaid, Detail: "ended"}, 1},
		"unknown":            {refuses(api(404, "Parent job not found")), Problem{Code: NotFound, Detail: "Parent job not found"}, 1},
		"expired":            {refuses(api(410, "gone")), Problem{Code: Expired, Detail: "gone"}, 1},
		"not acceptable":     {refuses(api(412, "Value missing")), Problem{Code: Unexpected, Detail: "412: Value missing"}, 1},
		"unprocessable":      {refuses(api(422, "bad")), Problem{Code: Unexpected, Detail: "422: bad"}, 1},
		"a strange refusal":  {refuses(api(451, "")), Problem{Code: Unexpected, Detail: "451"}, 1},
		"a nameless twin":    {refuses(api(409, "Done already")), Problem{Code: Unexpected, Detail: "409: Done already"}, 1},
		"refused under 200":  {refuses(api(200, "Parent job not found")), Problem{Code: Unexpected, Detail: "Parent job not found"}, 1},
		"signed out":         {refuses(api(596, "All configured")), Problem{Code: SignedOut, Detail: "All configured"}, 1},
		"busy for ever":      {refuses(api(429, "busy")), Problem{Code: Busy}, 0},
		"down":               {refuses(api(502, "bad gateway")), Problem{Code: Unavailable, Detail: "bad gateway"}, 3},
		"no answer":          {refuses(errors.New("connection reset")), Problem{Code: Unavailable}, 3},
		"failed":             {ends("failed", map[string]any{"error": "Oops"}), Problem{Code: Failed, Detail: "Oops"}, 1},
		"cancelled upstream": {ends("failed", map[string]any{"error": "Job cancelled by user"}), Problem{Code: Failed, Detail: "Job cancelled by user"}, 1},
		"moderated":          {ends("moderated", map[string]any{"error": "Invalid request"}), Problem{Code: Moderated, Detail: "Invalid request"}, 1},
		"no seed in it":      {ends("completed", map[string]any{"response": map[string]any{"content": "hello"}}), Problem{Code: NoSeed}, 1},
		"a broken source":    {func(func(useapi.Event, error) bool, *fakeSource, string) { panic("oops") }, Problem{Code: Unavailable}, 3},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			job := imageJob(6, oneChannel)
			h.src.script(job, test.turn)
			a := h.put(job)
			got := h.desk.wait(t, 1)[0]
			require.NotNil(t, got.Problem)
			require.Equal(t, test.want, *got.Problem)
			if test.posts > 0 {
				require.Equal(t, test.posts, h.src.postsOf(job))
			}
			require.Equal(t, string(test.want.Code), h.ended(a, "ended").Problem)

			h.src.script(job, answers(9))
			h.put(job)
			again := h.desk.wait(t, 2)[1]
			require.Nil(t, again.Problem, "a new ask is a new try")
			require.EqualValues(t, 9, again.Card.Seed)
		})
	}
}

func TestABusySourceIsAskedAgain(t *testing.T) {
	t.Parallel()
	h := newHouse(t, func(p *pace) { p.busyMost = time.Minute })
	job := imageJob(7, oneChannel)
	busy := refuses(&useapi.Error{Status: http.StatusTooManyRequests, RetryAfter: 20 * time.Millisecond})
	h.src.script(job, busy, busy, answers(8))
	a := h.put(job)
	require.EqualValues(t, 8, h.desk.wait(t, 1)[0].Card.Seed)
	require.Equal(t, 3, h.src.postsOf(job))
	h.desk.mu.Lock()
	defer h.desk.mu.Unlock()
	require.True(t, slices.ContainsFunc(h.desk.progress[a.ID], func(p Progress) bool { return p.Phase == Waiting && !p.Next.IsZero() }))
}

func TestACutStreamIsNoSecondRequest(t *testing.T) {
	t.Parallel()
	for name, unseen := range map[string]func(*fakeSource, string){
		"the job had ended": func(s *fakeSource, parent string) { s.complete(parent, 11) },
		"the job ends a bit later": func(s *fakeSource, parent string) {
			s.put(parent, "progress", nil)
			time.AfterFunc(50*time.Millisecond, func() { s.complete(parent, 11) })
		},
		"the job shows up later": func(s *fakeSource, parent string) {
			time.AfterFunc(15*time.Millisecond, func() { s.complete(parent, 11) })
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t)
			job := imageJob(8, oneChannel)
			h.src.script(job, cut(unseen))
			h.put(job)
			require.EqualValues(t, 11, h.desk.wait(t, 1)[0].Card.Seed)
			require.Equal(t, 1, h.src.postsOf(job))
			require.Empty(t, h.src.deleted)
		})
	}
	t.Run("cut before the job's name is known, the job is found among the running", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		job := imageJob(9, oneChannel)
		h.src.script(job, func(yield func(useapi.Event, error) bool, s *fakeSource, parent string) {
			s.put(parent, "progress", nil)
			time.AfterFunc(50*time.Millisecond, func() { s.complete(parent, 12) })
			yield(useapi.Event{}, useapi.ErrStreamCut)
		})
		h.put(job)
		require.EqualValues(t, 12, h.desk.wait(t, 1)[0].Card.Seed)
		require.Equal(t, 1, h.src.postsOf(job))
	})
	t.Run("a refusal that names the job that has the seed", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		job := imageJob(10, oneChannel)
		h.src.complete(job, 13)
		h.src.script(job, refuses(&useapi.Error{Status: http.StatusConflict, JobID: seedJob(job)}))
		h.put(job)
		require.EqualValues(t, 13, h.desk.wait(t, 1)[0].Card.Seed)
	})
	t.Run("a stream that is kept alive and never tells the end", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t, func(p *pace) { p.glance, p.deadline = 10*time.Millisecond, time.Hour })
		job := imageJob(12, oneChannel)
		h.src.script(job, func(yield func(useapi.Event, error) bool, s *fakeSource, parent string) {
			if yield(useapi.Event{JobID: seedJob(parent)}, nil) {
				s.complete(parent, 14)
				<-s.parted
			}
		})
		h.put(job)
		require.EqualValues(t, 14, h.desk.wait(t, 1)[0].Card.Seed)
		require.Equal(t, 1, h.src.postsOf(job))
		require.Empty(t, h.src.deleted)
		require.Eventually(t, func() bool {
			h.src.mu.Lock()
			defer h.src.mu.Unlock()
			return h.src.now == 0
		}, 60*time.Second, 10*time.Millisecond, "nobody reads it any more")
	})
	t.Run("a job that never ends is given up and cancelled", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t, func(p *pace) { p.deadline = 300 * time.Millisecond })
		job := imageJob(11, oneChannel)
		h.src.script(job, cut(func(s *fakeSource, parent string) { s.put(parent, "progress", nil) }))
		h.put(job)
		require.Equal(t, TooLong, h.desk.wait(t, 1)[0].Problem.Code)
		require.Equal(t, []string{seedJob(job)}, h.src.deleted)
	})
}

func TestAChannelHasThreeSlots(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	release := make(chan struct{})
	const many = 7
	var asks []Ask
	for n := range many {
		job := imageJob(20+n, oneChannel)
		h.src.script(job, holds(release, answers(uint32(n))))
		asks = append(asks, h.put(job))
	}
	other := imageJob(40, otherChannel)
	h.put(other)
	require.Equal(t, other, h.desk.wait(t, 1)[0].ask.Job, "another channel does not wait")
	h.desk.await(t, "asks to be told of their place in the line", func() bool {
		longest := 0
		for _, a := range asks {
			for _, p := range h.desk.progress[a.ID] {
				longest = max(longest, p.Line)
			}
		}
		return longest >= 3
	})
	close(release)
	h.desk.wait(t, many+1)
	require.LessOrEqual(t, h.src.most, 4, "three of one channel and one of the other")
}

func TestStop(t *testing.T) {
	t.Parallel()
	t.Run("the only ask ends, and the job is cancelled", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		job := imageJob(50, oneChannel)
		release := make(chan struct{})
		defer close(release)
		h.src.script(job, holds(release, answers(1)), answers(2))
		a := h.put(job)
		h.desk.await(t, "the job to run", func() bool {
			return slices.ContainsFunc(h.desk.progress[a.ID], func(p Progress) bool { return p.Phase == Answering })
		})
		require.True(t, h.Stop(a.ID, "42"))
		require.Equal(t, &Problem{Code: Stopped, By: "42"}, h.desk.wait(t, 1)[0].Problem)
		require.Eventually(t, func() bool {
			h.src.mu.Lock()
			defer h.src.mu.Unlock()
			return slices.Equal(h.src.deleted, []string{seedJob(job)})
		}, 60*time.Second, 5*time.Millisecond)
		h.ended(a, "ended")
		require.False(t, h.Stop(a.ID, "42"))

		h.put(job)
		require.EqualValues(t, 2, h.desk.wait(t, 2)[1].Card.Seed, "asked anew it is fetched anew")
	})
	t.Run("one of two ends, and the other gets the answer", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		job := imageJob(51, oneChannel)
		release := make(chan struct{})
		h.src.script(job, holds(release, answers(1)))
		one, two := h.put(job), h.put(job)
		h.desk.await(t, "both to wait", func() bool { return len(h.desk.progress[one.ID]) > 0 && len(h.desk.progress[two.ID]) > 0 })
		require.True(t, h.Stop(one.ID, "42"))
		require.Equal(t, one.ID, h.desk.wait(t, 1)[0].ask.ID)
		close(release)
		got := h.desk.wait(t, 2)[1]
		require.Equal(t, two.ID, got.ask.ID)
		require.Nil(t, got.Problem)
		require.Empty(t, h.src.deleted)
	})
	t.Run("nobody's ask", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		require.False(t, h.Stop("1", "42"))
	})
}

func TestDeliveryIsTriedUntilItWorksOrCannot(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.desk.fail = []error{errors.New("discord is away"), errors.New("still"), nil, Undeliverable(errors.New("no such channel"))}
	a := h.put(imageJob(60, oneChannel))
	h.desk.wait(t, 1)
	h.ended(a, "answered")
	b := h.put(imageJob(61, oneChannel))
	h.ended(b, "undeliverable")
	require.Len(t, h.desk.wait(t, 1), 1)
	_, err := h.store.CardOfJob(t.Context(), b.View(), b.Job, false)
	require.NoError(t, err, "the answer is in the history all the same")
}

func TestACardIsPostedAgain(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.put(imageJob(70, oneChannel))
	h.desk.wait(t, 1)
	h.put("", func(a *Ask) { a.Card = 1 })
	got := h.desk.wait(t, 2)[1]
	require.True(t, got.Known)
	require.EqualValues(t, 42, got.Card.Seed)
	require.Len(t, got.Pictures, 4)
	h.put("", func(a *Ask) { a.Card = 1; a.Scope = "4" })
	require.Equal(t, CardGone, h.desk.wait(t, 3)[2].Problem.Code, "another server's card is none")
}

// TestWorkGoesOnAfterARestart lets the process end while asks wait, and looks that the next one answers them all.
func TestWorkGoesOnAfterARestart(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	release := make(chan struct{})
	running, queued := []Ask{}, []Ask{}
	for n := range 5 {
		job := imageJob(80+n, oneChannel)
		h.src.script(job, holds(release, answers(uint32(n))))
		a := h.put(job)
		if n < 3 {
			running = append(running, a)
		} else {
			queued = append(queued, a)
		}
	}
	both := h.put(running[0].Job)
	h.desk.await(t, "three to run", func() bool {
		n := 0
		for _, a := range append(running, queued...) {
			if slices.ContainsFunc(h.desk.progress[a.ID], func(p Progress) bool { return p.Phase == Answering }) {
				n++
			}
		}
		return n == 3
	})
	h.end(release)
	require.Empty(t, h.desk.outcomes)
	for n := range 5 { // at the source the jobs went on
		h.src.script(imageJob(80+n, oneChannel), answers(uint32(n)))
		if h.src.postsOf(imageJob(80+n, oneChannel)) > 0 {
			h.src.complete(imageJob(80+n, oneChannel), uint32(n))
		}
	}
	h.open(fast())
	answered := map[string]int{}
	for _, got := range h.desk.wait(t, 6) {
		require.Nil(t, got.Problem)
		answered[got.ask.ID]++
	}
	require.Len(t, answered, 6)
	require.Contains(t, answered, both.ID)
	for n := range 5 {
		require.Equal(t, 1, h.src.postsOf(imageJob(80+n, oneChannel)))
	}
	require.Empty(t, h.src.deleted)
}

func TestAJobThatCannotBeAskedForByItsNameIsNoEndlessWait(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	job := imageJob(95, oneChannel)
	h.src.script(job, refuses(&useapi.Error{Status: http.StatusConflict, JobID: "nope"}))
	h.src.mu.Lock()
	h.src.broken = fmt.Errorf("read job: %w", useapi.ErrJobID)
	h.src.mu.Unlock()
	h.put(job)
	require.Equal(t, Unavailable, h.desk.wait(t, 1)[0].Problem.Code)
}
