package retrieval

import (
	"context"
	"errors"

	"seedbank/db"
)

// deliver hands the outcome over at the desk, and tries for pace.deliverMost: Discord may be away for hours. Pictures
// are fetched anew at each try but are on the disk only while it lasts.
func (s *Service) deliver(ctx context.Context, a Ask, k kept, problem *Problem) (delivery, error) {
	patience, cancel := context.WithDeadline(ctx, a.At.Add(s.pace.deliverMost))
	defer cancel()
	var d delivery
	err := persistently(patience, s.pace.deliverFirst, func() (bool, error) {
		var err error
		d, err = s.tryDeliver(ctx, a, k, problem)
		if err == nil || errors.Is(err, errUndeliverable) {
			return false, err
		}
		s.log.Warn("answer not delivered yet", "ask", a.ID, "err", err)
		return true, err
	})
	return d, err
}

func (s *Service) tryDeliver(ctx context.Context, a Ask, k kept, problem *Problem) (delivery, error) {
	o := Outcome{Problem: problem, Known: k.Known}
	if problem == nil {
		var err error
		if o.Card, err = s.store.Card(ctx, a.View(), k.Card); err != nil {
			if !isNotFound(err) {
				return delivery{}, err
			}
			o = Outcome{Problem: &Problem{Code: CardGone}} // deleted meanwhile
		}
	}
	if o.Problem == nil {
		if pictured(o.Card, a) {
			seed := o.Card.Seed
			s.desk.Progress(a, Progress{Phase: Picturing, Percent: -1, Prompt: o.Card.Prompt, Seed: &seed, Card: o.Card.Number})
		}
		addresses, err := s.addresses(ctx, o.Card)
		if err != nil {
			return delivery{}, err
		}
		set := s.postable(ctx, a, o.Card, withGiven(addresses, a.Pictures))
		defer set.remove()
		o.Pictures = set.pictures
	}
	look := s.study(o)
	posted, err := s.desk.Deliver(ctx, a, o)
	seen := look()
	if err != nil {
		return delivery{}, err
	}
	s.keepSheet(ctx, a, o.Card, seen)
	return delivery{
		Channel: posted.Channel, Message: posted.Message, Pictures: merge(posted, o.Pictures, seen), Left: posted.Left,
	}, nil
}

// forward lets the message that was left behind lead to the answer. It is a courtesy: what it fails at is not tried again.
func (s *Service) forward(ctx context.Context, a Ask, d delivery) error {
	short, cancel := context.WithTimeout(ctx, s.pace.forward)
	defer cancel()
	err := s.desk.Forward(short, a, Delivered{Channel: d.Channel, Message: d.Message, Left: d.Left})
	if err != nil && ctx.Err() == nil {
		s.log.Warn("the message of an ask's progress does not lead to the answer", "ask", a.ID, "err", err)
	}
	return ctx.Err()
}

// postable brings the pictures of a card to the disk, as one message can carry them, or its contact sheet if there are
// none to be had.
func (s *Service) postable(ctx context.Context, a Ask, card db.Card, addresses [][]string) *pictureSet {
	limit := a.Limit
	if limit <= 0 {
		limit = defaultLimit
	}
	set := s.pictures.fetch(ctx, addresses, limit, func(p *Picture) { s.pictures.label(p, card, limit) })
	bound(set.pictures, max(mostBytes, limit))
	if why, none := noneOf(set.pictures); none && card.Sheet {
		if sheet, err := s.sheet(ctx, a.View(), card, set.folder); err == nil {
			sheet.Instead = why
			set.pictures = []Picture{sheet}
		} else if ctx.Err() == nil {
			s.log.Warn("no contact sheet instead of the pictures", "card", card.Number, "err", err)
		}
	}
	return set
}

// noneOf tells whether there is no picture in the list, and why not: mostly they are gone.
func noneOf(list []Picture) (why Missing, none bool) {
	for i, p := range list {
		switch {
		case p.Missing == "":
			return "", false
		case i == 0 || why == Gone:
			why = p.Missing
		}
	}
	if why == "" {
		why = Gone
	}
	return why, true
}

// addresses lists, for each picture of a card, where it can be had: from the message it was posted in, and from where
// it came.
func (s *Service) addresses(ctx context.Context, c db.Card) ([][]string, error) {
	fresh, err := s.desk.Fresh(ctx, c)
	if err != nil {
		return nil, err
	}
	var upstream []db.AnswerPicture
	if c.Job != "" {
		answer, err := s.store.Answer(ctx, c.Job)
		if err != nil && !isNotFound(err) {
			return nil, err
		}
		upstream = answer.Pictures
	}
	count := max(len(upstream), len(c.Pictures))
	for position := range fresh {
		count = max(count, position)
	}
	list := make([][]string, min(count, mostPictures))
	for i := range list {
		if address := fresh[i+1]; address != "" {
			list[i] = append(list[i], address)
		}
		if i < len(upstream) && upstream[i].URL != "" {
			list[i] = append(list[i], upstream[i].URL)
		}
	}
	return list, nil
}

// pictured tells whether there may be pictures of a card to bring: of one that was typed in there are none.
func pictured(c db.Card, a Ask) bool { return c.Job != "" || len(c.Pictures)+len(a.Pictures) > 0 }

// withGiven adds the addresses that came with the ask, last of all, since they may be old by now.
func withGiven(list [][]string, given []string) [][]string {
	for i, address := range given[:min(len(given), mostPictures)] {
		if i == len(list) {
			list = append(list, nil)
		}
		list[i] = append(list[i], address)
	}
	return list
}

// merge joins what was on the disk with what Discord made of it and what was seen in it. A contact sheet is none of
// the card's pictures.
func merge(d Delivered, pictures []Picture, seen studied) []db.Picture {
	list := make([]db.Picture, 0, len(pictures))
	for _, p := range pictures {
		if p.Sheet {
			continue
		}
		kept := db.Picture{
			Position: p.Position, Type: p.Type, Size: p.Size, Width: p.Width, Height: p.Height, SHA256: p.SHA256, Missing: string(p.Missing),
			Hash: seen.hashes[p.Position],
		}
		for _, image := range d.Images {
			if image.Position == p.Position {
				kept.Channel, kept.Message, kept.Attachment, kept.Name = d.Channel, d.Message, image.Attachment, image.Name
			}
		}
		list = append(list, kept)
	}
	return list
}
