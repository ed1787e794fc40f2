package db

import (
	"context"
	"strconv"
	"testing"
)

// nearSearches are some that find only the nearest: of a common word and of rare ones, in other forms, in three scripts.
func nearSearches() []struct{ name, text string } {
	return []struct{ name, text string }{
		{"form", "owls"}, {"form of a long word", "lighthousing"}, {"common and absent", "picture nowhere"}, {"rare and absent", "chrysoprase nowhere"},
		{"common and rare", "light film chrysoprase storms"}, {"common alone", "lighthouse owl portrait"}, {"sentence", "that owl from spring in soft lights"},
		{"Japanese", "雨の夕暮れの猫"}, {"Korean", "고양이는 서울에서"}, {"absent", "nowhere anything unicorns"},
	}
}

func BenchmarkSearchNearest(b *testing.B) { benchSearches(b, nearSearches()) }

func BenchmarkSuggestNearest(b *testing.B) {
	for _, typed := range []string{"owls", "that owl from spri", "nowhere"} {
		b.Run(strconv.Quote(typed), func(b *testing.B) {
			bench(b, func(ctx context.Context, s *Store, v View, _ int) error {
				_, err := s.SuggestNearest(ctx, v, typed, 25)
				return err
			})
		})
	}
}
