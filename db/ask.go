package db

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// The states of an ask.
const (
	Running       = "running"
	Answered      = "answered"
	Ended         = "ended"         // without an answer; Problem says why
	Undeliverable = "undeliverable" // answered, but nobody could be told
)

// Ask is one member's question and what became of it.
type Ask struct {
	ID      string
	Scope   string
	Channel string
	Member  string
	Job     string // empty when a card was asked for
	Card    int64  // number; 0 while there is none
	Private bool   // only Member sees it
	At      time.Time
	State   string
	Problem string    // a code of the caller's
	Detail  string    // the source's own words
	Ended   time.Time // zero while it runs
}

const (
	askColumns = `ask.id, ask.scope, ask.channel, ask.member, ask.owner, ask.job, ask.card, ask.at, ask.state, ask.problem,
	ask.detail, ask.ended`
	// To the scope, the member, and the channels that a view sees as a JSON array, or NULL for all.
	askSeen    = ` (?3 IS NULL OR ask.channel = '' OR ask.channel IN (SELECT value FROM json_each(?3)) OR ask.member = nullif(?2, '')) `
	askVisible = ` ask.owner IN ('', ?2) AND` + askSeen

	insertAsk = `INSERT INTO ask (id, scope, channel, member, owner, job, card, at, state, problem, detail, ended)
	VALUES (?, ?, ?, ?, ?, ?, ?, ?, '` + Running + `', '', '', 0) ON CONFLICT (id) DO NOTHING`

	endAsk = `UPDATE ask SET state = ?2, problem = ?3, detail = ?4, card = coalesce(nullif(?5, 0), card), ended = ?6
	WHERE id = ?1 AND state = '` + Running + `'`

	askExists = `SELECT 1 FROM ask WHERE id = ?`

	askOfID = `SELECT ` + askColumns + ` FROM ask WHERE ask.scope = ?1 AND` + askVisible + `AND ask.id = ?4`

	runningAsks = `SELECT ` + askColumns + ` FROM ask INDEXED BY ask_running WHERE ask.job = ?1 AND ask.state = '` + Running + `' AND ask.scope = ?2 AND ask.owner = ?3
	ORDER BY ask.at, ask.id LIMIT ?4`

	openAsk    = `ask.card = 0 AND ask.job <> '' AND ask.state <> '` + Answered + `'`
	recentAsks = `SELECT * FROM (SELECT ` + askColumns + ` FROM ask WHERE ask.scope = ?1 AND ask.owner = '' AND ` + openAsk + ` AND` + askSeen + `
	UNION ALL SELECT ` + askColumns + ` FROM ask WHERE ask.scope = ?1 AND ask.owner = ?2 AND ask.owner <> '' AND ` + openAsk + `
	ORDER BY at DESC, id DESC LIMIT ?4) AS recent
	WHERE NOT EXISTS (SELECT 1 FROM card WHERE card.scope = ?1 AND card.job = recent.job AND card.job <> '' AND card.owner IN ('', ?2)
	AND (?3 IS NULL OR card.asker = nullif(?2, '') OR card.audience = 0 OR EXISTS (SELECT 1 FROM audience CROSS JOIN json_each(audience.channels) AS channel
	WHERE audience.id = card.audience AND channel.value IN (SELECT value FROM json_each(?3)))))
	ORDER BY recent.at DESC, recent.id DESC`

	// recentWindow bounds how far RecentAsks looks back: one job can have been asked for many times.
	recentWindow = 500

	// In parts, so that a big clearance holds no other writer up.
	pruneAsks = `DELETE FROM ask WHERE id IN (SELECT id FROM ask WHERE at < ? ORDER BY at LIMIT ?)`
	prunePart = 1000
)

// StartAsk notes that an ask runs, whatever state it came with. The same id again changes nothing.
func (s *Store) StartAsk(ctx context.Context, a Ask) error {
	if a.ID == "" || a.Scope == "" || a.Private && a.Member == "" {
		return errors.New("note an ask: it names no id or no scope, or is private and names no member")
	}
	_, err := s.write.ExecContext(ctx, insertAsk, text(a.ID), text(a.Scope), text(a.Channel), text(a.Member),
		owner(a.Private, a.Member), text(a.Job), a.Card, ms(a.At))
	return wrap(err, "note ask %q", a.ID)
}

// EndAsk notes how an ask ended; card 0 leaves the card it has. An ask ends once: later calls change nothing. The state
// is one of those above but Running; an id that was never started, or is pruned, is ErrNotFound.
func (s *Store) EndAsk(ctx context.Context, id, state, problem, detail string, card int64) error {
	switch state {
	case Answered, Ended, Undeliverable:
	default:
		return fmt.Errorf("end ask %q: %q is not an end", id, state)
	}
	err := one(s.write.ExecContext(ctx, endAsk, text(id), state, text(problem), text(detail), card, ms(time.Now())))
	if errors.Is(err, sql.ErrNoRows) {
		var ended bool
		err = s.read.QueryRowContext(ctx, askExists, text(id)).Scan(&ended)
	}
	return wrap(err, "end ask %q", id)
}

// askArgs are what a query of asks takes, followed by its own.
func (v View) askArgs(of ...any) ([]any, error) {
	args := []any{text(v.Scope), text(v.Member), nil}
	if v.Channels != nil {
		list, err := json.Marshal(v.Channels)
		if err != nil {
			return nil, err
		}
		args[2] = string(list)
	}
	return append(args, of...), nil
}

// Ask is one ask, or ErrNotFound. Everyone of the scope who sees its channel sees it unless it is private.
func (s *Store) Ask(ctx context.Context, v View, id string) (Ask, error) {
	args, err := v.askArgs(text(id))
	if err != nil {
		return Ask{}, wrap(err, "read ask %q", id)
	}
	a, err := scanAsk(s.read.QueryRowContext(ctx, askOfID, args...))
	return a, wrap(err, "read ask %q", id)
}

// RecentAsks are the view's asks of jobs that have no card it can see: they run, or ended without one. Newest first, one
// a job.
func (s *Store) RecentAsks(ctx context.Context, v View, limit int) ([]Ask, error) {
	asks, err := s.recentAsks(ctx, v, min(or(limit, defaultPage), maxPage))
	return asks, wrap(err, "read recent asks")
}

// RunningAsks are the asks of a job that run and whose answer is as visible as one to this view: those of the whole
// scope or, for a private one, the member's own private ones. Whoever asked first is first; a hundred at most.
func (s *Store) RunningAsks(ctx context.Context, v View, job string, private bool) ([]Ask, error) {
	asks, err := scanAll(ctx, s.read, scanAsk, runningAsks, text(job), text(v.Scope), owner(private, v.Member), maxPage)
	return asks, wrap(err, "read the running asks of job %q", job)
}

func (s *Store) recentAsks(ctx context.Context, v View, limit int) ([]Ask, error) {
	args, err := v.askArgs(recentWindow)
	if err != nil {
		return nil, err
	}
	rows, err := s.read.QueryContext(ctx, recentAsks, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var asks []Ask
	seen := map[string]bool{}
	for len(asks) < limit && rows.Next() {
		a, err := scanAsk(rows)
		if err != nil {
			return nil, err
		}
		if !seen[a.Job] {
			seen[a.Job] = true
			asks = append(asks, a)
		}
	}
	return asks, rows.Err()
}

// PruneAsks forgets asks made before a time, in whatever state, and says how many. Cards stay.
func (s *Store) PruneAsks(ctx context.Context, before time.Time) (int64, error) {
	var pruned int64
	for {
		result, err := s.write.ExecContext(ctx, pruneAsks, ms(before), prunePart)
		if err != nil {
			return pruned, wrap(err, "prune asks")
		}
		n, err := result.RowsAffected()
		if err != nil {
			return pruned, wrap(err, "prune asks")
		}
		if pruned += n; n < prunePart {
			return pruned, nil
		}
	}
}

func scanAsk(r row) (Ask, error) {
	var a Ask
	var owner string
	var at, ended int64
	err := r.Scan(&a.ID, &a.Scope, &a.Channel, &a.Member, &owner, &a.Job, &a.Card, &at, &a.State, &a.Problem,
		&a.Detail, &ended)
	if err != nil {
		return Ask{}, err
	}
	a.Private, a.At, a.Ended = owner != "", fromMS(at), fromMS(ended)
	return a, nil
}
