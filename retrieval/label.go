package retrieval

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"

	"seedbank/db"
	"seedbank/picture"
	"seedbank/prompt"
)

// label writes into the file of a picture, if it is a PNG, which card it belongs to and how it can be made again. What
// cannot be labelled, or would be larger than limit bytes then, stays as it is.
func (p *pictures) label(pic *Picture, card db.Card, limit int64) {
	if pic.Type != "image/png" {
		return
	}
	parsed := prompt.Parse(card.Prompt)
	texts := picture.Label{
		Card: card.Number, Seed: card.Seed, Prompt: card.Prompt, Line: parsed.WithSeed(card.Seed), Model: parsed.Version(),
		Width: pic.Width, Height: pic.Height,
	}.Texts()
	size, sum, err := rewrite(pic.Path, limit, func(dst io.Writer, src io.Reader) error { return picture.WriteText(dst, src, texts) })
	if err != nil {
		p.log.Debug("a picture was not labelled", "card", card.Number, "picture", pic.Position, "err", err)
		return
	}
	pic.Size, pic.SHA256 = size, sum
}

// rewrite replaces a file by what change makes of it, if that is within limit bytes.
func rewrite(path string, limit int64, change func(dst io.Writer, src io.Reader) error) (size int64, sum string, err error) {
	src, err := os.Open(path)
	if err != nil {
		return 0, "", fmt.Errorf("open a spooled picture: %w", err)
	}
	changed := path + ".new"
	dst, err := os.OpenFile(changed, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return 0, "", errors.Join(fmt.Errorf("spool a picture: %w", err), src.Close())
	}
	defer func() { _ = os.Remove(changed) }() // it is gone when all went well
	hash := sha256.New()
	counted := &counter{w: io.MultiWriter(dst, hash), left: limit}
	if err := errors.Join(change(counted, src), dst.Close(), src.Close()); err != nil {
		return 0, "", err
	}
	if err := os.Rename(changed, path); err != nil {
		return 0, "", fmt.Errorf("spool a picture: %w", err)
	}
	return limit - counted.left, hex.EncodeToString(hash.Sum(nil)), nil
}

// counter lets so many bytes through.
type counter struct {
	w    io.Writer
	left int64
}

// Write is io.Writer's.
func (c *counter) Write(b []byte) (int, error) {
	if int64(len(b)) > c.left {
		return 0, errTooBig
	}
	n, err := c.w.Write(b)
	c.left -= int64(n)
	return n, err
}
