package retrieval

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWhoDoesNotSeeTheCardOfAJobIsAnsweredAnew(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.desk.sees = map[string]bool{"open": true}
	in := func(channel, member string) func(*Ask) {
		return func(a *Ask) { a.Channel, a.Member = channel, member }
	}
	job := imageJob(90, oneChannel)
	asked := 0
	put := func(change func(*Ask)) deliveredOutcome {
		a := h.put(job, change)
		asked++
		got := h.desk.wait(t, asked)[asked-1]
		require.Nil(t, got.Problem)
		h.ended(a, "answered")
		return got
	}
	require.EqualValues(t, 1, put(in("closed", "1")).Card.Number)
	require.EqualValues(t, 1, put(in("closed", "2")).Card.Number, "in the same channel it is known")
	require.EqualValues(t, 1, put(in("open", "1")).Card.Number, "to who asked for it, too")

	job = imageJob(91, oneChannel)
	require.EqualValues(t, 2, put(in("closed", "1")).Card.Number)
	got := put(in("open", "2"))
	require.EqualValues(t, 3, got.Card.Number, "for who does not see it, there is none yet")
	require.Equal(t, "2", got.Card.Asker)
	require.Equal(t, []string{"open"}, got.Card.Shown)
	require.EqualValues(t, 3, put(in("other", "3")).Card.Number)
	require.Equal(t, 1, h.src.postsOf(job), "and nobody is asked for it twice")
}

// Both wait for one fetch, so that either may come first: neither may be answered with a card of the other's channel.
func TestTwoChannelsThatDoNotSeeEachOtherWaitForOneJob(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.desk.sees = map[string]bool{}
	job := imageJob(92, oneChannel)
	release := make(chan struct{})
	h.src.script(job, holds(release, answers(7)))
	for _, channel := range []string{"one", "other"} {
		h.put(job, func(a *Ask) { a.Channel, a.Member = channel, channel })
	}
	h.desk.await(t, "both to see the progress", func() bool { return len(h.desk.progress) == 2 })
	close(release)
	seen := map[int64]bool{}
	for _, got := range h.desk.wait(t, 2) {
		require.Equal(t, got.ask.Member, got.Card.Asker)
		seen[got.Card.Number] = true
	}
	require.Len(t, seen, 2)
	require.Equal(t, 1, h.src.postsOf(job))
}
