package db

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTheFirstAnswerStays(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	a := Answer{
		Job: "j", SeedJob: "sj", Seed: 1<<32 - 1, Prompt: "echoed", Typed: "typed", MidjourneyID: "uuid",
		Pictures: []AnswerPicture{{URL: "https://cdn.example/a.png?x=1&y=<2>", Type: "image/png", Width: 1, Height: 2, Size: 3}},
		Raw:      []byte(`{"a":1}`), At: at(0), Parent: "parent", Action: "upscale",
	}
	stored, err := s.SaveAnswer(t.Context(), a)
	require.NoError(t, err)
	require.Equal(t, a, stored)
	b := a
	b.Seed, b.Prompt = 5, "later"
	stored, err = s.SaveAnswer(t.Context(), b)
	require.NoError(t, err)
	require.Equal(t, a, stored)
	stored, err = s.Answer(t.Context(), "j")
	require.NoError(t, err)
	require.Equal(t, a, stored)
}

func TestAnswersThatAreNotThere(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	_, err := s.Answer(t.Context(), "j")
	require.ErrorIs(t, err, ErrNotFound)
	_, err = s.SaveAnswer(t.Context(), Answer{})
	require.ErrorContains(t, err, "names no job")
	bare, err := s.SaveAnswer(t.Context(), Answer{Job: "j"})
	require.NoError(t, err)
	require.Equal(t, Answer{Job: "j"}, bare)
}
