package commands

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"log/slog"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/bot"
	"seedbank/db"
	"seedbank/discordtest"
	"seedbank/retrieval"
)

// world is a local Discord with the real bot on it, a real history, and a retrieval that does only what a test says.
type world struct {
	t       *testing.T
	discord *discordtest.Server
	bot     *bot.Bot
	history *db.Store
	asks    *askBook
	desk    *Desk
	mender  *Mender
	log     *logBuffer
	setup   Setup
	stop    func() // the bot

	pictures *pictureBook

	guild     *discordtest.Guild
	channel   *discordtest.Channel
	asker     *discordtest.Member
	colleague *discordtest.Member
}

func newWorld(t *testing.T, options ...discordtest.Option) *world {
	t.Helper()
	return newWorldOf(t, Setup{}, options...)
}

// newWorldOf is newWorld with what the program tells the router; the desk is added.
func newWorldOf(t *testing.T, setup Setup, options ...discordtest.Option) *world {
	t.Helper()
	log := &logBuffer{}
	s := discordtest.New(append([]discordtest.Option{
		discordtest.FailOn(t), discordtest.WithChannelRate(discordtest.Rate{}), discordtest.WithWebhookRate(discordtest.Rate{}),
	}, options...)...)
	t.Cleanup(s.Close)
	w := &world{t: t, discord: s, setup: setup, pictures: &pictureBook{}, log: log}
	w.guild = s.AddGuild("Studio")
	w.channel = w.guild.AddChannel("art")
	w.asker, w.colleague = w.guild.AddMember("The asker"), w.guild.AddMember("A colleague")
	w.run()
	t.Cleanup(func() {
		w.stop()
		require.NotContains(t, log.String(), s.Token())
	})
	changes := s.Watch(w.soon())
	for len(s.Commands("")) == 0 || !s.Gateway().Online() {
		_, open := <-changes
		require.True(t, open, "the bot did not get ready")
	}
	return w
}

// run starts the bot with an empty history.
func (w *world) run() {
	w.t.Helper()
	logger := slog.New(slog.NewTextHandler(w.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	b, err := bot.New(bot.Config{Token: w.discord.Token(), APIURL: w.discord.URL(), Log: logger})
	require.NoError(w.t, err)
	w.bot, w.history = b, newHistory(w.t)
	w.desk = NewDesk(b, w.history, logger)
	w.asks = &askBook{history: w.history, desk: w.desk, pictures: w.pictures}
	w.mender = NewMender(b, w.history, logger)
	c := &counter{
		reader: b, editor: b, changer: b, fetcher: b, surveyor: b, mender: w.mender, pictures: w.pictures, history: w.history, asks: w.asks, setup: w.setup,
	}
	c.setup.Desk = w.desk
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- b.Run(ctx, c.router()) }()
	w.stop = func() {
		stop()
		require.NoError(w.t, <-done)
	}
}

// lose gives the server a bot on a new machine, which remembers nothing.
func (w *world) lose() (lost *db.Store) {
	w.t.Helper()
	lost = w.history
	w.stop()
	require.NoError(w.t, w.discord.Gateway().Gone(w.soon()))
	w.run()
	require.NoError(w.t, w.discord.Gateway().Ready(w.soon()))
	return lost
}

// soon is the time a test gives everything that should happen at once.
func (w *world) soon() context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), 60*time.Second)
	w.t.Cleanup(cancel)
	return ctx
}

// awaitRequest waits until the bot has made such a request.
func (w *world) awaitRequest(method, pattern string) {
	w.t.Helper()
	changes := w.discord.Watch(w.soon())
	for len(w.discord.RequestsTo(method, pattern)) == 0 {
		_, open := <-changes
		require.True(w.t, open, "no %s %s was made", method, pattern)
	}
}

// toldAlone is a refusal after "thinking…": that is gone, and the asker alone is told.
func (w *world) toldAlone(i *discordtest.Interaction) string {
	w.t.Helper()
	told, err := i.AwaitFollowUp(w.soon(), func(*discordtest.Message) bool { return true })
	require.NoError(w.t, err)
	require.True(w.t, told.Ephemeral())
	require.True(w.t, i.Message() == nil || i.Message().Deleted, "nothing stays that everybody sees")
	return told.Text()
}

// answer is what the interaction was answered with.
func (w *world) answer(i *discordtest.Interaction) *discordtest.Message {
	w.t.Helper()
	require.NoError(w.t, i.Err())
	m, err := i.Answer(w.soon())
	require.NoError(w.t, err)
	return m
}

// refused is the text of a refusal that only the asker saw, and for which nothing was asked.
func (w *world) refused(i *discordtest.Interaction) string {
	w.t.Helper()
	m := w.answer(i)
	require.True(w.t, m.Ephemeral(), "a refusal is nobody else's business")
	require.Empty(w.t, w.asks.taken())
	return m.Text()
}

// asked waits for the ask that an interaction led to. The interaction is "thinking…" by then.
func (w *world) asked(i *discordtest.Interaction) retrieval.Ask {
	w.t.Helper()
	require.NoError(w.t, i.Err())
	ask, err := w.asks.await(w.soon(), i.ID())
	require.NoError(w.t, err)
	return ask
}

// keep puts a card into the history.
func (w *world) keep(c db.Card) db.Card {
	w.t.Helper()
	return keepCard(w.t, w.history, c)
}

func keepCard(t *testing.T, s *db.Store, c db.Card) db.Card {
	t.Helper()
	if c.Source == "" {
		c.Source = db.Midjourney
	}
	kept, _, err := s.Keep(t.Context(), fmt.Sprintf("%s-%d-%s", c.Scope, c.Seed, c.Asker), c)
	require.NoError(t, err)
	return kept
}

// card is a public card of the asker's on the server.
func (w *world) card(seed uint32, prompt string) db.Card {
	return w.keep(db.Card{
		Scope: w.guild.ID, Seed: seed, Job: jobNumber(int(seed)), Prompt: prompt, Asker: w.asker.ID,
		Asked: time.Now(), Created: time.Now(),
	})
}

func jobNumber(n int) string {
	return fmt.Sprintf("j1023141520%09di-u12345-c1234567890123456789-bot:midjourney", n%1_000_000_000)
}

func newHistory(t *testing.T) *db.Store {
	t.Helper()
	s, err := db.Open(t.Context(), filepath.Join(t.TempDir(), "history.db"))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

// askBook stands in for retrieval: it keeps asks, as retrieval does, and answers none.
type askBook struct {
	history  *db.Store
	desk     *Desk
	pictures *pictureBook
	fail     error           // what Ask says instead
	late     bool            // Stop finds nothing left
	onAsk    func(id string) // called when an ask arrives, if not nil

	mu      sync.Mutex
	book    []retrieval.Ask
	stopped []string
	by      []string // who stopped them
	wake    chan struct{}
}

func (b *askBook) Ask(ctx context.Context, a retrieval.Ask, acknowledge func() error) error {
	if acknowledge != nil {
		if err := acknowledge(); err != nil {
			return err
		}
	}
	if b.fail != nil {
		return b.fail
	}
	if b.onAsk != nil {
		b.onAsk(a.ID)
	}
	err := b.history.StartAsk(ctx, db.Ask{
		ID: a.ID, Scope: a.Scope, Channel: a.Channel, Member: a.Member, Job: a.Job, Card: a.Card, Private: a.Private, At: a.At,
	})
	b.mu.Lock()
	defer b.mu.Unlock()
	b.book = append(b.book, a)
	if b.wake != nil {
		close(b.wake)
		b.wake = nil
	}
	return err
}

// Look looks at once, and tells the desk as retrieval does.
func (b *askBook) Look(ctx context.Context, l retrieval.Look, acknowledge func() error) error {
	if err := acknowledge(); err != nil {
		return err
	}
	matches, unread := b.pictures.FindPicture(ctx, l.View, l.URLs)
	card, err := b.desk.Found(ctx, l, matches, unread != nil)
	if err != nil || card == 0 {
		return err
	}
	l.Ask.Card = card
	return b.Ask(ctx, l.Ask, nil)
}

// Generate keeps an order in the book of asks.
func (b *askBook) Generate(ctx context.Context, a retrieval.Ask, acknowledge func() error) error {
	return b.Ask(ctx, a, acknowledge)
}

func (b *askBook) Stop(ask, by string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.stopped, b.by = append(b.stopped, ask), append(b.by, by)
	return !b.late
}

func (b *askBook) taken() []retrieval.Ask {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]retrieval.Ask(nil), b.book...)
}

func (b *askBook) stops() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]string(nil), b.stopped...)
}

func (b *askBook) await(ctx context.Context, id string) (retrieval.Ask, error) {
	for {
		b.mu.Lock()
		for _, a := range b.book {
			if a.ID == id {
				b.mu.Unlock()
				return a, nil
			}
		}
		if b.wake == nil {
			b.wake = make(chan struct{})
		}
		wake := b.wake
		b.mu.Unlock()
		select {
		case <-wake:
		case <-ctx.Done():
			return retrieval.Ask{}, errors.New("nothing was asked")
		}
	}
}

// logBuffer collects a log that several goroutines write.
type logBuffer struct {
	mu  sync.Mutex
	buf []byte
}

func (l *logBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.buf = append(l.buf, p...)
	return len(p), nil
}

func (l *logBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return string(l.buf)
}

// What a test gives things that leave no other trace than a state to look at.
const (
	waitMost = 60 * time.Second
	waitTick = 5 * time.Millisecond
)

func digits(seed uint32) string { return strconv.FormatUint(uint64(seed), 10) }

// fnvOf is a seed for each name.
func fnvOf(name string) uint32 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(name))
	return h.Sum32()
}
