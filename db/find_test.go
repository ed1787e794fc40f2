package db

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestWhoSeesACard(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	public, secret := cardOf("pub", asker), private(cardOf("priv", asker))
	public.Message, secret.Message = "m1", "m2"
	public, secret = keepCard(t, s, public), keepCard(t, s, secret)
	for _, c := range []struct {
		name           string
		v              View
		public, secret bool
	}{
		{"the asker sees both", View{Scope: guild, Member: asker}, true, true},
		{"another member sees the public one", View{Scope: guild, Member: colleague}, true, false},
		{"nobody in particular sees the public one", View{Scope: guild, Member: ""}, true, false},
		{"the asker sees neither from another server", View{Scope: other, Member: asker}, false, false},
		{"nor from no server", View{Scope: "", Member: asker}, false, false},
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
			n, err := s.Count(t.Context(), c.v, Filter{})
			require.NoError(t, err)
			require.Equal(t, want, n)
			cards, err := s.History(t.Context(), c.v, Filter{}, Page{})
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
		"a number that was never given": func() (Card, error) { return s.Card(t.Context(), by(asker), 99) },
		"a number below the first":      func() (Card, error) { return s.Card(t.Context(), by(asker), -1) },
		"a job without a name":          func() (Card, error) { return s.CardOfJob(t.Context(), by(asker), "", false) },
		"a message without an id":       func() (Card, error) { return s.CardOfMessage(t.Context(), by(asker), "", "") },
		"no Midjourney id":              func() (Card, error) { return s.CardOfMidjourneyID(t.Context(), by(asker), nil) },
		"an empty Midjourney id":        func() (Card, error) { return s.CardOfMidjourneyID(t.Context(), by(asker), []string{""}) },
		"the last card of no member":    func() (Card, error) { return s.LastCard(t.Context(), by("")) },
		"the last card of a newcomer":   func() (Card, error) { return s.LastCard(t.Context(), by(colleague)) },
	} {
		_, err := find()
		require.ErrorIs(t, err, ErrNotFound, name)
	}
}

func TestLastCardIsTheMembersOwn(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	keepCard(t, s, cardOf("j1", asker))
	mine := keepCard(t, s, private(cardOf("j2", asker)))
	keepCard(t, s, cardOf("j3", colleague))
	got, err := s.LastCard(t.Context(), by(asker))
	require.NoError(t, err)
	require.Equal(t, mine, got)
}

func TestAMidjourneyIDFindsItsNewestCard(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	first, second := cardOf("j1", asker), cardOf("j2", asker)
	second.MidjourneyID = first.MidjourneyID
	keepCard(t, s, first)
	second = keepCard(t, s, second)
	got, err := s.CardOfMidjourneyID(t.Context(), by(colleague), []string{first.MidjourneyID})
	require.NoError(t, err)
	require.Equal(t, second, got)
}

func TestPostedMessagesLeadToTheCard(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	card := keepCard(t, s, cardOf("j", asker))
	ctx := t.Context()
	require.NoError(t, s.SetPosted(ctx, by(asker), card.Number, "c1", "m1", []Picture{{Position: 1, Attachment: "x"}}))
	require.NoError(t, s.SetPosted(ctx, by(asker), card.Number, "c2", "m2", nil))
	require.NoError(t, s.AddMessage(ctx, by(colleague), card.Number, "c3", "m3"))
	require.NoError(t, s.AddMessage(ctx, by(colleague), card.Number, "c3", "m3"), "repeating is fine")
	card.Channel, card.Message, card.Pictures = "c2", "m2", []Picture{{Position: 1, Attachment: "x"}}
	card.Shown = []string{"c1", "c2", "c3"}
	for channel, message := range map[string]string{"c1": "m1", "c2": "m2", "c3": "m3"} {
		got, err := s.CardOfMessage(ctx, by(colleague), channel, message)
		require.NoError(t, err)
		require.Equal(t, card, got)
	}
	_, err := s.CardOfMessage(ctx, by(colleague), "c1", "m2")
	require.ErrorIs(t, err, ErrNotFound)

	next := keepCard(t, s, cardOf("k", asker))
	require.NoError(t, s.AddMessage(ctx, by(asker), next.Number, "c3", "m3"))
	got, err := s.CardOfMessage(ctx, by(colleague), "c3", "m3")
	require.NoError(t, err)
	next.Shown = []string{"c3", "chan"}
	require.Equal(t, next, got, "a message shows what it showed last")
	got, err = s.Card(ctx, by(colleague), card.Number)
	require.NoError(t, err)
	require.Equal(t, []string{"c1", "c2"}, got.Shown, "and what it showed before is not seen there any more")

	require.ErrorIs(t, s.SetPosted(ctx, by(asker), 99, "c", "m", nil), ErrNotFound)
	require.ErrorIs(t, s.AddMessage(ctx, by(asker), 99, "c", "m"), ErrNotFound)
	require.NoError(t, s.SetPosted(ctx, by(asker), next.Number, "c", "", []Picture{}), "an answer may have no message of its own")
}

func TestTheLastCardIsThatOfTheLatestAnswer(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	first := View{Scope: "3", Member: "42"}
	second := View{Scope: "3", Member: "43"}
	card, _, err := s.Keep(t.Context(), "1", Card{Scope: "3", Seed: 1, Source: Midjourney, Job: "j", Prompt: "owl", Asker: first.Member})
	require.NoError(t, err)
	_, err = s.LastCard(t.Context(), second)
	require.ErrorIs(t, err, ErrNotFound)
	require.NoError(t, s.StartAsk(t.Context(), Ask{ID: "2", Scope: "3", Member: second.Member, Job: "j", At: time.Now()}))
	require.NoError(t, s.EndAsk(t.Context(), "2", Answered, "", "", card.Number))
	last, err := s.LastCard(t.Context(), second)
	require.NoError(t, err)
	require.Equal(t, card.Number, last.Number, "the answer was somebody else's card")
}
