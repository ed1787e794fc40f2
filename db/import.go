package db

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"
	"unicode/utf8"
)

// Bounds of an imported card.
const (
	maxImportText = 20_000  // characters of a prompt
	maxImportJSON = 1 << 20 // bytes of Parameters and Raw
)

// ImportResult is what became of imported cards.
type ImportResult struct {
	Added, Known int
	Rejected     []Rejected
}

// Rejected is a card that was not imported, and why, in a sentence to show.
type Rejected struct {
	Index  int // in what was given
	Reason string
}

const (
	lastNumber   = `SELECT last FROM scope WHERE scope = ?`
	reserveUpTo  = `INSERT INTO scope (scope, last) VALUES (?1, ?2) ON CONFLICT (scope) DO UPDATE SET last = max(last, excluded.last)`
	sameSeedWith = `SELECT card.number FROM card WHERE card.scope = ?1 AND` + visible + `AND card.seed = ?3 AND card.prompt = ?4 LIMIT 1`
)

// Import brings cards of another history, or of this one, into the view's scope: all in one transaction, so an error
// leaves the history as it was. Cards that are known, by their job or by seed and prompt, are counted and left as they
// are; those that cannot be kept are rejected. The others keep what they say, but
//
//   - they get the next numbers, in the order given; in a scope that never had a card they keep theirs;
//   - a seed without a source is Imported, and so is one of Midjourney's without a job;
//   - who made a card private must be the view's member;
//   - no message shows them, and no picture of theirs stands anywhere: those may be another server's. What pictures are
//     found by stays. Stars and sheets do not come along.
//
// Whether the member may speak for other askers is for the caller to know.
func (s *Store) Import(ctx context.Context, v View, cards []Card) (ImportResult, error) {
	if v.Scope == "" {
		return ImportResult{}, errors.New("import cards: they name no scope")
	}
	var result ImportResult
	err := s.change(ctx, func(tx *sql.Tx) (err error) {
		result, err = importAll(ctx, tx, v, cards)
		return err
	})
	if err != nil {
		return ImportResult{}, wrap(err, "import cards")
	}
	return result, nil
}

func importAll(ctx context.Context, tx *sql.Tx, v View, cards []Card) (ImportResult, error) {
	var result ImportResult
	var list []incoming
	for i, c := range cards {
		c, reason := arriving(v, c)
		if reason != "" {
			result.Rejected = append(result.Rejected, Rejected{i, reason})
			continue
		}
		list = append(list, incoming{c, i})
	}
	numbers, err := newNumbering(ctx, tx, v.Scope)
	if err != nil {
		return ImportResult{}, err
	}
	if numbers.empty { // ids have to grow with numbers
		slices.SortStableFunc(list, func(a, b incoming) int {
			return cmp.Or(boolCompare(a.card.Number == 0, b.card.Number == 0), cmp.Compare(a.card.Number, b.card.Number))
		})
	}
	x := newIndex(tx)
	for _, in := range list {
		known, err := sameAs(ctx, tx, v, in.card)
		if err != nil {
			return ImportResult{}, err
		}
		if known > 0 {
			numbers.given[in.card.Number] = known
			result.Known++
			continue
		}
		c := in.card
		c.Number = numbers.give(in.card.Number)
		c.Parent = numbers.given[c.Parent]
		if _, err := insert(ctx, x, "", c); err != nil {
			return ImportResult{}, fmt.Errorf("card %d of %d: %w", in.index+1, len(cards), err)
		}
		result.Added++
	}
	if result.Added == 0 {
		return result, nil
	}
	_, err = tx.ExecContext(ctx, reserveUpTo, text(v.Scope), numbers.last)
	return result, err
}

// incoming is a card with its place in what was given.
type incoming struct {
	card  Card
	index int
}

// numbering gives imported cards their numbers.
type numbering struct {
	empty bool // no card ever had one
	last  int64
	given map[int64]int64 // by the number a card came with
}

func newNumbering(ctx context.Context, tx *sql.Tx, scope string) (*numbering, error) {
	n := &numbering{given: map[int64]int64{}}
	err := tx.QueryRowContext(ctx, lastNumber, text(scope)).Scan(&n.last)
	if errors.Is(err, sql.ErrNoRows) {
		n.empty, err = true, nil
	}
	return n, err
}

func (n *numbering) give(came int64) int64 {
	if n.empty && came > n.last {
		n.last = came
	} else {
		n.last++
	}
	if _, ok := n.given[came]; !ok {
		n.given[came] = n.last
	}
	delete(n.given, 0) // no number
	return n.last
}

func boolCompare(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// sameAs is the number of the card that is known already, or 0.
func sameAs(ctx context.Context, tx *sql.Tx, v View, c Card) (int64, error) {
	known, err := knownCard(ctx, tx, c)
	if errors.Is(err, sql.ErrNoRows) {
		err = tx.QueryRowContext(ctx, sameSeedWith, text(v.Scope), owner(c.Private, v.Member), c.Seed, text(c.Prompt)).Scan(&known.Number)
	}
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return known.Number, err
}

// arriving is a card as it may be kept here, or the reason why it may not.
func arriving(v View, c Card) (_ Card, reason string) {
	if c.Private && (c.Asker != v.Member || v.Member == "") {
		return Card{}, "It is a private card of another member."
	}
	if utf8.RuneCountInString(c.Prompt) > maxImportText || utf8.RuneCountInString(c.Typed) > maxImportText {
		return Card{}, fmt.Sprintf("Its prompt is longer than %d characters.", maxImportText)
	}
	for _, raw := range []*json.RawMessage{&c.Parameters, &c.Raw} {
		if len(*raw) > maxImportJSON || len(*raw) > 0 && !json.Valid(*raw) {
			return Card{}, "What it says of its job or its parameters is too long or no JSON."
		}
		if string(bytes.TrimSpace(*raw)) == "null" { // how JSON writes none
			*raw = nil
		}
	}
	var err error
	if c.Tags, err = normalTags(c.Tags); err == nil {
		c.Note, err = normalNote(c.Note)
	}
	if err != nil {
		return Card{}, err.Error()
	}
	switch c.Source {
	case Prompt, Pasted, Imported:
	case Midjourney:
		if c.Job == "" {
			c.Source = Imported
		}
	default:
		c.Source = Imported
	}
	if c.Number < 0 || c.Number > maxNumber {
		c.Number = 0
	}
	if now := time.Now(); c.Created.After(now) { // lists and retention go by it
		c.Created = now
	}
	c.Scope, c.Message = v.Scope, ""
	c.Stars, c.Starred, c.Sheet = 0, false, false
	c.Pictures = slices.Clone(c.Pictures)
	for i := range c.Pictures {
		p := &c.Pictures[i]
		p.Channel, p.Message, p.Attachment = "", "", ""
	}
	return c, ""
}
