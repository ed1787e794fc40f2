package db

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
)

// BenchmarkClosed looks with the eyes of who does not see 5 of 20 channels.
func BenchmarkClosed(b *testing.B) {
	var open []string
	for n := range 15 {
		open = append(open, fmt.Sprint("channel ", n))
	}
	common, err := ParseQuery("picture")
	require.NoError(b, err)
	for name, do := range map[string]func(ctx context.Context, s *Store, v View, i int) error{
		"page": func(ctx context.Context, s *Store, v View, i int) error {
			_, err := s.History(ctx, v, Filter{}, Page{Before: int64(i*7919%(benchTotal()/benchScopes)) + 2, Limit: 10})
			return err
		},
		"count": func(ctx context.Context, s *Store, v View, _ int) error {
			_, err := s.Count(ctx, v, Filter{})
			return err
		},
		"search": func(ctx context.Context, s *Store, v View, _ int) error {
			_, err := s.Search(ctx, v, common, "", 10)
			return err
		},
		"suggest": func(ctx context.Context, s *Store, v View, _ int) error {
			_, err := s.Suggest(ctx, v, "lighth", 25)
			return err
		},
		"number": func(ctx context.Context, s *Store, v View, i int) error {
			if _, err := s.Card(ctx, v, int64(i)); !errors.Is(err, ErrNotFound) {
				return err
			}
			return nil
		},
		"picture": func(ctx context.Context, s *Store, v View, i int) error {
			_, err := s.CardsOfPicture(ctx, v, "", benchCard(i * 5 % benchTotal()).Pictures[0].Hash, 3, 5)
			return err
		},
	} {
		b.Run(name, func(b *testing.B) {
			bench(b, func(ctx context.Context, s *Store, v View, i int) error {
				v.Channels = open
				return do(ctx, s, v, i)
			})
		})
	}
}
