package picture_test

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"testing"

	"github.com/stretchr/testify/require"
	xdraw "golang.org/x/image/draw"

	"seedbank/picture"
)

func TestAPictureIsKnownAgain(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(img *image.RGBA) image.Image{
		"as it is": func(img *image.RGBA) image.Image { return img },
		"as a JPEG of quality 70": func(img *image.RGBA) image.Image {
			again, err := jpeg.Decode(bytes.NewReader(jpegOf(t, img, 70)))
			require.NoError(t, err)
			return again
		},
		"half as large": func(img *image.RGBA) image.Image {
			half := image.NewRGBA(image.Rect(0, 0, img.Rect.Dx()/2, img.Rect.Dy()/2))
			xdraw.BiLinear.Scale(half, half.Rect, img, img.Rect, draw.Src, nil)
			return half
		},
		"a roughly made preview of 300 pixels": func(img *image.RGBA) image.Image {
			small := image.NewNRGBA(image.Rect(0, 0, 300, 300*img.Rect.Dy()/img.Rect.Dx()))
			xdraw.ApproxBiLinear.Scale(small, small.Rect, img, img.Rect, draw.Src, nil)
			return small
		},
		"without a pixel in a hundred at two edges": func(img *image.RGBA) image.Image {
			r := img.Rect
			return img.SubImage(image.Rect(r.Dx()/100, r.Dy()/100, r.Dx(), r.Dy()))
		},
		"a little brighter": func(img *image.RGBA) image.Image {
			bright := image.NewRGBA(img.Rect)
			for i, v := range img.Pix {
				bright.Pix[i] = uint8(min(int(v)+12, 255))
			}
			return bright
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for n := range 4 {
				img := scene(n, 400, 300+20*n)
				require.LessOrEqual(t, picture.Distance(picture.Hash(img), picture.Hash(change(img))), picture.NearDistance, "scene %d", n)
			}
		})
	}
}

func TestDifferentPicturesAreFarApart(t *testing.T) {
	t.Parallel()
	const many = 80
	var hashes [many]uint64
	for n := range many {
		hashes[n] = picture.Hash(scene(n, 64, 64))
		for _, other := range hashes[:n] {
			require.Greater(t, picture.Distance(hashes[n], other), picture.NearDistance+2)
		}
	}
}

func TestWhatHasNoFeaturesHasNoHash(t *testing.T) {
	t.Parallel()
	for name, img := range map[string]image.Image{
		"one colour":  image.NewUniform(color.White),
		"no pixels":   image.NewGray(image.Rectangle{}),
		"transparent": image.NewNRGBA(image.Rect(0, 0, 50, 50)),
	} {
		if u, endless := img.(*image.Uniform); endless {
			flat := image.NewRGBA(image.Rect(0, 0, 100, 80))
			draw.Draw(flat, flat.Rect, u, image.Point{}, draw.Src)
			img = flat
		}
		require.Zero(t, picture.Hash(img), name)
	}
	require.NotZero(t, picture.Hash(scene(1, 3, 2)), "a few pixels are something")
}

func BenchmarkHash(b *testing.B) {
	img := scene(1, 2048, 2048)
	b.ReportAllocs()
	for b.Loop() {
		picture.Hash(img)
	}
}
