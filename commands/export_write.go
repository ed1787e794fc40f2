package commands

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"slices"

	"seedbank/bot"
	"seedbank/db"
	"seedbank/exchange"
)

// exporting is an export under way.
type exporting struct {
	history   *db.Store
	view      db.View
	query     db.Query
	format    string
	everyones bool   // all that everyone of the server sees, recipes and who starred included
	member    string // who asked for it
	guild     string
	from      exchange.Origin
}

// exported is what was written, and what had to stay out of it because it would have been too large.
type exported struct {
	cards, recipes int
	last           int64 // number of the last card
	without        shortening
	files          int
}

// shortening says how much is left out of a file, the least useful first.
type shortening int

const (
	nothing shortening = iota
	sheets             // the small copies of pictures
	sources            // these, and what the service said
)

// fit writes the cards in full or, when that is too much for one file, without what weighs most: a JSON file that brings
// everything else back is worth more than none. errFull when it is too much all the same.
func (e *exporting) fit(ctx context.Context, file *os.File, most int64) (exported, error) {
	last := nothing
	if e.format == formatJSON {
		last = sources
	}
	for without := nothing; ; without++ {
		done, more, err := e.write(ctx, file, most, without, section{most: e.mostCards()})
		if err == nil && more {
			err = errFull
		}
		if err == nil || !errors.Is(err, errFull) || without == last {
			return done, err
		}
	}
}

// mostCards is how many cards a file may hold: no more than are read of it.
func (e *exporting) mostCards() int {
	if e.format == formatJSON {
		return exchange.MaxCards
	}
	return math.MaxInt
}

func rewind(file *os.File) error {
	_, err := file.Seek(0, io.SeekStart)
	return err
}

// cardWriter writes cards in one format.
type cardWriter interface {
	Card(r exchange.Record) error
	End() error
}

func (e *exporting) newWriter(ctx context.Context, to io.Writer) (cardWriter, error) {
	switch e.format {
	case formatCSV:
		return exchange.NewCSV(to)
	case formatJSON:
		from := e.from
		if e.everyones {
			var err error
			if from.Last, err = e.history.LastNumber(ctx, e.view.Scope); err != nil {
				return nil, err
			}
		}
		return exchange.NewJSON(to, from)
	case formatMarkdown:
		return exchange.NewMarkdown(to, markdownWords(e.guild, e.from.At))
	}
	return nil, bot.Refuse(textNoChoice)
}

// section is a part of the cards: those behind a number, and no more than some. A card that goes meanwhile leaves the
// others where they are.
type section struct {
	after int64
	most  int
}

// write fills a file, and tells whether there are more cards behind the section. Where the file cannot hold them, it says
// how many it holds, and errFull.
func (e *exporting) write(ctx context.Context, file *os.File, most int64, without shortening, of section) (done exported, more bool, err error) {
	done = exported{without: without, files: 1}
	if err := errors.Join(file.Truncate(0), rewind(file)); err != nil {
		return done, false, fmt.Errorf("export: %w", err)
	}
	w, err := e.newWriter(ctx, &counted{w: file, most: most})
	if err != nil {
		return done, false, err
	}
	for card, err := range e.history.Export(ctx, e.view, e.query) {
		if err != nil {
			return done, false, err
		}
		if card.Number <= of.after {
			continue
		}
		if more = done.cards == of.most; more {
			break
		}
		r := exchange.RecordOf(card)
		if e.format == formatJSON {
			if err := e.hang(ctx, &r, card, without); err != nil {
				return done, false, err
			}
		}
		if err := w.Card(r); err != nil {
			return done, false, err
		}
		done.cards, done.last = done.cards+1, card.Number
	}
	if j, ok := w.(*exchange.JSONWriter); ok && e.everyones {
		if done.recipes, err = e.writeRecipes(ctx, j); err != nil {
			return done, false, err
		}
	}
	return done, more, w.End()
}

// hang puts into a record what hangs on its card. Who else starred it, and where else it was posted, is told to who
// manages the server alone.
func (e *exporting) hang(ctx context.Context, r *exchange.Record, card db.Card, without shortening) error {
	var stars []db.Star
	var places []db.Place
	var sheet []byte
	var err error
	if card.Stars > 0 {
		if stars, err = e.history.StarredBy(ctx, e.view, card.Number); err != nil {
			return err
		}
	}
	if e.everyones {
		if places, err = e.history.Places(ctx, e.view, card.Number, mostPlaces); err != nil {
			return err
		}
	} else {
		stars = slices.DeleteFunc(stars, func(s db.Star) bool { return s.Member != e.member })
	}
	if card.Sheet && without < sheets {
		if sheet, err = e.history.Sheet(ctx, e.view, card.Number); err != nil && !errors.Is(err, db.ErrNotFound) {
			return err
		}
	}
	if without >= sources {
		r.Raw = ""
	}
	r.Hang(stars, places, sheet)
	return nil
}

// mostPlaces bounds the messages that are told of one card.
const mostPlaces = 100

func (e *exporting) writeRecipes(ctx context.Context, w *exchange.JSONWriter) (recipes int, err error) {
	names, err := e.history.RecipeNames(ctx, e.view.Scope)
	if err != nil {
		return 0, err
	}
	for _, name := range names {
		revisions, err := e.history.RecipeRevisions(ctx, e.view.Scope, name)
		if err != nil {
			return recipes, err
		}
		if len(revisions) == 0 { // it was deleted or renamed meanwhile
			continue
		}
		if err := w.Recipe(exchange.RecipeOf(revisions)); err != nil {
			return recipes, err
		}
		recipes++
	}
	return recipes, nil
}

// errFull says that an exported file has become too large.
var errFull = errors.New("the file is full")

// counted is a writer with an end.
type counted struct {
	w    io.Writer
	most int64
	n    int64
}

// Write is io.Writer's.
func (c *counted) Write(p []byte) (int, error) {
	if c.n += int64(len(p)); c.n > c.most {
		return 0, errFull
	}
	return c.w.Write(p)
}
