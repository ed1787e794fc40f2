package commands

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Every text that a member sees stands in the files texts*.go, in English: a further language is a further set of
// these. They say what happened, why, and what to do next; times are Discord's own, so that each reader sees theirs.

// Names and descriptions of commands and options, as Discord lists them.
const (
	seedName        = "seed"
	seedDescription = "Get the seed of a finished Midjourney job"
	jobOption       = "job"
	jobDescription  = "Job ID, message link or card number, or \"last\" for your latest card"
	privateOption   = "private"
	privateText     = "Show the answer only to you"
	privateDefault  = "Show it only to you (if left out: yes)"

	getSeedName = "Get seed"

	seedsName          = "seeds"
	seedsDescription   = "The seeds found here so far"
	historyName        = "history"
	historyDescription = "List the seeds found here, newest first"
	showName           = "show"
	showDescription    = "Show a card again"
	cardOption         = "card"
)

// Labels of buttons and menus.
const (
	labelCopyPrompt = "Copy prompt"
	labelCopySeed   = "Copy seed"
	labelStop       = "Stop"
	labelTryAgain   = "Try again"
	labelNewer      = "Newer"
	labelOlder      = "Older"
	menuOpenCard    = "Open card…"
	menuChooseJob   = "Choose a job…"
)

// Forms that came to nothing.
const (
	labelRetype    = "Correct it…"
	labelSendAgain = "Send it again…"
	hintTypedGone  = "What you typed is no longer remembered: please write it once more"
	hintFilesAgain = "Choose your files again: Discord cannot put them into the form"
)

// Refusals before anything was asked.
const (
	textUnreadable = "**I could not read that as a job.** Paste a job ID (it starts with `j`), a message link or a card number such as `#142`. " +
		"Or right-click the Midjourney message → Apps → Get seed."
	textVideo  = "**Seeds exist for pictures only.** This job is a video. Use the job of the picture it was made from."
	textOldJob = "**This job ID is of an older kind.** It comes from version 2 of the API, and its jobs cannot be reached any more. " +
		"Paste the ID of a newer job: it starts with `j`."
	textUUID = "**I see only Midjourney's own ID of that picture**, and the Midjourney connection knows jobs by another one, which starts with `j`. " +
		"If the picture is yours:\n" +
		"1. React to it with ✉️. Midjourney sends you an answer with the seed.\n" +
		"2. Forward that answer here, right-click it → Apps → Record this ✉️ answer. Or copy its text into /seeds add.\n" +
		"If it is not yours, ask whoever made it to do that. With the job's ID that starts with `j`, use /seed."

	textNoJobHere = "**I see no Midjourney job in that message.** Choose the message with the grid, or use /seed with the job ID."
	textNoText    = "**That message shows me nothing to read.** If Midjourney showed it only to its maker, bring it back with Midjourney's " +
		"/show command and ask again. Or use /seed with the job ID."
	textStrangeLink = "**That message is not on this server.** I answer only about what belongs here. Ask on the server where the message stands."
	textLinkFromDM  = "**That message is on a server.** Here in direct messages I look only at our own conversation. Ask on the server where the message stands."
	textHiddenLink  = "**I cannot open that message for you.** You or I may not read its channel, or it was deleted. " +
		"If you can see it, right-click the message → Apps → Get seed."
	textClosedLink = "**Discord does not let me read that message from a link.** Right-click the message → Apps → Get seed instead: " +
		"then Discord shows me that one message."
	textLinkOfMany = "**That message holds several jobs.** Right-click it → Apps → Get seed, and choose one."

	textNoAsk     = "**I no longer know that request.** It may have been removed from the history. Use /seed with the job ID."
	textNoLast    = "**You have no card here yet.** " + textFirstStep
	textNotNumber = "**That is no card number.** Write it as `142` or `#142`; /seeds history lists the cards."
	textNoChoice  = "**That choice is no longer there.** Run the command again."

	textPrivateCard = "**That answer is its asker's alone.** It is yours: use /seed with private set to True, and only you see it."

	textMayNotAttach = "**I cannot attach files in this channel.** An answer comes with its pictures. " +
		"Ask an admin to give me the permission Attach Files here, or use another channel."
	textMayNotSend = "**I cannot write in this channel.** An answer that takes long comes as a message of its own. " +
		"Ask an admin to give me the permission Send Messages here (in threads: Send Messages in Threads), or use another channel."
)

// textNoCard says that a card cannot be shown; whether it exists elsewhere, or is somebody's private card, it does not.
func textNoCard(number int64) string {
	return fmt.Sprintf("**There is no card #%d that I can show you here.** /seeds history lists the cards you can see.", number)
}

// Choosing among several.
const (
	textPick        = "**This holds several jobs.** Choose one and I post its seed here for everyone."
	textPickPrivate = "**This holds several jobs.** Choose one and I show its seed only to you."
)

// pickJob tells a job from the others of its minute; what stands behind is the account's.
func pickJob(id string) string {
	number, rest, _ := strings.Cut(id, "-")
	_, bot, _ := strings.Cut(rest, "-bot:")
	return dotted("Job "+number, bot)
}

func pickJobAt(at string) string { return "Made " + at + " UTC" }
func textPickedOf(n, of int) string {
	return fmt.Sprintf("-# Showing the first %d of %d.", n, of)
}

// textPromptInFile goes with a prompt that is longer than a message may be.
const textPromptInFile = "The prompt is longer than a message may be, so here it is as a file."

// Stopping.
const (
	textStopTooLate = "**There is nothing left to stop.** This request has already ended."
)

// Autocomplete. The names are plain text: Discord reads no markdown there.
const (
	suggestUnreadable = "That does not look like a job – paste a job ID, a message link or a card number"
	suggestVideo      = "That job is a video – seeds exist for pictures only"
	suggestOldJob     = "That ID is of version 2 of the API – paste a newer one, it starts with j"
	suggestLink       = "The message behind this link"
	suggestLast       = "Your latest card"
	suggestUUID       = "The card of this Midjourney picture, if there is one here"
	suggestNoCard     = "No card here matches that – type a number or words of the prompt"
)

func suggestJob(id string) string {
	name := "Use " + shortJob(id)
	if at := jobMoment(id); at != "" {
		name += " (" + at + ")"
	}
	return name
}

func suggestAsk(id string, age string) string {
	return dotted("Job "+shortJob(id), "no seed yet", age)
}

// cardNumber is how a card is named everywhere.
func cardNumber(n int64) string { return "#" + strconv.FormatInt(n, 10) }

// dotted joins what is there.
func dotted(parts ...string) string {
	kept := make([]string, 0, len(parts))
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, " · ")
}

// age is how long ago something was, in short, for places where Discord shows no timestamps.
func age(d time.Duration) string {
	switch {
	case d < time.Minute:
		return "just now"
	case d < time.Hour:
		return fmt.Sprintf("%d min", int(d.Minutes()))
	case d < 48*time.Hour:
		return fmt.Sprintf("%d h", int(d.Hours()))
	default:
		return fmt.Sprintf("%d days", int(d.Hours()/24))
	}
}

// ago and onDay are moments that Discord shows in the reader's own time and language.
func ago(t time.Time) string   { return fmt.Sprintf("<t:%d:R>", t.Unix()) }
func onDay(t time.Time) string { return fmt.Sprintf("<t:%d:D>", t.Unix()) }
func mention(user string) string {
	return "<@" + user + ">"
}

// versionLabel is a model version as lists show it: "v7", "niji 6".
func versionLabel(version string) string {
	if version != "" && version[0] >= '0' && version[0] <= '9' {
		return "v" + version
	}
	return version
}
