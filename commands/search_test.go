package commands

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/bot"
	"seedbank/db"
	"seedbank/discordtest"
	"seedbank/exchange"
)

func TestListingsInCustomIDs(t *testing.T) {
	t.Parallel()
	for _, l := range []listing{
		{}, {by: "1300000000000000001"}, {in: "18446744073709551615", starred: true}, {public: true, since: sinceDay},
		{by: "18446744073709551615", in: "18446744073709551615", since: sinceMonth, starred: true, public: true}, {since: sinceWeek},
		{since: sinceQuarter}, {since: sinceYear, starred: true, public: true},
	} {
		require.Equal(t, l, readListing(l.String()))
		require.LessOrEqual(t, len(l.String()), 32)
		longest := strings.Repeat("x", 40)
		for _, id := range []string{
			bot.ID(verbFind, pageOlder, longest, fmt.Sprint(maxFrom), l.String()),
			bot.ID(verbPage, pageNewer, "9223372036854775807", l.String()), bot.ID(verbFilter, l.String()),
		} {
			require.LessOrEqual(t, len(id), bot.MaxCustomID)
		}
	}
	for _, forged := range []string{"", ".", "..", "x.y", "!!.@@.qqq", strings.Repeat("z", 200) + ".." + strings.Repeat("d", 200), "-5.+3.dwm"} {
		require.LessOrEqual(t, len(readListing(forged).String()), 32, forged)
	}
	require.Equal(t, listing{since: sinceDay}, readListing("..dwm"), "of several the nearest")
	for letter, since := range map[string]string{"d": sinceDay, "w": sinceWeek, "m": sinceMonth, "q": sinceQuarter, "y": sinceYear} {
		require.Equal(t, listing{since: since}, readListing(".."+letter), "messages out there say it so")
	}
}

func TestHowFarALookGoesBack(t *testing.T) {
	t.Parallel()
	require.True(t, sinceTime(sinceAll, noon).IsZero())
	require.True(t, sinceTime("", noon).IsZero())
	require.Equal(t, noon.Add(-24*time.Hour), sinceTime(sinceDay, noon))
	require.Equal(t, noon.AddDate(0, 0, -7), sinceTime(sinceWeek, noon))
	require.Equal(t, noon.AddDate(0, -1, 0), sinceTime(sinceMonth, noon))
	require.Equal(t, noon.AddDate(0, -3, 0), sinceTime(sinceQuarter, noon))
	require.Equal(t, noon.AddDate(-1, 0, 0), sinceTime(sinceYear, noon))
}

func TestWordsStandInTheMessage(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"owl rain":                "owl rain",
		"  a \n `b`  ":            "a 'b'",
		"🦉 雨の中 --ar 16:9 -\"x\"":  "🦉 雨の中 --ar 16:9 -\"x\"",
		"**bold** @everyone <@1>": "**bold** @everyone <@1>",
		"\u202eevil":              "evil",
		strings.Repeat("é", 300):  strings.Repeat("é", maxSearchWords),
	} {
		words := searchText(typed)
		require.Equal(t, want, words)
		m := foundPage{words: words, result: db.Result{Cards: []db.Card{owlCard()}, Total: 1}, from: 1}.message()
		requireSendable(t, m)
		require.Equal(t, words, wordsOf(messageOf(t, m)))
	}
	require.Empty(t, wordsOf(nil))
	require.Empty(t, wordsOf(&bot.Msg{Components: []byte(`{"content":5}`)}))
	require.Empty(t, wordsOf(messageOf(t, historyMessage("9", listing{}, []db.Card{owlCard()}, 0, 1))))
}

func TestVersionsAsASearchWritesThem(t *testing.T) {
	t.Parallel()
	for version, want := range map[string]string{
		"": "", "7": "--v 7", "v7": "--v 7", " V 6.1 ": "--v 6.1", "niji 6": "--niji 6", "NIJI": "--niji", "niji6": "--niji 6",
	} {
		require.Equal(t, want, versionWords(version))
	}
}

func TestSearching(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for n := range 23 {
		card := exchange.CardOfPrompt(fmt.Sprintf("owl %d in the rain --ar 3:2 --v 7", n), db.Midjourney)
		card.Scope, card.Seed, card.Job, card.Asker = w.guild.ID, uint32(100+n), jobNumber(100+n), w.asker.ID
		w.keep(card)
	}
	fox := w.card(7, "a red fox --v 6.1")
	w.keep(db.Card{Scope: w.guild.ID, Seed: 8, Job: jobNumber(8), Prompt: "secret owl", Asker: w.colleague.ID, Private: true})
	w.keep(db.Card{Scope: "1", Seed: 9, Job: jobNumber(9), Prompt: "strange owl", Asker: w.asker.ID})
	search := func(o discordtest.Options) *discordtest.Message {
		t.Helper()
		return w.answer(w.asker.Slash(w.channel, "seeds search", o))
	}

	page := search(discordtest.Options{"text": "owl rain"})
	require.True(t, page.Ephemeral())
	require.Contains(t, page.Text(), "**Search** · 1–10 of 23")
	require.Contains(t, page.Text(), "🔎 `owl rain`")
	require.NotContains(t, page.Text(), "secret")
	require.NotContains(t, page.Text(), "strange")
	require.Error(t, w.asker.Press(page, labelPrevious).Err(), "there is nothing before")
	seen := map[string]bool{}
	note := func() {
		for _, line := range strings.Split(page.Text(), "\n") {
			if strings.HasPrefix(line, "**#") {
				require.False(t, seen[line], "no card is listed twice")
				seen[line] = true
			}
		}
	}
	turn := func(label, shows string) {
		t.Helper()
		var err error
		page, err = w.asker.Press(page, label).Await(w.soon(), func(m *discordtest.Message) bool { return strings.Contains(m.Text(), shows) })
		require.NoError(t, err)
	}
	note()
	turn(labelNext, "11–20 of 23")
	note()
	turn(labelNext, "21–23 of 23")
	note()
	require.Len(t, seen, 23)
	require.Error(t, w.asker.Press(page, labelNext).Err())
	turn(labelPrevious, "11–20 of 23")
	turn(labelPrevious, "1–10 of 23")

	t.Run("opens a card privately", func(t *testing.T) {
		require.EqualValues(t, fox.Number, w.asked(w.asker.Choose(search(discordtest.Options{"text": "fox"}), "v1:open", digits(uint32(fox.Number)))).Card)
	})
	for name, test := range map[string]struct {
		options discordtest.Options
		says    string
	}{
		"by a seed":              {discordtest.Options{"text": "seed:7"}, "1 seed"},
		"by a parameter":         {discordtest.Options{"text": "--ar 3:2"}, "1–10 of 23"},
		"by a version":           {discordtest.Options{"text": "fox", "version": "6.1"}, "🔎 `fox --v 6.1`"},
		"without a word":         {discordtest.Options{"text": "owl -rain"}, textLeftOut(23)},
		"by somebody else":       {discordtest.Options{"text": "owl", "by": w.colleague}, textNothingWithin},
		"in another channel":     {discordtest.Options{"text": "owl", "in": w.guild.AddChannel("other")}, textNothingWithin},
		"with a star":            {discordtest.Options{"text": "owl", "starred": true}, "filter: with a star"},
		"of the last year":       {discordtest.Options{"text": "owl", "since": "year"}, "filter: the last year"},
		"of the last day":        {discordtest.Options{"text": "owl", "since": "day"}, "filter: the last 24 hours"},
		"with a tag nobody uses": {discordtest.Options{"text": "owl", "tag": "film noir"}, "🔎 `owl tag:film-noir`"},
		"that finds nothing":     {discordtest.Options{"text": "xyzzy"}, textNothingFound},
	} {
		t.Run(name, func(t *testing.T) {
			require.Contains(t, search(test.options).Text(), test.says)
		})
	}
	t.Run("for what cannot be read", func(t *testing.T) {
		for _, text := range []string{"-", "seed:x", "``", "--"} {
			require.Contains(t, search(discordtest.Options{"text": text}).Text(), "**I could not read that search.**", text)
		}
	})
	t.Run("in public shows nobody's private cards, whoever turns the page", func(t *testing.T) {
		public := w.answer(w.colleague.Slash(w.channel, "seeds search", discordtest.Options{"text": "owl", "private": false}))
		require.False(t, public.Ephemeral())
		require.Contains(t, public.Text(), "of 23")
		next, err := w.colleague.Press(public, labelNext).Await(w.soon(), func(m *discordtest.Message) bool { return strings.Contains(m.Text(), "11–20") })
		require.NoError(t, err)
		require.Contains(t, next.Text(), "of 23")
		require.Contains(t, w.answer(w.colleague.Slash(w.channel, "seeds search", discordtest.Options{"text": "secret"})).Text(), "🔒")
	})
	t.Run("from another place than it was begun at", func(t *testing.T) {
		c := &counter{history: w.history, reader: w.bot}
		v := db.View{Scope: w.guild.ID, Member: w.asker.ID}
		for _, cursor := range []string{"x", "!!!!", strings.Repeat("A", 40)} {
			m, _, err := c.found(t.Context(), v, listing{}, "owl rain", cursor, 999999)
			require.NoError(t, err)
			require.Contains(t, render(m), "1–10 of 23")
		}
	})
}

func TestFilteringAList(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.card(1, "owl --v 7")
	fox := w.keep(db.Card{Scope: w.guild.ID, Seed: 2, Job: jobNumber(2), Prompt: "fox --v 7", Asker: w.colleague.ID, Channel: w.channel.ID})
	_, err := w.history.Star(t.Context(), db.View{Scope: w.guild.ID, Member: w.asker.ID}, fox.Number, true)
	require.NoError(t, err)
	list := w.answer(w.asker.Slash(w.channel, "seeds history", nil))
	require.Contains(t, list.Text(), "⭐1 `2` fox")

	narrow := func(from *discordtest.Message, fields map[string]any, shows string) *discordtest.Message {
		t.Helper()
		pressed := w.asker.Press(from, labelFilter)
		_, err := pressed.Modal(w.soon())
		require.NoError(t, err)
		submitted := pressed.Submit(fields)
		require.NoError(t, submitted.Err())
		m, err := submitted.Await(w.soon(), func(m *discordtest.Message) bool { return strings.Contains(m.Text(), shows) })
		require.NoError(t, err)
		require.Equal(t, list.ID, m.ID, "the list changes where it stands")
		return m
	}
	mine := narrow(list, map[string]any{"by": []string{w.colleague.ID}, "in": []string{w.channel.ID}, "since": "week", "starred": true}, "1 seed")
	require.Contains(t, mine.Text(), "-# filter: by <@"+w.colleague.ID+">, in <#"+w.channel.ID+">, the last 7 days, with a star")

	pressed := w.asker.Press(mine, labelFilter)
	form, err := pressed.Modal(w.soon())
	require.NoError(t, err)
	require.Len(t, form.Fields(), 5)
	by, _ := form.Field("by")
	require.Equal(t, []any{map[string]any{"id": w.colleague.ID, "type": "user"}}, by.Component["default_values"], "what was chosen before is filled in")
	found := narrow(mine, map[string]any{"words": "fox", "by": []string{w.colleague.ID}}, "🔎 `fox`")
	require.Contains(t, found.Text(), "-# filter: by <@"+w.colleague.ID+">, the last 7 days, with a star")
	again, err := w.asker.Press(found, labelFilter).Modal(w.soon())
	require.NoError(t, err)
	words, _ := again.Field("words")
	require.Equal(t, "fox", words.Value)

	nothing := narrow(found, map[string]any{"words": "owl"}, textNothingWithin)
	all := narrow(nothing, map[string]any{"words": "", "by": []string{}, "in": []string{}, "since": "all", "starred": false}, "1–2 of 2")
	require.NotContains(t, all.Text(), "filter:")

	bad := w.asker.Press(all, labelFilter)
	_, err = bad.Modal(w.soon())
	require.NoError(t, err)
	told, err := bad.Submit(map[string]any{"words": "-"}).Answer(w.soon())
	require.NoError(t, err)
	require.Contains(t, told.Text(), "**I could not read that search.**")
	require.True(t, told.Ephemeral())
	require.NotEqual(t, list.ID, told.ID, "the list stays")
}

func TestListsOfEarlierVersionsStillTurn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for n := range 12 {
		w.card(uint32(n), fmt.Sprint("owl ", n))
	}
	// A message of the version before had no listing in its buttons.
	require.Equal(t, listing{}, readListing(""))
	id, ours := bot.ParseID("v1:page:older:3")
	require.True(t, ours)
	require.Equal(t, listing{}, readListing(id.Arg(2)))
}

func TestSeedHistoryOfAMember(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.card(1, "owl")
	w.keep(db.Card{Scope: w.guild.ID, Seed: 2, Job: jobNumber(2), Prompt: "fox", Asker: w.colleague.ID})
	w.keep(db.Card{Scope: w.guild.ID, Seed: 3, Job: jobNumber(3), Prompt: "secret", Asker: w.asker.ID, Private: true})
	for _, who := range []*discordtest.Member{w.asker, w.colleague} {
		m := w.answer(who.UseOnUser(w.channel, "Seed history", w.asker.User))
		require.True(t, m.Ephemeral())
		require.Contains(t, m.Text(), "1 seed")
		require.Contains(t, m.Text(), "owl")
		require.NotContains(t, m.Text(), "fox")
		require.NotContains(t, m.Text(), "secret", "public cards only")
	}
	require.Contains(t, w.answer(w.colleague.UseOnUser(w.channel, "Seed history", w.guild.AddMember("A newcomer").User)).Text(), textNothingWithin)
}

func TestSuggestionsInSeeds(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	v := db.View{Scope: w.guild.ID, Member: w.asker.ID}
	for n, prompt := range []string{"owl one --v 7", "owl two --niji 6", "owl three --v 7"} {
		w.keep(db.Card{Scope: w.guild.ID, Seed: uint32(n + 1), Job: jobNumber(n), Prompt: prompt, Version: []string{"7", "niji 6", "7"}[n], Asker: w.asker.ID, Created: time.Now()})
	}
	w.keep(db.Card{Scope: w.guild.ID, Seed: 9, Job: jobNumber(9), Prompt: "owl --v 5", Version: "5", Asker: w.colleague.ID, Private: true})
	w.keep(db.Card{Scope: "1", Seed: 9, Job: jobNumber(9), Prompt: "owl --v 4", Version: "4", Asker: w.asker.ID})
	require.NoError(t, w.history.SetNote(t.Context(), v, 1, "", []string{"poster", "brand"}))
	_, err := w.history.Star(t.Context(), v, 1, true)
	require.NoError(t, err)

	rows := w.suggests(w.asker, "seeds compare", "b", "owl")
	require.Len(t, rows, 3)
	require.Contains(t, rows[0], "1 = #1 · owl one", "cards with a star go first")
	for n := range 30 {
		w.keep(db.Card{Scope: w.guild.ID, Seed: uint32(100 + n), Job: jobNumber(100 + n), Prompt: "cat", Asker: w.asker.ID, Created: time.Now()})
	}
	rows = w.suggests(w.asker, "seeds star", "card", "")
	require.Len(t, rows, 25)
	require.Contains(t, rows[0], "1 = #1 · owl one", "however old they are")
	require.ElementsMatch(t, []string{"7 = v7", "niji 6 = niji 6"}, w.suggests(w.asker, "seeds search", "version", ""))
	require.Equal(t, []string{"niji 6 = niji 6"}, w.suggests(w.asker, "seeds search", "version", "ni"))
	require.Equal(t, []string{"4 = " + suggestNoVersion}, w.suggests(w.asker, "seeds search", "version", "4"), "another server's are not known here")
	require.Equal(t, []string{"5 = " + suggestNoVersion}, w.suggests(w.asker, "seeds search", "version", "5"), "another's private ones neither")
	require.ElementsMatch(t, []string{"brand = brand", "poster = poster"}, w.suggests(w.asker, "seeds search", "tag", ""))
	require.Equal(t, []string{"poster = poster"}, w.suggests(w.asker, "seeds search", "tag", "#po"))
	require.Equal(t, []string{"x = " + suggestNoTag}, w.suggests(w.asker, "seeds search", "tag", "x"))
}
