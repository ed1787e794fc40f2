package db

import (
	"errors"
	"os"
	"syscall"
)

// lock is the right to be the only process on a history: a file opened so that nobody else can open it. The system
// closes it with the process, so a kill leaves nothing stale; the empty file stays.
type lock struct{ handle syscall.Handle }

// sharing is ERROR_SHARING_VIOLATION, which package syscall does not name.
const sharing = syscall.Errno(32)

// acquire never waits: ErrBusy when somebody has the lock, in this process or another.
func acquire(path string) (*lock, error) {
	name, err := syscall.UTF16PtrFromString(path)
	if err != nil {
		return nil, &os.PathError{Op: "lock", Path: path, Err: err}
	}
	const nobodyElse = 0
	h, err := syscall.CreateFile(name, syscall.GENERIC_READ|syscall.GENERIC_WRITE, nobodyElse, nil,
		syscall.OPEN_ALWAYS, syscall.FILE_ATTRIBUTE_NORMAL, 0)
	if errors.Is(err, sharing) {
		return nil, ErrBusy
	}
	if err != nil {
		return nil, &os.PathError{Op: "lock", Path: path, Err: err}
	}
	return &lock{h}, nil
}

func (l *lock) release() error { return syscall.CloseHandle(l.handle) }
