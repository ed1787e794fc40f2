package main

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/discordtest"
	"seedbank/useapi/useapitest"
)

// runAsProgram, set in the environment, makes the test binary be the program itself.
const runAsProgram = "SEEDBANK_TEST_RUN"

func TestMain(m *testing.M) {
	if os.Getenv(runAsProgram) != "" {
		main()
	}
	os.Exit(m.Run())
}

// live is the program as a process of its own, between the two stand-ins, as an operator would run it.
type live struct {
	t       testing.TB
	discord *discordtest.Server
	useapi  *useapitest.Server
	folder  string

	guild     *discordtest.Guild
	channel   *discordtest.Channel
	member    *discordtest.Member
	colleague *discordtest.Member

	process *exec.Cmd
	log     *syncBuffer
	exited  chan struct{}
}

func newLive(t testing.TB, o ...discordtest.Option) *live {
	t.Helper()
	o = append([]discordtest.Option{discordtest.WithHeartbeat(500 * time.Millisecond)}, o...)
	l := &live{t: t, folder: t.TempDir(), log: &syncBuffer{}, useapi: useapitest.New(), discord: discordtest.New(o...)}
	t.Cleanup(func() {
		l.kill()
		for _, v := range l.discord.Violations() {
			t.Errorf("a rule of Discord was broken: %s", v)
		}
		l.useapi.Close()
		l.discord.Close()
		if t.Failed() {
			t.Log("the program's log:\n" + l.log.String())
		}
	})
	l.guild = l.discord.AddGuild("Studio")
	l.channel = l.guild.AddChannel("art")
	l.member = l.guild.AddMember("A member")
	l.colleague = l.guild.AddMember("A colleague")
	return l
}

// start runs the program and waits until it takes interactions.
func (l *live) start(extra ...string) {
	l.t.Helper()
	l.launch(extra...)
	ctx := l.within(90 * time.Second)
	require.NoError(l.t, l.discord.Gateway().Ready(ctx))
	changes := l.discord.Watch(ctx)
	for len(l.discord.Commands("")) == 0 {
		_, open := <-changes
		require.True(l.t, open, "the commands were not registered")
	}
}

// launch runs the program.
func (l *live) launch(extra ...string) {
	l.t.Helper()
	self, err := os.Executable()
	require.NoError(l.t, err)
	l.process = exec.Command(self)
	l.process.Dir = l.folder
	l.process.Env = append([]string{
		runAsProgram + "=1", "PATH=" + os.Getenv("PATH"), "TMPDIR=" + os.TempDir(), "HOME=" + l.folder,
		"DISCORD_TOKEN=" + l.discord.Token(), "DISCORD_API_URL=" + l.discord.URL(),
		"USEAPI_TOKEN=" + l.useapi.Token(), "USEAPI_URL=" + l.useapi.URL(),
		"DATABASE_URL=" + filepath.Join(l.folder, "seedbank.db"),
		"IMAGE_HOSTS=" + l.useapi.ImageHost() + "," + l.discord.CDNHost(),
		"LOG_LEVEL=debug",
	}, extra...)
	l.process.Stdout, l.process.Stderr = l.log, l.log
	require.NoError(l.t, l.process.Start())
	l.exited = make(chan struct{})
	go func(p *exec.Cmd, exited chan struct{}) {
		defer close(exited)
		_ = p.Wait() // how it ended is read from the process state
	}(l.process, l.exited)
}

// kill ends the process at once, as kill -9 does.
func (l *live) kill() {
	l.signal(syscall.SIGKILL)
}

// end asks the process to stop and waits for that.
func (l *live) end() *os.ProcessState {
	l.signal(syscall.SIGTERM)
	return l.process.ProcessState
}

func (l *live) signal(s syscall.Signal) {
	if l.process == nil {
		return
	}
	_ = l.process.Process.Signal(s) // it may have ended by itself
	select {
	case <-l.exited:
		ctx, cancel := context.WithTimeout(context.Background(), 60*time.Second)
		defer cancel()
		require.NoError(l.t, l.discord.Gateway().Gone(ctx))
	case <-time.After(60 * time.Second):
		_ = l.process.Process.Kill()
		l.t.Error("the process did not end")
	}
}

func (l *live) within(d time.Duration) context.Context {
	ctx, cancel := context.WithTimeout(l.t.Context(), d)
	l.t.Cleanup(cancel)
	return ctx
}

// seed lets somebody use /seed.
func (l *live) seed(who *discordtest.Member, job string) *discordtest.Interaction {
	return who.Slash(l.channel, "seed", discordtest.Options{"job": job})
}

// finished waits for the whole answer: a card or a problem, with nothing left to stop.
func (l *live) finished(i *discordtest.Interaction) *discordtest.Message {
	l.t.Helper()
	m, err := i.Await(l.within(60*time.Second), isFinal)
	require.NoError(l.t, err)
	return m
}

func isFinal(m *discordtest.Message) bool {
	return !m.Loading() && m.Button("Stop") == nil && (m.Button("Copy seed") != nil || !strings.Contains(m.Text(), "Getting the seed")) && !strings.Contains(m.Text(), "saving the pictures")
}

// syncBuffer is a buffer that a process writes while a test reads.
type syncBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *syncBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *syncBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}
