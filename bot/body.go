package bot

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/textproto"
	"os"
	"strconv"
	"strings"
)

// body is a request body whose length is known before it is sent and that can be opened again for another try.
type body struct {
	contentType string
	length      int64
	open        func() io.ReadCloser
}

// fileError is trouble with a file on our own disk. Trying again does not mend it.
type fileError struct{ err error }

func (e *fileError) Error() string { return e.err.Error() }
func (e *fileError) Unwrap() error { return e.err }

func jsonBody(payload any) (*body, error) {
	raw, err := json.Marshal(payload)
	if err != nil {
		return nil, fmt.Errorf("encode a request: %w", err)
	}
	return bytesBody("application/json", raw), nil
}

func bytesBody(contentType string, raw []byte) *body {
	return &body{contentType: contentType, length: int64(len(raw)), open: func() io.ReadCloser {
		return io.NopCloser(bytes.NewReader(raw))
	}}
}

// encodeMessage is the body for a payload with files: JSON alone without any, else multipart/form-data with
// payload_json first and files[n] streamed from the disk, so that memory does not grow with the pictures.
func encodeMessage(payload any, files []File) (*body, error) {
	if len(files) == 0 {
		return jsonBody(payload)
	}
	raw, err := json.Marshal(payload)
	if err != nil {
		return nil, fmt.Errorf("encode a message: %w", err)
	}

	// The frame around the files is written into one buffer; cuts[n] is where file n belongs.
	var frame bytes.Buffer
	form := multipart.NewWriter(&frame)
	if err := framePart(form, "payload_json", "", "application/json"); err != nil {
		return nil, err
	}
	frame.Write(raw)
	cuts := make([]int, len(files))
	sizes := make([]int64, len(files))
	var total int64
	for n, f := range files {
		info, err := os.Stat(f.Path)
		if err != nil {
			return nil, fmt.Errorf("upload %s: %w", f.Name, err)
		}
		sizes[n] = info.Size()
		total += info.Size()
		if err := framePart(form, "files["+strconv.Itoa(n)+"]", f.Name, f.mediaType()); err != nil {
			return nil, err
		}
		cuts[n] = frame.Len()
	}
	if err := form.Close(); err != nil {
		return nil, fmt.Errorf("encode a message: %w", err)
	}

	return &body{
		contentType: form.FormDataContentType(),
		length:      int64(frame.Len()) + total,
		open: func() io.ReadCloser {
			s := &spliced{}
			var parts []io.Reader
			from := 0
			for n, f := range files {
				file := &lazyFile{name: f.Name, path: f.Path, size: sizes[n]}
				s.files = append(s.files, file)
				parts = append(parts, bytes.NewReader(frame.Bytes()[from:cuts[n]]), file)
				from = cuts[n]
			}
			s.Reader = io.MultiReader(append(parts, bytes.NewReader(frame.Bytes()[from:]))...)
			return s
		},
	}, nil
}

func framePart(form *multipart.Writer, name, filename, mediaType string) error {
	quote := strings.NewReplacer("\\", "\\\\", `"`, "\\\"", "\r", "_", "\n", "_")
	disposition := `form-data; name="` + name + `"`
	if filename != "" {
		disposition += `; filename="` + quote.Replace(filename) + `"`
	}
	_, err := form.CreatePart(textproto.MIMEHeader{
		"Content-Disposition": {disposition},
		"Content-Type":        {strings.NewReplacer("\r", "", "\n", "").Replace(mediaType)},
	})
	if err != nil {
		return fmt.Errorf("encode a message: %w", err)
	}
	return nil
}

func (f File) mediaType() string {
	if f.Type == "" {
		return "application/octet-stream"
	}
	return f.Type
}

// spliced is frame and files read as one.
type spliced struct {
	io.Reader
	files []*lazyFile
}

// Close closes the file that was being read.
func (s *spliced) Close() error {
	var errs []error
	for _, f := range s.files {
		errs = append(errs, f.close())
	}
	return errors.Join(errs...)
}

// lazyFile opens its file at the first read and closes it at its end, so that an upload holds one file open at a time.
type lazyFile struct {
	name, path string
	size, read int64
	file       *os.File
	done       bool
}

func (f *lazyFile) Read(p []byte) (int, error) {
	if f.done {
		return 0, io.EOF
	}
	if f.file == nil {
		file, err := os.Open(f.path)
		if err != nil {
			return 0, &fileError{fmt.Errorf("upload %s: %w", f.name, err)}
		}
		f.file = file
	}
	n, err := f.file.Read(p)
	f.read += int64(n)
	switch {
	case f.read > f.size || (errors.Is(err, io.EOF) && f.read < f.size):
		return 0, &fileError{fmt.Errorf("upload %s: the file changed while it was sent", f.name)}
	case errors.Is(err, io.EOF):
		f.done = true
		if err := f.close(); err != nil {
			return n, &fileError{fmt.Errorf("upload %s: %w", f.name, err)}
		}
		return n, io.EOF
	case err != nil:
		return n, &fileError{fmt.Errorf("upload %s: %w", f.name, err)}
	}
	return n, nil
}

func (f *lazyFile) close() error {
	if f.file == nil {
		return nil
	}
	err := f.file.Close()
	f.file = nil
	return err
}
