package commands

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Finding cards: lists, searches, and what a message or a picture leads to.

// Names and descriptions of commands and options.
const (
	searchName         = "search"
	searchDescription  = "Search the seeds found here"
	textOption         = "text"
	textDescription    = "Words, \"a phrase\", -word, begin*, seed:123, tag:name, --ar 16:9"
	byOption           = "by"
	byDescription      = "Only what this member asked for"
	inOption           = "in"
	inDescription      = "Only what was answered in this channel"
	sinceOption        = "since"
	sinceDescription   = "How far to look back"
	starredOption      = "starred"
	starredDescription = "Only cards with a star"
	versionOption      = "version"
	versionDescription = "Only this model version"
	tagOption          = "tag"
	tagDescription     = "Only cards with this tag"

	lastName        = "last"
	lastDescription = "Show your latest card"

	starName          = "star"
	starDescription   = "Give a card your star"
	unstarName        = "unstar"
	unstarDescription = "Take your star from a card"
	deleteName        = "delete"
	deleteDescription = "Delete a card; for 15 minutes it can be undone"
	findDescription   = "Card number, or words of its prompt"

	userHistoryName = "Seed history"
	copyLineName    = "Copy prompt with seed"
)

// sinceLabel is a value of the option since as a choice.
func sinceLabel(since string) string {
	switch since {
	case sinceDay:
		return "the last 24 hours"
	case sinceWeek:
		return "the last 7 days"
	case sinceMonth:
		return "the last month"
	case sinceQuarter:
		return "the last 3 months"
	case sinceYear:
		return "the last year"
	}
	return "all time"
}

// Labels, and the form that narrows a list down.
const (
	labelPrevious = "Previous"
	labelNext     = "Next"
	labelFilter   = "Filter…"
	labelImages   = "Get the four images"

	formFilter    = "Filter the list"
	formWords     = "Words"
	formWordsHint = "Also \"a phrase\", -word, begin*, seed:123, tag:name, --ar 16:9, --v 7"
	formBy        = "Asked by"
	formIn        = "Answered in"
	formSince     = "When"
	formStarred   = "Only cards with a star"
)

// textPartly says above a list that Discord did not say which channels the member sees.
const textPartly = "-# Discord does not tell me right now which channels you see: this is only what was asked for here, and your own."

const (
	textSearchEmpty = "**There is nothing to search for.** Give a word of the prompt, a seed such as `seed:123`, a tag such as `tag:poster`, " +
		"or a parameter such as `--ar 16:9`. /seeds history lists everything."
)

// textOnlyConversation goes with what is not found in direct messages; see knownHere.
const textOnlyConversation = "-# Here I know only our conversation. What your server has is found there."

// How a search that is one number was understood.
const (
	textSoughtSeed = "-# No prompt holds that number as a word, so I looked for it as a seed."
	textNamedCard  = "-# This is the card of that number. To search for the number as a word, leave out the #."
	textSoughtCard = "-# No prompt holds that number as a word, and nothing has it as its seed. This is the card of that number."
)

// textSoughtTag says that words behind a tag were read as part of it.
func textSoughtTag(tag string) string {
	return "-# I read that as the tag `" + tag + "`. A tag with blanks can be written with - or in quotation marks."
}

// textSearchUnreadable says why a search cannot be read; err says what to write instead.
func textSearchUnreadable(err error) string {
	words, _ := quoted(err.Error(), maxForeignWords)
	return "**I could not read that search.** " + asSentence(words)
}

// asSentence begins with a capital letter and ends with a full stop.
func asSentence(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return ""
	}
	s = string(unicode.ToUpper(first)) + s[size:]
	if !strings.ContainsAny(s[len(s)-1:], ".!?…") {
		s += "."
	}
	return s
}

// textFoundHead says which of the cards found are shown; more tells that there are more than total.
func textFoundHead(from, to, total int, more bool) string {
	if from == 1 && to == 1 && total <= 1 && !more {
		return dotted("**Search**", "1 seed")
	}
	of := fmt.Sprint(total)
	if more {
		of = "more than " + of
	}
	if to > total {
		of = fmt.Sprint(to) // the list changed while it was read
		if more {
			of = "more than " + of
		}
	}
	return dotted("**Search**", span(from, to)+" of "+of)
}

// textNearest goes before cards that have only some of the words of a search.
func textNearest(words string) string {
	if len(strings.Fields(words)) == 1 {
		return "**No card has that very word.** Nearest:"
	}
	return "**No card has all of these words.** Nearest:"
}

// textFilterLine says what narrows a list, "" when nothing does.
func textFilterLine(l listing) string {
	var parts []string
	if l.by != "" {
		parts = append(parts, "by "+mention(l.by))
	}
	if l.in != "" {
		parts = append(parts, "in <#"+l.in+">")
	}
	if l.since != "" {
		parts = append(parts, sinceLabel(l.since))
	}
	if l.starred {
		parts = append(parts, "with a star")
	}
	if len(parts) == 0 {
		return ""
	}
	return "-# filter: " + strings.Join(parts, ", ")
}

// Suggestions; see those in texts.go.
const (
	suggestNoVersion = "No card here is of that version"
	suggestNoTag     = "No card here has that tag"
)

// A seed that the prompt itself fixes.

func textFixedSeed(seed uint32, canFetch bool) string {
	said := fmt.Sprintf("The prompt itself fixes the seed (`--seed %d`). I have not asked Midjourney.", seed)
	if canFetch {
		said += " The pictures come when you ask for them."
	}
	return said
}

func textFixedEnvelope(own bool) string {
	whose := "an ✉️ answer as somebody passed it on"
	if own {
		whose = "Midjourney's own ✉️ answer"
	}
	return "This message is " + whose + ", and it tells the seed. I have not asked Midjourney. To keep it as a card: Apps → Record this ✉️ answer."
}

const textFixedCut = "-# The prompt is longer than fits here: it stands whole in the message you took it from."

// textNoCardOfThat refuses what names a card by something else than its number.
const textNoCardOfThat = "**I know no card here for that.** Give a card number such as `#142`; /seeds history lists the cards you can see."

// Cards named by words.
const (
	textNoCardSo  = "**No card here matches that.** Write a card number such as `#142`, or words of its prompt; /seeds history lists the cards you can see."
	textWhichCard = "**Several cards match that.** Which one do you mean?"
	textMeantCard = "**I could not read that as a job.** If you mean a card, open it here:"
	textMoreCards = "-# And more: /seeds search lists them all."
)

// textSeveralCards refuses words where the number of one card is needed. It repeats them: a command may take two cards.
func textSeveralCards(words string, numbers []int64) string {
	shown, _ := quoted(words, maxRowName)
	if len(numbers) == 1 {
		return "**“" + shown + "” matches " + cardNumber(numbers[0]) + ".** Write its number, so that nothing else is meant."
	}
	return "**Several cards match “" + shown + "”:** " + someNumbers(numbers) + ". Write the number of the one you mean."
}

// textNearCards refuses words that no card has all of.
func textNearCards(words string, numbers []int64) string {
	shown, _ := quoted(words, maxRowName)
	return "**No card matches “" + shown + "”.** Nearest: " + someNumbers(numbers) + ". Write the number of the one you mean."
}

// someNumbers names the first of some cards.
func someNumbers(numbers []int64) string {
	named := make([]string, 0, maxNamed)
	for _, n := range numbers[:min(len(numbers), maxNamed)] {
		named = append(named, cardNumber(n))
	}
	more := ""
	if len(numbers) > maxNamed {
		more = " and more"
	}
	return strings.Join(named, ", ") + more
}

// Copying the prompt of a message.
const textNoLine = "**I know no seed for that message.** Use Apps → Get seed on it first; then its card gives the prompt with the seed."

// Pictures that we know.

const (
	textNoPictureMatch = "**I do not know that picture.** I see no Midjourney job in the message, and no picture of a card here looks like it. " +
		"If you know the job, use /seed with its ID; if you know the seed, use /seeds add."
	// textLookedLate is for everybody to read.
	textLookedLate    = "**I have looked at the picture, but the answer took too long to be told here.** Use Get seed on it once more."
	textPictureUnread = "**I could not look at that picture.** It did not arrive, and I see no Midjourney job in the message. " +
		"Try again in a minute, or use /seed with the job ID."
)

// textSurePicture says of one among several cards that its very file was found.
const textSurePicture = "this very file"

// textLabelledPicture says that only the words in the file name the card.
const textLabelledPicture = "a note in the file names this card; the picture itself may be another"

// textPrivatePicture is for the one whose private card a picture shows; others learn nothing of it.
func textPrivatePicture(number int64) string {
	return fmt.Sprintf("**That picture is of %s, and that card is yours alone.** So only you see this.", cardNumber(number))
}

// textLooksLike says that a picture is probably that of a card.
func textLooksLike(numbers []int64) string {
	if len(numbers) == 1 {
		return fmt.Sprintf("**That picture looks like %s.** The file is not the one I posted, so I am not certain: open the card and compare.",
			cardNumber(numbers[0]))
	}
	return "**That picture looks like one of these.** The file is not one I posted, so I am not certain: open them and compare."
}

// textSimilarity says how near a picture is to one of a card; distance is 0 for the same look, and what is beyond
// picture.NearDistance is not offered.
func textSimilarity(position, distance int) string {
	place := ""
	if position > 0 {
		place = fmt.Sprintf("picture %d", position)
	}
	near := "probably the same picture (changed: cropped, scaled or compressed)"
	switch {
	case distance == 0:
		near = "almost surely the same picture (looks the same, file differs)"
	case distance <= 3:
		near = "very likely the same picture (a little cropped, scaled or compressed)"
	}
	return dotted(place, near)
}
