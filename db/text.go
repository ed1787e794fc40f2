package db

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/mattn/go-sqlite3"
)

// text makes s fit to be kept: valid UTF-8 without NUL, at which SQLite's own functions would stop reading. Prompts are
// other people's words, so odd bytes are replaced, never refused.
func text(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "\uFFFD")
}

// rawJSON is text that came as JSON; nil when there is none.
func rawJSON(s string) json.RawMessage {
	if s == "" {
		return nil
	}
	return json.RawMessage(s)
}

// ms is how times are kept: unix milliseconds, 0 for no time.
func ms(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func fromMS(n int64) time.Time {
	if n == 0 {
		return time.Time{}
	}
	return time.UnixMilli(n).UTC()
}

// owner is who alone may see something private; empty when everyone of the scope may.
func owner(private bool, member string) string {
	if !private {
		return ""
	}
	return text(member)
}

func or(n, instead int) int {
	if n <= 0 {
		return instead
	}
	return n
}

// wrap says what was attempted, and gives the errors of SQLite that callers branch on their names here.
func wrap(err error, format string, args ...any) error {
	if err == nil {
		return nil
	}
	doing := fmt.Sprintf(format, args...)
	if errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("%s: %w", doing, ErrNotFound)
	}
	if e, ok := errors.AsType[sqlite3.Error](err); ok && (e.Code == sqlite3.ErrBusy || e.Code == sqlite3.ErrLocked) {
		return fmt.Errorf("%s: %w: %w", doing, ErrBusy, err)
	}
	return fmt.Errorf("%s: %w", doing, err)
}
