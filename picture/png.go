package picture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
)

// A PNG file is its signature and chunks of length, type, data and checksum, the last of them IEND.
//
// Source: https://www.w3.org/TR/png-3/#5Chunk-layout
const (
	signature = "\x89PNG\r\n\x1a\n"
	maxChunk  = 1<<31 - 1 // bytes of data a chunk may have
	headLen   = 13        // bytes of IHDR
	keyLen    = 79        // most bytes of a text's key
)

var errPNG = errors.New("the PNG file is damaged")

// chunks reads a PNG file chunk by chunk.
type chunks struct {
	r    io.Reader
	n    int // chunks begun
	name string
	left uint32 // bytes of data not read yet
	sum  hash.Hash32
}

// next begins the next chunk; the one before must be finished.
func (c *chunks) next() (size uint32, err error) {
	var head [8]byte
	if _, err := io.ReadFull(c.r, head[:]); err != nil {
		return 0, broken(err)
	}
	size, c.name = binary.BigEndian.Uint32(head[:4]), string(head[4:])
	c.n++
	switch {
	case size > maxChunk:
		return 0, fmt.Errorf("%w: a chunk is said to have %d bytes", errPNG, size)
	case !isName(head[4:]):
		return 0, fmt.Errorf("%w: no chunk has the name %q", errPNG, c.name)
	case (c.n == 1) != (c.name == "IHDR"), c.n == 1 && size != headLen, c.name == "IEND" && size != 0:
		return 0, fmt.Errorf("%w: %s where or as it cannot be", errPNG, c.name)
	}
	c.left, c.sum = size, crc32.NewIEEE()
	_, _ = c.sum.Write(head[4:]) // a hash takes everything
	return size, nil
}

// take reads up to n bytes of the chunk's data; fewer mean that it has no more.
func (c *chunks) take(n uint32) ([]byte, error) {
	data := make([]byte, min(n, c.left))
	if _, err := io.ReadFull(c.r, data); err != nil {
		return nil, broken(err)
	}
	c.left -= uint32(len(data))
	_, _ = c.sum.Write(data)
	return data, nil
}

// finish copies the rest of the data and checks the checksum, which it copies too.
func (c *chunks) finish(dst io.Writer) error {
	n, err := io.Copy(io.MultiWriter(dst, c.sum), io.LimitReader(c.r, int64(c.left)))
	if err != nil {
		return err
	}
	if n < int64(c.left) {
		return broken(io.EOF)
	}
	c.left = 0
	var sum [4]byte
	if _, err := io.ReadFull(c.r, sum[:]); err != nil {
		return broken(err)
	}
	if binary.BigEndian.Uint32(sum[:]) != c.sum.Sum32() {
		return fmt.Errorf("%w: the checksum of a chunk %s is wrong", errPNG, c.name)
	}
	_, err = dst.Write(sum[:])
	return err
}

// broken says that the file ends too early.
func broken(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("%w: it ends too early: %w", errPNG, io.ErrUnexpectedEOF)
	}
	return err
}

func isName(b []byte) bool {
	for _, c := range b {
		if (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') {
			return false
		}
	}
	return true
}

// chunk is one chunk as it stands in a file.
func chunk(name string, data []byte) []byte {
	b := make([]byte, 0, len(data)+12)
	b = binary.BigEndian.AppendUint32(b, uint32(len(data)))
	b = append(b, name...)
	b = append(b, data...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

// begin tells whether r is a PNG file. What was read of it is returned to be put in front of the rest.
func begin(r io.Reader) (isPNG bool, read []byte, err error) {
	read = make([]byte, len(signature))
	n, err := io.ReadFull(r, read)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil
	}
	return bytes.Equal(read[:n], []byte(signature)), read[:n], err
}
