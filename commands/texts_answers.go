package commands

import (
	"fmt"
	"strings"
	"time"

	"seedbank/retrieval"
)

// While an ask runs.

const headingRunning = "🌱 Getting the seed"

// phaseWords is what goes on, as the middle of a line.
func phaseWords(p retrieval.Progress) string {
	switch p.Phase {
	case retrieval.Queued:
		if p.Line > 0 {
			return fmt.Sprintf("waiting for a free slot (%s in line)", ordinal(p.Line+1))
		}
		return "waiting for a free slot"
	case retrieval.Asking:
		return "asking Midjourney"
	case retrieval.Waiting:
		if !p.Next.IsZero() {
			return "all slots are busy, next try " + ago(p.Next)
		}
		return "all slots are busy, I start by myself"
	case retrieval.Answering:
		return "Midjourney is answering"
	case retrieval.Rechecking:
		return "the line to Midjourney broke, checking the job instead of starting over"
	case retrieval.Picturing:
		return "saving the pictures"
	}
	return "checking the job"
}

func textStarted(at time.Time) string { return "started " + ago(at) }

func textRunningFooter(user, job string) string {
	return "-# " + dotted("For "+mention(user), job, "you can leave, I will finish here")
}

func textRunningJob(id string) string { return "job " + shortJob(id) }

// ordinal is 1st, 2nd, 3rd, 4th …
func ordinal(n int) string {
	suffix := "th"
	if n%100 < 11 || n%100 > 13 {
		switch n % 10 {
		case 1:
			suffix = "st"
		case 2:
			suffix = "nd"
		case 3:
			suffix = "rd"
		}
	}
	return fmt.Sprintf("%d%s", n, suffix)
}

// The card.

const textPromptCut = "-# The prompt is longer than fits here: Copy prompt gives all of it."

const textNoPrompt = "-# Midjourney did not repeat the prompt."

func textKnown(since time.Time) string {
	return "-# Known since " + onDay(since) + " – no new request was made"
}

// textKnownFor stands above a card that another member had asked for first.
func textKnownFor(asker string, number int64, first string) string {
	return "-# " + dotted("For "+mention(asker), "known as "+cardNumber(number)+", asked for first by "+mention(first))
}

// textAlt describes a picture to those who cannot see it; prompt is plain text.
func textAlt(position, of int, prompt string) string {
	alt := fmt.Sprintf("Image %d of %d", position, of)
	if prompt == "" {
		return alt
	}
	return alt + ": " + prompt
}

// textMissing says which picture is missing and why.
func textMissing(position int, why retrieval.Missing) string {
	reason := "it could not be loaded."
	switch why {
	case retrieval.Gone:
		reason = "its link has expired or it was removed."
	case retrieval.TooBig:
		reason = "the file is larger than Discord takes here."
	case retrieval.TooMuch:
		reason = "all pictures together are larger than one message takes."
	case retrieval.Slow:
		reason = "it did not arrive in time."
	case retrieval.NotPicture:
		reason = "what arrived was no picture."
	case retrieval.HostDenied:
		reason = "it lies on a host I may not fetch from."
	case retrieval.Unreadable:
		reason = "the download broke off."
	case refusedByDiscord:
		reason = "Discord did not take it."
	}
	return fmt.Sprintf("-# Picture %d is missing: %s", position, reason)
}

const textNoPictures = "-# There are no pictures."

const textAllRefused = "-# Discord did not take the whole answer; this is what matters of it. Copy prompt gives the prompt."

// When the reply's fifteen minutes are over, a message in the channel takes its place. Everybody can read it.

func textReadyPrivate(number int64) string {
	return fmt.Sprintf("Your answer is ready: run /seeds show %d. It took longer than Discord keeps a private reply open.", number)
}

const textFailedPrivate = "Your request ended without a seed, after longer than Discord keeps a private reply open. You can ask again with /seed."

// textMovedOn stands where the progress of an answer was that came too late to take its place; link may be "".
func textMovedOn(link string) string {
	where := "in a message of its own, further down"
	if link != "" {
		where = "here: " + link
	}
	return "**This has ended.** Discord no longer let me answer in this message, so the answer stands " + where + "."
}

// The disk of the machine that the bot runs on.
const (
	textDisk = "**My disk is full or cannot be written**, so nothing was changed. Tell the person who runs this bot, and try again once there is room."
	// textDiskUnrecorded is for what was done, but is not in the audit log.
	textDiskUnrecorded = "**That was done, but my disk is full or cannot be written**, so the list of who changed what does not have it. Tell the person who runs this bot."
)

// textNotKept answers what could not be written down in time.
const textNotKept = "**I could not write your request down.** The disk of the machine that I run on may be full: tell the person who runs this bot. I go on trying, and answer here once there is room."

// Problems.

// textProblem is what a problem says: what happened in bold, why, what to do.
func textProblem(p retrieval.Problem) string {
	return problemText(p, problemWords)
}

// saysWhy tells that only the source's own words say why.
func saysWhy(code retrieval.Code) bool {
	switch code {
	case retrieval.Failed, retrieval.Moderated, retrieval.Rejected, retrieval.Unexpected:
		return true
	}
	return false
}

// problemText says a problem in words, and adds the source's own where ours do not say why. Whatever else a source
// answers is for who manages the server: /seedbot status and the log have it.
func problemText(p retrieval.Problem, words func(retrieval.Code) (what, todo string)) string {
	what, todo := words(p.Code)
	if p.Code == retrieval.Stopped && p.By != "" {
		what = "Stopped by " + mention(p.By) + "."
	}
	said := ""
	if d := foreign(p.Detail); saysWhy(p.Code) && d != "" {
		said = "\n> " + d
	}
	return strings.TrimSuffix("**"+what+"** "+todo, " ") + said
}

// problemWords is the table of every way in which an ask ends without a seed.
func problemWords(code retrieval.Code) (what, todo string) {
	switch code {
	case retrieval.NotFound:
		return "The Midjourney connection does not know this job.",
			"Check that the whole ID was copied. It must be the job of an image, made through the account behind this bot."
	case retrieval.Expired:
		return "The Midjourney connection no longer has this job.",
			"Jobs are kept for a limited time. If the picture is yours, ✉️ on Midjourney still tells you its seed."
	case retrieval.NotFinished:
		return "This job is not finished yet.",
			"A seed can be had once the picture is there. Try again when it is."
	case retrieval.Unmade:
		return "Midjourney did not finish this job.",
			"It ended without a picture, so there is no seed to fetch. Make the picture again, and ask for the seed of that job."
	case retrieval.Rejected:
		return "The Midjourney connection refused this job.",
			"A seed can be had for a job that made a grid of pictures. Trying the same job again will not help."
	case retrieval.Unexpected:
		return "The Midjourney connection refused, in a way I do not know.",
			"Trying again may help; if it does not, please tell the person who runs this bot."
	case retrieval.Failed:
		return "Midjourney did not finish this request.",
			"There is no seed to show. Trying again may help."
	case retrieval.Moderated:
		return "Midjourney stopped this request.",
			"There is no seed to show. This need not be about the prompt: Midjourney also says so when it could not use the request."
	case retrieval.NoSeed:
		return "Midjourney answered without a seed.",
			"The answer came, but no seed stood in it. Trying again may help."
	case retrieval.Busy:
		return "All slots are busy.",
			"I have tried for a while and the Midjourney connection took no more work. Try again in a few minutes."
	case retrieval.TokenRefused:
		return "The Midjourney connection needs the person who runs this bot.",
			"It refused the bot's access token." + textTellOwner
	case retrieval.Unpaid:
		return "The Midjourney connection needs the person who runs this bot.",
			"Its subscription is missing or has ended." + textTellOwner
	case retrieval.SignedOut:
		return "The Midjourney connection needs the person who runs this bot.",
			"Its Midjourney account waits for a human, for example to sign in or to solve a CAPTCHA." + textTellOwner
	case retrieval.Unavailable:
		return "The Midjourney connection cannot be reached.",
			"It gave no answer, or none that I can read. This is often over in a few minutes: try again then."
	case retrieval.Stopped:
		return "Stopped.", ""
	case retrieval.TooLong:
		return "This took too long and was stopped.",
			"The slot is free again. Try again: often the second time is quick."
	case retrieval.CardGone:
		return "This card is no longer here.",
			"It was removed from the history. Its job can be asked for again with /seed."
	default: // retrieval.Broken, and what a later version may have stored
		return "Something went wrong on our side.",
			"It has been logged. Trying again may help; if not, please tell the person who runs this bot."
	}
}

// textTellOwner ends what only one person can mend. Who looks at the status reads the rest.
const textTellOwner = " Nobody else can mend that: please tell them."

// problemTold is a problem in as many words as say what it is.
func problemTold(code retrieval.Code) string {
	what, todo := problemWords(code)
	if why, found := strings.CutSuffix(todo, textTellOwner); found {
		return what + " " + why
	}
	return what
}

func textProblemFooter(ask retrieval.Ask) string {
	job := ""
	if ask.Job != "" {
		job = textRunningJob(ask.Job)
	}
	return "-# " + dotted("Asked by "+mention(ask.Member)+" "+ago(ask.At), job)
}

// The history.

const (
	headingHistory   = "**Seeds in this server**"
	headingHistoryDM = "**Seeds in this conversation**"
	textFirstUse     = "**No seeds yet.** " + textFirstStep
	textFirstStep    = "Right-click a finished Midjourney picture → Apps → Get seed. A seed that Midjourney told you itself (✉️) comes in by /seeds add."
)

// span is "11–20", or "11" where both are one.
func span(from, to int) string {
	if from == to {
		return fmt.Sprint(from)
	}
	return fmt.Sprintf("%d–%d", from, to)
}

func textHistoryHead(dm bool, from, to, total int) string {
	head := headingHistory
	if dm {
		head = headingHistoryDM
	}
	if total == 1 {
		return dotted(head, "1 seed")
	}
	return dotted(head, fmt.Sprintf("%s of %d", span(from, to), total), "newest first")
}

func textHistoryRow(number int64, stars int, seed uint32, prompt string, version, aspect, user string, at time.Time, private bool) string {
	marks := ""
	if private {
		marks = "🔒 "
	}
	if stars > 0 {
		marks += fmt.Sprintf("⭐%d ", stars)
	}
	who := ago(at)
	if user != "" { // a member who had themselves forgotten has no name here
		who = mention(user) + " " + who
	}
	head := fmt.Sprintf("**%s** %s`%d` %s", cardNumber(number), marks, seed, prompt)
	return dotted(strings.TrimSpace(head), version, aspect, who)
}
