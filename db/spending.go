package db

import (
	"context"
	"time"
)

// ofPictures follows a scope where it stands for what is spent there on making pictures, which is counted apart from
// seeds. An order is the ask of no job.
const ofPictures = "/pictures"

const (
	insertSpending = `INSERT INTO spending (ask, scope, member, at)
	SELECT ask.id, ask.scope || CASE ask.job WHEN '' THEN '` + ofPictures + `' ELSE '' END, ask.member, ?2 FROM ask WHERE ask.id = ?1
	ON CONFLICT (ask) DO UPDATE SET at = spending.at`
	countSpending  = `SELECT count(*) FROM spending WHERE scope = ?1 AND member = ?2 AND at >= ?3`
	forgetSpending = `DELETE FROM spending WHERE scope IN (?1, ?1 || '` + ofPictures + `') AND member = ?2 AND at < ?3`
)

// SpendAsk notes that an ask sent a request, now. Only the first time counts. An ask that was never started, or is
// pruned, is ErrNotFound.
func (s *Store) SpendAsk(ctx context.Context, id string) error {
	return wrap(one(s.write.ExecContext(ctx, insertSpending, text(id), ms(time.Now()))), "note what ask %q spent", id)
}

// Spent is how many of a member's asks for seeds in a scope sent a request since a time. It reaches back a month at most.
func (s *Store) Spent(ctx context.Context, scope, member string, since time.Time) (int, error) {
	return s.spent(ctx, text(scope), member, since)
}

// SpentOnPictures is Spent for orders of pictures.
func (s *Store) SpentOnPictures(ctx context.Context, scope, member string, since time.Time) (int, error) {
	return s.spent(ctx, text(scope)+ofPictures, member, since)
}

func (s *Store) spent(ctx context.Context, purse, member string, since time.Time) (int, error) {
	var n int
	err := s.read.QueryRowContext(ctx, countSpending, purse, text(member), ms(since)).Scan(&n)
	return n, wrap(err, "count what a member spent")
}
