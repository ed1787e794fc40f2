package commands

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"seedbank/exchange"
)

// Files that come in.

// What is wrong with a file.

const (
	textFileTooLarge = "**That file is too large.** I take at most 10 MiB. Split it and import the parts one by one."
	textFileGone     = "**I could not get that file.** Discord no longer has it, or it does not lie with Discord. Upload it again with /seeds import."

	textFileEmpty    = "the file is empty"
	textUTF16        = "the text is UTF-16. Save it as UTF-8: in Excel, choose \"CSV UTF-8\""
	textNoUTF8       = "the text is not UTF-8. Save it as UTF-8: in Excel, choose \"CSV UTF-8\""
	textBinaryFile   = "this is not a text file. " + textKindsTaken
	textPackedFile   = "this is a packed file, such as an Excel workbook. In Excel, save it as \"CSV UTF-8\"; unpack others first"
	textUnknownFile  = "I cannot tell what this is. " + textKindsTaken
	textKindsTaken   = "I take CSV and JSON files of /seeds export, and texts with ✉️ answers, in which a line begins with \"seed\""
	textMarkdownOnly = "Markdown is for reading only. Export as JSON or CSV to import again"
	textColumnCount  = "this line has more or fewer columns than the first line. Put cells that hold a comma, a semicolon or a new line into quotation marks"
	textQuotes       = "a quotation mark is missing in what begins here, or stands where none may stand. A cell that holds one is put into quotation marks, and the one in it is written twice"
	textNoJSON       = "this is not JSON. Export anew, or mend it there"
	textCutOff       = "the file ends in the middle. Export or upload it again"
	textBehindEnd    = "something stands behind the end. Delete all from there on"
	textNoCards      = "there is no list of cards or recipes in it. " + textKindsTaken
	textNotACard     = "this is not a card"
	textNotARecipe   = "this is not a recipe: it needs a name and a revision"

	// textWholeServer answers a member who may not speak for the server: by such a hand, all cards would be the member's own.
	textWholeServer = "**This file is a whole server's.** Somebody with the permission Manage Server imports it, so that each card " +
		"stays with who asked for it. Nothing was imported. What is yours alone: /seeds export `what:mine`."

	// textNothingInFile answers a file that is in order and holds nothing.
	textNothingInFile = "**There is nothing in that file.** " + textKindsTaken + "."

	textRecipeNameLine = "the recipe's name has to have 2 to 60 characters and to begin with a letter or a digit; letters, digits, blanks and _.'&+!()- may follow"

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

func textTooManyRecipes(most int) string {
	return fmt.Sprintf("the file holds more than %d recipes, or revisions of recipes. Split it and import the parts one by one", most)
}

func textRecipePromptLine(revision int) string {
	return fmt.Sprintf("revision %d of the recipe has no prompt, or more than %d {blanks}", revision, maxBlanks)
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
	case exchange.Packed:
		return textPackedFile
	case exchange.MarkdownOnly:
		return textMarkdownOnly
	case exchange.TooManyCards:
		return textTooManyCards(p.Most)
	case exchange.TooManyRecipes:
		return textTooManyRecipes(p.Most)
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
	case exchange.NotARecipe:
		return textNotARecipe
	case exchange.SeedMissing:
		return textSeedMissing
	case exchange.PromptMissing:
		return textPromptMissing
	case exchange.BadSeed:
		return textBadSeed(p.Value)
	case exchange.GroupedSeed:
		return textGroupedSeed(p.Value)
	case exchange.RoundedSeed:
		return textRoundedSeed(p.Value)
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
func textImported(done imported) string {
	said := "**Imported " + counts(done.Added, done.Recipes.Added) + ".**"
	if done.Added+done.Recipes.Added == 0 {
		said = "**Nothing new.**"
	}
	if known := done.Known + done.Recipes.Known; known == 1 {
		said += " " + counts(done.Known, done.Recipes.Known) + " was here already."
	} else if known > 1 {
		said += " " + counts(done.Known, done.Recipes.Known) + " were here already."
	}
	if mended := done.Mended + done.Recipes.Mended; mended > 0 {
		said += " " + textMended(counts(done.Mended, done.Recipes.Mended), mended)
	}
	if done.whole && done.Added > 0 {
		said += "\n-# " + textSetAgain
	}
	lost := done.lost > 0 && done.Added+done.Mended > 0 // of those that were here already nothing changed
	if lost {
		said += "\n-# " + textLostPlaces(done.lost)
	}
	if done.strange {
		said += "\n-# The file is of another place: its messages and their pictures stay there."
	}
	rejected := done.rejected
	if len(rejected) == 0 {
		return said
	}
	rejected = slices.Clone(rejected)
	slices.SortStableFunc(rejected, func(a, b rejectedLine) int { return cmp.Compare(a.line, b.line) })
	if strings.Contains(said, "\n") {
		said += "\n"
	} else {
		said += " "
	}
	said += count(len(rejected), "line") + " could not be imported:"
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

// textMended says that the file knew more of what is here than the file that brought it before.
func textMended(what string, n int) string {
	if n == 1 {
		return "Of these, " + what + " was mended: who asked, job and pictures are as this file says."
	}
	return "Of these, " + what + " were mended: who asked, jobs and pictures are as this file says."
}

// textLostPlaces says of how many cards a message is not there to be shown again.
func textLostPlaces(cards int) string {
	return "Of " + count(cards, "card") + " a message was not found again: it is gone, or I may not read it. Such a card shows its small copy, where it has one."
}
