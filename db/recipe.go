package db

import (
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Recipe is a prompt that a team keeps under a name, with its seed and the cards that prove it. Every edit makes a new
// revision; the older ones stay readable.
type Recipe struct {
	Scope            string
	Name             string // 2 to 60 characters; one scope has no two that differ in case alone
	Revision         int    // from 1
	Prompt           string // may hold {blanks} for the caller to fill
	Seed             *uint32
	Cards            []int64 // numbers of public cards that the view sees; those that were deleted or made private are left out
	Tags             []string
	Note             string
	Standard         bool      // of all revisions: the team's standard
	Maker            string    // who wrote the first revision
	By               string    // who wrote this one
	Created, Updated time.Time // of the first revision, and of this one
	Uses             int       // of all revisions
}

// Bounds of a recipe.
const (
	MinRecipeName   = 2    // characters
	MaxRecipeName   = 60   // characters
	MaxRecipePrompt = 6000 // characters
	MaxRecipeCards  = 25
)

// recipeColumns are what every query of recipes selects, in the order of scanRecipe. They take the eyes that look.
const recipeColumns = `recipe.scope, recipe.name, recipe_revision.revision, recipe_revision.prompt, recipe_revision.seed,
	recipe_revision.tags, recipe_revision.note, recipe.standard, recipe_revision.member, recipe.created, recipe_revision.at,
	(SELECT first.member FROM recipe_revision AS first WHERE first.recipe = recipe.id AND first.revision = 1),
	recipe.uses, (SELECT json_group_array(number) FROM (SELECT card.number FROM recipe_card CROSS JOIN card ON card.id = recipe_card.card
	WHERE recipe_card.recipe = recipe.id AND recipe_card.revision = recipe_revision.revision AND card.owner = ''
	AND` + inSight + `ORDER BY recipe_card.place))`

func scanRecipe(row row) (Recipe, error) {
	var r Recipe
	var created, updated int64
	var tags, cards string
	err := row.Scan(&r.Scope, &r.Name, &r.Revision, &r.Prompt, &r.Seed, &tags, &r.Note, &r.Standard, &r.By, &created, &updated,
		&r.Maker, &r.Uses, &cards)
	if err != nil {
		return Recipe{}, err
	}
	r.Created, r.Updated, r.Tags = fromMS(created), fromMS(updated), splitTags(tags)
	if err := json.Unmarshal([]byte(cards), &r.Cards); err != nil {
		return Recipe{}, err
	}
	if len(r.Cards) == 0 {
		r.Cards = nil
	}
	return r, nil
}

// normalName is a recipe's name as it is kept, and what it is found by.
func normalName(name string) (kept, key string, err error) {
	kept = strings.Join(strings.Fields(text(name)), " ")
	if n := utf8.RuneCountInString(kept); n < MinRecipeName || n > MaxRecipeName {
		return "", "", wrong("A recipe's name has %d to %d characters, this one has %d.", MinRecipeName, MaxRecipeName, n)
	}
	return kept, caseless(kept), nil
}

// normal is the recipe as it is kept.
func (r Recipe) normal() (Recipe, error) {
	var err error
	if r.Prompt = strings.TrimSpace(text(r.Prompt)); r.Prompt == "" {
		return Recipe{}, wrong("A recipe needs a prompt.")
	}
	if n := utf8.RuneCountInString(r.Prompt); n > MaxRecipePrompt {
		return Recipe{}, wrong("A recipe's prompt has at most %d characters, this one has %d.", MaxRecipePrompt, n)
	}
	if len(r.Cards) > MaxRecipeCards {
		return Recipe{}, wrong("A recipe is proved by %d cards at most, these are %d.", MaxRecipeCards, len(r.Cards))
	}
	if r.Tags, err = normalTags(r.Tags); err != nil {
		return Recipe{}, err
	}
	r.Note, err = normalNote(r.Note)
	return r, err
}

// same tells whether two revisions, both as they are kept, say the same; who wrote them and when does not matter.
func (r Recipe) same(as Recipe) bool {
	return r.AsksTheSame(as) && slices.Equal(r.Tags, as.Tags) && r.Note == as.Note && slices.Equal(r.Cards, as.Cards)
}

// AsksTheSame tells whether two revisions ask for the same picture, so that what proves one proves the other.
func (r Recipe) AsksTheSame(as Recipe) bool {
	return r.Prompt == as.Prompt && (r.Seed == nil) == (as.Seed == nil) && (r.Seed == nil || *r.Seed == *as.Seed)
}

// folded is what a recipe is searched by.
func (r Recipe) folded() string {
	return fold(strings.Join(append([]string{r.Name, r.Prompt, r.Note}, r.Tags...), "\n"))
}
