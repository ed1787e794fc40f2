package commands

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"seedbank/db"
)

// auditSettings is what the history calls a change of settings in the log, and how its detail names them. They stand in
// the log for years.
const (
	auditSettings = "settings"

	settingRoles     = "roles"
	settingAsk       = "ask channels"
	settingDeny      = "deny channels"
	settingResults   = "result channel"
	settingAccounts  = "accounts"
	settingSeeds     = "daily limit"
	settingPictures  = "daily picture limit"
	settingPrivate   = "private by default"
	settingRetention = "retention days"
	settingPaused    = "paused"

	settingUnset = "none"
)

// Bounds of an entry as it is shown: what is longer says so. In UTF-16 units as sent, but for the last two.
const (
	maxShownAction = 40
	maxShownTarget = 2 * maxRecipeName
	maxShownDetail = 2 * maxAuditDetail
	mostShownIDs   = 3 // in a list of roles or channels
	mostChanged    = 5 // settings of one entry
)

// auditRow is an entry as members read it.
func auditRow(e db.AuditEntry) string {
	target := auditWords(e.Target, maxShownTarget)
	action := shortened(e.Action, maxShownAction)
	var changes []string
	switch {
	case action == auditSettings:
		changes = settingChanges(e.Detail)
	case e.Detail != "":
		changes = []string{textAuditDetail(action, auditWords(e.Detail, maxShownDetail))}
	}
	if len(changes) > mostChanged {
		changes = append(changes[:mostChanged], textAuditMore(len(changes)-mostChanged))
	}
	return textAuditRow(e.At, e.Member, textAuditDone(action, target), changes)
}

// auditWords is a text of an entry as it can be shown in the middle of a line, where a card's number needs no escape.
func auditWords(s string, most int) string {
	if number := cardNumber(readCardNumber(s)); number == s {
		return number
	}
	words, _ := quoted(s, most)
	return words
}

// settingChange is how the history notes a change: "daily limit: 0 → 20; roles: none → ask (1, 2)". Before a name stands
// the beginning or "; ", so what a member wrote as a reason may hold semicolons.
var settingChange = regexp.MustCompile(`(?:^|; )(` + strings.Join([]string{
	settingRoles, settingAsk, settingDeny, settingResults, settingAccounts, settingSeeds, settingPictures, settingPrivate,
	settingRetention, settingPaused,
}, "|") + `): `)

// settingChanges says what a change of settings changed, one line each.
func settingChanges(detail string) []string {
	var lines []string
	at := settingChange.FindAllStringSubmatchIndex(detail, -1)
	for n, m := range at {
		end := len(detail)
		if n+1 < len(at) {
			end = at[n+1][0]
		}
		name := detail[m[2]:m[3]]
		before, after, _ := strings.Cut(detail[m[1]:end], " → ")
		switch name {
		case settingRoles:
			lines = append(lines, roleChanges(before, after)...)
		case settingPaused:
			lines = append(lines, textAuditPause(pauseReason(before), pauseReason(after)))
		default:
			lines = append(lines, textAuditChange(textSetting(name), settingValue(name, before), settingValue(name, after)))
		}
	}
	if len(lines) == 0 && detail != "" { // of a later version
		words, _ := quoted(detail, maxShownDetail)
		return []string{words}
	}
	return lines
}

// settingValue is a value of a setting as members read it.
func settingValue(name, value string) string {
	switch name {
	case settingAsk, settingDeny, settingResults:
		return idsShown(value, "<#", ">", textSettingUnset(name))
	case settingAccounts:
		return idsShown(value, "`", "`", textSettingUnset(name))
	case settingSeeds, settingPictures:
		if value == "0" {
			return textSettingUnset(name)
		}
	case settingRetention:
		if days, err := strconv.Atoi(value); err == nil {
			return labelRetention(days)
		}
	case settingPrivate:
		return textYesNo(value == "true")
	}
	words, _ := quoted(value, maxShownDetail)
	return words
}

// pauseReason is why asking is paused as members read it, "" when it is not.
func pauseReason(value string) string {
	if value == settingUnset {
		return ""
	}
	return auditWords(value, maxShownDetail)
}

// idsShown is a list of IDs as members read it, and how many more there are when it is long; without any, unset.
func idsShown(list, before, after, unset string) string {
	ids := snowflakes.FindAllString(list, -1)
	if len(ids) == 0 {
		return unset
	}
	shown := make([]string, 0, mostShownIDs+1)
	for _, id := range ids[:min(len(ids), mostShownIDs)] {
		shown = append(shown, before+id+after)
	}
	if more := len(ids) - len(shown); more > 0 {
		shown = append(shown, textAuditMore(more))
	}
	return strings.Join(shown, ", ")
}

var (
	snowflakes    = regexp.MustCompile(`\d{1,20}`)
	rolesOfARight = regexp.MustCompile(`([a-z-]+) \(([^)]*)\)`)
)

// roleChanges says whose roles changed, one line for each right.
func roleChanges(before, after string) []string {
	was, is := rolesIn(before), rolesIn(after)
	var lines []string
	for _, r := range []right{rightAsk, rightShare, rightSave, rightCurate, rightImagine} {
		if !slices.Equal(was[r], is[r]) {
			lines = append(lines, textAuditChange(textRightRoles(r),
				idsShown(strings.Join(was[r], " "), "<@&", ">", textRightUnset(r)), idsShown(strings.Join(is[r], " "), "<@&", ">", textRightUnset(r))))
		}
	}
	return lines
}

// rolesIn reads "ask (1, 2), save (3)".
func rolesIn(list string) map[right][]string {
	roles := map[right][]string{}
	for _, m := range rolesOfARight.FindAllStringSubmatch(list, -1) {
		roles[right(m[1])] = snowflakes.FindAllString(m[2], -1)
	}
	return roles
}
