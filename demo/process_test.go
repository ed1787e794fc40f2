package demo

import (
	"bytes"
	"context"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// asBot, set in the environment, makes the test binary be a bot: one that stays, or one that ends at once.
const asBot = "DEMO_TEST_BOT"

func TestMain(m *testing.M) {
	switch os.Getenv(asBot) {
	case "stays":
		time.Sleep(time.Minute)
	case "ends":
		_, _ = os.Stderr.WriteString("the last words\n")
		os.Exit(3)
	}
	os.Exit(m.Run())
}

// testBot is a process of this test binary.
func testBot(t *testing.T, how string) *process {
	t.Helper()
	self, err := os.Executable()
	require.NoError(t, err)
	return &process{program: self, folder: t.TempDir(), env: []string{asBot + "=" + how}, log: &syncWriter{}}
}

// syncWriter is a buffer that a process writes while a test reads.
type syncWriter struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (w *syncWriter) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.buf.Write(p)
}

func (w *syncWriter) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.buf.String()
}

func (p *process) pid() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.child == nil {
		return 0
	}
	return p.child.Pid
}

func TestAKilledBotIsStartedAgain(t *testing.T) {
	t.Parallel()
	p := testBot(t, "stays")
	require.False(t, p.kill(), "there is nothing to kill yet")
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	ended := make(chan error, 1)
	go func() { ended <- p.run(ctx) }()
	require.Eventually(t, func() bool { return p.pid() != 0 }, 10*time.Second, 5*time.Millisecond)
	first := p.pid()
	require.True(t, p.kill())
	require.Eventually(t, func() bool { return p.pid() != 0 && p.pid() != first }, 10*time.Second, 5*time.Millisecond)
	stop()
	require.NoError(t, <-ended)
	require.Zero(t, p.pid())
}

func TestABotThatKeepsEndingIsGivenUp(t *testing.T) {
	t.Parallel()
	p := testBot(t, "ends")
	require.ErrorIs(t, p.run(t.Context()), errKeepsEnding)
	require.Contains(t, p.log.(*syncWriter).String(), "the last words")
	p.program = "/nowhere/at/all"
	require.ErrorContains(t, p.run(t.Context()), "start the bot")
}
