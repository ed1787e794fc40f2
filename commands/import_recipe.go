package commands

import (
	"seedbank/db"
	"seedbank/exchange"
)

// recipe is the recipe that a file tells, with all its revisions, or why there is none. Who may save may bring it, as
// with /recipe save: in the member's own name, and a team standard only where the member curates.
func (m *importer) recipe(r exchange.Recipe) (revisions []db.Recipe, why string) {
	revisions, problem := r.History(m.now)
	if problem != nil {
		return nil, fileProblemWords(*problem)
	}
	name, err := readRecipeName(r.Name)
	if err != nil {
		return nil, textRecipeNameLine
	}
	for n := range revisions {
		is, told := &revisions[n], r.Revisions[n]
		line, seed, err := readRecipePrompt(is.Prompt)
		if err != nil {
			return nil, textRecipePromptLine(n + 1)
		}
		is.Name = name
		if seed != nil { // it is given apart
			is.Prompt = line
			if is.Seed == nil {
				is.Seed = seed
			}
		}
		is.By = m.i.User.ID
		if m.manages && (told.By == "" || snowflake.MatchString(told.By)) {
			is.By = told.By
		}
		is.Standard = r.Standard && m.curates
	}
	if m.manages {
		revisions[0].Uses = r.Uses
	}
	return revisions, ""
}
