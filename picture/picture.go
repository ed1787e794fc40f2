// Package picture is what the files of pictures can tell and what can be made of them: texts in PNG files, a hash by
// which a picture is known again after it was made smaller or packed anew, and small contact sheets.
//
// It knows neither where pictures come from nor what they are pictures of. It takes every file for hostile: whatever
// the file claims, memory stays bounded, and what cannot be read is an error.
package picture

import (
	"errors"
	"fmt"
	"image"
	_ "image/gif" // the formats that Discord shows
	_ "image/jpeg"
	_ "image/png"
	"io"

	_ "golang.org/x/image/webp"
)

// MaxPixels is how many pixels a picture may have to be decoded: Midjourney's largest have 17 million. One of that many
// takes 100 MB for a moment, and twice that when it is a progressive JPEG or has 16 bits a channel.
const MaxPixels = 24_000_000

// ErrTooLarge is what Decode says of a picture of more than MaxPixels.
var ErrTooLarge = errors.New("the picture has too many pixels")

// Pixels reads from the head of a picture how many pixels it has.
func Pixels(r io.Reader) (int, error) {
	config, _, err := image.DecodeConfig(r)
	if err != nil {
		return 0, fmt.Errorf("read the head of a picture: %w", err)
	}
	if config.Width <= 0 || config.Height <= 0 {
		return 0, errors.New("read the head of a picture: it has no pixels")
	}
	if config.Width > MaxPixels/config.Height {
		return 0, fmt.Errorf("%w: %d × %d", ErrTooLarge, config.Width, config.Height)
	}
	return config.Width * config.Height, nil
}

// Decode reads a PNG, JPEG, WebP or GIF, of a GIF its first frame. Its head is looked at first.
func Decode(r io.ReadSeeker) (image.Image, error) {
	if _, err := Pixels(r); err != nil {
		return nil, err
	}
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return nil, fmt.Errorf("read a picture: %w", err)
	}
	img, _, err := image.Decode(r)
	if err != nil {
		return nil, fmt.Errorf("read a picture: %w", err)
	}
	return img, nil
}
