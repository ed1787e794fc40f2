package retrieval

import (
	"bytes"
	"image"
	"image/draw"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"seedbank/db"
	"seedbank/picture"
)

func TestACardIsFoundByItsPicture(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	a, _ := h.fourScenes(1)
	mine, whole := h.desk.posted(), scene(11, 120)
	h.fourScenes(2)
	h.fourScenes(1, func(a *Ask) { a.Scope, a.Member = "other", "9" }) // the same job, elsewhere
	h.fourScenes(3, func(a *Ask) { a.Private = true })
	secret := h.desk.posted()
	half := image.NewRGBA(image.Rect(0, 0, 60, 60))
	for i := range 3600 {
		half.Set(i%60, i/60, whole.At(2*(i%60), 2*(i/60)))
	}
	forged := func(l picture.Label) []byte {
		var b bytes.Buffer
		require.NoError(t, picture.WriteText(&b, bytes.NewReader(pngFile(t, scene(999, 120))), l.Texts()))
		return b.Bytes()
	}
	together := func(numbers ...int) []byte {
		grid := image.NewRGBA(image.Rect(0, 0, 240, 240))
		for i, n := range numbers {
			draw.Draw(grid, image.Rect(i%2*120, i/2*120, i%2*120+120, i/2*120+120), scene(n, 120), image.Point{}, draw.Src)
		}
		return jpegFile(t, grid)
	}
	sheet, err := h.store.Sheet(t.Context(), a.View(), 1)
	require.NoError(t, err)
	type seen struct {
		card     int64
		position int
		how      string
	}
	for name, test := range map[string]struct {
		view  db.View
		files [][]byte
		want  []seen
	}{
		"the file as it was posted":               {a.View(), [][]byte{mine[1]}, []seen{{1, 2, ByFile}}},
		"one without texts, byte for byte":        {a.View(), [][]byte{mine[3]}, []seen{{1, 4, ByFile}}},
		"a JPEG of it":                            {a.View(), [][]byte{jpegFile(t, scene(11, 120))}, []seen{{1, 2, ByPicture}}},
		"half as large":                           {a.View(), [][]byte{pngFile(t, half)}, []seen{{1, 2, ByPicture}}},
		"two of one card are one":                 {a.View(), [][]byte{jpegFile(t, scene(11, 120)), mine[0]}, []seen{{1, 1, ByFile}}},
		"the surest comes first":                  {a.View(), [][]byte{jpegFile(t, scene(20, 120)), mine[3]}, []seen{{1, 4, ByFile}, {2, 1, ByPicture}}},
		"a stranger":                              {a.View(), [][]byte{pngFile(t, scene(999, 120))}, nil},
		"one colour":                              {a.View(), [][]byte{pngFile(t, image.NewGray(image.Rect(0, 0, 9, 9)))}, nil},
		"no pictures":                             {a.View(), nil, nil},
		"a file that names another seed":          {a.View(), [][]byte{forged(picture.Label{Card: 1, Seed: 5, Prompt: "owl in the rain --v 7"})}, nil},
		"a file that names another prompt":        {a.View(), [][]byte{forged(picture.Label{Card: 1, Seed: 1, Prompt: "cat"})}, nil},
		"a file that names a card there is not":   {a.View(), [][]byte{forged(picture.Label{Card: 99, Seed: 1, Prompt: "owl in the rain --v 7"})}, nil},
		"a picture of a private card":             {db.View{Scope: "3", Member: "43"}, [][]byte{secret[1], secret[3]}, nil},
		"a picture of one's own private card":     {a.View(), [][]byte{secret[1]}, []seen{{3, 2, ByFile}}},
		"a picture of another server's card":      {db.View{Scope: "empty", Member: "42"}, [][]byte{mine[1], mine[3]}, nil},
		"the same picture of a card of one's own": {db.View{Scope: "other", Member: "9"}, [][]byte{mine[1]}, []seen{{1, 2, ByFile}}},
		"of more than four the first four":        {a.View(), [][]byte{pngFile(t, scene(991, 90)), pngFile(t, scene(992, 90)), pngFile(t, scene(993, 90)), pngFile(t, scene(994, 90)), mine[1]}, nil},
		"the grid of its pictures":                {a.View(), [][]byte{together(10, 11, 12, 13)}, []seen{{1, 0, ByPicture}}},
		"its contact sheet":                       {a.View(), [][]byte{sheet}, []seen{{1, 0, ByPicture}}},
		"a grid of three of them":                 {a.View(), [][]byte{together(10, 11, 12, 998)}, []seen{{1, 0, ByPicture}}},
		"a grid of two of them":                   {a.View(), [][]byte{together(10, 11, 997, 998)}, nil},
		"a grid of them out of place":             {a.View(), [][]byte{together(11, 10, 13, 12)}, nil},
	} {
		var urls []string
		for i, file := range test.files {
			urls = append(urls, h.src.hang("/sought/"+name+strconv.Itoa(i), file))
		}
		found, err := h.FindPicture(t.Context(), test.view, urls)
		require.NoError(t, err, name)
		var got []seen
		for _, m := range found {
			got = append(got, seen{m.Card.Number, m.Position, m.How})
			require.Equal(t, test.view.Scope, m.Card.Scope, name)
		}
		require.Equal(t, test.want, got, name)
	}
}

func TestPicturesThatCannotBeSought(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	for _, address := range []string{"https://evil.example/a.png", "http://127.0.0.1:1/a.png", "file:///etc/passwd", "", "::"} {
		_, err := h.FindPicture(t.Context(), db.View{Scope: "3", Member: "42"}, []string{address})
		require.Error(t, err, address)
	}
	found, err := h.FindPicture(t.Context(), db.View{Scope: "3", Member: "42"}, []string{"https://evil.example/a.png", h.src.pictures + "/x"})
	require.NoError(t, err, "one of them could be looked at")
	require.Empty(t, found)
}
