package db

import (
	"context"
	"time"
)

const (
	insertSpending = `INSERT INTO spending (ask, scope, member, at) SELECT ask.id, ask.scope, ask.member, ?2 FROM ask WHERE ask.id = ?1
	ON CONFLICT (ask) DO UPDATE SET at = spending.at`
	countSpending  = `SELECT count(*) FROM spending WHERE scope = ?1 AND member = ?2 AND at >= ?3`
	forgetSpending = `DELETE FROM spending WHERE scope = ?1 AND member = ?2 AND at < ?3`
)

// SpendAsk notes that an ask sent a request, now. Only the first time counts. An ask that was never started, or is
// pruned, is ErrNotFound.
func (s *Store) SpendAsk(ctx context.Context, id string) error {
	return wrap(one(s.write.ExecContext(ctx, insertSpending, text(id), ms(time.Now()))), "note what ask %q spent", id)
}

// Spent is how many of a member's asks in a scope sent a request since a time. It reaches back a month at most.
func (s *Store) Spent(ctx context.Context, scope, member string, since time.Time) (int, error) {
	var n int
	err := s.read.QueryRowContext(ctx, countSpending, text(scope), text(member), ms(since)).Scan(&n)
	return n, wrap(err, "count what a member spent")
}
