package db

import (
	"context"
	"database/sql"
	"errors"
)

// numbering gives imported cards their numbers.
type numbering struct {
	own       bool  // see Load
	keepsFree bool  // a card keeps a number that was never given
	before    int64 // the last one given before the import
	last      int64
	reserved  int64           // given where the cards come from, though not to one of them
	given     map[int64]int64 // by the number a card came with
	taken     map[int64]bool  // by a card that keeps it
}

func newNumbering(ctx context.Context, tx *sql.Tx, scope string, l Load) (*numbering, error) {
	n := &numbering{own: l.Own, keepsFree: l.Own, given: map[int64]int64{}, taken: map[int64]bool{}}
	if l.Own && l.Last <= maxNumber {
		n.reserved = l.Last
	}
	err := tx.QueryRowContext(ctx, lastNumber, text(scope)).Scan(&n.before)
	if errors.Is(err, sql.ErrNoRows) { // no card ever had a number
		n.keepsFree, err = true, nil
	}
	n.last = n.before
	return n, err
}

// keeps tells whether a card keeps its number. Of several with the same, the first does.
func (n *numbering) keeps(number int64) bool {
	if !n.keepsFree || number <= n.before || n.taken[number] {
		return false
	}
	n.taken[number] = true
	return true
}

// give is the number of the next card. Those that keep theirs come first, the smallest number before.
func (n *numbering) give(came int64) int64 {
	if n.taken[came] && came > n.last {
		n.last = came
	} else {
		n.last = max(n.last, n.reserved) + 1
	}
	if _, ok := n.given[came]; !ok {
		n.known(came, n.last)
	}
	return n.last
}

// parent is the number here of the card that a child was made from; 0 for unknown. In a history that comes back, a
// parent may be missing, such as a private one; its number is nobody else's.
func (n *numbering) parent(came, child int64) int64 {
	if here, ok := n.given[came]; ok {
		return here
	}
	if n.own && came > n.before && came < child {
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

// newest is the newest card that an imported one can be the same as by seed and prompt. A history that comes back may
// hold the same twice, and keeps both; of other lists, one is enough.
func (n *numbering) newest() int64 {
	if n.own {
		return n.before
	}
	return n.last
}
