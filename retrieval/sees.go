package retrieval

import (
	"context"
	"slices"

	"seedbank/db"
)

// known is the card of the ask's job that answers it already, if there is one that the asker may be shown. Of any other
// the asker learns nothing: the job is answered anew, where they are.
func (s *Service) known(ctx context.Context, a Ask) (db.Card, error) {
	var beside []int64
	for {
		card, err := s.store.CardOfJob(ctx, a.View(), a.Job, a.Private, beside...)
		if err != nil || s.sees(ctx, a, card) {
			return card, err
		}
		beside = append(beside, card.Number)
	}
}

// keepSeen keeps a card, unless the asker, and those others who wait for it, may be shown one of the same job.
func (s *Service) keepSeen(ctx context.Context, a Ask, c db.Card, others ...Ask) (card db.Card, known bool, err error) {
	hidden := func(a Ask) bool { return !s.sees(ctx, a, card) }
	var beside []int64
	for {
		card, known, err = s.store.Keep(ctx, a.ID, c, beside...)
		if err != nil || !known || !hidden(a) && !slices.ContainsFunc(others, hidden) {
			return card, known, err
		}
		beside = append(beside, card.Number)
	}
}

// seesAsk tells whether the asker may know what somebody else asked for.
func (s *Service) seesAsk(ctx context.Context, a Ask, other db.Ask) bool {
	return other.Member == a.Member || other.Channel == a.Channel || s.desk.Sees(ctx, a, []string{other.Channel})
}

// sees tells whether the asker may be shown a card that somebody asked for before.
func (s *Service) sees(ctx context.Context, a Ask, card db.Card) bool {
	return card.Private || card.Asker == a.Member || len(card.Shown) == 0 || slices.Contains(card.Shown, a.Channel) ||
		s.desk.Sees(ctx, a, card.Shown)
}
