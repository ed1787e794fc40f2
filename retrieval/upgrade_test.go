package retrieval

import (
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/db"
)

// TestWorkOfTheFirstReleaseIsFinished takes up the files that a process of the first release left when it was killed:
// nine asks, of which one was answered; one had its seed and could not be delivered; three had their requests out and a
// fourth waited for the first of those; one was in the line for a slot, one had just been taken, and one asked for a
// card. The files in testdata/shape1 were made by that release and are not to be made anew.
func TestWorkOfTheFirstReleaseIsFinished(t *testing.T) {
	t.Parallel()
	const first = 1300000000000000000
	h := &house{t: t, folder: t.TempDir(), src: newFakeSource(t), desk: newFakeDesk()}
	for _, name := range []string{"seedbank.db", "seedbank.work.db"} {
		unpack(t, filepath.Join("testdata", "shape1", name+".gz"), filepath.Join(h.folder, name))
	}
	var err error
	h.store, err = db.Open(t.Context(), filepath.Join(h.folder, "seedbank.db"))
	require.NoError(t, err)
	seeds := map[string]uint32{imageJob(2, oneChannel): 42} // by job; what was answered already
	for n := range 5 {
		job := imageJob(3+n, oneChannel)
		seeds[job] = uint32(500 + n)
		h.src.script(job, answers(seeds[job]))
	}
	running := []string{imageJob(3, oneChannel), imageJob(4, oneChannel), imageJob(6, oneChannel)}
	for _, job := range running {
		h.src.complete(job, seeds[job]) // at the source the jobs went on
	}
	p := fast()
	p.deliverMost, p.deadline = 100*365*24*time.Hour, 100*365*24*time.Hour // the files are old by now
	h.open(p)
	t.Cleanup(func() {
		h.close()
		require.NoError(t, h.store.Close())
	})

	answered := map[string]bool{}
	for _, got := range h.desk.wait(t, 8) {
		require.Nil(t, got.Problem, got.ask.ID)
		if got.ask.Card == 0 {
			require.Equal(t, seeds[got.ask.Job], got.Card.Seed)
		}
		require.False(t, answered[got.ask.ID], "answered twice")
		answered[got.ask.ID] = true
		require.NotEqualValues(t, first+1, got.ask.ID)
		h.ended(got.ask, "answered")
	}
	require.Len(t, answered, 8)
	for _, job := range running {
		require.Zero(t, h.src.postsOf(job), "what was sent is not sent again")
	}
	require.Zero(t, h.src.postsOf(imageJob(2, oneChannel)))
	for _, n := range []int{5, 7} {
		require.Equal(t, 1, h.src.postsOf(imageJob(n, oneChannel)))
	}
	for number := int64(1); number <= 7; number++ {
		card, err := h.store.Card(t.Context(), db.View{Scope: "3", Member: "42"}, number)
		require.NoError(t, err)
		require.NotEmpty(t, card.Message)
	}
}

func unpack(t *testing.T, from, to string) {
	t.Helper()
	packed, err := os.Open(from)
	require.NoError(t, err)
	defer func() { require.NoError(t, packed.Close()) }()
	z, err := gzip.NewReader(packed)
	require.NoError(t, err)
	plain, err := os.Create(to)
	require.NoError(t, err)
	_, err = io.Copy(plain, z)
	require.NoError(t, err)
	require.NoError(t, plain.Close())
}
