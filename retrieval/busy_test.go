package retrieval

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/useapi"
)

// TestABusySourceIsLeftAlone plays the waits between the tries of one request, at the usual pace, until there was
// waiting enough.
func TestABusySourceIsLeftAlone(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		says  time.Duration // Retry-After
		first time.Duration // the least wait before the second try
		tries int           // at most, the first included
		least int
	}{
		"that names no time":              {0, 5 * time.Second, 6, 5},
		"that names a moment":             {time.Millisecond, time.Millisecond, 7, 6},
		"that names a second":             {time.Second, time.Second, 7, 6},
		"that names more than our own":    {25 * time.Second, 25 * time.Second, 5, 4},
		"that names all there is":         {90 * time.Second, 90 * time.Second, 2, 2},
		"that names more than there is":   {3 * time.Minute, 0, 1, 1},
		"that names the longest there is": {time.Hour, 0, 1, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				begin := time.Now()
				w := waitForSlot{pace: usualPace(), since: begin}
				tries := 1
				for {
					d, again := w.next(&useapi.Error{Status: 429, RetryAfter: test.says})
					if !again {
						break
					}
					if tries == 1 {
						require.GreaterOrEqual(t, d, test.first)
					}
					require.GreaterOrEqual(t, d, test.says)
					require.NoError(t, pauseWithin(t.Context(), d))
					tries++
				}
				require.LessOrEqual(t, tries, test.tries)
				require.GreaterOrEqual(t, tries, test.least)
				require.LessOrEqual(t, time.Since(begin), 2*time.Minute)
			})
		})
	}
}
