package retrieval

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"sync"
)

const (
	// mostPictures is what one message can show (Discord's limit for a gallery and for attachments).
	mostPictures = 10
	// defaultLimit is what one file may weigh where the ask names no limit, and mostBytes what all files of a message
	// may weigh together, by Discord's pages on uploads. A little is left for the rest of the request.
	defaultLimit = 10 << 20
	mostBytes    = 25<<20 - 256<<10
)

// pictures brings pictures to the disk: side by side, each bounded in time and size, from allowed hosts only.
type pictures struct {
	log    *slog.Logger
	spool  string
	client *http.Client
	pace   pace
}

// newPictures makes the spool folder and removes what a killed process left in it.
func newPictures(spool string, hosts []string, p pace, log *slog.Logger) (*pictures, error) {
	allowed, err := newHosts(hosts)
	if err != nil {
		return nil, err
	}
	if err := os.RemoveAll(spool); err != nil {
		return nil, fmt.Errorf("empty the spool folder: %w", err)
	}
	if err := os.MkdirAll(spool, 0o700); err != nil {
		return nil, fmt.Errorf("make the spool folder: %w", err)
	}
	return &pictures{log: log, spool: spool, pace: p, client: pictureClient(allowed)}, nil
}

// pictureSet is the pictures of one answer. Remove it when they have been sent.
type pictureSet struct {
	pictures []Picture
	folder   string
}

func (s *pictureSet) remove() {
	if s.folder != "" {
		_ = os.RemoveAll(s.folder) // what stays is removed at the next start
	}
}

// fetch gets one picture for each list of addresses, from the first address that gives it. limit is in bytes for one
// file. Each picture that came is handed to finish, which may be nil, from a goroutine of its own.
func (p *pictures) fetch(ctx context.Context, addresses [][]string, limit int64, finish func(*Picture)) *pictureSet {
	set := &pictureSet{pictures: make([]Picture, len(addresses))}
	folder, err := os.MkdirTemp(p.spool, "answer-")
	if err != nil {
		for i := range set.pictures {
			set.pictures[i] = Picture{Position: i + 1, Missing: Unreadable}
		}
		return set
	}
	set.folder = folder
	var all sync.WaitGroup
	for i, candidates := range addresses {
		all.Go(func() {
			set.pictures[i] = p.first(ctx, candidates, filepath.Join(folder, strconv.Itoa(i+1)), limit)
			set.pictures[i].Position = i + 1
			if finish != nil && set.pictures[i].Missing == "" {
				finish(&set.pictures[i])
			}
		})
	}
	all.Wait()
	return set
}

// first is the picture from the first address that gives one. When none does, the reason is that of the address that
// came nearest to it.
func (p *pictures) first(ctx context.Context, addresses []string, path string, limit int64) Picture {
	ctx, cancel := context.WithTimeoutCause(ctx, p.pace.picture, errSlow)
	defer cancel()
	why := Gone
	for i, address := range addresses {
		got := p.download(ctx, address, path, limit)
		if got.Missing == Unreadable && pauseWithin(ctx, p.pace.pictureAgain) == nil {
			got = p.download(ctx, address, path, limit)
		}
		if got.Missing == "" {
			return got
		}
		if i == 0 || why == HostDenied || why == Gone {
			why = got.Missing
		}
	}
	return Picture{Missing: why}
}

// bound gives up the pictures with which all together would be too large for one message.
func bound(list []Picture, most int64) {
	var total int64
	for i := range list {
		if list[i].Missing != "" {
			continue
		}
		if total+list[i].Size > most {
			_ = os.Remove(list[i].Path) // the folder goes soon anyway
			list[i] = Picture{Position: list[i].Position, Missing: TooMuch}
			continue
		}
		total += list[i].Size
	}
}
