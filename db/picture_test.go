package db

import (
	"encoding/json"
	"fmt"
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAPictureInJSON(t *testing.T) {
	t.Parallel()
	p := Picture{Position: 1, Name: "a.png", SHA256: "ab", Hash: 1<<63 | 7}
	b, err := json.Marshal(p)
	require.NoError(t, err)
	require.Contains(t, string(b), `"hash":"8000000000000007"`)
	var back Picture
	require.NoError(t, json.Unmarshal(b, &back))
	require.Equal(t, p, back)
	b, err = json.Marshal([]Picture{{Position: 2}})
	require.NoError(t, err)
	require.NotContains(t, string(b), "hash")
	for _, odd := range []string{`{"hash":"x"}`, `{"hash":""}`, `{}`} {
		back = Picture{Hash: 9}
		require.NoError(t, json.Unmarshal([]byte(odd), &back))
		require.Zero(t, back.Hash)
	}
	require.Error(t, json.Unmarshal([]byte(`{"hash":5}`), &back))
}

// Every distance is compared with a plain loop.
func TestPicturesNearEnoughAreFound(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	random := rand.New(rand.NewPCG(5, 6))
	var hashes []uint64
	base := []uint64{random.Uint64(), random.Uint64(), 0xFFFF_FFFF_0000_0000}
	var cards []Card
	for i := range 80 {
		h := base[i%len(base)]
		for range random.IntN(16) {
			h ^= 1 << random.IntN(64)
		}
		hashes = append(hashes, h)
		c := cardOf(fmt.Sprint("j", i), asker)
		c.Pictures = []Picture{{Position: 1, Missing: "gone"}, {Position: 2, Hash: h, SHA256: fmt.Sprintf("%064X", i+1)}}
		cards = append(cards, c)
	}
	keepCards(t, s, cards)
	for _, most := range []int{-1, 0, 1, 3, 4, 7, 8, 11, 64} {
		for _, look := range append(base, hashes[:4]...) {
			var want []int
			for _, h := range hashes {
				if d := bits.OnesCount64(h ^ look); d <= min(most, MaxDistance) {
					want = append(want, d)
				}
			}
			slices.Sort(want)
			matches, err := s.CardsOfPicture(t.Context(), by(colleague), "", look, most, 1000)
			require.NoError(t, err)
			var got []int
			for _, m := range matches {
				require.False(t, m.Exact)
				require.Equal(t, 2, m.Position)
				require.Equal(t, m.Distance, bits.OnesCount64(look^m.Card.Pictures[1].Hash))
				got = append(got, m.Distance)
			}
			require.Equal(t, want, got, "within %d", most)
		}
	}
}

func TestTheVeryFileComesFirst(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	file := "00ff" + fmt.Sprintf("%060x", 1)
	for i, p := range [][]Picture{
		{{Position: 1, SHA256: file, Hash: 0xF0}},
		{{Position: 1, Hash: 0xFF}, {Position: 2, Hash: 0xFE}},
		{{Position: 1, SHA256: "00ff" + fmt.Sprintf("%060x", 2)}}, // its key is the same
		{{Position: 3, SHA256: file}},
		{{Position: 1, Hash: 0xF0F}},
	} {
		c := cardOf(fmt.Sprint("j", i), asker)
		c.Pictures = p
		keepCard(t, s, c)
	}
	type match struct {
		number             int64
		position, distance int
		exact              bool
	}
	look := func(sha256 string, hash uint64, most, limit int) (list []match) {
		matches, err := s.CardsOfPicture(t.Context(), by(colleague), sha256, hash, most, limit)
		require.NoError(t, err)
		for _, m := range matches {
			require.NotEmpty(t, m.Card.Raw, "cards come whole")
			list = append(list, match{m.Card.Number, m.Position, m.Distance, m.Exact})
		}
		return list
	}
	require.Equal(t, []match{{4, 3, 0, true}, {1, 1, 0, true}, {2, 1, 0, false}, {5, 1, 8, false}}, look(file, 0xFF, 8, 0))
	require.Equal(t, []match{{4, 3, 0, true}, {1, 1, 0, true}}, look(" "+file+" ", 0, 8, 0))
	require.Equal(t, []match{{4, 3, 0, true}}, look(file, 0xFF, 8, 1))
	require.Equal(t, []match{{2, 2, 0, false}, {1, 1, 3, false}}, look("", 0xFE, 3, 2), "the nearer of a card's pictures")
	require.Empty(t, look("", 0, 11, 0), "no hash is like no other")
	require.Empty(t, look("not hex", 0, 3, 0))
	require.NoError(t, s.Delete(t.Context(), by(asker), 4, asker))
	require.Equal(t, []match{{1, 1, 0, true}}, look(file, 0, 0, 0))
}
