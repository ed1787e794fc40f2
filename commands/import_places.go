package commands

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"seedbank/bot"
	"seedbank/db"
)

// surveyor sees what stands in channels, with the bot's own rights.
type surveyor interface {
	UserID() string
	// GuildOf is the server of a channel, "" for a conversation.
	GuildOf(ctx context.Context, channel string) (string, error)
	// ReadMessages reads some messages of a channel after an ID, the oldest first; none when there are no more.
	ReadMessages(ctx context.Context, channel, after string) ([]bot.Msg, error)
}

const (
	// surveyTime bounds the look at all messages that a file names. What was not seen by then stands nowhere.
	surveyTime = 6 * time.Minute
	// mostClosed is how many channels may turn out closed or strange: Discord shuts out a bot that is refused all the
	// time, and a file can name any.
	mostClosed = 100
)

// survey finds out which of the messages that a file names are there: in channels of this very place, our own, and
// showing the very card, by its number and seed. Nothing else is believed of a file, since what our messages hold is
// shown to members, changed, and taken down, with rights that who wrote the file has not.
type survey struct {
	surveyor surveyor
	guild    string // "" for a conversation
	channel  string // of the conversation
	cards    []db.Whole

	wanted map[string]map[uint64][]int   // by channel and message, which cards are said to be there
	seen   map[sighting][]bot.Attachment // what is there
}

// sighting is a card in a message.
type sighting struct {
	db.Place
	card int // in what was given
}

// settle takes from the cards every place that is not what it is said to be, and says how many cards lost one.
func (s *survey) settle(ctx context.Context) (lost int, err error) {
	s.wanted, s.seen = map[string]map[uint64][]int{}, map[sighting][]bot.Attachment{}
	for n, card := range s.cards {
		for _, p := range placesOf(card) {
			s.want(p, n)
		}
	}
	look, cancel := context.WithTimeout(ctx, surveyTime)
	defer cancel()
	closed := 0
	for channel, messages := range s.wanted {
		open, err := s.look(look, channel, messages)
		switch {
		case ctx.Err() != nil:
			return 0, fmt.Errorf("look for the cards' messages: %w", ctx.Err())
		case look.Err() != nil: // the cards matter more than where they stood
			return s.drop(), nil
		case err != nil:
			return 0, fmt.Errorf("look for the cards' messages: %w", err)
		}
		if !open {
			closed++
		}
		if closed > mostClosed {
			break
		}
	}
	return s.drop(), nil
}

// placesOf is everywhere that a card is said to stand, its pictures included.
func placesOf(card db.Whole) []db.Place {
	places := append([]db.Place{{Channel: card.Channel, Message: card.Message}}, card.Places...)
	for _, p := range card.Pictures {
		places = append(places, db.Place{Channel: p.Channel, Message: p.Message})
	}
	slices.SortFunc(places, func(a, b db.Place) int {
		return cmp.Or(cmp.Compare(a.Channel, b.Channel), cmp.Compare(a.Message, b.Message))
	})
	places = slices.Compact(places)
	return slices.DeleteFunc(places, func(p db.Place) bool { return p.Message == "" })
}

func (s *survey) want(p db.Place, card int) {
	if !snowflake.MatchString(p.Channel) || !snowflake.MatchString(p.Message) {
		return
	}
	id, err := strconv.ParseUint(p.Message, 10, 64)
	if err != nil || id == 0 {
		return
	}
	if s.wanted[p.Channel] == nil {
		s.wanted[p.Channel] = map[uint64][]int{}
	}
	s.wanted[p.Channel][id] = append(s.wanted[p.Channel][id], card)
}

// look reads the wanted messages of a channel. It reads on from one to the next, so that those close together come at
// once. open is false for a channel that is not of this place, or that the bot cannot read.
func (s *survey) look(ctx context.Context, channel string, messages map[uint64][]int) (open bool, err error) {
	if here, err := s.isHere(ctx, channel); err != nil || !here {
		return false, err
	}
	ids := make([]uint64, 0, len(messages))
	for id := range messages {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for len(ids) > 0 {
		page, err := s.surveyor.ReadMessages(ctx, channel, strconv.FormatUint(ids[0]-1, 10))
		switch {
		case refused(err):
			return false, nil
		case err != nil:
			return true, err
		case len(page) == 0:
			return true, nil
		}
		var last uint64
		for n := range page {
			id, err := strconv.ParseUint(page[n].ID, 10, 64)
			if err != nil {
				continue
			}
			last = max(last, id)
			for _, card := range messages[id] {
				s.see(&page[n], channel, card)
			}
		}
		at, exact := slices.BinarySearch(ids, max(last, ids[0]))
		if exact {
			at++
		}
		ids = ids[at:]
	}
	return true, nil
}

// isHere tells whether a channel is of the place where the file is imported.
func (s *survey) isHere(ctx context.Context, channel string) (bool, error) {
	if s.guild == "" {
		return channel == s.channel, nil
	}
	guild, err := s.surveyor.GuildOf(ctx, channel)
	if refused(err) { // it is gone, closed to the bot, or was never a channel
		return false, nil
	}
	return guild == s.guild, err
}

func (s *survey) see(m *bot.Msg, channel string, card int) {
	if self := s.surveyor.UserID(); self == "" || m.Author.ID != self || !showsCard(m, s.cards[card].Card) {
		return
	}
	s.seen[sighting{db.Place{Channel: channel, Message: m.ID}, card}] = m.Attachments
}

// drop takes back the places that were not seen.
func (s *survey) drop() (lost int) {
	for n := range s.cards {
		card := &s.cards[n]
		before := len(placesOf(*card))
		there := func(channel, message string) ([]bot.Attachment, bool) {
			files, seen := s.seen[sighting{db.Place{Channel: channel, Message: message}, n}]
			return files, seen
		}
		if _, seen := there(card.Channel, card.Message); !seen {
			card.Message = ""
		}
		card.Places = slices.DeleteFunc(card.Places, func(p db.Place) bool {
			_, seen := there(p.Channel, p.Message)
			return !seen
		})
		for i := range card.Pictures {
			p := &card.Pictures[i]
			files, _ := there(p.Channel, p.Message)
			if !slices.ContainsFunc(files, func(a bot.Attachment) bool { return a.ID == p.Attachment }) {
				p.Channel, p.Message, p.Attachment = "", "", ""
			}
		}
		if len(placesOf(*card)) < before {
			lost++
		}
	}
	return lost
}
