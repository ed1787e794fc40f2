package retrieval

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTheEngineTellsOfErrorsAndNotOfItsEnd(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	log := slog.New(quiet{slog.NewTextHandler(&out, &slog.HandlerOptions{Level: slog.LevelDebug})}).With("service", "queue").WithGroup("g")

	log.Debug("a step", "input", "token")
	log.Info("a step", "input", "token")
	log.Error("a look at the queue", "error", fmt.Errorf("query: %w", context.Canceled))
	log.Warn("a look at the queue", "queue", "fetch", "error", context.Canceled)
	require.Empty(t, out.String())

	log.Error("a look at the queue", "queue", "fetch", "error", errors.New("the disk is full"))
	log.Warn("a look at the queue", "error", context.DeadlineExceeded)
	log.Error("without an error")
	require.Equal(t, 3, bytes.Count(out.Bytes(), []byte("service=queue")))
}
