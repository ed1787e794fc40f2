package bot

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
)

var (
	// ErrTooLarge says that a file is larger than the caller takes.
	ErrTooLarge = errors.New("the file is larger than is taken")
	// ErrForeignFile says that a file does not lie with Discord. Nothing else is asked for one, whatever an
	// interaction says.
	ErrForeignFile = errors.New("the file does not lie with discord")
)

// fileHosts are Discord's file servers, where the attachments of interactions lie.
func fileHosts() []string { return []string{"cdn.discordapp.com", "media.discordapp.net"} }

// files reads what members hand over. Its requests carry no token.
type files struct {
	client *http.Client
	origin string // of the API, where a stand-in of Discord keeps its files too
}

func newFiles(t *discordOnly) *files {
	return &files{
		origin: t.to.Scheme + "://" + t.to.Host,
		client: &http.Client{
			Transport:     t.base,
			CheckRedirect: func(*http.Request, []*http.Request) error { return ErrForeignFile },
		},
	}
}

// ReadFile reads an attachment that came with an interaction: at most limit bytes, from Discord's file servers only.
// errors.Is(err, ErrTooLarge), ErrForeignFile, or ErrNotFound when its address has expired or the file is gone.
func (b *Bot) ReadFile(ctx context.Context, a Attachment, limit int64) ([]byte, error) {
	raw, err := b.files.read(ctx, a.URL, limit)
	if addressed, ok := errors.AsType[*url.Error](err); ok {
		err = addressed.Err // the address is signed: it gives the file to whoever reads a log
	}
	if err != nil {
		return nil, fmt.Errorf("read attachment %s: %w", a.ID, err)
	}
	return raw, nil
}

func (f *files) read(ctx context.Context, address string, limit int64) ([]byte, error) {
	u, err := url.Parse(address)
	if err != nil || u.User != nil || !f.allows(u) {
		return nil, ErrForeignFile
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("User-Agent", userAgent)
	resp, err := f.client.Do(req)
	if err != nil {
		return nil, err
	}
	defer func() { _ = resp.Body.Close() }()
	switch {
	case resp.StatusCode == http.StatusNotFound, resp.StatusCode == http.StatusForbidden, resp.StatusCode == http.StatusGone:
		return nil, ErrNotFound
	case resp.StatusCode != http.StatusOK:
		return nil, fmt.Errorf("discord answered %d", resp.StatusCode)
	case resp.ContentLength > limit:
		return nil, ErrTooLarge
	}
	raw, err := io.ReadAll(io.LimitReader(resp.Body, limit+1))
	if err == nil && int64(len(raw)) > limit {
		return nil, ErrTooLarge
	}
	return raw, err
}

func (f *files) allows(u *url.URL) bool {
	if u.Scheme == "https" && u.Port() == "" && slices.Contains(fileHosts(), u.Hostname()) {
		return true
	}
	return u.Scheme+"://"+u.Host == f.origin
}
