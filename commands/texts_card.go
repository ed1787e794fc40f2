package commands

import (
	"fmt"
	"strings"
	"time"
)

// The card and what can be done with it.

// What the audit log calls what was done to a card; deleting is noted by the history itself. They stand in the log for
// years: never rename one.
const (
	auditNoted     = "card.note"
	auditPrivate   = "card.private"
	auditCorrected = "card.seed" // written by the history
	auditPublic    = "card.public"
	auditRestored  = "card.undelete"
	auditShared    = "card.share"
)

// Buttons, and the menu with what it offers.
const (
	labelShare      = "Share…"
	labelEveryone   = "Show everyone"
	labelSaveRecipe = "Save recipe"
	labelUndo       = "Undo"

	menuMore        = "More…"
	labelParameters = "All parameters"
	hintParameters  = "Everything that is known of this card"
	labelPin        = "Copy prompt, version pinned"
	labelWords      = "Same seed, new words…"
	hintWords       = "Change the prompt and keep the seed"
	labelNewSeed    = "New seed, same words"
	hintNewSeed     = "The prompt without its seed, to copy"
	labelCompare    = "Compare with…"
	hintCompare     = "Mark this card, then choose a second one"
	labelNote       = "Note and tags…"
	hintNote        = "What the team should know, and words to find it by"
	labelCorrect    = "Correct seed…"
	hintCorrect     = "For who added it by hand and mistyped it"
	labelFiles      = "Original files"
	hintFiles       = "Links to the pictures as they were posted"
	labelRefresh    = "Refresh pictures"
	hintRefresh     = "Upload the pictures anew"
	labelWhy        = "Why might it differ?"
	hintWhy         = "What stands against the same picture, and how to mend it"
	labelPrivate    = "Make private"
	hintPrivate     = "Only the member who asked sees it from then on"
	labelPublic     = "Make public"
	hintPublic      = "Everyone here can find it from then on"
	labelDelete     = "Delete"
	hintDelete      = "It can be undone for 15 minutes"

	menuShareTo = "Choose a channel…"
)

func labelStar(stars int) string {
	if stars == 0 {
		return "Star"
	}
	return fmt.Sprintf("Star (%d)", stars)
}

// hintPin and labelCopyPinned name the model that a prompt leaves to the account.
func hintPin(version string) string         { return "With --v " + version + ", the default when it was made" }
func labelCopyPinned(version string) string { return "Copy prompt with --v " + version }

const textNothingToPin = "**There is no version to pin.** The prompt names one already, or nobody knows which model made the picture. " +
	"Copy prompt gives the line as it is."

// textCardFooter is the small print of a card, which was asked for or brought. What is not known is left out.
func textCardFooter(number int64, brought bool, user string, at time.Time, speed string, parent int64, private bool) string {
	came, from, only := "asked "+textBy(user, at), "", ""
	if brought {
		came = "added " + textBy(user, at)
	}
	if parent != 0 {
		from = "made from " + cardNumber(parent)
	}
	if private {
		only = "only you see this"
	}
	return "-# " + dotted(cardNumber(number), came, from, speed, only)
}

// textCardNote is what members wrote about a card; both may be "".
func textCardNote(note, tags string) string {
	var lines []string
	if note != "" {
		lines = append(lines, "📝 "+note)
	}
	if tags != "" {
		lines = append(lines, "🏷️ "+tags)
	}
	return strings.Join(lines, "\n")
}

const textSheet = "-# The original pictures are gone. This is the small copy that I kept of them."

func textSheetAlt(prompt string) string {
	const alt = "A small copy of the pictures"
	if prompt == "" {
		return alt
	}
	return alt + ": " + prompt
}

// Stars.

func textNoStar(number int64) string {
	return "**You have no star on " + cardNumber(number) + ".** There is nothing to take off."
}

func textStarred(number int64, on bool, stars int) string {
	what := "**Your star on " + cardNumber(number) + " is gone.**"
	if on {
		what = "**You starred " + cardNumber(number) + ".**"
	}
	switch stars {
	case 0:
		return what + " It has no stars."
	case 1:
		return what + " It has 1 star."
	}
	return what + fmt.Sprintf(" It has %d stars.", stars)
}

// Note and tags.

const (
	titleNote     = "Note and tags"
	labelNoteText = "Note"
	hintNoteText  = "What the team should know about this card"
	labelTags     = "Tags"
	hintTags      = "At most 10, with commas between: owl, rainy night, client-x"

	textNoted    = "**Saved.** The note and tags of the card are as you wrote them."
	textNoteLong = "**That note is too long.** It may have 500 characters."
)

func textTooMany(written string) string {
	return "**That is more than 10 tags.** Take some away and send the form again. You wrote: " + written
}

// Original files.

func textFiles(number int64) string {
	return "**Original files of " + cardNumber(number) + "** – the links work for about a day; take this again for new ones."
}

func textFile(position int, address string) string {
	return fmt.Sprintf("%d: %s", position, address)
}

func textSheetFile(address string) string { return "Small copy: " + address }

func textNoFiles(number int64) string {
	return "**The pictures of " + cardNumber(number) + " cannot be read any more.** Its message is gone, or was shown to one member only. " +
		"Refresh pictures in the same menu uploads them anew where they can still be had."
}

// textNeverPictures says how a card that was added without pictures gets some; adder is "" for nobody who could.
func textNeverPictures(number int64, adder string) string {
	said := "**" + cardNumber(number) + " has no pictures.** It was added without any."
	if adder == "" {
		return said
	}
	return said + " " + mention(adder) + " can give it some: /seeds add with the same prompt and seed, and the pictures."
}

// Refreshing.

func textRefreshed(n int) string {
	if n == 1 {
		return "**1 picture was uploaded anew.**"
	}
	return fmt.Sprintf("**%d pictures were uploaded anew.**", n)
}

const (
	textRefreshFewer   = "**I could not get all pictures anew**, so I left them as they are. Try again in a few minutes."
	textRefreshRefused = "**Discord did not take the pictures**, so the card stays as it is. Try again in a few minutes."
	textSheetOnly      = "**The original pictures are gone everywhere.** I put the small copy in their place."
	textNoneLeft       = "**The pictures are gone everywhere**, and I kept no copy. The seed and the prompt stay."
)
