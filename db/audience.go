package db

import (
	"context"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"hash/fnv"
	"strconv"
)

// A card is for those who see a channel of its audience: where it was asked for, or where a message of ours shows it.
// One of no channel is for the whole scope.
const (
	noAudience = 0

	// Takes a card's id.
	channelsOfCard = `SELECT json_group_array(channel) FROM (
	SELECT channel FROM card WHERE id = ?1 AND channel <> ''
	UNION SELECT channel FROM message WHERE card = ?1 AND channel <> '' ORDER BY channel)`

	insertAudience = `INSERT INTO audience (id, scope, channels) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`
	updateAudience = `UPDATE card SET audience = ?2 WHERE id = ?1`

	audiencesOfScope = `SELECT id, channels FROM audience WHERE scope = ?1`

	// Channels of public cards, and of the latest asks that have none yet.
	channelsOfScope = `SELECT channel.value FROM space CROSS JOIN tally ON tally.space = space.id
	CROSS JOIN audience ON audience.id = tally.audience CROSS JOIN json_each(audience.channels) AS channel
	WHERE space.scope = ?1 AND space.owner = '' AND tally.kind = '` + tallyCard + `' AND tally.value = ''
	UNION SELECT channel FROM (SELECT ask.channel FROM ask WHERE ask.scope = ?1 AND ask.owner = '' AND ` + openAsk + `
	ORDER BY ask.at DESC LIMIT ?2) WHERE channel <> ''`
)

// Channels lists the channels of a scope that a view may have to be kept out of: those of its public cards and open asks.
func (s *Store) Channels(ctx context.Context, scope string) ([]string, error) {
	list, err := scanAll(ctx, s.read, scanText, channelsOfScope, text(scope), recentWindow)
	return list, wrap(err, "list the channels of cards")
}

// audienceOf is the number of a set of channels, given sorted. It follows from the set, so that nobody need look it up.
func audienceOf(scope string, channels []string) int64 {
	if len(channels) == 0 {
		return noAudience
	}
	h := fnv.New64a()
	for _, part := range append([]string{scope}, channels...) {
		_, _ = h.Write(binary.BigEndian.AppendUint32(nil, uint32(len(part))))
		_, _ = h.Write([]byte(part))
	}
	return int64(h.Sum64() | 1) // never noAudience
}

// audienceMark is what a card of an audience is searched by.
func audienceMark(id int64) string { return mark(markAudience, strconv.FormatUint(uint64(id), 36)) }

// setAudience notes who sees a card, after its channel or its messages have changed. What the card is found by is the
// caller's to change.
func setAudience(ctx context.Context, tx *sql.Tx, scope string, id int64) error {
	var list string
	if err := tx.QueryRowContext(ctx, channelsOfCard, id).Scan(&list); err != nil {
		return err
	}
	var channels []string
	if err := json.Unmarshal([]byte(list), &channels); err != nil {
		return err
	}
	audience := audienceOf(text(scope), channels)
	if audience != noAudience {
		if _, err := tx.ExecContext(ctx, insertAudience, audience, text(scope), list); err != nil {
			return err
		}
	}
	return one(tx.ExecContext(ctx, updateAudience, id, audience))
}
