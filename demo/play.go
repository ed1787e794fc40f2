package demo

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"sync"
	"time"

	"seedbank/discordtest/play"
)

// DefaultAddr is where the page is served unless another address is asked for.
const DefaultAddr = "127.0.0.1:8377"

// openingTime bounds the opening; it takes a few seconds.
const openingTime = time.Minute

// PlayOptions say how the page is served.
type PlayOptions struct {
	// Out gets the address of the page, and what the visitor should know.
	Out io.Writer
	// Addr is host:port; "" is DefaultAddr. Whoever reaches it can use the page.
	Addr string
	// Program is the bot, run with its settings in the environment and nothing on the command line; "" is the file of
	// this process.
	Program string
	// Env is added to the bot's environment.
	Env []string
}

// Play serves the page until ctx ends, which is no error.
func Play(ctx context.Context, o PlayOptions) (err error) {
	if o.Program == "" {
		if o.Program, err = os.Executable(); err != nil {
			return fmt.Errorf("find this program: %w", err)
		}
	}
	o.Addr = cmp.Or(o.Addr, DefaultAddr)
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", o.Addr)
	if err != nil {
		return fmt.Errorf("serve the page: %w; -addr chooses another address, such as -addr 127.0.0.1:0 for any free port", err)
	}
	defer func() { _ = listener.Close() }() // the server below may have closed it
	folder, err := os.MkdirTemp("", "seedbank-demo-")
	if err != nil {
		return fmt.Errorf("make a folder for the demo: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	logfile, err := os.Create(filepath.Join(folder, "seedbank.log"))
	if err != nil {
		return fmt.Errorf("make the demo's log: %w", err)
	}
	defer func() { err = errors.Join(err, logfile.Close()) }()
	p, err := newPlayground()
	if err != nil {
		return err
	}
	defer p.close()

	bot := &process{program: o.Program, folder: folder, env: p.environment(folder, o.Env), log: logfile}
	s := &stage{world: p.world, bot: bot}
	host, _, err := net.SplitHostPort(o.Addr)
	if err != nil {
		return fmt.Errorf("read the address %q: %w", o.Addr, err)
	}
	server := &http.Server{Handler: play.Guard(p.pages(s), host), ReadHeaderTimeout: 10 * time.Second}
	if err := greet(o.Out, listener.Addr(), logfile.Name()); err != nil {
		return err
	}

	ctx, stop := context.WithCancel(ctx)
	defer stop()
	ends := make(chan error, 2)
	var running sync.WaitGroup
	running.Go(func() { ends <- bot.run(ctx) })
	running.Go(func() { ends <- server.Serve(listener) })
	running.Go(func() {
		limited, cancel := context.WithTimeout(ctx, openingTime)
		defer cancel()
		if err := p.open(limited, s); err != nil && ctx.Err() == nil {
			// The page is as good without; a writer that fails here has nobody left to be told.
			_, _ = fmt.Fprintf(o.Out, "\nNot all that should have happened before you came did: %v\n", err)
		}
	})
	select {
	case <-ctx.Done():
	case err = <-ends:
	}
	stop()
	p.close() // ends the feeds, which the server would not
	err = errors.Join(err, server.Close())
	running.Wait()
	if errors.Is(err, errKeepsEnding) {
		err = errors.Join(err, lastWords(logfile.Name()))
	}
	return err
}

// greet tells where the page is.
func greet(out io.Writer, addr net.Addr, logfile string) error {
	text := fmt.Sprintf("The playground is at  http://%s\n\nThe real bot runs there on a local Discord and a local useapi.net: no token, no network.\n"+
		"Its log is %s. Ctrl+C ends everything.\n", addr, logfile)
	if at, err := netip.ParseAddrPort(addr.String()); err != nil || !at.Addr().IsLoopback() {
		text += "\nWarning: everybody who can reach this address can use the playground, as any member.\n"
	}
	if _, err := io.WriteString(out, text); err != nil {
		return fmt.Errorf("tell the address: %w", err)
	}
	return nil
}

// environment is all that the bot is told: nothing of the visitor's own settings.
func (p *playground) environment(folder string, extra []string) []string {
	env := []string{"LOG_LEVEL=debug", "PATH=" + os.Getenv("PATH"), "HOME=" + folder, "TMPDIR=" + os.TempDir()}
	if root := os.Getenv("SystemRoot"); root != "" {
		env = append(env, "SystemRoot="+root, "TEMP="+os.TempDir(), "TMP="+os.TempDir()) // Windows opens no socket without
	}
	for name, value := range p.settings(folder) {
		env = append(env, name+"="+value)
	}
	env = append(env, "ALLOW_IMAGINE=true") // pictures cost nothing here; which roles may is for the visitor to say
	return append(env, extra...)
}

// lastWords are the end of the log, as an error, for a bot that does not run.
func lastWords(logfile string) error {
	const most = 1500
	raw, err := os.ReadFile(logfile)
	if err != nil {
		return fmt.Errorf("read the bot's log: %w", err)
	}
	return fmt.Errorf("its log ends with:\n%s", raw[max(0, len(raw)-most):])
}
