package useapitest

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
	"math"
	"math/rand/v2"
)

// Picture paints hills under a sky with a sun, as a PNG of size by size pixels. The same seed and n give the same
// bytes; n is the place in a grid, and pictures of one seed share their light but not their land.
func Picture(seed uint32, n, size int) []byte {
	return encodePNG(paint(seed, n, min(max(size, 1), mostPixels)))
}

// Grid is the grid that Midjourney makes first: the pictures 0 to 3 of a seed, two by two, as a PNG of size by size
// pixels.
func Grid(seed uint32, size int) []byte {
	size = min(max(size, 2), mostPixels)
	page := image.NewRGBA(image.Rect(0, 0, size, size))
	for n := range 4 {
		corner := image.Pt(n%2*(size/2), n/2*(size/2))
		draw.Draw(page, image.Rectangle{corner, corner.Add(image.Pt(size/2, size/2))}, paint(seed, n, size/2), image.Point{}, draw.Src)
	}
	return encodePNG(page)
}

const mostPixels = 4096 // of a side

func paint(seed uint32, n, size int) *image.RGBA {
	light := rand.New(rand.NewPCG(uint64(seed), 1))
	land := rand.New(rand.NewPCG(uint64(seed), uint64(n)+2))

	hue := light.Float64()
	top, horizon := hsl(hue, 0.55, 0.30), hsl(hue+0.08+0.12*light.Float64(), 0.75, 0.78)
	sunX, sunY := 0.2+0.6*land.Float64(), 0.18+0.3*land.Float64()
	sunR, glow := 0.05+0.06*light.Float64(), hsl(hue+0.12, 0.9, 0.92)

	const layers = 5
	ridges := make([]func(x float64) float64, layers)
	shades := make([][3]float64, layers)
	for l := range ridges {
		ridges[l] = ridge(land, 0.45+0.12*float64(l), 0.10-0.012*float64(l), 1+0.5*float64(l))
		shades[l] = mix(horizon, hsl(hue+0.45, 0.45, 0.16), 0.35+0.65*float64(l)/(layers-1))
	}

	img := image.NewRGBA(image.Rect(0, 0, size, size))
	heights := make([][layers]float64, size)
	for x := range heights {
		for l := range ridges {
			heights[x][l] = ridges[l](float64(x) / float64(size))
		}
	}
	for y := range size {
		fy := float64(y) / float64(size)
		sky := mix(top, horizon, math.Min(1, fy*1.6))
		for x := range size {
			fx := float64(x) / float64(size)
			c := sky
			if d := math.Hypot(fx-sunX, fy-sunY); d < sunR {
				c = glow
			} else if d < 4*sunR {
				c = mix(glow, sky, math.Sqrt((d-sunR)/(3*sunR)))
			}
			for l := layers - 1; l >= 0; l-- { // the nearest hill that is there
				if h := heights[x][l]; fy > h {
					c = mix(shades[l], horizon, math.Max(0, 0.3-1.5*(fy-h)))
					break
				}
			}
			img.SetRGBA(x, y, color.RGBA{uint8(c[0] * 255), uint8(c[1] * 255), uint8(c[2] * 255), 255})
		}
	}
	return img
}

// ridge is a skyline: a few waves around base.
func ridge(r *rand.Rand, base, height, pace float64) func(float64) float64 {
	var phase, weight [4]float64
	for n := range phase {
		phase[n], weight[n] = r.Float64()*2*math.Pi, (0.6+0.4*r.Float64())/float64(n+1)
	}
	return func(x float64) float64 {
		sum := 0.0
		for n := range phase {
			sum += weight[n] * math.Sin(phase[n]+2*math.Pi*x*pace*float64(n*n+1)/1.7)
		}
		return base - height*sum/1.6
	}
}

func mix(a, b [3]float64, t float64) [3]float64 {
	return [3]float64{a[0] + (b[0]-a[0])*t, a[1] + (b[1]-a[1])*t, a[2] + (b[2]-a[2])*t}
}

// hsl turns hue (in turns), saturation and lightness into red, green and blue, all 0 to 1.
func hsl(h, s, l float64) (c [3]float64) {
	a := s * math.Min(l, 1-l)
	for i, shift := range []float64{0, 8, 4} {
		k := math.Mod(shift+12*(h-math.Floor(h)), 12)
		c[i] = l - a*math.Max(-1, math.Min(math.Min(k-3, 9-k), 1))
	}
	return c
}

func encodePNG(img image.Image) []byte {
	var b bytes.Buffer
	e := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := e.Encode(&b, img); err != nil {
		return nil // a buffer takes all, and the size is in range
	}
	return b.Bytes()
}

// hugePicture is a PNG whose header promises side by side pixels that are not there.
func hugePicture(side uint32) []byte {
	file := encodePNG(image.NewGray(image.Rect(0, 0, 1, 1)))
	const header = 8 // the signature; then length, "IHDR", width, height, …, checksum
	binary.BigEndian.PutUint32(file[header+8:], side)
	binary.BigEndian.PutUint32(file[header+12:], side)
	binary.BigEndian.PutUint32(file[header+21:], crc32.ChecksumIEEE(file[header+4:header+21]))
	return file
}

// weight is a PNG made as heavy as wanted by a chunk that decoders skip. The padding is written, never held.
type weight struct {
	head, tail []byte
	padding    int // bytes in the chunk; below 0 for no chunk
}

const (
	pngEnd    = 12 // bytes of the last chunk
	chunkRest = 12 // length, name and checksum of a chunk
)

// weighed pads file to total bytes, or leaves it if it is that heavy already.
func weighed(file []byte, total int) weight {
	padding := total - len(file) - chunkRest
	if padding < 0 {
		return weight{head: file, padding: -1}
	}
	split := len(file) - pngEnd
	return weight{file[:split], file[split:], padding}
}

func (f weight) size() int {
	if f.padding < 0 {
		return len(f.head)
	}
	return len(f.head) + chunkRest + f.padding + len(f.tail)
}

func (f weight) write(w io.Writer) error {
	if _, err := w.Write(f.head); err != nil || f.padding < 0 {
		return err
	}
	sum := crc32.NewIEEE()
	if err := binary.Write(w, binary.BigEndian, uint32(f.padding)); err != nil {
		return err
	}
	chunk := io.MultiWriter(w, sum)
	if _, err := io.WriteString(chunk, "paDd"); err != nil { // ancillary, private, safe to copy
		return err
	}
	zeros := make([]byte, 32<<10)
	for left := f.padding; left > 0; left -= min(left, len(zeros)) {
		if _, err := chunk.Write(zeros[:min(left, len(zeros))]); err != nil {
			return err
		}
	}
	if err := binary.Write(w, binary.BigEndian, sum.Sum32()); err != nil {
		return err
	}
	_, err := w.Write(f.tail)
	return err
}
