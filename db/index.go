package db

import (
	"context"
	"database/sql"
	"encoding/json"
	"reflect"
	"strconv"
	"strings"
)

// What stands in this file and in match.go is SQLite's way of finding cards by words; the rest of the package gives and
// takes entries and ids.

// indexVersion changes with what entryOf makes of a card, so that an older history is indexed anew.
const indexVersion = 2

const (
	// FTS4, because it is in every build of SQLite. Every token begins with the number of its space, so each space has
	// word lists of its own: a search costs what the space holds, not what all servers together hold, and cannot find a
	// card of another. The tokenizer parts at blanks alone; the tokens are ours. No doc sizes are kept, and lists are
	// read from the newest card on.
	createSearch = `CREATE VIRTUAL TABLE card_search USING fts4(words, notes, marks, tokenize=simple, matchinfo=fts3, order=desc)`
	dropSearch   = `DROP TABLE IF EXISTS card_search`
	// Segments are merged a little at every write, instead of many at once now and then.
	mergeSearch = `INSERT INTO card_search (card_search) VALUES ('automerge=8')`

	insertSearch = `INSERT INTO card_search (docid, words, notes, marks) VALUES (?, ?, ?, ?)`
	deleteSearch = `DELETE FROM card_search WHERE docid = ?`

	insertSpace = `INSERT INTO space (scope, owner) VALUES (?1, ?2) ON CONFLICT DO NOTHING`
	selectSpace = `SELECT id FROM space WHERE scope = ?1 AND owner = ?2`
	countSpace  = `UPDATE space SET cards = cards + ?2 WHERE id = ?1`

	addTally = `INSERT INTO tally (space, kind, value, audience, uses, last) VALUES (?1, ?2, ?3, ?4, 1, ?5)
	ON CONFLICT (space, kind, value, audience) DO UPDATE SET uses = uses + 1, last = max(last, excluded.last)`
	takeTally = `UPDATE tally SET uses = uses - 1 WHERE space = ?1 AND kind = ?2 AND value = ?3 AND audience = ?4`
	dropTally = `DELETE FROM tally WHERE space = ?1 AND kind = ?2 AND value = ?3 AND audience = ?4 AND uses < 1`

	insertKeys = `INSERT INTO picture_key (space, key, card, position, hash)
	SELECT ?1, value ->> 'key', ?2, value ->> 'position', value ->> 'hash' FROM json_each(?3) WHERE true ON CONFLICT DO NOTHING`
	deleteKeys = `DELETE FROM picture_key WHERE space = ?1 AND card = ?2
	AND key IN (SELECT value ->> 'key' FROM json_each(?3))`

	cardOfID = `SELECT ` + whole + ` FROM card WHERE card.id = ?1`
)

// index writes what cards are found by, inside one transaction.
type index struct {
	tx     *sql.Tx
	spaces map[[2]string]int64 // by scope and owner
}

func newIndex(tx *sql.Tx) *index { return &index{tx, map[[2]string]int64{}} }

// space is the number of a space, which is made when there is none.
func (x *index) space(ctx context.Context, scope, owner string) (int64, error) {
	key := [2]string{scope, owner}
	id, ok := x.spaces[key]
	if ok {
		return id, nil
	}
	if _, err := x.tx.ExecContext(ctx, insertSpace, scope, owner); err != nil {
		return 0, err
	}
	if err := x.tx.QueryRowContext(ctx, selectSpace, scope, owner).Scan(&id); err != nil {
		return 0, err
	}
	x.spaces[key] = id
	return id, nil
}

// enter makes a card of the scope findable.
func (x *index) enter(ctx context.Context, id int64, scope string, e entry) error {
	space, err := x.space(ctx, scope, e.owner)
	if err != nil {
		return err
	}
	if _, err := x.tx.ExecContext(ctx, countSpace, space, 1); err != nil {
		return err
	}
	if err := x.enterWords(ctx, id, space, e); err != nil {
		return err
	}
	return x.enterKeys(ctx, insertKeys, id, space, e)
}

// leave takes back what enter wrote for e.
func (x *index) leave(ctx context.Context, id int64, scope string, e entry) error {
	space, err := x.space(ctx, scope, e.owner)
	if err != nil {
		return err
	}
	if _, err := x.tx.ExecContext(ctx, countSpace, space, -1); err != nil {
		return err
	}
	if err := x.leaveWords(ctx, id, space, e); err != nil {
		return err
	}
	return x.enterKeys(ctx, deleteKeys, id, space, e)
}

// move brings what a card is found by from one state of it to another. It writes what differs.
func (x *index) move(ctx context.Context, id int64, scope string, from, to entry) error {
	if from.owner != to.owner {
		if err := x.leave(ctx, id, scope, from); err != nil {
			return err
		}
		return x.enter(ctx, id, scope, to)
	}
	space, err := x.space(ctx, scope, to.owner)
	if err != nil {
		return err
	}
	if !reflect.DeepEqual(from.keys, to.keys) {
		if err := x.enterKeys(ctx, deleteKeys, id, space, from); err != nil {
			return err
		}
		if err := x.enterKeys(ctx, insertKeys, id, space, to); err != nil {
			return err
		}
	}
	from.keys, to.keys = nil, nil
	if reflect.DeepEqual(from, to) {
		return nil
	}
	if err := x.leaveWords(ctx, id, space, from); err != nil {
		return err
	}
	return x.enterWords(ctx, id, space, to)
}

func (x *index) enterWords(ctx context.Context, id, space int64, e entry) error {
	p := spacePrefix(space)
	if _, err := x.tx.ExecContext(ctx, insertSearch, id, p.all(e.words), p.all(e.notes), p.all(e.marks)); err != nil {
		return err
	}
	for _, t := range e.tallies {
		if _, err := x.tx.ExecContext(ctx, addTally, space, t.Kind, t.Value, e.audience, id); err != nil {
			return err
		}
	}
	return nil
}

func (x *index) leaveWords(ctx context.Context, id, space int64, e entry) error {
	if _, err := x.tx.ExecContext(ctx, deleteSearch, id); err != nil {
		return err
	}
	for _, t := range e.tallies {
		for _, q := range []string{takeTally, dropTally} {
			if _, err := x.tx.ExecContext(ctx, q, space, t.Kind, t.Value, e.audience); err != nil {
				return err
			}
		}
	}
	return nil
}

func (x *index) enterKeys(ctx context.Context, query string, id, space int64, e entry) error {
	if len(e.keys) == 0 {
		return nil
	}
	list, err := json.Marshal(e.keys)
	if err != nil {
		return err
	}
	_, err = x.tx.ExecContext(ctx, query, space, id, string(list))
	return err
}

// prefix begins every token of a space: its number and a letter, so that no number begins another.
type prefix string

func spacePrefix(space int64) prefix { return prefix(strconv.FormatInt(space, 10) + "q") }

// all puts the prefix before each token of a list with blanks between.
func (p prefix) all(tokens string) string {
	if tokens == "" {
		return ""
	}
	return string(p) + strings.ReplaceAll(tokens, " ", " "+string(p))
}
