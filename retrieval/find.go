package retrieval

import (
	"cmp"
	"context"
	"fmt"
	"image"
	"os"
	"slices"

	"seedbank/db"
	"seedbank/picture"
)

// How a picture was recognised, surest first.
const (
	ByMetadata = "metadata" // what we wrote into the file names the card
	ByFile     = "file"     // it is, byte for byte, a picture that was posted with the card
	ByPicture  = "picture"  // it looks like one: Distance says how much
)

// Match is a card that shows a picture.
type Match struct {
	Card     db.Card
	Position int    // of the picture in the card, 1 for the first; 0 when unknown, and for a grid of them
	How      string // ByMetadata, ByFile or ByPicture
	Distance int    // of ByPicture: bits that differ, 0 for the same look, picture.NearDistance at most
}

const (
	mostSought  = 4 // pictures of a message that are looked at
	mostMatches = 5 // cards that one picture can be
)

// FindPicture downloads pictures, at most four, by the rules for those of answers, and finds the view's cards that
// show them: each card once, the surest first, and of those that only look alike the nearest. None is no error; an
// error says that it could not be told.
func (s *Service) FindPicture(ctx context.Context, v db.View, urls []string) ([]Match, error) {
	var addresses [][]string
	for _, u := range urls[:min(len(urls), mostSought)] {
		addresses = append(addresses, []string{u})
	}
	set := s.pictures.fetch(ctx, addresses, mostBytes, nil)
	defer set.remove()
	var found []Match
	var missing Missing
	looked := 0
	for _, p := range set.pictures {
		if p.Missing != "" {
			missing = p.Missing
			continue
		}
		looked++
		matches, err := s.findOne(ctx, v, p)
		if err != nil {
			return nil, fmt.Errorf("find the card of a picture: %w", err)
		}
		found = append(found, matches...)
	}
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("find the card of a picture: %w", err)
	}
	if looked == 0 && missing != "" {
		return nil, fmt.Errorf("find the card of a picture: it cannot be had: %s", missing)
	}
	return surest(found), nil
}

// findOne finds the cards of a picture in the surest way that finds any.
func (s *Service) findOne(ctx context.Context, v db.View, p Picture) ([]Match, error) {
	m, labelled, err := s.findLabel(ctx, v, p)
	if err != nil || labelled {
		return []Match{m}, err
	}
	var whole uint64
	var quarters [4]uint64
	err = s.decoder.decode(p.Path, func(img image.Image) { whole, quarters = picture.Hash(img), picture.Quarters(img) })
	if err != nil {
		s.log.Debug("a picture was not looked at", "err", err)
	}
	alike, err := s.store.CardsOfPicture(ctx, v, p.SHA256, whole, picture.NearDistance, mostMatches)
	if err != nil {
		return nil, err
	}
	var found []Match
	for _, a := range alike {
		m := Match{Card: a.Card, Position: a.Position, How: ByPicture, Distance: a.Distance}
		if a.Exact {
			m.How, m.Distance = ByFile, 0
		}
		found = append(found, m)
	}
	if len(found) > 0 {
		return found, nil
	}
	return s.findGrid(ctx, v, quarters)
}

// findGrid finds the cards whose pictures stand together in one, each in its place. Three of four have to.
func (s *Service) findGrid(ctx context.Context, v db.View, quarters [4]uint64) ([]Match, error) {
	var found []Match
	shown := map[int64]int{} // how many of a card's pictures
	for i, hash := range quarters {
		if hash == 0 {
			continue
		}
		alike, err := s.store.CardsOfPicture(ctx, v, "", hash, picture.NearDistance, mostMatches)
		if err != nil {
			return nil, err
		}
		for _, a := range alike {
			if a.Position != i+1 {
				continue
			}
			if shown[a.Card.Number]++; shown[a.Card.Number] == 3 {
				found = append(found, Match{Card: a.Card, How: ByPicture, Distance: a.Distance})
			}
		}
	}
	return found, nil
}

// findLabel reads what we wrote into the file. Anybody can write that, and another server has other cards under the
// same numbers, so the card must be there and its seed must agree.
func (s *Service) findLabel(ctx context.Context, v db.View, p Picture) (Match, bool, error) {
	file, err := os.Open(p.Path)
	if err != nil {
		return Match{}, false, fmt.Errorf("open a spooled picture: %w", err)
	}
	defer func() { _ = file.Close() }()
	texts, err := picture.ReadText(file)
	if err != nil {
		return Match{}, false, nil // damaged, for which there are the other ways
	}
	label, ours := picture.LabelOf(texts)
	if !ours {
		return Match{}, false, nil
	}
	card, err := s.store.Card(ctx, v, label.Card)
	switch {
	case isNotFound(err):
		return Match{}, false, nil
	case err != nil:
		return Match{}, false, err
	case card.Seed != label.Seed || card.Prompt != label.Prompt:
		return Match{}, false, nil
	}
	m := Match{Card: card, How: ByMetadata}
	for _, known := range card.Pictures {
		if known.SHA256 == p.SHA256 { // not only what is written in it: the file itself
			m.How, m.Position = ByFile, known.Position
		}
	}
	return m, true, nil
}

// surest puts the surest first and leaves each card once.
func surest(found []Match) []Match {
	rank := map[string]int{ByFile: 0, ByMetadata: 1, ByPicture: 2}
	slices.SortStableFunc(found, func(a, b Match) int {
		return cmp.Or(cmp.Compare(rank[a.How], rank[b.How]), cmp.Compare(a.Distance, b.Distance))
	})
	seen := map[int64]bool{}
	return slices.DeleteFunc(found, func(m Match) bool {
		again := seen[m.Card.Number]
		seen[m.Card.Number] = true
		return again
	})
}
