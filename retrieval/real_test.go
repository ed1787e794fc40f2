package retrieval

import (
	"bytes"
	"image/png"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/db"
	"seedbank/useapi"
	"seedbank/useapi/useapitest"
)

// newRealHouse is a house whose source is the real client, on a stand-in of the service.
func newRealHouse(t *testing.T) (*house, *useapitest.Server) {
	t.Helper()
	server := useapitest.New()
	t.Cleanup(server.Close)
	client, err := useapi.New(server.Token(), useapi.WithBaseURL(server.URL()))
	require.NoError(t, err)
	h := &house{t: t, folder: t.TempDir(), src: newFakeSource(t), desk: newFakeDesk()}
	h.store, err = db.Open(t.Context(), filepath.Join(h.folder, "seedbank.db"))
	require.NoError(t, err)
	h.Service, err = open(t.Context(), Config{
		Work: filepath.Join(h.folder, "seedbank.work.db"), Spool: filepath.Join(h.folder, "seedbank.spool"), Inbox: filepath.Join(h.folder, "seedbank.inbox"),
		ImageHosts: []string{server.ImageHost()}, Sheets: true, Log: slog.New(slog.NewTextHandler(t.Output(), nil)),
	}, client, h.store, h.desk, fast())
	require.NoError(t, err)
	t.Cleanup(func() {
		h.close()
		require.NoError(t, h.store.Close())
	})
	return h, server
}

func TestAnOrderAndTheSeedOfItsGrid(t *testing.T) {
	t.Parallel()
	h, server := newRealHouse(t)
	server.Next(1, useapitest.Running(5*time.Millisecond, 10, 60))
	a := h.order(owl)
	got := h.desk.answerTo(t, a)
	require.Nil(t, got.Problem)
	require.Equal(t, server.Made(owl), []string{got.Card.Job})
	require.EqualValues(t, 77, got.Card.Seed)
	require.Len(t, got.Pictures, 1)
	require.Empty(t, got.Pictures[0].Missing)
	_, err := png.Decode(bytes.NewReader(h.desk.posted()[0]))
	require.NoError(t, err)
	h.ended(a, "answered")
	card, err := h.store.Card(t.Context(), a.View(), 1)
	require.NoError(t, err)
	require.True(t, card.Sheet)
	require.Equal(t, "fast", card.Speed)
	require.NotEmpty(t, card.MidjourneyID)
}

func TestAnOrderWhoseAnswerWasLostIsNotSentAgain(t *testing.T) {
	t.Parallel()
	h, server := newRealHouse(t)
	server.Next(1, useapitest.Script{Lost: useapitest.LostAnswer, Pause: 300 * time.Millisecond})
	got := h.desk.answerTo(t, h.order(owl))
	require.Nil(t, got.Problem)
	require.Equal(t, server.Made(owl), []string{got.Card.Job})
	require.Equal(t, 1, server.Imagines(owl))

	server.Next(1, useapitest.Script{Lost: useapitest.LostUnseen})
	got = h.desk.answerTo(t, h.order("cat --seed 1"))
	require.Equal(t, &Problem{Code: Unclear}, got.Problem)
	require.Equal(t, 1, server.Imagines("cat --seed 1"))
}
