package commands

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/bot"
	"seedbank/db"
	"seedbank/exchange"
)

// importing is an importer for a member of server 900.
func importing(manages bool, accounts ...string) importer {
	return importer{
		i: &bot.Interaction{Guild: "900", User: bot.User{ID: "1300000000000000042"}}, set: db.Settings{Accounts: accounts},
		manages: manages, now: noon.Add(time.Hour),
	}
}

func TestWhatAFileMayClaim(t *testing.T) {
	t.Parallel()
	const self, other = "1300000000000000042", "1300000000000000043"
	seed := uint32(5)
	base := exchange.Record{Seed: &seed, Prompt: "owl --ar 3:2 --v 7"}
	with := func(change func(*exchange.Record)) exchange.Record { r := base; change(&r); return r }
	for name, test := range map[string]struct {
		record  exchange.Record
		manages bool
		want    func(db.Card) bool
		why     string
	}{
		"prompt and seed": {record: base, want: func(c db.Card) bool {
			return c.Seed == 5 && c.Version == "7" && c.Aspect == "3:2" && c.Source == db.Imported && c.Asker == self && !c.Private && !c.Created.IsZero()
		}},
		"a version that the prompt does not name": {record: with(func(r *exchange.Record) { r.Version = "6" }), want: func(c db.Card) bool { return c.Version == "7" }},
		"Midjourney's own seed, from a member":    {record: with(func(r *exchange.Record) { r.Source, r.Job = "midjourney", imageJob }), want: func(c db.Card) bool { return c.Source == db.Imported && c.Job == "" }},
		"Midjourney's own seed, from a manager":   {record: with(func(r *exchange.Record) { r.Source, r.Job = "midjourney", imageJob }), manages: true, want: func(c db.Card) bool { return c.Source == db.Midjourney && c.Job == imageJob }},
		"Midjourney's own seed, by ✉️":            {record: with(func(r *exchange.Record) { r.Source = "midjourney" }), manages: true, want: func(c db.Card) bool { return c.Source == db.Midjourney }},
		"the same, from a member":                 {record: with(func(r *exchange.Record) { r.Source = "midjourney" }), want: func(c db.Card) bool { return c.Source == db.Imported }},
		"a seed that was pasted":                  {record: with(func(r *exchange.Record) { r.Source = "pasted" }), want: func(c db.Card) bool { return c.Source == db.Pasted }},
		"another asker, from a member":            {record: with(func(r *exchange.Record) { r.Asker = other }), want: func(c db.Card) bool { return c.Asker == self }},
		"another asker, from a manager":           {record: with(func(r *exchange.Record) { r.Asker = other }), manages: true, want: func(c db.Card) bool { return c.Asker == other }},
		"no asker, from a manager":                {record: base, manages: true, want: func(c db.Card) bool { return c.Asker == "" }},
		"one's own private card":                  {record: with(func(r *exchange.Record) { r.Asker, r.Private = self, true }), want: func(c db.Card) bool { return c.Private && c.Asker == self }},
		"a private card of nobody's":              {record: with(func(r *exchange.Record) { r.Private = true }), manages: true, want: func(c db.Card) bool { return c.Private && c.Asker == self }},
		"another's private card":                  {record: with(func(r *exchange.Record) { r.Asker, r.Private = other, true }), manages: true, why: textOthersPrivate},
		"an asker that is none":                   {record: with(func(r *exchange.Record) { r.Asker = "1.3E+18" }), why: textNoID("asker", "1.3E+18")},
		"a job that is none":                      {record: with(func(r *exchange.Record) { r.Job = "x" }), why: textNoJobIn("job", "x")},
		"a job with something around it":          {record: with(func(r *exchange.Record) { r.Job = imageJob + " x" }), why: textNoJobIn("job", inCode(shortened(imageJob+" x", maxRowMark)))},
		"a video":                                 {record: with(func(r *exchange.Record) { r.Job = videoJobID }), why: textNoJobIn("job", inCode(shortened(videoJobID, maxRowMark)))},
		"an ID of Midjourney's that is none":      {record: with(func(r *exchange.Record) { r.MidjourneyID = "x`y" }), why: textNoJobIn("midjourney_id", "x'y")},
		"no prompt":                               {record: with(func(r *exchange.Record) { r.Prompt = " \n" }), why: textPromptMissing},
		"no prompt, but a job":                    {record: with(func(r *exchange.Record) { r.Prompt, r.MidjourneyID = "", midjourneyID }), want: func(c db.Card) bool { return c.MidjourneyID == midjourneyID }},
		"a prompt that is too long":               {record: with(func(r *exchange.Record) { r.Prompt = strings.Repeat("é", 20_001) }), why: textTooLongField("prompt", 20_000)},
		"a number below nothing":                  {record: with(func(r *exchange.Record) { r.Number = -1 }), why: textNoNumber("number", "-1")},
		"a number beyond all":                     {record: with(func(r *exchange.Record) { r.Number = 1 << 60 }), why: textNoNumber("number", fmt.Sprint(int64(1)<<60))},
		"a moment of the future":                  {record: with(func(r *exchange.Record) { r.Created = "2999-01-01T00:00:00Z" }), why: textNoTime("created", "2999-01-01T00:00:00Z")},
		"a moment that is none":                   {record: with(func(r *exchange.Record) { r.Asked = "yesterday" }), why: textNoTime("asked", "yesterday")},
		"an action nobody knows":                  {record: with(func(r *exchange.Record) { r.Action = "<script>" }), why: textNoWord("action", "<script>")},
		"a message, from a member":                {record: with(func(r *exchange.Record) { r.Channel, r.Message = "1300000000000000001", "1300000000000000002" }), want: func(c db.Card) bool { return c.Message == "" && c.Channel == "1300000000000000001" }},
		"a message, from a manager":               {record: with(func(r *exchange.Record) { r.Channel, r.Message = "1300000000000000001", "1300000000000000002" }), manages: true, want: func(c db.Card) bool { return c.Message == "1300000000000000002" }},
		"a message of a private card": {record: with(func(r *exchange.Record) {
			r.Channel, r.Message, r.Private = "1300000000000000001", "1300000000000000002", true
		}), manages: true, want: func(c db.Card) bool { return c.Message == "" }},
		"pictures that stand somewhere": {record: with(func(r *exchange.Record) {
			r.Pictures = []exchange.Picture{
				{Position: 1, Channel: "1300000000000000001", Message: "1300000000000000002", Attachment: "1", Name: "../../x", Type: "image/png", SHA256: strings.Repeat("a", 64), Hash: "ff"},
				{Position: 99}, {Position: -1},
			}
		}), want: func(c db.Card) bool {
			return len(c.Pictures) == 1 && c.Pictures[0] == (db.Picture{Position: 1, Type: "image/png", SHA256: strings.Repeat("a", 64), Hash: 255})
		}},
		"tags of every kind": {record: with(func(r *exchange.Record) { r.Tags = []string{"Film Noir", "#x", "<b>"} }), want: func(c db.Card) bool {
			return strings.Join(c.Tags, " ") == "film-noir x b"
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := importing(test.manages)
			m.scope = "900"
			card, why := m.card(test.record)
			require.Equal(t, test.why, why)
			if test.want != nil {
				require.True(t, test.want(card.Card), "%+v", card)
			}
		})
	}
	elsewhere := importing(true)
	foreign, why := elsewhere.card(with(func(r *exchange.Record) { r.Source = "midjourney" }))
	require.Empty(t, why)
	require.Equal(t, db.Imported, foreign.Source, "in a file that is not this server's, without a job to tell by")
	m := importing(true, "12345")
	_, why = m.card(with(func(r *exchange.Record) { r.Job = imageJob }))
	require.Equal(t, textOtherAccountLine, why)
}

// Every kind of fault has words of its own, which fit into a message whatever stands in the file.
func TestFaultsOfFilesAreWorded(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("`🦉", 3000)
	said := map[string]exchange.Code{}
	for code, want := range map[exchange.Code]string{
		exchange.Empty: textFileEmpty, exchange.UTF16: textUTF16, exchange.NotUTF8: textNoUTF8, exchange.Binary: textBinaryFile,
		exchange.Unknown: textUnknownFile, exchange.MarkdownOnly: textMarkdownOnly, exchange.TooManyCards: textTooManyCards(7),
		exchange.TooManyRecipes: textTooManyRecipes(7), exchange.Packed: textPackedFile, exchange.NotARecipe: textNotARecipe,
		exchange.GroupedSeed: textGroupedSeed(long), exchange.RoundedSeed: textRoundedSeed(long),
		exchange.ColumnTwice: textColumnTwice(long), exchange.ColumnMissing: textColumnMissing(long), exchange.ColumnCount: textColumnCount,
		exchange.Quotes: textQuotes, exchange.NotJSON: textNoJSON, exchange.CutOff: textCutOff, exchange.BehindEnd: textBehindEnd,
		exchange.NoCards: textNoCards, exchange.NotACard: textNotACard, exchange.SeedMissing: textSeedMissing,
		exchange.PromptMissing: textPromptMissing, exchange.BadSeed: textBadSeed(long), exchange.NoPromptAbove: textSeedWithoutPrompt,
		exchange.NoSeedBelow: textJobWithoutSeed, exchange.WrongType: textWrongField(long, long), exchange.NoNumber: textNoNumber("parent", long),
		exchange.NoYesNo: textNoYesNo("private", long), exchange.NoWord: textNoWord("speed", long), exchange.NoTime: textNoTime("asked", long),
		exchange.TooLong: textTooLongField("note", 7),
	} {
		field := map[exchange.Code]string{
			exchange.NoNumber: "parent", exchange.NoYesNo: "private", exchange.NoWord: "speed", exchange.NoTime: "asked", exchange.TooLong: "note",
			exchange.WrongType: long, exchange.ColumnTwice: long, exchange.ColumnMissing: long,
		}[code]
		why := fileProblemWords(exchange.Problem{Code: code, Field: field, Value: long, Most: 7})
		require.Equal(t, want, why, code)
		require.Empty(t, said[why], "%s says the same", code)
		said[why] = code
		if code != exchange.ColumnMissing { // its column is always one of ours
			requireSendable(t, framed(blue, text(textFileBroken(1, why))))
		}
	}
}

// What hangs on a card is other members', so it takes more than a file to bring it.
func TestWhatAFileMayHangOnACard(t *testing.T) {
	t.Parallel()
	const self, other = "1300000000000000042", "1300000000000000043"
	seed := uint32(5)
	record := exchange.Record{
		Seed: &seed, Prompt: "owl", StarredBy: []exchange.Star{{Member: self}, {Member: other}, {Member: "<@1>"}},
		Channel: "1300000000000000001", Message: "1300000000000000002", Places: []exchange.Place{{Channel: "1300000000000000001", Message: "1300000000000000003"}},
		Pictures: []exchange.Picture{{Position: 1, Channel: "1300000000000000001", Message: "1300000000000000002", Attachment: "1300000000000000004"}},
		Sheet:    aSheet(t),
	}
	for name, test := range map[string]struct {
		manages, private      bool
		scope                 string
		stars                 int
		places, sheet, stands bool
	}{
		"from a member":                          {scope: "900", stars: 1},
		"from a member, of an own private card":  {scope: "900", stars: 1, private: true, sheet: true},
		"from a manager":                         {scope: "900", manages: true, stars: 2, places: true, sheet: true, stands: true},
		"from a manager, of an own private card": {scope: "900", manages: true, private: true, stars: 1, sheet: true},
		"from a manager, of another server":      {scope: "901", manages: true, stars: 2, sheet: true},
		"from a manager, of no known server":     {manages: true, stars: 2, sheet: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := importing(test.manages)
			m.scope = test.scope
			r := record
			r.Private = test.private
			card, why := m.card(r)
			require.Empty(t, why)
			require.Len(t, card.StarredBy, test.stars)
			require.Equal(t, test.places, len(card.Places) > 0)
			require.Equal(t, test.sheet, len(card.JPEG) > 0)
			require.Equal(t, test.stands, card.Message != "" && card.Pictures[0].Attachment != "")
			require.Equal(t, test.scope != "901", card.Channel != "", "a channel of another server is none of ours")
		})
	}
	m := importing(true)
	bad := record
	bad.Sheet = aPicture(t)
	card, _ := m.card(bad)
	require.Empty(t, card.JPEG, "what is no sheet is none")
}

func TestWhatAFileMaySayOfARecipe(t *testing.T) {
	t.Parallel()
	const self, other = "1300000000000000042", "1300000000000000043"
	record := exchange.Recipe{Name: " Brand  Owl ", Standard: true, Uses: 7, Revisions: []exchange.Revision{{Prompt: "owl --seed 5", By: other}, {Prompt: "fox", By: "<@1>"}}}
	m := importing(false)
	r, why := m.recipe(record)
	require.Empty(t, why)
	require.Equal(t, "Brand Owl", r[0].Name)
	require.Equal(t, "owl", r[0].Prompt)
	require.EqualValues(t, 5, *r[0].Seed)
	require.Equal(t, []string{self, self}, []string{r[0].By, r[1].By}, "nobody speaks for another")
	require.False(t, r[0].Standard)
	require.Zero(t, r[0].Uses)
	m.manages, m.curates = true, true
	r, _ = m.recipe(record)
	require.Equal(t, []string{other, self}, []string{r[0].By, r[1].By})
	require.True(t, r[0].Standard)
	require.Equal(t, 7, r[0].Uses)
	for why, change := range map[string]func(*exchange.Recipe){
		textNotARecipe:     func(r *exchange.Recipe) { r.Revisions = nil },
		textRecipeNameLine: func(r *exchange.Recipe) { r.Name = "a:b" }, // names stand in custom IDs
		textRecipePromptLine(2): func(r *exchange.Recipe) {
			r.Revisions = []exchange.Revision{{Prompt: "owl"}, {Prompt: "{a}{b}{c}{d}{e}{f}"}}
		},
	} {
		bad := record
		change(&bad)
		_, got := m.recipe(bad)
		require.Equal(t, why, got)
	}
}

func FuzzImporting(f *testing.F) {
	f.Add([]byte("seed,prompt\n1,owl\n"))
	f.Add([]byte(`{"cards":[{"seed":1,"prompt":"owl"}]}`))
	f.Add([]byte("**a**\n**seed** 1"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		content, err := exchange.Read(raw)
		if err != nil {
			return
		}
		m := importing(false)
		for _, c := range content.Cards {
			if card, why := m.card(c.Record); why == "" {
				require.Equal(t, m.i.User.ID, card.Asker)
				require.NotEqual(t, db.Midjourney, card.Source)
			}
		}
	})
}
