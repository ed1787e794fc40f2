package picture

import (
	"image"
	"image/draw"
)

// reduce makes a picture w × h by averaging, or by repeating pixels where it is smaller than that. It takes no memory
// to speak of beside the result.
func reduce(img image.Image, w, h int) *image.RGBA {
	b := img.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	row := image.NewRGBA(image.Rect(0, 0, b.Dx(), 1))
	sums := make([][4]uint64, w)
	counts := make([]uint64, w)
	for y := range h {
		top, bottom := span(y, h, b.Dy())
		clear(sums)
		clear(counts)
		for line := top; line < bottom; line++ {
			draw.Draw(row, row.Bounds(), img, image.Pt(b.Min.X, b.Min.Y+line), draw.Src) // fast for all common kinds
			for x := range w {
				left, right := span(x, w, b.Dx())
				for _, p := range pixels(row.Pix[4*left : 4*right]) {
					for i, v := range p {
						sums[x][i] += uint64(v)
					}
				}
				counts[x] += uint64(right - left)
			}
		}
		for x := range w {
			for i, sum := range sums[x] {
				out.Pix[out.PixOffset(x, y)+i] = uint8((sum + counts[x]/2) / counts[x])
			}
		}
	}
	return out
}

// span is the part of length that belongs to cell i of n; it has one element at least.
func span(i, n, length int) (from, to int) {
	from = i * length / n
	return from, max((i+1)*length/n, from+1)
}

// pixels goes through RGBA pixels.
func pixels(pix []uint8) func(yield func(int, [4]uint8) bool) {
	return func(yield func(int, [4]uint8) bool) {
		for i := 0; i+4 <= len(pix); i += 4 {
			if !yield(i/4, [4]uint8(pix[i:i+4])) {
				return
			}
		}
	}
}
