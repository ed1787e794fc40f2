package db

import (
	"errors"
	"slices"
	"syscall"

	"github.com/mattn/go-sqlite3"
)

// DiskTrouble tells that something came to nothing because a disk is full, or cannot be written or read: SQLite's, when
// nothing was changed, or that of any other file.
func DiskTrouble(err error) bool {
	if e, ok := errors.AsType[sqlite3.Error](err); ok {
		return slices.Contains([]sqlite3.ErrNo{sqlite3.ErrFull, sqlite3.ErrIoErr, sqlite3.ErrReadonly, sqlite3.ErrCantOpen, sqlite3.ErrPerm}, e.Code)
	}
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || errors.Is(err, syscall.EROFS) || errors.Is(err, syscall.EIO)
}
