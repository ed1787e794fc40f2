package picture

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	maxText  = 64 << 10 // bytes of one text that is read
	maxTexts = 64       // texts that are read of one file
	xmpKey   = "XML:com.adobe.xmp"
)

// ReadText reads the texts of a PNG file by their keys: its chunks tEXt, zTXt and iTXt. Of several with one key the
// first counts. Texts of more than 64 KiB, and those after the 64th, are passed over. A file of another kind has no
// texts; a PNG file that is damaged is an error.
func ReadText(r io.Reader) (map[string]string, error) {
	isPNG, _, err := begin(r)
	if err != nil {
		return nil, fmt.Errorf("read the texts of a picture: %w", err)
	}
	texts := map[string]string{}
	if !isPNG {
		return texts, nil
	}
	for c := (chunks{r: r}); c.name != "IEND"; {
		if err := readChunk(&c, texts); err != nil {
			return nil, fmt.Errorf("read the texts of a picture: %w", err)
		}
	}
	return texts, nil
}

func readChunk(c *chunks, texts map[string]string) error {
	size, err := c.next()
	if err != nil {
		return err
	}
	var key, value string
	known := false
	if isText(c.name) && size <= maxText+keyLen && len(texts) < maxTexts {
		data, err := c.take(size)
		if err != nil {
			return err
		}
		key, value, known = parseText(c.name, data)
	}
	if err := c.finish(io.Discard); err != nil {
		return err
	}
	if _, before := texts[key]; known && !before {
		texts[key] = value
	}
	return nil
}

// WriteText copies a picture and, if it is a PNG file, puts texts into it, by their keys; an empty text only takes out
// the one that is there. All else stays as it is, and pixels are not looked at. A key has 1 to 79 printable ASCII
// characters. The same texts in the same file give the same bytes. On an error what was written is of no use.
func WriteText(dst io.Writer, src io.Reader, text map[string]string) error {
	ours, err := encodeTexts(text)
	if err != nil {
		return err
	}
	isPNG, read, err := begin(src)
	if err == nil {
		_, err = dst.Write(read)
	}
	if err == nil && isPNG {
		for c := (chunks{r: src}); c.name != "IEND" && err == nil; {
			err = copyChunk(dst, &c, text)
			if err == nil && c.n == 1 {
				_, err = dst.Write(ours) // in front of the pixels: readers that stop there find them
			}
		}
	}
	if err == nil {
		_, err = io.Copy(dst, src)
	}
	if err != nil {
		return fmt.Errorf("write texts into a picture: %w", err)
	}
	return nil
}

// copyChunk copies a chunk, unless it is a text that is replaced.
func copyChunk(dst io.Writer, c *chunks, replaced map[string]string) error {
	size, err := c.next()
	if err != nil {
		return err
	}
	head := chunk(c.name, nil)[:8]
	head[0], head[1], head[2], head[3] = byte(size>>24), byte(size>>16), byte(size>>8), byte(size)
	if isText(c.name) {
		data, err := c.take(keyLen + 1)
		if err != nil {
			return err
		}
		key, _, _ := bytes.Cut(data, []byte{0})
		if _, ours := replaced[string(key)]; ours {
			return c.finish(io.Discard)
		}
		head = append(head, data...)
	}
	if _, err := dst.Write(head); err != nil {
		return err
	}
	return c.finish(dst)
}

func isText(name string) bool { return name == "tEXt" || name == "zTXt" || name == "iTXt" }

// parseText reads the data of a text chunk; false for one that is not well formed.
//
// Source: https://www.w3.org/TR/png-3/#11textinfo
func parseText(name string, data []byte) (key, value string, ok bool) {
	k, rest, found := bytes.Cut(data, []byte{0})
	if !found || !isKey(string(k)) {
		return "", "", false
	}
	switch name {
	case "tEXt":
		return string(k), latin1(rest), true
	case "zTXt":
		if len(rest) < 1 || rest[0] != 0 {
			return "", "", false
		}
		plain, ok := inflate(rest[1:])
		return string(k), latin1(plain), ok
	}
	if len(rest) < 2 || rest[0] > 1 || rest[1] != 0 {
		return "", "", false
	}
	packed := rest[0] == 1
	parts := bytes.SplitN(rest[2:], []byte{0}, 3) // language, translated key, text
	if len(parts) < 3 {
		return "", "", false
	}
	plain := parts[2]
	if packed {
		if plain, ok = inflate(plain); !ok {
			return "", "", false
		}
	}
	return string(k), strings.ToValidUTF8(string(plain), "\ufffd"), true
}

// inflate unpacks a text that is not too long.
func inflate(packed []byte) ([]byte, bool) {
	z, err := zlib.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, false
	}
	plain, err := io.ReadAll(io.LimitReader(z, maxText+1))
	return plain, err == nil && len(plain) <= maxText
}

func latin1(b []byte) string {
	var s strings.Builder
	s.Grow(len(b))
	for _, c := range b {
		s.WriteRune(rune(c))
	}
	return s.String()
}

// encodeTexts makes the chunks of texts, by their keys. Plain ASCII is a tEXt, which every reader knows; anything else
// an iTXt, whose text is UTF-8.
func encodeTexts(text map[string]string) ([]byte, error) {
	var b []byte
	for _, key := range slices.Sorted(maps.Keys(text)) {
		if !isKey(key) {
			return nil, fmt.Errorf("write texts into a picture: %q cannot be a key", key)
		}
		value := strings.ReplaceAll(strings.ToValidUTF8(text[key], "\ufffd"), "\x00", "")
		switch {
		case value == "":
		case len(value) > maxText:
			return nil, fmt.Errorf("write texts into a picture: the text of %q is longer than 64 KiB", key)
		case isASCII(value) && key != xmpKey:
			b = append(b, chunk("tEXt", []byte(key+"\x00"+value))...)
		default:
			b = append(b, chunk("iTXt", []byte(key+"\x00\x00\x00\x00\x00"+value))...)
		}
	}
	return b, nil
}

func isKey(s string) bool {
	return s != "" && len(s) <= keyLen && isASCII(s) && strings.IndexFunc(s, func(r rune) bool { return r < ' ' || r == 0x7f }) < 0
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}
