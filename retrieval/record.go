package retrieval

import (
	"context"
	"time"

	"seedbank/db"
)

// record notes in the history what became of the ask, and where its answer stands.
func (s *Service) record(ctx context.Context, a Ask, k kept, problem *Problem, d delivery) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, s.pace.saveMost)
	defer cancel()
	state, code, detail := db.Answered, "", ""
	switch {
	case d.Failed != "":
		state, code, detail = db.Undeliverable, "undeliverable", d.Failed
	case problem != nil:
		state, code, detail = db.Ended, string(problem.Code), problem.Detail
	}
	err := persistently(ctx, time.Second, func() (bool, error) {
		if err := s.recordPosted(ctx, a, k, problem, d); err != nil {
			return true, err
		}
		return true, s.store.EndAsk(ctx, a.ID, state, code, detail, k.Card)
	})
	s.log.Info("ask ended", "ask", a.ID, "state", state, "problem", code, "card", k.Card)
	return state, err
}

// recordPosted remembers the message that shows the card. The first one that can be read again is the card's own; a
// later one takes its place when that is better, or was asked for by Refresh.
func (s *Service) recordPosted(ctx context.Context, a Ask, k kept, problem *Problem, d delivery) error {
	if problem != nil || d.Failed != "" || k.Card == 0 {
		return nil
	}
	card, err := s.store.Card(ctx, a.View(), k.Card)
	if isNotFound(err) {
		return nil // deleted meanwhile
	}
	if err != nil {
		return err
	}
	first := card.Message == "" && len(card.Pictures) == 0
	if first || better(d.Pictures, card.Pictures, a.Refresh) {
		return s.store.SetPosted(ctx, a.View(), k.Card, d.Channel, d.Message, d.Pictures)
	}
	if d.Message == "" || d.Message == card.Message {
		return nil
	}
	return s.store.AddMessage(ctx, a.View(), k.Card, d.Channel, d.Message)
}

// better tells whether more of the pictures stand where they can be read again, or as many and more is known about
// their looks; equal is enough if it is wished.
func better(now, before []db.Picture, equal bool) bool {
	count := func(list []db.Picture) (readable, hashed int) {
		for _, p := range list {
			if p.Message != "" && p.Attachment != "" {
				readable++
			}
			if p.Hash != 0 {
				hashed++
			}
		}
		return readable, hashed
	}
	readable, hashed := count(now)
	had, known := count(before)
	return readable > had || readable == had && readable > 0 && (hashed > known || equal && hashed == known)
}
