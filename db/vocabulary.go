package db

import (
	"context"
	"strings"
)

const (
	maxVersions = 25

	// Take the eyes, the kind, and what is wanted. What stands on the member's own cards alone, and in channels that the view
	// does not see, is not among it.
	tallies = ` FROM space CROSS JOIN tally ON tally.space = space.id
	WHERE space.scope = ?1 AND space.owner IN ('', ?2) AND tally.kind = ?4
	AND (?3 IS NULL OR space.owner <> '' OR tally.audience IN (SELECT value FROM json_each(?3))) `
	newestValues = `SELECT tally.value` + tallies + `GROUP BY tally.value ORDER BY max(tally.last) DESC LIMIT ?5`
	usedValues   = `SELECT tally.value` + tallies + `AND tally.value >= ?5 AND tally.value < ?6
	GROUP BY tally.value ORDER BY sum(tally.uses) DESC, tally.value LIMIT ?7`
)

// Versions are those on the cards that the view can see, the last used first, 25 at most.
func (s *Store) Versions(ctx context.Context, v View) ([]string, error) {
	list, err := allSeen(ctx, s, v, scanText, newestValues, tallyVersion, maxVersions)
	return list, wrap(err, "list the versions")
}

// Tags are those on the cards that the view can see that begin with a text, the most used first.
func (s *Store) Tags(ctx context.Context, v View, prefix string, limit int) ([]string, error) {
	from := strings.TrimLeft(caseless(strings.TrimSpace(prefix)), "#")
	from = strings.Join(strings.Fields(from), "-")
	list, err := allSeen(ctx, s, v, scanText, usedValues, tallyTag, from, from+"\U0010FFFF",
		min(or(limit, defaultPage), maxPage))
	return list, wrap(err, "list the tags")
}
