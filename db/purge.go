package db

import (
	"context"
	"database/sql"
	"time"
)

const (
	// spendingKept is how long it is known what a member spent: no allowance reaches further back.
	spendingKept = 31 * 24 * time.Hour

	cardsDeleted = `SELECT card.id, card.job FROM card WHERE card.deleted <> 0 AND card.deleted <= ?1 LIMIT ?2`
	eraseCard    = `DELETE FROM card WHERE id = ?`
	// An answer that no server has a card of, and nobody waits for.
	eraseAnswer = `DELETE FROM answer WHERE job = ?1 AND ?1 <> ''
	AND NOT EXISTS (SELECT 1 FROM card WHERE card.job = ?1 AND card.job <> '')
	AND NOT EXISTS (SELECT 1 FROM ask WHERE ask.job = ?1 AND ask.state = '` + Running + `')`

	retentions = `SELECT scope, retention FROM settings WHERE retention > 0`
	// Takes the scope, nobody, the time, and how many.
	cardsBefore = `SELECT ` + whole + `, card.id FROM card INDEXED BY card_created
	WHERE card.scope = ?1 AND card.created < ?3 AND card.owner IS NOT NULL ORDER BY card.created LIMIT ?4`
	countBefore    = `SELECT count(*) FROM card INDEXED BY card_created WHERE card.scope = ?1 AND card.created < ?2 AND card.owner IS NOT NULL`
	asksBefore     = `DELETE FROM ask WHERE scope = ?1 AND at < ?2 AND state <> '` + Running + `'`
	auditBefore    = `DELETE FROM audit WHERE scope = ?1 AND at < ?2`
	spendingBefore = `DELETE FROM spending WHERE at < ?`
)

// Purge erases, and says of how many cards: those deleted more than UndoTime before now, and in each scope those older
// than its settings keep; with the latter go its asks and audit entries of that age. A number that was given stays
// unused. An answer of which no card is left goes too. Cut off halfway it goes on when it is called again.
func (s *Store) Purge(ctx context.Context, now time.Time) (int, error) {
	erased, err := s.purgeDeleted(ctx, now.Add(-UndoTime))
	if err != nil {
		return erased, wrap(err, "erase deleted cards")
	}
	scopes, err := scanAll(ctx, s.read, scanRetention, retentions)
	if err != nil {
		return erased, wrap(err, "read how long cards are kept")
	}
	for _, keeps := range scopes {
		before := now.AddDate(0, 0, -keeps.days)
		n, err := s.eraseEach(ctx, cardsBefore, keeps.scope, "", ms(before), atOnce)
		if erased += n; err != nil {
			return erased, wrap(err, "erase old cards")
		}
		for _, q := range []string{asksBefore, auditBefore} {
			if _, err := s.write.ExecContext(ctx, q, keeps.scope, ms(before)); err != nil {
				return erased, wrap(err, "erase what is old")
			}
		}
	}
	if _, err := s.write.ExecContext(ctx, forgettingBefore, ms(now.Add(-forgettingLasts))); err != nil {
		return erased, wrap(err, "erase who was forgotten")
	}
	_, err = s.write.ExecContext(ctx, spendingBefore, ms(now.Add(-spendingKept)))
	return erased, wrap(err, "erase what was spent")
}

// CountBefore is how many cards of a scope were made before then, whoever sees them: what Purge would erase.
func (s *Store) CountBefore(ctx context.Context, scope string, then time.Time) (int, error) {
	var n int
	err := s.read.QueryRowContext(ctx, countBefore, text(scope), ms(then)).Scan(&n)
	return n, wrap(err, "count old cards")
}

func (s *Store) purgeDeleted(ctx context.Context, before time.Time) (int, error) {
	for erased := 0; ; {
		var n int
		err := s.change(ctx, func(tx *sql.Tx) (err error) {
			n, err = eraseRows(ctx, tx, cardsDeleted, ms(before), atOnce)
			return err
		})
		if err != nil {
			return erased, err
		}
		if erased += n; n < atOnce {
			return erased, nil
		}
	}
}

// retention is how long a scope keeps its cards.
type retention struct {
	scope string
	days  int
}

func scanRetention(r row) (keeps retention, err error) {
	err = r.Scan(&keeps.scope, &keeps.days)
	return keeps, err
}

// gone is a deleted card, which nothing finds any more.
type gone struct {
	id  int64
	job string
}

func scanGone(r row) (g gone, err error) {
	err = r.Scan(&g.id, &g.job)
	return g, err
}

// eraseRows erases deleted cards; query lists their ids and jobs.
func eraseRows(ctx context.Context, tx *sql.Tx, query string, args ...any) (int, error) {
	list, err := scanAll(ctx, tx, scanGone, query, args...)
	if err != nil {
		return 0, err
	}
	for _, g := range list {
		if err := erase(ctx, tx, g.id, g.job); err != nil {
			return 0, err
		}
	}
	return len(list), nil
}

// erase takes a card that nothing finds any more away for good. What hangs on it goes by its foreign keys.
func erase(ctx context.Context, tx *sql.Tx, id int64, job string) error {
	if _, err := tx.ExecContext(ctx, eraseCard, id); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, eraseAnswer, job)
	return err
}

// eraseEach erases all cards that query lists, atOnce at once.
func (s *Store) eraseEach(ctx context.Context, query string, args ...any) (int, error) {
	return s.each(ctx, query, args, func(x *index, id int64, c Card) error {
		if err := x.leave(ctx, id, c.Scope, entryOf(c)); err != nil {
			return err
		}
		return erase(ctx, x.tx, id, c.Job)
	})
}
