package commands

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/db"
	"seedbank/discordtest"
	"seedbank/exchange"
)

// download is the one file of a message.
func (w *world) download(m *discordtest.Message) string {
	w.t.Helper()
	require.Len(w.t, m.Attachments, 1)
	resp, err := http.Get(m.Attachments[0].URL)
	require.NoError(w.t, err)
	defer func() { _ = resp.Body.Close() }()
	raw, err := io.ReadAll(resp.Body)
	require.NoError(w.t, err)
	return string(raw)
}

func (w *world) exports(who *discordtest.Member, c *discordtest.Channel, o discordtest.Options) *discordtest.Message {
	w.t.Helper()
	m := w.answer(who.Slash(c, "seeds export", o))
	require.True(w.t, m.Ephemeral(), "a file is for the one who asked")
	return m
}

func (w *world) imports(who *discordtest.Member, c *discordtest.Channel, file string) string {
	w.t.Helper()
	m := w.answer(who.Slash(c, "seeds import", discordtest.Options{"file": discordtest.Upload{Name: "cards", Type: "text/plain", Data: []byte(file)}}))
	require.True(w.t, m.Ephemeral())
	return m.Text()
}

// managerOf is a member who may manage a server.
func managerOf(g *discordtest.Guild) *discordtest.Member {
	return g.AddMember("A manager", discordtest.WithRoles(g.AddRole("managers", discordtest.ManageGuild)))
}

// all is the whole cards of a scope.
func (w *world) all(v db.View) []db.Card {
	w.t.Helper()
	var cards []db.Card
	for card, err := range w.history.Export(w.t.Context(), v, db.Query{}) {
		require.NoError(w.t, err)
		cards = append(cards, card)
	}
	return cards
}

func TestWhatIsExported(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	manager := managerOf(w.guild)
	w.card(1, "owl")
	fox := w.keep(db.Card{Scope: w.guild.ID, Seed: 2, Job: jobNumber(2), Prompt: "red fox", Asker: w.colleague.ID})
	w.keep(db.Card{Scope: w.guild.ID, Seed: 3, Job: jobNumber(3), Prompt: "the asker's secret", Asker: w.asker.ID, Private: true})
	w.keep(db.Card{Scope: w.guild.ID, Seed: 4, Job: jobNumber(4), Prompt: "the manager's secret", Asker: manager.ID, Private: true})
	w.keep(db.Card{Scope: "1", Seed: 5, Job: jobNumber(5), Prompt: "strange", Asker: w.asker.ID})
	_, err := w.history.Star(t.Context(), db.View{Scope: w.guild.ID, Member: w.asker.ID}, fox.Number, true)
	require.NoError(t, err)
	for name, test := range map[string]struct {
		who     *discordtest.Member
		options discordtest.Options
		has     []string
	}{
		"mine":               {w.asker, discordtest.Options{"what": "mine", "format": "csv"}, []string{"owl", "the asker's secret"}},
		"starred":            {w.asker, discordtest.Options{"what": "starred", "format": "csv"}, []string{"red fox"}},
		"search":             {w.colleague, discordtest.Options{"what": "search", "format": "csv", "text": "secret OR owl"}, nil},
		"search for owls":    {w.colleague, discordtest.Options{"what": "search", "format": "csv", "text": "owl"}, []string{"owl"}},
		"mine, of owls":      {w.asker, discordtest.Options{"what": "mine", "format": "csv", "text": "owl"}, []string{"owl"}},
		"server":             {manager, discordtest.Options{"what": "server", "format": "csv"}, []string{"owl", "red fox"}},
		"mine, of the day":   {w.asker, discordtest.Options{"what": "mine", "format": "csv", "since": "day"}, []string{"owl", "the asker's secret"}},
		"mine, of elsewhere": {w.asker, discordtest.Options{"what": "mine", "format": "csv", "in": w.channel}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			m := w.exports(test.who, w.channel, test.options)
			if test.has == nil {
				require.Equal(t, textNothingToExport, m.Text())
				return
			}
			file := w.download(m)
			require.Equal(t, len(test.has)+1, strings.Count(file, "\n"), file)
			for _, prompt := range test.has {
				require.Contains(t, file, prompt)
			}
			require.Contains(t, m.Content, count(len(test.has), "card"))
		})
	}
	t.Run("the server's is not for everyone", func(t *testing.T) {
		require.Equal(t, textManageOnly, w.exports(w.asker, w.channel, discordtest.Options{"what": "server", "format": "json"}).Text())
	})
	t.Run("a search needs words", func(t *testing.T) {
		require.Equal(t, textExportWords, w.exports(w.asker, w.channel, discordtest.Options{"what": "search", "format": "json"}).Text())
	})
	t.Run("for reading", func(t *testing.T) {
		m := w.exports(w.asker, w.channel, discordtest.Options{"what": "starred", "format": "markdown"})
		require.Equal(t, "seeds-starred-"+time.Now().UTC().Format(time.DateOnly)+".md", m.Attachments[0].Filename)
		require.Contains(t, w.download(m), "red fox --seed 2")
	})
}

func TestAConversationIsExportedAndComesBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	dm := w.asker.DM()
	keep := func(seed uint32, prompt string) {
		w.keep(db.Card{Scope: "dm:" + dm.ID, Seed: seed, Job: jobNumber(int(seed)), Prompt: prompt, Asker: w.asker.ID})
	}
	keep(1, "owl")
	keep(2, "red fox")
	m := w.exports(w.asker, dm, discordtest.Options{"what": "server", "format": "json"})
	require.Contains(t, m.Content, "**2 cards.** With /seeds import here it brings all of that back")
	for _, elsewhere := range []string{"Manage Server", "Private cards", "/seedbot"} {
		require.NotContains(t, m.Content, elsewhere, "there is none of that in direct messages")
	}
	file := w.download(m)
	w.lose()
	require.Equal(t, "**Imported 2 cards.**", w.imports(w.asker, dm, file))
	require.Contains(t, w.answer(w.asker.Slash(dm, "seeds history", nil)).Text(), "**#2** `2` red fox")
}

func TestExportAndImportGiveTheSameCards(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	other := w.discord.AddGuild("Other")
	there := other.AddChannel("there")
	manager, elsewhere := managerOf(w.guild), managerOf(other)
	for n, prompt := range []string{"owl --ar 3:2 --v 7", "=cmd()", "'tis a \"fox\"\nin two lines, 雨", "@everyone --niji 6"} {
		card := exchange.CardOfPrompt(prompt, db.Midjourney)
		card.Scope, card.Seed, card.Job, card.MidjourneyID, card.Asker = w.guild.ID, uint32(n), jobNumber(n), midjourneyID, w.asker.ID
		card.Asked, card.Created, card.Typed = noon, noon.Add(time.Duration(n)*time.Second), "typed"
		kept := w.keep(card)
		require.NoError(t, w.history.SetNote(t.Context(), db.View{Scope: w.guild.ID, Member: w.asker.ID}, kept.Number, "-note\nof it", []string{"brand"}))
	}
	before := w.all(db.View{Scope: w.guild.ID})
	const strange = "\n-# The file is of another place: its messages and their pictures stay there."
	for _, format := range []string{"json", "csv"} {
		t.Run(format, func(t *testing.T) {
			file := w.download(w.exports(manager, w.channel, discordtest.Options{"what": "server", "format": format}))
			if format == "csv" {
				require.Equal(t, "**Nothing new.** 4 cards were here already.", w.imports(elsewhere, there, file))
				return
			}
			require.Equal(t, "**Imported 4 cards.**"+strange, w.imports(elsewhere, there, file))
			after := w.all(db.View{Scope: other.ID})
			require.Len(t, after, len(before))
			for n := range after {
				want := before[n]
				want.Scope = other.ID
				want.Pictures, after[n].Pictures = nil, nil
				require.Equal(t, want, after[n])
			}
			require.Equal(t, "**Nothing new.** 4 cards were here already."+strange, w.imports(elsewhere, there, file), "twice is once")
		})
	}
	require.Equal(t, before, w.all(db.View{Scope: w.guild.ID}), "the first server is as it was")
}

func TestImporting(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	text := w.imports(w.colleague, w.channel, "seed,prompt,asker,private,source\n5,owl,"+w.asker.ID+",,midjourney\nx,fox,,,\n6,cat,"+w.asker.ID+",yes,\n7,dog,"+w.colleague.ID+",yes,\n")
	require.Equal(t, "**Imported 2 cards.** 2 lines could not be imported:\n-# Line 3: "+textBadSeed("x")+"\n-# Line 4: "+textOthersPrivate, text)
	mine := w.all(db.View{Scope: w.guild.ID, Member: w.colleague.ID})
	require.Len(t, mine, 2)
	require.Equal(t, w.colleague.ID, mine[0].Asker, "nobody speaks for another")
	require.Equal(t, db.Imported, mine[0].Source)
	require.True(t, mine[1].Private)

	t.Run("a broken file changes nothing and says which line", func(t *testing.T) {
		require.Equal(t, textFileBroken(3, textColumnCount), w.imports(w.colleague, w.channel, "seed,prompt\n8,rat\n9,bat,x\n"))
		require.Equal(t, textFileBroken(2, textNoJSON), w.imports(w.colleague, w.channel, "{\"cards\":[\n{\"seed\":1,,\"prompt\":\"x\"}]}"))
		require.Equal(t, textFileBroken(1, textFileEmpty), w.imports(w.colleague, w.channel, "\n"))
		require.Equal(t, textFileBroken(1, textBinaryFile), w.imports(w.colleague, w.channel, string(aPicture(t))))
		require.Equal(t, textFileBroken(1, textPackedFile), w.imports(w.colleague, w.channel, "PK\x03\x04workbook"))
		for _, nothing := range []string{"[]", `{"cards":[],"recipes":[]}`, "seed,prompt\n"} {
			require.Equal(t, textNothingInFile, w.imports(w.colleague, w.channel, nothing), "and what kinds of file are taken")
		}
		require.Equal(t, mine, w.all(db.View{Scope: w.guild.ID, Member: w.colleague.ID}))
	})
	t.Run("a number that a spreadsheet has spoilt says what to do", func(t *testing.T) {
		require.Equal(t, "**Nothing new.** 2 lines could not be imported:\n-# Line 2: `3.718.204.551` is no seed. Write its digits with nothing between them, such as `3718204551`\n"+
			"-# Line 3: `3,72E+09` is no seed: a spreadsheet has rounded it. Make the column one of text, and put the whole number there",
			w.imports(w.colleague, w.channel, "\uFEFFseed;prompt\r\n3.718.204.551;owl\r\n3,72E+09;fox\r\n"))
	})
	t.Run("Midjourney's answers", func(t *testing.T) {
		require.Equal(t, "**Imported 1 card.** 1 line could not be imported:\n-# Line 6: "+textBadSeed("4294967296"),
			w.imports(w.colleague, w.channel, "**hen**\n**Job ID**: "+midjourneyID+"\n**seed** 11\n\n**cock**\n**seed** 4294967296"))
		card, err := w.history.CardOfMidjourneyID(t.Context(), db.View{Scope: w.guild.ID, Member: w.asker.ID}, []string{midjourneyID})
		require.NoError(t, err)
		require.Equal(t, db.Pasted, card.Source)
	})
	t.Run("a file that is too large", func(t *testing.T) {
		big := discordtest.Upload{Name: "a.csv", Data: []byte("seed,prompt\n" + strings.Repeat("1,owl\n", 1))}
		require.NotContains(t, w.imports(w.colleague, w.channel, string(big.Data)), textFileTooLarge)
		c := &counter{fetcher: w.bot}
		_, err := c.readFile(t.Context(), botFile("https://example.com/x"))
		require.EqualError(t, err, textFileGone)
	})
	t.Run("by who may not save", func(t *testing.T) {
		role := w.guild.AddRole("Savers", 0)
		require.NoError(t, w.history.SaveSettings(t.Context(), w.guild.ID, db.Settings{Roles: map[string][]string{"save": {role.ID}}}, "1"))
		require.Contains(t, w.imports(w.colleague, w.channel, "seed,prompt\n99,owl\n"), "<@&"+role.ID+">")
		require.Contains(t, w.answer(w.colleague.Slash(w.channel, "seeds add", nil)).Text(), "<@&"+role.ID+">")
		m := w.discord.AddBot("Midjourney Bot").Say(w.channel, "**owl**\n**seed** 98")
		require.Contains(t, w.answer(w.colleague.UseOnMessage(w.channel, envelopeName, m)).Text(), "<@&"+role.ID+">")
	})
}

func TestImportedListsOfFaultsStayWithinAMessage(t *testing.T) {
	t.Parallel()
	var rejected []rejectedLine
	for n := range 5000 {
		rejected = append(rejected, rejectedLine{5000 - n, textBadSeed(strings.Repeat("🦉", 300))})
	}
	words := textImported(imported{lost: 1, strange: true, rejected: rejected, ImportResult: db.ImportResult{Counted: db.Counted{Added: 1, Known: 2}}})
	requireSendable(t, framed(blue, text(words)))
	require.Contains(t, words, "Line 1:")
	require.Contains(t, words, fmt.Sprintf("and %d more", 5000-maxRejectedLines))
}

func TestForgetMe(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.card(1, "owl")
	w.keep(db.Card{Scope: w.guild.ID, Seed: 2, Job: jobNumber(2), Prompt: "secret", Asker: w.asker.ID, Private: true})
	w.keep(db.Card{Scope: w.guild.ID, Seed: 3, Job: jobNumber(3), Prompt: "the colleague's secret", Asker: w.colleague.ID, Private: true})
	w.keep(db.Card{Scope: "1", Seed: 4, Job: jobNumber(4), Prompt: "elsewhere", Asker: w.asker.ID})
	confirm := func(word string) *discordtest.Message {
		t.Helper()
		i := w.asker.Slash(w.channel, "seeds forget-me", nil)
		_, err := i.Modal(w.soon())
		require.NoError(t, err)
		m, err := i.Submit(map[string]any{"confirm": word}).Answer(w.soon())
		require.NoError(t, err)
		require.True(t, m.Ephemeral())
		return m
	}
	require.Equal(t, textNotConfirmed, confirm("yes").Text())
	require.Len(t, w.all(db.View{Scope: w.guild.ID, Member: w.asker.ID}), 2)
	require.Contains(t, confirm(" Forget-Me ").Text(), "1 private or deleted card erased, 1 card stays")
	left := w.all(db.View{Scope: w.guild.ID, Member: w.asker.ID})
	require.Len(t, left, 1)
	require.Empty(t, left[0].Asker)
	require.Equal(t, "owl", left[0].Prompt)
	require.Len(t, w.all(db.View{Scope: w.guild.ID, Member: w.colleague.ID}), 2, "others keep what is theirs")
	require.Equal(t, w.asker.ID, w.all(db.View{Scope: "1"})[0].Asker, "another server is another matter")
	require.Contains(t, w.answer(w.colleague.Slash(w.channel, "seeds history", nil)).Text(), "owl")
}

func TestMarkdownIsWorded(t *testing.T) {
	t.Parallel()
	card := owlCard()
	card.Tags, card.Stars, card.Private = []string{"brand", "poster"}, 3, true
	card.Channel, card.Message = "1300000000000000001", "1300000000000000002"
	card.Note = "see [this](https://evil.example)\n# big"
	var b bytes.Buffer
	e := exporting{format: formatMarkdown, guild: "900", from: exchange.Origin{At: noon}}
	w, err := e.newWriter(t.Context(), &b)
	require.NoError(t, err)
	require.NoError(t, w.Card(exchange.RecordOf(card)))
	require.NoError(t, w.End())
	require.Equal(t, "# Seeds\n\nExported by Seedbank on 23 October 2026. Each prompt stands ready to be pasted to Midjourney, with its seed at the end."+"\n\n## #142 · 3718204551\n\n```\nowl in the rain, 35 mm film --ar 3:2 --stylize 250 --raw --v 7 --seed 3718204551\n```\n"+
		"\n> see \\[this\\](https\\://evil.example)\n> \\# big\n"+
		"\n★ 3 · tags: brand, poster · private · 2026-10-23 · <https://discord.com/channels/900/1300000000000000001/1300000000000000002>\n",
		b.String())
}

func TestAFullFileIsNoticed(t *testing.T) {
	t.Parallel()
	c := &counted{w: io.Discard, most: 5}
	_, err := c.Write([]byte("12345"))
	require.NoError(t, err)
	_, err = c.Write([]byte("6"))
	require.ErrorIs(t, err, errFull)
}
