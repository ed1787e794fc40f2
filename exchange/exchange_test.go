package exchange

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"seedbank/db"
)

var noon = time.Date(2026, 10, 23, 12, 0, 0, 0, time.UTC)

const (
	imageJob     = "j1023141520123456789i-u12345-c1234567890123456789-bot:midjourney"
	commandJob   = "j1023141535123456789-u12345-c1234567890123456789-bot:midjourney"
	midjourneyID = "9333dcd0-681e-4840-a29c-801e502ae424"
)

// written is cards as a file of the format.
func written(t *testing.T, format string, cards ...db.Card) string {
	t.Helper()
	var b bytes.Buffer
	var w interface {
		Card(Record) error
		End() error
	}
	var err error
	switch format {
	case "csv":
		w, err = NewCSV(&b)
	case "json":
		w, err = NewJSON(&b, Origin{At: noon})
	case "markdown":
		w, err = NewMarkdown(&b, Markdown{
			Intro: "How to read this.",
			Facts: func(r Record) string { return strings.Join(r.Tags, ", ") },
			Quote: func(line string) string { return "(" + line + ")" },
		})
	}
	require.NoError(t, err)
	for _, card := range cards {
		require.NoError(t, w.Card(RecordOf(card)))
	}
	require.NoError(t, w.End())
	return b.String()
}

func readBack(t *testing.T, file string) []Record {
	t.Helper()
	content, err := Read([]byte(file))
	require.NoError(t, err)
	require.Empty(t, content.Rejected)
	var records []Record
	for _, c := range content.Cards {
		records = append(records, c.Record)
	}
	return records
}

func owlCard() db.Card {
	card := CardOfPrompt("owl in the rain, 35 mm film --ar 3:2 --stylize 250 --raw --v 7", db.Midjourney)
	card.Scope, card.Number, card.Seed, card.Job, card.MidjourneyID = "900", 142, 3718204551, imageJob, midjourneyID
	card.Asker, card.Asked, card.Created = "42", noon, noon.Add(time.Second)
	return card
}

// fullCard has everything that a card can have.
func fullCard() db.Card {
	card := owlCard()
	card.Source, card.SeedJob, card.Typed, card.Note = db.Midjourney, commandJob, "owl", "the one\nfor the poster, \"final\""
	card.Tags, card.Stars, card.Parent, card.Action, card.Speed = []string{"brand", "poster"}, 3, 141, "imagine", "fast"
	card.Channel, card.Message, card.Private = "1300000000000000001", "1300000000000000002", true
	card.Pictures = []db.Picture{{
		Position: 1, Channel: "1300000000000000001", Message: "1300000000000000002", Attachment: "1300000000000000003",
		Name: "seed-142-1.png", Type: "image/png", Size: 12, Width: 3, Height: 4, SHA256: strings.Repeat("a", 64), Hash: 1<<63 + 5,
	}, {Position: 2, Missing: "gone"}}
	card.Raw = json.RawMessage(`{"a": 1, "b":"<x>"}`)
	return card
}

func TestBrokenFilesSayWhere(t *testing.T) {
	t.Parallel()
	jsonFile := written(t, "json", fullCard(), fullCard(), fullCard())
	csvFile := written(t, "csv", fullCard(), owlCard())
	many := "seed,prompt\n" + strings.Repeat("1,owl\n", MaxCards+1)
	for name, test := range map[string]struct {
		file string
		line int
		why  Problem
	}{
		"nothing":                          {"", 1, Problem{Code: Empty}},
		"space":                            {" \n\n", 1, Problem{Code: Empty}},
		"a picture":                        {"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", 1, Problem{Code: Binary}},
		"a workbook":                       {"PK\x03\x04\x14\x00\x06\x00", 1, Problem{Code: Packed}},
		"a document":                       {"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", 1, Problem{Code: Binary}},
		"UTF-16":                           {"\xff\xfes\x00e\x00", 1, Problem{Code: UTF16}},
		"Latin-1":                          {"seed,prompt\n1,caf\xe9\n", 2, Problem{Code: NotUTF8}},
		"zeros":                            {"seed,prompt\n1,a\x00\n", 2, Problem{Code: Binary}},
		"a letter":                         {"Dear bot,\nplease import my seeds.", 1, Problem{Code: Unknown}},
		"a page":                           {"<!doctype html><html></html>", 1, Problem{Code: Unknown}},
		"JSON that ends":                   {jsonFile[:strings.LastIndex(jsonFile, "\"prompt\"")], 4, Problem{Code: CutOff}},
		"JSON with a hole":                 {strings.Replace(jsonFile, "},\n", "}\n", 1), 3, Problem{Code: NotJSON}},
		"JSON and more":                    {jsonFile + "{}", 6, Problem{Code: BehindEnd}},
		"JSON of something else":           {`{"format":"other","items":[]}`, 1, Problem{Code: NoCards}},
		"JSON whose cards are none":        {"{\n\"cards\":{}}", 2, Problem{Code: NoCards}},
		"CSV without seeds":                {"number,prompt\n1,owl\n", 1, Problem{Code: ColumnMissing, Field: "seed"}},
		"CSV without prompts":              {"number,seed\n1,5\n", 1, Problem{Code: ColumnMissing, Field: "prompt"}},
		"CSV with a column twice":          {"seed,prompt,Seed\n1,owl,2\n", 1, Problem{Code: ColumnTwice, Field: "seed"}},
		"CSV with a quote left open":       {strings.Replace(csvFile, "\n142", "\n\"142", 1), 2, Problem{Code: Quotes}},
		"CSV with a quote left open below": {"seed,prompt\n1,owl\n2,\"a fox\n" + strings.Repeat("3,hen\n", 90), 3, Problem{Code: Quotes}},
		"CSV that ends in a row":           {"seed,prompt,note\r\n1,owl,x\r\n2,fo", 3, Problem{Code: ColumnCount}},
		"CSV that says its separator":      {"sep=;\r\nseed;prompt\r\n1;owl;x\r\n", 3, Problem{Code: ColumnCount}},
		"CSV with a quote in between":      {"seed,prompt\n1,owl\n2,a \"b\" c\n", 3, Problem{Code: Quotes}},
		"CSV with a cell too many":         {"seed,prompt\n1,owl\n2,fox,x\n", 3, Problem{Code: ColumnCount}},
		"CSV with a cell too few":          {"seed,prompt\n\n1,owl\n2\n", 4, Problem{Code: ColumnCount}},
		"more faults than are told":        {"seed,prompt\n" + strings.Repeat("x,owl\n", 200_000), MaxCards + 2, Problem{Code: TooManyCards, Most: MaxCards}},
		"a list of nothing but faults":     {"[" + strings.Repeat("1,\n", 200_000) + "1]", MaxCards + 1, Problem{Code: TooManyCards, Most: MaxCards}},
		"recipes that are no list":         {"{\"cards\":[],\n\"recipes\":{}}", 2, Problem{Code: NoCards}},
		"more recipes than are taken":      {"{\"recipes\":[\n" + strings.Repeat("{\"name\":\"owl\"},\n", MaxRecipes) + "{}]}", MaxRecipes + 2, Problem{Code: TooManyRecipes, Most: MaxRecipes}},
		"more revisions than are taken":    {"{\"recipes\":[\n{\"name\":\"owl\",\"revisions\":[" + strings.Repeat("{},", MaxRevisions) + "{}]}]}", 2, Problem{Code: TooManyRecipes, Most: MaxRevisions}},
		"a scope that is none":             {"{\"cards\":[],\n\"scope\":5}", 2, Problem{Code: WrongType, Field: "scope", Value: "number"}},
		"more than is taken":               {many, MaxCards + 2, Problem{Code: TooManyCards, Most: MaxCards}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			content, err := Read([]byte(test.file))
			require.Nil(t, content)
			var bad *Broken
			require.ErrorAs(t, err, &bad)
			require.Equal(t, test.why, bad.Problem)
			require.Equal(t, test.line, bad.Line)
		})
	}
}

func TestLinesThatAreNoCard(t *testing.T) {
	t.Parallel()
	content, err := Read([]byte("Prompt;seed;number;private\r\nowl;5;#7;yes\r\nfox;;;\r\ncat;x;;\r\ndog;6;seven;\r\nbat;7;;perhaps\r\n\r\nrat;8;;\r\n"))
	require.NoError(t, err, "a spreadsheet may have written it with semicolons")
	require.Equal(t, []Rejected{
		{3, Problem{Code: SeedMissing}}, {4, Problem{Code: BadSeed, Value: "x"}}, {5, Problem{Code: NoNumber, Field: "number", Value: "seven"}}, {6, Problem{Code: NoYesNo, Field: "private", Value: "perhaps"}},
	}, content.Rejected)
	require.Len(t, content.Cards, 2)
	require.Equal(t, 2, content.Cards[0].Line)
	require.EqualValues(t, 7, content.Cards[0].Record.Number)
	require.True(t, content.Cards[0].Record.Private)
	require.Equal(t, 8, content.Cards[1].Line)

	content, err = Read([]byte("\uFEFFsep=;\r\nseed;prompt\r\n3.718.204.551;owl\r\n3'718'204'551;owl\r\n3 718 204 551;owl\r\n3,72E+09;owl\r\n4294967296;owl\r\n5;\"eine Eule;\r\nim Regen\"\r\n"))
	require.NoError(t, err, "as a German spreadsheet writes it")
	require.Equal(t, []Rejected{
		{3, Problem{Code: GroupedSeed, Value: "3.718.204.551"}}, {4, Problem{Code: GroupedSeed, Value: "3'718'204'551"}},
		{5, Problem{Code: GroupedSeed, Value: "3 718 204 551"}}, {6, Problem{Code: RoundedSeed, Value: "3,72E+09"}},
		{7, Problem{Code: BadSeed, Value: "4294967296"}},
	}, content.Rejected)
	require.Len(t, content.Cards, 1)
	require.Equal(t, 8, content.Cards[0].Line)
	require.Equal(t, "eine Eule;\nim Regen", content.Cards[0].Record.Prompt)

	content, err = Read([]byte("{\"cards\":[\n{\"seed\":1,\"prompt\":\"owl\"},\n{\"seed\":-1},\n{\"prompt\":\"x\"},\n5,\n{\"seed\":\"5\"},\n{\"seed\":2,\"prompt\":\"fox\",\"future\":{\"x\":[1]}}\n]}"))
	require.NoError(t, err)
	require.Len(t, content.Cards, 2, "what a later version may add is no fault")
	require.Equal(t, []int{3, 4, 5, 6}, []int{content.Rejected[0].Line, content.Rejected[1].Line, content.Rejected[2].Line, content.Rejected[3].Line})
	require.Equal(t, Problem{Code: WrongType, Field: "seed", Value: "number -1"}, content.Rejected[0].Problem)
	require.Equal(t, Problem{Code: SeedMissing}, content.Rejected[1].Problem)
	require.Equal(t, Problem{Code: NotACard}, content.Rejected[2].Problem)
	require.Equal(t, Problem{Code: WrongType, Field: "seed", Value: "string"}, content.Rejected[3].Problem)

	content, err = Read([]byte("[{\"seed\":1,\"prompt\":\"owl\"}]"))
	require.NoError(t, err)
	require.Len(t, content.Cards, 1, "a bare list is a list")

	content, err = Read([]byte("**owl**\n**seed** 1\n\n**fox**\n**seed** 4294967296\n"))
	require.NoError(t, err)
	require.Len(t, content.Cards, 1)
	require.Equal(t, []Rejected{{5, Problem{Code: BadSeed, Value: "4294967296"}}}, content.Rejected)
}

func FuzzCardFiles(f *testing.F) {
	f.Add([]byte("seed,prompt\n1,owl\n"))
	f.Add([]byte(`{"cards":[{"seed":1,"prompt":"owl"}]}`))
	f.Add([]byte("**a**\n**seed** 1"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		content, err := Read(raw)
		var bad *Broken
		if err != nil {
			require.True(t, errors.As(err, &bad), "%v", err)
			require.Positive(t, bad.Line)
			return
		}
		for _, c := range content.Cards {
			card, problem := c.Record.Card(noon)
			if problem != nil {
				require.NotEmpty(t, problem.Code)
				require.Zero(t, card)
			}
		}
	})
}
