package retrieval

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/db"
)

// TestASharedCardIsThatOfWhoAskedFirst lets many ask for the same jobs at once, in every order, and looks that each gets
// an answer and that all of a job's show one card.
func TestASharedCardIsThatOfWhoAskedFirst(t *testing.T) {
	t.Parallel()
	const many = 6
	begin := time.Now().UTC().Truncate(time.Millisecond)
	// asks are those of a job; the first of the list asked first, and they arrive in any order.
	asks := func(round int) (job string, list []Ask) {
		job = imageJob(700+round, oneChannel)
		for n := range many {
			list = append(list, Ask{
				ID: fmt.Sprint(1300000000000000000 + 100*round + n), Scope: "3", Channel: "5", Member: fmt.Sprint(40 + n),
				Job: job, At: begin.Add(time.Duration(n) * time.Millisecond), Reply: json.RawMessage(`{}`),
			})
		}
		return job, list
	}
	put := func(h *house, list []Ask) {
		errs := make(chan error, len(list))
		for _, n := range rand.Perm(len(list)) {
			go func() { errs <- h.Ask(context.Background(), list[n], nil) }()
		}
		for range list {
			require.NoError(t, <-errs)
		}
	}
	t.Run("of all who waited", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		for round := range 2 {
			job, list := asks(round)
			release := make(chan struct{})
			h.src.script(job, holds(release, answers(7)))
			put(h, list)
			h.desk.await(t, "all to wait", func() bool {
				for _, a := range list {
					if len(h.desk.progress[a.ID]) == 0 {
						return false
					}
				}
				return true
			})
			close(release)
			for n, a := range list {
				got := h.desk.answerTo(t, a)
				require.Nil(t, got.Problem)
				require.Equal(t, n > 0, got.Known, "the card was made for the first alone")
				require.EqualValues(t, round+1, got.Card.Number)
				require.Equal(t, list[0].Member, got.Card.Asker)
				require.Equal(t, list[0].At, got.Card.Asked)
			}
			require.Equal(t, 1, h.src.postsOf(job))
		}
	})
	t.Run("of those who came while it was answered", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		for round := range 2 {
			job, list := asks(round)
			put(h, list)
			asker, news := "", 0
			for _, a := range list {
				got := h.desk.answerTo(t, a)
				require.Nil(t, got.Problem)
				require.EqualValues(t, round+1, got.Card.Number)
				if asker == "" {
					asker = got.Card.Asker
				}
				require.Equal(t, asker, got.Card.Asker)
				if !got.Known {
					news++
					require.Equal(t, a.Member, got.Card.Asker)
				}
			}
			require.LessOrEqual(t, news, 1)
			require.Equal(t, 1, h.src.postsOf(job))
		}
	})
	t.Run("who still waits for it", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		job, list := asks(0)
		lost := list[0] // on record as running, but its work file was deleted
		require.NoError(t, h.store.StartAsk(t.Context(), db.Ask{
			ID: lost.ID, Scope: lost.Scope, Channel: lost.Channel, Member: lost.Member, Job: job, At: lost.At,
		}))
		release := make(chan struct{})
		h.src.script(job, holds(release, answers(7)))
		put(h, list[1:4])
		h.desk.await(t, "all to wait", func() bool { return len(h.desk.progress) == 3 })
		h.desk.mu.Lock()
		h.desk.away = true // what was stopped cannot be told to be over
		h.desk.mu.Unlock()
		require.True(t, h.Stop(list[1].ID, "42"))
		h.desk.await(t, "the delivery to fail", func() bool { return h.desk.failed > 0 })
		close(release)
		h.desk.mu.Lock()
		h.desk.away = false
		h.desk.mu.Unlock()
		require.Equal(t, Stopped, h.desk.answerTo(t, list[1]).Problem.Code)
		for n, a := range list[2:4] {
			got := h.desk.answerTo(t, a)
			require.Equal(t, list[2].Member, got.Card.Asker)
			require.Equal(t, n > 0, got.Known)
		}
	})
	t.Run("of a member's own, where it is private", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		job, list := asks(0)
		release := make(chan struct{})
		h.src.script(job, holds(release, answers(7)))
		for n := range list[:3] {
			list[n].Private = true
		}
		list[2].Member = list[1].Member
		put(h, list[:3])
		h.desk.await(t, "all to wait", func() bool { return len(h.desk.progress) == 3 })
		close(release)
		for _, a := range list[:3] {
			got := h.desk.answerTo(t, a)
			require.Equal(t, a.Member, got.Card.Asker)
			require.True(t, got.Card.Private)
		}
		require.Equal(t, list[1].At, h.desk.answerTo(t, list[2]).Card.Asked)
	})
}
