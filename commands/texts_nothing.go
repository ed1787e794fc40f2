package commands

import (
	"fmt"
	"strings"
)

// What is said where a list or a search has no cards: why, and what would have some.

const (
	textNothingFound  = "**No seeds match.** Try fewer words, or /seeds history."
	textNothingListed = "**No seeds match this filter.** Loosen or clear it, and there may be some."
	textNothingWithin = "**No seeds match this filter.** With less of it there are some:"
	textBeyondFilter  = "With less of the filter there are cards that have all of the words:"

	labelAnyTime    = "At any time"
	labelAnyone     = "By anyone"
	labelAnyChannel = "In any channel"
	labelAnyStars   = "Without a star, too"
	labelNoFilter   = "Without the filter"

	textAllLeftOut = "**Every card here has what you leave out.** Write a word that the card should have, too, or leave out less."
	textShortWord  = "**No card has that letter as a word.** Write more of the word, or its beginning with a star, such as `li*`."
)

// textLoosening names a part of a filter that can be left out, with how many cards there are then.
func textLoosening(label string, total int, more bool) string {
	return dotted(label, amount(total, more))
}

// amount is a number of cards, of which there may be more.
func amount(total int, more bool) string {
	if more {
		return fmt.Sprintf("more than %d", total)
	}
	return fmt.Sprint(total)
}

func textLeftOut(total int) string {
	return fmt.Sprintf("**No seeds match.** %s of what you leave out: write fewer words with a -.", cardsHave(total, "every word, but also some"))
}

func textWordsAlone(total int) string {
	return fmt.Sprintf("**No seeds match all of that.** %s: leave out tags, seeds and parameters to find them.", cardsHave(total, "the words"))
}

func textNoPhrase(total int) string {
	return fmt.Sprintf("**No card has these words in that order.** %s: leave out the quotation marks to find them.", cardsHave(total, "the words"))
}

func cardsHave(n int, what string) string {
	if n == 1 {
		return "One card has " + what
	}
	return fmt.Sprintf("%d cards have %s", n, what)
}

func textNoSuchSeed(seed string) string {
	return "**No card here has the seed " + seed + ".** If you know the job, /seed with its ID makes a card; with the prompt, /seeds add does. " +
		"/seeds history lists what is here."
}

// textNoSuchTag names tags that there are.
func textNoSuchTag(tag string, tags []string) string {
	said := "**No card here has the tag `" + tag + "`.** "
	if len(tags) == 0 {
		return said + "None has a tag yet: on a card, More… → Note and tags… gives it some."
	}
	return said + "The most used tags here: `" + strings.Join(tags, "`, `") + "`."
}
