package retrieval

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math"
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"seedbank/picture"
	"seedbank/useapi"
)

// scene paints lights on a slope, different for each number.
func scene(number, side int) *image.RGBA {
	r := rand.New(rand.NewPCG(uint64(number), 7))
	img := image.NewRGBA(image.Rect(0, 0, side, side))
	sums := make([]float64, side*side)
	for range 24 {
		x, y, size, light := r.Float64(), r.Float64(), 0.03+0.1*r.Float64(), 200*r.Float64()-100
		across, down := bell(side, x, size), bell(side, y, size)
		for i := range sums {
			sums[i] += light * across[i%side] * down[i/side]
		}
	}
	for i, sum := range sums {
		v := min(max(90+60*float64(i)/float64(len(sums))+sum, 0), 255)
		img.SetRGBA(i%side, i/side, color.RGBA{uint8(v), uint8(v / 2), 120, 255})
	}
	return img
}

// bell is a curve that is 1 at the middle, a part of the length.
func bell(length int, middle, width float64) []float64 {
	curve := make([]float64, length)
	for i := range curve {
		d := (float64(i)/float64(length) - middle) / width
		curve[i] = math.Exp(-d * d)
	}
	return curve
}

func pngFile(t *testing.T, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, png.Encode(&b, img))
	return b.Bytes()
}

func jpegFile(t *testing.T, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, jpeg.Encode(&b, img, &jpeg.Options{Quality: 70}))
	return b.Bytes()
}

// gallery makes the source answer a job with these files.
func (h *house) gallery(job string, seed uint32, files ...[]byte) {
	h.t.Helper()
	var attachments []any
	for i, f := range files {
		attachments = append(attachments, map[string]any{"url": h.src.hang("/"+job+"/"+strconv.Itoa(i), f)})
	}
	h.src.script(job, func(yield func(useapi.Event, error) bool, s *fakeSource, parent string) {
		yield(event(s.put(parent, "completed", map[string]any{"response": map[string]any{
			"content":     "**owl in the rain --v 7**\n**Job ID**: 00000000-0000-4000-8000-bbd798ffcb5d\n**seed** " + strconv.Itoa(int(seed)),
			"attachments": attachments,
		}})), nil)
	})
}

// fourScenes asks for a job of four pictures, three PNGs and a JPEG, and waits until that is on record.
func (h *house) fourScenes(n int, change ...func(*Ask)) (Ask, deliveredOutcome) {
	h.t.Helper()
	job := imageJob(n, oneChannel)
	h.gallery(job, uint32(n), pngFile(h.t, scene(10*n, 120)), pngFile(h.t, scene(10*n+1, 120)), pngFile(h.t, scene(10*n+2, 120)), jpegFile(h.t, scene(10*n+3, 120)))
	a := h.put(job, change...)
	got := h.desk.answerTo(h.t, a)
	require.Nil(h.t, got.Problem)
	h.ended(a, "answered")
	return a, got
}

// posted is what was in the files of the last delivery.
func (d *fakeDesk) posted() [][]byte {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.files[len(d.files)-1]
}

func sumOf(file []byte) string {
	sum := sha256.Sum256(file)
	return hex.EncodeToString(sum[:])
}

func TestPostedPicturesSayWhatTheyAre(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	a, got := h.fourScenes(1)
	files := h.desk.posted()
	require.Len(t, files, 4)
	for i, file := range files[:3] {
		texts, err := picture.ReadText(bytes.NewReader(file))
		require.NoError(t, err)
		label, ours := picture.LabelOf(texts)
		require.True(t, ours)
		require.Equal(t, picture.Label{Card: 1, Seed: 1, Prompt: "owl in the rain --v 7"}, label)
		require.Equal(t, "owl in the rain --v 7\nSeed: 1, Size: 120x120, Model: Midjourney 7", texts["parameters"])
		require.Equal(t, "owl in the rain --v 7 --seed 1", texts["Description"])
		require.NotContains(t, string(file), "j1024", "neither job nor account")
		img, err := png.Decode(bytes.NewReader(file))
		require.NoError(t, err)
		require.Equal(t, scene(10+i, 120), img)
	}
	require.Equal(t, jpegFile(t, scene(13, 120)), files[3], "what is no PNG stays as it is")

	card, err := h.store.Card(t.Context(), a.View(), 1)
	require.NoError(t, err)
	for i, p := range card.Pictures {
		require.Equal(t, sumOf(files[i]), p.SHA256)
		require.Equal(t, int64(len(files[i])), p.Size)
		require.Equal(t, got.Pictures[i].Size, p.Size)
		require.LessOrEqual(t, picture.Distance(picture.Hash(scene(10+i, 120)), p.Hash), picture.NearDistance)
	}
}

func TestAPictureThatWouldGetTooLargeIsNotLabelled(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	job := imageJob(1, oneChannel)
	file := pngFile(t, scene(1, 100))
	h.gallery(job, 5, file)
	a := h.put(job, func(a *Ask) { a.Limit = int64(len(file)) + 10 })
	require.Empty(t, h.desk.answerTo(t, a).Pictures[0].Missing)
	require.Equal(t, file, h.desk.posted()[0])
}

func TestADamagedPictureIsPostedAsItIs(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	job := imageJob(1, oneChannel)
	file := pngFile(t, scene(1, 100))
	file = append(file[:len(file)/2], "and no more of it"...)
	h.gallery(job, 5, file, pngFile(t, scene(2, 100)))
	a := h.put(job)
	got := h.desk.answerTo(t, a)
	require.Empty(t, got.Pictures[0].Missing)
	require.Equal(t, file, h.desk.posted()[0])
	h.ended(a, "answered")
	card, err := h.store.Card(t.Context(), a.View(), 1)
	require.NoError(t, err)
	require.Zero(t, card.Pictures[0].Hash)
	require.NotZero(t, card.Pictures[1].Hash)
	require.True(t, card.Sheet, "of the one that can be read")
}

func TestAContactSheetStandsInForPicturesThatAreGone(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	a, _ := h.fourScenes(1)
	before, err := h.store.Card(t.Context(), a.View(), 1)
	require.NoError(t, err)
	require.True(t, before.Sheet)
	h.src.gone = true
	b := h.put("", func(a *Ask) { a.Card = 1 })
	got := h.desk.answerTo(t, b)
	require.Len(t, got.Pictures, 1)
	p := got.Pictures[0]
	require.True(t, p.Sheet)
	require.Equal(t, Gone, p.Instead)
	require.Empty(t, p.Missing)
	require.Equal(t, "image/jpeg", p.Type)
	require.Equal(t, 1, p.Position)
	require.Equal(t, 384, p.Width)
	page, err := jpeg.Decode(bytes.NewReader(h.desk.posted()[0]))
	require.NoError(t, err)
	tile := page.(*image.YCbCr).SubImage(image.Rect(0, 0, 192, 192))
	require.LessOrEqual(t, picture.Distance(picture.Hash(scene(10, 120)), picture.Hash(tile)), picture.NearDistance)

	h.ended(b, "answered")
	after, err := h.store.Card(t.Context(), a.View(), 1)
	require.NoError(t, err)
	require.Equal(t, before.Pictures, after.Pictures, "the sheet is none of the card's pictures")
	require.Equal(t, before.Message, after.Message)
	found, err := h.store.CardOfMessage(t.Context(), a.View(), "5", "9"+b.ID)
	require.NoError(t, err)
	require.EqualValues(t, 1, found.Number)
}

// A private answer cannot be read again, so a later message could take its place on record.
func TestASheetIsNeverTakenForACardsPictures(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.desk.unreadable = true
	a, _ := h.fourScenes(1, func(a *Ask) { a.Private = true })
	before, err := h.store.Card(t.Context(), a.View(), 1)
	require.NoError(t, err)
	require.Empty(t, before.Message)
	require.True(t, before.Sheet)
	h.src.gone, h.desk.unreadable = true, false
	b := h.put("", func(a *Ask) { a.Card, a.Private, a.Refresh = 1, true, true })
	require.True(t, h.desk.answerTo(t, b).Pictures[0].Sheet)
	h.ended(b, "answered")
	after, err := h.store.Card(t.Context(), a.View(), 1)
	require.NoError(t, err)
	require.Equal(t, before.Pictures, after.Pictures)
}

func TestNoSheetsWhereTheyAreNotWanted(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.sheets = false
	a, _ := h.fourScenes(1)
	card, err := h.store.Card(t.Context(), a.View(), 1)
	require.NoError(t, err)
	require.False(t, card.Sheet)
	require.NotZero(t, card.Pictures[0].Hash, "how they look is known all the same")
	h.src.gone = true
	got := h.desk.answerTo(t, h.put("", func(a *Ask) { a.Card = 1 }))
	require.Len(t, got.Pictures, 4)
	require.Equal(t, Gone, got.Pictures[3].Missing)
}

func TestWhatAnOlderVersionDidNotKeepIsMadeUpFor(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.sheets = false
	a, _ := h.fourScenes(1)
	h.sheets = true
	b := h.put("", func(a *Ask) { a.Card = 1 })
	h.desk.answerTo(t, b)
	h.ended(b, "answered")
	card, err := h.store.Card(t.Context(), a.View(), 1)
	require.NoError(t, err)
	require.True(t, card.Sheet)
	require.Equal(t, "9"+a.ID, card.Message, "the first message stays the card's own")
}

func TestRefreshMakesTheNewMessageTheCardsOwn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	a, _ := h.fourScenes(1)
	again := h.put("", func(a *Ask) { a.Card = 1 })
	h.desk.answerTo(t, again)
	h.ended(again, "answered")
	own := func() string {
		card, err := h.store.Card(t.Context(), a.View(), 1)
		require.NoError(t, err)
		return card.Message
	}
	require.Equal(t, "9"+a.ID, own())
	fresh := h.put("", func(a *Ask) { a.Card, a.Refresh = 1, true })
	require.Len(t, h.desk.answerTo(t, fresh).Pictures, 4)
	h.ended(fresh, "answered")
	require.Equal(t, "9"+fresh.ID, own())

	h.src.gone = true
	worse := h.put("", func(a *Ask) { a.Card, a.Refresh = 1, true })
	h.desk.answerTo(t, worse)
	h.ended(worse, "answered")
	require.Equal(t, "9"+fresh.ID, own(), "fewer pictures are no refreshment")
}

func TestThePicturesOfAnAnswerThatComesLateAreStudiedToo(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.desk.fail = []error{errors.New("discord is away"), errors.New("still")}
	a, _ := h.fourScenes(1)
	card, err := h.store.Card(t.Context(), a.View(), 1)
	require.NoError(t, err)
	require.True(t, card.Sheet)
	require.NotZero(t, card.Pictures[3].Hash)
}
