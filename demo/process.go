package demo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"
	"time"
)

// How the bot is started again after it ended, as a supervisor would.
const (
	restartPause = time.Second
	downTime     = 2 * time.Second  // after it was killed, so that one can see it gone
	tooShort     = 10 * time.Second // a life that counts as a failed start
	maxFailures  = 3                // failed starts in a row
)

// errKeepsEnding is the end of the demo when the bot cannot run.
var errKeepsEnding = errors.New("the bot ends as soon as it is started")

// process is the bot as a process of its own, so that it can be killed as the power cut does.
type process struct {
	program string // the file to run
	folder  string // where it runs and keeps its files
	env     []string
	log     io.Writer

	mu     sync.Mutex
	child  *os.Process // nil while it is not running
	killed bool        // by kill, not by itself
}

// run keeps the bot running until ctx ends. Then it ends it at once: nothing that it keeps is needed any more.
func (p *process) run(ctx context.Context) error {
	for failures := 0; ; {
		began := time.Now()
		err := p.once(ctx)
		if ctx.Err() != nil {
			return nil
		}
		p.mu.Lock()
		killed := p.killed
		p.killed = false
		p.mu.Unlock()
		pause := restartPause
		switch {
		case killed:
			pause = downTime
		case time.Since(began) < tooShort:
			failures++
		default:
			failures = 0
		}
		if failures == maxFailures {
			return errors.Join(errKeepsEnding, err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(pause):
		}
	}
}

// once runs the bot until it ends.
func (p *process) once(ctx context.Context) error {
	cmd := exec.CommandContext(ctx, p.program) //nolint:gosec // it is this program itself
	cmd.Dir, cmd.Env, cmd.Stdout, cmd.Stderr = p.folder, p.env, p.log, p.log
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("start the bot: %w", err)
	}
	p.set(cmd.Process)
	err := cmd.Wait()
	p.set(nil)
	return err
}

func (p *process) set(child *os.Process) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.child = child
}

// kill ends the bot without a word; run starts it again. It tells whether there was something to kill.
func (p *process) kill() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.child == nil || p.child.Kill() != nil {
		return false
	}
	p.killed = true
	return true
}
