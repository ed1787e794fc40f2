package retrieval

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"os"
	"sync"
	"sync/atomic"

	"github.com/dbos-inc/dbos-transact-golang/dbos"

	"seedbank/db"
	"seedbank/useapi"
)

// source answers what seed made a job, and makes new ones. *useapi.Client is one.
type source interface {
	Seed(ctx context.Context, r useapi.SeedRequest) iter.Seq2[useapi.Event, error]
	Imagine(ctx context.Context, r useapi.ImagineRequest) iter.Seq2[useapi.Event, error]
	Job(ctx context.Context, id string) (*useapi.Job, error)
	Jobs(ctx context.Context) (*useapi.Running, error)
	CancelJob(ctx context.Context, id string) error
}

// Config is what a Service needs beside its neighbours.
type Config struct {
	// Work is the path of the SQLite file that holds unfinished work. It is not the history: it may be deleted while
	// the process is down, at the price of the asks that are in it.
	Work string
	// Spool is a folder of the service's own, for pictures on their way. It is emptied at start.
	Spool string
	// Inbox is a folder of the service's own, for asks that are being acknowledged; "" loses those that a kill meets
	// there.
	Inbox string
	// Slots is how many fetches run at once for one useapi channel; 0 is 3, the vendor's own default.
	Slots int
	// ImageHosts are the hosts pictures may be fetched from, by https; a loopback host:port may be http too.
	ImageHosts []string
	// Sheets lets small contact sheets be kept in the history, for when a card's pictures are gone.
	Sheets bool
	// Log gets everything there is to say; nil is slog.Default().
	Log *slog.Logger
}

// Service keeps the promise. Its methods are safe for concurrent use.
type Service struct {
	source   source
	store    *db.Store
	desk     desk
	log      *slog.Logger
	pace     pace
	engine   *engine
	inbox    inbox
	gate     gate
	board    *board
	streams  *streams
	pictures *pictures
	decoder  *decoder
	sheets   bool // see Config

	boot string          // names this run of the process
	life context.Context // of what outlives a step: streams
	stop context.CancelFunc
	crew sync.WaitGroup // goroutines that live as long as life

	opened chan struct{} // closed when the parts are together: work is taken up before that
	ready  atomic.Bool
}

// Open starts the service and takes up whatever an earlier process left unfinished: from here on the desk is called.
// The caller closes it. Only one process may have a work file open.
func Open(ctx context.Context, c Config, src source, store *db.Store, d desk) (*Service, error) {
	return open(ctx, c, src, store, d, usualPace())
}

func open(ctx context.Context, c Config, src source, store *db.Store, d desk, p pace) (*Service, error) {
	if c.Log == nil {
		c.Log = slog.Default()
	}
	if c.Slots <= 0 {
		c.Slots = 3
	}
	pics, err := newPictures(c.Spool, c.ImageHosts, p, c.Log)
	if err != nil {
		return nil, err
	}
	in, err := openInbox(c.Inbox)
	if err != nil {
		return nil, err
	}
	left, err := in.notes() // now: what comes in later is this process's own
	if err != nil {
		c.Log.Error("some asks that came in at the end of an earlier process are not taken up", "err", err)
	}
	s := &Service{
		inbox: in, source: src, store: store, desk: d, log: c.Log, pace: p,
		board: newBoard(c.Slots), streams: newStreams(), pictures: pics, decoder: newDecoder(), sheets: c.Sheets, boot: rand.Text(), opened: make(chan struct{}),
	}
	s.life, s.stop = context.WithCancel(context.WithoutCancel(ctx))
	s.engine, err = startEngine(ctx, c, s.registerOn)
	if err != nil {
		s.stop()
		return nil, err
	}
	close(s.opened)
	s.crew.Go(func() {
		s.takeUp(s.life, left) // before anything is forgotten: what is on record already is known by that
		s.prune(s.life)
	})
	s.ready.Store(true)
	return s, nil
}

// registerOn tells the engine which workflows there are. Their names are stored with the work: never rename one.
func (s *Service) registerOn(root dbos.Context) {
	dbos.RegisterWorkflow(root, s.ask, dbos.WithWorkflowName("ask"), dbos.WithMaxRecoveryAttempts(maxRecoveries))
	dbos.RegisterWorkflow(root, s.seek, dbos.WithWorkflowName("look"), dbos.WithMaxRecoveryAttempts(maxRecoveries))
	dbos.RegisterWorkflow(root, s.fetch, dbos.WithWorkflowName("fetch"), dbos.WithMaxRecoveryAttempts(maxRecoveries))
	dbos.RegisterWorkflow(root, s.imagine, dbos.WithWorkflowName("imagine"), dbos.WithMaxRecoveryAttempts(maxRecoveries))
	dbos.RegisterWorkflow(root, s.generate, dbos.WithWorkflowName("generate"), dbos.WithMaxRecoveryAttempts(maxRecoveries))
}

// whenOpen waits until the service's parts are together.
func (s *Service) whenOpen(ctx context.Context) error {
	select {
	case <-s.opened:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// maxRecoveries is how often a workflow may be cut off by the end of the process before the engine gives it up. A
// supervisor that restarts a failing process every few seconds must not cost anybody an answer.
const maxRecoveries = 100_000

// Ready tells whether asks are taken.
func (s *Service) Ready() bool { return s.ready.Load() }

// Close lets go of the work in hand, to be taken up by the next process, and waits for it until ctx ends. Nothing is
// cancelled at the source. The store and the desk must stay usable until Close returns.
func (s *Service) Close(ctx context.Context) error {
	s.ready.Store(false)
	short, cancel := context.WithTimeout(ctx, s.pace.lastSteps)
	defer cancel()
	s.gate.close(short)
	err := s.engine.close(ctx)
	s.stop()
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.crew.Wait()
	}()
	select {
	case <-done:
	case <-ctx.Done():
		err = errors.Join(err, fmt.Errorf("wait for open streams: %w", ctx.Err()))
	}
	s.inbox.close()
	return errors.Join(err, os.RemoveAll(s.pictures.spool))
}

// Ask takes a question: it calls acknowledge, nil where that was done before, and once that has succeeded the question
// will be answered at the desk, whatever happens to this process. An error of acknowledge is returned, and nothing is
// asked then. Asking again with the same ID changes nothing. It waits for the disk until ctx ends: ErrNotKept.
func (s *Service) Ask(ctx context.Context, a Ask, acknowledge func() error) error {
	if a.Generate != nil {
		return fmt.Errorf("take ask %s: it is an order", a.ID)
	}
	return s.take(ctx, note{Ask: &a}, acknowledge)
}

// Stop ends an ask that still waits for its seed: it is answered with the Problem Stopped, by that member. When nobody
// else waits for the same job, that is cancelled at the source too. False means that there is nothing left to stop. Whether the
// member may stop it is for the caller to check.
func (s *Service) Stop(ask, by string) bool { return s.board.stop(ask, by) }
