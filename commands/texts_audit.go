package commands

import (
	"fmt"
	"strings"
	"time"
)

// The audit log.

const labelNewest = "Newest"

func textAuditHead(l listing) string {
	by, since := "", ""
	if l.by != "" {
		by = "by " + mention(l.by)
	}
	if l.since != "" {
		since = sinceLabel(l.since)
	}
	return dotted("**Who changed what**", "newest first", by, since)
}

func textNoAudit(narrow bool) string {
	if narrow {
		return "**Nothing matches.** Try /seedbot audit without a filter."
	}
	return "**Nothing was changed yet.**"
}

// textAuditRow is one entry; its texts are fit to be shown. What changed stands on lines of its own below.
func textAuditRow(at time.Time, member, done string, changes []string) string {
	who := "a member who is forgotten"
	if member != "" {
		who = mention(member)
	}
	lines := []string{ago(at) + " " + who + " " + done}
	for _, change := range changes {
		lines = append(lines, "-# "+change)
	}
	return strings.Join(lines, "\n")
}

// textAuditDone is what somebody did, to be read after their name. The target is fit to be shown; "" for none.
func textAuditDone(action, target string) string {
	words := map[string]string{
		"delete":           "deleted",
		auditNoted:         "changed the note and tags of",
		auditCorrected:     "corrected the seed of",
		auditPrivate:       "made private",
		auditPublic:        "made public",
		auditRestored:      "brought back",
		auditShared:        "shared",
		auditRecipeSaved:   "saved the recipe",
		auditRecipeEdited:  "edited the recipe",
		auditRecipeRenamed: "gave a recipe the name",
		auditRecipeDeleted: "deleted the recipe",
		auditRecipeMarked:  "marked the recipe",
		auditImagine:       "ordered a picture",
		auditExport:        "exported cards",
		auditImport:        "imported cards",
		auditSettings:      "changed the settings",
	}[action]
	switch {
	case words == "": // of a later version
		words = "`" + inCode(action) + "`"
	case action == auditImagine && target != "":
		words += " from"
	}
	if target != "" {
		words += " " + target
	}
	return words
}

// textAuditDetail is what the log tells besides; detail is fit to be shown.
func textAuditDetail(action, detail string) string {
	switch action {
	case auditRecipeSaved:
		return "from " + detail
	case auditRecipeRenamed:
		return "it was " + detail
	case auditRecipeMarked:
		return "team standard: " + detail
	case auditImport:
		return detail + " added"
	}
	return detail
}

// The settings, as the log names them and as members read them.
func textSetting(name string) string {
	switch name {
	case settingAsk:
		return "asking is allowed in"
	case settingDeny:
		return "asking is not allowed in"
	case settingResults:
		return "result channel"
	case settingAccounts:
		return "Midjourney accounts"
	case settingSeeds:
		return "new seeds a day"
	case settingPictures:
		return "pictures a day"
	case settingPrivate:
		return "answers are private"
	case settingRetention:
		return "cards are kept"
	}
	return name
}

// textSettingUnset is what holds where a setting names nothing.
func textSettingUnset(name string) string {
	switch name {
	case settingAsk:
		return "everywhere"
	case settingDeny:
		return "nowhere"
	case settingAccounts:
		return "all"
	case settingSeeds, settingPictures:
		return "no limit"
	}
	return "none"
}

// textAuditPause says that asking was paused, went on, or is paused for another reason; "" is for no pause.
func textAuditPause(before, after string) string {
	switch {
	case before == "":
		return "paused asking: " + after
	case after == "":
		return "went on asking; the pause was: " + before
	}
	return textAuditChange("reason for the pause", before, after)
}

func textRightRoles(r right) string {
	switch r {
	case rightAsk:
		return "roles that may ask"
	case rightShare:
		return "roles that may share"
	case rightSave:
		return "roles that may save"
	case rightCurate:
		return "roles that may curate"
	case rightImagine:
		return "roles that may make pictures"
	}
	return "roles: " + string(r)
}

// textRightUnset is who has a right that no role is named for.
func textRightUnset(r right) string {
	switch r {
	case rightCurate:
		return "who has Manage Messages"
	case rightImagine:
		return "who has Manage Server"
	}
	return "everyone"
}

func textAuditChange(what, before, after string) string {
	return what + ": " + before + " → " + after
}

func textYesNo(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}

func textAuditMore(n int) string { return fmt.Sprintf("… and %d more", n) }
