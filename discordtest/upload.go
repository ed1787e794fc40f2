package discordtest

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"image"
	_ "image/gif"  // pictures whose sizes are read
	_ "image/jpeg" // likewise
	_ "image/png"  // likewise
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	_ "golang.org/x/image/webp" // likewise
)

// Upload is a file that a user hands over, from memory or, with Path, from the disk.
type Upload struct {
	Name        string // file name; "" is that of Path
	Type        string // media type; "" lets the bytes decide
	Description string // alt text
	Data        []byte
	Path        string
	Spoiler     bool
}

// keep copies the upload into the server's folder.
func (up Upload) keep(s *Server) (Attachment, error) {
	var from io.Reader = bytes.NewReader(up.Data)
	if up.Path != "" {
		file, err := os.Open(up.Path)
		if err != nil {
			return Attachment{}, fmt.Errorf("upload: %w", err)
		}
		defer func() { _ = file.Close() }() // only read
		from = file
	}
	out, err := os.CreateTemp(s.files, "upload-")
	if err != nil {
		return Attachment{}, fmt.Errorf("upload: %w", err)
	}
	size, err := io.Copy(out, from)
	if err := errors.Join(err, out.Close()); err != nil {
		return Attachment{}, fmt.Errorf("upload: %w", err)
	}
	a := Attachment{
		Filename: cleanName(cmp.Or(up.Name, filepath.Base(up.Path))), Description: up.Description, Size: size,
		Spoiler: up.Spoiler, Path: out.Name(),
	}
	a.ContentType, a.Width, a.Height = inspect(a.Path, up.Type)
	return a, nil
}

// readUploads takes in the files among the options.
func readUploads(s *Server, o Options) (map[string]Attachment, error) {
	kept := map[string]Attachment{}
	for name, v := range o {
		up, ok := v.(Upload)
		if !ok {
			continue
		}
		a, err := up.keep(s)
		if err != nil {
			return nil, err
		}
		if a.Size > s.cfg.attachmentMax {
			return nil, fmt.Errorf("option %q: the file is too large", name)
		}
		kept[name] = a
	}
	return kept, nil
}

// inspect looks at a file's first bytes: a picture's type and size, else the type
// it was declared with, else a guess.
func inspect(path, declared string) (contentType string, width, height int) {
	file, err := os.Open(path)
	if err != nil {
		return "application/octet-stream", 0, 0
	}
	defer func() { _ = file.Close() }() // only read
	head := make([]byte, 512)
	n, _ := io.ReadFull(file, head) // a short file is looked at as far as it goes
	guess := http.DetectContentType(head[:n])
	if _, err := file.Seek(0, io.SeekStart); err == nil && strings.HasPrefix(guess, "image/") {
		if config, format, err := image.DecodeConfig(file); err == nil {
			return "image/" + format, config.Width, config.Height
		}
	}
	if declared != "" && declared != "application/octet-stream" {
		return declared, 0, 0
	}
	return guess, 0, 0
}
