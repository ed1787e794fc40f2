package retrieval

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// TestAnOrderIsWantedOnceItsAskIsKnownToWait is about the moment after a restart at which an ask is there again and has
// not yet found on record that a member had stopped it.
func TestAnOrderIsWantedOnceItsAskIsKnownToWait(t *testing.T) {
	t.Parallel()
	b := newBoard(3)
	f := b.join(generationID("1"), "any")
	ask := b.ticket("1")
	leave := b.await(f, ask)
	wanted := func() [2]bool {
		waited, withdrawn := b.wanted(f)
		return [2]bool{waited, withdrawn}
	}
	require.Equal(t, [2]bool{false, false}, wanted(), "it may have been stopped before")
	b.waits(ask)
	require.Equal(t, [2]bool{true, false}, wanted())
	require.True(t, b.stop("1", "42"))
	require.Equal(t, [2]bool{false, false}, wanted(), "stopped a moment ago")
	leave()
	require.Equal(t, [2]bool{false, true}, wanted())
}
