package retrieval

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/dbos-inc/dbos-transact-golang/dbos"
	_ "github.com/dbos-inc/dbos-transact-golang/dbos/driver/sqlite" // the engine's SQLite
)

// workShape names the shape of the workflows: their steps, in order, with what those return. Work of another shape is
// not taken up, so it changes only together with code that brings older work to its end. Were it left to the engine,
// it would be a hash of the program, and every upgrade would strand what runs.
const workShape = "1"

// fetchQueue is where fetches wait for a slot of their channel.
const fetchQueue = "fetch"

// engine runs workflows that outlive the process. It is DBOS on an SQLite file of its own: the history's SQLite is
// another library, and two of them must never open one file.
type engine struct {
	root  dbos.Context
	queue dbos.Queue
	file  *sql.DB

	starting sync.WaitGroup // what is not on record yet; Shutdown ends their waits
}

func startEngine(ctx context.Context, c Config, register func(dbos.Context)) (*engine, error) {
	file, err := openWork(ctx, c.Work)
	if err != nil {
		return nil, err
	}
	// The engine cancels for good what runs when its context is cancelled from outside; what runs at the end of the
	// process shall be taken up again. So it gets a context that only Shutdown ends.
	root, err := dbos.NewContext(context.WithoutCancel(ctx), dbos.Config{
		AppName: "seedbank", SQLiteSystemDB: file, ApplicationVersion: workShape, ExecutorID: "seedbank",
		Logger: slog.New(quiet{c.Log.Handler()}),
	})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open the work file %s: %w", c.Work, err), file.Close())
	}
	e := &engine{root: root, file: file}
	register(root)
	if err := dbos.Launch(root); err != nil {
		return nil, errors.Join(fmt.Errorf("start on the work file %s: %w", c.Work, err), e.close(ctx))
	}
	e.queue, err = dbos.RegisterQueue(root, fetchQueue,
		dbos.WithPartitionConcurrency(c.Slots), dbos.WithQueueBasePollingInterval(100*time.Millisecond),
		dbos.WithQueueOnConflict(dbos.QueueConflictAlwaysUpdate))
	if err != nil {
		return nil, errors.Join(fmt.Errorf("make the queue of fetches: %w", err), e.close(ctx))
	}
	return e, nil
}

func (e *engine) close(ctx context.Context) error {
	patience := 10 * time.Second
	if deadline, ok := ctx.Deadline(); ok {
		patience = max(time.Until(deadline), time.Millisecond)
	}
	err := dbos.Shutdown(e.root, patience)
	e.starting.Wait()
	return errors.Join(err, e.file.Close())
}

// start records what a workflow is given and starts it. When ctx ends before it is on record it is ErrNotKept, and goes
// on: once the disk takes it, it is kept all the same. recorded is called when it is.
func start[P any](
	ctx context.Context, e *engine, workflow func(dbos.Context, P) (string, error), given P, id string, recorded func(),
) error {
	kept := make(chan error, 1)
	e.starting.Go(func() {
		_, err := dbos.RunWorkflow(e.root, workflow, given, dbos.WithWorkflowID(id))
		if err == nil {
			recorded()
		}
		kept <- err
	})
	select {
	case err := <-kept:
		return err
	case <-ctx.Done():
		return fmt.Errorf("%w: %w", ErrNotKept, ctx.Err())
	}
}

// over tells whether a workflow has ended, or is not there.
func (e *engine) over(id string) (bool, error) {
	found, err := dbos.ListWorkflows(e.root, dbos.WithFilterWorkflowIDs(id),
		dbos.WithFilterLoadInput(false), dbos.WithFilterLoadOutput(false))
	if err != nil {
		return false, fmt.Errorf("look at workflow %s: %w", id, err)
	}
	return len(found) == 0 || ended(found[0].Status), nil
}

// nextFetch is the workflow ID of the fetch that an ask for the job should join: the one that waits or runs, unless
// that is over by what the process knows, else a new one. The ID is the job's with a count, since a job whose fetch
// failed may be asked for again.
func (e *engine) nextFetch(job string, over func(id string) bool) (string, error) {
	prefix := "fetch:" + job + "#"
	latest, err := dbos.ListWorkflows(e.root, dbos.WithFilterWorkflowIDPrefix(prefix), dbos.WithFilterSortDesc(),
		dbos.WithFilterLimit(1), dbos.WithFilterLoadInput(false), dbos.WithFilterLoadOutput(false))
	if err != nil {
		return "", fmt.Errorf("look for a running fetch: %w", err)
	}
	if len(latest) == 0 {
		return prefix + "1", nil
	}
	if !ended(latest[0].Status) && !over(latest[0].ID) {
		return latest[0].ID, nil
	}
	n, err := strconv.Atoi(strings.TrimPrefix(latest[0].ID, prefix))
	if err != nil {
		return "", fmt.Errorf("read the fetch ID %q: %w", latest[0].ID, err)
	}
	return prefix + strconv.Itoa(n+1), nil
}

func ended(s dbos.WorkflowStatusType) bool {
	switch s {
	case dbos.WorkflowStatusSuccess, dbos.WorkflowStatusError, dbos.WorkflowStatusCancelled, dbos.WorkflowStatusMaxRecoveryAttemptsExceeded:
		return true
	}
	return false
}

// result is the recorded end of a fetch, nil while it waits or runs.
func (e *engine) result(fetch string) (*fetched, error) {
	handle, err := dbos.RetrieveWorkflow[fetched](e.root, fetch)
	if err != nil {
		return nil, fmt.Errorf("look at fetch %s: %w", fetch, err)
	}
	status, err := handle.GetStatus()
	if err != nil {
		return nil, fmt.Errorf("look at fetch %s: %w", fetch, err)
	}
	if !ended(status.Status) {
		return nil, nil
	}
	f, err := handle.GetResult()
	if err != nil {
		return nil, fmt.Errorf("fetch %s: %w", fetch, err)
	}
	return &f, nil
}

// forget deletes workflows that ended before a moment: they hold tokens of interactions, and nobody waits for them.
func (e *engine) forget(before time.Time) (int, error) {
	old, err := dbos.ListWorkflows(e.root, dbos.WithFilterCompletedBefore(before), dbos.WithFilterLimit(500),
		dbos.WithFilterStatus(dbos.WorkflowStatusSuccess, dbos.WorkflowStatusError, dbos.WorkflowStatusCancelled),
		dbos.WithFilterLoadInput(false), dbos.WithFilterLoadOutput(false))
	if err != nil || len(old) == 0 {
		return 0, err
	}
	ids := make([]string, len(old))
	for i, w := range old {
		ids[i] = w.ID
	}
	return len(ids), dbos.DeleteWorkflows(e.root, ids)
}

// quiet lets only warnings and errors of the engine through. Below that it tells of every step, and its debug lines
// hold inputs: an ask's hold the token of its interaction. Nor does it let through what was cancelled: the engine is
// cancelled at the end of the process alone, and whoever stops the bot should not read of errors.
type quiet struct{ slog.Handler }

// Enabled is slog.Handler's.
func (q quiet) Enabled(ctx context.Context, l slog.Level) bool {
	return l >= slog.LevelWarn && q.Handler.Enabled(ctx, l)
}

// Handle is slog.Handler's.
func (q quiet) Handle(ctx context.Context, r slog.Record) error {
	cancelled := false
	r.Attrs(func(a slog.Attr) bool {
		err, isError := a.Value.Any().(error)
		cancelled = isError && errors.Is(err, context.Canceled)
		return !cancelled
	})
	if cancelled {
		return nil
	}
	return q.Handler.Handle(ctx, r)
}

// WithAttrs is slog.Handler's.
func (q quiet) WithAttrs(a []slog.Attr) slog.Handler { return quiet{q.Handler.WithAttrs(a)} }

// WithGroup is slog.Handler's.
func (q quiet) WithGroup(name string) slog.Handler { return quiet{q.Handler.WithGroup(name)} }
