package retrieval

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestAMessageThatWasLeftBehindLeadsToTheAnswer is about answers that no longer found a place in their own reply.
func TestAMessageThatWasLeftBehindLeadsToTheAnswer(t *testing.T) {
	t.Parallel()
	t.Run("once it is on record that the answer was posted", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		h.desk.left = "77"
		h.desk.forwarding = func(ctx context.Context, n int) error {
			if n > 0 {
				return nil
			}
			<-ctx.Done() // the process is gone before it works
			return ctx.Err()
		}
		a := h.put(imageJob(65, oneChannel))
		forwarded := func(times int) func() bool { return func() bool { return len(h.desk.forwards) == times } }
		h.desk.await(t, "the message to be forwarded", forwarded(1))
		h.ended(a, "answered")
		h.close()
		h.open(h.pace)
		h.desk.await(t, "it to be forwarded by the next process", forwarded(2))
		require.Equal(t, Delivered{Channel: "5", Message: "9" + a.ID, Left: "77"}, h.desk.forwards[1])
		require.Len(t, h.desk.wait(t, 1), 1, "the answer is not posted twice")
	})
	t.Run("or not, which is not tried again", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t, func(p *pace) { p.forward = 50 * time.Millisecond })
		h.desk.left = "77"
		h.desk.forwarding = func(ctx context.Context, n int) error {
			if n > 0 {
				return errors.New("discord refuses")
			}
			<-ctx.Done()
			return ctx.Err()
		}
		for n := range 2 {
			a := h.put(imageJob(66+n, oneChannel))
			require.Eventually(t, func() bool {
				over, err := h.engine.over("ask:" + a.ID)
				return err == nil && over
			}, 60*time.Second, 5*time.Millisecond)
			h.ended(a, "answered")
		}
		require.Len(t, h.desk.forwards, 2)
	})
	t.Run("and one that was filled is left alone", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		h.ended(h.put(imageJob(68, oneChannel)), "answered")
		require.Empty(t, h.desk.forwards)
	})
}
