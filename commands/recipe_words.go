package commands

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"seedbank/db"
	"seedbank/prompt"
)

// Bounds of a recipe's parts. Names stand in custom IDs, so they are short and hold no colon.
const (
	minRecipeName  = db.MinRecipeName
	maxRecipeName  = db.MaxRecipeName
	maxRecipeNote  = 500
	maxBlanks      = 5 // a form has five fields
	maxBlankValue  = 400
	minRecipeWords = 1
)

var (
	recipeNamePattern = regexp.MustCompile(`^[\p{L}\p{N}][\p{L}\p{M}\p{N} _.'&+!()-]*$`)
	blankPattern      = regexp.MustCompile(`\{\s*([\p{L}\p{N}][\p{L}\p{M}\p{N} _-]{0,31}?)\s*\}`)
)

// readRecipeName is the name that a member wrote, on one line; a refusal when it cannot be one.
func readRecipeName(s string) (string, error) {
	name := plain(s)
	n := utf8.RuneCountInString(name)
	if n < minRecipeName || n > maxRecipeName || !recipeNamePattern.MatchString(name) {
		return "", mistake(textRecipeName)
	}
	return name, nil
}

// namedRecipe is the recipe that a member means. What autocomplete shows may have been pasted as a whole.
func namedRecipe(s string) string {
	name, _, _ := strings.Cut(plain(s), " · ")
	return strings.TrimSpace(strings.TrimPrefix(name, markStandard))
}

// readTags is the tags in a text, as many as there may be.
func readTags(s string) []string {
	tags := tagsIn(s)
	return tags[:min(len(tags), mostTags)]
}

// readRecipeSeed is a seed as a member writes it; nil for none.
func readRecipeSeed(s string) (*uint32, error) {
	s = strings.TrimSpace(s)
	if s == "" {
		return nil, nil
	}
	n, err := strconv.ParseUint(s, 10, 32)
	if err != nil {
		return nil, mistake(textSeedNumber)
	}
	seed := uint32(n)
	return &seed, nil
}

// readRecipePrompt is a prompt fit to be kept as a recipe's: without what does not shape the picture, and without a
// seed, which is given apart.
func readRecipePrompt(s string) (line string, seed *uint32, err error) {
	p := prompt.Parse(s)
	line = p.WithoutSeed()
	switch {
	case units(line) < minRecipeWords:
		return "", nil, mistake(textRecipeEmpty)
	case len(blanksOf(line)) > maxBlanks:
		return "", nil, mistake(textManyBlanks)
	}
	if n, fixed := p.Seed(); fixed {
		seed = &n
	}
	return line, seed, nil
}

// recipeLine is the paste-ready prompt of a recipe.
func recipeLine(r db.Recipe) string {
	p := prompt.Parse(r.Prompt)
	if r.Seed == nil {
		return p.WithoutSeed()
	}
	return p.WithSeed(*r.Seed)
}

// blanksOf lists the names of the blanks in a prompt, each once, in order. Midjourney's own braces hold alternatives
// with commas between them, and are none.
func blanksOf(s string) []string {
	var names []string
	for _, m := range blankPattern.FindAllStringSubmatch(s, -1) {
		if !slices.Contains(names, m[1]) {
			names = append(names, m[1])
		}
	}
	return names
}

// fillBlanks puts values into the blanks of a prompt. What a value holds is not looked at again.
func fillBlanks(s string, values map[string]string) string {
	return blankPattern.ReplaceAllStringFunc(s, func(blank string) string {
		if value, given := values[blankPattern.FindStringSubmatch(blank)[1]]; given {
			return value
		}
		return blank
	})
}
