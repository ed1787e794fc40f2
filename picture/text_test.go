package picture_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image/png"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"seedbank/picture"
)

// piece is one chunk of a PNG file.
func piece(name string, data string) string {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	b = append(b, name+data...)
	return string(binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:])))
}

const (
	signature = "\x89PNG\r\n\x1a\n"
	headSize  = len(signature) + 25 // with the first chunk
)

// with puts chunks behind the head of a PNG file.
func with(file []byte, chunks ...string) []byte {
	return []byte(string(file[:headSize]) + strings.Join(chunks, "") + string(file[headSize:]))
}

func write(t testing.TB, file []byte, texts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, picture.WriteText(&b, bytes.NewReader(file), texts))
	return b.Bytes()
}

func read(t testing.TB, file []byte) map[string]string {
	t.Helper()
	texts, err := picture.ReadText(bytes.NewReader(file))
	require.NoError(t, err)
	return texts
}

func TestTextsAreReadAsTheyWereWritten(t *testing.T) {
	t.Parallel()
	for name, texts := range map[string]map[string]string{
		"plain":            {"parameters": "owl in the rain\nSeed: 7"},
		"several":          {"a": "1", "b": "2", "Title with spaces": "3"},
		"accents":          {"parameters": "café, naïve, ß"},
		"any script":       {"parameters": "猫 в дожде 고양이 🦉 \u202e", "seedbank": `{"v":1}`},
		"lines and quotes": {"parameters": "a\n\"b\"\tc\\ --no d"},
		"long":             {"parameters": strings.Repeat("x", 60_000)},
		"none":             {},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			img := scene(1, 40, 30)
			file := pngOf(t, img)
			written := write(t, file, texts)
			require.Equal(t, texts, read(t, written))
			decoded, err := png.Decode(bytes.NewReader(written))
			require.NoError(t, err)
			require.Equal(t, img.Pix, rgba(decoded), "the pixels are the same")
			require.Equal(t, written, write(t, written, texts), "once more changes nothing")
			require.Equal(t, file, write(t, written, emptied(texts)), "taken out, the file is the old one")
		})
	}
}

func emptied(texts map[string]string) map[string]string {
	empty := map[string]string{}
	for key := range texts {
		empty[key] = ""
	}
	return empty
}

func TestOtherTextsAndChunksStay(t *testing.T) {
	t.Parallel()
	old := with(pngOf(t, scene(1, 20, 20)),
		piece("tEXt", "Comment\x00keep me \xe9"), piece("tEXt", "parameters\x00old"), piece("iTXt", "parameters\x00\x00\x00de\x00Parameter\x00older"),
		piece("zTXt", "parameters\x00\x00oldest"), piece("tIME", "\x07\xea\x0b\x18\x07\x1e\x00"), piece("tEXt", "parametersX\x00not ours"))
	want := with(pngOf(t, scene(1, 20, 20)),
		piece("tEXt", "parameters\x00new"), piece("tEXt", "Comment\x00keep me \xe9"), piece("tIME", "\x07\xea\x0b\x18\x07\x1e\x00"), piece("tEXt", "parametersX\x00not ours"))
	got := write(t, append(old, "behind the end"...), map[string]string{"parameters": "new"})
	require.Equal(t, append(want, "behind the end"...), got)
	require.Equal(t, map[string]string{"parameters": "new", "Comment": "keep me é", "parametersX": "not ours"}, read(t, got))
}

func TestTextsInEveryFormAreRead(t *testing.T) {
	t.Parallel()
	const packedWords = "\x78\x9c\xcb\x48\xcd\xc9\xc9\x07\x00\x06\x2c\x02\x15" // "hello"
	file := with(pngOf(t, scene(1, 8, 8)),
		piece("tEXt", "a\x00caf\xe9"), piece("tEXt", "a\x00the second of a key"), piece("zTXt", "b\x00\x00"+packedWords),
		piece("iTXt", "c\x00\x00\x00en\x00Titel\x00naïve"), piece("iTXt", "d\x00\x01\x00\x00\x00"+packedWords),
		piece("tEXt", "no end of the key"), piece("tEXt", "\x00no key"), piece("tEXt", strings.Repeat("k", 80)+"\x00long key"),
		piece("zTXt", "e\x00\x01unknown way"), piece("zTXt", "f\x00\x00not packed"), piece("zTXt", "g\x00"), piece("iTXt", "h\x00\x00"),
		piece("iTXt", "i\x00\x02\x00\x00\x00x"), piece("iTXt", "j\x00\x00\x00no translation"), piece("tEXt", "empty\x00"),
		piece("tEXt", "huge\x00"+strings.Repeat("x", 70_000)))
	require.Equal(t, map[string]string{"a": "café", "b": "hello", "c": "naïve", "d": "hello", "empty": ""}, read(t, file))
}

func TestWhatIsNoPNGPassesUntouched(t *testing.T) {
	t.Parallel()
	for name, file := range map[string][]byte{
		"a JPEG":                jpegOf(t, scene(1, 30, 30), 80),
		"a WebP":                []byte("RIFF\x04\x00\x00\x00WEBPVP8 "),
		"a GIF":                 []byte("GIF89a, more or less"),
		"nothing":               {},
		"less than a signature": []byte("\x89PNG"),
		"words":                 []byte("<html>not a picture</html>"),
	} {
		require.Equal(t, string(file), string(write(t, file, map[string]string{"a": "b"})), name)
		require.Empty(t, read(t, file), name)
	}
}

func TestDamagedPNGsAreErrors(t *testing.T) {
	t.Parallel()
	whole := with(pngOf(t, scene(1, 8, 8)), piece("tEXt", "a\x00b"))
	change := func(at int, b byte) []byte {
		file := bytes.Clone(whole)
		file[at] = b
		return file
	}
	for name, file := range map[string][]byte{
		"the signature alone":         whole[:8],
		"cut in the first length":     whole[:10],
		"cut in the first chunk":      whole[:20],
		"cut in a text":               whole[:headSize+9],
		"cut in a checksum":           whole[:headSize+13],
		"cut before the last chunk":   whole[:len(whole)-12],
		"cut in the last chunk":       whole[:len(whole)-1],
		"a negative length":           change(headSize, 0xff),
		"a length of two gigabytes":   change(headSize, 0x7f),
		"a name that is none":         change(headSize+4, '1'),
		"a wrong checksum":            change(headSize+10, 'x'),
		"a first chunk of 12 bytes":   change(11, 12),
		"another first chunk":         []byte(signature + piece("tEXt", "a\x00b") + piece("IEND", "")),
		"a second head":               with(whole, string(whole[8:headSize])),
		"an end that holds something": []byte(string(whole[:headSize]) + piece("IEND", "x")),
	} {
		_, err := picture.ReadText(bytes.NewReader(file))
		require.Error(t, err, name)
		require.Error(t, picture.WriteText(io.Discard, bytes.NewReader(file), map[string]string{"a": "c"}), name)
	}
}

func TestTextsThatCannotBeWritten(t *testing.T) {
	t.Parallel()
	file := pngOf(t, scene(1, 8, 8))
	for name, texts := range map[string]map[string]string{
		"no key":          {"": "x"},
		"a long key":      {strings.Repeat("k", 80): "x"},
		"a key in Greek":  {"κλειδί": "x"},
		"a key with NUL":  {"a\x00b": "x"},
		"a text too long": {"a": strings.Repeat("x", 65<<10)},
	} {
		require.Error(t, picture.WriteText(io.Discard, bytes.NewReader(file), texts), name)
	}
	written := write(t, file, map[string]string{"a": "x\x00y\xffz"})
	require.Equal(t, map[string]string{"a": "xy\ufffdz"}, read(t, written), "what no text can hold is left out")
}

// A chunk of a gigabyte is neither held nor believed. It runs alone, since it counts what the whole process takes.
func TestHugeChunksTakeNoMemory(t *testing.T) {
	head := string(pngOf(t, scene(1, 8, 8))[:headSize])
	for _, name := range []string{"tEXt", "iTXt", "IDAT"} {
		length := binary.BigEndian.AppendUint32(nil, 1<<30)
		file := func() io.Reader {
			return io.MultiReader(strings.NewReader(head+string(length)+name+"a\x00"), io.LimitReader(zeros{}, 1<<20))
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := picture.ReadText(file())
		require.ErrorIs(t, err, io.ErrUnexpectedEOF)
		require.ErrorIs(t, picture.WriteText(io.Discard, file(), map[string]string{"b": "c"}), io.ErrUnexpectedEOF)
		runtime.ReadMemStats(&after)
		require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(256<<10), name)
	}
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) {
	clear(b)
	return len(b), nil
}

// A text that unpacks to a hundred times its size is not unpacked to the end.
func TestPackedTextsAreBounded(t *testing.T) {
	t.Parallel()
	bomb := packed(t, strings.Repeat("x", 1<<20))
	file := with(pngOf(t, scene(1, 8, 8)), piece("zTXt", "bomb\x00\x00"+bomb), piece("tEXt", "a\x00b"))
	require.Equal(t, map[string]string{"a": "b"}, read(t, file))
}

func FuzzText(f *testing.F) {
	whole := with(pngOf(f, scene(1, 8, 8)), piece("tEXt", "a\x00b"), piece("zTXt", "b\x00\x00"+packed(f, "hello")), piece("iTXt", "c\x00\x00\x00\x00\x00d"))
	f.Add(whole, "parameters", "owl")
	f.Add(whole[:60], "a", "ü")
	f.Add([]byte(signature), "", "")
	f.Fuzz(func(t *testing.T, file []byte, key, value string) {
		before, readErr := picture.ReadText(bytes.NewReader(file))
		var written bytes.Buffer
		err := picture.WriteText(&written, bytes.NewReader(file), map[string]string{key: value})
		if err != nil {
			return
		}
		require.NoError(t, readErr, "what can be rewritten can be read")
		after, err := picture.ReadText(bytes.NewReader(written.Bytes()))
		require.NoError(t, err)
		if bytes.HasPrefix(file, []byte(signature)) && len(before) < 60 {
			delete(before, key)
			delete(after, key)
			require.Equal(t, before, after)
		}
	})
}

func FuzzDecode(f *testing.F) {
	f.Add(pngOf(f, scene(1, 9, 7)))
	f.Add(jpegOf(f, scene(1, 9, 7), 70))
	f.Add([]byte("GIF89a"))
	f.Add([]byte("RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00"))
	f.Fuzz(func(t *testing.T, file []byte) {
		if n, err := picture.Pixels(bytes.NewReader(file)); err != nil || n > 1<<20 {
			return // large ones are slow, not wrong
		}
		img, err := picture.Decode(bytes.NewReader(file))
		if err != nil {
			return
		}
		s := picture.NewSheet(1)
		s.Add(0, img)
		_, err = s.JPEG()
		require.NoError(t, err)
		require.LessOrEqual(t, picture.Distance(picture.Hash(img), picture.Hash(img)), 0)
	})
}

func TestPicturesOfTooManyPixelsAreNotDecoded(t *testing.T) {
	t.Parallel()
	head := func(w, h uint32) []byte {
		b := binary.BigEndian.AppendUint32(nil, w)
		b = binary.BigEndian.AppendUint32(b, h)
		return []byte(signature + piece("IHDR", string(b)+"\x08\x02\x00\x00\x00"))
	}
	for name, file := range map[string][]byte{
		"a little too many":                 head(6000, 4001),
		"as many as would overflow 32 bits": head(70_000, 70_000),
		"a line":                            head(24_000_001, 1),
	} {
		_, err := picture.Decode(bytes.NewReader(file))
		require.ErrorIs(t, err, picture.ErrTooLarge, name)
	}
	n, err := picture.Pixels(bytes.NewReader(head(6000, 4000)))
	require.NoError(t, err)
	require.Equal(t, picture.MaxPixels, n)
	for name, file := range map[string]string{"none": "", "no width": string(head(0, 5)), "a side too long": string(head(1<<31-1, 1<<31-1)), "words": "hello"} {
		_, err := picture.Decode(strings.NewReader(file))
		require.Error(t, err, name)
	}
}
