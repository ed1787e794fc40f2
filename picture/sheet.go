package picture

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
)

// MaxSheet is the size of the largest sheet, in bytes.
const MaxSheet = 48 << 10

const (
	// By these a sheet of four painted landscapes has 9 KB, and one of four cut-outs of photographs 13 KB on average
	// and 40 KB at most.
	sheetSide    = 384 // pixels of the longer side of a whole sheet
	sheetQuality = 75  // of the JPEG
	sheetPlaces  = 4
)

// Sheet is a contact sheet in the making: up to four pictures side by side, small, as a JPEG. It is for one goroutine.
type Sheet struct {
	tiles []*image.RGBA
}

// NewSheet begins a sheet for so many pictures; those after the fourth find no place.
func NewSheet(count int) *Sheet {
	count = min(max(count, 1), sheetPlaces)
	return &Sheet{tiles: make([]*image.RGBA, count)}
}

// Add puts a picture at a place, 0 for the first. It keeps a small copy only.
func (s *Sheet) Add(place int, img image.Image) {
	if place < 0 || place >= len(s.tiles) || img.Bounds().Empty() {
		return
	}
	side := sheetSide / s.columns()
	b := img.Bounds()
	w, h := side, side
	if b.Dx() > b.Dy() {
		h = max(1, side*b.Dy()/b.Dx())
	} else {
		w = max(1, side*b.Dx()/b.Dy())
	}
	s.tiles[place] = reduce(img, w, h)
}

// columns is how many pictures stand side by side: one alone, else two.
func (s *Sheet) columns() int { return min(len(s.tiles), 2) }

// JPEG makes the sheet; an error if no picture was added. Places without a picture are dark.
func (s *Sheet) JPEG() ([]byte, error) {
	var cell image.Point
	for _, t := range s.tiles {
		if t != nil {
			cell = image.Pt(max(cell.X, t.Rect.Dx()), max(cell.Y, t.Rect.Dy()))
		}
	}
	if cell == (image.Point{}) {
		return nil, fmt.Errorf("make a contact sheet: there are no pictures")
	}
	columns := s.columns()
	rows := (len(s.tiles) + columns - 1) / columns
	page := image.NewRGBA(image.Rect(0, 0, columns*cell.X, rows*cell.Y))
	draw.Draw(page, page.Bounds(), image.NewUniform(color.Gray{Y: 32}), image.Point{}, draw.Src)
	for i, t := range s.tiles {
		if t == nil {
			continue
		}
		corner := image.Pt(i%columns*cell.X+(cell.X-t.Rect.Dx())/2, i/columns*cell.Y+(cell.Y-t.Rect.Dy())/2)
		draw.Draw(page, t.Rect.Add(corner), t, image.Point{}, draw.Over)
	}
	return pack(page)
}

// pack makes a JPEG, of a lower quality than usual if it would be too large: noise does not pack.
func pack(page image.Image) ([]byte, error) {
	for quality := sheetQuality; ; quality -= 20 {
		var b bytes.Buffer
		if err := jpeg.Encode(&b, page, &jpeg.Options{Quality: quality}); err != nil {
			return nil, fmt.Errorf("make a contact sheet: %w", err)
		}
		if b.Len() <= MaxSheet || quality <= 20 {
			return b.Bytes(), nil
		}
	}
}

// IsSheet tells whether a file can be a sheet of ours: a JPEG of that size, in bytes and in pixels.
func IsSheet(file []byte) bool {
	if len(file) == 0 || len(file) > MaxSheet {
		return false
	}
	config, err := jpeg.DecodeConfig(bytes.NewReader(file))
	return err == nil && config.Width <= sheetSide && config.Height <= sheetSide
}
