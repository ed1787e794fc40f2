package db

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestForgetMe(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	ctx := t.Context()
	var secrets []Card
	for i := range atOnce + 3 {
		secrets = append(secrets, private(cardOf(fmt.Sprint("p", i), asker)))
	}
	keepCards(t, s, secrets)
	public := keepCard(t, s, cardOf("public", asker))
	require.NoError(t, s.SetNote(ctx, by(asker), public.Number, "kept", []string{"kept"}))
	theirs := keepCard(t, s, cardOf("theirs", colleague))
	deleted := keepCard(t, s, cardOf("deleted", asker))
	elsewhere := private(cardOf("elsewhere", asker))
	elsewhere.Scope = other
	keepCard(t, s, elsewhere)
	for _, n := range []int64{public.Number, theirs.Number, deleted.Number} {
		for _, m := range []string{asker, colleague} {
			_, err := s.Star(ctx, by(m), n, true)
			require.NoError(t, err)
		}
	}
	require.NoError(t, s.Delete(ctx, by(asker), deleted.Number, asker))
	require.NoError(t, s.StartAsk(ctx, askOf("a", "j", asker)))
	require.NoError(t, s.SpendAsk(ctx, "a"))
	require.NoError(t, s.EndAsk(ctx, "a", Ended, "", "", 0))
	require.NoError(t, s.StartAsk(ctx, askOf("runs", "j", asker)))
	require.NoError(t, s.StartAsk(ctx, askOf("of colleague", "j", colleague)))
	require.NoError(t, s.EndAsk(ctx, "of colleague", Ended, "", "", 0))
	require.NoError(t, s.SaveSettings(ctx, guild, Settings{DailyLimit: 1}, asker))
	require.NoError(t, s.Audit(ctx, guild, AuditEntry{Member: colleague, Action: "block", Target: asker, Detail: "blocked " + asker}))
	_, err := s.SaveRecipe(ctx, guild, Recipe{Name: "owls", Prompt: "owl", By: asker})
	require.NoError(t, err)
	_, err = s.Settings(ctx, guild)
	require.NoError(t, err)

	done, err := s.Forget(ctx, by(asker))
	require.NoError(t, err)
	require.Equal(t, Forgotten{Erased: atOnce + 3 + 1, Unnamed: 1, Recipes: []string{"owls"}}, done, "the private and the deleted one; the public one")
	card, err := s.Card(ctx, by(asker), public.Number)
	require.NoError(t, err)
	require.Empty(t, card.Asker)
	require.Equal(t, 1, card.Stars)
	require.Equal(t, "kept", card.Note)
	require.Equal(t, public.Seed, card.Seed)
	require.Equal(t, []int64{theirs.Number, public.Number}, found(t, s, by(asker), "lighthouse"))
	cards, err := s.History(ctx, by(colleague), Filter{By: asker}, Page{})
	require.NoError(t, err)
	require.Empty(t, cards)
	_, err = s.Undelete(ctx, by(asker), deleted.Number)
	require.ErrorIs(t, err, ErrNotFound)
	for _, q := range []string{
		`SELECT count(*) FROM card WHERE scope = ?1 AND (owner = ?2 OR asker = ?2 OR was = ?2 OR deleted_by = ?2)`,
		`SELECT count(*) FROM star JOIN card ON card.id = card WHERE scope = ?1 AND member = ?2`,
		`SELECT count(*) FROM ask WHERE scope = ?1 AND member = ?2 AND state <> 'running'`,
		`SELECT count(*) FROM recipe_revision WHERE ?1 <> '' AND member = ?2`,
		`SELECT count(*) FROM settings WHERE scope = ?1 AND member = ?2`,
		`SELECT count(*) FROM audit WHERE scope = ?1 AND (member = ?2 OR instr(target || detail, ?2))`,
		`SELECT count(*) FROM space WHERE scope = ?1 AND owner = ?2`,
	} {
		var left int
		require.NoError(t, s.read.QueryRow(q, guild, asker).Scan(&left))
		require.Zero(t, left, q)
	}
	_, err = s.Ask(ctx, by(colleague), "of colleague")
	require.NoError(t, err)
	set, err := s.Settings(ctx, guild)
	require.NoError(t, err)
	require.Empty(t, set.By)
	spent, err := s.Spent(ctx, guild, asker, time.Now().Add(-time.Hour))
	require.NoError(t, err)
	require.Equal(t, 1, spent, "to be forgotten gives no new allowance")
	left, err := s.Count(ctx, View{Scope: other, Member: asker}, Filter{})
	require.NoError(t, err)
	require.Equal(t, 1, left, "another server is another matter")
	done, err = s.Forget(ctx, by(asker))
	require.NoError(t, err)
	require.Zero(t, done)
	_, err = s.Forget(ctx, by(""))
	require.Error(t, err)
}
