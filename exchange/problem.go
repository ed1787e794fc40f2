package exchange

import "fmt"

// Code is a kind of fault. Which of a Problem's other fields it fills stands beside it.
type Code string

// What makes a whole file unreadable.
const (
	Empty          Code = "empty"
	UTF16          Code = "utf-16" // text in an encoding that some spreadsheets choose
	NotUTF8        Code = "not-utf-8"
	Binary         Code = "binary"
	Packed         Code = "packed"           // a ZIP file, which workbooks of spreadsheets are too
	Unknown        Code = "unknown"          // neither of the forms that are read
	MarkdownOnly   Code = "markdown-only"    // our own Markdown, which is for reading only
	TooManyCards   Code = "too-many-cards"   // Most: cards, or lines that are none
	TooManyRecipes Code = "too-many-recipes" // Most: of recipes or of their revisions
	ColumnTwice    Code = "column-twice"     // Field
	ColumnMissing  Code = "column-missing"   // Field
	ColumnCount    Code = "column-count"     // a row has more or fewer cells than the first
	Quotes         Code = "quotes"           // a quotation mark is missing, or stands where none may stand
	NotJSON        Code = "not-json"
	CutOff         Code = "cut-off"    // it ends in the middle
	BehindEnd      Code = "behind-end" // something stands behind its end
	NoCards        Code = "no-cards"   // JSON without a list of cards
)

// What makes a part of a file, or a record, no card.
const (
	NotACard      Code = "not-a-card"
	NotARecipe    Code = "not-a-recipe" // it has no name, or no revision
	SeedMissing   Code = "seed-missing"
	PromptMissing Code = "prompt-missing"  // nor does a job tell what picture it is
	BadSeed       Code = "bad-seed"        // Value
	GroupedSeed   Code = "grouped-seed"    // Value: with something between its digits, such as 3.718.204.551
	RoundedSeed   Code = "rounded-seed"    // Value: as a spreadsheet shortens it, such as 3.72E+09
	NoPromptAbove Code = "no-prompt-above" // of an ✉️ answer there is only the seed
	NoSeedBelow   Code = "no-seed-below"   // of an ✉️ answer there is only the job
	WrongType     Code = "wrong-type"      // Field; Value is a kind of JSON value
	NoNumber      Code = "no-number"       // Field, Value: nothing that a card's number can be
	NoYesNo       Code = "no-yes-no"       // Field, Value
	NoWord        Code = "no-word"         // Field, Value: no plain word in small letters
	NoTime        Code = "no-time"         // Field, Value: no moment of RFC 3339, or none that can be
	TooLong       Code = "too-long"        // Field, Most: characters
)

// Problem is what is wrong with a file, or with one card of it. Field is a column or field by its name in the file, or,
// for ColumnTwice, as the file has it; Value is what stands there. Both can be anybody's words, of any length.
type Problem struct {
	Code  Code
	Field string
	Value string
	Most  int
}

// Broken is a file that cannot be read as what it is, so that nothing of it should be kept.
type Broken struct {
	Line    int // where the fault is, 1 for the first line
	Problem Problem
}

// Error tells line and code. It is for logs.
func (b *Broken) Error() string { return fmt.Sprintf("line %d: %s", b.Line, b.Problem.Code) }

func broken(line int, p Problem) error { return &Broken{line, p} }
