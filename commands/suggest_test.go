package commands

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"seedbank/bot"
	"seedbank/db"
	"seedbank/discordtest"
)

func (w *world) suggests(who *discordtest.Member, path, option, typed string) (rows []string) {
	w.t.Helper()
	i := who.Complete(w.channel, path, option, typed, nil)
	require.NoError(w.t, i.Err())
	choices, err := i.Choices(w.soon())
	require.NoError(w.t, err)
	for _, c := range choices {
		rows = append(rows, c.Value+" = "+c.Name)
	}
	return rows
}

func TestSuggestions(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	require.Empty(t, w.suggests(w.asker, "seed", "job", ""), "an empty history suggests nothing")

	now := time.Now()
	card := func(c db.Card) { c.Scope, c.Created = w.guild.ID, now.Add(-5*time.Minute); w.keep(c) }
	card(db.Card{Seed: 11, Job: jobNumber(1), Prompt: "owl in the rain, 35 mm film --v 7", Version: "7", Asker: w.asker.ID})
	card(db.Card{Seed: 12, Job: jobNumber(2), Prompt: "a *red* fox", Asker: w.colleague.ID})
	card(db.Card{Seed: 13, Job: jobNumber(3), Prompt: "secret owl", Asker: w.colleague.ID, Private: true})
	w.keep(db.Card{Scope: "1", Seed: 14, Job: jobNumber(4), Prompt: "strange owl", Asker: w.asker.ID})
	require.NoError(t, w.history.StartAsk(t.Context(), db.Ask{ID: "1300000000000000001", Scope: w.guild.ID, Member: w.asker.ID, Job: imageJob, At: now.Add(-2 * time.Hour)}))
	require.NoError(t, w.history.StartAsk(t.Context(), db.Ask{ID: "1300000000000000002", Scope: w.guild.ID, Member: w.colleague.ID, Job: otherJobID, Private: true, At: now}))

	const one, two = "1 = #1 · owl in the rain, 35 mm film · v7 · 5 min", "2 = #2 · a *red* fox · 5 min"
	const open = "ask:1300000000000000001 = Job j1023…midjourney · no seed yet · 2 h"
	link := "https://discord.com/channels/" + w.guild.ID + "/" + w.channel.ID + "/" + messageID
	for name, test := range map[string]struct {
		who   *discordtest.Member
		typed string
		want  []string
	}{
		"nothing typed":                  {w.asker, "", []string{open, two, one}},
		"nothing typed, with secrets":    {w.colleague, "", []string{"ask:1300000000000000002 = Job j1023…midjourney · no seed yet · just now", open, "3 = #3 · secret owl · 5 min", two, one}},
		"a number":                       {w.asker, "1", []string{one, two}},
		"a number with its sign":         {w.asker, "#2", []string{two}},
		"a card as it is named here":     {w.asker, "#1 · owl in the rain", []string{one, two}},
		"a number that no card has":      {w.asker, "999", []string{"999 = " + suggestNoCard}},
		"an ask that was suggested":      {w.asker, "ask:1300000000000000001", []string{open}},
		"somebody's private ask":         {w.asker, "ask:1300000000000000002", []string{"ask:1300000000000000002 = " + suggestUnreadable}},
		"words":                          {w.asker, "OWL rain", []string{one}},
		"words of somebody's secret":     {w.asker, "secret", []string{"secret = " + suggestUnreadable}},
		"the beginning of last":          {w.asker, "la", []string{"last = " + suggestLast}},
		"a job that is new":              {w.asker, imageJob, []string{imageJob + " = Use j1023…midjourney (23 Oct 14:15)"}},
		"a job that is known":            {w.asker, "x " + jobNumber(1), []string{one, jobNumber(1) + " = Use j1023…midjourney (23 Oct 14:15)"}},
		"a job that is known to another": {w.asker, jobNumber(3), []string{jobNumber(3) + " = Use j1023…midjourney (23 Oct 14:15)"}},
		"several jobs":                   {w.asker, imageJob + " " + jobNumber(9), []string{imageJob + " = Use j1023…midjourney (23 Oct 14:15)", jobNumber(9) + " = Use j1023…midjourney (23 Oct 14:15)"}},
		"a link":                         {w.asker, "<" + link + ">", []string{link + " = " + suggestLink}},
		"a picture of Midjourney's":      {w.asker, midjourneyID, []string{midjourneyID + " = " + suggestUUID}},
		"a video":                        {w.asker, videoJobID, []string{videoJobID + " = " + suggestVideo}},
		"a job of version 2":             {w.asker, oldJobID, []string{oldJobID + " = " + suggestOldJob}},
		"nonsense":                       {w.asker, "xyzzy", []string{"xyzzy = " + suggestUnreadable}},
	} {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, test.want, w.suggests(test.who, "seed", "job", test.typed))
		})
	}
	t.Run("for a card", func(t *testing.T) {
		require.Equal(t, []string{two, one}, w.suggests(w.asker, "seeds show", "card", ""))
		require.Equal(t, []string{one}, w.suggests(w.asker, "seeds show", "card", "film"))
		require.Equal(t, []string{two}, w.suggests(w.asker, "seeds show", "card", "#2"))
		require.Equal(t, []string{"xyzzy = " + suggestNoCard}, w.suggests(w.asker, "seeds show", "card", "xyzzy"))
	})
	t.Run("for a text of 6000 letters", func(t *testing.T) {
		rows := w.suggests(w.asker, "seed", "job", strings.Repeat("🦉", 3000))
		require.Len(t, rows, 1)
		require.Contains(t, rows[0], suggestUnreadable)
	})
}

func TestOneCardIsNotOfferedForBothSidesOfAComparison(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for n := range 3 {
		w.card(uint32(n+1), "owl")
	}
	values := func(option string, filled discordtest.Options) (values []string) {
		t.Helper()
		choices, err := w.asker.Complete(w.channel, "seeds compare", option, "owl", filled).Choices(w.soon())
		require.NoError(t, err)
		for _, c := range choices {
			values = append(values, c.Value)
		}
		return values
	}
	require.Equal(t, []string{"3", "2", "1"}, values("a", nil))
	require.Equal(t, []string{"3", "1"}, values("b", discordtest.Options{"a": "2"}))
	require.Equal(t, []string{"2", "1"}, values("a", discordtest.Options{"b": "#3"}))
	require.Equal(t, []string{"3", "2", "1"}, values("b", discordtest.Options{"a": "owl"}))
}

func TestSuggestionsStayWithinDiscordsLimits(t *testing.T) {
	t.Parallel()
	history := newHistory(t)
	c := &counter{history: history}
	for n := range 40 {
		keepCard(t, history, db.Card{
			Scope: "1", Seed: uint32(n), Job: jobNumber(n), Prompt: strings.Repeat("🦉*", 500), Version: strings.Repeat("9", 50), Asker: "42",
		})
		require.NoError(t, history.StartAsk(t.Context(), db.Ask{ID: fmt.Sprint(1300000000000000000 + n), Scope: "1", Member: "42", Job: jobNumber(100 + n), At: noon}))
	}
	i := &bot.Interaction{Guild: "1", User: bot.User{ID: "42"}}
	choices, err := c.suggestJobs(t.Context(), i)
	require.NoError(t, err)
	require.Len(t, choices, 25)
	for _, choice := range choices {
		require.NotEmpty(t, choice.Name)
		require.LessOrEqual(t, units(choice.Name), 100)
		require.LessOrEqual(t, utf8.RuneCountInString(choice.Value), 100)
		require.False(t, readReference(choice.Value).empty(), "what is suggested can be read again")
	}
	for _, typed := range []string{strings.Repeat("x", 6000), strings.Repeat(imageJob[:20]+" ", 300)} {
		for _, row := range echo(suggestUnreadable, typed) {
			require.Equal(t, 100, utf8.RuneCountInString(row.Value))
		}
	}
}

func TestAges(t *testing.T) {
	t.Parallel()
	for d, want := range map[time.Duration]string{
		-time.Hour: "just now", 59 * time.Second: "just now", time.Minute: "1 min", 59 * time.Minute: "59 min",
		time.Hour: "1 h", 47 * time.Hour: "47 h", 48 * time.Hour: "2 days", 8760 * time.Hour: "365 days",
	} {
		require.Equal(t, want, age(d))
	}
}
