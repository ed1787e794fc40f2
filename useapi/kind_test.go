package useapi_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"seedbank/useapi"
)

func TestAStreamIsOneWhateverItIsCalled(t *testing.T) {
	t.Parallel()
	plain := file(t, "full-stream.txt")
	want, err := streamed(t, plain)
	require.NoError(t, err)
	for _, media := range []string{"", "application/json", "application/octet-stream", "text/plain"} {
		for _, before := range []string{"", ": hi\n\n", "\ufeff", "event: message\n", "id: 1\n", "retry: 10\n\n"} {
			c := answering(t, 200, map[string]string{"Content-Type": media}, before+plain)
			got, err := collect(t, c.Seed(t.Context(), useapi.SeedRequest{JobID: parent}))
			require.NoError(t, err, "%q as %q", before, media)
			require.Equal(t, want, got)
		}
	}
	for name, tc := range map[string]struct {
		status int
		media  string
		body   string
	}{
		"a refusal is none":         {404, "application/json", plain},
		"a page is none":            {200, "text/html", plain},
		"words that begin like one": {200, "text/plain", "event horizon"},
		"the half of a word":        {200, "text/plain", "dat"},
	} {
		c := answering(t, tc.status, map[string]string{"Content-Type": tc.media}, tc.body)
		require.ErrorIs(t, lastError(t, c.Seed(t.Context(), useapi.SeedRequest{JobID: parent})), useapi.ErrNotJSON, name)
	}
}
