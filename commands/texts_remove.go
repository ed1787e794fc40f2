package commands

import (
	"fmt"
)

// Deleting.

func textDeleted(number int64, by string) string {
	return fmt.Sprintf("**Card %s was deleted** by %s. It can be brought back for 15 minutes.", cardNumber(number), mention(by))
}

func textUndoLate(number int64) string {
	return "**It is too late.** " + cardNumber(number) + " was deleted more than 15 minutes ago."
}

func textBackAlready(number int64) string {
	return fmt.Sprintf("**%s is back already.** /seeds show %d shows it.", cardNumber(number), number)
}

// textUndoOther says that the job has another card by now.
func textUndoOther(number int64) string {
	return "**The same job has another card by now: " + cardNumber(number) + ".** That one takes the place of the deleted one."
}

// textUndoNotYours names who may undo a deletion, as far as the reader may know them: "" for who is not named.
func textUndoNotYours(by, asker string) string {
	who := "who deleted it or asked for it"
	if by != "" {
		who = mention(by)
	}
	if asker != "" && asker != by {
		who += ", " + mention(asker)
	}
	return "**You cannot undo this.** That is for " + who + " or somebody with the permission Manage Messages."
}

// textIsPrivate stands where others see a message that showed a private card.
func textIsPrivate(number int64, asker string) string {
	return "**" + cardNumber(number) + " is private.** It is for " + mention(asker) + " alone."
}

func textIsBack(number int64) string { return "**" + cardNumber(number) + " is back.**" }

const textOnTheirWay = "-# It is back. The pictures are on their way."
