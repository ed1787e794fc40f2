package picture_test

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"seedbank/picture"
)

func TestSheets(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		count int
		added []int // places
		w, h  int   // of each picture
		want  image.Point
	}{
		"four squares":             {4, []int{0, 1, 2, 3}, 300, 300, image.Pt(384, 384)},
		"four wide ones":           {4, []int{0, 1, 2, 3}, 300, 200, image.Pt(384, 256)},
		"four tall ones":           {4, []int{0, 1, 2, 3}, 100, 200, image.Pt(192, 384)},
		"a grid alone":             {1, []int{0}, 400, 300, image.Pt(384, 288)},
		"two":                      {2, []int{0, 1}, 300, 300, image.Pt(384, 192)},
		"three of four":            {4, []int{0, 2, 3}, 300, 300, image.Pt(384, 384)},
		"ten, of which four count": {10, []int{0, 1, 2, 3, 4, 9}, 300, 300, image.Pt(384, 384)},
		"places that are none":     {1, []int{-1, 0, 1}, 300, 300, image.Pt(384, 384)},
		"a line of pixels":         {1, []int{0}, 2000, 1, image.Pt(384, 1)},
		"one pixel":                {4, []int{3}, 1, 1, image.Pt(384, 384)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := picture.NewSheet(test.count)
			for _, place := range test.added {
				s.Add(place, scene(place, test.w, test.h))
			}
			raw, err := s.JPEG()
			require.NoError(t, err)
			require.Less(t, len(raw), 24<<10)
			page, err := jpeg.Decode(bytes.NewReader(raw))
			require.NoError(t, err)
			require.Equal(t, test.want, page.Bounds().Size())
		})
	}
}

func TestASheetShowsItsPicturesInTheirPlaces(t *testing.T) {
	t.Parallel()
	s := picture.NewSheet(4)
	for n := range 4 {
		s.Add(n, scene(n, 500, 500))
	}
	raw, err := s.JPEG()
	require.NoError(t, err)
	page, err := jpeg.Decode(bytes.NewReader(raw))
	require.NoError(t, err)
	for n := range 4 {
		corner := image.Pt(n%2*192, n/2*192)
		tile := page.(*image.YCbCr).SubImage(image.Rectangle{corner, corner.Add(image.Pt(192, 192))})
		require.LessOrEqual(t, picture.Distance(picture.Hash(scene(n, 500, 500)), picture.Hash(tile)), picture.NearDistance)
	}
}

func TestNoPicturesMakeNoSheet(t *testing.T) {
	t.Parallel()
	s := picture.NewSheet(0)
	s.Add(0, image.NewGray(image.Rectangle{}))
	_, err := s.JPEG()
	require.ErrorContains(t, err, "no pictures")
}

// Noise packs worst of all: even of that a sheet stays within its bounds.
func TestASheetOfNoiseIsSmallToo(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	noise := image.NewRGBA(image.Rect(0, 0, 192, 192))
	for i := range noise.Pix {
		noise.Pix[i] = uint8(r.Uint32())
	}
	s := picture.NewSheet(4)
	for n := range 4 {
		s.Add(n, noise)
	}
	raw, err := s.JPEG()
	require.NoError(t, err)
	require.LessOrEqual(t, len(raw), picture.MaxSheet)
}

func TestTheQuartersOfAGridAreItsPictures(t *testing.T) {
	t.Parallel()
	grid := image.NewNRGBA(image.Rect(10, 10, 411, 311)) // an odd size, and not at the origin
	for n := range 4 {
		corner := image.Pt(10+n%2*200, 10+n/2*150)
		draw.Draw(grid, image.Rectangle{Min: corner, Max: corner.Add(image.Pt(200, 150))}, scene(n, 200, 150), image.Point{}, draw.Src)
	}
	for n, hash := range picture.Quarters(grid) {
		require.LessOrEqual(t, picture.Distance(picture.Hash(scene(n, 400, 300)), hash), picture.NearDistance)
	}
	require.Zero(t, picture.Quarters(image.NewUniform(color.White)), "one that cannot be cut")
	require.Zero(t, picture.Quarters(image.NewGray(image.Rect(0, 0, 1, 1))))
}

func TestWhatCanBeASheet(t *testing.T) {
	t.Parallel()
	s := picture.NewSheet(1)
	s.Add(0, image.NewRGBA(image.Rect(0, 0, 800, 600)))
	sheet, err := s.JPEG()
	require.NoError(t, err)
	require.True(t, picture.IsSheet(sheet))
	const side = 384 // pixels
	encoded := func(n int) []byte {
		var b bytes.Buffer
		require.NoError(t, jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, n, n)), nil))
		return b.Bytes()
	}
	require.True(t, picture.IsSheet(encoded(side)))
	require.False(t, picture.IsSheet(encoded(side+1)), "it has the size of one")
	require.False(t, picture.IsSheet(append(sheet, make([]byte, picture.MaxSheet)...)))
	for _, none := range []string{"", "\xff\xd8", "\x89PNG\r\n\x1a\n", "<svg/>"} {
		require.False(t, picture.IsSheet([]byte(none)))
	}
}
