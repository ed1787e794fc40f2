package db

import (
	"context"
	"time"
)

// Stats is a scope at a glance, for its managers.
type Stats struct {
	Cards, Recipes int
	// Asks of the last 24 hours, and those of them that ended in a problem or could not be delivered.
	Asks24h, Failed24h int
	LastProblems       []Ask // public ones, the newest first
}

const (
	problemsShown = 5

	countAll     = `SELECT coalesce(sum(cards), 0) FROM space WHERE scope = ?1`
	countRecipes = `SELECT count(*) FROM recipe WHERE scope = ?1`
	countAsks    = `SELECT count(*), coalesce(sum(state IN ('` + Ended + `', '` + Undeliverable + `') AND problem <> ?3), 0) FROM ask INDEXED BY ask_scope
	WHERE scope = ?1 AND at >= ?2`
	lastProblems = `SELECT ` + askColumns + ` FROM ask INDEXED BY ask_scope WHERE ask.scope = ?1 AND ask.at >= ?2 AND ask.owner = ''
	AND ask.state IN ('` + Ended + `', '` + Undeliverable + `') AND ask.problem <> ?4 ORDER BY ask.at DESC LIMIT ?3`
	problemsSince = 7 * 24 * time.Hour
)

// Stats counts what a scope holds. Private cards and asks are counted, never shown. An ask that ended as meant, for
// example because a member stopped it, is no problem.
func (s *Store) Stats(ctx context.Context, scope, meant string) (Stats, error) {
	st, err := s.stats(ctx, text(scope), text(meant), time.Now())
	return st, wrap(err, "sum a scope up")
}

func (s *Store) stats(ctx context.Context, scope, meant string, now time.Time) (st Stats, err error) {
	if err = s.read.QueryRowContext(ctx, countAll, scope).Scan(&st.Cards); err != nil {
		return Stats{}, err
	}
	if err = s.read.QueryRowContext(ctx, countRecipes, scope).Scan(&st.Recipes); err != nil {
		return Stats{}, err
	}
	day := ms(now.Add(-24 * time.Hour))
	if err = s.read.QueryRowContext(ctx, countAsks, scope, day, meant).Scan(&st.Asks24h, &st.Failed24h); err != nil {
		return Stats{}, err
	}
	st.LastProblems, err = scanAll(ctx, s.read, scanAsk, lastProblems, scope, ms(now.Add(-problemsSince)), problemsShown, meant)
	return st, err
}
