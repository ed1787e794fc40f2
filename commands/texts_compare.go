package commands

import (
	"fmt"

	"seedbank/prompt"
)

// Comparing two cards.
const (
	compareName            = "compare"
	compareDescription     = "Put two cards side by side and see why their pictures differ"
	compareAOption         = "a"
	compareADescription    = "The first card: its number, or words of its prompt"
	compareBOption         = "b"
	compareBDescription    = "The second card: its number, or words of its prompt"
	compareWithName        = "Compare with…"
	textCompareNone        = "–"
	textCompareSet         = "on"
	textCompareNothingElse = "nothing more"
	textCompareSame        = "same"
	textCompareMark        = "←" // at the most likely reason
	textCompareNoMark      = "○" // at what has no effect

	textCompareOneself = "**Those are the same card.** Choose two different ones: /seeds compare with two numbers, " +
		"or use Compare with… on two messages."
	textNothingToCompare = "**I know no card for that message.** Compare with… works on a card of mine, or on a Midjourney message " +
		"whose seed was asked for here. Use Get seed on it first."
)

func labelOpen(number int64) string { return "Open " + cardNumber(number) }

// textMarked says that the first of two cards is chosen.
func textMarked(number int64) string {
	return fmt.Sprintf("**%s is marked.** Within 10 minutes, use Compare with… on a second card and I put the two side by side.",
		cardNumber(number))
}

func textCompareHead(a, b int64, differences int) string {
	head := fmt.Sprintf("**%s and %s** – ", cardNumber(a), cardNumber(b))
	switch differences {
	case 0:
		return head + "no difference"
	case 1:
		return head + "1 difference"
	}
	return fmt.Sprintf("%s%d differences", head, differences)
}

// textCompareLegend says what the marks mean that a comparison holds.
func textCompareLegend(reason, idle bool) string {
	var marks []string
	if reason {
		marks = append(marks, textCompareMark+" most likely reason")
	}
	if idle {
		marks = append(marks, textCompareNoMark+" no effect on the picture")
	}
	if len(marks) == 0 {
		return ""
	}
	return "-# " + dotted(marks...)
}

func textCompareMore(n int) string { return fmt.Sprintf("-# and %d more", n) }

func textCompareAlike(subjects string) string { return "-# Alike: " + subjects }

// textCompareDefault is a model that was not named; version is "" when the default of that day is not known.
func textCompareDefault(version string) string {
	if version == "" {
		return "default"
	}
	return "default (" + version + ")"
}

// textCompareVerdict is one sentence on what to expect; reason is the row of the main reason, -1 for none.
func textCompareVerdict(rows []compareRow, reason int) string {
	sameSeed := rows[0].same
	if reason < 0 {
		if differences(rows) == 0 {
			return "Same seed and same prompt: the two pictures should be nearly identical. " +
				"If they are not, something changed that stands in neither prompt, such as the model behind the version."
		}
		return "Same seed, and what differs does not change the picture: the two should be nearly identical."
	}
	others := 0
	for _, r := range rows {
		if !r.same && r.effect != prompt.NoEffect {
			others++
		}
	}
	r := rows[reason]
	switch {
	case r.subject == subjectSeed && others == 1:
		return "Same prompt, different seed: expect a different picture of the same idea. Use the other card's seed to get its picture."
	case r.subject == subjectSeed:
		return "Different seeds: expect different pictures, whatever else is the same."
	case !sameSeed && r.subject == subjectVersion:
		return "Different model version and different seeds: expect different pictures."
	case r.effect == prompt.Replaces:
		return fmt.Sprintf("Same seed, different %s: expect a different picture.", subjectWords(r.subject))
	}
	return fmt.Sprintf("Same seed, different %s: the composition may stay, the look changes.", subjectWords(r.subject))
}

// subjectWords is a subject of a comparison in a sentence.
func subjectWords(subject string) string {
	switch subject {
	case prompt.SubjectWords:
		return "words"
	case prompt.SubjectImages:
		return "image prompts"
	case subjectVersion:
		return "model version"
	case "aspect":
		return "aspect ratio"
	case "sref", "sv", "sw":
		return "style reference"
	case "oref", "ow":
		return "omni reference"
	case "cref", "cw":
		return "character reference"
	case "profile":
		return "personalization"
	case "iw":
		return "image weight"
	case "no":
		return "--no list"
	}
	if subject == subjectSeed {
		return subject
	}
	words, _ := quoted("--"+subject, maxRowMark)
	return words
}
