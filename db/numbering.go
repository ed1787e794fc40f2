package db

import (
	"context"
	"database/sql"
	"errors"
)

const (
	selectNumbers = `SELECT last, back_after, back_upto FROM scope WHERE scope = ?`
	// Takes the scope, the last number, and which numbers came back.
	reserveUpTo = `INSERT INTO scope (scope, last, back_after, back_upto) VALUES (?1, ?2, ?3, ?4)
	ON CONFLICT (scope) DO UPDATE SET last = max(last, excluded.last), back_after = excluded.back_after, back_upto = excluded.back_upto`
)

// numbering gives imported cards their numbers.
type numbering struct {
	tx        *sql.Tx
	scope     string
	own, here bool            // see Load
	keepsFree bool            // a card keeps a number that is higher than all that were given
	back      backNumbers     // by earlier imports
	before    int64           // the last one given before the import
	last      int64           // and by now
	reserved  int64           // given where the cards come from, though not to one of them
	highest   int64           // that a card keeps
	given     map[int64]int64 // by the number a card came with
	kept      map[int64]int64 // ids of the cards that keep theirs, by number
	fresh     map[int64]bool  // numbers that cards came with which are new
}

// backNumbers are the numbers that mean what they meant in a history that was lost.
type backNumbers struct{ after, upTo int64 }

func (b backNumbers) has(number int64) bool { return number > b.after && number <= b.upTo }

func newNumbering(ctx context.Context, tx *sql.Tx, scope string, l Load) (*numbering, error) {
	n := &numbering{
		tx: tx, scope: scope, own: l.Own, here: l.Own || l.Here, keepsFree: l.Own, given: map[int64]int64{}, kept: map[int64]int64{}, fresh: map[int64]bool{},
	}
	if l.Own && l.Last <= maxNumber {
		n.reserved = l.Last
	}
	err := tx.QueryRowContext(ctx, selectNumbers, text(scope)).Scan(&n.before, &n.back.after, &n.back.upTo)
	if errors.Is(err, sql.ErrNoRows) { // no card ever had a number
		n.keepsFree, err = true, nil
	}
	n.last = n.before
	return n, err
}

// keeps tells whether a card keeps its number. Of several with the same, the first does. A number that came back, and
// that no card has, is for a card that comes back too: of everyone's on the word of who may speak for them, of a
// private one on its member's.
func (n *numbering) keeps(ctx context.Context, c Card) (bool, error) {
	if _, twice := n.kept[c.Number]; twice || c.Number == 0 {
		return false, nil
	}
	id, ok := int64(newestID), n.keepsFree && c.Number > n.before
	if !ok && n.back.has(c.Number) && (n.own || n.here && c.Private) {
		var err error
		if id, ok, err = roomFor(ctx, n.tx, n.scope, c.Number); err != nil {
			return false, err
		}
	}
	if ok {
		n.kept[c.Number], n.highest = id, max(n.highest, c.Number)
	}
	return ok, nil
}

// give is the number of the next card, and its id. Those that keep theirs come first, the smallest number before.
func (n *numbering) give(came int64, keeps bool) (number, id int64) {
	if keeps {
		number, id = came, n.kept[came]
	} else {
		number, id = max(n.last, n.reserved)+1, newestID
	}
	n.last, n.fresh[came] = max(n.last, number), true
	if _, ok := n.given[came]; !ok {
		n.known(came, number)
	}
	return number, id
}

// parent is the number here of the card that a child was made from; 0 for unknown. In a history that comes back, a
// parent may be missing, such as a private one, or come with another part; its number is nobody else's.
func (n *numbering) parent(came, child int64) int64 {
	if here, ok := n.given[came]; ok {
		return here
	}
	if came < child && (n.own && came > n.before || n.here && n.back.has(came)) {
		return came
	}
	return 0
}

// known notes under which number here a card is known.
func (n *numbering) known(came, here int64) {
	if came > 0 {
		n.given[came] = here
	}
}

// reserve notes which numbers were given by now, and which came back: all that were passed over on the way up to the
// last, as long as nothing else was given one of them.
func (n *numbering) reserve(ctx context.Context) error {
	back := n.back
	upTo := max(n.reserved, n.highest)
	switch {
	case !n.here || !n.keepsFree || upTo <= n.before:
	case back.upTo == 0:
		back = backNumbers{n.before, upTo}
	case n.before <= back.upTo:
		back.upTo = upTo
	}
	_, err := n.tx.ExecContext(ctx, reserveUpTo, text(n.scope), max(n.last, n.reserved), back.after, back.upTo)
	return err
}
