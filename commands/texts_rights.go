package commands

import (
	"strings"

	"seedbank/db"
)

// Who may what. A refusal names who may, so that a member knows whom to ask.

const (
	textServersOnly = "**This works on servers only.** Here in direct messages there are no settings and no roles. Use it on your server."
	textManageOnly  = "**Only members with the permission Manage Server may do this.** Ask one of them."
	textImagineOff  = "**Making pictures is turned off.** It costs, so the person who runs this bot has to allow it. " +
		"Copy the prompt and give it to Midjourney yourself."
)

// suggestMayNot is what the field of an ask offers to who may not ask.
const suggestMayNot = "You may not ask here – send it to see who may"

// textMayNot names the roles that have a right, and where that is decided.
func textMayNot(r right, roles []string) string {
	var what string
	switch r {
	case rightAsk:
		what = "Asking"
	case rightShare:
		what = "Sharing"
	case rightSave:
		what = "Giving stars and saving recipes or seeds"
	case rightCurate:
		what = "Changing what others made"
	case rightImagine:
		what = "Making pictures"
	}
	who := "the permission Manage Server"
	switch {
	case len(roles) > 0:
		who = roleList(roles)
	case r == rightCurate:
		who = "the permission Manage Messages"
	}
	said := "**" + what + " needs " + who + ".** An admin can change this in /seedbot settings."
	if r == rightAsk {
		said += " Known seeds are free: /seeds search."
	}
	return said
}

// textNotHere says where asking is allowed; channels may be empty, when it is anywhere but here.
func textNotHere(channels []string) string {
	const settled = " An admin can change this in /seedbot settings. Known seeds are free: /seeds search."
	if len(channels) == 0 {
		return "**Asking is turned off in this channel.** Ask in another channel." + settled
	}
	return "**Asking is not allowed in this channel.** Ask in " + channelList(channels) + "." + settled
}

// textNotYours says who may do this to a card.
func textNotYours(a action, asker string, curators []string) string {
	what := "change this card"
	switch a {
	case actionDelete:
		what = "delete this card"
	case actionPrivate:
		what = "make this card private"
	case actionPublic:
		what = "show this card to everyone"
	case actionStop:
		what = "stop this"
	case actionNote:
		what = "change the note and tags of this card"
	}
	return "**You cannot " + what + ".** That is for " + makerOrCurators("who asked", asker, curators) + "."
}

// textNotYourRecipe says who may change a recipe.
func textNotYourRecipe(maker string, curators []string) string {
	return "**You cannot change this recipe.** That is for " + makerOrCurators("who made it", maker, curators) +
		". You can save one of your own: Save recipe on a card."
}

// textKeepsStandards says who may mark a recipe as a team standard.
func textKeepsStandards(curators []string) string {
	return "**You cannot change what the team standards are.** That is for " + makerOrCurators("", "", curators) + "."
}

// textChangesStandard says who may change a team standard: its maker no longer.
func textChangesStandard(r db.Recipe, curators []string) string {
	shown, _ := quoted(r.Name, maxRowName)
	return "**" + shown + " is a team standard**, so only " + makerOrCurators("", "", curators) +
		" may change it. Save your own version: Save recipe on its card, or /recipe save."
}

// makerOrCurators are who may change what a member made; a maker who is forgotten is not named.
func makerOrCurators(did, maker string, curators []string) string {
	who := "somebody with the permission Manage Messages"
	if len(curators) > 0 {
		who += " or " + roleList(curators)
	}
	if maker != "" {
		who = "the member " + did + " (" + mention(maker) + "), or " + who
	}
	return who
}

// maxNamed is how many roles or channels a sentence names.
const maxNamed = 5

// roleList is "the role @a, @b or @c".
func roleList(roles []string) string {
	word := "the role "
	if len(roles) > 1 {
		word = "one of the roles "
	}
	return word + orList(roles, "<@&", ">")
}

func channelList(channels []string) string { return orList(channels, "<#", ">") }

// orList is the list as a sentence says it, and how many more there are when it is long.
func orList(ids []string, before, after string) string {
	named := make([]string, 0, maxNamed)
	for _, id := range ids[:min(len(ids), maxNamed)] {
		named = append(named, before+id+after)
	}
	last := len(named) - 1
	switch {
	case len(ids) > maxNamed:
		return strings.Join(named, ", ") + " or others"
	case last > 0:
		return strings.Join(named[:last], ", ") + " or " + named[last]
	}
	return strings.Join(named, "")
}
