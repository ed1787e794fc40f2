package commands

import (
	"fmt"
	"strings"
	"time"

	"seedbank/exchange"
)

// Files that go out, and what both ways share. What comes in has its words in texts_import.go.

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
	importDescription     = "Bring in cards and recipes: a CSV or JSON file of mine, or a text with ✉️ answers"
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
		return "server: all that everyone sees, recipes too (Manage Server)"
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

// textExported says what an export holds, what it does not, and what it is good for; guild is "" in direct messages, where
// everything is the member's own and there are no settings.
func textExported(done exported, format string, everyones bool, guild string) string {
	said := "**" + counts(done.cards, done.recipes) + ".** "
	switch {
	case format == formatCSV:
		return said + "For spreadsheets and for /seeds import: seed, prompt, note, tags, job, asker and times of each. Pictures, who starred and recipes are in JSON alone. " +
			"A leading ' keeps a cell from being taken for a formula or a number."
	case format == formatMarkdown:
		return said + "This file is for reading; for /seeds import take JSON or CSV."
	case everyones && guild == "":
		said += "With /seeds import here it brings all of that back to an empty history: numbers, stars, notes, messages with their pictures, and recipes."
	case everyones:
		said += "With /seeds import, done by somebody with Manage Server, it brings all of that back to an empty history: numbers, stars, notes, " +
			"messages with their pictures, and recipes. Private cards are not in it: each member exports their own with `what:mine`, and imports them after this file; they " +
			"have their numbers again, too. " + textSetAgain
	default:
		said += "For /seeds import: everything but the picture files, other members' stars and recipes is in it."
	}
	if done.files > 1 {
		said += fmt.Sprintf(" **These are %d files**, since one would be too large: import each of them, in any order.", done.files)
	}
	switch done.without {
	case nothing:
		return said
	case sheets:
		return said + "\n-# To stay within the limit, the small copies of pictures were left out."
	}
	return said + "\n-# To stay within the limit, the small copies of pictures and Midjourney's full answers were left out."
}

// textSetAgain says what no file brings back.
const textSetAgain = "Settings are not in it: set them again with /seedbot settings."

// textExportedMore goes with further files of an export.
func textExportedMore(from, to, of int) string {
	if from == to {
		return fmt.Sprintf("File %d of %d.", from, of)
	}
	return fmt.Sprintf("Files %d and %d of %d.", from, to, of)
}

func textExportTooLarge(cards int) string {
	return fmt.Sprintf("**That is more than I can send.** One file of 10 MiB was full after %s. Narrow it down with the options since, in or text, "+
		"and export the parts one by one.", count(cards, "card"))
}

// count is "1 card", "2 cards".
func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// counts is "2 cards and 1 recipe", without what there is none of.
func counts(cards, recipes int) string {
	switch {
	case recipes == 0:
		return count(cards, "card")
	case cards == 0:
		return count(recipes, "recipe")
	}
	return count(cards, "card") + " and " + count(recipes, "recipe")
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
