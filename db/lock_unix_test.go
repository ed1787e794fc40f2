//go:build !windows

package db

import (
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// Between fork and exec a starting process holds copies of all open files. A released lock must not live on in them.
func TestAReleasedLockIsFreeWhoeverHoldsACopy(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "lock")
	l, err := acquire(path)
	require.NoError(t, err)
	duplicate, err := syscall.Dup(int(l.file.Fd()))
	require.NoError(t, err)
	defer syscall.Close(duplicate)
	require.NoError(t, l.release())
	l, err = acquire(path)
	require.NoError(t, err)
	require.NoError(t, l.release())
}
