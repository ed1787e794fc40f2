package db

import (
	"context"
	"database/sql"
	"errors"
	"math"
	"time"
)

// AuditEntry is one thing that somebody did which others of the scope may want to know.
type AuditEntry struct {
	ID     int64 // grows with time
	At     time.Time
	Member string // who did it; empty when that was forgotten
	Action string
	Target string
	Detail string
}

const (
	insertAudit = `INSERT INTO audit (scope, at, member, action, target, detail) VALUES (?, ?, ?, ?, ?, ?)`

	// Each takes the scope, since when, below which id, how many, and the member.
	auditColumns  = `SELECT id, at, member, action, target, detail FROM audit `
	auditOfScope  = auditColumns + `WHERE scope = ?1 AND at >= ?2 AND id < ?3 ORDER BY id DESC LIMIT ?4`
	auditOfMember = auditColumns + `WHERE scope = ?1 AND member = ?5 AND at >= ?2 AND id < ?3 ORDER BY id DESC LIMIT ?4`
)

// Audit adds an entry to a scope's log. Its ID is given here, and its time too when it has none.
func (s *Store) Audit(ctx context.Context, scope string, e AuditEntry) error {
	if scope == "" || e.Action == "" {
		return errors.New("write to the audit log: it names no scope or no action")
	}
	return wrap(s.change(ctx, func(tx *sql.Tx) error { return audit(ctx, tx, scope, e) }), "write to the audit log")
}

func audit(ctx context.Context, tx *sql.Tx, scope string, e AuditEntry) error {
	if e.At.IsZero() {
		e.At = time.Now()
	}
	_, err := tx.ExecContext(ctx, insertAudit, text(scope), ms(e.At), text(e.Member), text(e.Action), text(e.Target), text(e.Detail))
	return err
}

// AuditLog lists a scope's entries, the newest first: of one member, or of everyone for ""; since a time, or ever for
// none; older than the entry before, or from the newest on for 0.
func (s *Store) AuditLog(ctx context.Context, scope, member string, since time.Time, before int64, limit int) ([]AuditEntry, error) {
	if before <= 0 {
		before = math.MaxInt64
	}
	query, args := auditOfScope, []any{text(scope), ms(since), before, min(or(limit, defaultPage), maxPage)}
	if member != "" {
		query, args = auditOfMember, append(args, text(member))
	}
	entries, err := scanAll(ctx, s.read, scanAudit, query, args...)
	return entries, wrap(err, "read the audit log")
}

func scanAudit(r row) (AuditEntry, error) {
	var e AuditEntry
	var at int64
	err := r.Scan(&e.ID, &at, &e.Member, &e.Action, &e.Target, &e.Detail)
	e.At = fromMS(at)
	return e, err
}
