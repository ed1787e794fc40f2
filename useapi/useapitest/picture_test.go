package useapitest

import (
	"bytes"
	"image/png"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestPicturesAreTheSameForTheSameSeed(t *testing.T) {
	t.Parallel()
	for _, size := range []int{1, 7, 128} {
		a := Picture(3937070146, 0, size)
		require.Equal(t, a, Picture(3937070146, 0, size))
		img, err := png.Decode(bytes.NewReader(a))
		require.NoError(t, err)
		require.Equal(t, size, img.Bounds().Dx())
		require.Equal(t, size, img.Bounds().Dy())
	}
	require.NotEqual(t, Picture(1, 0, 64), Picture(1, 1, 64))
	require.NotEqual(t, Picture(1, 0, 64), Picture(2, 0, 64))
	require.NotEmpty(t, Picture(1, -1, 0), "nonsense sizes are mended")
}

func TestAPaddedPictureIsStillOne(t *testing.T) {
	t.Parallel()
	file := Picture(1, 0, 64)
	for _, total := range []int{0, len(file) - 1, len(file), len(file) + 11, len(file) + 12, len(file) + 13, 300_000} {
		var b bytes.Buffer
		heavy := weighed(file, total)
		require.NoError(t, heavy.write(&b))
		require.Equal(t, heavy.size(), b.Len())
		if total >= len(file)+chunkRest {
			require.Equal(t, total, b.Len())
		}
		_, err := png.Decode(&b)
		require.NoError(t, err, "%d bytes", total)
	}
	config, err := png.DecodeConfig(bytes.NewReader(hugePicture(60000)))
	require.NoError(t, err)
	require.Equal(t, 60000, config.Width)
	require.Equal(t, 60000, config.Height)
}
