package retrieval

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/db"
)

// coming makes an ask that was not put yet.
func (h *house) coming(id, job string) Ask {
	return Ask{ID: id, Scope: "3", Channel: "5", Member: "42", Job: job, At: time.Now().UTC(), Reply: json.RawMessage(`{}`)}
}

func (h *house) noted() (names []string) {
	h.t.Helper()
	files, err := os.ReadDir(filepath.Join(h.folder, "seedbank.inbox"))
	require.NoError(h.t, err)
	for _, f := range files {
		names = append(names, f.Name())
	}
	return names
}

func TestAnAskIsNotedBeforeItIsAcknowledged(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	a := h.coming("1300000000000000001", imageJob(1, oneChannel))
	require.NoError(t, h.Ask(t.Context(), a, func() error {
		require.Equal(t, []string{a.ID + ".json"}, h.noted())
		info, err := os.Stat(filepath.Join(h.folder, "seedbank.inbox", a.ID+".json"))
		require.NoError(t, err)
		require.EqualValues(t, 0o600, info.Mode().Perm(), "it holds a token")
		require.Zero(t, h.src.postsOf(a.Job))
		return nil
	}))
	require.Empty(t, h.noted(), "it is on record now")
	require.Nil(t, h.desk.answerTo(t, a).Problem)
}

func TestAnAskWhoseAcknowledgementFailedWasNeverAsked(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	a := h.coming("1300000000000000001", imageJob(1, oneChannel))
	late := errors.New("too late")
	require.ErrorIs(t, h.Ask(t.Context(), a, func() error { return late }), late)
	require.Empty(t, h.noted())
	h.close()
	h.open(h.pace)
	b := h.put(imageJob(2, oneChannel))
	require.Nil(t, h.desk.answerTo(t, b).Problem)
	require.Zero(t, h.src.postsOf(a.Job))
}

// TestWhatCameInAtTheEndOfAProcessIsTakenUp leaves notes as a process does that is killed at an acknowledgement.
func TestWhatCameInAtTheEndOfAProcessIsTakenUp(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	known := h.put(imageJob(1, oneChannel))
	h.desk.answerTo(t, known)
	h.ended(known, db.Answered)
	h.close()

	in := inbox{filepath.Join(h.folder, "seedbank.inbox")}
	require.NoError(t, os.MkdirAll(in.folder, 0o700))
	ask := h.coming("1300000000000000011", imageJob(2, oneChannel))
	order := h.coming("1300000000000000012", "")
	order.Generate = &Generation{Prompt: owl}
	look := Look{Ask: h.coming("1300000000000000013", ""), URLs: []string{h.src.pictures + "/none.png"}, View: db.View{Scope: "3", Member: "42"}}
	for _, n := range []note{{Ask: &ask}, {Ask: &order}, {Look: &look}, {Ask: &known}} { // the last is on record, too
		require.NoError(t, in.put(n))
	}
	for name, content := range map[string]string{"1300000000000000014.json": `{"ask":{"ID":"13`, "odd.json": `{}`, "5.json": `{"ask":{}}`} {
		require.NoError(t, os.WriteFile(filepath.Join(in.folder, name), []byte(content), 0o600))
	}

	h.open(h.pace)
	require.Nil(t, h.desk.answerTo(t, ask).Problem)
	require.Nil(t, h.desk.answerTo(t, order).Problem)
	require.Empty(t, h.found(1).cards)
	h.ended(ask, db.Answered)
	h.ended(order, db.Answered)
	require.Eventually(t, func() bool { return len(h.noted()) == 0 }, 60*time.Second, 10*time.Millisecond)
	require.Equal(t, 1, h.src.postsOf(ask.Job))
	require.Equal(t, 1, h.src.sentOf(owl))
	require.Equal(t, 1, h.src.postsOf(known.Job))
	h.desk.mu.Lock()
	defer h.desk.mu.Unlock()
	require.Len(t, h.desk.outcomes, 3, "what was answered before is not answered again")
}

// TestWhatComesInAtTheStartIsNotTakenUp has an ask wait for its acknowledgement, which fails, until what an earlier
// process left was taken up. Which is in the folder first is open, so it is tried some times.
func TestWhatComesInAtTheStartIsNotTakenUp(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	in := inbox{filepath.Join(h.folder, "seedbank.inbox")}
	for n := range 3 {
		h.close()
		require.NoError(t, os.MkdirAll(in.folder, 0o700))
		left := h.coming(fmt.Sprint(1300000000000000200+n), imageJob(2*n, oneChannel))
		require.NoError(t, in.put(note{Ask: &left}))
		h.open(h.pace)
		a := h.coming(fmt.Sprint(1300000000000000100+n), imageJob(2*n+1, oneChannel))
		late := errors.New("too late")
		require.ErrorIs(t, h.Ask(t.Context(), a, func() error {
			h.desk.answerTo(t, left)
			return late
		}), late)
		over, err := h.engine.over("ask:" + a.ID)
		require.NoError(t, err)
		require.True(t, over)
		require.Zero(t, h.src.postsOf(a.Job))
	}
}

func TestAnInboxKeepsToItsFolder(t *testing.T) {
	t.Parallel()
	in := inbox{t.TempDir()}
	for _, id := range []string{"", "../1", "a", "1/2"} {
		require.NoError(t, in.put(note{Ask: &Ask{ID: id}}))
	}
	notes, err := in.notes()
	require.NoError(t, err)
	require.Empty(t, notes)
	unread := filepath.Join(in.folder, "2.json")
	require.NoError(t, os.Mkdir(unread, 0o700))
	require.NoError(t, in.put(note{Ask: &Ask{ID: "3"}}))
	notes, err = in.notes()
	require.ErrorContains(t, err, "2.json")
	require.Len(t, notes, 1, "beside what cannot be read")
	require.DirExists(t, unread)
	require.NoError(t, inbox{}.put(note{Ask: &Ask{ID: "1"}}))
}
