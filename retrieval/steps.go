package retrieval

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime/debug"
	"time"

	"github.com/dbos-inc/dbos-transact-golang/dbos"

	"seedbank/db"
)

// step runs a step of a workflow: what it returned is stored, and not done again. Steps are named, in the order in
// which they come, by workShape.
func step[T any](ctx dbos.Context, name string, do func(context.Context) (T, error)) (T, error) {
	return dbos.RunAsStep(ctx, func(ctx context.Context) (result T, err error) {
		defer func() {
			if r := recover(); r != nil {
				err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
			}
		}()
		return do(ctx)
	}, dbos.WithStepName(name))
}

// carefulStep is a step that Close gives a moment to get on record.
func carefulStep[T any](ctx dbos.Context, g *gate, name string, do func(context.Context) (T, error)) (T, error) {
	if err := g.enter(ctx); err != nil {
		var none T
		return none, err
	}
	defer g.leave()
	return step(ctx, name, do)
}

// persistently tries until it works, with growing pauses up to a minute; try tells whether another try can help. The
// last error is returned when ctx ends.
func persistently(ctx context.Context, first time.Duration, try func() (again bool, err error)) error {
	for wait := first; ; wait = min(2*wait, time.Minute) {
		again, err := try()
		if err == nil || !again {
			return err
		}
		if waitErr := pauseWithin(ctx, jittered(wait)); waitErr != nil {
			return errors.Join(waitErr, err)
		}
	}
}

// pauseWithin waits; an error is ctx's.
func pauseWithin(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// jittered is d and up to a quarter more, so that many who failed together do not come back together.
func jittered(d time.Duration) time.Duration { return d + rand.N(d/4+1) }

func isNotFound(err error) bool { return errors.Is(err, db.ErrNotFound) }
