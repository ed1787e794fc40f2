package db

import (
	"database/sql"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// A table that is read from end to end is quick in every test and slow in every real history, so the plans are asked.
func TestEveryQueryFindsItsRowsByAnIndex(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	for name, c := range map[string]struct{ query, index string }{
		"Card":               {cardOfNumber, "card_number (scope=? AND number=?)"},
		"CardOfJob":          {cardOfJob, "card_job (scope=? AND job=? AND owner=?)"},
		"CardOfMessage":      {cardOfMessage, "SEARCH message USING PRIMARY KEY (scope=? AND channel=? AND message=?)"},
		"CardOfMidjourneyID": {cardOfMidjourneyID, "card_midjourney (scope=? AND midjourney_id=?)"},
		"LastCard":           {lastCard, "card_asker (scope=? AND asker=?)"},
		"Keep by ask":        {cardOfAsk, "card_ask (scope=? AND ask=? AND owner=?)"},
		"History":            {pageDown, "card_owner (scope=? AND owner=? AND number>? AND number<?)"},
		"History to newer":   {pageUp, "card_owner (scope=? AND owner=? AND number>? AND number<?)"},
		"CountNewer":         {countBetween, "COVERING INDEX card_owner (scope=? AND owner=? AND number>?)"},
		"Suggest by seed":    {cardsOfSeed, "card_seed (scope=? AND seed=?)"},
		"Suggest by words":   {wordsQuery(2), "card_owner (scope=? AND owner=?)"},
		"Suggest by digits":  {windowed + seedBegins + windowedEnd, "card_owner (scope=? AND owner=?)"},
		"SetPosted":          {updatePosted, "card_number (scope=? AND number=?)"},
		"AddMessage":         {insertMessage, "card_number (scope=? AND number=?)"},
		"Answer":             {selectAnswer, "answer"},
		"Ask":                {askOfID, "PRIMARY KEY (id=?)"},
		"EndAsk":             {endAsk, "PRIMARY KEY (id=?)"},
		"EndAsk again":       {askExists, "PRIMARY KEY (id=?)"},
		"RecentAsks":         {recentAsks, "ask_open (scope=? AND owner=?)"},
		"PruneAsks":          {pruneAsks, "ask_at (at<?)"},
	} {
		plan := planOf(t, s, c.query)
		require.Contains(t, strings.Join(plan, "\n"), c.index, name)
		for _, step := range plan {
			for _, table := range []string{"card", "message", "ask", "answer"} {
				full := step == "SCAN "+table || strings.HasPrefix(step, "SCAN "+table+" USING")
				require.False(t, full, "%s: %s", name, step)
			}
		}
	}
	for name, query := range map[string]string{
		"History": pageDown, "History to newer": pageUp, "LastCard": lastCard, "Suggest by seed": cardsOfSeed,
		"RecentAsks": recentAsks, "PruneAsks": pruneAsks,
	} {
		require.NotContains(t, strings.Join(planOf(t, s, query), "\n"), "TEMP B-TREE FOR ORDER BY", "%s sorts what lies in order", name)
	}
}

func planOf(t *testing.T, s *Store, query string) (steps []string) {
	t.Helper()
	stmt, err := s.write.Prepare(query)
	require.NoError(t, err)
	require.NoError(t, stmt.Close())
	args := make([]any, 12)
	rows, err := s.write.Query("EXPLAIN QUERY PLAN "+query, args[:parameters(query)]...)
	require.NoError(t, err)
	defer rows.Close()
	for rows.Next() {
		var id, parent int
		var unused sql.RawBytes
		var detail string
		require.NoError(t, rows.Scan(&id, &parent, &unused, &detail))
		steps = append(steps, detail)
	}
	require.NoError(t, rows.Err())
	return steps
}

// parameters counts ?N by the largest, bare ? one by one.
func parameters(query string) int {
	n := 0
	for i := range len(query) {
		if query[i] != '?' {
			continue
		}
		if i+1 < len(query) && query[i+1] >= '1' && query[i+1] <= '9' {
			n = max(n, int(query[i+1]-'0'))
		} else {
			n++
		}
	}
	return n
}
