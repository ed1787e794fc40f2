package commands

import (
	"fmt"
	"strings"
	"time"

	"seedbank/db"
	"seedbank/retrieval"
)

// Names and descriptions of /seedbot, as Discord lists them.
const (
	seedbotName         = "seedbot"
	seedbotDescription  = "Settings and state of this bot, for who manages the server"
	settingsName        = "settings"
	settingsDescription = "Where and who may ask, what is kept, and for how long"
	statusName          = "status"
	statusDescription   = "Version, state of the Midjourney connection, latest problems"
	accountsName        = "accounts"
	accountsDescription = "Which Midjourney accounts this server may read jobs of"
	auditName           = "audit"
	auditDescription    = "Who changed what here"
	auditByDescription  = "Only what this member did"
)

// What a server's settings do not allow.

// textOtherAccount refuses a job of a Midjourney account that this server has nothing to do with. Accounts are known by
// channels that mostly stand on other servers, so none is named: here it would be a channel that nobody can open.
const textOtherAccount = "**That job is of another Midjourney account.** This server reads only jobs of its own accounts; " +
	"an admin can change which these are in /seedbot accounts. Known seeds are free: /seeds search."

// What direct messages do not allow, where there are no settings.
const textServersAccount = "**That job is of a Midjourney account that a server has chosen for itself.** Ask for it on that server: " +
	"in direct messages its jobs are not read."

func textDirectLimit(used, limit int, next time.Time) string {
	return fmt.Sprintf("**You have asked for %d of %s today.** That is what a member may ask for in direct messages. You can ask again %s; "+
		"on a server its own rules hold.", min(used, limit), howMany(limit, "new seed", "new seeds"), ago(next))
}

// textPaused says that nothing is asked for now; why is an admin's word.
func textPaused(why string) string {
	reason, _ := quoted(why, 2*maxPauseReason)
	return "**Asking is paused on this server.** An admin says: " + reason + "\nKnown seeds are there all the same: /seeds search."
}

func textLimit(used, limit int, next time.Time) string {
	return fmt.Sprintf("**You have asked for %d of %s today.** You can ask again %s. An admin can change this in /seedbot settings. "+
		"Known seeds are free: /seeds search.", min(used, limit), howMany(limit, "new seed", "new seeds"), ago(next))
}

func textPictureLimit(used, limit int, next time.Time) string {
	return fmt.Sprintf("**You have ordered %d of %s today.** You can order again %s. An admin can change this in /seedbot settings. Until then, copy the prompt and give it to Midjourney yourself.",
		min(used, limit), howMany(limit, "picture", "pictures"), ago(next))
}

// textResultCopy stands above the copy of an answer in the result channel.
func textResultCopy(ask retrieval.Ask, d retrieval.Delivered) string {
	said := "For " + mention(ask.Member) + " in <#" + ask.Channel + ">"
	if d.Message == "" {
		return said
	}
	return said + " · " + messageLink{Guild: ask.Scope, Channel: d.Channel, Message: d.Message}.String()
}

// The panel.
const (
	labelChannels = "Channels"
	labelRoles    = "Roles"
	labelRules    = "Limits and privacy"
	menuChannels  = "No channel"
	menuRoles     = "No role"

	textAskChannels  = "**Where may people ask?** No channel: everywhere. A thread counts as its channel. Elsewhere, what is known already is told to the asker alone."
	textDenyChannels = "**Where not?** Never in these, even if listed above."
	textResults      = "**Post a copy of every new answer in…** Answers stay where they were asked for; private ones are not copied."

	textVisibility      = "**Answers are, unless the member says otherwise,**"
	menuVisibility      = "Who sees answers…"
	labelPublicAnswers  = "for everyone in the channel"
	labelPrivateAnswers = "for the member who asked"

	textRetention = "**Keep cards for…** What is older is erased for good, with its pictures' addresses. Numbers are not used again."
	menuRetention = "How long…"

	labelErase        = "Erase"
	labelSetRetention = "Keep so long"

	labelLimit        = "Seed limit…"
	labelPictureLimit = "Picture limit…"
	labelPause        = "Pause asking…"
	labelResume       = "Go on asking"

	formSettings         = "Settings of this server"
	formLimit            = "New seeds a member may ask for in a day"
	formLimitHint        = "Known seeds are free. Days are UTC's. Empty: no limit"
	formPictureLimit     = "Pictures a member may order in a day"
	formPictureLimitHint = "Made by Run it; they do not count as seeds. Days are UTC's. Empty: no limit"
	formPause            = "Why is asking paused?"
	formPauseHint        = "Members who ask are told this"
)

func textSettingsHead(set db.Settings) string {
	head := "## Settings of this server\n"
	if set.Updated.IsZero() {
		return head + "-# Nothing was changed yet. Who may manage the server may do everything anyway."
	}
	by := ""
	if set.By != "" {
		by = " by " + mention(set.By)
	}
	return head + "-# Last changed " + ago(set.Updated) + by
}

func textRolesFor(r right, imagine bool) string {
	switch r {
	case rightAsk:
		return "**Who may ask for seeds?** No role: everyone."
	case rightShare:
		return "**Who may share cards in other channels?** No role: everyone."
	case rightSave:
		return "**Who may give stars and save recipes?** No role: everyone."
	case rightCurate:
		return "**Who may change and delete what others made, and mark standards?** No role: who has Manage Messages."
	}
	if !imagine {
		return "**Who may make pictures?** Nobody for now: the person who runs this bot has not allowed it."
	}
	return "**Who may make pictures?** That costs. No role: who has Manage Server."
}

func labelRetention(days int) string {
	switch days {
	case 0:
		return "always"
	case 365:
		return "a year"
	}
	return fmt.Sprintf("%d days", days)
}

// textRetentionErases asks before cards are kept for fewer days; old is how many are older than that.
func textRetentionErases(days, old int) string {
	const daily = " Whatever becomes older goes too, from now on every day, private cards included. Nothing brings it back; /seeds export does beforehand."
	if old == 0 {
		return fmt.Sprintf("**Keep cards for %s?** None is older yet.", labelRetention(days)) + daily
	}
	return fmt.Sprintf("**This erases %s for good**, within a day: all that are older than %s.", howMany(old, "card", "cards"), labelRetention(days)) + daily
}

func textRules(set db.Settings, imagine bool) string {
	lines := []string{"**New seeds a day:** " + limitWords(set.DailyLimit)}
	if imagine {
		lines = append(lines, "**Pictures a day:** "+limitWords(set.PictureLimit))
	}
	paused := "Members can ask."
	if set.Paused != "" {
		reason, _ := quoted(set.Paused, 2*maxPauseReason)
		paused = "**Asking is paused:** " + reason
	}
	return strings.Join(append(lines, paused), "\n")
}

func limitWords(limit int) string {
	if limit == 0 {
		return "no limit"
	}
	return fmt.Sprintf("%d for each member", limit)
}

func textLimitNumber() string {
	return fmt.Sprintf("**That is no limit.** Write a whole number up to %d, or nothing for no limit. Nothing was changed.", maxDailyLimit)
}

const textPauseReason = "**Say why.** Members who ask are told the reason. Nothing was changed."

// Accounts.
const (
	menuAccounts      = "All accounts"
	labelTypeAccounts = "Type channel IDs…"

	formAccounts     = "Channel IDs of Midjourney accounts"
	formAccountsHint = "One a line, 25 at most. Empty: all accounts"

	textAccountIDs = "**That holds something that is no channel ID.** A channel ID is 15 to 21 digits, as in a job ID behind the `c`; " +
		"25 at most. Nothing was changed."
	textAccountsUnknown = "-# The Midjourney connection does not list its accounts right now, so write the IDs of their channels. A job ID holds it behind the `c`."
)

func textAccounts(accounts []string) string {
	may := "all Midjourney accounts that the bot has"
	if len(accounts) > 0 {
		may = howMany(len(accounts), "Midjourney account", "Midjourney accounts") + ": channel " + orList(accounts, "`", "`")
	}
	return "## Midjourney accounts\nThis server may read jobs of " + may + ".\n" +
		"-# An account is known by its Discord channel. A job of another one is refused, unless its card is known here."
}

func textAccount(id string) string { return "Channel " + id }

func textAccountHint(known bool) string {
	if known {
		return ""
	}
	return "Not set up at the Midjourney connection"
}

// Status.

func textStatusHead(version string) string { return "## Status\n**Version:** " + version }

func textService(h health) string {
	const head = "**Midjourney connection:** "
	var failure string
	if !h.failed.IsZero() {
		failure = "last failure " + ago(h.failed) + ": " + problemTold(h.why)
	}
	switch {
	case h.answered.IsZero() && h.failed.IsZero():
		return head + "nothing was asked since the start"
	case h.answered.IsZero():
		return head + "**no answer since the start**, " + failure
	case h.failed.After(h.answered):
		return head + "**in trouble**, " + failure + " Last answer " + ago(h.answered)
	case failure == "":
		return head + "works, last answer " + ago(h.answered)
	}
	return head + "works, last answer " + ago(h.answered) + ", " + failure
}

// textUnwritable is the line of the status while the history cannot be written.
const textUnwritable = "**History:** **cannot be written.** The disk of the machine that I run on may be full. Known cards are shown, nothing new is kept, " +
	"and requests that were taken wait for room."

func textSlots(slots int, h health) string {
	return fmt.Sprintf("**Slots:** %d for each Midjourney account · %d under way, %d waiting", slots, h.asking, h.waiting)
}

func textHere(s db.Stats, set db.Settings) string {
	said := fmt.Sprintf("**Here:** %s, %s · %s in 24 hours, %d of them failed", howMany(s.Cards, "card", "cards"),
		howMany(s.Recipes, "recipe", "recipes"), howMany(s.Asks24h, "request", "requests"), s.Failed24h)
	if set.Paused != "" {
		said += " · **asking is paused**"
	}
	return said
}

func textProblems(lines []string) string {
	if len(lines) == 0 {
		return "**Latest problems:** none"
	}
	return "**Latest problems:**\n" + strings.Join(lines, "\n")
}

func textProblemRow(ask db.Ask, what, said string) string {
	job := ""
	if ask.Job != "" {
		job = textRunningJob(ask.Job)
	}
	at := ask.Ended
	if at.IsZero() {
		at = ask.At
	}
	return dotted(ago(at), job, what, said)
}
