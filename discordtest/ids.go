package discordtest

import (
	"crypto/rand"
	"encoding/base64"
	"strconv"
	"time"
)

// discordEpoch is the first millisecond of 2015, from which snowflakes count
// (Discord's reference, "Snowflakes").
const discordEpoch = 1420070400000

// newID returns the next snowflake. Ids grow strictly, also within one
// millisecond. The caller holds s.mu.
func (s *Server) newID() string {
	id := uint64(s.now().UnixMilli()-discordEpoch) << 22
	if id <= s.lastID {
		id = s.lastID + 1
	}
	s.lastID = id
	return strconv.FormatUint(id, 10)
}

// SnowflakeTime returns the moment a Discord id was made, and false for text
// that is no id.
func SnowflakeTime(id string) (time.Time, bool) {
	n, err := strconv.ParseUint(id, 10, 64)
	if err != nil {
		return time.Time{}, false
	}
	return time.UnixMilli(int64(n>>22) + discordEpoch), true
}

// isSnowflake tells whether text can be an id at all.
func isSnowflake(text string) bool {
	_, ok := SnowflakeTime(text)
	return ok && len(text) >= 1 && len(text) <= 20
}

// randomText returns URL-safe text made of n random bytes, for tokens and keys.
func randomText(n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b) // crypto/rand.Read never fails (its documentation)
	return base64.RawURLEncoding.EncodeToString(b)
}
