package db

import (
	"encoding/binary"
	"encoding/hex"
	"math/bits"
	"strings"
)

// A perceptual hash is looked up by its four parts of 16 bits. Two hashes that differ in no more than 3 bits have one
// part in common; in no more than 7, one part that differs in 1 bit at most; in no more than 11, one that differs in 2.
const (
	hashParts = 4
	partBits  = 64 / hashParts
	// MaxDistance is the largest distance of hashes that is looked for. Of 64 bits, 32 differ between any two pictures.
	MaxDistance = 11
)

// pictureKey is one thing that a picture is found by: a part of its perceptual hash, or its file's SHA-256.
type pictureKey struct {
	Key      int64 `json:"key"`
	Position int   `json:"position"`
	Hash     int64 `json:"hash"`
}

func pictureKeys(pictures []Picture) []pictureKey {
	var keys []pictureKey
	for _, p := range pictures {
		if key, ok := fileKey(p.SHA256); ok {
			keys = append(keys, pictureKey{key, p.Position, int64(p.Hash)})
		}
		for _, key := range hashKeys(p.Hash, 0) {
			keys = append(keys, pictureKey{key, p.Position, int64(p.Hash)})
		}
	}
	return keys
}

// fileKey is negative, which tells it from parts of hashes. Its 63 bits are enough to find by; the whole is compared
// afterwards.
func fileKey(sha256 string) (int64, bool) {
	b, err := hex.DecodeString(strings.TrimSpace(sha256))
	if err != nil || len(b) != 32 {
		return 0, false
	}
	return int64(binary.BigEndian.Uint64(b) | 1<<63), true
}

// hashKeys are the keys of all hashes that have a part within so many bits of this one's. No hash has none.
func hashKeys(hash uint64, within int) []int64 {
	if hash == 0 {
		return nil
	}
	var keys []int64
	for part := range hashParts {
		value := hash >> (part * partBits) & (1<<partBits - 1)
		for _, flip := range flips(within) {
			keys = append(keys, int64(part)<<partBits|int64(value^flip))
		}
	}
	return keys
}

// flips are the ways to change so many bits of a part at most.
func flips(within int) []uint64 {
	list := []uint64{0}
	for flip := uint64(1); within > 0 && flip < 1<<partBits; flip++ {
		if bits.OnesCount64(flip) <= within {
			list = append(list, flip)
		}
	}
	return list
}
