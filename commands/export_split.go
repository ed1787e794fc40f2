package commands

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"seedbank/bot"
	"seedbank/exchange"
)

// mostFiles is how many files are handed over at most: somebody has to import them one by one.
const mostFiles = 10

// pack writes the cards into one file of a folder or, as JSON, into several, each of which can be imported by itself, in
// any order. What weighs most stays out where there is no room for it.
func (e *exporting) pack(ctx context.Context, folder string, most int64) (files []string, done exported, err error) {
	whole := filepath.Join(folder, "whole")
	if done, err = e.fitInto(ctx, whole, most); !errors.Is(err, errFull) {
		return []string{whole}, done, err
	}
	fitted := done.cards
	for without := nothing; without <= sources && e.format == formatJSON; without++ {
		if files, done, err = e.split(ctx, folder, most, without); !errors.Is(err, errFull) {
			return files, done, err
		}
	}
	return nil, exported{}, bot.Refuse(textExportTooLarge(fitted))
}

func (e *exporting) fitInto(ctx context.Context, path string, most int64) (done exported, err error) {
	file, err := os.Create(path)
	if err != nil {
		return exported{}, fmt.Errorf("export: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	return e.fit(ctx, file, most)
}

// split writes the cards into as many files as it takes; errFull when those are too many. All recipes are in each.
func (e *exporting) split(ctx context.Context, folder string, most int64, without shortening) (files []string, done exported, err error) {
	done.without = without
	of := section{most: exchange.MaxCards}
	for more := true; more; {
		if len(files) == mostFiles {
			return nil, done, errFull
		}
		path := filepath.Join(folder, strconv.Itoa(len(files)+1))
		var part exported
		if part, more, err = e.section(ctx, path, most, without, &of); err != nil {
			return nil, done, err
		}
		files = append(files, path)
		done.cards, done.recipes = done.cards+part.cards, part.recipes
	}
	done.files = len(files)
	return files, done, nil
}

// section fills a file with as many of the cards as it holds, and goes on to those behind them. The files after it will
// hold about as many.
func (e *exporting) section(
	ctx context.Context, path string, most int64, without shortening, of *section,
) (done exported, more bool, err error) {
	file, err := os.Create(path)
	if err != nil {
		return exported{}, false, fmt.Errorf("export: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	for {
		done, more, err = e.write(ctx, file, most, without, *of)
		if !errors.Is(err, errFull) {
			of.after = done.last
			return done, more, err
		}
		if done.cards < of.most {
			of.most = done.cards
		} else { // it is what follows the cards
			of.most -= max(of.most/10, 1)
		}
		if of.most <= 0 {
			return done, false, err
		}
	}
}
