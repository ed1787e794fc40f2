package commands

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"seedbank/exchange"
)

// Files: what goes out and what comes in.

// Names and descriptions of commands and options.
const (
	exportName            = "export"
	exportDescription     = "Get cards as a file, for a spreadsheet, for import, or to read"
	whatOption            = "what"
	whatDescription       = "Which cards"
	formatOption          = "format"
	formatDescription     = "What kind of file"
	exportTextDescription = "What to search for, as in /seeds search"
	importName            = "import"
	importDescription     = "Bring in cards: a CSV or JSON file of mine, or a text with ✉️ answers"
	fileOption            = "file"
	fileDescription       = "A file of at most 10 MiB"
)

// What the audit log says of files.
const (
	auditExport = "seeds.export"
	auditImport = "seeds.import"
)

// exportLabel is a value of the options of /seeds export as a choice.
func exportLabel(value string) string {
	switch value {
	case exportMine:
		return "mine: all that I asked for"
	case exportStarred:
		return "starred: every card with a star"
	case exportSearch:
		return "search: what the option text finds"
	case exportServer:
		return "server: every card that everyone sees (Manage Server)"
	case formatCSV:
		return "CSV, for spreadsheets and for import"
	case formatJSON:
		return "JSON, with everything, for import"
	case formatMarkdown:
		return "Markdown, to read"
	}
	return value
}

const (
	textNothingToExport = "**There is nothing to export.** No card here fits that. /seeds history lists what there is."
	textExportWords     = "**A search needs words.** Give the option text what /seeds search would take, or export mine, starred or server."
)

func textExported(cards int, format string) string {
	said := fmt.Sprintf("**%s.** ", count(cards, "card"))
	switch format {
	case formatCSV:
		return said + "For spreadsheets and for /seeds import; pictures are not in it. A leading ' keeps a cell from being taken for a formula or a number."
	case formatJSON:
		return said + "For /seeds import: everything but the picture files is in it."
	}
	return said + "This file is for reading; for /seeds import take JSON or CSV."
}

func textExportTooLarge(cards int) string {
	return fmt.Sprintf("**That is more than one file may hold.** 10 MiB were full after %s. Narrow it down with the options since, in or text, "+
		"and export the parts one by one.", count(cards, "card"))
}

// count is "1 card", "2 cards".
func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// The Markdown file.

func markdownIntro(at time.Time) string {
	return "Exported by Seedbank on " + at.UTC().Format("2 January 2006") +
		". Each prompt stands ready to be pasted to Midjourney, with its seed at the end."
}

func markdownFacts(r exchange.Record, link string) string {
	stars, at := "", ""
	if r.Stars > 0 {
		stars = "★ " + fmt.Sprint(r.Stars)
	}
	if len(r.Created) >= len(time.DateOnly) {
		at = r.Created[:len(time.DateOnly)]
	}
	tags := ""
	if len(r.Tags) > 0 {
		tags = "tags: " + strings.Join(r.Tags, ", ")
	}
	if link != "" {
		link = "<" + link + ">"
	}
	private := ""
	if r.Private {
		private = "private"
	}
	return dotted(stars, tags, private, at, link)
}

// What is wrong with a file.

const (
	textFileTooLarge = "**That file is too large.** I take at most 10 MiB. Split it and import the parts one by one."
	textFileGone     = "**I could not get that file.** Discord no longer has it, or it does not lie with Discord. Upload it again with /seeds import."

	textFileEmpty    = "the file is empty"
	textUTF16        = "the text is UTF-16. Save it as UTF-8: in Excel, choose \"CSV UTF-8\""
	textNoUTF8       = "the text is not UTF-8. Save it as UTF-8: in Excel, choose \"CSV UTF-8\""
	textBinaryFile   = "this is not a text file"
	textUnknownFile  = "I cannot tell what this is. I read my own CSV and JSON, and texts with ✉️ answers, in which a line begins with \"seed\""
	textMarkdownOnly = "Markdown is for reading only. Export as JSON or CSV to import again"
	textColumnCount  = "this line has more or fewer columns than the first line"
	textQuotes       = "a quotation mark is missing, or stands where none may stand"
	textNoJSON       = "this is not JSON"
	textCutOff       = "the file ends in the middle"
	textBehindEnd    = "something stands behind the end"
	textNoCards      = "there is no list of cards in it"
	textNotACard     = "this is not a card"

	textSeedMissing       = "the seed is missing"
	textPromptMissing     = "the prompt is missing"
	textSeedWithoutPrompt = "there is no prompt before this seed"
	textJobWithoutSeed    = "no seed follows this job ID"
	textOthersPrivate     = "this is somebody else's private card"
	textOtherAccountLine  = "the job is of a Midjourney account that this server may not read"
)

func textTooManyCards(most int) string {
	return fmt.Sprintf("the file holds more than %d cards. Split it and import the parts one by one", most)
}

func textColumnTwice(name string) string {
	return "the column " + inCode(shortened(name, maxRowMark)) + " is there twice"
}
func textColumnMissing(name string) string { return "the column " + name + " is missing" }

func textNoNumber(field, value string) string {
	return fmt.Sprintf("%s: `%s` is no number that a card can have", field, inCode(shortened(value, maxRowMark)))
}

func textNoYesNo(field, value string) string {
	return fmt.Sprintf("%s: `%s` is neither yes nor no", field, inCode(shortened(value, maxRowMark)))
}
func textNoJobIn(field, value string) string {
	return fmt.Sprintf("%s: `%s` is no job ID", field, value)
}
func textNoID(field, value string) string {
	return fmt.Sprintf("%s: `%s` is no Discord ID", field, value)
}
func textNoWord(field, value string) string {
	return fmt.Sprintf("%s: `%s` is nothing that I know", field, inCode(shortened(value, maxRowMark)))
}

func textNoTime(field, value string) string {
	return fmt.Sprintf("%s: `%s` is no moment such as 2026-11-24T08:00:00Z", field, inCode(shortened(value, 2*maxRowMark)))
}
func textTooLongField(field string, most int) string {
	return fmt.Sprintf("the %s is longer than %d characters", field, most)
}

func textWrongField(field, kind string) string {
	return fmt.Sprintf("%s: a %s cannot stand there", inCode(shortened(field, maxRowMark)), inCode(shortened(kind, 2*maxRowMark)))
}

// fileProblemWords says what is wrong with a file, or with a line of it. What stands in the file is a stranger's.
func fileProblemWords(p exchange.Problem) string {
	switch p.Code {
	case exchange.Empty:
		return textFileEmpty
	case exchange.UTF16:
		return textUTF16
	case exchange.NotUTF8:
		return textNoUTF8
	case exchange.Binary:
		return textBinaryFile
	case exchange.MarkdownOnly:
		return textMarkdownOnly
	case exchange.TooManyCards:
		return textTooManyCards(p.Most)
	case exchange.ColumnTwice:
		return textColumnTwice(p.Field)
	case exchange.ColumnMissing:
		return textColumnMissing(p.Field)
	case exchange.ColumnCount:
		return textColumnCount
	case exchange.Quotes:
		return textQuotes
	case exchange.NotJSON:
		return textNoJSON
	case exchange.CutOff:
		return textCutOff
	case exchange.BehindEnd:
		return textBehindEnd
	case exchange.NoCards:
		return textNoCards
	case exchange.NotACard:
		return textNotACard
	case exchange.SeedMissing:
		return textSeedMissing
	case exchange.PromptMissing:
		return textPromptMissing
	case exchange.BadSeed:
		return textBadSeed(p.Value)
	case exchange.NoPromptAbove:
		return textSeedWithoutPrompt
	case exchange.NoSeedBelow:
		return textJobWithoutSeed
	case exchange.WrongType:
		return textWrongField(p.Field, p.Value)
	case exchange.NoNumber:
		return textNoNumber(p.Field, p.Value)
	case exchange.NoYesNo:
		return textNoYesNo(p.Field, p.Value)
	case exchange.NoWord:
		return textNoWord(p.Field, p.Value)
	case exchange.NoTime:
		return textNoTime(p.Field, p.Value)
	case exchange.TooLong:
		return textTooLongField(p.Field, p.Most)
	}
	return textUnknownFile
}

// rejectedLine is a line of a file that was not imported, and why.
type rejectedLine struct {
	line int
	why  string
}

// textFileBroken says that nothing was imported, and where the fault is.
func textFileBroken(line int, why string) string {
	return fmt.Sprintf("**That file is broken, and nothing was imported.** Line %d: %s.", line, strings.TrimSuffix(why, "."))
}

// Bounds of the lines that are told as rejected.
const (
	maxRejectedLines = 15
	maxRejectedText  = 2500 // UTF-16 units
)

// textImported counts what was imported, and lists what was not.
func textImported(added, known int, rejected []rejectedLine) string {
	said := "**Imported " + count(added, "card") + ".**"
	if added == 0 {
		said = "**No new cards.**"
	}
	if known > 0 {
		said += fmt.Sprintf(" %d were here already.", known)
	}
	if len(rejected) == 0 {
		return said
	}
	rejected = slices.Clone(rejected)
	slices.SortStableFunc(rejected, func(a, b rejectedLine) int { return cmp.Compare(a.line, b.line) })
	said += " " + count(len(rejected), "line") + " could not be imported:"
	shown := 0
	for _, r := range rejected[:min(len(rejected), maxRejectedLines)] {
		line := fmt.Sprintf("\n-# Line %d: %s", r.line, r.why)
		if units(said)+units(line) > maxRejectedText {
			break
		}
		said += line
		shown++
	}
	if shown < len(rejected) {
		said += fmt.Sprintf("\n-# … and %d more", len(rejected)-shown)
	}
	return said
}
