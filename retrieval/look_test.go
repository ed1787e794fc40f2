package retrieval

import (
	"encoding/json"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/db"
)

// looks asks for the card of a picture.
func (h *house) looks(v db.View, urls ...string) Look {
	h.t.Helper()
	h.asked++
	l := Look{Ask: Ask{
		ID: fmt.Sprint(1300000000000000000 + h.asked), Scope: v.Scope, Channel: "5", Member: v.Member, At: time.Now().UTC(),
		Reply: json.RawMessage(`{"token":"secret"}`),
	}, URLs: urls, View: v}
	require.NoError(h.t, h.Look(h.t.Context(), l, nil))
	return l
}

// found waits for the nth thing that the desk was told of pictures, from 1.
func (h *house) found(n int) foundCards {
	h.t.Helper()
	h.desk.await(h.t, "the desk to be told", func() bool { return len(h.desk.founds) >= n })
	h.desk.mu.Lock()
	defer h.desk.mu.Unlock()
	require.Len(h.t, h.desk.founds, n)
	return h.desk.founds[n-1]
}

func TestALookIsAnsweredLikeAnAsk(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	a, _ := h.fourScenes(1)
	file := h.src.hang("/again.png", h.desk.posted()[1])
	l := h.looks(a.View(), file)
	require.Equal(t, []int64{1}, h.found(1).cards)
	got := h.desk.answerTo(t, Ask{ID: l.Ask.ID})
	require.EqualValues(t, 1, got.Card.Number)
	require.True(t, got.Known)
	h.ended(got.ask, "answered")

	h.looks(a.View(), h.src.hang("/like.jpg", jpegFile(t, scene(11, 120))))
	require.Equal(t, []int64{1}, h.found(2).cards, "what it only looks like is for the desk to offer")
	h.looks(db.View{Scope: "other", Member: "9"}, file)
	require.Empty(t, h.found(3).cards, "another server's is not seen")
	h.src.mu.Lock()
	h.src.gone = true
	h.src.mu.Unlock()
	h.looks(a.View(), file)
	require.True(t, h.found(4).unread)
	require.Len(t, h.desk.wait(t, 2), 2)
}

func TestALookSurvivesTheEndOfTheProcess(t *testing.T) {
	t.Parallel()
	t.Run("while the picture is on its way", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		a, _ := h.fourScenes(1)
		file := h.src.hang("/again.png", h.desk.posted()[1])
		release, begun := make(chan struct{}), make(chan struct{})
		var times atomic.Int32
		h.src.mu.Lock()
		h.src.serving = func() {
			if times.Add(1) == 1 {
				close(begun)
				<-release
			}
		}
		h.src.mu.Unlock()
		v := a.View()
		v.Channels = []string{}
		l := h.looks(v, file)
		<-begun
		h.restart(release)
		found := h.found(1)
		require.Equal(t, v, found.View, "nobody sees more after a restart")
		require.Equal(t, []int64{1}, found.cards)
		require.EqualValues(t, 1, h.desk.answerTo(t, l.Ask).Card.Number)
	})
	t.Run("while nobody can be told", func(t *testing.T) {
		t.Parallel()
		h := newHouse(t)
		a, _ := h.fourScenes(1)
		h.desk.mu.Lock()
		h.desk.away = true
		h.desk.mu.Unlock()
		h.looks(a.View(), h.src.hang("/like.jpg", jpegFile(t, scene(11, 120))))
		h.desk.await(t, "the telling to fail", func() bool { return h.desk.failed > 0 })
		h.restart(make(chan struct{}))
		h.desk.mu.Lock()
		h.desk.away = false
		h.desk.mu.Unlock()
		require.Equal(t, []int64{1}, h.found(1).cards)
	})
}
