package retrieval

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/useapi"
)

// TestARequestThatWasCutOffBeforeItsJobHadAName states what a kill can cost between a request for a seed and the first
// word of its answer. A job that still runs is found among those that do, and nothing is sent again. One that has ended
// by then is on no list, a reference that was sent along would be told of nowhere else, and requests have no key of their
// own: so it is asked for once more, which the service documents to give what there is already. Never more than that:
// from the first word on the job is known.
func TestARequestThatWasCutOffBeforeItsJobHadAName(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		ended bool // before the next process begins
		posts int
	}{
		"and runs is not sent again":      {false, 1},
		"and has ended is sent once more": {true, 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t, func(p *pace) { p.lastSteps = 50 * time.Millisecond }) // it is cut off, as by a kill
			job := imageJob(96, oneChannel)
			killed, again := make(chan struct{}), make(chan struct{})
			h.src.script(job,
				func(_ func(useapi.Event, error) bool, s *fakeSource, parent string) {
					s.put(parent, "progress", nil)
					<-killed // no word comes
				},
				func(yield func(useapi.Event, error) bool, _ *fakeSource, parent string) {
					if yield(useapi.Event{JobID: seedJob(parent)}, nil) {
						<-again
						yield(useapi.Event{}, useapi.ErrStreamCut)
					}
				})
			a := h.put(job)
			require.Eventually(t, func() bool { return h.src.postsOf(job) == 1 }, 60*time.Second, time.Millisecond)
			h.pace.lastSteps = 10 * time.Second // from now on what is told gets on record
			h.end(killed)
			if test.ended {
				h.src.complete(job, 21)
			}
			h.open(h.pace)
			h.desk.await(t, "the job to be known", func() bool {
				return slices.ContainsFunc(h.desk.progress[a.ID], func(p Progress) bool { return p.Phase == Answering || p.Phase == Rechecking })
			})
			h.end(again)
			h.src.complete(job, 21)
			h.open(h.pace)
			require.EqualValues(t, 21, h.desk.answerTo(t, a).Card.Seed)
			require.Equal(t, test.posts, h.src.postsOf(job))
			require.Empty(t, h.src.deleted)
		})
	}
}
