package retrieval

import (
	"context"
	"time"
)

const (
	pruneEvery  = 10 * time.Minute
	workKept    = time.Hour            // finished work: an interaction is not repeated by Discord after that
	asksKept    = 180 * 24 * time.Hour // asks in the history, for Try again
	pruneAtMost = 20                   // rounds of deleting at once
)

// prune forgets finished work now and then, for as long as ctx lives.
func (s *Service) prune(ctx context.Context) {
	tick := time.NewTicker(pruneEvery)
	defer tick.Stop()
	for {
		for range pruneAtMost {
			n, err := s.engine.forget(time.Now().Add(-workKept))
			if err != nil && ctx.Err() == nil {
				s.log.Warn("finished work not pruned", "err", err)
			}
			if n == 0 || err != nil || ctx.Err() != nil {
				break
			}
		}
		if _, err := s.store.PruneAsks(ctx, time.Now().Add(-asksKept)); err != nil && ctx.Err() == nil {
			s.log.Warn("old asks not pruned", "err", err)
		}
		if _, err := s.store.Purge(ctx, time.Now()); err != nil && ctx.Err() == nil {
			s.log.Warn("what was deleted is not erased yet", "err", err)
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}
