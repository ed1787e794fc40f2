package retrieval

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWhatOnlyTheOwnerCanMend(t *testing.T) {
	t.Parallel()
	for _, code := range []Code{TokenRefused, Unpaid, SignedOut} {
		require.True(t, (&Problem{Code: code}).ForOwner(), code)
	}
	for _, code := range []Code{Unavailable, Busy, NotFound, Moderated, Broken} {
		require.False(t, (&Problem{Code: code}).ForOwner(), code)
	}
}
