package retrieval

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestAnAskIsOnRecordAtOnce measures how long an ask that was acknowledged can still be lost: from the call of Ask until
// it is on the disk, which is one transaction of the work file.
func TestAnAskIsOnRecordAtOnce(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	release := make(chan struct{})
	defer close(release)
	var took []time.Duration
	for n := range 20 {
		job := imageJob(900+n, oneChannel)
		h.src.script(job, holds(release, answers(1)))
		begin := time.Now()
		a := h.put(job)
		took = append(took, time.Since(begin))
		over, err := h.engine.over("ask:" + a.ID)
		require.NoError(t, err)
		require.False(t, over, "it is on record when Ask returns")
	}
	slices.Sort(took)
	t.Logf("on record after %s (median), %s at most", took[len(took)/2], took[len(took)-1])
	require.Less(t, took[len(took)/2], 5*time.Second) // a slow disk is slow, but nothing waits for something else
}
