package db

import (
	"cmp"
	"context"
	"encoding/json"
	"math/bits"
	"slices"
	"strings"
)

// Takes the spaces and the keys.
const picturesOfKeys = `SELECT picture_key.card, picture_key.position, picture_key.hash, picture_key.key
	FROM json_each(?1) AS spaces CROSS JOIN json_each(?2) AS keys CROSS JOIN picture_key
	ON picture_key.space = spaces.value AND picture_key.key = keys.value`

// PictureMatch is a card that has a picture like the one looked for.
type PictureMatch struct {
	Card     Card
	Position int  // of the picture
	Exact    bool // it is the same file
	Distance int  // how many of the 64 bits of the perceptual hashes differ; 0 for the same file
}

// CardsOfPicture finds the view's cards that have a picture: those with the very file, by its SHA-256 in hex, first;
// then those whose perceptual hash differs in no more than maxDistance bits, the nearest first. maxDistance is at most
// MaxDistance; below 0 only the file is looked for. A card comes once, newer ones before older ones. Hash 0 and SHA-256
// "" are none.
func (s *Store) CardsOfPicture(ctx context.Context, v View, sha256 string, hash uint64, maxDistance, limit int) ([]PictureMatch, error) {
	list, err := s.cardsOfPicture(ctx, v, strings.ToLower(strings.TrimSpace(sha256)), hash, min(maxDistance, MaxDistance),
		min(or(limit, defaultPage), maxPage))
	return list, wrap(err, "find a picture")
}

func (s *Store) cardsOfPicture(ctx context.Context, v View, sha256 string, hash uint64, most, limit int) ([]PictureMatch, error) {
	var keys []int64
	if most >= 0 {
		keys = hashKeys(hash, most/hashParts)
	}
	if key, ok := fileKey(sha256); ok {
		keys = append(keys, key)
	}
	spaces, _, err := s.spaces(ctx, v)
	if err != nil || len(keys) == 0 {
		return nil, err
	}
	candidates, err := s.candidates(ctx, spaces, keys, hash, most)
	if err != nil {
		return nil, err
	}
	ids := make([]int64, 0, len(candidates))
	for _, c := range candidates {
		ids = append(ids, c.card)
	}
	if ids, err = s.visibleOf(ctx, v, ids); err != nil {
		return nil, err
	}
	// A file's key says nothing for sure, so a few more are read than may be shown.
	ids = ids[:min(len(ids), limit+maxForged)]
	cards, found, err := s.cardsOf(ctx, wholeOfIDs, v, ids)
	if err != nil {
		return nil, err
	}
	var list []PictureMatch
	for i, c := range cards {
		at := slices.IndexFunc(candidates, func(k candidate) bool { return k.card == found[i] })
		if m, ok := candidates[at].match(c, sha256); ok {
			list = append(list, m)
		}
	}
	return list[:min(len(list), limit)], nil
}

// maxForged is how many cards with a file's key but not the file may stand in the way of others: who imports cards can
// make such.
const maxForged = 50

// candidate is the picture of a card that comes nearest.
type candidate struct {
	card     int64
	position int
	file     bool // by the file's key
	distance int
}

func (s *Store) candidates(ctx context.Context, spaces, keys []int64, hash uint64, most int) ([]candidate, error) {
	where, err := json.Marshal(spaces)
	if err != nil {
		return nil, err
	}
	what, err := json.Marshal(keys)
	if err != nil {
		return nil, err
	}
	rows, err := s.read.QueryContext(ctx, picturesOfKeys, string(where), string(what))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	best := map[int64]candidate{}
	for rows.Next() {
		var c candidate
		var theirs, key int64
		if err := rows.Scan(&c.card, &c.position, &theirs, &key); err != nil {
			return nil, err
		}
		if c.file = key < 0; !c.file {
			c.distance = bits.OnesCount64(hash ^ uint64(theirs))
		}
		if was, ok := best[c.card]; (c.file || c.distance <= most) && (!ok || c.compare(was) < 0) {
			best[c.card] = c
		}
	}
	list := make([]candidate, 0, len(best))
	for _, c := range best {
		list = append(list, c)
	}
	slices.SortFunc(list, candidate.compare)
	return list, rows.Err()
}

// compare puts files before look-alikes, nearer ones before others, then newer ones.
func (c candidate) compare(o candidate) int {
	if c.file != o.file {
		if c.file {
			return -1
		}
		return 1
	}
	return cmp.Or(cmp.Compare(c.distance, o.distance), cmp.Compare(o.card, c.card), cmp.Compare(c.position, o.position))
}

// match compares the whole SHA-256.
func (c candidate) match(card Card, sha256 string) (PictureMatch, bool) {
	m := PictureMatch{Card: card, Position: c.position, Exact: c.file, Distance: c.distance}
	if !c.file {
		return m, true
	}
	for _, p := range card.Pictures {
		if strings.EqualFold(p.SHA256, sha256) {
			m.Position = p.Position
			return m, true
		}
	}
	return PictureMatch{}, false
}
