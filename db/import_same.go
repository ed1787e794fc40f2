package db

import (
	"context"
	"database/sql"
	"errors"
)

// A card of another job is another card, though seed and prompt are the same: who orders a picture twice has two. So is
// one that others see, since its note is not the private one's. Takes the eyes; behind all that the numbers up to which
// it may be, and between which it may not.
const sameSeedWith = `SELECT card.number FROM card INDEXED BY card_seed
	WHERE card.scope = ?1 AND card.owner = ?4 AND` + inSight + `AND card.seed = ?5
	AND card.prompt = ?6 AND (card.job = '' OR ?7 = '') AND card.number <= ?8 AND (card.number <= ?9 OR card.number > ?10) LIMIT 1`

// sameAs is the number of the card here that an imported one is, or 0. A history that comes back may hold the same
// twice, and keeps both: there, cards that keep their numbers are told apart by these. Of other lists, one is enough.
func (n *numbering) sameAs(ctx context.Context, e eyes, c Card, keeps bool) (int64, error) {
	newest, except := n.last, backNumbers{}
	if n.own {
		newest = n.before
	}
	if n.own && keeps {
		except = n.back
	}
	var beside []int64
	for {
		known, err := knownCard(ctx, n.tx, e, c, beside)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return n.sameSeed(ctx, e, c, newest, except)
		case err != nil:
			return 0, err
		case !n.own || !keeps || known.Number <= newest && !except.has(known.Number):
			return known.Number, nil
		}
		beside = append(beside, known.Number)
	}
}

func (n *numbering) sameSeed(ctx context.Context, e eyes, c Card, newest int64, except backNumbers) (number int64, err error) {
	err = n.tx.QueryRowContext(ctx, sameSeedWith, e.args(owner(c.Private, e.Member), c.Seed, text(c.Prompt), text(c.Job), newest,
		except.after, except.upTo)...).Scan(&number)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return number, err
}
