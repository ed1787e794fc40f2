package db

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestStars(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	ctx := t.Context()
	keepCard(t, s, cardOf("j", asker))
	secret := keepCard(t, s, private(cardOf("k", asker)))
	for _, c := range []struct {
		who  string
		on   bool
		want int
	}{{asker, true, 1}, {asker, true, 1}, {colleague, true, 2}, {asker, false, 1}, {asker, false, 1}, {colleague, true, 1}} {
		stars, err := s.Star(ctx, by(c.who), 1, c.on)
		require.NoError(t, err)
		require.Equal(t, c.want, stars, "%+v", c)
	}
	for who, starred := range map[string]bool{asker: false, colleague: true, "": false} {
		card, err := s.Card(ctx, by(who), 1)
		require.NoError(t, err)
		require.Equal(t, 1, card.Stars)
		require.Equal(t, starred, card.Starred, "the star is the member's own: %q", who)
		card, err = s.CardOfJob(ctx, by(who), "j", false)
		require.NoError(t, err)
		require.Equal(t, starred, card.Starred)
	}
	_, err := s.Star(ctx, by(colleague), secret.Number, true)
	require.ErrorIs(t, err, ErrNotFound)
	_, err = s.Star(ctx, by(""), 1, true)
	require.Error(t, err)
	stars, err := s.Star(ctx, by(asker), secret.Number, true)
	require.NoError(t, err)
	require.Equal(t, 1, stars)
}

func TestNotesAndTags(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	ctx := t.Context()
	card := keepCard(t, s, cardOf("j", asker))
	require.NoError(t, s.SetNote(ctx, by(colleague), 1, "  two\nlines ", []string{" #Film  Noir", "brand", "BRAND", "", "猫", "a_b-c"}))
	card.Note, card.Tags = "two\nlines", []string{"a_b-c", "brand", "film-noir", "猫"}
	got, err := s.Card(ctx, by(asker), 1)
	require.NoError(t, err)
	require.Equal(t, card, got)

	many := strings.Fields("a b c d e f g h i j k")
	for name, c := range map[string]struct {
		note string
		tags []string
		says string
	}{
		"a sign in a tag": {"", []string{"a/b"}, "letters, digits"},
		"a long tag":      {"", []string{strings.Repeat("猫", MaxTag+1)}, "at most 32 characters"},
		"too many tags":   {"", many, "leave 1 of these 11 out"},
		"a long note":     {strings.Repeat("ü", MaxNote+3), nil, "leave 3 out"},
	} {
		err := s.SetNote(ctx, by(asker), 1, c.note, c.tags)
		var input *InputError
		require.ErrorAs(t, err, &input, name)
		require.Contains(t, input.Problem, c.says, name)
	}
	got, err = s.Card(ctx, by(asker), 1)
	require.NoError(t, err)
	require.Equal(t, card, got, "what is refused changes nothing")
	require.NoError(t, s.SetNote(ctx, by(asker), 1, "", many[:10]))
	require.NoError(t, s.SetNote(ctx, by(asker), 1, "", nil))
	got, err = s.Card(ctx, by(asker), 1)
	require.NoError(t, err)
	require.Empty(t, got.Note+strings.Join(got.Tags, ""))
	require.ErrorIs(t, s.SetNote(ctx, by(asker), 9, "", nil), ErrNotFound)
}

func TestTagsAndVersionsThatAreInUse(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	ctx := t.Context()
	for i, c := range []struct {
		version string
		tags    []string
		secret  bool
	}{
		{"7", []string{"brand"}, false}, {"6.1", []string{"brand", "bright", "z%"[:1]}, false}, {"niji 6", []string{"secret", "brand"}, true}, {"7", nil, false},
	} {
		card := cardOf(fmt.Sprint("j", i), asker)
		card.Version, card.Tags, card.Private = c.version, c.tags, c.secret
		keepCard(t, s, card)
	}
	tags := func(v View, prefix string, limit int) []string {
		list, err := s.Tags(ctx, v, prefix, limit)
		require.NoError(t, err)
		return list
	}
	require.Equal(t, []string{"brand", "bright", "secret", "z"}, tags(by(asker), "", 0))
	require.Equal(t, []string{"brand", "bright", "z"}, tags(by(colleague), "", 0))
	require.Equal(t, []string{"brand", "bright"}, tags(by(colleague), " #BR", 0))
	require.Equal(t, []string{"brand"}, tags(by(colleague), "", 1))
	require.Empty(t, tags(by(colleague), "%", 0))
	versions := func(v View) []string {
		list, err := s.Versions(ctx, v)
		require.NoError(t, err)
		return list
	}
	require.Equal(t, []string{"7", "niji 6", "6.1"}, versions(by(asker)))
	require.Equal(t, []string{"7", "6.1"}, versions(by(colleague)))
	require.NoError(t, s.Delete(ctx, by(asker), 2, asker))
	require.Equal(t, []string{"7"}, versions(by(colleague)))
	require.Equal(t, []string{"brand"}, tags(by(colleague), "", 0))
}

func TestPrivateAndPublic(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	ctx := t.Context()
	card := keepCard(t, s, cardOf("j", asker))
	got, err := s.SetPrivate(ctx, by(colleague), 1, true)
	require.NoError(t, err, "the caller has seen to it that colleague may")
	card.Private = true
	require.Equal(t, card, got)
	_, err = s.Card(ctx, by(colleague), 1)
	require.ErrorIs(t, err, ErrNotFound)
	require.Equal(t, []int64{}, found(t, s, by(colleague), "lighthouse"))
	require.Equal(t, []int64{1}, found(t, s, by(asker), "lighthouse"))
	got, err = s.SetPrivate(ctx, by(asker), 1, true)
	require.NoError(t, err, "twice is once")
	require.Equal(t, card, got)

	second := keepCard(t, s, cardOf("j", colleague)) // it is not known to colleague
	got, err = s.SetPrivate(ctx, by(asker), 1, false)
	require.ErrorIs(t, err, ErrExists)
	require.Equal(t, second, got, "everyone has one already")
	got, err = s.SetPrivate(ctx, by(colleague), second.Number, true)
	require.NoError(t, err)
	require.True(t, got.Private)
	got, err = s.SetPrivate(ctx, by(asker), 1, false)
	require.NoError(t, err)
	require.False(t, got.Private)
	require.Equal(t, []int64{2, 1}, found(t, s, by(colleague), "lighthouse"))

	third := cardOf("k", asker)
	keepCard(t, s, private(third))
	keepCard(t, s, third)
	got, err = s.SetPrivate(ctx, by(asker), 4, true)
	require.ErrorIs(t, err, ErrExists)
	require.EqualValues(t, 3, got.Number, "asker has a private one already")
	keepCard(t, s, Card{Scope: guild, Source: Pasted})
	_, err = s.SetPrivate(ctx, by(asker), 5, true)
	require.Error(t, err, "a card without an asker would be nobody's")
	_, err = s.SetPrivate(ctx, by(asker), 99, true)
	require.ErrorIs(t, err, ErrNotFound)
}

func TestSheets(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	ctx := t.Context()
	card := keepCard(t, s, cardOf("j", asker))
	secret := keepCard(t, s, private(cardOf("k", asker)))
	require.False(t, card.Sheet)
	_, err := s.Sheet(ctx, by(asker), 1)
	require.ErrorIs(t, err, ErrNotFound)
	for _, bad := range [][]byte{nil, {}, make([]byte, MaxSheet+1)} {
		require.Error(t, s.SaveSheet(ctx, by(asker), 1, bad))
	}
	large := bytes.Repeat([]byte{0, 255}, MaxSheet/2)
	for _, jpeg := range [][]byte{[]byte("first"), large} {
		require.NoError(t, s.SaveSheet(ctx, by(colleague), 1, jpeg))
		got, err := s.Sheet(ctx, by(colleague), 1)
		require.NoError(t, err)
		require.Equal(t, jpeg, got)
	}
	card, err = s.Card(ctx, by(colleague), 1)
	require.NoError(t, err)
	require.True(t, card.Sheet)
	require.NoError(t, s.SaveSheet(ctx, by(asker), secret.Number, large))
	_, err = s.Sheet(ctx, by(colleague), secret.Number)
	require.ErrorIs(t, err, ErrNotFound)
	require.ErrorIs(t, s.SaveSheet(ctx, by(colleague), secret.Number, large), ErrNotFound)
	require.ErrorIs(t, s.SaveSheet(ctx, View{Scope: other, Member: asker}, 1, large), ErrNotFound)
}
