package commands

import (
	"strings"
	"time"

	"seedbank/db"
	"seedbank/prompt"
)

// verdictOf judges whether a card's prompt and seed will give its picture again.
func verdictOf(card db.Card) prompt.Verdict {
	return prompt.Repeatable(prompt.Parse(card.Prompt), prompt.Facts{
		Source: prompt.Source(card.Source), // both name their sources alike
		Action: actionOf(card.Action),
		At:     madeAt(card),
		Turbo:  strings.EqualFold(card.Speed, "turbo"),
	})
}

// actionOf is what made a card's picture, in the words of the prompt package. What the API calls imagine and blend make
// grids of a prompt and a seed.
func actionOf(action string) prompt.Action {
	action = strings.ToLower(strings.TrimSpace(action))
	switch action {
	case "", "imagine", "blend", "reroll", "rerun", "grid":
		return prompt.Grid
	}
	for _, kind := range []struct {
		word   string
		action prompt.Action
	}{
		{"upscale", prompt.Upscale}, {"upsample", prompt.Upscale}, {"region", prompt.Region}, {"inpaint", prompt.Region},
		{"vari", prompt.Variation}, {"vary", prompt.Variation}, {"zoom", prompt.Zoom}, {"outpaint", prompt.Zoom},
		{"pan", prompt.Pan}, {"edit", prompt.Edit}, {"remix", prompt.Remix}, {"video", prompt.Video}, {"animate", prompt.Video},
	} {
		if strings.Contains(action, kind.word) {
			return kind.action
		}
	}
	return prompt.Action(action)
}

// madeAt is when a card's picture was made, as near as is known: its job ID carries day and time but no year, so the
// last such day before the card was kept. Without a job it is when the card was kept.
func madeAt(card db.Card) time.Time {
	if len(card.Job) < 9 || card.Job[0] != 'j' {
		return card.Created
	}
	latest := card.Created.UTC().Add(24 * time.Hour) // clocks and time zones differ
	for year := latest.Year(); year > latest.Year()-5; year-- {
		at, err := time.Parse("200601021504", time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC).Format("2006")+card.Job[1:9])
		if err == nil && !at.After(latest) {
			return at
		}
	}
	return card.Created
}

// colourOf is the edge of a card: green for what will repeat, amber for what may, grey for what will not.
func colourOf(level prompt.Level) int {
	switch level {
	case prompt.High:
		return green
	case prompt.Medium:
		return amber
	}
	return grey
}

// Bounds of texts about a verdict, in UTF-16 units as sent.
const (
	maxReasonValue  = 80
	maxReasonChange = 60
	maxVerdictLine  = 420
)

// verdictLine is the verdict with the one reason that matters most.
func verdictLine(card db.Card) string {
	v := verdictOf(card)
	if len(v.Reasons) == 0 {
		return textVerdict(v.Level, textAllFixed, "")
	}
	why, mend := reasonWords(v.Reasons[0], madeAt(card))
	line := textVerdict(v.Level, why, mend)
	if units(line) > maxVerdictLine {
		line = textVerdict(v.Level, why, "")
	}
	return line
}

// verdictText is the whole verdict: every reason with the change that mends it.
func verdictText(card db.Card) string {
	v := verdictOf(card)
	lines := []string{textVerdictHead(card.Number, v.Level)}
	if len(v.Reasons) == 0 {
		lines = append(lines, "- "+asSentence(textAllFixed))
	}
	for _, r := range v.Reasons {
		why, mend := reasonWords(r, madeAt(card))
		line := "- " + asSentence(why)
		if mend != "" {
			line += " " + mend
		}
		lines = append(lines, line)
	}
	lines = append(lines, textVerdictLimits)
	if len(v.Reasons) > 0 {
		lines = append(lines, textVerdictNext)
	}
	return strings.Join(lines, "\n")
}

// values lists what a reason is about, fit to be shown.
func values(r prompt.Reason) string {
	shown := make([]string, 0, len(r.Values))
	for _, v := range r.Values {
		shown = append(shown, seemly(v))
	}
	text, _ := quoted(strings.Join(shown, ", "), maxReasonValue)
	return text
}

// change is a parameter that a reason names, fit to be shown.
func change(parameter string) string {
	text, _ := quoted(seemly(parameter), maxReasonChange)
	return text
}
