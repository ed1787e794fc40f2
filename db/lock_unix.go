//go:build !windows

package db

import (
	"errors"
	"os"
	"syscall"
)

// lock is the right to be the only process on a history. The kernel drops it with the process, so a kill leaves
// nothing stale; the empty file stays, because deleting it would let two processes lock two files of one name.
type lock struct{ file *os.File }

// acquire never waits: ErrBusy when somebody has the lock, in this process or another.
func acquire(path string) (*lock, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	for {
		err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if !errors.Is(err, syscall.EINTR) {
			break
		}
	}
	if err != nil {
		_ = f.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, ErrBusy
		}
		return nil, &os.PathError{Op: "lock", Path: path, Err: err}
	}
	return &lock{f}, nil
}

// release unlocks before it closes: a process that is being started at this moment has a copy of the open file for the
// blink between fork and exec, and would keep the lock that long.
func (l *lock) release() error {
	return errors.Join(syscall.Flock(int(l.file.Fd()), syscall.LOCK_UN), l.file.Close())
}
