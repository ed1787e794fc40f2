package picture_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// scene paints lights on a slope, different for each number.
func scene(number, w, h int) *image.RGBA {
	r := rand.New(rand.NewPCG(uint64(number), 7))
	sums := make([]float64, w*h)
	for range 24 {
		x, y, size, light := r.Float64(), r.Float64(), 0.03+0.1*r.Float64(), 200*r.Float64()-100
		across, down := bell(w, x, size), bell(h, y, size)
		for i := range sums {
			sums[i] += light * across[i%w] * down[i/w]
		}
	}
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for i, sum := range sums {
		v := uint8(min(max(90+60*float64(i)/float64(len(sums))+sum, 0), 255))
		img.SetRGBA(i%w, i/w, color.RGBA{v, v / 2, 255 - v, 255})
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

func pngOf(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, png.Encode(&b, img))
	return b.Bytes()
}

func jpegOf(t testing.TB, img image.Image, quality int) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, jpeg.Encode(&b, img, &jpeg.Options{Quality: quality}))
	return b.Bytes()
}
