package commands

import (
	"context"
	"fmt"
	"strings"

	"seedbank/bot"
	"seedbank/db"
	"seedbank/retrieval"
)

// maxProblems is how many of the latest problems the status names.
const maxProblems = 5

// status is /seedbot status: which version runs, how the service does, and what went wrong here lately. It holds no
// secret and no member's name: whoever manages the server may read it, and problems may be of private asks.
func (c *counter) status(ctx context.Context, i *bot.Interaction) error {
	short, cancel := context.WithTimeout(ctx, lookupTime)
	defer cancel()
	stats, err := c.history.Stats(short, i.Scope(), string(retrieval.Stopped))
	if err != nil {
		return fmt.Errorf("count what there is: %w", err)
	}
	var h health
	if c.setup.Desk != nil {
		h = c.setup.Desk.traffic.now()
	}
	set, err := c.settings(short, i)
	if err != nil {
		return err
	}
	version, _ := quoted(c.setup.Version, maxFilterText)
	colour, lines := statusColour(h), []string{textStatusHead(version), textService(h)}
	if err := c.history.Ping(short); err != nil && short.Err() == nil { // its cause is in the log of health, and may hold paths
		colour, lines = red, append(lines, textUnwritable)
	}
	lines = append(lines, textSlots(c.setup.Slots, h), textHere(stats, set), textProblems(problemLines(stats.LastProblems)))
	return i.Respond(ctx, framed(colour, text(strings.Join(lines, "\n"))), true)
}

// statusColour is amber while the last that was heard of the service is that it cannot be used.
func statusColour(h health) int {
	if h.failed.After(h.answered) {
		return amber
	}
	return green
}

func problemLines(asks []db.Ask) []string {
	lines := make([]string, 0, maxProblems)
	for _, ask := range asks[:min(len(asks), maxProblems)] {
		lines = append(lines, textProblemRow(ask, problemTold(retrieval.Code(ask.Problem)), foreign(ask.Detail)))
	}
	return lines
}
