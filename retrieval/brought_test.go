package retrieval

import (
	"testing"

	"github.com/stretchr/testify/require"

	"seedbank/db"
)

func TestACardThatWasBroughtKeepsThePicturesThatCameWithIt(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	view := db.View{Scope: "3", Member: "7"}
	card, _, err := h.store.Keep(t.Context(), "brought", db.Card{Scope: view.Scope, Asker: view.Member, Seed: 5, Prompt: "owl", Source: db.Pasted})
	require.NoError(t, err)
	at := []string{h.src.hang("/one", pngFile(t, scene(1, 120))), "https://example.com/elsewhere.png", h.src.hang("/three", jpegFile(t, scene(3, 120)))}
	a := h.put("", func(a *Ask) { a.Scope, a.Member, a.Card, a.Pictures = view.Scope, view.Member, card.Number, at })
	got := h.desk.answerTo(t, a)
	h.ended(a, "answered")
	require.Len(t, got.Pictures, 3)
	require.Empty(t, got.Pictures[0].Missing)
	require.Equal(t, HostDenied, got.Pictures[1].Missing, "only Discord is asked for what a member hands over")
	require.Empty(t, got.Pictures[2].Missing)
	kept, err := h.store.Card(t.Context(), view, card.Number)
	require.NoError(t, err)
	require.Equal(t, "9"+a.ID, kept.Message)
	require.Len(t, kept.Pictures, 3)
	require.NotZero(t, kept.Pictures[0].Hash, "so that it is found by its picture")
	require.NotEmpty(t, kept.Pictures[2].SHA256)
	require.Equal(t, string(HostDenied), kept.Pictures[1].Missing)
}

func TestACardWithoutPicturesIsNotSaidToWaitForThem(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	card, _, err := h.store.Keep(t.Context(), "typed", db.Card{Scope: "3", Asker: "42", Seed: 5, Prompt: "owl", Source: db.Pasted})
	require.NoError(t, err)
	a := h.put("", func(a *Ask) { a.Card = card.Number })
	require.Empty(t, h.desk.answerTo(t, a).Pictures)
	h.ended(a, "answered")
	h.desk.mu.Lock()
	defer h.desk.mu.Unlock()
	require.Empty(t, h.desk.progress[a.ID])
}

func TestGivenAddressesComeLast(t *testing.T) {
	t.Parallel()
	require.Equal(t, [][]string{{"a", "x"}, {"y"}, {"z"}}, withGiven([][]string{{"a"}, nil}, []string{"x", "y", "z"}))
	require.Len(t, withGiven(nil, make([]string, 40)), mostPictures)
	require.Empty(t, withGiven(nil, nil))
}
