package retrieval

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// inbox holds what is being acknowledged: a file for each ask, from the moment before its acknowledgement until it is on
// record. The engine's record takes milliseconds, and more on a busy disk, which no acknowledgement should wait for; a
// file that is handed to the operating system and not synced costs some hundredths of one. It outlives a kill of the
// process, though not a failure of the machine. An inbox without a folder holds nothing.
type inbox struct{ folder string }

// note is what stands in a file: one of these. Like all that is stored: fields may be added, never renamed.
type note struct {
	Ask  *Ask  `json:"ask,omitempty"` // an order too
	Look *Look `json:"look,omitempty"`
}

func (n note) id() string {
	switch {
	case n.Ask != nil:
		return n.Ask.ID
	case n.Look != nil:
		return n.Look.Ask.ID
	}
	return ""
}

func openInbox(folder string) (inbox, error) {
	if folder == "" {
		return inbox{}, nil
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return inbox{}, fmt.Errorf("make the folder of asks that come in: %w", err)
	}
	return inbox{folder}, nil
}

// put keeps a note until it is struck.
func (b inbox) put(n note) error {
	path, ok := b.path(n.id())
	if !ok {
		return nil
	}
	content, err := json.Marshal(n)
	if err == nil {
		err = os.WriteFile(path, content, 0o600)
	}
	if err != nil {
		b.strike(n.id())
		return fmt.Errorf("note an ask that comes in: %w", err)
	}
	return nil
}

// strike removes a note. One that stays by a fault of the disk is found on record when it is taken up.
func (b inbox) strike(id string) {
	if path, ok := b.path(id); ok {
		_ = os.Remove(path)
	}
}

// close removes the folder, unless something is in it.
func (b inbox) close() {
	if b.folder != "" {
		_ = os.Remove(b.folder)
	}
}

// path is where the note of an ask stands; false where there is none. IDs come from outside: one that is not Discord's
// could lead anywhere.
func (b inbox) path(id string) (string, bool) {
	if b.folder == "" || id == "" || strings.Trim(id, "0123456789") != "" {
		return "", false
	}
	return filepath.Join(b.folder, id+".json"), true
}

// notes are those that an earlier process left, and why others cannot be read now. A file that makes no sense was cut off
// in the writing, before anything was acknowledged, and is removed.
func (b inbox) notes() (list []note, err error) {
	if b.folder == "" {
		return nil, nil
	}
	files, err := os.ReadDir(b.folder)
	if err != nil {
		return nil, fmt.Errorf("look for asks that came in: %w", err)
	}
	for _, file := range files {
		path := filepath.Join(b.folder, file.Name())
		content, unread := os.ReadFile(path)
		if unread != nil {
			err = errors.Join(err, unread)
			continue
		}
		var n note
		if json.Unmarshal(content, &n) != nil || n.id()+".json" != file.Name() {
			_ = os.Remove(path)
			continue
		}
		list = append(list, n)
	}
	return list, err
}
