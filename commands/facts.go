package commands

import (
	"fmt"
	"strings"

	"seedbank/bot"
	"seedbank/db"
	"seedbank/prompt"
)

// Bounds of what All parameters tells, in UTF-16 units as sent.
const (
	maxFact      = 300
	maxFactWords = 900
	maxFacts     = 3600
)

// factsMessage is everything that is known of a card, as far as it is anybody's business: no IDs of accounts, and of
// addresses the host.
func factsMessage(card db.Card) bot.Message {
	p := prompt.Parse(card.Prompt)
	var lines []string
	tell := func(name, value string, max int) {
		if value, _ = quoted(seemly(value), max); value != "" {
			lines = append(lines, textFact(name, value))
		}
	}
	say := func(name, value string) { lines = append(lines, textFact(name, value)) }
	say(factSeed, fmt.Sprintf("`%d` – %s", card.Seed, textSource(card.Source)))
	tell(factWords, p.Text, maxFactWords)
	for _, image := range p.Images {
		tell(factImage, image, maxFact)
	}
	for _, q := range p.Parameters {
		tell(parameterLabel(q), q.Value+flagMark(q), maxFact)
	}
	if p.Version() == "" {
		if m, known := prompt.DefaultModel(madeAt(card)); known {
			say(factVersion, textVersionUnwritten(m.Version, madeAt(card)))
		}
	}
	if card.Typed != "" && card.Typed != card.Prompt {
		tell(factTyped, card.Typed, maxFact)
	}
	tell(factSpeed, card.Speed, maxFact)
	if card.Parent != 0 {
		say(factParent, cardNumber(card.Parent))
	}
	if card.Job != "" {
		say(factJob, shortJob(card.Job))
	}
	came := factAsked
	if brought(card) {
		came = factAdded
	}
	say(came, textBy(card.Asker, cameAt(card)))
	if link := linkTo(card); link != "" {
		say(factMessage, link)
	}
	tell(factNote, card.Note, maxCardNote)
	tell(factTags, strings.Join(card.Tags, ", "), maxCardTags)
	return framed(blue, text(bounded(textParametersHead(card.Number), lines)))
}

// parameterLabel is a parameter as its author wrote it, and its full name where that is another.
func parameterLabel(q prompt.Parameter) string {
	written, _, _ := strings.Cut(q.String(), " ")
	if q.Known && written != "--"+q.Name {
		written += " (" + q.Name + ")"
	}
	label, _ := quoted(seemly(written), maxFact)
	return label
}

// flagMark stands where a parameter has no value: it is simply there.
func flagMark(q prompt.Parameter) string {
	if q.Value == "" {
		return "✓"
	}
	return ""
}

// bounded is a list under its heading, as much of it as a message takes.
func bounded(head string, lines []string) string {
	all := head
	for n, line := range lines {
		if units(all)+units(line) > maxFacts {
			return all + "\n" + textMoreFacts(len(lines)-n)
		}
		all += "\n" + line
	}
	return all
}

// linkTo is the address of the message that a card stands in; "" when it stands in none that can be linked to.
func linkTo(card db.Card) string {
	if card.Channel == "" || card.Message == "" || isConversation(card.Scope) {
		return ""
	}
	return messageLink{Guild: card.Scope, Channel: card.Channel, Message: card.Message}.String()
}
