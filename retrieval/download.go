package retrieval

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"image"
	_ "image/gif" // the formats that Discord shows
	_ "image/jpeg"
	_ "image/png"
	"io"
	"net/http"
	"os"
	"time"

	_ "golang.org/x/image/webp"
)

var (
	errSlow   = errors.New("too slow")
	errTooBig = errors.New("too big")
)

// download gets one picture to the path, or says why not.
func (p *pictures) download(ctx context.Context, address, path string, limit int64) Picture {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	watchdog := newIdle(p.pace.pictureIdle, func() { cancel(errSlow) })
	defer watchdog.stop()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return Picture{Missing: Unreadable}
	}
	req.Header.Set("Accept", "image/*")
	req.Header.Set("User-Agent", "Mozilla/5.0 (compatible; Seedbank)")
	resp, err := p.client.Do(req)
	if err != nil {
		return Picture{Missing: why(ctx, err)}
	}
	defer func() { _ = resp.Body.Close() }()
	switch {
	case resp.StatusCode == http.StatusNotFound, resp.StatusCode == http.StatusGone, resp.StatusCode == http.StatusForbidden:
		return Picture{Missing: Gone}
	case resp.StatusCode != http.StatusOK:
		return Picture{Missing: Unreadable}
	case resp.ContentLength > limit:
		return Picture{Missing: TooBig}
	}
	size, sum, err := spool(path, &heard{r: resp.Body, idle: watchdog}, limit)
	if err != nil {
		return Picture{Missing: why(ctx, err)}
	}
	format, width, height, err := inspect(path)
	if err != nil {
		return Picture{Missing: NotPicture}
	}
	return Picture{Path: path, Type: "image/" + format, Size: size, Width: width, Height: height, SHA256: sum}
}

// why translates an error of a download.
func why(ctx context.Context, err error) Missing {
	switch {
	case errors.Is(err, errHostDenied):
		return HostDenied
	case errors.Is(err, errTooBig):
		return TooBig
	case errors.Is(err, errSlow), errors.Is(context.Cause(ctx), errSlow):
		return Slow
	}
	return Unreadable
}

// spool writes at most limit bytes to the path and returns how many there were, with their hash.
func spool(path string, from io.Reader, limit int64) (size int64, sum string, err error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return 0, "", fmt.Errorf("spool a picture: %w", err)
	}
	hash := sha256.New()
	size, err = io.Copy(io.MultiWriter(file, hash), io.LimitReader(from, limit+1))
	err = errors.Join(err, file.Close())
	if err == nil && size > limit {
		err = errTooBig
	}
	return size, hex.EncodeToString(hash.Sum(nil)), err
}

// inspect reads a picture's head.
func inspect(path string) (format string, width, height int, err error) {
	file, err := os.Open(path)
	if err != nil {
		return "", 0, 0, fmt.Errorf("read a spooled picture: %w", err)
	}
	defer func() { _ = file.Close() }()
	config, format, err := image.DecodeConfig(file)
	if err != nil {
		return "", 0, 0, fmt.Errorf("read a spooled picture: %w", err)
	}
	return format, config.Width, config.Height, nil
}

// heard tells the watchdog of each byte.
type heard struct {
	r    io.Reader
	idle *idle
}

// Read is io.Reader's.
func (h *heard) Read(p []byte) (int, error) {
	n, err := h.r.Read(p)
	if n > 0 {
		h.idle.touch()
	}
	return n, err
}

// idle calls cut when nothing was heard for d; touch says that something was. stop ends it.
type idle struct {
	timer *time.Timer
	d     time.Duration
}

func newIdle(d time.Duration, cut func()) *idle { return &idle{timer: time.AfterFunc(d, cut), d: d} }
func (i *idle) touch()                          { i.timer.Reset(i.d) }
func (i *idle) stop()                           { i.timer.Stop() }
