package commands

import (
	"fmt"
	"strings"

	"seedbank/db"
	"seedbank/prompt"
)

// Names and descriptions of /recipe, as Discord lists them.
const (
	recipeName        = "recipe"
	recipeDescription = "Named prompts with their seeds, for the whole server"

	recipeUse                 = "use"
	recipeUseDescription      = "Get a recipe's prompt, ready to paste"
	recipeSave                = "save"
	recipeSaveDescription     = "Save a card's prompt and seed under a name"
	recipeShow                = "show"
	recipeShowDescription     = "Show a recipe"
	recipeList                = "list"
	recipeListDescription     = "List the recipes, team standards first"
	recipeEdit                = "edit"
	recipeEditDescription     = "Make a new revision of a recipe"
	recipeLog                 = "log"
	recipeLogDescription      = "List a recipe's revisions and what changed"
	recipeRename              = "rename"
	recipeRenameDescription   = "Give a recipe another name"
	recipeDelete              = "delete"
	recipeDeleteDescription   = "Delete a recipe with all its revisions"
	recipeStandard            = "standard"
	recipeStandardDescription = "Mark a recipe as a team standard, or take the mark off"

	nameOption             = "name"
	recipeNameDescription  = "Name of the recipe"
	newNameDescription     = "A new name, 2 to 60 characters"
	toOption               = "to"
	tagsOption             = "tags"
	tagsDescription        = "Tags, separated by commas"
	recipeTagDescription   = "Only recipes with this tag"
	recipeByDescription    = "Only recipes by this member"
	revisionOption         = "revision"
	revisionDescription    = "An earlier revision (if left out: the newest)"
	recipeProofDescription = "Add this card as a proof, instead of opening the form"
	markOption             = "mark"
	markDescription        = "Whether it is a team standard"
	markOn                 = "On"
	markOff                = "Off"
	valueOn                = "on"
	valueOff               = "off"
)

// Labels.
const (
	labelUseRecipe    = "Use"
	labelEditRecipe   = "Edit…"
	labelLogRecipe    = "Revisions"
	labelDeleteRecipe = "Delete recipe"
	labelProveAnyway  = "Add as a proof"
	labelCancel       = "Cancel"
	labelKeepRecipe   = "Keep it"
	labelBack         = "Back"
	labelOn           = "More"
	menuOpenRecipe    = "Show recipe…"
	menuOpenRevision  = "Show revision…"
	markStandard      = "★ "

	formSaveRecipe       = "Save as recipe"
	formRecipeName       = "Name"
	formRecipeNameHint   = "2 to 60 letters, digits, spaces or signs such as - _ . ' & + !"
	formRecipePrompt     = "Prompt"
	formRecipePromptHint = "Write {subject} where something shall be filled in, five at most"
	formRecipeSeed       = "Seed"
	formRecipeSeedHint   = "Clear it to let Midjourney choose"
	formRecipeTags       = "Tags"
	formRecipeTagsHint   = "Separated by commas"
	formRecipeNote       = "What makes it work?"
)

func textFillTitle(name string) string { return "Fill in " + name }
func textEditTitle(name string) string { return "Edit " + name }

// What the audit log calls what was done.
const (
	auditRecipeSaved   = "recipe.save"
	auditRecipeEdited  = "recipe.edit"
	auditRecipeRenamed = "recipe.rename"
	auditRecipeDeleted = "recipe.delete"
	auditRecipeMarked  = "recipe.standard"
)

// Refusals.
const (
	textRecipeName = "**That cannot be a recipe's name.** It takes 2 to 60 characters: letters, digits, spaces and `- _ . ' & + ! ( )`, " +
		"with a letter or digit first. Choose another name."
	textRecipeEmpty   = "**A recipe needs a prompt.** Write at least one word, or save it from a card whose prompt is known."
	textManyBlanks    = "**A recipe can have five blanks at most.** A form has no more fields. Write some of the words out."
	textRecipeTooLong = "**This prompt is longer than a form takes.** Use /recipe save with a name: that needs no form."
	textSeedNumber    = "**That is no seed.** A seed is a whole number from 0 to 4294967295; leave the field empty for none. Nothing was changed."
	textDismissed     = "-# Nothing was done."
)

// textBadInput says what cannot be kept of what was written; problem is fit to be shown.
func textBadInput(problem string) string {
	return "**That cannot be kept.** " + problem + " Nothing was changed."
}

func textNoRecipe(name string) string {
	shown, _ := quoted(name, maxRowName)
	if shown == "" {
		return "**Say which recipe.** /recipe list shows them all."
	}
	return "**There is no recipe " + shown + " here.** It may have been renamed or deleted. /recipe list shows them all."
}

const textRecipeGone = "**This recipe is not here any more.** It was deleted. /recipe list shows those that are."

func textNoRevision(name string, revision int) string {
	shown, _ := quoted(name, maxRowName)
	return fmt.Sprintf("**There is no revision %d of %s.** /recipe log lists what there is.", revision, shown)
}

func textRecipeExists(name string) string {
	shown, _ := quoted(name, maxRowName)
	return "**There is a recipe " + shown + " already.** Choose another name, or change that one with /recipe edit."
}

func textRecipePrivate(number int64) string {
	return fmt.Sprintf("**Card #%d is private, and recipes are for everyone.** Show the card to everyone first, then save it.", number)
}

func textProvedAlready(name string, number int64) string {
	shown, _ := quoted(name, maxRowName)
	return fmt.Sprintf("**Card #%d is a proof of %s already.** Nothing was changed.", number, shown)
}

// textProvesOther asks whether a card that was made of something else is meant.
func textProvesOther(r db.Recipe, number int64, others []string) string {
	shown, _ := quoted(r.Name, maxRowName)
	return fmt.Sprintf("**#%d has other %s than %s.** Add it as a proof of %s all the same?", number, subjectList(others), shown, textRevision(r.Revision))
}

// textConflict goes with a file of what the member wrote.
func textConflict(now db.Recipe) string {
	shown, _ := quoted(now.Name, maxRowName)
	return fmt.Sprintf("**%s was changed meanwhile, so your change was not saved.** %s made revision %d. Here is your prompt: "+
		"look at /recipe show, then edit again.", shown, mention(now.By), now.Revision)
}

// What was done.
const textRecipeSaved = "-# Saved."

const textRecipeUnchanged = "-# Nothing was changed, so there is no new revision."

func textRecipeEdited(revision int) string { return fmt.Sprintf("-# Saved as revision %d.", revision) }

// textRecipeUnproved says why a revision of other words or another seed has no proof yet.
func textRecipeUnproved(revision int) string {
	return fmt.Sprintf("-# Saved as revision %d. It asks for another picture, so its proofs stay with revision %d: add a card of the new one "+
		"with /recipe edit and `card`.", revision, revision-1)
}

func textRecipeMarked(on bool) string {
	if on {
		return "-# It is a team standard now: it comes first in lists, and only those who may change what others made can change it."
	}
	return "-# It is no team standard any more."
}

func textRecipeRenamed(from, to string) string {
	before, _ := quoted(from, maxRowName)
	after, _ := quoted(to, maxRowName)
	return "**" + before + " is called " + after + " now.** The old name leads to it too, until another recipe takes it."
}

func textDeleteRecipe(r db.Recipe) string {
	shown, _ := quoted(r.Name, maxRowName)
	return fmt.Sprintf("**Delete %s with its %s?** That cannot be undone. Its cards stay.", shown, howMany(r.Revision, "revision", "revisions"))
}

// textRecipeStillTells is for who made a card private that a recipe was made of.
func textRecipeStillTells(name string, number int64) string {
	shown, _ := quoted(name, maxRowName)
	return fmt.Sprintf("**The recipe %s still shows the prompt and seed of %s to everyone.** Deleting it takes all its revisions, and cannot be undone.",
		shown, cardNumber(number))
}

func textRecipeDeleted(name string) string {
	shown, _ := quoted(name, maxRowName)
	return "**" + shown + " was deleted.** Its cards are still there: /seeds history."
}

// A recipe.

func textRecipeHeading(name string, standard bool) string {
	if standard {
		return "## " + markStandard + name + "\n-# Team standard"
	}
	return "## " + name
}

// textRecipeFacts is what stands under a recipe's prompt; blanks, note and tags are fit to be shown.
func textRecipeFacts(r db.Recipe, blanks, note, tags string, cards []int64) string {
	seed := "no seed: Midjourney chooses one"
	if r.Seed != nil {
		seed = fmt.Sprintf("seed `%d`", *r.Seed)
	}
	lines := []string{"🌱 " + seed}
	if blanks != "" {
		lines = append(lines, "**Blanks:** "+blanks)
	}
	if note != "" {
		lines = append(lines, "**Why it works:** "+note)
	}
	if tags != "" {
		lines = append(lines, "**Tags:** "+tags)
	}
	var proofs []string
	for _, n := range cards {
		proofs = append(proofs, cardNumber(n))
	}
	proven := ""
	if len(proofs) > 0 {
		proven = "proven by " + strings.Join(proofs, ", ")
	}
	return strings.Join(append(lines, "-# "+dotted(revisionLabel(r.Revision), usedLabel(r.Uses), recipeBy(r), proven)), "\n")
}

// recipeBy names who made a recipe and who wrote this revision, as far as they are known.
func recipeBy(r db.Recipe) string {
	var by []string
	if r.Maker != "" {
		by = append(by, "by "+mention(r.Maker))
	}
	if r.Revision > 1 && r.By != "" && r.By != r.Maker {
		by = append(by, "changed by "+mention(r.By))
	}
	return strings.TrimSpace(strings.Join(by, ", ") + " " + ago(r.Updated))
}

// writtenBy names who wrote a revision.
func writtenBy(r db.Recipe) string {
	r.Maker = r.By
	return recipeBy(r)
}

func revisionLabel(n int) string { return "r" + revisionText(n) }

func textRevision(n int) string { return "revision " + revisionText(n) }

func usedLabel(n int) string {
	if n == 0 {
		return "not used yet"
	}
	return fmt.Sprintf("used %d×", n)
}

// suggestRecipe is a recipe on one line of plain text.
func suggestRecipe(r db.Recipe) string {
	mark := ""
	if r.Standard {
		mark = markStandard
	}
	return dotted(mark+r.Name, revisionLabel(r.Revision), usedLabel(r.Uses))
}

func textRecipeRow(r db.Recipe, name, words string) string {
	mark := ""
	if r.Standard {
		mark = markStandard
	}
	return dotted("**"+mark+name+"**", revisionLabel(r.Revision), usedLabel(r.Uses), words)
}

func textRecipesHead(page int, by, tag string) string {
	filter := ""
	switch {
	case by != "" && tag != "":
		filter = "by " + mention(by) + ", tagged " + tag
	case by != "":
		filter = "by " + mention(by)
	case tag != "":
		filter = "tagged " + tag
	}
	return dotted("**Recipes**", fmt.Sprintf("page %d", page), "standards first, then by use", filter)
}

func textNoRecipes(filtered bool) string {
	if filtered {
		return "**No recipes match.** /recipe list without a filter shows them all."
	}
	return "**No recipes yet.** Press Save recipe on a card, or use /recipe save."
}

func textLogHead(name string) string { return "**Revisions of " + name + "**, newest first" }

const textFirstRevision = "the first"

func textLogRow(r db.Recipe, changed string) string {
	return dotted("**"+revisionLabel(r.Revision)+"**", writtenBy(r), changed)
}

// textChanges says what a revision changed, by the subjects of prompt.Diff and a recipe's own.
func textChanges(subjects []string) string {
	if len(subjects) == 0 {
		return "nothing changed"
	}
	return "changed: " + subjectList(subjects)
}

// subjectList is "words, aspect, seed", of the subjects of prompt.Diff and a recipe's own.
func subjectList(subjects []string) string {
	words := make([]string, 0, maxNamed)
	for _, s := range subjects[:min(len(subjects), maxNamed)] {
		shown, _ := quoted(s, maxRowMark)
		switch s {
		case prompt.SubjectWords:
			shown = "words"
		case prompt.SubjectImages:
			shown = "image links"
		}
		words = append(words, shown)
	}
	more := ""
	if len(subjects) > maxNamed {
		more = " and more"
	}
	return strings.Join(words, ", ") + more
}

// howMany is "1 revision" or "4 revisions".
func howMany(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
