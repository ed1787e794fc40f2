package commands

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/bwmarrin/discordgo"

	"seedbank/bot"
	"seedbank/retrieval"
)

// maxRunningPrompt bounds the prompt in a running reply, in UTF-16 units.
const maxRunningPrompt = 200

// runningMessage is the reply to an ask that still runs. It is the same for the same progress, so that nothing is sent
// when nothing changed.
func runningMessage(ask retrieval.Ask, p retrieval.Progress) bot.Message {
	heading, words, stoppable := headingRunning, p.Prompt, p.Seed == nil // with the seed there is nothing left to stop
	switch {
	case ask.Generate != nil: // whose seed is known from the beginning
		heading, words, stoppable = headingMaking, cmp.Or(p.Prompt, ask.Generate.Prompt), p.Phase != retrieval.Picturing
	case p.Seed != nil:
		heading = seedHeading(*p.Seed)
	}
	parts := []discordgo.MessageComponent{text(heading)}
	if prompt, _ := quoted(seemly(words), maxRunningPrompt); prompt != "" {
		parts = append(parts, text("> "+prompt))
	}
	job, bar := "", ""
	if ask.Job != "" {
		job = textRunningJob(ask.Job)
	}
	if p.Percent >= 0 {
		bar = progressBar(p.Percent)
	}
	parts = append(parts,
		text(dotted(bar, phaseWords(p), textStarted(ask.At))),
		text(textRunningFooter(ask.Member, job)),
	)
	if stoppable {
		parts = append(parts, row(button(discordgo.DangerButton, "", labelStop, bot.ID(verbStop, ask.ID))))
	}
	return framed(blue, parts...)
}

// progressBar is ten fields and the number, as "▰▰▰▰▱▱▱▱▱▱ 40 %".
func progressBar(percent int) string {
	const fields = 10
	percent = min(max(percent, 0), 100)
	full := percent * fields / 100
	return fmt.Sprintf("%s%s %d %%", strings.Repeat("▰", full), strings.Repeat("▱", fields-full), percent)
}
