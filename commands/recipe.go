package commands

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
	"seedbank/db"
)

// recipeCommand is /recipe: named prompts with their seeds, kept with every change. Its parts stand in recipe_*.go.
func (c *counter) recipeCommand() bot.Command {
	const sub, words = discordgo.ApplicationCommandOptionSubCommand, discordgo.ApplicationCommandOptionString
	type option = discordgo.ApplicationCommandOption
	shortest := minRecipeName
	name := func() *option {
		return &option{Type: words, Name: nameOption, Description: recipeNameDescription, Required: true, Autocomplete: true, MaxLength: maxChosenName}
	}
	newName := func(called, description string) *option {
		return &option{Type: words, Name: called, Description: description, Required: true, MinLength: &shortest, MaxLength: maxRecipeName}
	}
	tags := &option{Type: words, Name: tagsOption, Description: tagsDescription, MaxLength: maxTagsText}
	one := float64(1)
	return bot.Command{
		ApplicationCommand: &discordgo.ApplicationCommand{
			Name: recipeName, Description: recipeDescription, Type: discordgo.ChatApplicationCommand,
			Options: []*option{
				{Type: sub, Name: recipeUse, Description: recipeUseDescription, Options: []*option{name()}},
				{Type: sub, Name: recipeSave, Description: recipeSaveDescription, Options: []*option{
					{Type: words, Name: cardOption, Description: findDescription, Required: true, Autocomplete: true, MaxLength: maxCardText},
					newName(nameOption, newNameDescription), tags,
				}},
				{Type: sub, Name: recipeShow, Description: recipeShowDescription, Options: []*option{
					name(),
					{Type: discordgo.ApplicationCommandOptionInteger, Name: revisionOption, Description: revisionDescription, MinValue: &one, MaxValue: maxRevision},
					privateChoice(privateDefault),
				}},
				{Type: sub, Name: recipeList, Description: recipeListDescription, Options: []*option{
					{Type: words, Name: tagOption, Description: recipeTagDescription, MaxLength: maxTag},
					{Type: discordgo.ApplicationCommandOptionUser, Name: byOption, Description: recipeByDescription},
				}},
				{Type: sub, Name: recipeEdit, Description: recipeEditDescription, Options: []*option{
					name(),
					{Type: words, Name: cardOption, Description: recipeProofDescription, Autocomplete: true, MaxLength: maxCardText},
				}},
				{Type: sub, Name: recipeLog, Description: recipeLogDescription, Options: []*option{name()}},
				{Type: sub, Name: recipeRename, Description: recipeRenameDescription, Options: []*option{name(), newName(toOption, newNameDescription)}},
				{Type: sub, Name: recipeDelete, Description: recipeDeleteDescription, Options: []*option{name()}},
				{Type: sub, Name: recipeStandard, Description: recipeStandardDescription, Options: []*option{
					name(),
					{Type: words, Name: markOption, Description: markDescription, Required: true, Choices: []*discordgo.ApplicationCommandOptionChoice{
						{Name: markOn, Value: valueOn}, {Name: markOff, Value: valueOff},
					}},
				}},
			},
		},
		Handle:       c.recipe,
		Autocomplete: c.suggestRecipes,
	}
}

// Bounds of options.
const (
	maxChosenName = 100 // a name as autocomplete shows it
	maxRevision   = 1_000_000
)

func (c *counter) recipe(ctx context.Context, i *bot.Interaction) error {
	switch i.Path {
	case recipeName + " " + recipeUse:
		return c.useRecipe(ctx, i, namedRecipe(i.Text(nameOption)), 0)
	case recipeName + " " + recipeSave:
		return c.saveRecipe(ctx, i)
	case recipeName + " " + recipeShow:
		return c.showRecipe(ctx, i, namedRecipe(i.Text(nameOption)), int(i.Options[revisionOption].Int()), privately(i))
	case recipeName + " " + recipeList:
		return c.listRecipes(ctx, i)
	case recipeName + " " + recipeEdit:
		return c.editRecipe(ctx, i)
	case recipeName + " " + recipeLog:
		return c.logRecipe(ctx, i, namedRecipe(i.Text(nameOption)))
	case recipeName + " " + recipeRename:
		return c.renameRecipe(ctx, i)
	case recipeName + " " + recipeDelete:
		return c.deleteRecipe(ctx, i)
	case recipeName + " " + recipeStandard:
		return c.markRecipe(ctx, i)
	}
	return bot.Refuse(textNoChoice) // a command list older or newer than this program
}

// suggestRecipes completes names, standards first, and the cards of save and edit.
func (c *counter) suggestRecipes(ctx context.Context, i *bot.Interaction) ([]bot.Choice, error) {
	if i.Focused == cardOption {
		return c.suggestCards(ctx, i)
	}
	v, err := c.eyes(ctx, i)
	if err != nil {
		return nil, err
	}
	recipes, err := c.history.Recipes(ctx, v, db.RecipeFilter{Text: namedRecipe(i.Text(nameOption))}, "", maxSuggestions)
	if err != nil {
		return nil, fmt.Errorf("suggest recipes: %w", err)
	}
	choices := make([]bot.Choice, 0, len(recipes))
	for _, r := range recipes {
		choices = append(choices, bot.Choice{Name: shortened(suggestRecipe(r), maxSuggestionName), Value: r.Name})
	}
	return choices, nil
}

// cardForRecipe is the card that a member means, as with /seeds show, as far as it can be in a recipe: recipes are for
// everyone, so a private card cannot.
func (c *counter) cardForRecipe(ctx context.Context, i *bot.Interaction, typed string) (db.Card, error) {
	var card db.Card
	var err error
	if n := readCardNumber(typed); n != 0 {
		card, err = cardOr(textNoCard(n))(c.cardSeen(ctx, i, n))
	} else {
		card, err = c.cardNamed(ctx, i, typed)
	}
	if err == nil && card.Private && i.Guild != "" {
		err = bot.Refuse(textRecipePrivate(card.Number))
	}
	return card, err
}

// refuseInput is an error about what a member wrote as the refusal it is, and any other as it is.
func refuseInput(err error) error {
	if wrong, ok := errors.AsType[*db.InputError](err); ok {
		said, _ := quoted(wrong.Problem, maxShownNote)
		return mistake(textBadInput(said))
	}
	return err
}

func revisionText(n int) string { return strconv.Itoa(n) }
