package db

import (
	"context"
	"database/sql"
	"io/fs"
	"path/filepath"
	"testing"

	"github.com/pressly/goose/v3"
	"github.com/stretchr/testify/require"
)

// firstHistory makes a history as the first release left it.
func firstHistory(t *testing.T, statements ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "old.db")
	d, err := sql.Open("sqlite3", uri(path, "mode=rwc&_journal_mode=WAL&_foreign_keys=on"))
	require.NoError(t, err)
	files, err := fs.Sub(migrations, "migrations")
	require.NoError(t, err)
	p, err := goose.NewProvider(goose.DialectSQLite3, d, files, goose.WithDisableGlobalRegistry(true))
	require.NoError(t, err)
	_, err = p.UpTo(context.Background(), 1)
	require.NoError(t, err)
	for _, q := range statements {
		_, err := d.Exec(q)
		require.NoError(t, err)
	}
	require.NoError(t, d.Close())
	return path
}

const firstCard = `INSERT INTO card (id, scope, number, owner, asker, ask, seed, source, job, seed_job, midjourney_id, version,
	aspect, channel, message, asked, created, folded, prompt, typed, parameters, pictures, raw) VALUES `

func TestAnOldHistoryMovesIn(t *testing.T) {
	t.Parallel()
	path := firstHistory(t,
		`INSERT INTO scope VALUES ('g', 9), ('h', 1)`,
		`INSERT INTO answer VALUES ('j1', 'sj', 5, 'uuid', 'owl --v 7', 'owl', 1000, '[]', '{"a":1}')`,
		firstCard+`(3, 'g', 1, '', 'asker', 'a1', 5, 'midjourney', 'j1', 'sj', 'UUID', '7', '3:2', 'c', 'm1', 1000, 2000,
		'an owl in the café --v 7', 'An owl in the café --v 7', 'typed', '{"text":"An owl in the café","parameters":[{"name":"version","written":"--v","value":"7"}]}',
		'[{"position":1,"channel":"c","message":"m1","attachment":"at","name":"n","type":"image/png","size":9,"width":1,"height":2,"sha256":"ab"}]', '{"r":1}')`,
		firstCard+`(5, 'g', 7, 'asker', 'asker', 'a2', 6, 'pasted', '', '', '', '', '', '', '', 0, 3000, 'secret owl', 'secret owl', '', '', 'null', '')`,
		firstCard+`(9, 'h', 1, '', 'colleague', 'a3', 5, 'midjourney', 'j1', '', '', '', '', '', '', 0, 4000, 'owl', 'owl', '', '', 'null', '')`,
		`INSERT INTO message VALUES ('g', 'c', 'm1', 3), ('g', 'c', 'm2', 3), ('g', 'd', 'm3', 5)`,
		`INSERT INTO ask VALUES ('a1', 'g', 'c', 'asker', '', 'j1', 1, 1000, 'answered', '', '', 2000),
		('a9', 'g', 'c', 'colleague', '', 'j9', 0, 1000, 'running', '', '', 0)`,
	)
	s, err := Open(t.Context(), path)
	require.NoError(t, err)
	ctx, asker := t.Context(), View{Scope: "g", Member: "asker"}
	c, err := s.Card(ctx, asker, 1)
	require.NoError(t, err)
	require.Equal(t, Card{
		Scope: "g", Number: 1, Seed: 5, Source: Midjourney, Job: "j1", SeedJob: "sj", MidjourneyID: "UUID",
		Prompt: "An owl in the café --v 7", Typed: "typed",
		Parameters: []byte(`{"text":"An owl in the café","parameters":[{"name":"version","written":"--v","value":"7"}]}`),
		Version:    "7", Aspect: "3:2", Channel: "c", Message: "m1", Asker: "asker", Asked: fromMS(1000), Created: fromMS(2000),
		Pictures: []Picture{{Position: 1, Channel: "c", Message: "m1", Attachment: "at", Name: "n", Type: "image/png", Size: 9, Width: 1, Height: 2, SHA256: "ab"}},
		Raw:      []byte(`{"r":1}`),
		Shown:    []string{"c"},
	}, c)
	for message, number := range map[string]int64{"m1": 1, "m2": 1} {
		c, err := s.CardOfMessage(ctx, View{Scope: "g", Member: ""}, "c", message)
		require.NoError(t, err)
		require.Equal(t, number, c.Number)
	}
	_, err = s.CardOfMessage(ctx, View{Scope: "g", Member: "colleague"}, "d", "m3")
	require.ErrorIs(t, err, ErrNotFound, "what was private stays private")
	a, err := s.Answer(ctx, "j1")
	require.NoError(t, err)
	require.Equal(t, "owl --v 7", a.Prompt)
	asks, err := s.RecentAsks(ctx, asker, 0)
	require.NoError(t, err)
	require.Len(t, asks, 1)

	for _, c := range []struct {
		v    View
		text string
		want []int64
	}{
		{asker, "owl", []int64{7, 1}},
		{View{Scope: "g", Member: "colleague"}, "owl cafe --v 7 seed:5", []int64{1}},
		{View{Scope: "g", Member: "colleague"}, "secret", []int64{}},
		{View{Scope: "h", Member: "colleague"}, "owl", []int64{1}},
	} {
		require.Equal(t, c.want, found(t, s, c.v, c.text), "%+v", c)
	}
	n, err := s.Count(ctx, asker, Filter{})
	require.NoError(t, err)
	require.Equal(t, 2, n)
	versions, err := s.Versions(ctx, asker)
	require.NoError(t, err)
	require.Equal(t, []string{"7"}, versions)

	c, _, err = s.Keep(ctx, "new", Card{Scope: "g", Source: Pasted})
	require.NoError(t, err)
	require.EqualValues(t, 10, c.Number, "numbers go on where they were")
	require.NoError(t, s.Delete(ctx, asker, 1, "asker"))
	_, err = s.Purge(ctx, c.Created.Add(UndoTime+1e9))
	require.NoError(t, err)
	var messages int
	require.NoError(t, s.read.QueryRow(`SELECT count(*) FROM message WHERE message <> 'm3'`).Scan(&messages))
	require.Zero(t, messages, "messages hang on the new table")
	var violations int
	require.NoError(t, s.write.QueryRow(`SELECT count(*) FROM pragma_foreign_key_check`).Scan(&violations))
	require.Zero(t, violations)
	require.NoError(t, s.Close())

	s, err = Open(t.Context(), path)
	require.NoError(t, err)
	require.Equal(t, []int64{7}, found(t, s, asker, "owl"))
	require.NoError(t, s.Close())
}

// found is what a search finds, all of it.
func found(t *testing.T, s *Store, v View, text string) []int64 {
	t.Helper()
	q, err := ParseQuery(text)
	require.NoError(t, err)
	r, err := s.Search(t.Context(), v, q, "", 1000)
	require.NoError(t, err)
	require.Len(t, r.Cards, r.Total)
	return numbers(r.Cards)
}

func TestAnIndexOfAnotherVersionIsMadeAnew(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "s.db")
	s, err := Open(t.Context(), path)
	require.NoError(t, err)
	keepCard(t, s, cardOf("j", asker))
	for _, q := range []string{`UPDATE card_indexed SET version = 0`, `DELETE FROM card_search`, `DELETE FROM tally`, `UPDATE space SET cards = 5`} {
		_, err := s.write.Exec(q)
		require.NoError(t, err)
	}
	require.Empty(t, found(t, s, by(asker), "lighthouse"))
	require.NoError(t, s.Close())
	s, err = Open(t.Context(), path)
	require.NoError(t, err)
	defer s.Close()
	require.Equal(t, []int64{1}, found(t, s, by(asker), "lighthouse"))
	n, err := s.Count(t.Context(), by(asker), Filter{})
	require.NoError(t, err)
	require.Equal(t, 1, n)
}
