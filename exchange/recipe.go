package exchange

import (
	"strings"
	"time"

	"seedbank/db"
)

// Recipe is a recipe as a JSON file tells it, with all its revisions, the oldest first.
type Recipe struct {
	Name      string     `json:"name"`
	Standard  bool       `json:"standard,omitempty"`
	Uses      int        `json:"uses,omitempty"`
	Revisions []Revision `json:"revisions"`
}

// Revision is one state of a recipe. Cards are numbers of the file's own cards; By is a member.
type Revision struct {
	Prompt string   `json:"prompt"`
	Seed   *uint32  `json:"seed,omitempty"`
	Cards  []int64  `json:"cards,omitempty"`
	Tags   []string `json:"tags,omitempty"`
	Note   string   `json:"note,omitempty"`
	By     string   `json:"by,omitempty"`
	At     string   `json:"at,omitempty"`
}

// RecipeOf is a recipe as files tell it, of all its revisions, of which there is one at least.
func RecipeOf(revisions []db.Recipe) Recipe {
	newest := revisions[len(revisions)-1]
	told := Recipe{Name: newest.Name, Standard: newest.Standard, Uses: newest.Uses}
	for _, r := range revisions {
		told.Revisions = append(told.Revisions, Revision{
			Prompt: r.Prompt, Seed: r.Seed, Cards: r.Cards, Tags: r.Tags, Note: r.Note, By: r.By, At: timeTold(r.Updated),
		})
	}
	return told
}

// History is the recipe's revisions as far as a file can tell them by itself, or the first thing that keeps it from
// being one. The mark, the uses and who wrote them are left out: they are not for a file to say.
func (r Recipe) History(now time.Time) ([]db.Recipe, *Problem) {
	if strings.TrimSpace(r.Name) == "" || len(r.Revisions) == 0 {
		return nil, &Problem{Code: NotARecipe}
	}
	var revisions []db.Recipe
	for _, told := range r.Revisions {
		at, wrong := moment("at", told.At, now)
		if wrong != nil {
			return nil, wrong
		}
		revisions = append(revisions, db.Recipe{
			Name: r.Name, Prompt: told.Prompt, Seed: told.Seed, Cards: told.Cards, Tags: told.Tags, Note: told.Note, Updated: at,
		})
	}
	return revisions, nil
}
