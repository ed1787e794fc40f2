package commands

import (
	"fmt"
	"strings"
)

// New words.

const (
	titleWords     = "Same seed, new words"
	labelPrompt    = "Prompt"
	hintPrompt     = "Parameters stay as they stand here"
	labelSeedField = "Seed"
	hintSeedField  = "Clear it to let Midjourney choose"
	labelChange    = "Change only"
	hintChange     = "What you change of the rest is put back as it was"
	changeWords    = "The words"
	changeParams   = "The parameters"
	changeBoth     = "Both"

	textPromptTooLong = "**This prompt is longer than a form of Discord takes.** Use Copy prompt and change it where you paste it."
	textNoWords       = "**There is no prompt left.** Write what the picture should show, then send the form again."
)

func textNotSeed(written string) string {
	return "**That is no seed.** A seed is a whole number from 0 to 4294967295. Correct it, or clear the field to let Midjourney " +
		"choose one. Your prompt was: " + written
}

// Differences between a card and a new line.

const textIsSet = "set"

const textNothingChanged = "Nothing changed: expect the same picture."

func textChanged(changes []string, more int) string {
	line := "Changed: " + strings.Join(changes, " · ")
	if more > 0 {
		line += fmt.Sprintf(" · and %d more", more)
	}
	return line
}

func textChange(subject, from, to string) string {
	switch {
	case from == "" && to == textIsSet:
		return subject + " added"
	case from == textIsSet && to == "":
		return subject + " gone"
	case from == "":
		return subject + " added: " + to
	case to == "":
		return subject + " gone: " + from
	}
	return subject + ": " + from + " → " + to
}

const (
	textExpectSame   = "The same seed: expect nearly the same picture."
	textExpectShift  = "The same seed: the composition may stay, the look will change."
	textExpectOther  = "Expect another picture."
	textExpectChance = "Without a seed Midjourney chooses one: expect another picture each time."
)
