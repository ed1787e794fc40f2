package db

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWhoSeesACard(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	public, secret := cardOf("pub", ann), private(cardOf("priv", ann))
	public.Message, secret.Message = "m1", "m2"
	public, secret = keepCard(t, s, public), keepCard(t, s, secret)
	for _, c := range []struct {
		name           string
		v              View
		public, secret bool
	}{
		{"the asker sees both", View{guild, ann}, true, true},
		{"another member sees the public one", View{guild, bob}, true, false},
		{"nobody in particular sees the public one", View{guild, ""}, true, false},
		{"the asker sees neither from another server", View{other, ann}, false, false},
		{"nor from no server", View{"", ann}, false, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			look := func(want bool, card Card) {
				for name, find := range map[string]func() (Card, error){
					"Card":          func() (Card, error) { return s.Card(t.Context(), c.v, card.Number) },
					"CardOfJob":     func() (Card, error) { return s.CardOfJob(t.Context(), c.v, card.Job, true) },
					"CardOfMessage": func() (Card, error) { return s.CardOfMessage(t.Context(), c.v, card.Channel, card.Message) },
					"CardOfMidjourneyID": func() (Card, error) {
						return s.CardOfMidjourneyID(t.Context(), c.v, []string{"x", strings.ToUpper(card.MidjourneyID)})
					},
				} {
					got, err := find()
					if !want {
						require.ErrorIs(t, err, ErrNotFound, name)
						require.Zero(t, got, name)
						continue
					}
					require.NoError(t, err, name)
					require.Equal(t, card, got, name)
				}
				if err := s.AddMessage(t.Context(), c.v, card.Number, "chan", "further"); want {
					require.NoError(t, err)
				} else {
					require.ErrorIs(t, err, ErrNotFound)
				}
			}
			look(c.public, public)
			look(c.secret, secret)
			want := 0
			if c.public {
				want++
			}
			if c.secret {
				want++
			}
			n, err := s.Count(t.Context(), c.v)
			require.NoError(t, err)
			require.Equal(t, want, n)
			cards, err := s.History(t.Context(), c.v, Page{})
			require.NoError(t, err)
			require.Len(t, cards, want)
			cards, err = s.Suggest(t.Context(), c.v, "lighthouse", 0)
			require.NoError(t, err)
			require.Len(t, cards, want)
			cards, err = s.Suggest(t.Context(), c.v, "3937", 0)
			require.NoError(t, err)
			require.Len(t, cards, want)
		})
	}
}

func TestNothingFound(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	keepCard(t, s, Card{Scope: guild, Source: Pasted})
	for name, find := range map[string]func() (Card, error){
		"a number that was never given": func() (Card, error) { return s.Card(t.Context(), by(ann), 99) },
		"a number below the first":      func() (Card, error) { return s.Card(t.Context(), by(ann), -1) },
		"a job without a name":          func() (Card, error) { return s.CardOfJob(t.Context(), by(ann), "", false) },
		"a message without an id":       func() (Card, error) { return s.CardOfMessage(t.Context(), by(ann), "", "") },
		"no Midjourney id":              func() (Card, error) { return s.CardOfMidjourneyID(t.Context(), by(ann), nil) },
		"an empty Midjourney id":        func() (Card, error) { return s.CardOfMidjourneyID(t.Context(), by(ann), []string{""}) },
		"the last card of no member":    func() (Card, error) { return s.LastCard(t.Context(), by("")) },
		"the last card of a newcomer":   func() (Card, error) { return s.LastCard(t.Context(), by(bob)) },
	} {
		_, err := find()
		require.ErrorIs(t, err, ErrNotFound, name)
	}
}

func TestLastCardIsTheMembersOwn(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	keepCard(t, s, cardOf("j1", ann))
	mine := keepCard(t, s, private(cardOf("j2", ann)))
	keepCard(t, s, cardOf("j3", bob))
	got, err := s.LastCard(t.Context(), by(ann))
	require.NoError(t, err)
	require.Equal(t, mine, got)
}

func TestAMidjourneyIDFindsItsNewestCard(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	first, second := cardOf("j1", ann), cardOf("j2", ann)
	second.MidjourneyID = first.MidjourneyID
	keepCard(t, s, first)
	second = keepCard(t, s, second)
	got, err := s.CardOfMidjourneyID(t.Context(), by(bob), []string{first.MidjourneyID})
	require.NoError(t, err)
	require.Equal(t, second, got)
}

func TestPostedMessagesLeadToTheCard(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	card := keepCard(t, s, cardOf("j", ann))
	ctx := t.Context()
	require.NoError(t, s.SetPosted(ctx, by(ann), card.Number, "c1", "m1", []Picture{{Position: 1, Attachment: "x"}}))
	require.NoError(t, s.SetPosted(ctx, by(ann), card.Number, "c2", "m2", nil))
	require.NoError(t, s.AddMessage(ctx, by(bob), card.Number, "c3", "m3"))
	require.NoError(t, s.AddMessage(ctx, by(bob), card.Number, "c3", "m3"), "repeating is fine")
	card.Channel, card.Message, card.Pictures = "c2", "m2", []Picture{{Position: 1, Attachment: "x"}}
	for channel, message := range map[string]string{"c1": "m1", "c2": "m2", "c3": "m3"} {
		got, err := s.CardOfMessage(ctx, by(bob), channel, message)
		require.NoError(t, err)
		require.Equal(t, card, got)
	}
	_, err := s.CardOfMessage(ctx, by(bob), "c1", "m2")
	require.ErrorIs(t, err, ErrNotFound)

	next := keepCard(t, s, cardOf("k", ann))
	require.NoError(t, s.AddMessage(ctx, by(ann), next.Number, "c3", "m3"))
	got, err := s.CardOfMessage(ctx, by(bob), "c3", "m3")
	require.NoError(t, err)
	require.Equal(t, next, got, "a message shows what it showed last")

	require.ErrorIs(t, s.SetPosted(ctx, by(ann), 99, "c", "m", nil), ErrNotFound)
	require.ErrorIs(t, s.AddMessage(ctx, by(ann), 99, "c", "m"), ErrNotFound)
	require.NoError(t, s.SetPosted(ctx, by(ann), next.Number, "c", "", []Picture{}), "an answer may have no message of its own")
}
