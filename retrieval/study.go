package retrieval

import (
	"context"
	"errors"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strconv"

	"seedbank/db"
	"seedbank/picture"
)

// studied is what was seen in the pictures of a card.
type studied struct {
	hashes map[int]uint64 // by position; see picture.Hash
	sheet  []byte         // a contact sheet, nil if none is wanted or could be made
}

// study looks at the pictures of a card while they are being delivered, if there is anything to find out. The returned
// function waits for what was seen; it must be called before the files go. Nothing here is worth an answer: what fails
// is logged.
func (s *Service) study(o Outcome) func() studied {
	wanted := s.sheets && !o.Card.Sheet
	if o.Problem != nil || !wanted && known(o.Pictures, o.Card.Pictures) {
		return func() studied { return studied{hashes: hashesOf(o.Card.Pictures)} }
	}
	done := make(chan studied, 1)
	list := append([]Picture(nil), o.Pictures...)
	go func() { done <- s.look(list, wanted) }()
	return func() studied { return <-done }
}

// known tells whether the look of every picture that is there is on record.
func known(now []Picture, before []db.Picture) bool {
	hashes := hashesOf(before)
	for _, p := range now {
		if p.Missing == "" && !p.Sheet && hashes[p.Position] == 0 {
			return false
		}
	}
	return true
}

func hashesOf(list []db.Picture) map[int]uint64 {
	hashes := map[int]uint64{}
	for _, p := range list {
		hashes[p.Position] = p.Hash
	}
	return hashes
}

// look decodes pictures, one after the other.
func (s *Service) look(list []Picture, sheet bool) studied {
	seen := studied{hashes: map[int]uint64{}}
	page := picture.NewSheet(len(list))
	added := false
	for i, p := range list {
		if p.Missing != "" || p.Sheet {
			continue
		}
		err := s.decoder.decode(p.Path, func(img image.Image) {
			seen.hashes[p.Position] = picture.Hash(img)
			if sheet {
				page.Add(i, img)
				added = true
			}
		})
		if err != nil {
			s.log.Debug("a picture was not looked at", "picture", p.Position, "err", err)
		}
	}
	if !added {
		return seen
	}
	var err error
	if seen.sheet, err = page.JPEG(); err != nil {
		s.log.Warn("no contact sheet made", "err", err)
	}
	return seen
}

// keepSheet keeps a contact sheet that was made.
func (s *Service) keepSheet(ctx context.Context, a Ask, card db.Card, seen studied) {
	if seen.sheet == nil {
		return
	}
	if err := s.store.SaveSheet(ctx, a.View(), card.Number, seen.sheet); err != nil && ctx.Err() == nil {
		s.log.Warn("contact sheet not kept", "card", card.Number, "err", err)
	}
}

// sheet puts the contact sheet of a card into the folder.
func (s *Service) sheet(ctx context.Context, v db.View, card db.Card, folder string) (Picture, error) {
	if folder == "" {
		return Picture{}, errors.New("there is no folder for it")
	}
	file, err := s.store.Sheet(ctx, v, card.Number)
	if err != nil {
		return Picture{}, err
	}
	path := filepath.Join(folder, "sheet-"+strconv.FormatInt(card.Number, 10))
	if err := os.WriteFile(path, file, 0o600); err != nil {
		return Picture{}, fmt.Errorf("spool a contact sheet: %w", err)
	}
	format, width, height, err := inspect(path)
	if err != nil {
		return Picture{}, err
	}
	return Picture{
		Position: 1, Path: path, Type: "image/" + format, Size: int64(len(file)), Width: width, Height: height, Sheet: true,
	}, nil
}

// decoder bounds what decoded pictures may take of the memory: as many at once as there are processors, of large ones
// one.
type decoder struct {
	any, large chan struct{}
}

// largePixels is where a picture is large: it takes 8 MiB when it is decoded.
const largePixels = 2 << 20

func newDecoder() *decoder {
	return &decoder{any: make(chan struct{}, runtime.GOMAXPROCS(0)), large: make(chan struct{}, 1)}
}

// decode reads a picture and hands it to see, which must not keep it. Decoders have had faults that broke the program;
// here such a fault is an error.
func (d *decoder) decode(path string, see func(image.Image)) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("decode a picture: panic: %v\n%s", r, debug.Stack())
		}
	}()
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("open a spooled picture: %w", err)
	}
	defer func() { _ = file.Close() }()
	count, err := picture.Pixels(file)
	if err != nil {
		return err
	}
	if _, err := file.Seek(0, 0); err != nil {
		return fmt.Errorf("read a spooled picture: %w", err)
	}
	if count > largePixels {
		d.large <- struct{}{}
		defer func() { <-d.large }()
	}
	d.any <- struct{}{}
	defer func() { <-d.any }()
	img, err := picture.Decode(file)
	if err != nil {
		return err
	}
	see(img)
	return nil
}
