package commands

import (
	"fmt"
	"strings"

	"seedbank/db"
)

// Bringing in seeds that did not come through the service, and having oneself forgotten.

// Names and descriptions of commands.
const (
	addName           = "add"
	addDescription    = "Keep a seed that you know: paste Midjourney's ✉️ answer, or a prompt and its seed"
	envelopeName      = "Record this ✉️ answer"
	forgetName        = "forget-me"
	forgetDescription = "Erase your private cards here and take your name off the rest"
)

// The form Add a seed.
const (
	formAdd          = "Add a seed"
	formPaste        = "Paste Midjourney's answer"
	formPasteHint    = "The text that the ✉️ reaction sends you, or the prompt line"
	formSeed         = "Seed"
	formSeedHint     = "Digits. Leave it empty when the pasted text tells it"
	formJob          = "Job ID"
	formJobHint      = "If you know it: Midjourney's own, or the one that starts with j"
	formPictures     = "Pictures"
	formPicturesHint = "Up to four, to be kept with the card"
	formCorrect      = "Correct the seed"
	formCorrectHint  = "Digits, from 0 to 4294967295"
	formWho          = "Who sees it"
	formWhoEveryone  = "Everyone here"
	formWhoMe        = "Only me"
)

const (
	textAddNoPrompt = "**There is no prompt in that.** A seed repeats a picture only together with its prompt. " +
		"Paste the text that ✉️ sends you, or the prompt line, and try /seeds add again."
	textAddNoSeed = "**I see no seed in that.** Paste the text that ✉️ sends you, which ends with the seed, " +
		"or type the seed into its own field, and try /seeds add again."
	textAddNoJob = "**I could not read that as a job ID.** Give Midjourney's own (as in ✉️), or the one that starts with `j` and is of a picture, " +
		"or leave the field empty."
	textJobsDiffer   = "**Those are two different jobs.** The pasted answer names one and the field another. Leave the field empty, or paste the other answer."
	textAddNoPicture = "**One of those files is no picture.** Give PNG, JPEG, WebP or GIF files, or none."
	textNoEnvelope   = "**I see no ✉️ answer in that message.** It has a line that begins with **seed**. React with ✉️ to your own picture: " +
		"Midjourney sends it to you. Forward it here, or paste it with /seeds add."
)

func textBadSeed(digits string) string {
	return fmt.Sprintf("`%s` is no seed: a seed is a whole number from 0 to 4294967295", inCode(shortened(digits, maxRowMark)))
}

func textGroupedSeed(digits string) string {
	only := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, digits)
	return fmt.Sprintf("`%s` is no seed. Write its digits with nothing between them, such as `%s`", inCode(shortened(digits, maxRowMark)), shortened(only, maxRowMark))
}

func textRoundedSeed(digits string) string {
	return fmt.Sprintf("`%s` is no seed: a spreadsheet has rounded it. Make the column one of text, and put the whole number there", inCode(shortened(digits, maxRowMark)))
}

// inCode is s as it can stand between backticks.
func inCode(s string) string { return strings.ReplaceAll(plain(s), "`", "'") }

func textAddBroken(why string) string {
	return "**I could not read that.** " + asSentence(why) + " Paste the whole answer, or type prompt and seed by hand with /seeds add."
}

// textAddBadSeed is about the field of the seed; wrong says what is wrong.
func textAddBadSeed(wrong string) string {
	return "**I could not read the seed.** " + asSentence(wrong)
}

func textAddSeveral(n int) string {
	return fmt.Sprintf("**That holds %d answers.** Add them one by one, or put them into a text file and use /seeds import.", n)
}

func textSeedsDiffer(one, other uint32) string {
	return fmt.Sprintf("**Those are two different seeds.** The text says `%d` and the field `%d`. Leave the field empty, or mend the text.", one, other)
}

// textOtherSeedHere says that the card of the same job has another seed: which of both is right, only people can tell. Who
// added it by hand can correct it; adder is "" for nobody.
func textOtherSeedHere(number int64, seed uint32, adder string) string {
	mend := "delete it first."
	if adder != "" {
		mend = mention(adder) + ", who added it by hand, can correct it."
	}
	return fmt.Sprintf("**%s already holds that job, with the seed `%d`.** I keep one seed for a job. "+
		"Look at it with /seeds show %d; if it is wrong, %s", cardNumber(number), seed, number, mend)
}

// textOwnSeedHere is the same for who added that card by hand, and so can correct it.
func textOwnSeedHere(number int64, was, seed uint32) string {
	return fmt.Sprintf("**%s already holds that job, with the seed `%d`.** You added it by hand. If `%d` is right, correct the card: "+
		"it keeps its number, note, tags and stars.", cardNumber(number), was, seed)
}

func labelUseSeed(seed uint32) string { return fmt.Sprintf("Use %d instead", seed) }

func textSeedCorrected(number int64, seed uint32) string {
	return fmt.Sprintf("**%s now has the seed `%d`.**", cardNumber(number), seed)
}

// textCannotCorrect says who can; adder is "" where nobody added the seed by hand.
func textCannotCorrect(number int64, adder string) string {
	if adder == "" {
		return "**The seed of " + cardNumber(number) + " stays.** Only one that a member added by hand can be corrected."
	}
	return "**You cannot correct the seed of " + cardNumber(number) + ".** That is for " + mention(adder) + ", who added it by hand."
}

// textCorrectBadSeed leaves a seed as it is; wrong says what is wrong with what was typed.
func textCorrectBadSeed(wrong string) string {
	return "**The seed was not changed.** " + asSentence(wrong)
}

// textCorrectedAlready says that a correction would make the same card twice.
func textCorrectedAlready(same, number int64) string {
	return fmt.Sprintf("**%s is that already: the same prompt with that seed.** %s was not changed. If nobody needs it, delete it: More… → Delete.",
		cardNumber(same), cardNumber(number))
}

// Having oneself forgotten.
const (
	wordForget      = "forget me" // what must be typed; hyphens and capitals do not matter
	formForget      = "Forget me"
	formConfirm     = "Type: forget me"
	formConfirmHint = "Private cards are erased, your name leaves the others. This cannot be undone."

	textNotConfirmed = "**Nothing was forgotten.** To confirm, /seeds forget-me wants the words `forget me`."
)

// textForgotten tells what was erased, what stays without the member's name, and what became of messages.
func textForgotten(done db.Forgotten, messages unnamed, conversation bool) string {
	said := []string{textForgottenBy(conversation), forgottenCards(done), "Your stars and requests are gone."}
	if len(done.Recipes) > 0 {
		said = append(said, "Recipes of yours stay and no longer name you: "+forgottenRecipes(done.Recipes)+".")
	}
	return strings.Join(append(said, unnamedWords(messages, conversation)...), " ")
}

// textForgottenAfterAll is the same where a restart came between, so that nobody knows what it was.
func textForgottenAfterAll(messages unnamed, conversation bool) string {
	said := []string{
		textForgottenBy(conversation), "I was restarted halfway and cannot count it any more: private and deleted cards of yours are erased, " +
			"the others and your recipes stay without your name, your stars and requests are gone.",
	}
	return strings.Join(append(said, unnamedWords(messages, conversation)...), " ")
}

func textForgottenBy(conversation bool) string {
	where := "this server"
	if conversation {
		where = "this conversation"
	}
	return "**Done: the history of " + where + " no longer knows you.**"
}

func unnamedWords(messages unnamed, conversation bool) (said []string) {
	if messages.changed > 0 {
		said = append(said, "I changed "+howMany(messages.changed, "message", "messages")+" that named you or stood for what is erased.")
	}
	if messages.waiting {
		said = append(said, "There are others that Discord did not let me change yet: I keep trying for a week.")
	}
	switch {
	case !conversation:
		said = append(said, "Whatever else names you in the channels can be deleted on Discord by somebody with the permission Manage Messages: ask them.")
	case messages.refused > 0:
		said = append(said, "Some messages here could not be changed; in direct messages only I could.")
	}
	return said
}

func forgottenCards(done db.Forgotten) string {
	var parts []string
	if done.Erased > 0 {
		parts = append(parts, howMany(done.Erased, "private or deleted card", "private or deleted cards")+" erased")
	}
	if done.Unnamed > 0 {
		parts = append(parts, howMany(done.Unnamed, "card stays", "cards stay")+" with seed and prompt, without your name")
	}
	if len(parts) == 0 {
		return "It had no cards of yours."
	}
	return strings.Join(parts, ", ") + "."
}

// forgottenRecipes names some recipes, and how many more there are.
func forgottenRecipes(names []string) string {
	shown := make([]string, 0, maxNamed)
	for _, name := range names[:min(len(names), maxNamed)] {
		words, _ := quoted(name, maxRowName)
		shown = append(shown, words)
	}
	said := strings.Join(shown, ", ")
	if more := len(names) - len(shown); more > 0 {
		said += fmt.Sprintf(" and %d more", more)
	}
	return said
}

// textErased stands where a card was shown, or where it said that the card is private, when that is erased.
func textErased(number int64) string { return "**" + cardNumber(number) + " was erased.**" }
